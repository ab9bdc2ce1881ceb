package page

import (
	"fmt"

	"samenspel/lens"
	"samenspel/web/text"
)

// practicePages are the pages of practice.go in package web.
var practicePages = []Page{Practice{}, PracticeReading{}, PracticeBeside{}}

// Practice is the list of conversations to practise on.
type Practice struct {
	*Frame
	Talks []PracticeTalk
}

// PracticeTalk is one of them. Everybody in it is invented.
type PracticeTalk struct {
	ID, Language string
	Speakers     []string
}

// Face gives the sign of somebody who speaks in it.
func (t PracticeTalk) Face(speaker string) Face {
	face := Face{Shape: 1}
	for i, name := range t.Speakers {
		if name == speaker {
			face.Shape = i%4 + 1
		}
	}
	for _, first := range speaker {
		face.Letter = string(first)
		break
	}
	return face
}

// Tongue is a language with the conversations in it.
type Tongue struct {
	Language *text.Language
	Talks    []PracticeTalk
}

// Tongues are the conversations by language, the reader's own first.
func (p Practice) Tongues() []Tongue {
	own, rest := Tongue{Language: p.Text}, []Tongue{}
	for _, l := range p.Languages() {
		t := Tongue{Language: l}
		for _, talk := range p.Talks {
			if talk.Language == l.Tag {
				t.Talks = append(t.Talks, talk)
			}
		}
		if l.Tag == own.Language.Tag {
			own = t
		} else {
			rest = append(rest, t)
		}
	}
	return append([]Tongue{own}, rest...)
}

// PracticeReading is some utterances of a conversation with what the reader
// chose at each.
type PracticeReading struct {
	*Frame
	Talk          PracticeTalk
	Before, After []lens.Utterance // what stands around them, to be read only
	Lines         []PracticeLine
	Pieces        []PracticePiece
	At            int // which piece this is, from 1
	Started       bool
}

// PracticePiece is what is read on one page: its number, and those of its first
// and last utterance.
type PracticePiece struct{ N, First, Last int }

// Here is the piece on this page.
func (p PracticeReading) Here() PracticePiece { return p.Pieces[p.At-1] }

// Of is how many utterances the conversation has.
func (p PracticeReading) Of() int { return p.Pieces[len(p.Pieces)-1].Last }

// Earlier is the piece before this one, or 0.
func (p PracticeReading) Earlier() int { return p.At - 1 }

// Later is the next piece, or 0.
func (p PracticeReading) Later() int {
	if p.At == len(p.Pieces) {
		return 0
	}
	return p.At + 1
}

// Spoken is an utterance with the frame that it is shown in.
type Spoken struct {
	*Frame
	Talk PracticeTalk
	U    lens.Utterance
}

// Spoken gives an utterance for its part of the page.
func (p PracticeReading) Spoken(u lens.Utterance) Spoken { return Spoken{p.Frame, p.Talk, u} }

// Spoken gives an utterance for its part of the page.
func (p PracticeBeside) Spoken(u lens.Utterance) Spoken { return Spoken{p.Frame, p.Talk, u} }

// Asked are all fields of the codebook, for the page that explains them.
func (p PracticeReading) Asked() []PracticeField {
	var all []PracticeField
	for _, f := range lens.Fields() {
		all = append(all, PracticeField{Field: f})
	}
	return all
}

// PracticeLine is one utterance to read.
type PracticeLine struct {
	lens.Utterance
	Asked []PracticeField
}

// PracticeField is one question of the codebook, put to the utterance with a
// number.
type PracticeField struct {
	Field  lens.Field
	N      int
	Chosen lens.Code
}

// Name is what it is called in the form.
func (f PracticeField) Name() string { return fmt.Sprintf("%d.%s", f.N, f.Field) }

// Felt reports whether it is about a feeling that has to be chosen first.
func (f PracticeField) Felt() bool { return f.Field == lens.Valence }

// Choices are the codes of the field.
func (f PracticeField) Choices() []PracticeChoice {
	var all []PracticeChoice
	for _, c := range f.Field.Codes() {
		felt := f.Field == lens.Emotion && c != lens.None
		all = append(all, PracticeChoice{Code: c, Key: CodeKey(f.Field, c), Chosen: c == f.Chosen, Felt: felt})
	}
	return all
}

// PracticeChoice is a code that can be chosen.
type PracticeChoice struct {
	Code   lens.Code
	Key    string
	Chosen bool
	Felt   bool // there is a feeling
}

// CodeKey is the name of a code among the texts.
func CodeKey(f lens.Field, c lens.Code) string { return f.String() + "." + string(c) }

// PracticeBeside lays the reader's own reading beside another.
type PracticeBeside struct {
	*Frame
	Talk    PracticeTalk
	Readers []string // whose readings there are
	With    string   // beside whose, or ""
	Started bool
	Fields  []BesideField
}

// Differs reports whether the two readings differ anywhere.
func (p PracticeBeside) Differs() bool {
	for _, f := range p.Fields {
		if len(f.Differ) > 0 {
			return true
		}
	}
	return false
}

// Unsure are the names of the fields in which the lens is not sure enough.
func (p PracticeBeside) Unsure() string {
	var names []string
	for _, f := range p.Fields {
		if f.Unsure {
			names = append(names, p.T("practice.field."+f.Field.String()))
		}
	}
	return p.Text.List(names)
}

// Met reports whether there is an utterance that both chose a code for.
func (p PracticeBeside) Met() bool {
	for _, f := range p.Fields {
		if f.Both > 0 {
			return true
		}
	}
	return false
}

// BesideField says how two readings meet in one field.
type BesideField struct {
	Field        lens.Field
	Both, Same   int    // utterances that both chose a code for, and the same
	Kappa, Alpha string // "" where it cannot be said
	Unsure       bool   // the other is the lens, and not sure enough here
	Differ       []BesideLine
}

// BesideLine is an utterance that two readers read differently.
type BesideLine struct {
	lens.Utterance
	Mine, Other lens.Code
	Piece       int // of the conversation, in which it stands
}

// Key is the name of a code of the field among the texts.
func (f BesideField) Key(c lens.Code) string { return CodeKey(f.Field, c) }
