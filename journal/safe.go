package journal

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// Safe is what a store does with all that hangs on the master key, so that
// the key can be changed. Package safetest says, as tests, what it promises.
type Safe interface {
	// MasterRecord gives the zero record when none was set yet.
	MasterRecord(ctx context.Context) (MasterRecord, error)
	// SetMasterRecord puts one record in the place of another and returns nil
	// once it is durable. It gives ErrConflict when the other is not there.
	SetMasterRecord(ctx context.Context, was, is MasterRecord) error
	// HouseSecrets gives the sealed secrets of the house by their names.
	HouseSecrets(ctx context.Context) (map[string][]byte, error)
	// AddHouseSecret keeps one, durably, or gives ErrConflict when there is
	// one of that name: a secret of the house never changes.
	AddHouseSecret(ctx context.Context, name string, sealed []byte) error

	// Held gives the next values behind a place, at most so many and none
	// only at the end, in an order of the store's own in which a value keeps
	// its place. The zero Place is before the first.
	Held(ctx context.Context, after Place, most int) ([]Held, error)
	// HowMany gives how many values there are.
	HowMany(ctx context.Context) (int64, error)
	// Renew puts each new value in the place of the one that was read, in one
	// change that is durable when it returns nil. A value that has changed
	// since, or that is gone, is left as it is. It gives how many were put.
	Renew(ctx context.Context, renewals []Renewal) (int64, error)
}

// MasterRecord says which master key a store is under. It is a guide for
// whoever starts the program; what opens is decided by the seals.
type MasterRecord struct {
	Installation string      // an id of this store, which no change of key changes
	Current      Fingerprint // of the key that seals
	Before       Fingerprint // of the key from before, as long as values may be under it
	Entrusted    Fingerprint // of the key that was last sealed for a person of trust
	EntrustedAt  time.Time   // in UTC and whole seconds
}

// Place is where a value stands. Only the store reads it.
type Place struct {
	Shelf string
	Row   []any
}

// Held is one value that hangs on the master key, and what it is bound to.
type Held struct {
	Place Place
	Value []byte
	Bound Bound
}

// Renewal is a new value in the place of one that was read.
type Renewal struct {
	Held
	New []byte
}

// Bound is how a value hangs on the master key, and in which place: a
// [KeyOf], a [Head], a [Register] or a [Purpose].
type Bound interface {
	// anew gives the value under the master key, or nil when it is so already.
	// A value that hangs neither on it nor on the one before is ErrDamaged:
	// renewing never makes right what was not.
	anew(m *Master, value []byte) ([]byte, error)
}

// KeyOf is a wrapped key, or a destroyed one's mark, in its alliance.
type KeyOf struct {
	Alliance samenspel.AllianceID
	WrappedKey
}

// Purpose is what text was sealed for by [Master.Seal].
type Purpose string

func (k KeyOf) anew(m *Master, value []byte) ([]byte, error) {
	at := place(k.Alliance, k.WrappedKey)
	if _, err := m.wrap.Open(nil, nil, value, at); err == nil {
		return nil, nil
	}
	key, err := m.unwrap(value, at)
	if err != nil {
		return nil, ErrDamaged
	}
	return m.wrap.Seal(nil, nil, key, at), nil
}

func (h Head) anew(m *Master, value []byte) ([]byte, error) {
	return m.signedAnew(value, func(m *Master) []byte { return m.headMAC(h) })
}

func (r Register) anew(m *Master, value []byte) ([]byte, error) {
	return m.signedAnew(value, func(m *Master) []byte { return m.register(r.Alliances).MAC })
}

func (m *Master) signedAnew(value []byte, sign func(*Master) []byte) ([]byte, error) {
	now := sign(m)
	if hmac.Equal(value, now) {
		return nil, nil
	}
	if before := m.before.Load(); before == nil || !hmac.Equal(value, sign(before)) {
		return nil, ErrDamaged
	}
	return now, nil
}

func (p Purpose) anew(m *Master, value []byte) ([]byte, error) {
	if _, err := m.openAlone(string(p), value); err == nil {
		return nil, nil
	}
	plain, err := m.Open(string(p), value)
	if err != nil {
		return nil, err
	}
	return m.Seal(string(p), plain)
}

// Fingerprint names a master key. It follows from the key and tells nothing
// about it. The zero Fingerprint is that of no key.
type Fingerprint [16]byte

// String is the fingerprint as people compare it.
func (f Fingerprint) String() string {
	s := hex.EncodeToString(f[:8])
	return fmt.Sprintf("%s-%s-%s-%s", s[:4], s[4:8], s[8:12], s[12:])
}

// Fingerprint names this key.
func (m *Master) Fingerprint() Fingerprint { return m.name }

// Why a master key is not used for a store, besides ErrWrongMaster.
var (
	// ErrUnfinished says that the master key is being changed, and that both
	// the new key and the one before are needed.
	ErrUnfinished = errors.New("the change of the master key is not finished: both keys are needed")
	// ErrSwapped says that both keys were given, each in the other's place.
	ErrSwapped = errors.New("the new master key and the one before were given in each other's place")
)
