// Package weights holds what the lens has learnt, in the program, and the form
// in which it is written. The file is made by go run ./lens/train; docs/lens.md
// says from what and how well it reads.
package weights

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"samenspel/lens"
	"samenspel/lens/learn"
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
const magic = "SAMENSPEL LENS 1\n"

// head is what a file says before its two parts.
type head struct {
	Version  string
	LookHere [lens.NumFields]bool
	Parts    [2]int // the bytes of each
}

// Encode writes weights. The same weights give the same bytes.
func Encode(w *lens.Weights) ([]byte, error) {
	h := head{Version: w.Version, LookHere: w.LookHere}
	var parts []byte
	for i, part := range []*learn.Linear{w.Text, w.Answer} {
		b := part.Bytes()
		h.Parts[i] = len(b)
		parts = append(parts, b...)
	}
	line, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("encode weights: %w", err)
	}
	return slices.Concat([]byte(magic), line, []byte("\n"), parts), nil
}

// errForm says that a file is no file of weights of this form.
var errForm = errors.New("decode weights: not a file of weights that this program knows")

// Decode reads weights.
func Decode(data []byte) (*lens.Weights, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	line, parts, found := bytes.Cut(rest, []byte("\n"))
	var h head
	if !ok || !found || json.Unmarshal(line, &h) != nil {
		return nil, errForm
	}
	w := &lens.Weights{Version: h.Version, LookHere: h.LookHere}
	for i, part := range []**learn.Linear{&w.Text, &w.Answer} {
		if h.Parts[i] < 0 || h.Parts[i] > len(parts) {
			return nil, errForm
		}
		var err error
		if *part, err = learn.Open(parts[:h.Parts[i]]); err != nil {
			return nil, fmt.Errorf("%w: %w", errForm, err)
		}
		parts = parts[h.Parts[i]:]
	}
	return w, nil
}
