package samenspel

import (
	"slices"
	"time"
)

// EmergencyID names one emergency access.
type EmergencyID string

// EmergencyReason is why somebody looks who has no place here. It is shown to
// everybody at the table, so it says nothing of anybody.
type EmergencyReason string

// The three reasons.
const (
	EmergencyDanger EmergencyReason = "danger" // somebody's life or health
	EmergencyAway   EmergencyReason = "away"   // the professional is not there, and it cannot wait
	EmergencyOther  EmergencyReason = "other"
)

// EmergencyReasons are the three, in the order of the screen.
var EmergencyReasons = [3]EmergencyReason{EmergencyDanger, EmergencyAway, EmergencyOther}

// Valid reports whether r is one of the three.
func (r EmergencyReason) Valid() bool { return slices.Contains(EmergencyReasons[:], r) }

// EmergencyTime is how long an emergency access lasts: until the next working
// day has begun, and no longer.
const EmergencyTime = 24 * time.Hour

// maxEmergencies is how many one alliance holds by one person.
const maxEmergencies = 50

// emergency is one time that somebody without a place looked in an emergency.
type emergency struct {
	id     EmergencyID
	person PersonID
	name   Words
	as     Words
	reason EmergencyReason
	words  Words
	at     time.Time
	until  time.Time
	closed PartnerID // who closed it, or ""
	over   bool
}

// open reports whether it still lets its person look.
func (e *emergency) open(now time.Time) bool { return !e.over && now.Before(e.until) }

var emergencyKinds = []func() Event{
	func() Event { return new(EmergencyOpened) },
	func() Event { return new(EmergencyClosed) },
}

// OpenInEmergency lets a professional without a place look for a day, because
// it cannot wait. They say whom they look for: nobody browses. Whether they are
// a professional of the organisation is asked at the door, before.
type OpenInEmergency struct {
	For    Words // the name of a vrager, as it is known here
	Beside Words // of somebody else at the table, or none: where two have one name
	Name   Words // of who looks
	As     Words // from where
	Reason EmergencyReason
	Words  Words // what is the matter, for the professionals of the table; or none
}

func (w OpenInEmergency) decide(t turn) ([]Event, error) {
	switch {
	case t.by != nil:
		return nil, refused("refused.emergency_here")
	case !t.meets(w.For, w.Beside):
		return nil, ErrNotFound
	case !w.Reason.Valid():
		return nil, invalid("invalid.emergency_reason")
	case w.Name.Empty():
		return nil, invalid("invalid.name_needed")
	}
	count := 0
	for _, e := range t.emergencies {
		if e.person == t.person {
			count++
			if e.open(t.cmd.Arrived) {
				return nil, nil
			}
		}
	}
	if count >= maxEmergencies {
		return nil, refused("refused.too_many")
	}
	return []Event{&EmergencyOpened{
		Emergency: EmergencyID(t.cmd.ID), Person: t.person, Name: w.Name, As: w.As,
		Reason: w.Reason, Words: w.Words, Until: t.cmd.Arrived.Add(EmergencyTime),
	}}, nil
}

// meets reports whether a vrager of this name is at the table, and somebody
// else of the other one.
func (a *Alliance) meets(name, beside Words) bool {
	if name.Empty() {
		return false
	}
	var found PartnerID
	for _, id := range a.order {
		if p := a.partners[id]; p.role == Vrager && p.here() && p.name.same(name) {
			found = id
			break
		}
	}
	if found == "" || beside.Empty() {
		return found != ""
	}
	return slices.ContainsFunc(a.order, func(id PartnerID) bool {
		p := a.partners[id]
		return id != found && p.awaited() && p.name.same(beside)
	})
}

// Meets reports whether a search in an emergency finds this alliance, for the
// door to it. It tells nothing else of it.
func (a *Alliance) Meets(name, beside Words) bool { return a.meets(name, beside) }

// EmergencyOpened is the fact that somebody without a place looks in an
// emergency. Everybody at the table is told.
type EmergencyOpened struct {
	Emergency EmergencyID     `json:"emergency"`
	Person    PersonID        `json:"person"`
	Reason    EmergencyReason `json:"reason"`
	Until     time.Time       `json:"until"`
	Name      Words           `json:"-"`
	As        Words           `json:"-"`
	Words     Words           `json:"-"`
}

// Kind is "emergency.opened".
func (*EmergencyOpened) Kind() string { return "emergency.opened" }

// Holder is the alliance itself: who looked has no world here.
func (*EmergencyOpened) Holder() PartnerID { return "" }

// Sayings are the name, from where, and what is the matter.
func (e *EmergencyOpened) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "as": &e.As, "words": &e.Words}
}

func (e *EmergencyOpened) apply(a *Alliance, f Fact) reversal {
	a.emergencies = append(a.emergencies, &emergency{
		id: e.Emergency, person: e.Person, name: e.Name, as: e.As, reason: e.Reason, words: e.Words, at: f.At, until: e.Until,
	})
	return reversal{}
}

// CloseEmergency ends an emergency access before its time: by who looked, or
// by a professional of the table.
type CloseEmergency struct{ Emergency EmergencyID }

