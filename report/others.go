package report

import (
	"time"

	"samenspel"
)

// written is what the person wrote about others: their own words, not the
// world of the other.
var written = section{
	name: "written",
	things: func(t *telling) []int {
		if !t.Whole {
			return nil
		}
		return ones(len(t.writings()))
	},
	add: func(t *telling, d *Data) {
		for _, w := range t.writings() {
			d.Written = append(d.Written, Written(w))
		}
	},
}

// writing is one thing that the person wrote about another.
type writing struct {
	About string          `json:"about"`
	Words string          `json:"words"`
	Kind  samenspel.Kind  `json:"kind,omitempty"` // none for a view beside words of another
	Layer samenspel.Layer `json:"layer,omitempty"`
	At    time.Time       `json:"at"`
}

// Written are those of this part of a document.
func (t *telling) Written() []writing { return cut(t.writings(), t.from, t.to) }

// writings is what they said or wrote down themselves, as it was first, and the
// views that they put beside what others said.
func (t *telling) writings() []writing {
	var list []writing
	for i := range t.Seen.Statements {
		s := &t.Seen.Statements[i]
		if s.About == t.You.ID {
			continue
		}
		name := t.Name(s.About)
		if s.RecordedBy == t.You.ID || s.SaidBy == t.You.ID {
			words := s.Words
			if !s.First.Empty() {
				words = s.First
			}
			list = append(list, writing{name, said(words), s.Kind, s.Layer, s.Said.UTC()})
		}
		for _, v := range s.Views {
			if v.By == t.You.ID {
				list = append(list, writing{About: name, Words: said(v.Words), At: v.At.UTC()})
			}
		}
	}
	return list
}

// notes are the person's private notes, the oldest first.
var notes = section{
	name:   "notes",
	things: func(t *telling) []int { return ones(len(t.Seen.Notes)) },
	add: func(t *telling, d *Data) {
		for _, n := range t.notes() {
			d.Notes = append(d.Notes, Note{Words: said(n.Words), At: n.At.UTC()})
		}
	},
}

// Notes are those of this part of a document.
func (t *telling) Notes() []samenspel.SeenNote { return cut(t.notes(), t.from, t.to) }

// notes are in the order in which they were written.
func (t *telling) notes() []samenspel.SeenNote {
	var list []samenspel.SeenNote
	for i := len(t.Seen.Notes) - 1; i >= 0; i-- {
		list = append(list, t.Seen.Notes[i])
	}
	return list
}

// people is who was there, by the names that the person sees.
var people = section{
	name: "people",
	things: func(t *telling) []int {
		if !t.Whole {
			return nil
		}
		return ones(1)
	},
	add: func(t *telling, d *Data) {
		for _, p := range t.Seen.Partners {
			d.People = append(d.People, Someone{Name: t.Name(p.ID), As: said(p.As), Role: p.Role, Standing: p.Standing, You: p.You})
		}
	},
}
