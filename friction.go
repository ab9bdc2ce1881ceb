package samenspel

import (
	"slices"
	"time"
)

// The most that one partner signals, and does about one friction.
const (
	maxFrictions = 500
	maxRepairs   = 24
)

// frictions are what chafes in one alliance.
type frictions struct {
	signalled []*friction // in order of arrival
	byID      map[FrictionID]*friction
	repairs   map[RepairID]*repair
}

func newFrictions() frictions {
	return frictions{byID: map[FrictionID]*friction{}, repairs: map[RepairID]*repair{}}
}

// friction is that it chafes, as somebody said or only let know. It stays
// theirs: they alone say that it is good again.
type friction struct {
	id        FrictionID
	by        PartnerID
	everybody bool
	told      []PartnerID // besides by
	at        time.Time
	words     Words // empty: a silent sign
	earlier   FrictionID
	ground    StatementID // what lay under it
	repairs   []*repair
	mended    bool
	withdrawn bool
}

// knows reports whether a friction is for a partner: whose it is, and whom
// they told.
func (f *friction) knows(p PartnerID) bool {
	return !f.withdrawn && (p == f.by || slices.Contains(f.told, p))
}

// friction gives one that the actor knows of.
func (t turn) friction(id FrictionID) (*friction, error) {
	f := t.frictions.byID[id]
	if f == nil || !f.knows(t.by.id) {
		return nil, ErrNotFound
	}
	return f, nil
}

// ownFriction gives one that the actor signalled.
func (t turn) ownFriction(id FrictionID) (*friction, error) {
	f, err := t.friction(id)
	switch {
	case err != nil:
		return nil, err
	case f.by != t.by.id:
		return nil, refused("refused.friction")
	}
	return f, nil
}

// groundFor is a statement that may lie under a friction of the actor: about
// themselves, and theirs by their own words or answer.
func (t turn) groundFor(id StatementID) error {
	s, err := t.statement(id, 0)
	switch {
	case err != nil:
		return err
	case s.about != t.by.id || !s.answered():
		return refused("refused.friction_ground")
	}
	return nil
}

// answered reports whether a statement is the owner's: their own words, or
// words of which they said that they are right.
func (s *statement) answered() bool {
	return s.now().standing != Asked && s.now().standing != RefusedByMe
}

// SignalFriction lets know that it chafes. Words are not needed. Whom it does
// not name learns nothing; without anybody named it is the actor's alone.
type SignalFriction struct {
	Everybody bool // who is at the table now
	To        []PartnerID
	Earlier   FrictionID  // it came back: an earlier one of the actor, or ""
	Ground    StatementID // what lay under it, or ""
	Words     Words
}

func (w SignalFriction) decide(t turn) ([]Event, error) {
	if err := t.atTable(w.To); err != nil {
		return nil, err
	}
	if w.Earlier != "" {
		if _, err := t.ownFriction(w.Earlier); err != nil {
			return nil, err
		}
	}
	mine := 0
	for _, f := range t.frictions.signalled {
		if f.by == t.by.id {
			mine++
		}
	}
	if mine >= maxFrictions {
		return nil, refused("refused.too_many")
	}
	e := &FrictionSignalled{Friction: FrictionID(t.cmd.ID), By: t.by.id, Earlier: w.Earlier, Words: w.Words}
	if !w.Everybody {
		for _, id := range t.order {
			if id != t.by.id && slices.Contains(w.To, id) {
				e.To = append(e.To, id)
			}
		}
		if len(e.To) == 0 {
			e.To = []PartnerID{t.by.id}
		}
	}
	events := []Event{e}
	if w.Ground != "" {
		if err := t.groundFor(w.Ground); err != nil {
			return nil, err
		}
		events = append(events, &FrictionGrounded{Friction: e.Friction, Statement: w.Ground})
	}
	return events, nil
}

// FrictionSignalled is the fact that somebody let know that it chafes.
type FrictionSignalled struct {
	Friction FrictionID  `json:"friction"`
	By       PartnerID   `json:"by"`
	To       []PartnerID `json:"to,omitempty"` // empty: everybody who was here; By alone: nobody else
	Earlier  FrictionID  `json:"earlier,omitempty"`
	Words    Words       `json:"-"`
}

// Kind is "friction.signalled".
func (*FrictionSignalled) Kind() string { return "friction.signalled" }

// Holder is whose friction it is.
func (e *FrictionSignalled) Holder() PartnerID { return e.By }

// Sayings are the words, which may be empty.
func (e *FrictionSignalled) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *FrictionSignalled) apply(a *Alliance, f Fact) reversal {
	fr := &friction{id: e.Friction, by: e.By, at: f.At, words: e.Words, earlier: e.Earlier, everybody: len(e.To) == 0}
	for _, id := range a.order {
		told := slices.Contains(e.To, id) || (fr.everybody && a.partners[id].here())
		if id != e.By && told {
			fr.told = append(fr.told, id)
		}
	}
	a.frictions.signalled = append(a.frictions.signalled, fr)
	a.frictions.byID[fr.id] = fr
	return reversal{subject: string(fr.id), undo: &FrictionWithdrawn{Friction: fr.id}}
}

// WithdrawFriction takes the actor's own friction away, with all that was
// said about it.
type WithdrawFriction struct{ Friction FrictionID }

func (w WithdrawFriction) decide(t turn) ([]Event, error) {
	f, err := t.ownFriction(w.Friction)
	if err != nil {
		return nil, err
	}
	return []Event{&FrictionWithdrawn{Friction: f.id}}, nil
}

