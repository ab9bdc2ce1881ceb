package samenspel

import (
	"slices"
	"time"
)

// Event is something that happened. Its kind is a stable name in the log; it
// never changes with the name of the Go type.
type Event interface {
	Kind() string
	// apply folds the event into the state and says how to take it back.
	apply(a *Alliance, f Fact) reversal
}

// Spoken is an event that carries somebody's words. The log seals them under
// the key of Holder: the statement that they are or stand beside, the partner
// whose world they are about, or "" for words of the alliance as a whole.
type Spoken interface {
	Event
	Holder() PartnerID
	// Sayings gives the places of the words, by a name that is stable in the log.
	Sayings() map[string]*Words
}

// Fact is an event in its place in the log of an alliance.
type Fact struct {
	Seq     int64     // 1, 2, 3 … within the alliance
	At      time.Time // arrival, by the clock of the machine
	Command CommandID
	Person  PersonID
	By      PartnerID // who did it
	Event   Event
}

// kinds makes an empty event for each kind in the log, for the codec. Each
// file that has kinds of its own lists them.
var kinds = func() map[string]func() Event {
	m := map[string]func() Event{}
	for _, mk := range slices.Concat(worldKinds, dialogueKinds, activityKinds, mirrorKinds, agreementKinds, frictionKinds, aroundKinds, endingKinds, transcriptKinds,
		emergencyKinds, erasureKinds, keepingKinds, consentKinds, scratchKinds, youngKinds) {
		m[mk().Kind()] = mk
	}
	return m
}()

// worldKinds are those of people and what is said of their worlds.
var worldKinds = []func() Event{
	func() Event { return new(AllianceBegun) },
	func() Event { return new(PartnerInvited) },
	func() Event { return new(PartnerJoined) },
	func() Event { return new(PartnerLeft) },
	func() Event { return new(EntryRenewed) },
	func() Event { return new(PaceSet) },
	func() Event { return new(FirstSeenSet) },
	func() Event { return new(ThemeNamed) },
	func() Event { return new(ThemesOrdered) },
	func() Event { return new(ThemeWithdrawn) },
	func() Event { return new(ThemeRestored) },
	func() Event { return new(LayerSetAside) },
	func() Event { return new(LayerTakenUp) },
	func() Event { return new(StatementWorded) },
	func() Event { return new(StatementConfirmed) },
	func() Event { return new(StatementReworded) },
	func() Event { return new(StatementRefused) },
	func() Event { return new(AnswerUndone) },
	func() Event { return new(StatementPlaced) },
	func() Event { return new(StatementWithdrawn) },
	func() Event { return new(StatementRestored) },
	func() Event { return new(StatementShared) },
	func() Event { return new(StatementUnshared) },
	func() Event { return new(ViewPut) },
	func() Event { return new(ViewWithdrawn) },
	func() Event { return new(ViewRestored) },
	func() Event { return new(EmotionNamed) },
	func() Event { return new(EmotionNoticed) },
	func() Event { return new(EmotionRecognised) },
	func() Event { return new(EmotionDeclined) },
	func() Event { return new(EmotionMet) },
	func() Event { return new(EmotionKeptOpen) },
	func() Event { return new(EmotionReset) },
	func() Event { return new(NoteWritten) },
	func() Event { return new(NoteWithdrawn) },
	func() Event { return new(NoteRestored) },
}

// NewEvent makes an empty event of a kind, as a pointer to be filled, or nil
// for a kind that this version does not know.
func NewEvent(kind string) Event {
	if mk := kinds[kind]; mk != nil {
		return mk()
	}
	return nil
}

// Kinds lists every kind of event, sorted.
func Kinds() []string {
	var list []string
	for k := range kinds {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
