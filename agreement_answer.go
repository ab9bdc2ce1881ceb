package samenspel

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Want is whether a partner wants it. A no is as good an answer as a yes.
type Want string

// The three answers. The empty Want means that there is no answer yet.
const (
	WantYes       Want = "yes"
	WantNotNow    Want = "not_now"
	WantOtherwise Want = "otherwise"
)

// Wants are the three, in the order of the screen.
var Wants = [3]Want{WantYes, WantNotNow, WantOtherwise}

// Able is whether a partner can do it, knows how, or has room for it.
type Able string

// The three answers. The empty Able means that nothing was said of it.
const (
	AbleYes      Able = "yes"
	AbleWithHelp Able = "with_help"
	AbleNotYet   Able = "not_yet"
)

// Ables are the three, in the order of the screen.
var Ables = [3]Able{AbleYes, AbleWithHelp, AbleNotYet}

// AgreementAnswer is what one partner says of an agreement, for themselves.
// All of it may stay empty.
type AgreementAnswer struct {
	Want Want `json:"want,omitempty"`
	Can  Able `json:"can,omitempty"`
	Know Able `json:"know,omitempty"` // whether they know how
	Room Able `json:"room,omitempty"` // in their time and their head
}

// valid reports whether each part is an answer there is, or empty.
func (n AgreementAnswer) valid() bool {
	able := func(a Able) bool { return a == "" || slices.Contains(Ables[:], a) }
	return (n.Want == "" || slices.Contains(Wants[:], n.Want)) && able(n.Can) && able(n.Know) && able(n.Room)
}

// over is this answer on top of an earlier one: what it leaves empty stays as
// it was.
func (n AgreementAnswer) over(before AgreementAnswer) AgreementAnswer {
	return AgreementAnswer{
		Want: cmp.Or(n.Want, before.Want), Can: cmp.Or(n.Can, before.Can),
		Know: cmp.Or(n.Know, before.Know), Room: cmp.Or(n.Room, before.Room),
	}
}

// AnswerAgreement is the actor's own answer, with the help that they ask for
// and how they would do it. Nobody answers for another.
type AnswerAgreement struct {
	Agreement AgreementID
	Answer    AgreementAnswer // what is left empty stays as it was
	Help      Words           // help to ask for, besides what was asked before
	Option    Words           // how else it could be done
	Turn      int
}

func (w AnswerAgreement) decide(t turn) ([]Event, error) {
	g, err := t.agreement(w.Agreement, w.Turn)
	switch {
	case err != nil:
		return nil, err
	case !w.Answer.valid():
		return nil, invalid("invalid.agreement_answer")
	case g.now().done:
		return nil, refused("refused.agreement_done")
	case !w.Help.Empty() && g.helpBy(t.by.id) >= maxBeside, !w.Option.Empty() && g.optionsBy(t.by.id) >= maxBeside:
		return nil, refused("refused.too_many")
	}
	var events []Event
	before := g.now().answers[t.by.id]
	if answer := w.Answer.over(before); answer != before {
		events = append(events, &AgreementAnswered{Agreement: g.id, Partner: t.by.id, AgreementAnswer: answer})
	}
	if !w.Help.Empty() {
		events = append(events, &HelpAsked{Help: HelpID(t.cmd.ID), Agreement: g.id, By: t.by.id, Words: w.Help})
	}
	if !w.Option.Empty() {
		events = append(events, &OptionConsidered{Option: OptionID(t.cmd.ID + ".1"), Agreement: g.id, By: t.by.id, Words: w.Option})
	}
	return events, nil
}

func (g *agreement) helpBy(p PartnerID) (count int) {
	for _, h := range g.helps {
		if h.by == p {
			count++
		}
	}
	return count
}

func (g *agreement) optionsBy(p PartnerID) (count int) {
	for _, o := range g.options {
		if o.by == p {
			count++
		}
	}
	return count
}

// AgreementAnswered is the fact that a partner said for themselves whether
// they want it, can do it, know how and have room.
type AgreementAnswered struct {
	Agreement AgreementID `json:"agreement"`
	Partner   PartnerID   `json:"partner"`
	AgreementAnswer
}

