package samenspel

import "time"

// Command is a wish with its own id and its two times.
type Command struct {
	ID      CommandID
	Made    time.Time // on the device, by the device's clock
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

// Undo takes back the actor's last act, as long as nobody has touched the
// same thing since.
type Undo struct{ Command CommandID }

func (w Undo) decide(t turn) ([]Event, error) {
	last := t.acts[t.by.id]
	if last == nil || last.command != w.Command || len(last.undo) == 0 {
		return nil, refused("refused.undo_gone")
	}
	for _, subject := range last.subjects {
		if t.touched[subject] != last.command {
			return nil, refused("refused.undo_gone")
		}
	}
	return last.undo, nil
}
