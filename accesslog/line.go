// Package accesslog keeps who had access to what, as NEN 7513 asks: a line for
// each access, tied to the line before, so that a change shows.
//
// A line holds ids, stable words and moments, and nothing that a person said.
// Each alliance has a chain of its own, and the house has one for what is
// outside all alliances: who came in, what was refused, who read this log.
package accesslog

import (
	"errors"
	"time"

	"samenspel"
)

// Kind is what sort of act a line tells of. The words are stable.
type Kind string

// The kinds of act.
const (
	Read         Kind = "read"          // something was shown
	Search       Kind = "search"        // somebody looked for something
	Export       Kind = "export"        // a file left the program
	Print        Kind = "print"         // a page for on paper
	Rights       Kind = "rights"        // who may see, or who sits at a table, changed
	Invite       Kind = "invite"        // a place was laid for somebody
	Link         Kind = "link"          // a way in was made, or taken back
	SignIn       Kind = "signin"        // somebody came in, or did not
	SessionEnded Kind = "session.ended" // somebody went out
	Emergency    Kind = "emergency"     // somebody opened what is not theirs, with a reason
	LogRead      Kind = "log"           // somebody read this log
	Settings     Kind = "settings"      // the program was set in another way
	Alert        Kind = "alert"         // the program saw something to look into
	Begun        Kind = "begun"         // a chain of this log began
	Gone         Kind = "gone"          // a chain went, at the end of its term
)

// Kinds are all kinds, in the order in which they are offered.
var Kinds = []Kind{Read, Search, Export, Print, Rights, Invite, Link, SignIn, SessionEnded, Emergency, LogRead, Settings, Alert, Begun, Gone}

// Outcome is how an act ended.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused" // it is not for them, or not there
	Failed  Outcome = "failed"  // by a fault of the machine
)

// Outcomes are all of them.
var Outcomes = []Outcome{Done, Refused, Failed}

// Action is what was done with the object, by the letters of the standard.
type Action string

// The actions.
const (
	Create  Action = "C"
	Look    Action = "R"
	Update  Action = "U"
	Delete  Action = "D"
	Execute Action = "E"
)

// Actions are all of them.
var Actions = []Action{Create, Look, Update, Delete, Execute}

// The purposes of use beside the role at the table: why somebody had access.
const (
	ForAdministrator = "administrator"
	ForOfficer       = "officer"
	ForProfessional  = "professional"
	ForThemselves    = "self" // their own account
	ForTheProgram    = "program"
)

// Policy is the name of the rules by which access is given: the version that a
// line was written under. It changes when who may see what changes.
const Policy = "samenspel-1"

// BeforeTheChain stands in the place of the policy in lines that were written
// before there was a chain. They were moved here as they were.
const BeforeTheChain = "before"

// mostText is the longest text in a line, in bytes: an id, with room.
const mostText = 200

// Line is one access.
type Line struct {
	N     int64                // in the order in which a store got them; 0 until then
	Chain samenspel.AllianceID // whose chain it is in; "" is the house's
	Seq   int64                // 1, 2, 3 … within the chain; 0 from before the chain
	Link  []byte               // over the line before and this one

	At      time.Time // in whole milliseconds
	Kind    Kind
	What    string // what was shown or done, a stable word
	Action  Action
	Outcome Outcome

	Person  samenspel.PersonID  // who; "" is the program, or somebody not known
	Partner samenspel.PartnerID // as whom at the table
	Role    string              // at the table
	Staff   string              // in the whole program
	Purpose string              // why they had access
	Session string              // an opaque id of the session, never its token
	Device  string              // a stable word
	Point   string              // where from: a mark and a coarse form, see [Log.Point]

	Alliance samenspel.AllianceID // about which alliance, as it was asked for
	About    samenspel.PartnerID  // whose world; "" is the place as a whole
	Told     bool                 // the one whose world it is, or all for the place, are told
	Object   string               // the id of what it was about, where there is one
	Whom     samenspel.PartnerID  // to whom rights were given, or from whom taken
	Policy   string               // by which rules
}

// errLine says that a line misses what each must have.
var errLine = errors.New("accesslog: a line without what each line needs")

// check refuses a line that nobody could read.
func (l Line) check() error {
	if l.Kind == "" || l.What == "" || l.Action == "" || l.Outcome == "" || l.Purpose == "" || l.At.IsZero() {
		return errLine
	}
	if l.Told && l.Partner == "" && l.Kind != Emergency {
		return errLine
	}
	for _, s := range []string{l.What, string(l.Person), string(l.Partner), l.Session, l.Device, l.Point,
		string(l.Chain), string(l.Alliance), string(l.About), l.Object, string(l.Whom)} {
		if len(s) > mostText {
			return errLine
		}
	}
	return nil
}

// Ready fills in what can be known from the rest: what a line does not say is
// that something was shown, and that it was done.
func (l Line) Ready() Line {
	if l.Kind == "" {
		l.Kind = Read
	}
	if l.Action == "" {
		l.Action = l.Kind.action()
	}
	if l.Outcome == "" {
		l.Outcome = Done
	}
	if l.Purpose == "" {
		l.Purpose = l.purpose()
	}
	l.At = l.At.UTC().Truncate(time.Millisecond)
	l.Policy = Policy
	return l
}

// action is what a kind of act does with its object, where nobody said it.
func (k Kind) action() Action {
	switch k {
	case Read, Print, LogRead, Emergency:
		return Look
	case Rights, Settings:
		return Update
	case Invite, Link, Begun:
		return Create
	case SessionEnded, Gone:
		return Delete
	}
	return Execute
}

// purpose is why somebody had access: their place at the table, or else what
// they do in the whole program.
func (l Line) purpose() string {
	switch {
	case l.Kind == Emergency:
		return "emergency"
	case l.Role != "":
		return l.Role
	case l.Staff != "":
		return l.Staff
	case l.Person == "":
		return ForTheProgram
	}
	return ForThemselves
}

// looked is a line as the one is told whose world it is about.
func (l Line) looked() samenspel.Looked {
	told := samenspel.Looked{By: l.Partner, About: l.About, What: l.What, At: l.At}
	if l.Kind != Read {
		told.Act = string(l.Kind)
	}
	return told
}
