package samenspel

import "time"

// repair is what one of those concerned does about it, in their own words.
type repair struct {
	id        RepairID
	friction  *friction
	by        PartnerID
	words     Words
	at        time.Time
	withdrawn bool
}

// showsRepair: who was told alone does not learn who else was, so what they
// do about it is between them and whose friction it is.
func (f *friction) showsRepair(r *repair, p PartnerID) bool {
	return !r.withdrawn && f.knows(p) && (f.everybody || p == f.by || p == r.by || r.by == f.by)
}

// OfferRepair says what one of those concerned does about it, or what helped.
type OfferRepair struct {
	Friction FrictionID
	Words    Words
}

func (w OfferRepair) decide(t turn) ([]Event, error) {
	f, err := t.friction(w.Friction)
	switch {
	case err != nil:
		return nil, err
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	}
	mine := 0
	for _, r := range f.repairs {
		if r.by == t.by.id {
			mine++
		}
	}
	if mine >= maxRepairs {
		return nil, refused("refused.too_many")
	}
	return []Event{&RepairOffered{Repair: RepairID(t.cmd.ID), Friction: f.id, By: t.by.id, Words: w.Words}}, nil
}

// RepairOffered is the fact that somebody said what they do about a friction.
type RepairOffered struct {
	Repair   RepairID   `json:"repair"`
	Friction FrictionID `json:"friction"`
	By       PartnerID  `json:"by"`
	Words    Words      `json:"-"`
}

// Kind is "repair.offered".
func (*RepairOffered) Kind() string { return "repair.offered" }

// Holder is who does it.
func (e *RepairOffered) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *RepairOffered) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *RepairOffered) apply(a *Alliance, f Fact) reversal {
	if fr := a.frictions.byID[e.Friction]; fr != nil {
		r := &repair{id: e.Repair, friction: fr, by: e.By, words: e.Words, at: f.At}
		a.frictions.repairs[r.id] = r
		fr.repairs = append(fr.repairs, r)
		a.touch(string(fr.id), f) // an answer: what it answers is no longer undone without a word
	}
	return reversal{subject: string(e.Repair), undo: &RepairWithdrawn{Repair: e.Repair}}
}

// WithdrawRepair takes the actor's own words away.
type WithdrawRepair struct{ Repair RepairID }

func (w WithdrawRepair) decide(t turn) ([]Event, error) {
	r := t.frictions.repairs[w.Repair]
	switch {
	case r == nil || !r.friction.showsRepair(r, t.by.id):
		return nil, ErrNotFound
	case r.by != t.by.id:
		return nil, refused("refused.repair")
	}
	return []Event{&RepairWithdrawn{Repair: r.id}}, nil
}

// RepairWithdrawn is the fact that somebody took those words away.
type RepairWithdrawn struct {
	Repair RepairID `json:"repair"`
}

// Kind is "repair.withdrawn".
func (*RepairWithdrawn) Kind() string { return "repair.withdrawn" }

func (e *RepairWithdrawn) apply(a *Alliance, _ Fact) reversal {
	if r := a.frictions.repairs[e.Repair]; r != nil {
		r.withdrawn = true
	}
	return reversal{subject: string(e.Repair), undo: &RepairRestored{Repair: e.Repair}}
}

// RepairRestored is the fact that taking them away was undone.
type RepairRestored struct {
	Repair RepairID `json:"repair"`
}

// Kind is "repair.restored".
func (*RepairRestored) Kind() string { return "repair.restored" }

func (e *RepairRestored) apply(a *Alliance, _ Fact) reversal {
	if r := a.frictions.repairs[e.Repair]; r != nil {
		r.withdrawn = false
	}
	return reversal{subject: string(e.Repair), undo: &RepairWithdrawn{Repair: e.Repair}}
}

// MendFriction says that it is good again. Nobody says that for another.
type MendFriction struct{ Friction FrictionID }

func (w MendFriction) decide(t turn) ([]Event, error) {
	f, err := t.ownFriction(w.Friction)
	if err != nil || f.mended {
		return nil, err
	}
	return []Event{&FrictionMended{Friction: f.id}}, nil
}

// FrictionMended is the fact that whose friction it is said: good again.
type FrictionMended struct {
	Friction FrictionID `json:"friction"`
}

// Kind is "friction.mended".
func (*FrictionMended) Kind() string { return "friction.mended" }

func (e *FrictionMended) apply(a *Alliance, _ Fact) reversal {
	return a.mend(e.Friction, true, &FrictionReopened{Friction: e.Friction})
}

// ReopenFriction says that it is not good after all.
type ReopenFriction struct{ Friction FrictionID }

func (w ReopenFriction) decide(t turn) ([]Event, error) {
	f, err := t.ownFriction(w.Friction)
	if err != nil || !f.mended {
		return nil, err
	}
	return []Event{&FrictionReopened{Friction: f.id}}, nil
}

// FrictionReopened is the fact that they said: not good after all.
type FrictionReopened struct {
	Friction FrictionID `json:"friction"`
}

// Kind is "friction.reopened".
func (*FrictionReopened) Kind() string { return "friction.reopened" }

func (e *FrictionReopened) apply(a *Alliance, _ Fact) reversal {
	return a.mend(e.Friction, false, &FrictionMended{Friction: e.Friction})
}

func (a *Alliance) mend(id FrictionID, good bool, undo Event) reversal {
	if f := a.frictions.byID[id]; f != nil {
		f.mended = good
	}
	return reversal{subject: string(id), undo: undo}
}
