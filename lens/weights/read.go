package weights

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"samenspel/lens"
)

// reader reads the parts of a file until something goes wrong; after that it
// gives zeros.
type reader struct {
	from *bufio.Reader
	err  error
}

func newByteReader(from io.Reader) *bufio.Reader { return bufio.NewReaderSize(from, 1<<16) }

// errSize says that a part is larger than any that is written.
var errSize = errors.New("a part is too large")

func (r *reader) bytes(n int) []byte {
	b := make([]byte, n)
	if r.err == nil {
		_, r.err = io.ReadFull(r.from, b)
	}
	return b
}

// number reads a number of at most a bound.
func (r *reader) number(most uint64) int {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(r.from)
	if err == nil && n > most {
		err = errSize
	}
	if err != nil {
		r.err = err
		return 0
	}
	return int(n)
}

func (r *reader) text() string { return string(r.bytes(r.number(64))) }

func (r *reader) floats(n int) []float32 {
	list := make([]float32, n)
	b := r.bytes(4 * n)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return list
}

func (r *reader) table(t *lens.Table) {
	t.Heads = make([]lens.Head, r.number(lens.NumFields))
	for i := range t.Heads {
		t.Heads[i].Field = lens.Field(r.number(lens.NumFields - 1))
		n := r.number(64)
		t.Heads[i].Scale, t.Heads[i].Bias = r.floats(n), r.floats(n)
	}
	rows := r.number(maxRows)
	t.Hashes = make([]uint32, rows)
	before := uint32(0)
	for i := range t.Hashes {
		before += uint32(r.number(math.MaxUint32))
		t.Hashes[i] = before
	}
	columns := t.Columns()
	t.Weight = make([]int8, rows*columns)
	for c := range columns {
		column := r.bytes(rows)
		for row, b := range column {
			t.Weight[row*columns+c] = int8(b)
		}
	}
}
