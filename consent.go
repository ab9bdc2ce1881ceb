package samenspel

import (
	"slices"
	"time"
)

// This file holds consent in its separate kinds. They are never one box to
// tick: on what ground anything is kept; from which silence somebody releases
// a professional; and that somebody agrees with the help itself. That one
// statement is shared stands at that statement (sharing.go).

// BasisGround is the ground on which words are kept. None is chosen
// beforehand.
type BasisGround string

// The grounds.
const (
	BasisTask      BasisGround = "task"      // a task by law
	BasisAgreement BasisGround = "agreement" // what was agreed with the person
	BasisConsent   BasisGround = "consent"
)

// BasisGrounds are the three, in the order of the screen.
var BasisGrounds = [3]BasisGround{BasisTask, BasisAgreement, BasisConsent}

// InviteGround is why somebody of another organisation may come in.
type InviteGround string

// The grounds to ask a colleague of another organisation.
const (
	InviteOwn     InviteGround = "own"     // the vrager asks them
	InviteRelease InviteGround = "release" // a vrager released from silence, and it stands here
	InviteSpoken  InviteGround = "spoken"  // a vrager said that it is good
	InviteLaw     InviteGround = "law"     // a law says that it may
)

// InviteGrounds are those that a professional chooses from.
var InviteGrounds = [3]InviteGround{InviteRelease, InviteSpoken, InviteLaw}

// ConsentID names one release or one agreement with help.
type ConsentID string

const maxConsents = 200 // given by one partner, of each kind

// leave is one release, or one agreement with help.
type leave struct {
	id       ConsentID
	by       PartnerID
	to, what Words
	until    time.Time
	at       time.Time
	gone     bool
}

type consents struct {
	basis    BasisGround
	purpose  Words
	basisBy  PartnerID
	basisAt  time.Time
	releases []*leave
	cares    []*leave
}

var consentKinds = []func() Event{
	func() Event { return new(BasisSet) },
	func() Event { return new(GroundTold) },
	func() Event { return new(ReleaseGiven) },
	func() Event { return new(ReleaseWithdrawn) },
	func() Event { return new(CareAgreed) },
	func() Event { return new(CareWithdrawn) },
}

// SeenLeave is a release, or an agreement with help, that stands: for who gave
// it and for the professionals here.
type SeenLeave struct {
	ID       ConsentID
	By       PartnerID
	To, What Words
	Until    time.Time // zero: until it is withdrawn
	At       time.Time
}

// Stands reports whether it holds at a moment.
func (l SeenLeave) Stands(now time.Time) bool { return l.Until.IsZero() || now.Before(l.Until) }

// SeenConsents are the kinds of consent as a viewer sees them.
type SeenConsents struct {
	Basis    BasisGround // "" while nobody said it
	Purpose  Words
	BasisBy  PartnerID
	BasisAt  time.Time
	Releases []SeenLeave
	Cares    []SeenLeave
	MayBasis bool // say the ground
	MayGive  bool // release, and agree with help
}

func (a *Alliance) seeConsents(s *Seen, you *partner) {
	c := &a.consents
	s.Consents = SeenConsents{
		Basis: c.basis, Purpose: c.purpose, BasisBy: c.basisBy, BasisAt: c.basisAt,
		Releases: seenLeaves(c.releases, you), Cares: seenLeaves(c.cares, you),
		MayBasis: you.role == Professional && !a.ending.ended, MayGive: you.mayGive() && !a.ending.ended,
	}
}

func seenLeaves(list []*leave, you *partner) (seen []SeenLeave) {
	for _, l := range list {
		if !l.gone && (l.by == you.id || you.role == Professional) {
			seen = append(seen, SeenLeave{l.id, l.by, l.to, l.what, l.until, l.at})
		}
	}
	return seen
}

// mayGive: who asks for help and those close to them. Whoever is here for work
// has no silence to release of their own.
func (p *partner) mayGive() bool { return p.role == Vrager || p.role == BonusPartner }

// SetBasis says on what ground words are kept here, and what for.
type SetBasis struct {
	Ground  BasisGround
	Purpose Words
}

func (w SetBasis) decide(t turn) ([]Event, error) {
	switch {
	case t.by.role != Professional:
		return nil, refused("refused.basis")
	case !slices.Contains(BasisGrounds[:], w.Ground):
		return nil, invalid("invalid.basis")
	case w.Purpose.Empty():
		return nil, invalid("invalid.purpose_needed")
	case t.consents.basis == w.Ground && t.consents.purpose == w.Purpose:
		return nil, nil
	}
	return []Event{&BasisSet{By: t.by.id, Ground: w.Ground, At: t.cmd.Arrived, Purpose: w.Purpose}}, nil
}

