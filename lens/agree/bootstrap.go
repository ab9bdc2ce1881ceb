package agree

import (
	"math"
	"slices"
)

// Interval is where a figure lies for nineteen of twenty draws of
// conversations.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Bootstrap draws as many conversations as there are, with putting back, and
// takes the figure of each draw; the interval holds the middle 95 of a hundred.
// The same seed gives the same interval. The figure gets the numbers of the
// conversations that were drawn, and keeps them no longer than the call; a draw
// for which it gives NaN is left out.
func Bootstrap(conversations, draws int, seed uint64, figure func(drawn []int) float64) Interval {
	if conversations <= 0 || draws <= 0 {
		return Interval{}
	}
	chance := source(seed)
	drawn := make([]int, conversations)
	figures := make([]float64, 0, draws)
	for range draws {
		for i := range drawn {
			drawn[i] = chance.below(conversations)
		}
		if f := figure(drawn); !math.IsNaN(f) {
			figures = append(figures, f)
		}
	}
	if len(figures) == 0 {
		return Interval{}
	}
	slices.Sort(figures)
	return Interval{Low: quantile(figures, 0.025), High: quantile(figures, 0.975)}
}

// quantile gives the value at a share of the way through sorted figures,
// between two of them where it falls there.
func quantile(sorted []float64, at float64) float64 {
	place := at * float64(len(sorted)-1)
	below := int(place)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := place - float64(below)
	return sorted[below] + float64(part*(sorted[below+1]-sorted[below]))
}

// MacroF1Interval is the interval of macro-F1 over conversations, of which each
// has its table.
func MacroF1Interval[C ~string](tables []*Table[C], draws int, seed uint64) Interval {
	return tableInterval(tables, draws, seed, (*Table[C]).MacroF1)
}

// KappaInterval is the interval of Cohen's kappa over conversations.
func KappaInterval[C ~string](tables []*Table[C], draws int, seed uint64) Interval {
	return tableInterval(tables, draws, seed, (*Table[C]).Kappa)
}

// tableInterval is the interval of a figure of the joined tables.
func tableInterval[C ~string](tables []*Table[C], draws int, seed uint64, figure func(*Table[C]) float64) Interval {
	all := NewTable[C](nil)
	for _, t := range tables {
		all.Join(t)
	}
	laid := make([]*Table[C], len(tables)) // with the codes in one order, so that adding is quick
	for i, t := range tables {
		laid[i] = NewTable(all.Codes)
		laid[i].Join(t)
	}
	sum := NewTable(all.Codes)
	return Bootstrap(len(tables), draws, seed, func(drawn []int) float64 {
		for i := range sum.Count {
			clear(sum.Count[i])
		}
		for _, d := range drawn {
			for i, row := range laid[d].Count {
				for j, c := range row {
					sum.Count[i][j] += c
				}
			}
		}
		return figure(sum)
	})
}

// source draws numbers that look like chance and are the same each time
// (SplitMix64).
type source uint64

// next draws a number.
func (s *source) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws a number from 0 to under n.
func (s *source) below(n int) int { return int(s.next() >> 11 % uint64(n)) }
