package samenspel

import (
	"cmp"
	"slices"
	"time"
)

// HoldWhy says why nothing may be destroyed now. It is a word from a list and
// not a sentence: somebody who watches over privacy reads it too.
type HoldWhy string

// The reasons to hold.
const (
	HoldComplaint  HoldWhy = "complaint"
	HoldRequest    HoldWhy = "request" // somebody asked for their data, or for erasure
	HoldCourt      HoldWhy = "court"
	HoldInspection HoldWhy = "inspection"
	HoldOther      HoldWhy = "other"
)

// HoldWhys are the reasons, in the order of the screen.
var HoldWhys = [5]HoldWhy{HoldComplaint, HoldRequest, HoldCourt, HoldInspection, HoldOther}

// Valid reports whether w is one of the five.
func (w HoldWhy) Valid() bool { return slices.Contains(HoldWhys[:], w) }

// Hold keeps an alliance from being destroyed, whatever its term.
type Hold struct {
	Why HoldWhy
	By  PartnerID // "" for the privacy officer
	At  time.Time
}

// Keeping is how an alliance is kept: dates, ids and words from lists, and
// nothing that anybody said. It is what somebody may see who has no place at
// the table.
type Keeping struct {
	Alliance      AllianceID
	Begun         time.Time
	Changed       time.Time // the last fact, which may be hidden from partners
	EndedAt       time.Time // zero while it goes on
	Regime        string    // "" for none
	Adult         time.Time // the 18th birthday, where the term counts from it
	SetBy         PartnerID // "" for the privacy officer
	SetAt         time.Time
	Holds         []Hold
	Plan          *Destruction
	Professionals []PersonID // who are at the table now
	People        []PersonID // everybody who ever was
}

// keeping is the same in the state of an alliance.
type keeping struct {
	begun, changed time.Time
	ended          time.Time // the last time that it was, also where an end was brought back
	regime         string
	adult          time.Time
	because        Words
	setBy          PartnerID
	setAt          time.Time
	holds          []Hold
	plan           *Destruction
	people         []PersonID
}

var keepingKinds = []func() Event{
	func() Event { return new(RetentionSet) },
	func() Event { return new(HoldPut) },
	func() Event { return new(HoldLifted) },
	func() Event { return new(DestructionProposed) },
	func() Event { return new(DestructionWithdrawn) },
	func() Event { return new(DestructionConfirmed) },
}

// learnKeeping notes what every fact says of keeping.
func (a *Alliance) learnKeeping(f Fact) {
	if a.seq == 0 {
		a.keeping.begun = f.At
	}
	a.keeping.changed = f.At
	switch e := f.Event.(type) {
	case *AllianceEnded:
		a.keeping.ended = f.At
	case *PartnerJoined:
		if !slices.Contains(a.keeping.people, e.Person) {
			a.keeping.people = append(a.keeping.people, e.Person)
		}
	}
}

// Keeping gives how the alliance is kept.
func (a *Alliance) Keeping() Keeping {
	k := &a.keeping
	out := Keeping{
		Alliance: a.id, Begun: k.begun, Changed: k.changed, Regime: k.regime, Adult: k.adult, SetBy: k.setBy, SetAt: k.setAt,
		Holds: slices.Clone(k.holds), People: slices.Clone(k.people),
	}
	if k.plan != nil {
		plan := *k.plan
		out.Plan = &plan
	}
	if a.ending.ended {
		out.EndedAt = k.ended
	}
	for _, id := range a.order {
		if p := a.partners[id]; p.role == Professional && p.here() {
			out.Professionals = append(out.Professionals, p.person)
		}
	}
	return out
}

// SeenKeeping is how the place is kept, the same for everybody at the table.
type SeenKeeping struct {
	Keeping
	Because Words // the basis, as a professional worded it
	MaySet  bool  // choose the regime, put and lift a hold, propose to destroy
}

func (a *Alliance) seeKeeping(s *Seen, you *partner) {
	s.Keeping = SeenKeeping{Keeping: a.Keeping(), Because: a.keeping.because, MaySet: you.role == Professional}
	s.Keeping.Changed, s.Keeping.People, s.Keeping.Professionals = time.Time{}, nil, nil
}

// SetRetention says under which regime the alliance is kept, and why. An empty
// regime takes it away: then nothing says when it goes, and nothing goes.
type SetRetention struct {
	Regime  string
	Adult   time.Time // the 18th birthday, for a regime that counts from it
	Because Words
	Terms   Terms
}

func (w SetRetention) decide(t turn) ([]Event, error) {
	k := &t.keeping
	if !t.mayKeep() {
		return nil, refused("refused.keeping")
	}
	if w.Regime == "" {
		w.Adult, w.Because = time.Time{}, Words{}
	} else {
		switch r := w.Terms.Regime(w.Regime); {
		case r == nil:
			return nil, invalid("invalid.regime")
		case r.From == FromAdult && w.Adult.IsZero():
			return nil, invalid("invalid.adult")
		case r.From != FromAdult:
			w.Adult = time.Time{}
		}
		if w.Because.Empty() && t.by != nil {
			return nil, invalid("invalid.because_needed")
		}
	}
	if k.regime == w.Regime && k.adult.Equal(w.Adult) && k.because == w.Because {
		return nil, nil
	}
	return []Event{&RetentionSet{By: t.place(), Regime: w.Regime, Adult: w.Adult.UTC(), At: t.cmd.Arrived, Because: w.Because}}, nil
}

