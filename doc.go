// Package samenspel is the connecting dialogue as a program: alliances of
// equal partners, what they say about their worlds in four layers, who may
// see it, and how far the insight of the others reaches.
//
// It is pure. A [Command] (somebody's wish) goes into [Alliance.Decide] and
// comes out as a list of [Event]s or as a [Refusal]; [Alliance.Apply] folds
// those facts into the state; [Alliance.See] gives what one viewer may see.
// Storing, showing and sending are other packages' work.
//
// The method is Jos van der Horst's (Werk samen!, SWP 2023); the rules here
// are the project's own reading of it. docs/glossary.md pairs each name with
// the words on screen.
package samenspel

// Identifiers are distinct types so that one cannot stand where another is
// meant. What a command makes takes the command's own id, so a repeated
// command can never make a thing twice.
type (
	// AllianceID names one alliance: the unit of storage, access and keys.
	AllianceID string
	// PersonID names somebody across alliances. It holds nothing about them.
	PersonID string
	// PartnerID names a person's place in one alliance.
	PartnerID string
	// StatementID names something worded about one partner's world.
	StatementID string
	// ThemeID names a subject in one partner's world.
	ThemeID string
	// EmotionID names an emotion at a statement.
	EmotionID string
	// ViewID names a view beside somebody's statement.
	ViewID string
	// NoteID names a private note.
	NoteID string
	// FrictionID names something that chafes.
	FrictionID string
	// RepairID names what somebody does or says to make it good again.
	RepairID string
	// NearID names somebody on the map of the people around a partner.
	NearID string
	// CommandID is made by the device that sends the command (UUIDv7) and is
	// what makes a retry, a double click and a late arrival one and the same.
	CommandID string
)

// Valid reports whether the id has the form of a UUID in lower case.
func (id CommandID) Valid() bool {
	if len(id) != 36 {
		return false
	}
	for i, c := range []byte(id) {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
