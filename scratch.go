package samenspel

import (
	"slices"
	"time"
)

// This file holds somebody's scratch pad: a few words to think with, for their
// writer alone, that empty themselves. It is no note: a note stays until its
// writer takes it away.

// ScratchID names what somebody jotted down once.
type ScratchID string

// ScratchLife is how long a scratch stands at most. It goes at the end of the
// alliance too, and when its writer leaves.
const ScratchLife = 14 * 24 * time.Hour

const maxScratches = 100 // of one partner at a time

// ScratchEnd says why a scratch went.
type ScratchEnd string

// The ends of a scratch.
const (
	ScratchTime   ScratchEnd = "time"
	ScratchThrown ScratchEnd = "thrown"
	ScratchLaid   ScratchEnd = "laid"  // put down here, as a statement
	ScratchOver   ScratchEnd = "ended" // the alliance ended, or its writer left
)

type scratch struct {
	id     ScratchID
	by     PartnerID
	at     time.Time
	words  Words
	sealed bool // had words when it was folded in: their key is there
	gone   bool
}

type scratches struct {
	order []*scratch
	of    map[ScratchID]*scratch
}

func newScratches() scratches { return scratches{of: map[ScratchID]*scratch{}} }

var scratchKinds = []func() Event{
	func() Event { return new(ScratchWritten) },
	func() Event { return new(ScratchGone) },
}

// SeenScratch is a scratch of the viewer.
type SeenScratch struct {
	ID    ScratchID
	Words Words
	At    time.Time
	Until time.Time // when it empties itself
}

func (a *Alliance) seeScratches(s *Seen, you *partner) {
	for _, c := range slices.Backward(a.scratches.order) {
		if c.by == you.id && !c.gone {
			s.Scratches = append(s.Scratches, SeenScratch{c.id, c.words, c.at, c.at.Add(ScratchLife)})
		}
	}
}

// WriteScratch jots something down.
type WriteScratch struct{ Words Words }

func (w WriteScratch) decide(t turn) ([]Event, error) {
	mine := 0
	for _, c := range t.scratches.order {
		if c.by == t.by.id && !c.gone {
			mine++
		}
	}
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case mine >= maxScratches:
		return nil, refused("refused.too_many")
	}
	return []Event{&ScratchWritten{Scratch: ScratchID(t.cmd.ID), By: t.by.id, Words: w.Words}}, nil
}

// ScratchWritten is the fact that somebody jotted something down.
type ScratchWritten struct {
	Scratch ScratchID `json:"scratch"`
	By      PartnerID `json:"by"`
	Words   Words     `json:"-"`
}

// Kind is "scratch.written".
func (*ScratchWritten) Kind() string { return "scratch.written" }

// Holder is a key of its own, so that it can go alone.
func (e *ScratchWritten) Holder() PartnerID { return e.Scratch.holder() }

// Sayings are the words.
func (e *ScratchWritten) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

// Nothing undoes it: taking it away destroys its key.
func (e *ScratchWritten) apply(a *Alliance, f Fact) reversal {
	c := &scratch{id: e.Scratch, by: e.By, at: f.At, words: e.Words, sealed: !e.Words.Empty()}
	a.scratches.order = append(a.scratches.order, c)
	a.scratches.of[c.id] = c
	return reversal{subject: string(e.Scratch)}
}

// scratch gives one of the actor's own that is there.
func (t turn) scratch(id ScratchID) (*scratch, error) {
	c := t.scratches.of[id]
	if c == nil || c.gone || c.by != t.by.id {
		return nil, ErrNotFound
	}
	return c, nil
}

// ThrowScratch empties one at once.
type ThrowScratch struct{ Scratch ScratchID }

func (w ThrowScratch) decide(t turn) ([]Event, error) {
	c, err := t.scratch(w.Scratch)
	if err != nil {
		return nil, err
	}
	return []Event{&ScratchGone{Scratch: c.id, Why: ScratchThrown}}, nil
}

// LayScratch puts a scratch down here: it becomes words of the actor about
// themselves, that only they see until they show them to others.
type LayScratch struct{ Scratch ScratchID }

func (w LayScratch) decide(t turn) ([]Event, error) {
	c, err := t.scratch(w.Scratch)
	if err != nil {
		return nil, err
	}
	events, err := WordStatement{Words: c.words, Chosen: true}.decide(t)
	if err != nil {
		return nil, err
	}
	return append(events, &ScratchGone{Scratch: c.id, Why: ScratchLaid}), nil
}

// ScratchGone is the fact that a scratch went. Its key is destroyed with it,
// so nothing undoes it.
type ScratchGone struct {
	Scratch ScratchID  `json:"scratch"`
	Why     ScratchEnd `json:"why"`
}

// Kind is "scratch.gone".
func (*ScratchGone) Kind() string { return "scratch.gone" }

// Of is what went.
func (e *ScratchGone) Of() string { return string(e.Scratch) }

func (e *ScratchGone) apply(a *Alliance, _ Fact) reversal {
	if c := a.scratches.of[e.Scratch]; c != nil {
		c.gone, c.words = true, Words{}
	}
	return reversal{subject: string(e.Scratch)}
}

// overdueScratches are those that have to be gone by now.
func (a *Alliance) overdueScratches(now time.Time) (events []Event) {
	for _, c := range a.scratches.order {
		switch {
		case c.gone:
		case a.ending.ended || !a.partners[c.by].here():
			events = append(events, &ScratchGone{Scratch: c.id, Why: ScratchOver})
		case !now.Before(c.at.Add(ScratchLife)):
			events = append(events, &ScratchGone{Scratch: c.id, Why: ScratchTime})
		}
	}
	return events
}

// holder is the name of the key under which a scratch is sealed.
func (id ScratchID) holder() PartnerID { return PartnerID("scratch:" + string(id)) }
