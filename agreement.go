package samenspel

import (
	"cmp"
	"slices"
	"time"
)

type (
	// AgreementID names something that partners will do.
	AgreementID string
	// OptionID names an option that was considered with an agreement.
	OptionID string
	// HelpID names help that a partner asked for with an agreement.
	HelpID string
)

// The most that one partner proposes, and that one agreement holds.
const (
	maxProposals = 1_000 // by one partner
	maxRenewals  = 200   // wordings of one agreement
	maxBeside    = 50    // options, and asks for help, by one partner at one agreement
)

// agreements are what the partners of an alliance will do.
type agreements struct {
	list    []*agreement // in order of arrival
	of      map[AgreementID]*agreement
	options map[OptionID]*option
	helps   map[HelpID]*help
}

func newAgreements() agreements {
	return agreements{of: map[AgreementID]*agreement{}, options: map[OptionID]*option{}, helps: map[HelpID]*help{}}
}

// agreement is what some partners will do, or propose to each other. It is
// between them: for everybody else it is not there. Whom it concerns is said
// once, so that nobody comes to read what others said to each other before.
type agreement struct {
	id        AgreementID
	by        PartnerID // who proposed it first
	concerned []PartnerID
	terms     []terms // as it was proposed first, then each renewal; never empty
	undone    []terms // taken back, for whoever undoes the undo
	options   []*option
	helps     []*help
	withdrawn bool
	turn      int // counts how often what is proposed changed, so that a stale form is seen
}

// terms are what is proposed, with what everybody answered to it.
type terms struct {
	words   Words
	by      PartnerID
	at      time.Time
	doer    PartnerID
	when    When
	answers map[PartnerID]AgreementAnswer
	done    bool
}

func (g *agreement) now() *terms { return &g.terms[len(g.terms)-1] }

func (g *agreement) concerns(p PartnerID) bool { return slices.Contains(g.concerned, p) }

// agreementKinds are those of what partners will do.
var agreementKinds = []func() Event{
	func() Event { return new(AgreementProposed) },
	func() Event { return new(AgreementRenewed) },
	func() Event { return new(RenewalUndone) },
	func() Event { return new(AgreementWithdrawn) },
	func() Event { return new(AgreementRestored) },
	func() Event { return new(AgreementFulfilled) },
	func() Event { return new(AgreementReopened) },
	func() Event { return new(AgreementAnswered) },
	func() Event { return new(OptionConsidered) },
	func() Event { return new(OptionWithdrawn) },
	func() Event { return new(OptionRestored) },
	func() Event { return new(HelpAsked) },
	func() Event { return new(HelpGiven) },
	func() Event { return new(HelpNeeded) },
	func() Event { return new(HelpWithdrawn) },
}

// agreement gives an agreement that concerns the actor, and holds the form
// that they fill in against what has changed since.
func (t turn) agreement(id AgreementID, turn int) (*agreement, error) {
	g := t.agreements.of[id]
	if g == nil || !g.seenBy(t.by.id) {
		return nil, ErrNotFound
	}
	if turn != 0 && turn != g.turn {
		return nil, ErrChanged
	}
	return g, nil
}

// seenBy is the one answer to who sees an agreement. A withdrawn one is
// nobody's.
func (g *agreement) seenBy(p PartnerID) bool { return !g.withdrawn && g.concerns(p) }

// standing says how an agreement stands. It is agreed when everybody whom it
// concerns and who is still at the table said yes, the doer among them.
func (a *Alliance) standing(g *agreement) AgreementStanding {
	now := g.now()
	all, answered := a.partners[now.doer].here(), true
	for _, id := range g.concerned {
		if !a.partners[id].here() {
			continue
		}
		want := now.answers[id].Want
		all = all && want == WantYes
		answered = answered && want != "" && want != WantOtherwise
	}
	switch {
	case now.done:
		return AgreementDone
	case all:
		return AgreementAgreed
	case answered && a.partners[now.doer].here():
		return AgreementResting
	}
	return AgreementAsked
}

// mayFulfil: that it was done is said by who does it; by any of the others
// when that one is no longer at the table.
func (a *Alliance) mayFulfil(g *agreement, p PartnerID) bool {
	return p == g.now().doer || !a.partners[g.now().doer].here()
}

// touchedByOthers reports whether somebody else than its first proposer put
// something to an agreement. From then on it is not theirs alone to take away.
func (g *agreement) touchedByOthers() bool {
	for _, tm := range g.terms {
		for p, answer := range tm.answers {
			if p != g.by && answer != (AgreementAnswer{}) {
				return true
			}
		}
		if tm.by != g.by {
			return true
		}
	}
	return slices.ContainsFunc(g.options, func(o *option) bool { return o.by != g.by && !o.withdrawn }) ||
		slices.ContainsFunc(g.helps, func(h *help) bool { return h.by != g.by && h.standing != HelpGone })
}

