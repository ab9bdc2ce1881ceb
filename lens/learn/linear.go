package learn

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Head is one choice between classes.
type Head struct {
	Name    string
	Classes []string
	Heat    float64   // of its chances; see [Heat]
	Shift   []float64 // of its margins when it chooses; see [Shift]; nil is none
	column  int       // the first of its columns
}

// columns is how many columns of weights a head has.
func (h *Head) columns() int {
	if len(h.Classes) == 2 {
		return 1
	}
	return len(h.Classes)
}

// Linear holds the heads with their weights in bytes: all weights of one
// feature stand together, so that a feature is looked up once for all heads.
// Nothing in it changes after it is made.
type Linear struct {
	heads []Head
	width int       // columns
	scale []float32 // of each column, what one step of a byte is
	bias  []float32
	hash  []uint32 // of each feature, rising
	first []uint32 // for the first bits of a hash, where it would begin
	bytes []int8   // of each feature, width of them
}

// bits is how many first bits of a hash are looked up at once.
const bits = 16

// Join puts what heads learnt into one, with at most so many features, those
// that speak loudest first.
func Join(heads []Head, weights []*Weights, keep int) (*Linear, error) {
	if len(heads) == 0 || len(heads) != len(weights) {
		return nil, fmt.Errorf("%d heads and %d sets of weights", len(heads), len(weights))
	}
	l := &Linear{}
	for i, h := range heads {
		if len(h.Classes) != weights[i].Classes {
			return nil, fmt.Errorf("head %s has %d classes and weights for %d", h.Name, len(h.Classes), weights[i].Classes)
		}
		if h.Shift != nil && len(h.Shift) != len(h.Classes) {
			return nil, fmt.Errorf("head %s has %d classes and %d shifts", h.Name, len(h.Classes), len(h.Shift))
		}
		h.column = l.width
		l.width += h.columns()
		l.heads = append(l.heads, h)
		l.hash = append(l.hash, weights[i].Matrix.hash...)
	}
	slices.Sort(l.hash)
	l.hash = slices.Compact(l.hash)
	l.bytes = make([]int8, len(l.hash)*l.width)
	for i, w := range weights {
		for c, of := range w.Of {
			l.scale = append(l.scale, l.fill(l.heads[i].column+c, w.Matrix.hash, of))
			l.bias = append(l.bias, w.Bias[c])
		}
	}
	l.drop(keep)
	l.lay()
	return l, nil
}

// fill writes a column of weights as bytes and gives what one step is.
func (l *Linear) fill(column int, hash []uint32, weights []float32) float32 {
	most := float32(0)
	for _, w := range weights {
		most = max(most, max(w, -w))
	}
	if most == 0 {
		return 0
	}
	scale := most / 127
	place := 0
	for n, h := range hash { // both rise
		for l.hash[place] < h {
			place++
		}
		l.bytes[place*l.width+column] = int8(math.RoundToEven(float64(weights[n] / scale)))
	}
	return scale
}

// drop leaves out the features that say nothing, and the softest beyond so
// many.
func (l *Linear) drop(keep int) {
	var loud [129]int // how many features have this as their largest byte
	for i := range l.hash {
		loud[l.loudness(i)]++
	}
	from, kept := 128, 0
	for from > 1 && kept+loud[from-1] <= keep {
		from--
		kept += loud[from]
	}
	n := 0
	for i, h := range l.hash {
		if l.loudness(i) >= from {
			l.hash[n] = h
			copy(l.bytes[n*l.width:(n+1)*l.width], l.bytes[i*l.width:])
			n++
		}
	}
	l.hash, l.bytes = slices.Clip(l.hash[:n]), slices.Clip(l.bytes[:n*l.width])
}

// loudness is the largest byte of a feature.
func (l *Linear) loudness(i int) int {
	most := 0
	for _, b := range l.bytes[i*l.width : (i+1)*l.width] {
		most = max(most, max(int(b), -int(b)))
	}
	return most
}

// lay makes the table by which features are looked up.
func (l *Linear) lay() {
	l.first = make([]uint32, 1<<bits+1)
	for i := len(l.hash) - 1; i >= 0; i-- {
		l.first[l.hash[i]>>(32-bits)] = uint32(i)
	}
	l.first[1<<bits] = uint32(len(l.hash))
	starts := make([]bool, 1<<bits)
	for _, h := range l.hash {
		starts[h>>(32-bits)] = true
	}
	for i := 1<<bits - 1; i >= 0; i-- {
		if !starts[i] {
			l.first[i] = l.first[i+1]
		}
	}
}

// Heads gives the heads. The caller does not change them.
func (l *Linear) Heads() []Head { return l.heads }

// Features is how many features there are.
func (l *Linear) Features() int { return len(l.hash) }

// ErrNoHead is given for a head that is not there.
var ErrNoHead = errors.New("no such head")

// Head gives the number of a head by its name.
func (l *Linear) Head(name string) (int, error) {
	i := slices.IndexFunc(l.heads, func(h Head) bool { return h.Name == name })
	if i < 0 {
		return 0, fmt.Errorf("%w: %s", ErrNoHead, name)
	}
	return i, nil
}

// Sum adds up what the features say, for all heads at once. It writes to into
// and gives it back; where that has room, nothing is allocated.
func (l *Linear) Sum(index []uint32, value []float32, into []float32) []float32 {
	return l.Add(index, value, append(into[:0], l.bias...))
}

// Add adds what further features say to sums, in place.
func (l *Linear) Add(index []uint32, value []float32, sums []float32) []float32 {
	var room [64]float32
	steps := room[:]
	if l.width > len(room) {
		steps = make([]float32, l.width)
	}
	steps = steps[:l.width]
	for k, h := range index {
		row := l.find(h)
		if row < 0 {
			continue
		}
		v := value[k]
		bytes := l.bytes[row : row+l.width]
		bytes = bytes[:len(steps)]
		for c := range steps {
			steps[c] += float32(v * float32(bytes[c]))
		}
	}
	for c, s := range steps {
		sums[c] += float32(s * l.scale[c])
	}
	return sums
}

// find gives where the bytes of a feature begin; under 0 where it has none.
func (l *Linear) find(h uint32) int {
	bucket := h >> (32 - bits)
	for i := l.first[bucket]; i < l.first[bucket+1]; i++ {
		if l.hash[i] >= h {
			if l.hash[i] == h {
				return int(i) * l.width
			}
			break
		}
	}
	return -1
}

// Margins gives the log odds of the classes of a head, from what Sum gave.
func (l *Linear) Margins(head int, sums []float32, into []float64) []float64 {
	h := &l.heads[head]
	into = into[:0]
	if len(h.Classes) == 2 {
		half := float64(sums[h.column]) / 2
		return append(into, -half, half)
	}
	for _, s := range sums[h.column : h.column+len(h.Classes)] {
		into = append(into, float64(s))
	}
	return into
}

// Choose gives the class that a head chooses and the chances of all, from what
// Sum gave. The chances are written to into.
func (l *Linear) Choose(head int, sums []float32, into []float64) (class int, chances []float64) {
	h := &l.heads[head]
	into = l.Margins(head, sums, into)
	class = Best(into, h.Shift)
	return class, Chances(into, h.Heat)
}
