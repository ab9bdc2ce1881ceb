package report

import (
	"time"

	"samenspel"
)

// agreements is what the person and others will do, or propose to each other.
var agreements = section{
	name: "agreements",
	things: func(t *telling) []int {
		var list []int
		for _, g := range t.Seen.Agreements {
			list = append(list, 1+len(g.Answers)+len(g.Helps)+len(g.Options))
		}
		return list
	},
	add: func(t *telling, d *Data) {
		for i := range t.Seen.Agreements {
			d.Agreements = append(d.Agreements, t.agreement(&t.Seen.Agreements[i]))
		}
	},
}

// Agreement is what partners will do, or propose to each other.
type Agreement struct {
	Words    string                      `json:"words"`
	By       string                      `json:"by,omitempty"`
	At       time.Time                   `json:"at"`
	Doer     string                      `json:"doer,omitempty"`
	Day      string                      `json:"day,omitempty"`
	Time     string                      `json:"time,omitempty"`
	Standing samenspel.AgreementStanding `json:"standing"`
	Answers  []Answer                    `json:"answers,omitempty"`
	Help     []Help                      `json:"help,omitempty"`
	Options  []Option                    `json:"options,omitempty"`
}

// Answer is what one of those whom it concerns says of it. All may be empty.
type Answer struct {
	By string `json:"by"`
	samenspel.AgreementAnswer
}

// Help is help that somebody asked for.
type Help struct {
	Words    string                 `json:"words"`
	By       string                 `json:"by,omitempty"`
	At       time.Time              `json:"at"`
	Standing samenspel.HelpStanding `json:"standing"`
}

// Option is another way that was considered.
type Option struct {
	Words string    `json:"words"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

func (t *telling) agreement(g *samenspel.SeenAgreement) Agreement {
	out := Agreement{
		Words: said(g.Words), By: t.Name(g.By), At: g.At.UTC(), Doer: t.Name(g.Doer), Day: g.When.Day, Time: g.When.Time, Standing: g.Standing,
	}
	for _, n := range g.Answers {
		if name := t.Name(n.Partner); name != "" { // not an invitation that was taken back
			out.Answers = append(out.Answers, Answer{name, n.AgreementAnswer})
		}
	}
	for _, h := range g.Helps {
		out.Help = append(out.Help, Help{said(h.Words), t.Name(h.By), h.At.UTC(), h.Standing})
	}
	for _, o := range g.Options {
		out.Options = append(out.Options, Option{said(o.Words), t.Name(o.By), o.At.UTC()})
	}
	return out
}

// Agreements are those of this part of a document.
func (t *telling) Agreements() []samenspel.SeenAgreement {
	return cut(t.Seen.Agreements, t.from, t.to)
}

// Says is what somebody says of an agreement, by the names of its texts.
func (t *telling) Says(n samenspel.AgreementAnswer) []string {
	var list []string
	if n.Want != "" {
		list = append(list, "want_"+string(n.Want))
	}
	for _, able := range []struct {
		what string
		able samenspel.Able
	}{{"can", n.Can}, {"know", n.Know}, {"room", n.Room}} {
		if able.able != "" {
			list = append(list, able.what+"_"+string(able.able))
		}
	}
	return list
}

// When says the day and the time of an agreement, with the year, or "".
func (t *telling) When(w samenspel.When) string {
	date, ok := w.Date()
	if !ok {
		return ""
	}
	day := t.Day(date) // a day in people's diaries: it is the same everywhere
	if w.Time == "" {
		return day
	}
	return t.T("agreement.at", "Day", day, "Time", w.Time)
}