// ProposeAgreement proposes what partners will do. Whoever proposes it says
// yes to it, and may take that back like any other answer.
type ProposeAgreement struct {
	Words Words
	Doer  PartnerID   // who does it; empty: the actor
	With  []PartnerID // whom it concerns, besides the actor and the doer
	When  When
}

func (w ProposeAgreement) decide(t turn) ([]Event, error) {
	if w.Doer == "" {
		w.Doer = t.by.id
	}
	if err := t.atTable(append(slices.Clone(w.With), w.Doer)); err != nil {
		return nil, err
	}
	if err := w.When.check(); err != nil {
		return nil, err
	}
	mine := 0
	for _, g := range t.agreements.list {
		if g.by == t.by.id {
			mine++
		}
	}
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case mine >= maxProposals:
		return nil, refused("refused.too_many")
	}
	var with []PartnerID
	for _, id := range t.order {
		if id == t.by.id || id == w.Doer || slices.Contains(w.With, id) {
			with = append(with, id)
		}
	}
	id := AgreementID(t.cmd.ID)
	return []Event{
		&AgreementProposed{Agreement: id, Doer: w.Doer, With: with, When: w.When, Words: w.Words},
		&AgreementAnswered{Agreement: id, Partner: t.by.id, AgreementAnswer: AgreementAnswer{Want: WantYes}},
	}, nil
}

// AgreementProposed is the fact that somebody proposed what partners will do.
type AgreementProposed struct {
	Agreement AgreementID `json:"agreement"`
	Doer      PartnerID   `json:"doer"`
	With      []PartnerID `json:"with"` // whom it concerns, all of them
	When      When        `json:"when,omitzero"`
	Words     Words       `json:"-"`
}

// Kind is "agreement.proposed".
func (*AgreementProposed) Kind() string { return "agreement.proposed" }

// Holder is the partner who does it.
func (e *AgreementProposed) Holder() PartnerID { return e.Doer }

// Sayings are the words.
func (e *AgreementProposed) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *AgreementProposed) apply(a *Alliance, f Fact) reversal {
	g := &agreement{id: e.Agreement, by: f.By, concerned: e.With, turn: 1}
	g.terms = []terms{newTerms(f, e.Words, e.Doer, e.When)}
	a.agreements.of[g.id] = g
	a.agreements.list = append(a.agreements.list, g)
	return reversal{subject: string(g.id), undo: &AgreementWithdrawn{Agreement: g.id}}
}

func newTerms(f Fact, words Words, doer PartnerID, when When) terms {
	return terms{words: words, by: f.By, at: f.At, doer: doer, when: when, answers: map[PartnerID]AgreementAnswer{}}
}

// RenewAgreement proposes it anew: other words, another doer, another day.
// What stood there stays to be read, and everybody answers afresh.
type RenewAgreement struct {
	Agreement AgreementID
	Words     Words
	Doer      PartnerID // empty: as it was
	When      When
	Turn      int // from [SeenAgreement]; 0 to skip the check
}

func (w RenewAgreement) decide(t turn) ([]Event, error) {
	g, err := t.agreement(w.Agreement, w.Turn)
	if err != nil {
		return nil, err
	}
	now := g.now()
	if w.Doer = cmp.Or(w.Doer, now.doer); !t.partners[w.Doer].here() {
		if w.Doer == now.doer {
			return nil, refused("refused.doer_left")
		}
		return nil, ErrNotFound
	}
	if err := w.When.check(); err != nil {
		return nil, err
	}
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case !g.concerns(w.Doer):
		return nil, refused("refused.doer_elsewhere")
	case w.Words == now.words && w.Doer == now.doer && w.When == now.when && !now.done:
		return nil, nil
	case len(g.terms) >= maxRenewals:
		return nil, refused("refused.too_many")
	}
	return []Event{
		&AgreementRenewed{Agreement: g.id, Doer: w.Doer, When: w.When, Words: w.Words},
		&AgreementAnswered{Agreement: g.id, Partner: t.by.id, AgreementAnswer: AgreementAnswer{Want: WantYes}},
	}, nil
}

// AgreementRenewed is the fact that somebody proposed it anew.
type AgreementRenewed struct {
	Agreement AgreementID `json:"agreement"`
	Doer      PartnerID   `json:"doer"`
	When      When        `json:"when,omitzero"`
	Words     Words       `json:"-"`
}

// Kind is "agreement.renewed".
func (*AgreementRenewed) Kind() string { return "agreement.renewed" }