// Kind is "agreement.answered".
func (*AgreementAnswered) Kind() string { return "agreement.answered" }

func (e *AgreementAnswered) apply(a *Alliance, f Fact) reversal {
	g := a.agreements.of[e.Agreement]
	if g == nil {
		return reversal{subject: string(e.Agreement)}
	}
	before := g.now().answers[e.Partner]
	if e.AgreementAnswer == (AgreementAnswer{}) {
		delete(g.now().answers, e.Partner)
	} else {
		g.now().answers[e.Partner] = e.AgreementAnswer
	}
	a.touch(string(g.id), f) // what somebody answered to is not undone under their hands
	undo := &AgreementAnswered{Agreement: g.id, Partner: e.Partner, AgreementAnswer: before}
	return reversal{subject: g.answerOf(e.Partner), undo: undo}
}

// FulfilAgreement says that it was done, or, with Undone set, after all not.
// Who does it says so.
type FulfilAgreement struct {
	Agreement AgreementID
	Undone    bool
}

func (w FulfilAgreement) decide(t turn) ([]Event, error) {
	g, err := t.agreement(w.Agreement, 0)
	switch {
	case err != nil:
		return nil, err
	case !t.mayFulfil(g, t.by.id):
		return nil, refused("refused.agreement_fulfil")
	case g.now().done == !w.Undone:
		return nil, nil
	case w.Undone:
		return []Event{&AgreementReopened{Agreement: g.id}}, nil
	case t.standing(g) != AgreementAgreed:
		return nil, refused("refused.not_agreed")
	}
	return []Event{&AgreementFulfilled{Agreement: g.id}}, nil
}

// AgreementFulfilled is the fact that it was done.
type AgreementFulfilled struct {
	Agreement AgreementID `json:"agreement"`
}

// Kind is "agreement.fulfilled".
func (*AgreementFulfilled) Kind() string { return "agreement.fulfilled" }

func (e *AgreementFulfilled) apply(a *Alliance, f Fact) reversal {
	return a.fulfil(e.Agreement, f, true, &AgreementReopened{Agreement: e.Agreement})
}

// AgreementReopened is the fact that it was not done after all.
type AgreementReopened struct {
	Agreement AgreementID `json:"agreement"`
}

// Kind is "agreement.reopened".
func (*AgreementReopened) Kind() string { return "agreement.reopened" }

func (e *AgreementReopened) apply(a *Alliance, f Fact) reversal {
	return a.fulfil(e.Agreement, f, false, &AgreementFulfilled{Agreement: e.Agreement})
}

func (a *Alliance) fulfil(id AgreementID, f Fact, done bool, undo Event) reversal {
	g := a.agreements.of[id]
	if g == nil {
		return reversal{subject: string(id)}
	}
	g.now().done = done
	a.closed(g, f)
	return reversal{subject: g.whetherDone(), undo: undo}
}

// option is a way that was considered. It stays to be read, whatever is
// agreed; only who said it takes it away.
type option struct {
	id        OptionID
	agreement *agreement
	by        PartnerID
	at        time.Time
	words     Words
	withdrawn bool
}

// ConsiderOption puts an option beside an agreement.
type ConsiderOption struct {
	Agreement AgreementID
	Words     Words
}

func (w ConsiderOption) decide(t turn) ([]Event, error) {
	g, err := t.agreement(w.Agreement, 0)
	switch {
	case err != nil:
		return nil, err
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case g.optionsBy(t.by.id) >= maxBeside:
		return nil, refused("refused.too_many")
	}
	return []Event{&OptionConsidered{Option: OptionID(t.cmd.ID), Agreement: g.id, By: t.by.id, Words: w.Words}}, nil
}

// OptionConsidered is the fact that somebody named an option.
type OptionConsidered struct {
	Option    OptionID    `json:"option"`
	Agreement AgreementID `json:"agreement"`
	By        PartnerID   `json:"by"`
	Words     Words       `json:"-"`
}

// Kind is "option.considered".
func (*OptionConsidered) Kind() string { return "option.considered" }