// BasisSet is the fact that a professional said on what ground.
type BasisSet struct {
	By      PartnerID   `json:"by,omitempty"`
	Ground  BasisGround `json:"ground,omitempty"`
	At      time.Time   `json:"at,omitzero"`
	Purpose Words       `json:"-"`
}

// Kind is "basis.set".
func (*BasisSet) Kind() string { return "basis.set" }

// Holder is the alliance itself.
func (*BasisSet) Holder() PartnerID { return "" }

// Sayings is the purpose.
func (e *BasisSet) Sayings() map[string]*Words { return map[string]*Words{"purpose": &e.Purpose} }

func (e *BasisSet) apply(a *Alliance, _ Fact) reversal {
	c := &a.consents
	back := &BasisSet{By: c.basisBy, Ground: c.basis, At: c.basisAt, Purpose: c.purpose}
	c.basis, c.purpose, c.basisBy, c.basisAt = e.Ground, e.Purpose, e.By, e.At
	return reversal{subject: "basis", undo: back}
}

// mayGive holds a giving against the rules that releases and agreements with
// help have in common.
func (t turn) mayGive(list []*leave, what Words, until time.Time) error {
	mine := 0
	for _, l := range list {
		if l.by == t.by.id && !l.gone {
			mine++
		}
	}
	switch {
	case !t.by.mayGive():
		return refused("refused.consent_own")
	case what.Empty():
		return invalid("invalid.what_needed")
	case !until.IsZero() && !until.After(t.cmd.Arrived):
		return invalid("invalid.until")
	case mine >= maxConsents:
		return refused("refused.too_many")
	}
	return nil
}

// leaveOf gives one of the actor's own that stands.
func (t turn) leaveOf(list []*leave, id ConsentID) (*leave, error) {
	for _, l := range list {
		if l.id == id && l.by == t.by.id && !l.gone {
			return l, nil
		}
	}
	return nil, ErrNotFound
}

// put puts a leave in a list, in the place of one with its id.
func put(list []*leave, l *leave) []*leave {
	for i := range list {
		if list[i].id == l.id {
			list[i] = l
			return list
		}
	}
	return append(list, l)
}

// GiveRelease releases the professionals here from their silence towards
// somebody, about something of the actor's, until a day or until it is
// withdrawn.
type GiveRelease struct {
	To, What Words
	Until    time.Time
}

func (w GiveRelease) decide(t turn) ([]Event, error) {
	if err := t.mayGive(t.consents.releases, w.What, w.Until); err != nil {
		return nil, err
	}
	if w.To.Empty() {
		return nil, invalid("invalid.to_needed")
	}
	return []Event{&ReleaseGiven{Release: ConsentID(t.cmd.ID), By: t.by.id, Until: w.Until.UTC(), At: t.cmd.Arrived, To: w.To, What: w.What}}, nil
}

// ReleaseGiven is the fact that somebody released them.
type ReleaseGiven struct {
	Release ConsentID `json:"release"`
	By      PartnerID `json:"by"`
	Until   time.Time `json:"until,omitzero"`
	At      time.Time `json:"at"`
	To      Words     `json:"-"`
	What    Words     `json:"-"`
}

// Kind is "release.given".
func (*ReleaseGiven) Kind() string { return "release.given" }

// Holder is who gave it.
func (e *ReleaseGiven) Holder() PartnerID { return e.By }

// Sayings are to whom and what.
func (e *ReleaseGiven) Sayings() map[string]*Words {
	return map[string]*Words{"to": &e.To, "what": &e.What}
}

func (e *ReleaseGiven) apply(a *Alliance, _ Fact) reversal {
	a.consents.releases = put(a.consents.releases, &leave{id: e.Release, by: e.By, to: e.To, what: e.What, until: e.Until, at: e.At})
	return reversal{subject: string(e.Release), undo: &ReleaseWithdrawn{Release: e.Release}}
}

// WithdrawRelease takes one back, at once.
type WithdrawRelease struct{ Release ConsentID }

func (w WithdrawRelease) decide(t turn) ([]Event, error) {
	l, err := t.leaveOf(t.consents.releases, w.Release)
	if err != nil {
		return nil, err
	}
	return []Event{&ReleaseWithdrawn{Release: l.id}}, nil
}

// ReleaseWithdrawn is the fact that it was taken back.
type ReleaseWithdrawn struct {
	Release ConsentID `json:"release"`
}

