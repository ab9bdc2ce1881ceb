package main

import (
	"iter"

	"samenspel/lens"
	"samenspel/lens/weights"
)

// inside is the lens of the program for the workspace. What it has learnt is
// read when somebody first asks for it, so that a program that serves no
// transcripts stays small.
type inside struct{}

// Version says which lens it is.
func (inside) Version() string {
	e, err := weights.Engine()
	if err != nil {
		return version
	}
	return e.Version()
}

// LookHere are the fields in which it is not sure enough to count.
func (inside) LookHere() [lens.NumFields]bool {
	e, err := weights.Engine()
	if err != nil {
		return [lens.NumFields]bool{}
	}
	return e.LookHere()
}

// Code gives utterances their codes.
func (inside) Code(said iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	e, err := weights.Engine()
	if err != nil {
		return func(yield func(lens.Coded, error) bool) { yield(lens.Coded{}, err) }
	}
	return e.Code(said)
}