// Holder is who said it.
func (e *OptionConsidered) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *OptionConsidered) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *OptionConsidered) apply(a *Alliance, f Fact) reversal {
	if g := a.agreements.of[e.Agreement]; g != nil {
		o := &option{id: e.Option, agreement: g, by: e.By, at: f.At, words: e.Words}
		g.options = append(g.options, o)
		a.agreements.options[o.id] = o
		a.touch(string(g.id), f)
	}
	return reversal{subject: string(e.Option), undo: &OptionWithdrawn{Option: e.Option}}
}

// WithdrawOption takes the actor's own option away.
type WithdrawOption struct{ Option OptionID }

func (w WithdrawOption) decide(t turn) ([]Event, error) {
	o := t.agreements.options[w.Option]
	switch {
	case o == nil || o.withdrawn || !o.agreement.seenBy(t.by.id):
		return nil, ErrNotFound
	case o.by != t.by.id:
		return nil, refused("refused.option")
	}
	return []Event{&OptionWithdrawn{Option: o.id}}, nil
}

// OptionWithdrawn is the fact that somebody took an option away.
type OptionWithdrawn struct {
	Option OptionID `json:"option"`
}

// Kind is "option.withdrawn".
func (*OptionWithdrawn) Kind() string { return "option.withdrawn" }

func (e *OptionWithdrawn) apply(a *Alliance, _ Fact) reversal {
	if o := a.agreements.options[e.Option]; o != nil {
		o.withdrawn = true
	}
	return reversal{subject: string(e.Option), undo: &OptionRestored{Option: e.Option}}
}

// OptionRestored is the fact that taking it away was undone.
type OptionRestored struct {
	Option OptionID `json:"option"`
}

// Kind is "option.restored".
func (*OptionRestored) Kind() string { return "option.restored" }

func (e *OptionRestored) apply(a *Alliance, _ Fact) reversal {
	if o := a.agreements.options[e.Option]; o != nil {
		o.withdrawn = false
	}
	return reversal{subject: string(e.Option), undo: &OptionWithdrawn{Option: e.Option}}
}

// When is a day and a time as they stand in people's diaries, where those
// people are. Both may be empty; a time has a day.
type When struct {
	Day  string `json:"day,omitempty"`  // "2026-12-01"
	Time string `json:"time,omitempty"` // "09:30"
}

const (
	dayForm  = "2006-01-02"
	timeForm = "15:04"
)

// ParseWhen takes a day and a time as a browser sends them, or as people type
// them where the browser does not help: "1-12-2026", "9.30".
func ParseWhen(day, at string) (When, error) {
	day, at = strings.TrimSpace(day), strings.TrimSpace(at)
	var w When
	if day != "" {
		d, err := parseAs(day, dayForm, "2-1-2006", "2/1/2006", "2.1.2006")
		if err != nil {
			return w, invalid("invalid.day")
		}
		w.Day = d.Format(dayForm)
	}
	if at != "" {
		c, err := parseAs(at, timeForm, "15.04", "15:04:05", "15")
		if err != nil {
			return w, invalid("invalid.time")
		}
		w.Time = c.Format(timeForm)
	}
	return w, w.check()
}

func parseAs(text string, forms ...string) (t time.Time, err error) {
	for _, form := range forms {
		if t, err = time.Parse(form, text); err == nil {
			return t, nil
		}
	}
	return t, err
}

// check refuses what is no day and time of our age.
func (w When) check() error {
	d, err := time.Parse(dayForm, w.Day)
	switch {
	case w.Day != "" && (err != nil || d.Year() < 2000 || d.Year() > 2199):
		return invalid("invalid.day")
	case w.Time != "" && w.Day == "":
		return invalid("invalid.day_needed")
	}
	if _, err := time.Parse(timeForm, w.Time); w.Time != "" && (err != nil || len(w.Time) != len(timeForm)) {
		return invalid("invalid.time")
	}
	return nil
}

// Date is the day as a date at midnight UTC, which is nowhere in particular.
// It is false without a day.
func (w When) Date() (time.Time, bool) {
	d, err := time.Parse(dayForm, w.Day)
	return d, err == nil
}
