// Package weights holds what the lens has learnt, in the program, and the form
// in which it is written. The file is made by go run ./lens/train; docs/lens.md
// says from what and how well it reads.
package weights

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"samenspel/lens"
)

//go:embed lens.weights
var file []byte

// Engine gives the engine with the weights that are in the program. It is made
// once, when it is first asked for.
var Engine = sync.OnceValues(func() (*lens.Engine, error) {
	w, err := Decode(file)
	if err != nil {
		return nil, err
	}
	return lens.NewEngine(w)
})

// magic begins a file of weights; its last letter is the version of the form.
const magic = "SAMENSPEL LENS 1"

// maxRows bounds the features of a table in a file.
const maxRows = 1 << 20

// Encode writes weights. The same weights give the same bytes.
func Encode(w *lens.Weights) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(magic)
	packed, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("encode weights: %w", err)
	}
	out := writer{to: packed}
	out.text(w.Version)
	for _, look := range w.LookHere {
		out.bool(look)
	}
	for _, t := range []*lens.Table{&w.First, &w.Second, &w.Answer} {
		out.table(t)
	}
	if out.err == nil {
		out.err = packed.Close()
	}
	if out.err != nil {
		return nil, fmt.Errorf("encode weights: %w", out.err)
	}
	return b.Bytes(), nil
}

// writer writes the parts of a file until something goes wrong.
type writer struct {
	to  io.Writer
	err error
}

func (w *writer) bytes(b []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(b)
	}
}

func (w *writer) number(n uint64) { w.bytes(binary.AppendUvarint(nil, n)) }

func (w *writer) text(s string) {
	w.number(uint64(len(s)))
	w.bytes([]byte(s))
}

func (w *writer) bool(b bool) {
	n := byte(0)
	if b {
		n = 1
	}
	w.bytes([]byte{n})
}

func (w *writer) floats(list []float32) {
	for _, f := range list {
		w.bytes(binary.LittleEndian.AppendUint32(nil, math.Float32bits(f)))
	}
}

// table writes a table: hashes as steps, weights column by column, for like
// stands with like then.
func (w *writer) table(t *lens.Table) {
	w.number(uint64(len(t.Heads)))
	for _, h := range t.Heads {
		w.number(uint64(h.Field))
		w.number(uint64(len(h.Bias)))
		w.floats(h.Scale)
		w.floats(h.Bias)
	}
	w.number(uint64(len(t.Hashes)))
	before := uint32(0)
	var steps []byte
	for _, h := range t.Hashes {
		steps = binary.AppendUvarint(steps, uint64(h-before))
		before = h
	}
	w.bytes(steps)
	columns := t.Columns()
	column := make([]byte, len(t.Hashes))
	for c := range columns {
		for row := range column {
			column[row] = byte(t.Weight[row*columns+c])
		}
		w.bytes(column)
	}
}

// errForm says that a file is no file of weights of this form.
var errForm = errors.New("decode weights: not a file of weights that this program knows")

// Decode reads weights.
func Decode(data []byte) (*lens.Weights, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errForm
	}
	in := reader{from: newByteReader(flate.NewReader(bytes.NewReader(rest)))}
	w := &lens.Weights{Version: in.text()}
	for f := range w.LookHere {
		w.LookHere[f] = in.bytes(1)[0] == 1
	}
	for _, t := range []*lens.Table{&w.First, &w.Second, &w.Answer} {
		in.table(t)
	}
	if in.err != nil {
		return nil, fmt.Errorf("%w: %w", errForm, in.err)
	}
	return w, nil
}
