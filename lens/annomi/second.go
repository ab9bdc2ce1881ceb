package annomi

import (
	"math"
	"strings"

	"samenspel/lens/learn"
)

// near are the rows around a row that the second reading looks at.
var near = []int{-1, 1, -2, 2, -3, 3, -4, 4}

// beside gives for each row in each form the figures of the second reading:
// what the first found in the row itself, near by, and on the whole in the
// conversation, and where the row stands in it.
func (b *bench) beside(found reading) [][]float64 {
	n := len(b.rows)
	table := make([][]float64, len(forms)*n)
	for form := range forms {
		for _, c := range b.talks {
			for k, i := range c {
				at := form*n + i
				var figures []float64
				for t := range tasks {
					for _, p := range found[t][at] {
						figures = append(figures, odds(p))
					}
				}
				for _, step := range near {
					figures = b.neighbour(figures, found, form, c, k+step)
				}
				figures = b.onTheWhole(figures, found, form, c, k)
				table[at] = b.place(figures, c, k)
			}
		}
	}
	return table
}

// odds gives log odds of a chance, within bounds.
func odds(p float64) float64 {
	p = min(max(p, 0.002), 0.998)
	return math.Log(p / (1 - p))
}

// mine reports whether a task is about who speaks in a row.
func (b *bench) mine(task, row int) bool { return (task != talk) == b.rows[row].Therapist }

// neighbour adds what was found in the k-th row of a conversation.
func (b *bench) neighbour(figures []float64, found reading, form int, c conversation, k int) []float64 {
	inside := k >= 0 && k < len(c)
	for t := range tasks {
		for class := range tasks[t].codes {
			f := math.NaN()
			if inside && b.mine(t, c[k]) {
				f = odds(found[t][form*len(b.rows)+c[k]][class])
			}
			figures = append(figures, f)
		}
	}
	return figures
}

// wide is how far around a row the nearest part of a conversation reaches, in
// rows.
const wide = 8

// onTheWhole adds how likely each class is in the rest of the conversation,
// and in the nearest part of it.
func (b *bench) onTheWhole(figures []float64, found reading, form int, c conversation, k int) []float64 {
	for t := range tasks {
		for class := range tasks[t].codes {
			all, rows, close, closeRows := 0.5, 1.5, 0.2, 0.6 // so that a short one says little
			for other, i := range c {
				if other == k || !b.mine(t, i) {
					continue
				}
				p := found[t][form*len(b.rows)+i][class]
				weight := math.Exp(-math.Abs(float64(other-k)) / wide)
				all += p
				rows++
				close += weight * p
				closeRows += weight
			}
			figures = append(figures, all/rows, close/closeRows)
		}
	}
	return figures
}

// place adds where a row stands, and how long it and its neighbours are.
func (b *bench) place(figures []float64, c conversation, k int) []float64 {
	figures = append(figures, float64(k), float64(len(c)-k), float64(k)/float64(len(c)), float64(len(c)))
	for _, step := range []int{0, -1, 1} {
		words := math.NaN()
		if at := k + step; at >= 0 && at < len(c) {
			words = float64(len(strings.Fields(b.rows[c[at]].Text)))
		}
		figures = append(figures, words)
	}
	return figures
}

// second learns a task from the rows in use, by what a first reading found,
// and gives for each row in each form the class that it chooses.
func (b *bench) second(t int, use func(row int) bool, found reading, table [][]float64) ([]int, error) {
	n := len(b.rows)
	class := make([]int, len(forms)*n)
	for i := range class {
		class[i] = learn.Skip
		if use(i % n) {
			class[i] = b.class[t][i%n]
		}
	}
	chosen := make([]int, len(class))
	if !tasks[t].beside {
		shift := learn.Shift(logs(found[t]), class, len(tasks[t].codes))
		for i, margins := range logs(found[t]) {
			chosen[i] = learn.Best(margins, shift)
		}
		return chosen, nil
	}
	trees, err := learn.Grow(table, class, len(tasks[t].codes), learn.DefaultTrees())
	if err != nil {
		return nil, err
	}
	var margins []float64
	for i := range chosen {
		margins = trees.Margins(table[i], margins)
		chosen[i] = learn.Best(margins, nil)
	}
	return chosen, nil
}

// logs gives the logarithms of chances.
func logs(chances [][]float64) [][]float64 {
	all := make([][]float64, len(chances))
	for i, row := range chances {
		for _, p := range row {
			all[i] = append(all[i], math.Log(p+1e-6))
		}
	}
	return all
}
