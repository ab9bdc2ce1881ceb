package learn

// dual is the state of one regression: each example pulls the weights its way
// with a force between 0 and its cost.
type dual struct {
	m       *Matrix
	weights []float32
	bias    float64
	pulls   []pull
}

// pull is how an example pulls: odds are the log odds of its force over its
// cost.
type pull struct {
	row  int
	is   bool
	cost float64
	odds float64
}

// force is how hard an example pulls.
func (p *pull) force() float64 { return float64(p.cost * sigmoid(p.odds)) }

// begin lets an example pull with the force that it begins with.
func (d *dual) begin(p *pull) { d.move(p, p.force()) }

// step finds the force of one example that is best while the others pull as
// they do: where the odds of its force and its margin balance (Newton).
func (d *dual) step(p *pull) {
	long := d.m.long[p.row] + 1
	margin := d.m.dot(p.row, d.weights) + d.bias
	if !p.is {
		margin = -margin
	}
	before := p.force()
	for range 8 {
		s := sigmoid(p.odds)
		off := float64(long*(float64(p.cost*s)-before)) + margin + p.odds
		by := off / (1 + float64(float64(long*p.cost)*float64(s*(1-s))))
		p.odds -= by
		if -1e-4 < by && by < 1e-4 {
			break
		}
	}
	d.move(p, p.force()-before)
}

// move moves the weights towards a row, or away from it.
func (d *dual) move(p *pull, force float64) {
	if !p.is {
		force = -force
	}
	index, value := d.m.row(p.row)
	by := float32(force)
	for k, n := range index {
		d.weights[n] += float32(by * value[k])
	}
	d.bias += force
}
