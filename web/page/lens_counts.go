package page

import (
	"cmp"
	"slices"

	"samenspel/lens"
)

// mostOfAnswer is how many feelings with the same answer stand on the page at
// once; all of them stand below as counts, and in the text.
const mostOfAnswer = 2

// Moment is a turn in which a feeling was, with its answer.
type Moment struct {
	Label string
	Sign  string // of the ring of the answer
	Said  Quote
	Reply []Quote
}

// Moments are feelings that were answered, in the order of the talk: a few of
// each answer, from all over it.
func (p Lens) Moments() []Moment {
	var chosen []lens.Moment
	for _, answer := range lens.Response.Codes() {
		of := slices.DeleteFunc(slices.Clone(p.M.Emotion.Moments), func(m lens.Moment) bool { return m.Answer != answer || len(m.Reply) == 0 })
		each := max(1, (len(of)+mostOfAnswer-1)/mostOfAnswer)
		for i := 0; i < len(of); i += each {
			chosen = append(chosen, of[i])
		}
	}
	slices.SortFunc(chosen, func(a, b lens.Moment) int { return cmp.Compare(a.At, b.At) })
	var list []Moment
	for _, m := range chosen {
		if said, ok := p.quote(m.At); ok {
			list = append(list, Moment{p.perhaps("lens.answer." + string(m.Answer)), string(m.Answer), said, p.quotes(m.Reply)})
		}
	}
	return list
}

// perhaps says an answer, with a question mark where the lens is not sure
// enough.
func (p Lens) perhaps(key string) string {
	if p.M.LookHere[lens.Response] {
		return p.T("lens.perhaps", "What", p.T(key))
	}
	return p.T(key)
}

// CountRow is a count that opens its sentences. Where the lens is not sure
// enough there is no number.
type CountRow struct {
	Label  string
	Style  string // the layer as the stylesheet knows it, or ""
	N      int
	Look   bool
	Quotes []Quote
}

// More is how many sentences do not stand here.
func (c CountRow) More() int { return c.N - len(c.Quotes) }

// CountGroup is a few counts about one thing.
type CountGroup struct {
	ID, Head, About string
	Rows            []CountRow
}

func (p Lens) count(key string, c lens.Count, from ...lens.Field) CountRow {
	look := slices.ContainsFunc(from, func(f lens.Field) bool { return p.M.LookHere[f] })
	return CountRow{Label: p.T(key), N: c.N, Look: look, Quotes: p.quotes(c.At)}
}

// Groups are what can be read again, thing by thing. Nothing in them is about
// one person.
func (p Lens) Groups() []CountGroup {
	room, asked := &p.M.Room, &p.M.Questions
	layers := CountGroup{ID: "attention", Head: p.T("lens.attention"), About: p.T("lens.attention_about")}
	for _, l := range p.Outward() {
		row := p.count("layer."+string(l), p.M.Attention.Layers.Of(lens.Code(l)), lens.Layer, lens.Act)
		row.Style = layerStyles[l]
		layers.Rows = append(layers.Rows, row)
	}
	feelings := CountGroup{ID: "feelings", Head: p.T("lens.feelings"), About: p.T("lens.feelings_about")}
	for _, c := range lens.Response.Codes() {
		feelings.Rows = append(feelings.Rows, p.count("lens.answer."+string(c), p.M.Emotion.Answers.Of(c), lens.Response, lens.Emotion))
	}
	groups := []CountGroup{
		feelings, layers,
		{"room", p.T("lens.room"), p.T("lens.room_about"), []CountRow{
			p.count("lens.room.choice", room.Choice, lens.Act), p.count("lens.room.check", room.Check, lens.Act),
			p.count("lens.room.support", room.Help, lens.Act), p.count("lens.room.advise", room.Advise, lens.Act),
			p.count("lens.room.push", room.Push, lens.Act), p.count("lens.room.early", room.Early, lens.Act, lens.Layer),
		}},
		{"questions", p.T("lens.questions"), p.T("lens.questions_about"), []CountRow{
			p.count("lens.questions.open", asked.Open, lens.Question), p.count("lens.questions.closed", asked.Closed, lens.Question),
			p.count("lens.questions.reflect", asked.Reflect, lens.Act),
		}},
	}
	more := CountGroup{ID: "more", Head: p.T("lens.again"), About: p.T("lens.again_about")}
	for _, c := range []struct {
		key string
		n   lens.Count
		f   lens.Field
	}{
		{"lens.will.want", p.M.Will.Of(lens.Wants), lens.Will}, {"lens.will.want_not", p.M.Will.Of(lens.WantNot), lens.Will},
		{"lens.will.can", p.M.Will.Of(lens.Can), lens.Will}, {"lens.will.can_not", p.M.Will.Of(lens.CanNot), lens.Will},
		{"lens.rubs", p.M.Friction, lens.Friction},
	} {
		if c.n.N > 0 {
			more.Rows = append(more.Rows, p.count(c.key, c.n, c.f))
		}
	}
	if len(more.Rows) > 0 {
		groups = append(groups, more)
	}
	return groups
}

// Spoke says how the talk was divided, in the order in which people spoke
// first. Nobody is put above another.
func (p Lens) Spoke() []string {
	var list []string
	for _, s := range p.M.Pace.Speakers {
		list = append(list, p.T("lens.spoke", "Name", p.nameOf(s.Speaker), "Turns", p.T("lens.turns", "N", s.Turns), "Words", p.T("lens.words", "N", s.Words)))
	}
	for _, key := range p.M.Pace.NoTurn {
		list = append(list, p.T("lens.no_turn", "Name", p.nameOf(key)))
	}
	return list
}

// Pauses are the silences and where two spoke at once; none without times.
func (p Lens) Pauses() []CountRow {
	if !p.M.Timed {
		return nil
	}
	return []CountRow{p.count("lens.pauses", p.M.Pace.Pauses), p.count("lens.at_once", p.M.Pace.Interrupts)}
}
