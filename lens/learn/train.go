package learn

import (
	"errors"
	"fmt"
)

// Skip is the class of a row that a head does not learn from.
const Skip = -1

// Options say how a head learns; see [Defaults].
type Options struct {
	Cost    float64 // of an error, against large weights; more follows the examples closer
	Rounds  int     // how often all examples are seen
	Balance float64 // 0: each example as heavy; 1: each class as heavy
	Scale   float64 // how much heavier features are made that tell classes apart; 0: not
	Seed    uint64  // of the order in which examples are seen
}

// Defaults are options that do well on conversations, with the features of the
// lens.
func Defaults() Options {
	return Options{Cost: 0.1, Rounds: 8, Balance: 0.8, Scale: 1, Seed: 1}
}

// Examples are the rows that a head learns from.
type Examples struct {
	Matrix  *Matrix
	Classes int
	Class   []int     // of each row; Skip: not learnt from
	Weight  []float32 // of each row; nil: all 1
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
			return fmt.Errorf("row %d has class %d, must be under %d", i, c, ex.Classes)
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

// weight is how heavy a row is, without its class.
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
	if sum == 0 {
		return heavy
	}
	for c := range heavy {
		heavy[c] *= total / sum
	}
	return heavy
}

// against learns one class against the others.
func (ex *Examples) against(class int, heavy []float64, o Options) ([]float32, float32) {
	m := ex.Matrix
	var factor []float32
	if o.Scale > 0 {
		factor = ex.telling(class, heavy, o.Scale)
		m = m.times(factor)
	}
	d := &dual{m: m, weights: make([]float32, m.Features())}
	for i, c := range ex.Class {
		if cost := o.Cost * ex.cost(i, heavy); cost > 0 {
			d.pulls = append(d.pulls, pull{row: i, is: c == class, cost: cost, odds: -3})
		}
	}
	order := make([]int, len(d.pulls))
	for k := range d.pulls {
		order[k] = k
		d.begin(&d.pulls[k])
	}
	chance := source(o.Seed)
	for range o.Rounds {
		chance.shuffle(order)
		for _, k := range order {
			d.step(&d.pulls[k])
		}
	}
	for n, f := range factor {
		d.weights[n] *= f
	}
	return d.weights, float32(d.bias)
}

// cost is what an error on a row costs; nothing where it is not learnt from.
func (ex *Examples) cost(i int, heavy []float64) float64 {
	c := ex.Class[i]
	if c == Skip {
		return 0
	}
	return float64(heavy[c] * ex.weight(i))
}
