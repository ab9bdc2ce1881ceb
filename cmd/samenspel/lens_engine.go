package main

import (
	"iter"

	"samenspel/lens"
	"samenspel/lens/weights"
)

// coder gives utterances their codes.
type coder interface {
	Code(iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error]
}

// everywhere codes an utterance also in those fields that the codes it finds
// itself would leave empty, so that each code of the gold is compared.
type everywhere struct{ *lens.Engine }

func (e everywhere) Code(all iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	return e.CodeAll(all)
}

// engine gives what codes, and the fields in which it is not sure enough to
// count.
func engine() (coder, [lens.NumFields]bool, error) {
	e, err := weights.Engine()
	if err != nil {
		return nil, [lens.NumFields]bool{}, err
	}
	return e, e.LookHere(), nil
}
