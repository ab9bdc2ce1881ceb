package account

import (
	"context"
	"errors"
	"time"

	"samenspel"
)

// ErrTaken answers a sign-in name that somebody else has.
var ErrTaken = errors.New("account: somebody else signs in by this name")

// Marker makes a mark of what may not be kept, by which it can be found again.
// Without its key nobody can try out what a mark is of. A purpose is part of
// the mark.
type Marker interface {
	Mark(purpose string, plain []byte) [32]byte
}

// Credential is the password and the second factor of somebody. It opens
// nothing by itself, and tells nobody by which name they sign in.
type Credential struct {
	Person samenspel.PersonID
	Name   Hash   // the mark of the sign-in name
	Salt   []byte // of the password
	Hash   Hash   // of the password, stretched
	Cost   Cost   // of that
	Factor []byte // the second factor, sealed
	Step   int64  // the last step of it that was used
	Made   time.Time
	Left   int // how many recovery codes are left; a store counts them itself
}

// Once is the mark of what may be used once, and when it is over by itself.
type Once struct {
	Mark  Hash
	Until time.Time
}

// Proof is what somebody shows who signs in, after their password: a step of
// their second factor, or a recovery code where Step is zero.
type Proof struct {
	Once
	Name     Hash // of the sign-in name, whose tries are over
	Step     int64
	Recovery Hash
}

// BackIn is one time that somebody with a way in of their own came in by a
// link that another made.
type BackIn struct {
	Link   string // its id
	MadeBy samenspel.PersonID
	At     time.Time
}

// CredentialStore keeps by what people come in on their own. For what it
// promises see [Store].
type CredentialStore interface {
	// KeepCredential keeps the password of somebody with the marks of the
	// recovery codes, in the place of those they had, spends what it was set up
	// with, and starts a session: all of it or nothing. It gives ErrTaken when
	// another has the name, and ErrNoEntry when it was spent before.
	KeepCredential(ctx context.Context, c Credential, recovery []Hash, spend Once, a Arrival) error
	// Credential gives the password of somebody, or ErrNoEntry.
	Credential(ctx context.Context, person samenspel.PersonID) (Credential, error)
	// CredentialOf gives the password with this sign-in name, or ErrNoEntry.
	CredentialOf(ctx context.Context, name Hash) (Credential, error)
	// KeepRecovery puts recovery codes in the place of those that are left. It
	// gives ErrNoEntry where there is no password.
	KeepRecovery(ctx context.Context, person samenspel.PersonID, recovery []Hash) error
	// DropCredential deletes the password of somebody and their recovery codes.
	DropCredential(ctx context.Context, person samenspel.PersonID) error
	// Prove spends a proof and starts a session: both or neither. It gives
	// ErrNoEntry when the proof was spent before, when its step is not later
	// than the last one, or when the recovery code is none that is left. The
	// tries at the name are forgotten.
	Prove(ctx context.Context, p Proof, a Arrival) error

	// TryName counts a try at a sign-in name as a wrong one before it is known what
	// it is, and gives the tries as they were before: of many who try together no
	// more than MostTries find it open. At a name that is closed nothing is
	// counted.
	TryName(ctx context.Context, name Hash, at time.Time) (before Tries, err error)
	// ForgiveName takes one try back that was not wrong.
	ForgiveName(ctx context.Context, name Hash) error

	// SetOnlyOwn keeps whether somebody comes in by their own ways alone.
	SetOnlyOwn(ctx context.Context, person samenspel.PersonID, only bool) error
	// OnlyOwn tells whether they do.
	OnlyOwn(ctx context.Context, person samenspel.PersonID) (bool, error)
	// BackIns gives the times that somebody came in by another's link and did
	// not say yet that they know of it, the oldest first.
	BackIns(ctx context.Context, person samenspel.PersonID) ([]BackIn, error)
	// KnowBackIns forgets them, up to and with the moment that was shown.
	KnowBackIns(ctx context.Context, person samenspel.PersonID, until time.Time) error
}

// MostTries is how often somebody may try a sign-in name within a round before
// it closes for a while: the project's requirement.
const MostTries = 5

// The times that tries take. Each time that a name closes, it does so for
// twice as long.
const (
	triesRound = 15 * time.Minute
	mostClosed = 4 * time.Hour
	TriesKept  = 24 * time.Hour // after which all is forgotten
)

// Tries are the wrong tries at one sign-in name, there or not.
type Tries struct {
	Wrong  int       // in this round
	Since  time.Time // when the round began
	Closed int       // how often it was closed in a row
	Until  time.Time // when it opens again; may be past
}

// Open reports whether the name may be tried.
func (t Tries) Open(now time.Time) bool { return !now.Before(t.Until) }

// Over reports whether all may be forgotten.
func (t Tries) Over(now time.Time) bool {
	return now.Sub(t.Since) >= TriesKept && now.Sub(t.Until) >= TriesKept
}

// And are the tries with one more, at a name that is open.
func (t Tries) And(now time.Time) Tries {
	if t.Over(now) {
		t = Tries{}
	}
	if t.Wrong >= MostTries || now.Sub(t.Since) >= triesRound {
		t.Wrong, t.Since = 0, now
	}
	if t.Wrong++; t.Wrong == MostTries {
		t.Until = now.Add(min(triesRound<<min(t.Closed, 8), mostClosed))
		t.Closed++
	}
	return t
}

// But are the tries without one that was not wrong.
func (t Tries) But() Tries {
	if t.Wrong == MostTries {
		t.Closed, t.Until = t.Closed-1, time.Time{}
	}
	t.Wrong = max(0, t.Wrong-1)
	return t
}

// TooSoonError says when a sign-in name may be tried again.
type TooSoonError struct{ Until time.Time }

func (e *TooSoonError) Error() string { return "account: too many tries" }
