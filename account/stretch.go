package account

import (
	"context"
	"crypto/subtle"
	"errors"

	"golang.org/x/crypto/argon2"
)

// ErrBusy answers when so many wait for a password to be looked at that one
// more would have to wait too long.
var ErrBusy = errors.New("account: too many sign in at once")

// Cost is what it costs to look at a password once.
type Cost struct {
	Memory uint32 // in KiB
	Passes uint32
	Lanes  uint8
}

// ordinary is the cost of new passwords, the first that OWASP advises for
// Argon2id. It stands beside each hash, so that it can be raised later.
var ordinary = Cost{Memory: 19 << 10, Passes: 2, Lanes: 1}

// sane reports whether a cost is one that this program may have written: a
// row that somebody changed does not stop it.
func (c Cost) sane() bool {
	return c.Memory >= 8 && c.Memory <= 256<<10 && c.Passes >= 1 && c.Passes <= 16 && c.Lanes >= 1 && c.Lanes <= 8
}

// Stretcher makes a short secret costly to guess.
type Stretcher interface {
	Stretch(ctx context.Context, secret, salt []byte, c Cost) (Hash, error)
}

// The room for passwords. With four at once they take 76 MiB; who stands last
// in line waits about a second on a slow machine.
const (
	atOnce  = 4
	mostIn  = 64
	saltLen = 16
)

// Argon stretches by Argon2id (RFC 9106): a few at a time, while the others
// wait in line.
type Argon struct{ line, room chan struct{} }

// NewArgon gives one that nobody uses yet.
func NewArgon() *Argon {
	return &Argon{line: make(chan struct{}, mostIn), room: make(chan struct{}, atOnce)}
}

// Stretch gives ErrBusy when the line is full, and the error of the context
// when that ends first.
func (a *Argon) Stretch(ctx context.Context, secret, salt []byte, c Cost) (h Hash, err error) {
	if !c.sane() {
		return Hash{}, errors.New("account: the cost of a password is not one of this program")
	}
	select {
	case a.line <- struct{}{}:
		defer func() { <-a.line }()
	default:
		return Hash{}, ErrBusy
	}
	select {
	case a.room <- struct{}{}:
		defer func() { <-a.room }()
	case <-ctx.Done():
		return Hash{}, ctx.Err()
	}
	copy(h[:], argon2.IDKey(secret, salt, c.Passes, c.Memory, c.Lanes, uint32(len(h))))
	return h, nil
}

// equal compares without telling by its time how much is equal.
func equal(a, b Hash) bool { return subtle.ConstantTimeCompare(a[:], b[:]) == 1 }
