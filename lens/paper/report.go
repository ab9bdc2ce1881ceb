package paper

import (
	"cmp"
	"slices"
	"strings"

	"samenspel/lens"
)

// Report is what goes on paper.
type Report struct {
	Measures *lens.Measures
	Language string    // of the report, out of [Languages]
	Version  string    // of the lens
	Cast     lens.Cast // who is what
	Skips    []Skip    // what was left out of the file, or is odd about it
	// Conversation is the whole of it, for the page; empty where that is too
	// long for one.
	Conversation []lens.Coded
	// Suggested is how many utterances have their codes from a language model.
	Suggested int
}

// Skip is something that was left out of a file, or is odd about it.
type Skip struct {
	Key   string // of its text: a key of package transcript
	Count int
	Line  int // where it was first
}

// MaxWhole is how many utterances one page still holds in full.
const MaxWhole = 3000

// outline is a report without its form: what stands on every kind of paper.
type outline struct {
	words
	*Report
	Sections []section // after the road, the lanes and the moments
}

// section is a part of the report in which counts stand.
type section struct {
	ID, Head, About string
	Groups          []group
	Notes           []string
}

// group is a few counts about one thing.
type group struct {
	Head  string
	Items []item
}

// item is a count that opens its sentences.
type item struct {
	Label  string
	Layer  string // how the stylesheet knows the layer, or ""
	N      int
	Look   bool // not sure enough to count: only the sentences are shown
	At     []int
	Quotes []quote
}

// More is how many sentences it has that are not shown.
func (i item) More() int { return i.N - len(i.Quotes) }

// quote is a sentence that somebody said.
type quote struct {
	N     int
	Who   string
	Text  string
	Where string
	Link  bool // it stands in the whole conversation below
}

// Shows reports whether the count is more than nothing.
func (i item) Shows() bool { return i.N > 0 }

func (r *Report) outline() *outline {
	o := &outline{words: speak(r.Language), Report: r}
	o.Sections = []section{o.depth(), o.attention(), o.room(), o.questions()}
	if more := o.more(); len(more.Groups) > 0 {
		o.Sections = append(o.Sections, more)
	}
	return o
}

// name is what somebody is called in the report.
func (o *outline) name(speaker string) string { return cmp.Or(speaker, o.Say("someone")) }

// names are those on a side, in the order of the cast.
func (o *outline) names(side lens.Side) []string {
	var names []string
	for _, p := range o.Cast {
		if p.Role.Side() == side {
			names = append(names, o.name(p.Name))
		}
	}
	return names
}

// People says who is what: "Mieke (professional)".
func (o *outline) People() string {
	var list []string
	for _, p := range o.Cast {
		list = append(list, o.name(p.Name)+" ("+o.Say("role."+string(p.Role))+")")
	}
	return o.list(list)
}

// Lead says how long the talk was.
func (o *outline) Lead() string {
	m := o.Measures
	if minutes := m.Length.Minute(); m.Timed && minutes > 1 {
		return o.Say("lead_timed", "Minutes", minutes, "N", m.Utterances)
	}
	return o.Say("lead", "N", m.Utterances)
}

// where says where a sentence stands: by the minute, or by its number.
func (o *outline) where(n int, at lens.Clock) string {
	if o.Measures.Timed {
		return o.Say("place.minute", "N", at.Minute())
	}
	return o.Say("place.sentence", "N", n)
}

// quote gives a sentence by its number.
func (o *outline) quote(n int) (quote, bool) {
	s := o.Measures.Sentence(n)
	if s == nil {
		return quote{}, false
	}
	return quote{s.N, o.name(s.Speaker), s.Text, o.where(s.N, s.Start), len(o.Conversation) > 0}, true
}

func (o *outline) quotes(at []int) []quote {
	var list []quote
	for _, n := range at {
		if q, ok := o.quote(n); ok {
			list = append(list, q)
		}
	}
	return list
}

// item makes a line of a count. A field in which the lens is not sure enough
// has sentences and no number.
func (o *outline) item(label string, c lens.Count, from ...lens.Field) item {
	look := slices.ContainsFunc(from, func(f lens.Field) bool { return o.Measures.LookHere[f] })
	return item{Label: label, N: c.N, Look: look, At: c.At, Quotes: o.quotes(c.At)}
}

// styles are the layers as the stylesheet knows them.
var styles = map[lens.Code]string{
	lens.AtBehaviour: "gedrag", lens.AtNeed: "behoefte", lens.AtCommitment: "betrokkenheid", lens.AtMeaning: "zingeving",
}

// inward are the layers from the outside to the core.
var inward = []lens.Code{lens.AtBehaviour, lens.AtNeed, lens.AtCommitment, lens.AtMeaning}

