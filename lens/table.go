package lens

import (
	"slices"

	"samenspel/lens/learn"
)

// Head is one question that a table of weights answers: the code of a field.
type Head struct {
	Field Field
	// Scale and Bias of each column. Two codes have one column, which speaks
	// for the second; more have one each.
	Scale, Bias []float32
}

// columns is how many columns a field takes.
func columns(f Field) int {
	if n := len(f.Codes()); n > 2 {
		return n
	}
	return 1
}

// Table holds trained weights: a row of small numbers for each feature, a few
// columns for each head.
type Table struct {
	Heads  []Head
	Hashes []uint32 // of the features, in order
	Weight []int8   // rows of Columns()
}

// Columns is how many columns a row has.
func (t *Table) Columns() int {
	n := 0
	for _, h := range t.Heads {
		n += len(h.Bias)
	}
	return n
}

// fault says what is wrong with the sizes of a table; empty when nothing is.
func (t *Table) fault() string {
	for _, h := range t.Heads {
		if h.Field >= NumFields || len(h.Bias) != columns(h.Field) || len(h.Scale) != len(h.Bias) {
			return "a head that does not fit its field"
		}
	}
	if len(t.Weight) != len(t.Hashes)*t.Columns() {
		return "rows and features differ"
	}
	if !slices.IsSorted(t.Hashes) {
		return "features out of order"
	}
	return ""
}

// lookup finds the rows of a table by the hash of a feature.
type lookup struct {
	t       *Table
	columns int
	slots   []slot
	mask    uint32
	first   []int // column of each head
}

// slot holds a feature's hash and its row plus one; 0 is an empty slot.
type slot struct{ hash, row uint32 }

func newLookup(t *Table) *lookup {
	size := uint32(1024)
	for int(size) < 2*len(t.Hashes) {
		size *= 2
	}
	x := &lookup{t: t, columns: t.Columns(), slots: make([]slot, size), mask: size - 1}
	for row, h := range t.Hashes {
		at := spread(h) & x.mask
		for x.slots[at].row != 0 {
			at = (at + 1) & x.mask
		}
		x.slots[at] = slot{h, uint32(row + 1)}
	}
	n := 0
	for _, h := range t.Heads {
		x.first = append(x.first, n)
		n += len(h.Bias)
	}
	return x
}

// spread makes the low bits of a hash depend on all of them.
func spread(h uint32) uint32 { return h * 0x9e3779b1 >> 7 }

// row gives the weights of a feature; nil when it was never learnt.
func (x *lookup) row(h uint32) []int8 {
	for at := spread(h) & x.mask; ; at = (at + 1) & x.mask {
		s := x.slots[at]
		if s.row == 0 {
			return nil
		}
		if s.hash == h {
			from := int(s.row-1) * x.columns
			return x.t.Weight[from : from+x.columns : from+x.columns]
		}
	}
}

// sum adds the features up in each column.
func (x *lookup) sum(f *Features, into []float32) {
	for i, h := range f.Index {
		row := x.row(h)
		if row == nil {
			continue
		}
		v := f.Value[i]
		into := into[:len(row)]
		for k, w := range row {
			into[k] += v * float32(w)
		}
	}
}

// chances turns the sums of one head into chances that together are 1.
func (x *lookup) chances(head int, sums []float32, into *[maxCodes]float32) {
	h := &x.t.Heads[head]
	sums = sums[x.first[head]:]
	if len(h.Bias) == 1 {
		p := squash(sums[0]*h.Scale[0] + h.Bias[0])
		into[0], into[1] = 1-p, p
		return
	}
	var all float32
	for k := range h.Bias {
		into[k] = squash(sums[k]*h.Scale[k] + h.Bias[k])
		all += into[k]
	}
	for k := range h.Bias {
		into[k] /= all
	}
}

// squash turns log odds into a chance.
func squash(x float32) float32 { return float32(learn.Chance(float64(x))) }
