package page

import (
	"time"

	"samenspel"
)

// consentPages are the pages of consent.go in package web.
var consentPages = []Page{Consents{}, Scratch{}}

// Consents has consent in its separate kinds, each in a part of its own.
type Consents struct {
	*Frame
	Wrong           string // the form that the trouble is about
	Ground          samenspel.BasisGround
	To, What, Until string // as typed
}

// C is what the reader sees of it.
func (p Consents) C() samenspel.SeenConsents { return p.Seen.Consents }

// Grounds are those on which words may be kept.
func (p Consents) Grounds() []samenspel.BasisGround { return samenspel.BasisGrounds[:] }

// Leave gives a release, or an agreement with help, with its frame.
func (p Consents) Leave(kind string, l samenspel.SeenLeave) LeavePart {
	return LeavePart{p.Frame, kind, l}
}

// In gives what was typed in a form, where the trouble is about that one.
func (p Consents) In(form string) Consents {
	if p.Wrong != form {
		p.To, p.What, p.Until = "", "", ""
	}
	return p
}

// LeavePart is one of them.
type LeavePart struct {
	*Frame
	Kind string // "release" or "care"
	L    samenspel.SeenLeave
}

// Mine reports whether the reader gave it.
func (l LeavePart) Mine() bool { return l.L.By == l.Seen.You }

// Stands reports whether it holds today.
func (l LeavePart) Stands() bool { return l.L.Stands(l.Now) }

// LastDay is the last day on which it holds.
func (l LeavePart) LastDay() time.Time { return l.L.Until.In(l.Now.Location()).AddDate(0, 0, -1) }

// Scratch is the reader's scratch pad.
type Scratch struct {
	*Frame
	Post  Post
	Words string
}

// DaysLeft is in how many days a scratch empties itself, at least 1.
func (p Scratch) DaysLeft(c samenspel.SeenScratch) int {
	return int((c.Until.Sub(p.Now) + 24*time.Hour - 1) / (24 * time.Hour))
}

// Grounds are those on which a colleague of another organisation is asked in.
func (p Invite) Grounds() []samenspel.InviteGround {
	if p.You().Role == samenspel.Vrager {
		return nil // they ask whom they want
	}
	return samenspel.InviteGrounds[:]
}