// mayKeep: a professional at the table, and whoever acts for the organisation.
func (t turn) mayKeep() bool { return t.by == nil || t.by.role == Professional }

// place is where the actor sits, or "" for whoever acts for the organisation.
func (t turn) place() PartnerID {
	if t.by == nil {
		return ""
	}
	return t.by.id
}

// RetentionSet is the fact that a regime was chosen, or taken away.
type RetentionSet struct {
	By      PartnerID `json:"by,omitempty"`
	Regime  string    `json:"regime,omitempty"`
	Adult   time.Time `json:"adult,omitzero"`
	At      time.Time `json:"at,omitzero"`
	Because Words     `json:"-"`
}

// Kind is "retention.set".
func (*RetentionSet) Kind() string { return "retention.set" }

// Holder is the alliance itself: it is about the place, not about a person.
func (*RetentionSet) Holder() PartnerID { return "" }

// Sayings is the basis.
func (e *RetentionSet) Sayings() map[string]*Words { return map[string]*Words{"because": &e.Because} }

func (e *RetentionSet) apply(a *Alliance, _ Fact) reversal {
	k := &a.keeping
	back := &RetentionSet{By: k.setBy, Regime: k.regime, Adult: k.adult, At: k.setAt, Because: k.because}
	k.regime, k.adult, k.because, k.setBy, k.setAt = e.Regime, e.Adult, e.Because, e.By, e.At
	return k.unplan(back)
}

// unplan ends a destruction that was proposed or decided. Where there was one,
// what ended it stays: two people would have to decide again.
func (k *keeping) unplan(undo Event) reversal {
	if k.plan != nil {
		undo = nil
	}
	k.plan = nil
	return reversal{subject: "keeping", undo: undo}
}

// PutHold keeps the alliance from being destroyed, for a reason. It ends a
// destruction that was proposed or decided.
type PutHold struct{ Why HoldWhy }

func (w PutHold) decide(t turn) ([]Event, error) {
	switch {
	case !t.mayKeep():
		return nil, refused("refused.keeping")
	case !w.Why.Valid():
		return nil, invalid("invalid.hold")
	case t.held(w.Why) != nil:
		return nil, nil
	}
	return []Event{&HoldPut{By: t.place(), Why: w.Why, At: t.cmd.Arrived}}, nil
}

func (a *Alliance) held(why HoldWhy) *Hold {
	for i := range a.keeping.holds {
		if a.keeping.holds[i].Why == why {
			return &a.keeping.holds[i]
		}
	}
	return nil
}

// HoldPut is the fact that somebody put a hold.
type HoldPut struct {
	By  PartnerID `json:"by,omitempty"`
	Why HoldWhy   `json:"why"`
	At  time.Time `json:"at"`
}

// Kind is "hold.put".
func (*HoldPut) Kind() string { return "hold.put" }

func (e *HoldPut) apply(a *Alliance, _ Fact) reversal {
	if a.held(e.Why) == nil {
		a.keeping.holds = append(a.keeping.holds, Hold{Why: e.Why, By: e.By, At: e.At})
		// One that was brought back stands where it stood.
		slices.SortStableFunc(a.keeping.holds, func(x, y Hold) int {
			return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Why, y.Why))
		})
	}
	return a.keeping.unplan(&HoldLifted{By: e.By, Why: e.Why})
}

// LiftHold ends a hold. One that the privacy officer put is theirs to lift.
type LiftHold struct{ Why HoldWhy }

func (w LiftHold) decide(t turn) ([]Event, error) {
	h := t.held(w.Why)
	switch {
	case !t.mayKeep():
		return nil, refused("refused.keeping")
	case h == nil:
		return nil, nil
	case h.By == "" && t.by != nil:
		return nil, refused("refused.hold_officer")
	}
	return []Event{&HoldLifted{By: t.place(), Why: w.Why}}, nil
}

// HoldLifted is the fact that a hold ended.
type HoldLifted struct {
	By  PartnerID `json:"by,omitempty"`
	Why HoldWhy   `json:"why"`
}

// Kind is "hold.lifted".
func (*HoldLifted) Kind() string { return "hold.lifted" }

func (e *HoldLifted) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: "keeping"}
	if h := a.held(e.Why); h != nil {
		r.undo = &HoldPut{By: h.By, Why: h.Why, At: h.At}
	}
	a.keeping.holds = slices.DeleteFunc(slices.Clone(a.keeping.holds), func(h Hold) bool { return h.Why == e.Why })
	return r
}
