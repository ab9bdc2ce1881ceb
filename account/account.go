// Package account knows who is at the door: the people, the one-time links
// that let them in, and the sessions that keep them in.
//
// Nobody has a password. Somebody comes in by a link that was made for one
// person and one purpose, and works once. What opens something (the secret of
// a link, the token of a session) is random, shown once, and kept only as its
// SHA-256. Names are sealed before they reach the store.
//
// Whether somebody may make a link, or sit at a table, is not asked here: the
// door only tells who it is.
package account

import (
	"errors"
	"time"

	"samenspel"
)

// ErrNoEntry answers whatever the door does not open for: a secret or token
// that is malformed, unknown, used, withdrawn, expired or ended, and a person
// that it does not know. They all look the same from outside.
var ErrNoEntry = errors.New("account: no entry")

// The limits of a session. OWASP ASVS 5.0 asks for an idle limit (7.3.1) and
// an absolute one (7.3.2); the lengths are the project's requirement. Anybody
// may have several sessions at once, and end them all (7.1.2).
const (
	IdleLimit  = 30 * time.Minute
	StaffLimit = 12 * time.Hour // administrators, professionals, colleagues
	OtherLimit = 24 * time.Hour // everybody else
)

// The time that a link stays open, by the project's requirement for
// invitations. A link that gives rights in the whole program closes sooner.
const (
	LinkLimit      = 7 * 24 * time.Hour
	StaffLinkLimit = 72 * time.Hour
)

// renewAfter is how old the last use of a session must be before a new use is
// written, so that looking at a page is hardly ever a write. It makes the
// idle limit at most this much shorter.
const renewAfter = time.Minute

// keepOver is how long what is over stays in the store before it is swept.
const keepOver = 24 * time.Hour

// Person is somebody whom the door knows.
type Person struct {
	ID       samenspel.PersonID
	Admin    bool            // looks after the program: lets professionals in
	MayBegin bool            // a professional who may begin alliances
	Name     samenspel.Words // what they called themselves last, or empty
}

// Purpose is what a link lets somebody in for.
type Purpose string

// The four purposes.
const (
	Administrator Purpose = "administrator" // becomes an administrator
	Professional  Purpose = "professional"  // becomes one who may begin alliances
	Partner       Purpose = "partner"       // takes a place in an alliance
	Back          Purpose = "back"          // comes in again, on a new device
)

// limit is how long a link for this purpose stays open.
func (p Purpose) limit() time.Duration {
	if p == Administrator || p == Professional {
		return StaffLinkLimit
	}
	return LinkLimit
}

// Link lets one person in once. Its secret is no part of it.
type Link struct {
	ID      string
	Purpose Purpose
	// Person is fixed when the link is made, for a newcomer too: whoever
	// starts to enter twice is one and the same.
	Person   samenspel.PersonID
	Alliance samenspel.AllianceID // only for Partner
	Partner  samenspel.PartnerID  // only for Partner
	MadeBy   samenspel.PersonID   // empty: the program, at its first start
	Expires  time.Time
	Used     time.Time // zero while unused
}

// open reports whether the link lets somebody in at this moment.
func (l Link) open(now time.Time) bool { return l.Used.IsZero() && now.Before(l.Expires) }

// check refuses a link that no door could act on.
func (l Link) check() error {
	place := l.Alliance != "" && l.Partner != ""
	noPlace := l.Alliance == "" && l.Partner == ""
	switch l.Purpose {
	case Administrator, Professional:
		if noPlace {
			return nil
		}
	case Partner:
		if place {
			return nil
		}
	case Back:
		if noPlace && l.Person != "" {
			return nil
		}
	}
	return errors.New("account: the purpose of the link does not fit with whom or what it is for")
}

// replaces names the unused links that this one stands in for.
func (l Link) replaces() Unused {
	if l.Purpose == Partner {
		return Unused{Purpose: Partner, Alliance: l.Alliance, Partner: l.Partner}
	}
	return Unused{Purpose: l.Purpose, Person: l.Person}
}

// Session is one person on one device. Its token is no part of it.
type Session struct {
	Person   samenspel.PersonID
	Staff    bool // falls under StaffLimit
	Made     time.Time
	LastUsed time.Time // to within a minute
}

// Ends is the moment at which the session is over if it is not used again.
func (s Session) Ends() time.Time {
	limit := OtherLimit
	if s.Staff {
		limit = StaffLimit
	}
	idle, whole := s.LastUsed.Add(IdleLimit), s.Made.Add(limit)
	if idle.Before(whole) {
		return idle
	}
	return whole
}