// Holder is the partner who does it.
func (e *AgreementRenewed) Holder() PartnerID { return e.Doer }

// Sayings are the new words.
func (e *AgreementRenewed) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *AgreementRenewed) apply(a *Alliance, f Fact) reversal {
	g := a.agreements.of[e.Agreement]
	if g == nil {
		return reversal{subject: string(e.Agreement)}
	}
	g.terms = append(g.terms, newTerms(f, e.Words, e.Doer, e.When))
	return a.turned(g, f, &RenewalUndone{Agreement: g.id, Renewal: len(g.terms) - 1})
}

// turned notes that what is proposed changed: whatever anybody last did to it
// was about what stood there before, and is no longer undone.
func (a *Alliance) turned(g *agreement, f Fact, undo Event) reversal {
	g.turn++
	a.closed(g, f)
	return reversal{subject: string(g.id), undo: undo}
}

func (a *Alliance) closed(g *agreement, f Fact) {
	for _, p := range g.concerned {
		a.touch(g.answerOf(p), f)
	}
	for _, o := range g.options {
		a.touch(string(o.id), f)
	}
	for _, h := range g.helps {
		a.touch(string(h.id), f)
	}
	a.touch(g.whetherDone(), f)
	a.touch(string(g.id), f)
}

// answerOf and whetherDone are what an act on a part of an agreement touches.
func (g *agreement) answerOf(p PartnerID) string { return string(g.id) + "/" + string(p) }
func (g *agreement) whetherDone() string         { return string(g.id) + "/done" }

// RenewalUndone is the fact that the last renewal was taken back, with what
// was answered to it, or, when Back is set, brought back.
type RenewalUndone struct {
	Agreement AgreementID `json:"agreement"`
	Renewal   int         `json:"renewal"` // which one, counted from the first wording, 0
	Back      bool        `json:"back,omitempty"`
}

// Kind is "renewal.undone".
func (*RenewalUndone) Kind() string { return "renewal.undone" }

func (e *RenewalUndone) apply(a *Alliance, f Fact) reversal {
	g := a.agreements.of[e.Agreement]
	switch {
	case g == nil || e.Renewal < 1:
		return reversal{subject: string(e.Agreement)}
	case e.Back && e.Renewal == len(g.terms) && len(g.undone) > 0:
		g.terms = append(g.terms, g.undone[len(g.undone)-1])
		g.undone = g.undone[:len(g.undone)-1]
	case !e.Back && e.Renewal == len(g.terms)-1:
		g.undone = append(g.undone, *g.now())
		g.terms = g.terms[:e.Renewal]
	default:
		return reversal{subject: string(e.Agreement)}
	}
	return a.turned(g, f, &RenewalUndone{Agreement: g.id, Renewal: e.Renewal, Back: !e.Back})
}

// WithdrawAgreement takes a proposal away. Who proposed it may, as long as
// nobody else put anything to it: after that one says "not now".
type WithdrawAgreement struct{ Agreement AgreementID }

func (w WithdrawAgreement) decide(t turn) ([]Event, error) {
	g, err := t.agreement(w.Agreement, 0)
	switch {
	case err != nil:
		return nil, err
	case g.by != t.by.id:
		return nil, refused("refused.agreement_withdraw")
	case g.touchedByOthers():
		return nil, refused("refused.agreement_stays")
	}
	return []Event{&AgreementWithdrawn{Agreement: g.id}}, nil
}

// AgreementWithdrawn is the fact that a proposal was taken away.
type AgreementWithdrawn struct {
	Agreement AgreementID `json:"agreement"`
}

// Kind is "agreement.withdrawn".
func (*AgreementWithdrawn) Kind() string { return "agreement.withdrawn" }

func (e *AgreementWithdrawn) apply(a *Alliance, f Fact) reversal {
	return a.withdrawAgreement(e.Agreement, f, true, &AgreementRestored{Agreement: e.Agreement})
}

// AgreementRestored is the fact that taking it away was undone.
type AgreementRestored struct {
	Agreement AgreementID `json:"agreement"`
}

// Kind is "agreement.restored".
func (*AgreementRestored) Kind() string { return "agreement.restored" }

func (e *AgreementRestored) apply(a *Alliance, f Fact) reversal {
	return a.withdrawAgreement(e.Agreement, f, false, &AgreementWithdrawn{Agreement: e.Agreement})
}

func (a *Alliance) withdrawAgreement(id AgreementID, f Fact, gone bool, undo Event) reversal {
	g := a.agreements.of[id]
	if g == nil {
		return reversal{subject: string(id)}
	}
	g.withdrawn = gone
	return a.turned(g, f, undo)
}