// FrictionWithdrawn is the fact that somebody took their friction away.
type FrictionWithdrawn struct {
	Friction FrictionID `json:"friction"`
}

// Kind is "friction.withdrawn".
func (*FrictionWithdrawn) Kind() string { return "friction.withdrawn" }

func (e *FrictionWithdrawn) apply(a *Alliance, _ Fact) reversal {
	if f := a.frictions.byID[e.Friction]; f != nil {
		f.withdrawn = true
	}
	return reversal{subject: string(e.Friction), undo: &FrictionRestored{Friction: e.Friction}}
}

// FrictionRestored is the fact that taking it away was undone.
type FrictionRestored struct {
	Friction FrictionID `json:"friction"`
}

// Kind is "friction.restored".
func (*FrictionRestored) Kind() string { return "friction.restored" }

func (e *FrictionRestored) apply(a *Alliance, _ Fact) reversal {
	if f := a.frictions.byID[e.Friction]; f != nil {
		f.withdrawn = false
	}
	return reversal{subject: string(e.Friction), undo: &FrictionWithdrawn{Friction: e.Friction}}
}

// GroundFriction says what lay under it: words about the actor themselves,
// with the feeling at them. Without a statement it says so no longer.
type GroundFriction struct {
	Friction  FrictionID
	Statement StatementID
}

func (w GroundFriction) decide(t turn) ([]Event, error) {
	f, err := t.ownFriction(w.Friction)
	if err != nil {
		return nil, err
	}
	if w.Statement != "" {
		if err := t.groundFor(w.Statement); err != nil {
			return nil, err
		}
	}
	if w.Statement == f.ground {
		return nil, nil
	}
	return []Event{&FrictionGrounded{Friction: f.id, Statement: w.Statement}}, nil
}

// FrictionGrounded is the fact that somebody said what lay under it. Who may
// not see the statement does not learn that there is one.
type FrictionGrounded struct {
	Friction  FrictionID  `json:"friction"`
	Statement StatementID `json:"statement,omitempty"`
}

// Kind is "friction.grounded".
func (*FrictionGrounded) Kind() string { return "friction.grounded" }

func (e *FrictionGrounded) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Friction) + "/ground"}
	if f := a.frictions.byID[e.Friction]; f != nil {
		r.undo = &FrictionGrounded{Friction: f.id, Statement: f.ground}
		f.ground = e.Statement
	}
	return r
}

// frictionKinds are those of what chafes and what makes it good again.
var frictionKinds = []func() Event{
	func() Event { return new(FrictionSignalled) },
	func() Event { return new(FrictionWithdrawn) },
	func() Event { return new(FrictionRestored) },
	func() Event { return new(FrictionGrounded) },
	func() Event { return new(RepairOffered) },
	func() Event { return new(RepairWithdrawn) },
	func() Event { return new(RepairRestored) },
	func() Event { return new(FrictionMended) },
	func() Event { return new(FrictionReopened) },
}

// SeenFriction is something that chafes, of which the viewer knows.
type SeenFriction struct {
	ID        FrictionID
	By        PartnerID
	Everybody bool        // it was told to everybody who was here
	To        []PartnerID // whom it was told, as far as the viewer knows of each other
	Since     time.Time
	Words     Words       // empty: a silent sign
	Earlier   FrictionID  // it came back: the earlier one, where the viewer knows of that
	Ground    StatementID // what lay under it, where the viewer may see that
	Repairs   []SeenRepair
	Mended    bool
}

// SeenRepair is what one of those concerned does about it.
type SeenRepair struct {
	ID    RepairID
	By    PartnerID
	Words Words
	At    time.Time
}

func (a *Alliance) seeFrictions(s *Seen, you *partner) {
	for _, f := range a.frictions.signalled {
		if f.knows(you.id) {
			s.Frictions = append(s.Frictions, a.seenFriction(f, you.id))
		}
	}
}

func (a *Alliance) seenFriction(f *friction, you PartnerID) SeenFriction {
	seen := SeenFriction{ID: f.id, By: f.by, Everybody: f.everybody, To: []PartnerID{you}, Since: f.at, Words: f.words, Mended: f.mended}
	if f.everybody || you == f.by {
		seen.To = slices.Clone(f.told)
	}
	if earlier := a.frictions.byID[f.earlier]; earlier != nil && earlier.knows(you) {
		seen.Earlier = f.earlier
	}
	if under := a.statements[f.ground]; under != nil && under.answered() && a.shows(under, you) {
		seen.Ground = f.ground
	}
	for _, r := range f.repairs {
		if f.showsRepair(r, you) {
			seen.Repairs = append(seen.Repairs, SeenRepair{ID: r.id, By: r.by, Words: r.words, At: r.at})
		}
	}
	return seen
}

// Friction gives a friction by id, or nil.
func (s *Seen) Friction(id FrictionID) *SeenFriction {
	for i := range s.Frictions {
		if s.Frictions[i].ID == id {
			return &s.Frictions[i]
		}
	}
	return nil
}

// OpenFrictions are those of which nobody said yet that it is good again, the
// oldest first. They are facts and no questions: whether somebody is asked
// about them goes by their pace.
func (s *Seen) OpenFrictions() []*SeenFriction {
	var open []*SeenFriction
	for i := range s.Frictions {
		if !s.Frictions[i].Mended {
			open = append(open, &s.Frictions[i])
		}
	}
	return open
}
