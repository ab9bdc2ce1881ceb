package learn

import (
	"errors"
	"fmt"
	"math"
)

// Skip is the class of a row that a head does not learn from.
const Skip = -1

// Options say how a head learns. The zero value is not of use; see
// [Defaults].
type Options struct {
	Cost    float64 // of an error, against large weights; more follows the examples closer
	Rounds  int     // how often all examples are seen
	Balance float64 // 0: each example as heavy; 1: each class as heavy
	Scale   float64 // how far features that tell classes apart are made heavier; 0: not
	Apart   float64 // how far the habits of a group may differ from what is learnt; 0: not
	ApartW  float64
	Seed    uint64 // of the order in which examples are seen
}

// Defaults are options that do well on conversations.
func Defaults() Options {
	return Options{Cost: 1, Rounds: 12, Balance: 0.5, Seed: 1}
}

// Examples are the rows that a head learns from.
type Examples struct {
	Matrix  *Matrix
	Classes int
	Class   []int     // of each row; Skip: not learnt from
	Weight  []float32 // of each row; nil: all 1
	// Group of each row, such as the reader who gave its code. What a group
	// does in its own way is learnt apart and forgotten. Nil: none.
	Group []int
}

// Weights are what a head learnt: for each class one weight for each feature
// of the matrix, and one that is always there. Two classes share one set: it
// speaks for the second.
type Weights struct {
	Matrix  *Matrix
	Classes int
	Of      [][]float32
	Bias    []float32
}

// Train learns to tell each class from the others: a logistic regression per
// class, with its dual solved one example at a time.
func Train(ex Examples, o Options) (*Weights, error) {
	if err := ex.check(); err != nil {
		return nil, err
	}
	w := &Weights{Matrix: ex.Matrix, Classes: ex.Classes}
	heavy := ex.balance(o.Balance)
	first := 0
	if ex.Classes == 2 {
		first = 1
	}
	for c := first; c < ex.Classes; c++ {
		weights, bias := ex.against(c, heavy, o)
		w.Of = append(w.Of, weights)
		w.Bias = append(w.Bias, bias)
	}
	return w, nil
}

// check says what is wrong with the examples.
func (ex *Examples) check() error {
	if ex.Classes < 2 {
		return fmt.Errorf("%d classes, at least 2", ex.Classes)
	}
	if len(ex.Class) != ex.Matrix.Rows() {
		return fmt.Errorf("%d classes given for %d rows", len(ex.Class), ex.Matrix.Rows())
	}
	if ex.Weight != nil && len(ex.Weight) != len(ex.Class) {
		return fmt.Errorf("%d weights given for %d rows", len(ex.Weight), len(ex.Class))
	}
	learnt := 0
	for i, c := range ex.Class {
		if c < Skip || c >= ex.Classes {
			return fmt.Errorf("row %d has class %d, under %d", i, c, ex.Classes)
		}
		if c != Skip {
			learnt++
		}
	}
	if learnt == 0 {
		return errors.New("nothing to learn from")
	}
	return nil
}

// weight is how heavy a row is.
func (ex *Examples) weight(i int) float64 {
	if ex.Weight == nil {
		return 1
	}
	return float64(ex.Weight[i])
}

// balance gives for each class how heavy its examples are, so that rare
// classes are heard; the mean over all examples stays 1.
func (ex *Examples) balance(power float64) []float64 {
	total, of := 0.0, make([]float64, ex.Classes)
	for i, c := range ex.Class {
		if c != Skip {
			of[c] += ex.weight(i)
			total += ex.weight(i)
		}
	}
	heavy, sum := make([]float64, ex.Classes), 0.0
	for c, n := range of {
		if n > 0 {
			heavy[c] = exp(-float64(power * log(n/total)))
			sum += float64(n * heavy[c])
		}
	}
	for c := range heavy {
		heavy[c] *= total / sum
	}
	return heavy
}

// against learns one class against the others.
func (ex *Examples) against(class int, heavy []float64, o Options) ([]float32, float32) {
	m := ex.Matrix
	d := &dual{m: m, weights: make([]float32, m.Features()), odds: make([]float64, m.Rows())}
	if ex.Group != nil {
		groups := 0
		for _, g := range ex.Group {
			groups = max(groups, g+1)
		}
		d.group, d.own, d.apart, d.apartW = ex.Group, make([]float64, groups), o.Apart, o.ApartW
		if o.ApartW > 0 {
			for range groups {
				d.ownW = append(d.ownW, make([]float32, m.Features()))
			}
		}
	}
	var order []int
	for i, c := range ex.Class {
		if c != Skip && ex.weight(i) > 0 {
			order = append(order, i)
			d.odds[i] = -3
			d.start(i, c == class, float64(o.Cost*float64(heavy[c]*ex.weight(i))))
		}
	}
	if o.Scale > 0 {
		d.m = ex.scaled(class, heavy, o.Scale)
		for i := range d.weights {
			d.weights[i] = 0
		}
		d.bias = 0
		for _, i := range order {
			d.start(i, ex.Class[i] == class, float64(o.Cost*float64(heavy[ex.Class[i]]*ex.weight(i))))
		}
	}
	chance := source(o.Seed)
	for range o.Rounds {
		chance.shuffle(order)
		for _, i := range order {
			c := ex.Class[i]
			d.step(i, c == class, float64(o.Cost*float64(heavy[c]*ex.weight(i))))
		}
	}
	if o.Scale > 0 {
		for n := range d.weights {
			d.weights[n] *= d.m.factor[n]
		}
	}
	return d.weights, float32(d.bias)
}

