package samenspel

import (
	"slices"
	"time"
)

// DialogueID names one dialogue: prepared, held and looked back on.
type DialogueID string

// The bounds of dialogues.
const (
	maxTalks   = 2_000  // planned by one partner
	maxMinutes = 8 * 60 // of one dialogue
	maxLaid    = 2_000  // words laid on the table in one dialogue
	MaxDetail  = 500    // characters: where it is, who comes along to help

	firstYear, lastYear = 2000, 2999 // in which a dialogue takes place
)

// TalkStanding is how far a dialogue is. It may be looked back on as soon as
// it has begun.
type TalkStanding string

// The three standings of a dialogue.
const (
	Planned TalkStanding = "planned"
	On      TalkStanding = "on"
	Over    TalkStanding = "over"
)

// plan is what is known of a dialogue beforehand. All of it may stay empty.
type plan struct {
	with    []PartnerID // who is asked to be there, the planner among them
	at      time.Time
	dayOnly bool // nobody said which hour
	minutes int
	where   Words
	support Words // an interpreter, or somebody who comes along to help
}

// talk is one dialogue. It is known to those it is with, and to nobody else.
type talk struct {
	plan
	id        DialogueID
	by        PartnerID
	turn      int // counts the plans, so that a stale form is seen
	cancelled bool
	begun     time.Time
	over      time.Time
	has       PartnerID // who has the word, or ""
	laid      []laying
	topics    []TopicID
	wishes    []presence
}

// laying is words that were laid on the table.
type laying struct {
	statement StatementID
	by        PartnerID
	at        time.Time
	command   CommandID
}

// talks are the dialogues of an alliance.
type talks struct {
	order  []DialogueID
	of     map[DialogueID]*talk
	topics map[TopicID]*topic
}

func newTalks() talks {
	return talks{of: map[DialogueID]*talk{}, topics: map[TopicID]*topic{}}
}

var dialogueKinds = []func() Event{
	func() Event { return new(DialoguePlanned) },
	func() Event { return new(DialogueCancelled) },
	func() Event { return new(DialogueRestored) },
	func() Event { return new(DialogueBegun) },
	func() Event { return new(DialogueEnded) },
	func() Event { return new(DialogueReset) },
	func() Event { return new(TurnGiven) },
	func() Event { return new(WordsLaid) },
	func() Event { return new(WordsTakenBack) },
	func() Event { return new(TopicPut) },
	func() Event { return new(TopicShown) },
	func() Event { return new(TopicSettled) },
	func() Event { return new(TopicWithdrawn) },
	func() Event { return new(TopicRestored) },
	func() Event { return new(PresenceWished) },
}

// isFor reports whether somebody is in the dialogue while it stands.
func (k *talk) isFor(viewer PartnerID) bool { return !k.cancelled && slices.Contains(k.with, viewer) }

func (k *talk) standing() TalkStanding {
	switch {
	case k.begun.IsZero():
		return Planned
	case k.over.IsZero():
		return On
	}
	return Over
}

// talk gives a dialogue that the actor is in.
func (t turn) talk(id DialogueID) (*talk, error) {
	k := t.talks.of[id]
	if k == nil || !k.isFor(t.by.id) {
		return nil, ErrNotFound
	}
	return k, nil
}

// begunTalk gives a dialogue that the actor is in and that has begun.
func (t turn) begunTalk(id DialogueID) (*talk, error) {
	k, err := t.talk(id)
	if err == nil && k.standing() == Planned {
		return nil, refused("refused.not_begun")
	}
	return k, err
}

// PlanDialogue prepares a dialogue, or changes how it was planned. Nothing is
// needed. Where somebody's question is, they are asked: a dialogue is with a
// vrager.
type PlanDialogue struct {
	Dialogue DialogueID // empty: a new one
	With     []PartnerID
	At       time.Time
	DayOnly  bool // At is some hour of the day: nobody said which
	Minutes  int
	Where    Words
	Support  Words
	Turn     int // from [SeenDialogue]; 0 to skip the check
}

func (w PlanDialogue) decide(t turn) ([]Event, error) {
	e := &DialoguePlanned{
		Dialogue: w.Dialogue, By: t.by.id, At: w.At.UTC(), DayOnly: w.DayOnly && !w.At.IsZero(),
		Minutes: w.Minutes, Where: w.Where, Support: w.Support,
	}
	if w.Dialogue == "" {
		if t.plannedBy() >= maxTalks {
			return nil, refused("refused.too_many")
		}
		e.Dialogue = DialogueID(t.cmd.ID)
	} else {
		k, err := t.talk(w.Dialogue)
		switch {
		case err != nil:
			return nil, err
		case w.Turn != 0 && w.Turn != k.turn:
			return nil, ErrChanged
		}
		e.By = k.by
	}
	switch {
	case w.Minutes < 0 || w.Minutes > maxMinutes:
		return nil, invalid("invalid.minutes")
	case !w.At.IsZero() && (e.At.Year() < firstYear || e.At.Year() > lastYear):
		return nil, invalid("invalid.when")
	}
	with, err := t.company(w.With)
	if err != nil {
		return nil, err
	}
	e.With = with
	if k := t.talks.of[w.Dialogue]; k != nil && k.same(e) {
		return nil, nil
	}
	return []Event{e}, nil
}

