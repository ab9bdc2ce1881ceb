package learn

import (
	"cmp"
	"slices"
)

// Row holds the features of one example: what is there and how much of it. An
// index is a hash; one that stands twice counts twice.
type Row struct {
	Index []uint32
	Value []float32
}

// Matrix holds the rows of a training set with the features numbered in order
// of their hashes. It is made once and serves every head and every fold.
type Matrix struct {
	hash  []uint32  // of each feature
	start []int     // where a row begins in the two below; one more than rows
	index []uint32  // numbers of features
	value []float32 // their values
	long  []float64 // of each row, the sum of its squared values
}

// NewMatrix lays out rows. Features that stand in fewer than atLeast rows are
// left out.
func NewMatrix(rows []Row, atLeast int) *Matrix {
	m := &Matrix{start: make([]int, 1, len(rows)+1)}
	var all []uint32
	for _, r := range rows {
		mine := slices.Clone(r.Index)
		slices.Sort(mine)
		all = append(all, slices.Compact(mine)...)
	}
	slices.Sort(all)
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j] == all[i] {
			j++
		}
		if j-i >= atLeast {
			m.hash = append(m.hash, all[i])
		}
		i = j
	}
	number := make(map[uint32]uint32, len(m.hash)) // only asked, never walked
	for i, h := range m.hash {
		number[h] = uint32(i)
	}
	var mine []entry
	for _, r := range rows {
		mine = mine[:0]
		for i, h := range r.Index {
			if n, ok := number[h]; ok {
				mine = append(mine, entry{n, r.Value[i]})
			}
		}
		m.add(mine)
	}
	return m
}

// entry is one feature of a row.
type entry struct {
	number uint32
	value  float32
}

// add puts a row below the others, with each feature once.
func (m *Matrix) add(row []entry) {
	slices.SortStableFunc(row, func(a, b entry) int { return cmp.Compare(a.number, b.number) })
	from := len(m.index)
	for _, e := range row {
		if last := len(m.index) - 1; last >= from && m.index[last] == e.number {
			m.value[last] += e.value
			continue
		}
		m.index = append(m.index, e.number)
		m.value = append(m.value, e.value)
	}
	long := 0.0
	for _, v := range m.value[from:] {
		long += float64(v) * float64(v)
	}
	m.long = append(m.long, long)
	m.start = append(m.start, len(m.index))
}

// Rows is how many rows there are.
func (m *Matrix) Rows() int { return len(m.start) - 1 }

// Features is how many features there are.
func (m *Matrix) Features() int { return len(m.hash) }

// row gives the numbers and values of a row.
func (m *Matrix) row(i int) ([]uint32, []float32) {
	from, to := m.start[i], m.start[i+1]
	return m.index[from:to], m.value[from:to]
}

// dot multiplies a row with weights. Products of two float32 are exact in
// float64, so no machine can round them in another way.
func (m *Matrix) dot(i int, weights []float32) float64 {
	index, value := m.row(i)
	sum := 0.0
	for k, n := range index {
		sum += float64(weights[n]) * float64(value[k])
	}
	return sum
}

// times gives the matrix with each feature made heavier or lighter.
func (m *Matrix) times(factor []float32) *Matrix {
	scaled := &Matrix{hash: m.hash, start: m.start, index: m.index, value: make([]float32, len(m.value)), long: make([]float64, len(m.long))}
	for i := range m.long {
		for k := m.start[i]; k < m.start[i+1]; k++ {
			v := m.value[k] * factor[m.index[k]]
			scaled.value[k] = v
			scaled.long[i] += float64(v) * float64(v)
		}
	}
	return scaled
}

// Margins gives the log odds of each class for a row of the matrix.
func (w *Weights) Margins(row int, into []float64) []float64 {
	into = into[:0]
	for c, of := range w.Of {
		into = append(into, w.Matrix.dot(row, of)+float64(w.Bias[c]))
	}
	if w.Classes == 2 {
		into = append(into, into[0]/2)
		into[0] = -into[1]
	}
	return into
}
