// Package house keeps what an organisation chose for all its alliances: its own
// words for the five activities, its own terms for keeping, and who answers for
// what is kept here. They are texts of the organisation, for everybody to read,
// and nobody's personal words.
package house

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"samenspel"
)

// The longest of each, in characters.
const (
	MaxName   = 40
	MaxAbout  = 160
	MaxOrigin = 120
)

// Wording is what an activity is called, in one plain sentence what one does,
// and whose words these are. What is empty is as the program has it.
type Wording struct {
	Name   string
	About  string
	Origin string
}

// ParseWording takes the organisation's words from outside, by the rules of
// [samenspel.ParseWords].
func ParseWording(name, about, origin string) (w Wording, err error) {
	for _, part := range []struct {
		to    *string
		typed string
		most  int
	}{{&w.Name, name, MaxName}, {&w.About, about, MaxAbout}, {&w.Origin, origin, MaxOrigin}} {
		if *part.to, err = plain(part.typed, part.most); err != nil {
			return Wording{}, err
		}
	}
	return w, nil
}

// plain takes a text of the organisation, which is nobody's personal words.
func plain(typed string, most int) (string, error) {
	words, err := samenspel.ParseWords(typed, most)
	if err != nil {
		return "", err
	}
	return words.Text(), nil
}

// Wordings are those of the activities that the organisation worded, in one
// language.
type Wordings map[samenspel.Activity]Wording

// Mark tells one set of wordings from another. A form over them carries it, so
// that one that was made before they changed is seen.
func (w Wordings) Mark() string {
	sum := sha256.New()
	for _, activity := range samenspel.Activities {
		_, _ = fmt.Fprintf(sum, "%q\n", w[activity]) // a hash takes all
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}

// Changed reports whether others than these stood when a form was made, by its
// mark: then what the form brings is not kept in their place, unless they say the
// same. An empty mark is that of no form.
func (w Wordings) Changed(was string, brings Wordings) bool {
	now := w.Mark()
	return was != "" && was != now && brings.Mark() != now
}

// Store keeps what the organisation chose.
type Store interface {
	// Wordings gives the words for the activities in a language, by its tag.
	Wordings(ctx context.Context, language string) (Wordings, error)
	// Word keeps the words for the activities in a language in the place of
	// all that were there. An empty wording takes that of its activity away. With
	// a mark it gives samenspel.ErrChanged when [Wordings.Changed] says so, whoever
	// else keeps words at that moment.
	Word(ctx context.Context, language, was string, words Wordings) error
	// Terms gives the terms that the organisation added, in the order of their
	// words.
	Terms(ctx context.Context) ([]Term, error)
	// AddTerm keeps a term, in the place of one with the same word.
	AddTerm(ctx context.Context, t Term) error
	// DropTerm takes a term away, if it is there.
	DropTerm(ctx context.Context, word string) error

	Organisations
}
