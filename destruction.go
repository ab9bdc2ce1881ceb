package samenspel

import "time"

// This file holds how an alliance is destroyed: one proposes it and another
// confirms it, everybody at the table sees it, and then there is time.

// DestroyWait is how long everybody at the table sees that the place goes,
// after two people decided it and before it does.
const DestroyWait = 7 * 24 * time.Hour

// Destruction is a destruction that was proposed, and perhaps decided.
type Destruction struct {
	ID          CommandID // of the proposal
	By          PartnerID // "" for the privacy officer
	Person      PersonID
	At          time.Time
	Confirmed   bool
	ConfirmedBy PersonID
	ConfirmedAt time.Time
	After       time.Time // not before; zero until it was confirmed
}

// Office is as whom somebody acts for the organisation, without a place at the
// table or beside it.
type Office string

// The two offices. Who may say so is for the door to know.
const (
	PrivacyOfficer      Office = "officer"
	AnotherProfessional Office = "professional" // of the organisation, not of this table
)

// ForOrganisation is a wish about keeping of somebody who acts for the
// organisation. They see dates and no words, and act on no more than that.
type ForOrganisation struct {
	As   Office
	Wish Wish
}

func (w ForOrganisation) decide(t turn) ([]Event, error) {
	if t.seq == 0 {
		return nil, ErrNotFound
	}
	t.by = nil
	switch w.Wish.(type) {
	case ConfirmDestruction:
		if w.As == AnotherProfessional || w.As == PrivacyOfficer {
			return w.Wish.decide(t)
		}
	case PutHold, LiftHold, WithdrawDestruction:
		if w.As == PrivacyOfficer {
			return w.Wish.decide(t)
		}
	case SetRetention, ProposeDestruction, EndAlliance:
		if w.As == PrivacyOfficer && len(t.Keeping().Professionals) > 0 {
			return nil, refused("refused.professional_here")
		}
		if w.As == PrivacyOfficer {
			return w.Wish.decide(t)
		}
	}
	return nil, ErrNotFound
}

// ready says whether the alliance may be destroyed as far as its term goes.
func (t turn) ready(terms Terms) error {
	due, ok := terms.Due(t.Keeping(), t.cmd.Arrived)
	switch {
	case len(t.keeping.holds) > 0:
		return refused("refused.hold")
	case t.erasures.asked():
		return refused("refused.destroy_asked")
	case !t.ending.ended:
		return refused("refused.destroy_open")
	case t.keeping.regime == "":
		return refused("refused.destroy_no_term")
	case !ok || t.cmd.Arrived.Before(due):
		return refused("refused.destroy_early")
	}
	return nil
}

// ProposeDestruction proposes that the alliance is destroyed. Alone it does
// nothing.
type ProposeDestruction struct{ Terms Terms }

func (w ProposeDestruction) decide(t turn) ([]Event, error) {
	if !t.mayKeep() {
		return nil, refused("refused.keeping")
	}
	if err := t.ready(w.Terms); err != nil {
		return nil, err
	}
	if t.keeping.plan != nil {
		return nil, nil
	}
	return []Event{&DestructionProposed{By: t.place()}}, nil
}

// DestructionProposed is the fact that one person proposed it.
type DestructionProposed struct {
	By PartnerID `json:"by,omitempty"`
}

// Kind is "destruction.proposed".
func (*DestructionProposed) Kind() string { return "destruction.proposed" }

func (e *DestructionProposed) apply(a *Alliance, f Fact) reversal {
	a.keeping.plan = &Destruction{ID: f.Command, By: e.By, Person: f.Person, At: f.At}
	return reversal{subject: "keeping"}
}

// ConfirmDestruction decides what another person proposed. It is never the
// same person, whatever they are in the organisation.
type ConfirmDestruction struct {
	Proposal CommandID // the one that was looked at
	Terms    Terms
}

func (w ConfirmDestruction) decide(t turn) ([]Event, error) {
	plan := t.keeping.plan
	switch {
	case !t.mayKeep():
		return nil, refused("refused.keeping")
	case plan == nil:
		return nil, ErrNotFound
	case plan.ID != w.Proposal:
		return nil, ErrChanged
	case plan.Person == t.person:
		return nil, refused("refused.same_person")
	case plan.Confirmed:
		return nil, nil
	}
	if err := t.ready(w.Terms); err != nil {
		return nil, err
	}
	return []Event{&DestructionConfirmed{By: t.place(), After: t.cmd.Arrived.Add(DestroyWait)}}, nil
}

// DestructionConfirmed is the fact that another person confirmed it.
type DestructionConfirmed struct {
	By    PartnerID `json:"by,omitempty"`
	After time.Time `json:"after"`
}

// Kind is "destruction.confirmed".
func (*DestructionConfirmed) Kind() string { return "destruction.confirmed" }

func (e *DestructionConfirmed) apply(a *Alliance, f Fact) reversal {
	if was := a.keeping.plan; was != nil {
		plan := *was
		plan.Confirmed, plan.ConfirmedBy, plan.ConfirmedAt, plan.After = true, f.Person, f.At, e.After
		a.keeping.plan = &plan
	}
	return reversal{subject: "keeping"}
}

// WithdrawDestruction takes a proposal back, or what was decided, as long as
// the alliance is there. One person is enough for that.
type WithdrawDestruction struct{}

func (w WithdrawDestruction) decide(t turn) ([]Event, error) {
	switch {
	case !t.mayKeep():
		return nil, refused("refused.keeping")
	case t.keeping.plan == nil:
		return nil, nil
	}
	return []Event{&DestructionWithdrawn{}}, nil
}

// DestructionWithdrawn is the fact that it was taken back.
type DestructionWithdrawn struct{}

// Kind is "destruction.withdrawn".
func (*DestructionWithdrawn) Kind() string { return "destruction.withdrawn" }

func (*DestructionWithdrawn) apply(a *Alliance, _ Fact) reversal {
	a.keeping.plan = nil
	return reversal{subject: "keeping"}
}

// Doomed reports whether the time has come to destroy the alliance: two people
// decided it, nothing holds it, it was not opened again, and the wait is over.
func (a *Alliance) Doomed(now time.Time) bool {
	plan := a.keeping.plan
	return plan != nil && plan.Confirmed && plan.Person != plan.ConfirmedBy &&
		len(a.keeping.holds) == 0 && !a.erasures.asked() && a.ending.ended && !now.Before(plan.After)
}