// layers are the lines of a profile, from the outside inward.
func (o *outline) layers(t lens.Tallies, from ...lens.Field) []item {
	var list []item
	for _, l := range append(slices.Clone(inward), lens.None) {
		i := o.item(o.Say("layer."+string(l)), t.Of(l), append(from, lens.Layer)...)
		i.Layer = styles[l]
		list = append(list, i)
	}
	return list
}

func (o *outline) depth() section {
	s := section{ID: "depth", Head: o.Say("depth.head"), About: o.Say("depth.about")}
	profiles := o.Measures.Depth
	for i, p := range profiles {
		head := o.name(p.Speaker)
		if i < 2 {
			head = o.Say("side." + string(p.Side))
			if names := o.names(p.Side); len(names) == 1 {
				head = names[0]
			}
		}
		if i == 1 && len(profiles) == 3 {
			continue // one partner is the whole side
		}
		s.Groups = append(s.Groups, group{head, o.layers(p.Layers)})
	}
	return s
}

func (o *outline) attention() section {
	a := &o.Measures.Attention
	s := section{ID: "attention", Head: o.Say("attention.head", "Names", o.list(o.names(lens.ProfessionalSide))), About: o.Say("attention.about")}
	s.Groups = []group{{Items: o.layers(a.Layers, lens.Act)}}
	if a.FirstAt > 0 {
		s.Notes = append(s.Notes, o.Say("attention.first", "Where", o.where(a.FirstAt, a.First)))
	} else {
		s.Notes = append(s.Notes, o.Say("attention.never"))
	}
	if w := a.Without; w.N > 0 {
		s.Notes = append(s.Notes, o.Say("attention.without", "N", w.N, "From", o.where(w.From, w.Start), "To", o.where(w.To, w.End)))
	}
	return s
}

func (o *outline) room() section {
	r := &o.Measures.Room
	s := section{ID: "room", Head: o.Say("room.head"), About: o.Say("room.about")}
	line := func(key string, c lens.Count) item { return o.item(o.Say(key), c, lens.Act) }
	s.Groups = []group{
		{o.Say("room.given"), []item{line("act.choice", r.Choice), line("act.check", r.Check), line("act.support", r.Help)}},
		{o.Say("room.taken"), []item{line("act.advise", r.Advise), line("act.push", r.Push), line("room.early", r.Early)}},
	}
	return s
}

func (o *outline) questions() section {
	q := &o.Measures.Questions
	return section{ID: "questions", Head: o.Say("questions.head"), About: o.Say("questions.about"), Groups: []group{{"", []item{
		o.item(o.Say("questions.open"), q.Open, lens.Question), o.item(o.Say("questions.closed"), q.Closed, lens.Question),
		o.item(o.Say("act.reflect"), q.Reflect, lens.Act),
	}}}}
}

// more is where to read again; it has no groups where nothing was found.
func (o *outline) more() section {
	s := section{ID: "more", Head: o.Say("more.head"), About: o.Say("more.about")}
	var items []item
	for _, c := range []lens.Code{lens.Wants, lens.WantNot, lens.Can, lens.CanNot} {
		items = append(items, o.item(o.Say("will."+string(c)), o.Measures.Will.Of(c), lens.Will))
	}
	items = append(items, o.item(o.Say("more.friction"), o.Measures.Friction, lens.Friction))
	items = slices.DeleteFunc(items, func(i item) bool { return i.N == 0 })
	if len(items) > 0 {
		s.Groups = []group{{"", items}}
	}
	return s
}

// Made says by what the codes were given.
func (o *outline) Made() string {
	made := o.Say("made", "Version", o.Version)
	if o.Suggested > 0 {
		made += " " + o.Say("made_suggested", "N", o.Suggested)
	}
	return made
}

// AboutFile says what was left out of the file, in words.
func (o *outline) AboutFile() []string {
	var list []string
	for _, s := range o.Skips {
		list = append(list, o.Say(s.Key, "N", s.Count, "Line", s.Line))
	}
	return list
}

// HeadLanes is the head above the lanes.
func (o *outline) HeadLanes() string {
	if o.Measures.Timed {
		return o.Say("lanes.head_timed")
	}
	return o.Say("lanes.head")
}

// Voices says which beads are whose.
func (o *outline) Voices() string {
	var list []string
	for _, v := range []struct {
		key  string
		side lens.Side
	}{{"beads.full", lens.PartnerSide}, {"beads.open", lens.ProfessionalSide}} {
		if names := o.names(v.side); len(names) > 0 {
			list = append(list, o.Say(v.key, "Names", o.list(names)))
		}
	}
	return strings.Join(append(list, o.Say("beads.rings")), " ")
}
