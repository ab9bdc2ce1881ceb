package report

import (
	"slices"
	"time"

	"samenspel"
)

// The most of each thing that a story holds besides the world of the person,
// as story.schema.json says it: what one place with all its partners can hold.
const (
	maxPartners   = 24
	maxAgreements = 24_000
	maxBeside     = 1_200
	maxTalks      = 48_000
	maxTopics     = 60
	maxLaid       = 2_000
	maxMinutes    = 8 * 60
	maxScales     = 500
	maxChanges    = 12_000
	maxFrictions  = 12_000
	maxRepairs    = 576
	maxNear       = 40
	maxTies       = 820
	maxWritten    = 40_000
	maxNotes      = 2_000
)

// skew is how far the clock of another installation may run ahead.
const skew = 24 * time.Hour

// rest reads what stays in the file. None of it goes into the new place, but
// a story in which any of it is wrong is no story.
func (p *parsing) rest(d *Data) {
	p.sure(len(d.Agreements) <= maxAgreements && len(d.Dialogues) <= maxTalks && len(d.Mirrors) <= maxTalks &&
		len(d.Scales) <= maxScales && len(d.Changes) <= maxChanges && len(d.Frictions) <= maxFrictions &&
		len(d.Written) <= maxWritten && len(d.Notes) <= maxNotes && len(d.People) <= maxPartners)
	said, talks, frictions := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range d.Statements {
		said[s.ID] = true
	}
	for _, k := range d.Dialogues {
		p.once(talks, k.ID)
		p.dialogue(k, said)
	}
	for _, f := range d.Frictions {
		p.once(frictions, f.ID)
	}
	for _, f := range d.Frictions {
		p.friction(f, frictions, said)
	}
	for _, g := range d.Agreements {
		p.agreement(g)
	}
	p.looks(d, talks, said)
	p.around(d.Around)
	for _, w := range d.Written {
		p.text(w.Words, samenspel.MaxWords)
		p.at(w.At)
	}
	for _, n := range d.Notes {
		p.text(n.Words, samenspel.MaxWords)
		p.at(n.At)
	}
	for _, one := range d.People {
		p.text(one.Name, samenspel.MaxName)
		p.words(one.As, samenspel.MaxName)
	}
}

// sure holds what must be so.
func (p *parsing) sure(good bool) {
	if !good {
		p.fail(no("invalid.story_data"))
	}
}

// once takes an id that may not stand twice.
func (p *parsing) once(ids map[string]bool, id string) {
	p.sure(id != "" && !ids[id])
	ids[id] = true
}

// leads holds a reference to something that must be there, or none.
func (p *parsing) leads(ids map[string]bool, id string) { p.sure(id == "" || ids[id]) }

// text takes words that may not be empty.
func (p *parsing) text(text string, most int) { p.sure(!p.words(text, most).Empty()) }

// names takes names of partners.
func (p *parsing) names(names ...string) {
	p.sure(len(names) <= maxPartners)
	for _, name := range names {
		p.words(name, samenspel.MaxName)
	}
}

// at takes a moment that has been.
func (p *parsing) at(at time.Time) { p.sure(!at.IsZero() && !at.After(p.now.Add(skew))) }

func (p *parsing) agreement(g Agreement) {
	p.text(g.Words, samenspel.MaxWords)
	p.names(g.By, g.Doer)
	p.at(g.At)
	when, err := samenspel.ParseWhen(g.Day, g.Time)
	p.sure(err == nil && when == samenspel.When{Day: g.Day, Time: g.Time})
	p.sure(slices.Contains([]samenspel.AgreementStanding{
		samenspel.AgreementAsked, samenspel.AgreementResting, samenspel.AgreementAgreed, samenspel.AgreementDone,
	}, g.Standing) && len(g.Answers) <= maxPartners && len(g.Help) <= maxBeside && len(g.Options) <= maxBeside)
	for _, n := range g.Answers {
		p.text(n.By, samenspel.MaxName)
		p.sure((n.Want == "" || slices.Contains(samenspel.Wants[:], n.Want)) && able(n.Can) && able(n.Know) && able(n.Room))
	}
	for _, h := range g.Help {
		p.text(h.Words, samenspel.MaxWords)
		p.names(h.By)
		p.at(h.At)
		p.sure(h.Standing == samenspel.HelpOpen || h.Standing == samenspel.HelpThere)
	}
	for _, o := range g.Options {
		p.text(o.Words, samenspel.MaxWords)
		p.names(o.By)
		p.at(o.At)
	}
}

