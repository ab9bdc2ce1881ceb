package lens

import "slices"

// Field is one of the eight questions that the codebook puts to an utterance.
type Field uint8

// The fields, in the order of the codebook.
const (
	Layer    Field = iota // the deepest layer that it speaks of
	Emotion               // whether a feeling is in it
	Valence               // which way the feeling goes
	Question              // the form, of a professional's utterance
	Act                   // what a professional's utterance does
	Will                  // wanting and being able, of a partner
	Friction              // resistance to the help, the talk or another partner
	Response              // how a partner's feeling was answered
)

// NumFields is how many fields there are.
const NumFields = 8

// Code is one answer to the question of a field. Empty means that the field
// does not apply to the utterance.
type Code string

// The codes of the fields. [None] belongs to several.
const (
	None Code = "none"

	AtBehaviour  Code = "behaviour"
	AtNeed       Code = "need"
	AtCommitment Code = "commitment"
	AtMeaning    Code = "meaning"

	Hinted Code = "hinted"
	Named  Code = "named"

	Unpleasant Code = "unpleasant"
	Pleasant   Code = "pleasant"
	Mixed      Code = "mixed"

	OpenQuestion   Code = "open"
	ClosedQuestion Code = "closed"

	Other   Code = "other"
	Inform  Code = "inform"
	Self    Code = "self"
	Explore Code = "explore"
	Reflect Code = "reflect"
	Affirm  Code = "affirm"
	Include Code = "include"
	Check   Code = "check"
	Choice  Code = "choice"
	Support Code = "support"
	Advise  Code = "advise"
	Push    Code = "push"
	Clear   Code = "clear"

	Wants   Code = "want+"
	WantNot Code = "want-"
	Can     Code = "can+"
	CanNot  Code = "can-"

	Rubs Code = "friction"

	Met     Code = "met"
	Left    Code = "left"
	Cleared Code = "cleared"
)

// fields holds for each field its name in files and its codes, in the order of
// the codebook.
var fields = [NumFields]struct {
	name  string
	codes []Code
}{
	Layer:    {"layer", []Code{None, AtBehaviour, AtNeed, AtCommitment, AtMeaning}},
	Emotion:  {"emotion", []Code{None, Hinted, Named}},
	Valence:  {"valence", []Code{Unpleasant, Pleasant, Mixed}},
	Question: {"question", []Code{None, OpenQuestion, ClosedQuestion}},
	Act:      {"act", []Code{Other, Inform, Self, Explore, Reflect, Affirm, Include, Check, Choice, Support, Advise, Push, Clear}},
	Will:     {"will", []Code{None, Wants, WantNot, Can, CanNot}},
	Friction: {"friction", []Code{None, Rubs}},
	Response: {"response", []Code{Met, Left, Cleared}},
}

// Fields lists the fields in order.
func Fields() []Field {
	all := make([]Field, NumFields)
	for i := range all {
		all[i] = Field(i)
	}
	return all
}

// String gives the field's name as it stands in files.
func (f Field) String() string { return fields[f].name }

// Codes lists the codes of a field in the order of the codebook. The caller
// does not change it.
func (f Field) Codes() []Code { return fields[f].codes }

// Has reports whether a code belongs to the field.
func (f Field) Has(c Code) bool { return slices.Contains(fields[f].codes, c) }

// FieldNamed gives the field of a name in files.
func FieldNamed(name string) (Field, bool) {
	for i := range fields {
		if fields[i].name == name {
			return Field(i), true
		}
	}
	return 0, false
}

// Codes holds one code for each field; those that do not apply are empty.
type Codes [NumFields]Code

// Role is what somebody is in a conversation.
type Role string

// The roles of the codebook. A colleague who acts as a professional is coded
// as one.
const (
	Professional Role = "professional"
	Vrager       Role = "vrager"
	Bonus        Role = "bonus"
	Colleague    Role = "colleague"
)

// Roles lists the roles, the professional first.
func Roles() []Role { return []Role{Professional, Vrager, Bonus, Colleague} }

// Known reports whether r is one of the roles.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// Professional reports whether the fields of professionals are put to what
// somebody with this role says; else those of partners are.
func (r Role) Professional() bool { return r == Professional || r == Colleague }

// Asks reports whether the codebook puts a field to what somebody with this
// role says. Valence and response depend on more than the role: see
// [Utterance.Fault].
func (r Role) Asks(f Field) bool {
	switch f {
	case Question, Act:
		return r.Professional()
	case Will, Friction, Response:
		return !r.Professional()
	}
	return true
}
