package learn

import "math"

const (
	doubt = 3   // how many rows a feature must outweigh to be believed
	floor = 0.3 // what a feature that tells nothing still counts
)

// telling gives for each feature how far apart its shares are in the rows of a
// class and in the others: the log of their ratio, as in naive Bayes. With a
// power of 1 it is taken whole.
func (ex *Examples) telling(class int, heavy []float64, power float64) []float32 {
	m := ex.Matrix
	is, others := make([]float64, m.Features()), make([]float64, m.Features())
	sumIs, sumOthers := 0.0, 0.0
	for i, c := range ex.Class {
		cost := ex.cost(i, heavy)
		if cost <= 0 {
			continue
		}
		in, sum := others, &sumOthers
		if c == class {
			in, sum = is, &sumIs
		}
		*sum += cost
		index, _ := m.row(i)
		for _, n := range index {
			in[n] += cost
		}
	}
	doubtIs := 2 * doubt * sumIs / (sumIs + sumOthers)
	doubtOthers := 2*doubt - doubtIs
	factor := make([]float32, m.Features())
	for n := range factor {
		r := 0.0
		if sumIs > 0 && sumOthers > 0 && is[n]+others[n] > 0 {
			r = log((is[n] + doubtIs) / (sumIs + 2*doubtIs) * (sumOthers + 2*doubtOthers) / (others[n] + doubtOthers))
		}
		factor[n] = float32(exp(float64(power * log(math.Abs(r)+floor))))
	}
	ex.keepLength(factor)
	return factor
}

// keepLength makes factors such that the rows that are learnt from are as long
// as before, taken together; else the cost of errors would change too.
func (ex *Examples) keepLength(factor []float32) {
	m := ex.Matrix
	before, after := 0.0, 0.0
	for i, c := range ex.Class {
		if c == Skip {
			continue
		}
		before += m.long[i]
		index, value := m.row(i)
		for k, n := range index {
			v := value[k] * factor[n]
			after += float64(v) * float64(v)
		}
	}
	if after == 0 {
		return
	}
	by := float32(math.Sqrt(before / after)) // exact by IEEE 754
	for n := range factor {
		factor[n] *= by
	}
}
