package account

import (
	"context"
	"time"

	"samenspel"
)

// Store keeps what the door knows. It gets hashes and sealed names, never a
// secret, a token or a name.
//
// What a method changes is durable and whole when it returns nil, and not
// there at all when it returns an error. Times are in UTC and in whole
// milliseconds. Package accounttest holds the tests that every store passes.
type Store interface {
	// AddLink keeps a link under the hash of its secret, and deletes the
	// unused links that it replaces.
	AddLink(ctx context.Context, secret Hash, l Link, replaces Unused) error
	// Link gives a link as it was kept, used and expired ones too. It gives
	// ErrNoEntry when there is none.
	Link(ctx context.Context, secret Hash) (Link, error)
	// Links gives the unused links of an alliance, expired and closed ones
	// too, the one that expires last at the end.
	Links(ctx context.Context, alliance samenspel.AllianceID) ([]Link, error)
	// Withdraw deletes unused links.
	Withdraw(ctx context.Context, links Unused) error

	// Try holds a code against an open link and gives the link as it is
	// after. A wrong code is counted before the answer: of many who try
	// together, no more than MostWrong are held against the link. It gives
	// right = false for a wrong code and for a link that is not open, and
	// ErrNoEntry when there is no such link.
	Try(ctx context.Context, secret, code Hash, at time.Time) (l Link, right bool, err error)
	// Enter marks a link as used at the moment that the session is made and
	// does what Start does, both or neither. It gives ErrNoEntry when the
	// code is another, or the link is not there or not open to the form
	// ([Link.OpenTo]) by then. A form that is sent again starts a session
	// again; the link stays used at its first moment.
	Enter(ctx context.Context, key HashedKey, a Arrival) error
	// Start keeps the person and the session, ends the others where the arrival
	// says so, and keeps what is to be told. It gives ErrNoEntry, and Enter
	// does, for somebody who stopped working here.
	Start(ctx context.Context, a Arrival) error

	// Person gives somebody who was kept before, or ErrNoEntry.
	Person(ctx context.Context, id samenspel.PersonID) (SealedPerson, error)
	// Staff gives everybody who is an administrator or a privacy officer or may
	// begin alliances, and those who stopped, in the order of their ids.
	Staff(ctx context.Context) ([]SealedPerson, error)

	// SetRights changes what somebody may who was kept before, takes away what
	// is not given, and deletes all their sessions and unused links: the next
	// look is with the new rights. It gives ErrNoEntry for somebody who is not
	// known, and ErrLastAdministrator when no administrator would be left who
	// comes in.
	SetRights(ctx context.Context, id samenspel.PersonID, r Rights) error

	// Session gives a session as it was kept, expired ones too. It gives
	// ErrNoEntry when there is none.
	Session(ctx context.Context, token Hash) (Session, error)
	// Renew moves the last use of a session forward, never back. A session
	// that is not there stays away.
	Renew(ctx context.Context, token Hash, at time.Time) error
	// Sessions gives the sessions of somebody, the oldest first.
	Sessions(ctx context.Context, person samenspel.PersonID) ([]Session, error)
	// End deletes a session, if it is there.
	End(ctx context.Context, token Hash) error
	// EndAll deletes the sessions of somebody.
	EndAll(ctx context.Context, person samenspel.PersonID) error
	// EndOne deletes the session of somebody with this [SessionID], if it is
	// there.
	EndOne(ctx context.Context, person samenspel.PersonID, id string) error

	// Sweep deletes links that expired, and sessions that were last used,
	// before a moment.
	Sweep(ctx context.Context, before time.Time) error

	PasskeyStore
}

// Unused names unused links: those of one purpose and, where the other fields
// are not empty, of one place or one person.
type Unused struct {
	Purpose  Purpose
	Alliance samenspel.AllianceID
	Partner  samenspel.PartnerID
	Person   samenspel.PersonID
}

// HashedKey is a [Key] as the store has it.
type HashedKey struct{ Secret, Code, Form Hash }

// Arrival is somebody who comes in: who they are and the session that begins.
type Arrival struct {
	Person  SealedPerson
	Token   Hash
	Session Session
	Alone   bool    // the other sessions of this person end
	Tell    *BackIn // what is to be told to them, or nil
}

// SealedPerson is a [Person] as the store has them. Keeping one again never
// takes a right away; a nil Name leaves the name that was there.
type SealedPerson struct {
	ID       samenspel.PersonID
	Admin    bool
	Officer  bool
	MayBegin bool
	Closed   bool   // only SetRights changes it
	Name     []byte // sealed, or nil for no name
}

// Sealer closes and opens what may not lie in plain text. A purpose is part
// of the seal: what was sealed for one does not open for another.
type Sealer interface {
	Seal(purpose string, plain []byte) ([]byte, error)
	Open(purpose string, sealed []byte) ([]byte, error)
}

// Staff reports whether somebody has rights in the whole program.
func (p SealedPerson) Staff() bool { return p.Admin || p.Officer || p.MayBegin }
