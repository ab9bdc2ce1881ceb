package main

import (
	"cmp"
	"slices"

	"samenspel/lens"
	"samenspel/lens/learn"
)

// How many features a table keeps: those that weigh most.
const (
	mostFirst  = 90_000
	mostSecond = 90_000
	mostAnswer = 40_000
)

// table makes small numbers of weights: the heaviest of each column is 127.
func table(m *learn.Matrix, fields []lens.Field, of []*learn.Weights, most int) lens.Table {
	t := lens.Table{}
	var columns [][]float32
	for n, f := range fields {
		h := lens.Head{Field: f}
		for k, column := range of[n].Of {
			heaviest := float32(0)
			for _, w := range column {
				heaviest = max(heaviest, w, -w)
			}
			h.Scale = append(h.Scale, heaviest/127)
			h.Bias = append(h.Bias, of[n].Bias[k])
			columns = append(columns, column)
		}
		t.Heads = append(t.Heads, h)
	}
	scales := []float32{}
	for _, h := range t.Heads {
		scales = append(scales, h.Scale...)
	}
	for _, n := range heaviest(m, columns, scales, most) {
		t.Hashes = append(t.Hashes, m.Hash(n))
		for c, column := range columns {
			t.Weight = append(t.Weight, small(column[n], scales[c]))
		}
	}
	return t
}

// small rounds a weight to a number of steps.
func small(w, step float32) int8 {
	if step == 0 {
		return 0
	}
	x := w / step
	if x < 0 {
		return int8(x - 0.5)
	}
	return int8(x + 0.5)
}

// heaviest gives the numbers of the features that weigh most in some column,
// in order of their hashes.
func heaviest(m *learn.Matrix, columns [][]float32, scales []float32, most int) []int {
	type weighed struct {
		n     int
		heavy float32
	}
	var list []weighed
	for n := range m.Features() {
		heavy := float32(0)
		for c, column := range columns {
			if scales[c] > 0 {
				heavy = max(heavy, column[n]/scales[c], -column[n]/scales[c])
			}
		}
		if heavy >= 0.5 {
			list = append(list, weighed{n, heavy})
		}
	}
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.heavy, a.heavy), cmp.Compare(a.n, b.n)) })
	list = list[:min(most, len(list))]
	var numbers []int
	for _, w := range list {
		numbers = append(numbers, w.n)
	}
	slices.Sort(numbers)
	return numbers
}