func (w CloseEmergency) decide(t turn) ([]Event, error) {
	e := t.emergency(w.Emergency)
	switch {
	case e == nil, t.by == nil && e.person != t.person:
		return nil, ErrNotFound
	case t.by != nil && t.by.role != Professional:
		return nil, refused("refused.emergency_close")
	case e.over:
		return nil, nil
	}
	return []Event{&EmergencyClosed{Emergency: e.id}}, nil
}

func (a *Alliance) emergency(id EmergencyID) *emergency {
	for _, e := range a.emergencies {
		if e.id == id {
			return e
		}
	}
	return nil
}

// EmergencyClosed is the fact that an emergency access was ended.
type EmergencyClosed struct {
	Emergency EmergencyID `json:"emergency"`
}

// Kind is "emergency.closed".
func (*EmergencyClosed) Kind() string { return "emergency.closed" }

func (e *EmergencyClosed) apply(a *Alliance, f Fact) reversal {
	if open := a.emergency(e.Emergency); open != nil {
		open.over, open.closed = true, f.By
	}
	return reversal{}
}

// SeenEmergency is an emergency access, as everybody at the table sees it.
type SeenEmergency struct {
	ID     EmergencyID
	Name   Words
	As     Words
	Reason EmergencyReason
	Words  Words // for the professionals of the table, else none
	At     time.Time
	Until  time.Time
	Closed bool
	By     PartnerID // who closed it; "" where it was who looked

	MayClose bool
}

// Over reports whether nobody looks by it any more.
func (e SeenEmergency) Over(now time.Time) bool { return e.Closed || !now.Before(e.Until) }

// Emergency gives the emergency access by which a line of who looked was left,
// or nil.
func (s *Seen) Emergency(by PartnerID) *SeenEmergency {
	for i := range s.Emergencies {
		if string(s.Emergencies[i].ID) == string(by) {
			return &s.Emergencies[i]
		}
	}
	return nil
}

func (a *Alliance) seeEmergencies(s *Seen, you *partner) {
	for _, e := range a.emergencies {
		seen := SeenEmergency{
			ID: e.id, Name: e.name, As: e.as, Reason: e.reason, At: e.at, Until: e.until,
			Closed: e.over, By: e.closed, MayClose: you.role == Professional && !e.over,
		}
		if you.role == Professional {
			seen.Words = e.words
		}
		s.Emergencies = append(s.Emergencies, seen)
	}
}

// SeenInEmergency is what somebody sees who looks in an emergency: to read,
// and nothing else. It is what the professional of the table sees of the
// vragers and of what was agreed; their own world and their notes stay theirs.
type SeenInEmergency struct {
	Emergency SeenEmergency
	Seen      *Seen
}

// SeeInEmergency gives what a person without a place sees while their
// emergency access is open, or [ErrNotFound].
func (a *Alliance) SeeInEmergency(person PersonID, now time.Time) (*SeenInEmergency, error) {
	i := slices.IndexFunc(a.emergencies, func(e *emergency) bool { return e.person == person && e.open(now) })
	eyes := a.eyes()
	if i < 0 || eyes == nil || a.persons[person] != "" {
		return nil, ErrNotFound
	}
	e := a.emergencies[i]
	all := a.seeAs(eyes)
	seen := &Seen{Alliance: a.id, Title: a.title, Ending: SeenEnding{Ended: all.Ending.Ended, By: all.Ending.By, At: all.Ending.At}}
	for _, p := range all.Partners {
		seen.Partners = append(seen.Partners, SeenPartner{
			ID: p.ID, Name: p.Name, As: p.As, Role: p.Role, Standing: p.Standing, Shape: p.Shape, JoinedAt: p.JoinedAt, Erased: p.Erased,
		})
	}
	for _, s := range all.Statements {
		if s.About != eyes.id {
			seen.Statements = append(seen.Statements, s.toRead())
		}
	}
	for _, t := range all.Themes {
		if t.About != eyes.id {
			seen.Themes = append(seen.Themes, t)
		}
	}
	for _, g := range all.Agreements {
		g.MayAnswer, g.MayFulfil, g.MayWithdraw = false, false, false
		seen.Agreements = append(seen.Agreements, g)
	}
	return &SeenInEmergency{Emergency: SeenEmergency{
		ID: e.id, Name: e.name, As: e.as, Reason: e.reason, Words: e.words, At: e.at, Until: e.until, MayClose: true,
	}, Seen: seen}, nil
}

// eyes are through whose eyes somebody looks in an emergency: the first
// professional who is here, or else the last who was.
func (a *Alliance) eyes() (found *partner) {
	for _, id := range a.order {
		p := a.partners[id]
		if p.role != Professional || p.person == "" {
			continue
		}
		if p.here() {
			return p
		}
		found = p
	}
	return found
}

// toRead is a statement without anything that its reader could do to it.
func (s SeenStatement) toRead() SeenStatement {
	s.MayAnswer, s.MayReword, s.MayShare, s.MayPlace, s.MayWithdraw, s.MayAdd = false, false, false, false, false, false
	s.MayErase, s.MayAsk, s.MayFreeze, s.MayUnfreeze = false, false, false, false
	s.Views, s.Emotions = slices.Clone(s.Views), slices.Clone(s.Emotions)
	for i := range s.Views {
		s.Views[i].MayWithdraw = false
	}
	for i := range s.Emotions {
		s.Emotions[i].MayAnswer = false
	}
	return s
}
