package samenspel

import (
	"fmt"
	"slices"
	"time"
)

// Layer is one of the four layers of a person's world, from the inside out:
// meaning grounds commitment, commitment brings needs, needs move behaviour
// (Van der Horst 2023). Emotion is no layer: it is the road between them.
type Layer string

// The four layers. The empty Layer means that nobody has said which.
const (
	Behaviour  Layer = "behaviour"  // gedrag: what can be seen
	Need       Layer = "need"       // behoefte: what I need or long for
	Commitment Layer = "commitment" // betrokkenheid: what I belong to, what matters most
	Meaning    Layer = "meaning"    // zingeving: what I stand for, the core
)

// Layers are the four from the core outward.
var Layers = [4]Layer{Meaning, Commitment, Need, Behaviour}

// Valid reports whether l is one of the four.
func (l Layer) Valid() bool { return l.index() >= 0 }

// kept gives a layer as it stands in [Layers], so that there is one copy of it.
func (l Layer) kept() Layer {
	if i := l.index(); i >= 0 {
		return Layers[i]
	}
	return l
}

// index is the place in [Layers], or -1.
func (l Layer) index() int {
	for i, known := range Layers {
		if l == known {
			return i
		}
	}
	return -1
}

// Kind says how a statement came to be known.
type Kind string

// The four kinds of statement.
const (
	Quote       Kind = "quote"       // in the person's own words
	Retelling   Kind = "retelling"   // somebody tells what they said
	Observation Kind = "observation" // somebody saw it
	Guess       Kind = "guess"       // somebody suspects it
)

// StatementKinds are the four kinds, in the order of the screen.
var StatementKinds = [4]Kind{Quote, Retelling, Observation, Guess}

// Valid reports whether k is one of the four.
func (k Kind) Valid() bool {
	return k == Quote || k == Retelling || k == Observation || k == Guess
}

// kept gives a kind as it stands in [StatementKinds].
func (k Kind) kept() Kind {
	if i := slices.Index(StatementKinds[:], k); i >= 0 {
		return StatementKinds[i]
	}
	return k
}

// CellState is how far the insight of the others reaches in one cell of
// layer and theme. It measures our insight, never the person.
type CellState uint8

// The five states of a cell. NotAsked is the zero state and an ordinary one.
const (
	NotAsked       CellState = iota
	Assumed                  // somebody said it, the person has not
	ConfirmedWords           // somebody else's words, the person said: that is right
	OwnWords                 // the person's own words
	NotHere                  // the person does not want to talk about it here
)

// CellStates are the five, in the order in which a figure explains them.
var CellStates = [5]CellState{OwnWords, ConfirmedWords, Assumed, NotAsked, NotHere}

// WordAmbition says what one stands for, in the four layers of one's own, all
// at once: whoever asks another to tell what matters to them tells it first
// themselves. Until it is shared it is for them alone. What is left empty is
// not said, and that is ordinary.
type WordAmbition struct {
	Words [4]Words // as [Layers]
}

func (w WordAmbition) decide(t turn) ([]Event, error) {
	var events []Event
	for i, words := range w.Words {
		if words.Empty() {
			continue
		}
		events = append(events, &StatementWorded{
			Statement: StatementID(fmt.Sprintf("%s.%d", t.cmd.ID, i+1)), About: t.by.id, SaidBy: t.by.id,
			How: Quote, Layer: Layers[i], Said: t.madeAt(), Words: words,
		})
	}
	if t.by.wrote+len(events) > maxStatements {
		return nil, refused("refused.too_many")
	}
	return events, nil
}

// ShareAmbition shares words of one's own with others besides those who see
// them already: several at once, so that one act takes it back.
type ShareAmbition struct {
	Statements []StatementID
	With       []PartnerID
}

func (w ShareAmbition) decide(t turn) ([]Event, error) {
	if len(w.Statements) > maxAtOne {
		return nil, refused("refused.too_many")
	}
	if err := t.atTable(w.With); err != nil {
		return nil, err
	}
	var events []Event
	for i, id := range w.Statements {
		s, err := t.statement(id, 0)
		switch {
		case err != nil:
			return nil, err
		case t.by.id != s.about:
			return nil, refused("refused.share")
		case slices.Contains(w.Statements[:i], id):
			continue
		}
		for _, with := range t.order {
			if with != s.about && slices.Contains(w.With, with) && !s.audience.has(with) {
				events = append(events, &StatementShared{Statement: s.id, With: with})
			}
		}
	}
	return events, nil
}

// Ambition is what the viewer, being a professional, said of themselves before
// the first vrager came, and still keeps to themselves: theirs to share now.
func (s *Seen) Ambition() []*SeenStatement {
	var came time.Time
	for _, p := range s.Partners {
		if p.Role == Vrager && p.Standing == Here && (came.IsZero() || p.JoinedAt.Before(came)) {
			came = p.JoinedAt
		}
	}
	if came.IsZero() || s.Partner(s.You).Role != Professional {
		return nil
	}
	var list []*SeenStatement
	for i := range s.Statements {
		st := &s.Statements[i]
		own := st.About == s.You && (st.Standing == Own || st.Standing == Reworded)
		if own && len(st.SeenBy) == 0 && st.Said.Before(came) && len(list) < maxAtOne {
			list = append(list, st)
		}
	}
	return list
}
