// Package account knows who is at the door: the people, the one-time links
// and the passkeys that let them in, and the sessions that keep them in.
//
// Somebody comes in first by a link that was made for one person and one
// purpose, and works once, with a short code that goes another way than the
// link. After that they may have a way of their own, such as a password with a
// second factor; a password alone lets nobody in. What opens something (the
// secret of a link, the token of a session) is random, shown once, and kept
// only as its SHA-256. Names are sealed before they reach the store, and of a
// sign-in name there is only a keyed mark.
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
// that is malformed, unknown, used, withdrawn, closed, expired or ended, a
// wrong code, and a person that it does not know. They all look the same from
// outside.
var ErrNoEntry = errors.New("account: no entry")

// The limits of a session. OWASP ASVS 5.0 asks for an idle limit (7.3.1) and
// an absolute one (7.3.2); the lengths are the project's requirement. Anybody
// may have several sessions at once, and end them all (7.1.2).
const (
	IdleLimit  = 30 * time.Minute
	ShareLimit = 10 * time.Minute // idle, on a device that others use too
	StaffLimit = 12 * time.Hour   // administrators, professionals, colleagues
	OtherLimit = 24 * time.Hour   // everybody else
)

// The time that a link stays open, by the project's requirement for
// invitations. A link that gives rights in the whole program closes sooner.
const (
	LinkLimit      = 7 * 24 * time.Hour
	StaffLinkLimit = 72 * time.Hour
)

// againLimit is how long a form that let somebody in may be sent again: twice
// by one tap too many, or anew when the answer got lost on the way.
const againLimit = 10 * time.Minute

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
	Officer  bool            // watches over privacy: sees who did what, never what was said
	MayBegin bool            // a professional who may begin alliances
	Closed   bool            // stopped working here: comes in no more
	Name     samenspel.Words // what they called themselves last, or empty
}

// Rights are what somebody may in the whole program.
type Rights struct{ Admin, Officer, MayBegin, Closed bool }

// ErrLastAdministrator says that nobody would be left to look after the
// program.
var ErrLastAdministrator = errors.New("account: the last administrator")

// Staff reports whether somebody has rights in the whole program.
func (p Person) Staff() bool { return p.Admin || p.Officer || p.MayBegin }

// Purpose is what a link lets somebody in for.
type Purpose string

// The five purposes.
const (
	Administrator Purpose = "administrator" // becomes an administrator
	Officer       Purpose = "officer"       // becomes a privacy officer
	Professional  Purpose = "professional"  // becomes one who may begin alliances
	Partner       Purpose = "partner"       // takes a place in an alliance
	Back          Purpose = "back"          // comes in again, on a new device
)

// limit is how long a link for this purpose stays open.
func (p Purpose) limit() time.Duration {
	if p == Administrator || p == Officer || p == Professional {
		return StaffLinkLimit
	}
	return LinkLimit
}

// coded reports whether a link for this purpose opens only with a code. The
// program itself prints the link of an administrator: a code would stand
// beside it and go the same way.
func (p Purpose) coded() bool { return p != Administrator }

// Key is what somebody shows at the door.
type Key struct {
	Secret string // of the link
	Code   string // given by voice or on paper, never with the link; "" for a link without one
	// Form is an id, hard to guess, of the form that the key is sent with, or
	// "". The same form sent again counts as once.
	Form string
}

// Link lets one person in once. Its secret and its code are no part of it.
type Link struct {
	ID      string
	Purpose Purpose
	// Person is fixed when the link is made, for a newcomer too: whoever
	// starts to enter twice is one and the same.
	Person   samenspel.PersonID
	Alliance samenspel.AllianceID // for Partner; for Back the one where it was made, if any
	Partner  samenspel.PartnerID  // with Alliance
	MadeBy   samenspel.PersonID   // empty: the program, at its first start
	Expires  time.Time
	Code     Hash      // under the secret; zero for a link that needs none
	Wrong    int       // how often a wrong code was given
	Used     time.Time // zero while unused
	UsedBy   Hash      // of the form that used it; zero while unused
}

// Closed reports whether too many wrong codes have closed the link for good.
func (l Link) Closed() bool { return l.Wrong >= MostWrong }

// Open reports whether the link lets somebody in at this moment.
func (l Link) Open(now time.Time) bool {
	return l.Used.IsZero() && now.Before(l.Expires) && !l.Closed()
}

// OpenTo reports whether it lets in who sends this form: also the one that it
// has just let in.
func (l Link) OpenTo(form Hash, now time.Time) bool {
	again := !l.Used.IsZero() && form != Hash{} && l.UsedBy == form
	return l.Open(now) || again && now.Sub(l.Used) < againLimit
}

// check refuses a link that no door could act on.
func (l Link) check() error {
	place := l.Alliance != "" && l.Partner != ""
	noPlace := l.Alliance == "" && l.Partner == ""
	switch l.Purpose {
	case Administrator, Officer, Professional:
		if noPlace {
			return nil
		}
	case Partner:
		if place {
			return nil
		}
	case Back:
		if (place || noPlace) && l.Person != "" {
			return nil
		}
	}
	return errors.New("account: the purpose of the link does not fit with whom or what it is for")
}

// replaces names the unused links that this one stands in for. A way back
// that was made in one alliance leaves those of another alone: nobody learns
// there that it was made.
func (l Link) replaces() Unused {
	if l.Purpose == Partner {
		return Unused{Purpose: Partner, Alliance: l.Alliance, Partner: l.Partner}
	}
	return Unused{Purpose: l.Purpose, Alliance: l.Alliance, Partner: l.Partner, Person: l.Person}
}

// Way is how somebody showed at the door who they are. The words are stable.
type Way string

// The ways in. ByPassword is with a second factor. An invented person of the
// demo comes in by its own.
const (
	ByLink         Way = "link"
	ByPasskey      Way = "passkey"
	ByPassword     Way = "password"
	ByOrganisation Way = "organisation"
	ByDemo         Way = "demo"
)

// Strong reports whether it takes two factors, or what counts as two: more
// than a link that somebody else made.
func (w Way) Strong() bool { return w != ByLink && w != "" }

// How is how somebody comes in.
type How struct {
	By     Way
	Staff  bool   // falls under StaffLimit
	Shared bool   // falls under ShareLimit
	Device string // a stable word for what they look with, or ""; no address
}

// Session is one person on one device. Its token is no part of it.
type Session struct {
	ID     string // the [SessionID]
	Person samenspel.PersonID
	How
	Made     time.Time
	LastUsed time.Time // to within a minute
}

// mostAhead is how far ahead of now a session may have begun: the clock was put
// back since. One that began later began by a clock that was wrong.
const mostAhead = 25 * time.Hour

// over reports whether the session has ended.
func (s Session) over(now time.Time) bool {
	return !now.Before(s.Ends()) || s.Made.Sub(now) > mostAhead
}

// Ends is the moment at which the session is over if it is not used again.
func (s Session) Ends() time.Time {
	limit := OtherLimit
	if s.Staff {
		limit = StaffLimit
	}
	idle, whole := s.LastUsed.Add(IdleLimit), s.Made.Add(limit)
	if s.Shared {
		idle = s.LastUsed.Add(ShareLimit)
	}
	if idle.Before(whole) {
		return idle
	}
	return whole
}
