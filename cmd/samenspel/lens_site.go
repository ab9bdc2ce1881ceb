package main

import (
	"context"
	"iter"
	"time"

	"samenspel/lens"
	"samenspel/lens/suggest"
	"samenspel/lens/weights"
	"samenspel/web"
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

// outside is a language model that the organisation chose, for the workspace.
type outside struct{ *suggest.Suggester }

// Suggest gives what was coded back, with the codes of the language model where
// it gave good ones.
func (o outside) Suggest(ctx context.Context, coded []lens.Coded, names ...string) []lens.Coded {
	all, _, _ := o.Suggester.Suggest(ctx, coded, names...) // with an error, the codes of the lens stay
	return all
}

// choose gives a site the language model that somebody set up, if any. In a page
// people wait: it has a minute and a half.
func (c lensSuggester) choose(site *web.Site) error {
	config := c.config()
	if !config.On() {
		return nil
	}
	config.Budget = 90 * time.Second
	s, err := suggest.New(config)
	if err == nil {
		site.Suggester = outside{s}
	}
	return err
}
