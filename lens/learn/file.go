package learn

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// magic begins every file, with the version of the form.
const magic = "lens-linear-1\n"

// What a file may hold at most.
const (
	maxHeads    = 64
	maxClasses  = 64
	maxName     = 64
	maxFeatures = 1 << 21
	maxOpen     = 256 << 20 // bytes when open
)

// Bytes gives the heads and weights as a file: the same weights, the same
// bytes.
func (l *Linear) Bytes() []byte {
	var open []byte
	number := func(n int) { open = binary.AppendUvarint(open, uint64(n)) }
	text := func(s string) { number(len(s)); open = append(open, s...) }
	float := func(f float64) { open = binary.LittleEndian.AppendUint64(open, math.Float64bits(f)) }
	number(len(l.heads))
	for _, h := range l.heads {
		text(h.Name)
		number(len(h.Classes))
		for _, c := range h.Classes {
			text(c)
		}
		float(h.Heat)
		number(len(h.Shift))
		for _, s := range h.Shift {
			float(s)
		}
	}
	for c := range l.width {
		float(float64(l.scale[c]))
		float(float64(l.bias[c]))
	}
	number(len(l.hash))
	before := uint32(0)
	for _, h := range l.hash {
		number(int(h - before))
		before = h
	}
	for c := range l.width { // by column: one head's silence stands together
		for i := range l.hash {
			open = append(open, byte(l.bytes[i*l.width+c]))
		}
	}
	var packed bytes.Buffer
	packed.WriteString(magic)
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = w.Write(open)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything, and the level is one that exists
	}
	return packed.Bytes()
}

// errFile is what is wrong with a file that ends or counts wrongly.
var errFile = errors.New("not a file of weights, or a broken one")

// Open reads what Bytes gave.
func Open(file []byte) (*Linear, error) {
	packed, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("%w: it does not begin with %q", errFile, magic)
	}
	open, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxOpen+1))
	if err != nil || len(open) > maxOpen {
		return nil, errFile
	}
	r := &opened{rest: open}
	l := &Linear{}
	for range r.number(maxHeads) {
		l.heads = append(l.heads, r.head(l.width))
		l.width += l.heads[len(l.heads)-1].columns()
	}
	for range l.width {
		l.scale = append(l.scale, float32(r.float()))
		l.bias = append(l.bias, float32(r.float()))
	}
	n := r.number(maxFeatures)
	before := uint64(0)
	for i := range n {
		step := r.number(math.MaxUint32)
		before += uint64(step)
		if r.bad || before > math.MaxUint32 || step == 0 && i > 0 {
			return nil, errFile
		}
		l.hash = append(l.hash, uint32(before))
	}
	if r.bad || l.width == 0 || len(r.rest) != n*l.width {
		return nil, errFile
	}
	l.bytes = make([]int8, n*l.width)
	for i, b := range r.rest {
		l.bytes[i%n*l.width+i/n] = int8(b)
	}
	l.lay()
	return l, nil
}

// opened reads a file piece by piece; once something is wrong, it stays bad
// and gives zeros.
type opened struct {
	rest []byte
	bad  bool
}

// number reads a number that is at most so much.
func (r *opened) number(most uint64) int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > most {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

// text reads a name.
func (r *opened) text() string {
	n := r.number(maxName)
	if n > len(r.rest) {
		r.bad, r.rest = true, nil
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// float reads a number with a fraction, and refuses what is none.
func (r *opened) float() float64 {
	if len(r.rest) < 8 {
		r.bad, r.rest = true, nil
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
	r.rest = r.rest[8:]
	if math.IsNaN(f) || math.IsInf(f, 0) {
		r.bad, r.rest = true, nil
		return 0
	}
	return f
}

// head reads a head that begins at a column.
func (r *opened) head(column int) Head {
	h := Head{Name: r.text(), column: column}
	for range r.number(maxClasses) {
		h.Classes = append(h.Classes, r.text())
	}
	h.Heat = r.float()
	for range r.number(maxClasses) {
		h.Shift = append(h.Shift, r.float())
	}
	if len(h.Classes) < 2 || h.Shift != nil && len(h.Shift) != len(h.Classes) {
		r.bad = true
	}
	return h
}
