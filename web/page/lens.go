package page

import (
	"cmp"
	"html/template"
	"iter"
	"slices"
	"strconv"

	"samenspel"
	"samenspel/figure"
	"samenspel/lens"
)

// lensPages are the pages of lens.go in package web.
var lensPages = []Page{LensAsk{}, LensWho{}, LensCheck{}, Lens{}, LensText{}, LensLine{}}

// NoEngine stands with what was laid while there was no lens.
const NoEngine = "none"

// Lens is what the lens saw in a dialogue: where the attention was. It points at
// sentences and says nothing about people, so that no count on it is about one
// of them, but for who spoke how much, once somebody checked that.
type Lens struct {
	*Frame
	D                       *samenspel.SeenDialogue
	R                       *samenspel.SeenTranscript
	M                       *lens.Measures
	Road                    template.HTML
	Lanes, Good, Connecting template.HTML
}

// NewLens measures what was laid and draws it. Look are the fields in which the
// lens is not sure enough to count.
func NewLens(f *Frame, d *samenspel.SeenDialogue, r *samenspel.SeenTranscript, look [lens.NumFields]bool) (Lens, error) {
	p := Lens{Frame: f, D: d, R: r}
	o := lens.Options{SpeakersChecked: r.Confirmed != "", LookHere: look}
	for _, id := range d.With {
		o.Present = append(o.Present, string(id))
	}
	m, err := lens.Measure(p.coded(), o)
	if err != nil {
		return p, err
	}
	p.M = m
	p.Road = template.HTML(p.road())                                            //nolint:gosec // figure escapes
	p.Lanes = template.HTML(p.lanes())                                          //nolint:gosec // figure escapes
	p.Good = template.HTML(figure.GoodConversation("good", f.Text.Say))         //nolint:gosec // figure escapes
	p.Connecting = template.HTML(figure.ConnectingDialogue("conn", f.Text.Say)) //nolint:gosec // figure escapes
	return p, nil
}

// RoleOf is what the codebook calls a speaker.
func RoleOf(seen *samenspel.Seen, p samenspel.PartnerID, role samenspel.Role) lens.Role {
	if one := seen.Partner(p); one != nil {
		role = one.Role
	}
	return lens.Role(role)
}

// speaker is how the measures tell a speaker from others: two labels of one
// partner are one.
func speaker(r *samenspel.SeenTranscript, i int) string {
	return cmp.Or(string(r.Speakers[i].Partner), "voice "+strconv.Itoa(i))
}

// coded are the lines that can be read, with the codes that count.
func (p Lens) coded() iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		for _, l := range p.R.Lines {
			if l.Struck {
				continue
			}
			s := p.R.Speakers[l.Speaker]
			c := lens.Coded{Utterance: lens.Utterance{
				N: l.N, Turn: l.Turn, Speaker: speaker(p.R, l.Speaker), Role: RoleOf(p.Seen, s.Partner, s.Role),
				Text: p.Said(l.Text), Start: l.Start, End: l.End,
			}}
			for i, field := range samenspel.LineFields() {
				c.Codes[i] = lens.Code(Settled(l, field))
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// Settled is the code of a field that counts: what partners said of it, where
// those who said something agree, and else what the lens said.
func Settled(l *samenspel.SeenLine, field samenspel.LineField) string {
	said := ""
	for _, v := range l.Views {
		switch {
		case v.Field != field:
		case said != "" && said != v.Code:
			return l.Codes.Of(field).Code
		default:
			said = v.Code
		}
	}
	return cmp.Or(said, l.Codes.Of(field).Code)
}

// Coded reports whether a lens read it.
func (p Lens) Coded() bool { return p.R.Engine != NoEngine }

// Suggested reports whether a language model gave some of the codes.
func (p Lens) Suggested() bool {
	return slices.ContainsFunc(p.R.Lines, func(l *samenspel.SeenLine) bool { return l.By == samenspel.BySuggester })
}

// Corrected reports whether somebody said that a code is not right.
func (p Lens) Corrected() bool {
	return slices.ContainsFunc(p.R.Lines, func(l *samenspel.SeenLine) bool { return len(l.Views) > 0 })
}

// VoiceName is how a speaker is called.
//
//go:noinline
func (f *Frame) VoiceName(s samenspel.SeenSpeaker) string {
	if s.Partner != "" {
		return f.Name(s.Partner)
	}
	return cmp.Or(f.Said(s.Label), f.T("lens.somebody"))
}

// nameOf is how a speaker of the measures is called.
func (p Lens) nameOf(key string) string {
	for i, s := range p.R.Speakers {
		if speaker(p.R, i) == key {
			return p.VoiceName(s)
		}
	}
	return p.Name(samenspel.PartnerID(key))
}

// Voices are the names of those who speak on a side, each once.
func (p Lens) Voices(side lens.Side) string {
	var names []string
	for _, s := range p.R.Speakers {
		if RoleOf(p.Seen, s.Partner, s.Role).Side() != side {
			continue
		}
		if name := p.VoiceName(s); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return p.Text.List(names)
}

// Partners and Workers are those voices on the two sides.
func (p Lens) Partners() string { return p.Voices(lens.PartnerSide) }

// Workers are those who are at the table for their work.
func (p Lens) Workers() string { return p.Voices(lens.ProfessionalSide) }

// Lead says which talk it was, and how long.
func (p Lens) Lead() string {
	if minutes := p.M.Length.Minute(); p.M.Timed && minutes > 1 {
		return p.T("lens.lead_timed", "Day", p.Day(p.D.Begun), "N", minutes)
	}
	return p.T("lens.lead", "Day", p.Day(p.D.Begun))
}

// Agreed are those who said yes.
func (p Lens) Agreed() string { return p.Names(p.D.With) }

// LastDay is the last day on which it is there.
//
//go:noinline
func (f *Frame) LastDay(r *samenspel.SeenTranscript) string { return f.Day(r.Until.Add(-1)) }

// where says where a sentence stands: by the minute, or by its number.
func (p Lens) where(n int, at lens.Clock) string {
	if p.M.Timed {
		return p.T("lens.minute", "Minute", at.Minute())
	}
	return p.T("lens.sentence", "Number", n)
}

// LinesPerPage is how many lines a page of the text shows.
const LinesPerPage = 100

// LineAt is the address of a line in the text, behind that of the lens.
func LineAt(n int) string {
	return "/text?page=" + strconv.Itoa((max(n, 1)-1)/LinesPerPage+1) + "#n-" + strconv.Itoa(n)
}

// Quote is a sentence that something points at.
type Quote struct {
	N               int
	Who, Text, Link string
	Where           string
}

func (p Lens) quote(n int) (Quote, bool) {
	s := p.M.Sentence(n)
	if s == nil {
		return Quote{}, false
	}
	return Quote{n, p.nameOf(s.Speaker), s.Text, p.Base() + "/dialogue/" + string(p.D.ID) + "/lens" + LineAt(n), p.where(n, s.Start)}, true
}

func (p Lens) quotes(at []int) []Quote {
	var list []Quote
	for _, n := range at {
		if q, ok := p.quote(n); ok {
			list = append(list, q)
		}
	}
	return list
}
