package samenspel

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
