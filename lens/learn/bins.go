package learn

import "slices"

// maxBins is how many kinds of value a figure is cut into.
const maxBins = 32

// bins holds a table of figures cut into bins: bin 0 is a figure that is not
// known (NaN).
type bins struct {
	cuts [][]float64 // of each figure, where the next bin begins
	of   [][]uint8   // of each figure, the bin of each row
}

// cut cuts figures such that each bin holds about as many of the rows.
func cut(table [][]float64, rows []int) *bins {
	b := &bins{}
	if len(table) == 0 {
		return b
	}
	for f := range table[0] {
		var known []float64
		for _, i := range rows {
			if v := table[i][f]; v == v {
				known = append(known, v)
			}
		}
		slices.Sort(known)
		var cuts []float64
		for q := 1; q < maxBins && len(known) > 0; q++ {
			c := known[q*len(known)/maxBins]
			if len(cuts) == 0 || c > cuts[len(cuts)-1] {
				cuts = append(cuts, c)
			}
		}
		b.cuts = append(b.cuts, cuts)
		of := make([]uint8, len(table))
		for i := range table {
			of[i] = place(cuts, table[i][f])
		}
		b.of = append(b.of, of)
	}
	return b
}

// place gives the bin of a value.
func place(cuts []float64, v float64) uint8 {
	if v != v {
		return 0
	}
	n, found := slices.BinarySearch(cuts, v)
	if found {
		n++
	}
	return uint8(n + 1)
}