func able(a samenspel.Able) bool { return a == "" || slices.Contains(samenspel.Ables[:], a) }

func (p *parsing) dialogue(k Dialogue, said map[string]bool) {
	p.sure(slices.Contains([]samenspel.TalkStanding{samenspel.Planned, samenspel.On, samenspel.Over}, k.Standing) &&
		k.Minutes >= 0 && k.Minutes <= maxMinutes && len(k.Topics) <= maxTopics && len(k.Laid) <= maxLaid)
	p.sure(k.At == nil || k.At.Year() >= 2000 && k.At.Year() < 3001) // it may be still to come
	for _, at := range []*time.Time{k.Begun, k.Over} {
		if at != nil {
			p.at(*at)
		}
	}
	p.names(k.With...)
	p.words(k.Where, samenspel.MaxDetail)
	p.words(k.Support, samenspel.MaxDetail)
	for _, topic := range k.Topics {
		p.text(topic.Words, samenspel.MaxTopic)
		p.at(topic.At)
	}
	for _, id := range k.Laid {
		p.sure(said[id])
	}
}

func (p *parsing) looks(d *Data, talks, said map[string]bool) {
	for _, m := range d.Mirrors {
		p.sure(talks[m.Dialogue])
		p.words(m.Line, samenspel.MaxLine)
		for _, w := range []samenspel.MirrorWord{m.Answers.Heard, m.Answers.Trusted, m.Answers.Room, m.Answers.Pace, m.Answers.Matter} {
			p.sure(w == "" || w == samenspel.MirrorRatherNot || slices.Contains(samenspel.MirrorWords[:], w))
		}
	}
	for _, c := range d.Scales {
		p.sure(talks[c.Dialogue])
		p.text(c.Name, samenspel.MaxName)
		p.text(c.Answers, samenspel.MaxAnswers)
		p.at(c.At)
	}
	for _, c := range d.Changes {
		p.sure(talks[c.Dialogue])
		p.text(c.Words, samenspel.MaxChange)
		p.names(c.By)
		p.at(c.At)
		p.leads(said, c.Because)
	}
}

func (p *parsing) friction(f Friction, frictions, said map[string]bool) {
	p.names(f.Of)
	p.words(f.Words, samenspel.MaxWords)
	p.at(f.Since)
	p.names(f.Told...)
	p.leads(frictions, f.Earlier)
	p.leads(said, f.Ground)
	p.sure(len(f.Repairs) <= maxRepairs)
	for _, r := range f.Repairs {
		p.text(r.Words, samenspel.MaxWords)
		p.names(r.By)
		p.at(r.At)
	}
}

func (p *parsing) around(a *Around) {
	if a == nil {
		return
	}
	p.sure(len(a.People) <= maxNear && len(a.Ties) <= maxTies)
	near := map[string]bool{}
	for _, n := range a.People {
		p.once(near, n.ID)
		p.text(n.Name, samenspel.MaxName)
		p.words(n.As, samenspel.MaxName)
		p.sure(n.Ring >= 1 && n.Ring <= samenspel.MapRings && n.Direction >= 0 && n.Direction < samenspel.MapDirections &&
			(n.Tie == "" || n.Tie.Valid()))
	}
	for _, tie := range a.Ties {
		p.sure(near[tie.One] && near[tie.Other] && tie.One != tie.Other && tie.As.Valid())
	}
}
