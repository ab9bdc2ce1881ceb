package main

import (
	"errors"
	"iter"

	"samenspel/lens"
)

// coder gives utterances their codes.
type coder interface {
	Code(iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error]
}

// errNoWeights says that this program cannot code by itself.
var errNoWeights = errors.New("this build has no weights, so the lens cannot code by itself. With --coded it shows the codes that stand in a file of JSON Lines")

// engine gives what codes, and the fields in which it is not sure enough to
// count.
func engine() (coder, [lens.NumFields]bool, error) {
	return nil, [lens.NumFields]bool{}, errNoWeights
}