// Kind is "release.withdrawn".
func (*ReleaseWithdrawn) Kind() string { return "release.withdrawn" }

func (e *ReleaseWithdrawn) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Release)}
	if l := withdrawn(a.consents.releases, e.Release); l != nil {
		r.undo = &ReleaseGiven{Release: l.id, By: l.by, Until: l.until, At: l.at, To: l.to, What: l.what}
	}
	return r
}

// withdrawn marks a leave as gone, and gives it.
func withdrawn(list []*leave, id ConsentID) *leave {
	for i, l := range list {
		if l.id == id {
			gone := *l
			gone.gone = true
			list[i] = &gone
			return &gone
		}
	}
	return nil
}

// AgreeToCare says that the actor agrees with help, until a day or until it is
// withdrawn.
type AgreeToCare struct {
	What  Words
	Until time.Time
}

func (w AgreeToCare) decide(t turn) ([]Event, error) {
	if err := t.mayGive(t.consents.cares, w.What, w.Until); err != nil {
		return nil, err
	}
	return []Event{&CareAgreed{Care: ConsentID(t.cmd.ID), By: t.by.id, Until: w.Until.UTC(), At: t.cmd.Arrived, What: w.What}}, nil
}

// CareAgreed is the fact that somebody agrees with help.
type CareAgreed struct {
	Care  ConsentID `json:"care"`
	By    PartnerID `json:"by"`
	Until time.Time `json:"until,omitzero"`
	At    time.Time `json:"at"`
	What  Words     `json:"-"`
}

// Kind is "care.agreed".
func (*CareAgreed) Kind() string { return "care.agreed" }

// Holder is who agreed.
func (e *CareAgreed) Holder() PartnerID { return e.By }

// Sayings is with what.
func (e *CareAgreed) Sayings() map[string]*Words { return map[string]*Words{"what": &e.What} }

func (e *CareAgreed) apply(a *Alliance, _ Fact) reversal {
	a.consents.cares = put(a.consents.cares, &leave{id: e.Care, by: e.By, what: e.What, until: e.Until, at: e.At})
	return reversal{subject: string(e.Care), undo: &CareWithdrawn{Care: e.Care}}
}

// WithdrawCare takes it back, at once.
type WithdrawCare struct{ Care ConsentID }

func (w WithdrawCare) decide(t turn) ([]Event, error) {
	l, err := t.leaveOf(t.consents.cares, w.Care)
	if err != nil {
		return nil, err
	}
	return []Event{&CareWithdrawn{Care: l.id}}, nil
}

// CareWithdrawn is the fact that it was taken back.
type CareWithdrawn struct {
	Care ConsentID `json:"care"`
}

// Kind is "care.withdrawn".
func (*CareWithdrawn) Kind() string { return "care.withdrawn" }

func (e *CareWithdrawn) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Care)}
	if l := withdrawn(a.consents.cares, e.Care); l != nil {
		r.undo = &CareAgreed{Care: l.id, By: l.by, Until: l.until, At: l.at, What: l.what}
	}
	return r
}

// inviteGround is the ground on which the actor asks somebody in: for a
// colleague of another organisation there is always one.
func (t turn) inviteGround(w InvitePartner) (InviteGround, error) {
	switch {
	case w.Role != Colleague:
		return "", nil
	case t.by.role == Vrager:
		return InviteOwn, nil
	case !slices.Contains(InviteGrounds[:], w.Ground):
		return "", invalid("invalid.ground")
	case w.Ground == InviteRelease && !t.released():
		return "", refused("refused.no_release")
	}
	return w.Ground, nil
}

// released reports whether a vrager here released from silence, and it stands.
func (t turn) released() bool {
	return slices.ContainsFunc(t.consents.releases, func(l *leave) bool {
		p := t.partners[l.by]
		return !l.gone && p.here() && p.role == Vrager && (l.until.IsZero() || t.cmd.Arrived.Before(l.until))
	})
}

// GroundTold is the fact that somebody said on what ground a colleague of
// another organisation was asked in. Older invitations have none.
type GroundTold struct {
	Partner PartnerID    `json:"partner"`
	Ground  InviteGround `json:"ground,omitempty"`
}

// Kind is "ground.told".
func (*GroundTold) Kind() string { return "ground.told" }

func (e *GroundTold) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Partner) + "/ground"}
	if p := a.partners[e.Partner]; p != nil {
		r.undo = &GroundTold{Partner: p.id, Ground: p.ground}
		p.ground = e.Ground
	}
	return r
}
