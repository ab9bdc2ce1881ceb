// Package report makes documents out of what a viewer may see: their own story
// as readable pages, as one document and as open data, and reads such a story
// that comes from elsewhere. It only thinks: the same input gives the same
// bytes.
package report

import (
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"time"

	"samenspel"
	"samenspel/figure"
)

// Language is in which language a document speaks, and how it says texts and
// days there.
type Language struct {
	Tag string // BCP 47
	Dir string // "ltr" or "rtl"
	Say figure.Say
	Day func(time.Time) string
	// Moment says a day with its hour.
	Moment func(time.Time) string
	Zone   *time.Location // in which days and hours are said
}

// Choice is whose story is told, when, and how much of it.
type Choice struct {
	Seen *samenspel.Seen // through the eyes of the person themselves
	Made time.Time
	// Whole is for the person themselves: with their notes, what only they see,
	// what they refused, and what they wrote about others. Without it the story
	// is fit to be handed over: their world as they showed it to others.
	Whole bool
	Language
}

// Signer signs for this installation.
type Signer interface {
	Public() ed25519.PublicKey
	Sign(message []byte) []byte
}

// telling is a story on its way to its pages.
type telling struct {
	Choice
	You      *samenspel.SeenPartner
	spoken   map[string]string                                  // texts that were said already: most come back often
	in       map[samenspel.StatementID]*samenspel.SeenStatement // what was said about the person
	local    map[any]string                                     // ids of the file alone, by the ids of the alliance
	from, to int                                                // which of the things in a section are shown, as far as a document is cut
}

// tell looks at what is seen as the choice asks. All sections draw from the
// Seen in it, so what is left out here is left out of every one.
func tell(c Choice) *telling {
	if !c.Whole {
		c.Seen = shown(c.Seen)
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	t := &telling{Choice: c, You: c.Seen.Partner(c.Seen.You), spoken: map[string]string{}, local: map[any]string{},
		in: map[samenspel.StatementID]*samenspel.SeenStatement{}}
	for i, s := range t.world() {
		t.local[s.ID], t.in[s.ID] = localID("s", i), s
	}
	for i, d := range c.Seen.Dialogues {
		t.local[d.ID] = localID("d", i)
	}
	for i, f := range t.frictions() {
		t.local[f.ID] = localID("f", i)
	}
	return t
}

// said gives words to a document: the one place where they come into the clear.
func said(w samenspel.Words) string { return w.Text() }

// T says a text.
func (t *telling) T(key string, args ...any) string {
	return t.once(fmt.Sprint(key, args), func() string { return t.Say(key, args...) })
}

// On says a day.
func (t *telling) On(at time.Time) string {
	at = at.In(t.Zone)
	return t.once(at.Format(time.DateOnly), func() string { return t.Day(at) })
}

func (t *telling) once(name string, say func() string) string {
	text, known := t.spoken[name]
	if !known {
		text = say()
		t.spoken[name] = text
	}
	return text
}

// Said gives words to a page.
func (t *telling) Said(w samenspel.Words) string { return said(w) }

// Name is how a partner is called.
func (t *telling) Name(id samenspel.PartnerID) string {
	p := t.Seen.Partner(id)
	switch {
	case p == nil:
		return ""
	case p.Erased:
		return t.T("erase.was_here")
	}
	return said(p.Name)
}

// Names are how partners are called, as in a sentence.
func (t *telling) Names(ids []samenspel.PartnerID) string {
	var names []string
	for _, id := range ids {
		if name := t.Name(id); name != "" {
			names = append(names, name)
		}
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return t.T("list.and", "Before", strings.Join(names[:last], ", "), "Last", names[last])
}

// Me is how the person is called.
func (t *telling) Me() string { return said(t.You.Name) }

// world is what was said about the person, in the order in which it came.
func (t *telling) world() []*samenspel.SeenStatement {
	var list []*samenspel.SeenStatement
	for i := range t.Seen.Statements {
		if st := &t.Seen.Statements[i]; st.About == t.You.ID {
			list = append(list, st)
		}
	}
	return list
}

// themes are those of the person, in their own order.
func (t *telling) themes() []samenspel.SeenTheme {
	return slices.DeleteFunc(slices.Clone(t.Seen.Themes), func(th samenspel.SeenTheme) bool { return th.About != t.You.ID })
}

// own reports whether these are the words of the person themselves.
func own(s *samenspel.SeenStatement) bool {
	return s.Standing == samenspel.Own || s.Standing == samenspel.Reworded || s.Kind == samenspel.Quote
}

// speaker is who said it, by name: at another installation as well.
func (t *telling) speaker(s *samenspel.SeenStatement) string {
	switch {
	case s.Standing == samenspel.Own:
		return ""
	case s.SaidBy == "":
		return said(s.Speaker)
	}
	return t.Name(s.SaidBy)
}
