package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"samenspel/lens"
	"samenspel/lens/suggest"
)

// lensSuggester says which language model may suggest codes; see
// docs/suggest.md.
type lensSuggester struct {
	URL  string `name:"url" env:"SAMENSPEL_LLM_URL" placeholder:"http://127.0.0.1:8000/v1" help:"A server that speaks the chat-completions protocol. The words of the conversation go there, without names and numbers as far as rules can find them."`
	Name string `name:"model" env:"SAMENSPEL_LLM_MODEL" placeholder:"NAME" help:"What the server calls the language model."`
	Key  string `name:"key" env:"SAMENSPEL_LLM_KEY" hidden:"" help:"The key of the server. Set it in the environment: others can see what stands on a command line."`
	Far  bool   `name:"far" env:"SAMENSPEL_LLM_FAR" help:"Let the words go without TLS to a machine outside the own network."`
}

func (c lensSuggester) config() suggest.Config {
	return suggest.Config{URL: c.URL, Name: c.Name, Key: suggest.Secret(c.Key), Far: c.Far}
}

// suggest lets a language model suggest other codes than those of the lens, and
// says how many utterances have them. Where it fails the codes of the lens
// stay, and that is said.
func (c lensSuggester) suggest(coded iter.Seq2[lens.Coded, error], cast lens.Cast, to console) (iter.Seq2[lens.Coded, error], int, error) {
	s, err := suggest.New(c.config())
	if err != nil {
		return nil, 0, err
	}
	var all []lens.Coded
	for u, err := range coded {
		if err != nil {
			return nil, 0, err
		}
		all = append(all, u)
	}
	all, report, err := s.Suggest(context.Background(), all, cast.Names()...)
	var failure *suggest.Failure
	switch {
	case errors.As(err, &failure):
		fmt.Fprintf(to.err, "samenspel: the language model stopped (%v); the codes of the lens stand in its place.\n", failure)
	case err != nil:
		return nil, 0, err
	}
	if left := report.Asked - report.Taken; left > 0 {
		fmt.Fprintf(to.err, "samenspel: %d of %d utterances keep the codes of the lens.\n", left, report.Asked)
	}
	return func(yield func(lens.Coded, error) bool) {
		for u := range slices.Values(all) {
			if !yield(u, nil) {
				return
			}
		}
	}, report.Taken, nil
}