// scaled gives the matrix with features that tell a class apart made heavier.
func (ex *Examples) scaled(class int, heavy []float64, power float64) *Matrix {
	m := ex.Matrix
	is, not := make([]float64, m.Features()), make([]float64, m.Features())
	var ti, tn float64
	for i, c := range ex.Class {
		if c == Skip {
			continue
		}
		index, _ := m.row(i)
		h := heavy[c]
		if c == class {
			ti += h
		} else {
			tn += h
		}
		for _, n := range index {
			if c == class {
				is[n] += h
			} else {
				not[n] += h
			}
		}
	}
	out := *m
	out.factor = make([]float32, m.Features())
	for n := range is {
		ai := NBAlpha * ti / (ti + tn) * 2
		an := NBAlpha*2 - ai
		r := log((is[n]+ai)/(ti+2*ai)) - log((not[n]+an)/(tn+2*an))
		if NBZ > 0 {
			// z of difference from expected
			e := (is[n] + not[n]) * ti / (ti + tn)
			v := e*tn/(ti+tn) + 1
			z := (is[n] - e) / math.Sqrt(v)
			if z < 0 {
				z = -z
			}
			r = z * NBZ
		}
		if is[n]+not[n] == 0 {
			r = 0
		}
		if r < 0 {
			r = -r
		}
		out.factor[n] = float32(exp(power * log(r+NBFloor)))
	}
	out.value = make([]float32, len(m.value))
	out.long = make([]float64, len(m.long))
	var a, b float64
	for i := range out.long {
		if ex.Class[i] == Skip {
			continue
		}
		a += m.long[i]
		for k := m.start[i]; k < m.start[i+1]; k++ {
			v := m.value[k] * out.factor[m.index[k]]
			b += float64(v) * float64(v)
		}
	}
	k := float32(math.Sqrt(a / b))
	for n := range out.factor {
		out.factor[n] *= k
	}
	for i := range out.long {
		for k := m.start[i]; k < m.start[i+1]; k++ {
			v := m.value[k] * out.factor[m.index[k]]
			out.value[k] = v
			out.long[i] += float64(v) * float64(v)
		}
	}
	return &out
}

var NBFloor, NBAlpha, NBZ = 0.1, 1.0, 0.0

// dual is the state of one regression: each example pulls the weights its way
// with a force between 0 and its cost, kept as log odds.
type dual struct {
	m             *Matrix
	weights       []float32
	bias          float64
	odds          []float64
	group         []int
	own           []float64
	ownW          [][]float32
	apart, apartW float64
}

// start lets an example pull with the force that it begins with.
func (d *dual) start(i int, is bool, cost float64) {
	d.pull(i, is, float64(cost*sigmoid(d.odds[i])))
}

// step finds the force of one example that is best while the others pull as
// they do: where the odds of its force and its margin balance.
func (d *dual) step(i int, is bool, cost float64) {
	long := d.m.long[i] + 1
	margin := d.m.dot(i, d.weights) + d.bias
	if d.group != nil {
		g := d.group[i]
		margin += d.apart * d.own[g]
		long += d.apart * d.apart
		if d.apartW > 0 {
			margin += d.apartW * d.m.dot(i, d.ownW[g])
			long += d.apartW * d.apartW * d.m.long[i]
		}
	}
	if !is {
		margin = -margin
	}
	odds := d.odds[i]
	before := float64(cost * sigmoid(odds))
	for range 8 {
		s := sigmoid(odds)
		off := float64(long*(float64(cost*s)-before)) + margin + odds
		by := off / (1 + float64(float64(long*cost)*float64(s*(1-s))))
		odds -= by
		if by < 1e-4 && by > -1e-4 {
			break
		}
	}
	d.odds[i] = odds
	d.pull(i, is, float64(cost*sigmoid(odds))-before)
}

// pull moves the weights towards a row, or away from it.
func (d *dual) pull(i int, towards bool, force float64) {
	if !towards {
		force = -force
	}
	index, value := d.m.row(i)
	by := float32(force)
	for k, n := range index {
		d.weights[n] += float32(by * value[k])
	}
	d.bias += force
	if d.group != nil {
		g := d.group[i]
		d.own[g] += d.apart * force
		if d.apartW > 0 {
			by := float32(d.apartW * force)
			own := d.ownW[g]
			for k, n := range index {
				own[n] += float32(by * value[k])
			}
		}
	}
}

// Margins gives the log odds of each class for a row of the matrix.
func (w *Weights) Margins(row int, into []float64) []float64 {
	into = into[:0]
	if w.Classes == 2 {
		m := w.Matrix.dot(row, w.Of[0]) + float64(w.Bias[0])
		return append(into, -m/2, m/2)
	}
	for c, of := range w.Of {
		into = append(into, w.Matrix.dot(row, of)+float64(w.Bias[c]))
	}
	return into
}
