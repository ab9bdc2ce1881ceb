package samenspel

import (
	"slices"
	"time"
)

// Command is a wish with its own id and its two times.
type Command struct {
	ID      CommandID
	Made    time.Time // on the device, by the device's clock; may be zero
	Arrived time.Time // here
	Wish    Wish
}

// Wish is what somebody wants to change. Each wish knows the rule that it
// falls under.
type Wish interface {
	decide(t turn) ([]Event, error)
}

// turn is one wish on its way through the rules: who wishes it, in which
// alliance, by which command.
type turn struct {
	*Alliance
	cmd    Command
	person PersonID
	by     *partner // nil while the person is no partner
}

// madeAt is when the thing was said: the device's time, but never later than
// its arrival, so that a clock that runs ahead cannot write in the future.
func (t turn) madeAt() time.Time {
	if t.cmd.Made.IsZero() || t.cmd.Made.After(t.cmd.Arrived) {
		return t.cmd.Arrived
	}
	return t.cmd.Made
}

// reversal is how one event is taken back: the thing that it touched and the
// event that undoes it. Without an undo the whole act stays.
type reversal struct {
	subject string
	beside  *statement  // where it stands, when it is a view or an emotion
	in      *talk       // the dialogue that it belongs to
	at      *transcript // or the transcript
	undo    Event
}

// act is the last thing that a partner did, with the way back.
type act struct {
	command CommandID
	back    []reversal // in the order of what was done
	stays   bool       // a part of it cannot be taken back
}

func (l *act) add(r reversal) {
	if r.undo == nil {
		l.stays = true
		return
	}
	l.back = append(l.back, r)
}

// undoable is the partner's last act, or nil when there is none that can be
// taken back: somebody touched the same thing since, or it stands beside a
// statement, or in a dialogue, that is no longer for them, or in a transcript
// that is gone.
func (a *Alliance) undoable(p PartnerID) *act {
	last := a.acts[p]
	if last == nil || last.stays {
		return nil
	}
	for _, r := range last.back {
		gone := r.beside != nil && (r.beside.erased || !a.isFor(r.beside, p)) || r.in != nil && !slices.Contains(r.in.with, p) || r.at != nil && r.at.gone ||
			r.undo != nil && a.erasures.closed(r.undo)
		if a.touchedBy(r.subject) != last.command || gone {
			return nil
		}
	}
	return last
}

// Undo takes back the actor's last act, as long as nobody has touched the
// same thing since. Undoing an undo brings it back.
type Undo struct{ Command CommandID }

func (w Undo) decide(t turn) ([]Event, error) {
	last := t.undoable(t.by.id)
	if last == nil || last.command != w.Command {
		return nil, refused("refused.undo_gone")
	}
	var events []Event
	for _, r := range slices.Backward(last.back) {
		events = append(events, r.undo)
	}
	return events, nil
}

// Class says what kind of no a [Refusal] is.
type Class uint8

// The four kinds of no. Whatever else goes wrong is nobody's wish but a fault.
const (
	NotFound Class = iota + 1 // not there, or not for this viewer: the same answer
	Invalid                   // cannot be taken as it is
	Refused                   // against a rule of the method
	Conflict                  // somebody else was first; look again
)

// Refusal is a no to a command. It carries a key into the texts on screen
// and never a sentence, a name or anybody's words.
type Refusal struct {
	Class Class
	Key   string
	Max   int // the limit that was passed, where there is one
}

func (r *Refusal) Error() string { return r.Key }

// Is makes errors.Is true for two refusals of one class and key.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Class == r.Class && t.Key == r.Key
}

// ErrNotFound answers an id that does not exist and one that is not for this
// viewer alike.
var ErrNotFound = &Refusal{Class: NotFound, Key: "error.not_found"}

// ErrChanged answers a form that was made before the statement changed.
var ErrChanged = &Refusal{Class: Conflict, Key: "conflict.changed"}

func invalid(key string) error { return &Refusal{Class: Invalid, Key: key} }
func refused(key string) error { return &Refusal{Class: Refused, Key: key} }