// plannedBy counts what the actor planned. What others plan may be hidden
// from them.
func (t turn) plannedBy() int {
	count := 0
	for _, k := range t.talks.of {
		if k.by == t.by.id {
			count++
		}
	}
	return count
}

// company is who a dialogue is with, in the order of the table: the actor
// always, and a vrager wherever there is one.
func (t turn) company(chosen []PartnerID) ([]PartnerID, error) {
	var with []PartnerID
	vrager, vragers := false, false
	for _, id := range t.order {
		p := t.partners[id]
		in := p == t.by || slices.Contains(chosen, id) && p.awaited()
		if in {
			with = append(with, id)
		}
		vragers = vragers || p.role == Vrager && p.awaited()
		vrager = vrager || p.role == Vrager && in
	}
	for _, id := range chosen {
		if !slices.Contains(with, id) {
			return nil, ErrNotFound
		}
	}
	if vragers && !vrager {
		return nil, refused("refused.without_vrager")
	}
	return with, nil
}

// same reports whether a plan changes nothing.
func (k *talk) same(e *DialoguePlanned) bool {
	return slices.Equal(k.with, e.With) && k.at.Equal(e.At) && k.dayOnly == e.DayOnly && k.minutes == e.Minutes &&
		k.where == e.Where && k.support == e.Support
}

// DialoguePlanned is the fact that a dialogue was prepared like this, for the
// first time or anew.
type DialoguePlanned struct {
	Dialogue DialogueID  `json:"dialogue"`
	By       PartnerID   `json:"by"` // who planned it first
	With     []PartnerID `json:"with"`
	At       time.Time   `json:"at,omitzero"`
	DayOnly  bool        `json:"day_only,omitempty"`
	Minutes  int         `json:"minutes,omitempty"`
	Where    Words       `json:"-"`
	Support  Words       `json:"-"`
}

// Kind is "dialogue.planned".
func (*DialoguePlanned) Kind() string { return "dialogue.planned" }

// Holder is who planned it first.
func (e *DialoguePlanned) Holder() PartnerID { return e.By }

// Sayings are where it is and who comes along.
func (e *DialoguePlanned) Sayings() map[string]*Words {
	return map[string]*Words{"where": &e.Where, "support": &e.Support}
}

func (e *DialoguePlanned) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue)}
	k := a.talks.of[e.Dialogue]
	if k == nil {
		k = &talk{id: e.Dialogue, by: e.By}
		a.talks.of[k.id] = k
		a.talks.order = append(a.talks.order, k.id)
		r.undo = &DialogueCancelled{Dialogue: k.id}
	} else {
		r.undo = &DialoguePlanned{
			Dialogue: k.id, By: k.by, With: k.with, At: k.at, DayOnly: k.dayOnly, Minutes: k.minutes, Where: k.where, Support: k.support,
		}
	}
	r.in = k
	k.plan = plan{with: e.With, at: e.At, dayOnly: e.DayOnly, minutes: e.Minutes, where: e.Where, support: e.Support}
	k.turn++
	return r
}

// CancelDialogue takes a dialogue back that has not begun.
type CancelDialogue struct{ Dialogue DialogueID }

func (w CancelDialogue) decide(t turn) ([]Event, error) {
	k, err := t.talk(w.Dialogue)
	switch {
	case err != nil:
		return nil, err
	case k.standing() != Planned:
		return nil, refused("refused.begun")
	}
	return []Event{&DialogueCancelled{Dialogue: k.id}}, nil
}

// DialogueCancelled is the fact that a dialogue does not take place.
type DialogueCancelled struct {
	Dialogue DialogueID `json:"dialogue"`
}

// Kind is "dialogue.cancelled".
func (*DialogueCancelled) Kind() string { return "dialogue.cancelled" }

func (e *DialogueCancelled) apply(a *Alliance, _ Fact) reversal {
	return a.cancel(e.Dialogue, true, &DialogueRestored{Dialogue: e.Dialogue})
}

// DialogueRestored is the fact that cancelling was undone.
type DialogueRestored struct {
	Dialogue DialogueID `json:"dialogue"`
}

// Kind is "dialogue.restored".
func (*DialogueRestored) Kind() string { return "dialogue.restored" }

func (e *DialogueRestored) apply(a *Alliance, _ Fact) reversal {
	return a.cancel(e.Dialogue, false, &DialogueCancelled{Dialogue: e.Dialogue})
}

func (a *Alliance) cancel(id DialogueID, gone bool, undo Event) reversal {
	if k := a.talks.of[id]; k != nil {
		k.cancelled = gone
	}
	return reversal{subject: string(id), undo: undo}
}
