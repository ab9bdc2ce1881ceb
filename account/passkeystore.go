package account

import (
	"context"
	"time"

	"samenspel"
)

// PasskeyStore is the part of a [Store] that is about passkeys, under the same
// promises.
type PasskeyStore interface {
	// AddChallenge keeps a challenge under its hash, and deletes those that
	// are over at this moment.
	AddChallenge(ctx context.Context, asked Hash, c Challenge, at time.Time) error
	// TakeChallenge gives a challenge and deletes it: of many who take one, one
	// gets it. It gives ErrNoEntry to all others.
	TakeChallenge(ctx context.Context, asked Hash) (Challenge, error)

	// Handle gives what the devices of somebody call them by. The first time
	// it becomes fresh.
	Handle(ctx context.Context, person samenspel.PersonID, fresh []byte) ([]byte, error)

	// AddPasskey keeps a passkey. It gives ErrManyPasskeys when its owner has
	// so many already, and ErrNoEntry for a credential that is there already or
	// an owner without a handle.
	AddPasskey(ctx context.Context, k SealedPasskey, most int) error
	// Passkeys gives the passkeys of somebody, the oldest first.
	Passkeys(ctx context.Context, person samenspel.PersonID) ([]SealedPasskey, error)
	// PasskeyOf gives the passkey with a credential and the handle of its
	// owner, or ErrNoEntry.
	PasskeyOf(ctx context.Context, credential []byte) (k SealedPasskey, handle []byte, err error)
	// UsePasskey keeps the passkey as it is after a use ([SealedPasskey.After])
	// and tells whether it was right. It gives ErrNoEntry when it is not there.
	UsePasskey(ctx context.Context, id PasskeyID, u Use) (right bool, err error)
	// NamePasskey gives a passkey of somebody a name, nil for none. It gives
	// ErrNoEntry when they have no such passkey.
	NamePasskey(ctx context.Context, person samenspel.PersonID, id PasskeyID, name []byte) error
	// RemovePasskey deletes a passkey of somebody. It gives ErrNoEntry when
	// they have no such passkey.
	RemovePasskey(ctx context.Context, person samenspel.PersonID, id PasskeyID) error
}

// SealedPasskey is a [Passkey] as the store has it.
type SealedPasskey struct {
	ID     PasskeyID
	Person samenspel.PersonID
	Name   []byte // sealed, or nil for no name
	PublicHalf
	Made, LastUsed, Distrusted time.Time
}
