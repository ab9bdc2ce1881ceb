package page

import (
	"html/template"
	"slices"

	"samenspel/figure"
	"samenspel/lens"
)

// mostMoments is how many feelings stand on the page at once; the rest stand in
// the text.
const mostMoments = 12

// Moment is a turn in which a feeling was, with its answer.
type Moment struct {
	Label string
	Sign  template.HTML // the ring of the answer
	Said  Quote
	Reply []Quote
}

// Moments are the feelings that were answered, in the order of the talk, from
// all over it.
func (p Lens) Moments() []Moment {
	var list []Moment
	all := slices.DeleteFunc(slices.Clone(p.M.Emotion.Moments), func(m lens.Moment) bool { return m.Answer == "" || len(m.Reply) == 0 })
	each := max(1, (len(all)+mostMoments-1)/mostMoments)
	for i := 0; i < len(all); i += each {
		m := all[i]
		said, ok := p.quote(m.At)
		if !ok {
			continue
		}
		label := p.T("lens.answer." + string(m.Answer))
		if p.M.LookHere[lens.Response] {
			label = p.T("lens.perhaps", "What", label)
		}
		sign := template.HTML(figure.AnswerSign(figureAnswers[m.Answer])) //nolint:gosec // figure escapes
		list = append(list, Moment{label, sign, said, p.quotes(m.Reply)})
	}
	return list
}

// MoreMoments reports whether there were more than stand here.
func (p Lens) MoreMoments() bool {
	return p.M.Emotion.Answers.All(lens.Response.Codes()...).N > len(p.Moments())
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
	groups := []CountGroup{
		layers,
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
