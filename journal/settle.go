package journal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
)

// The secrets of the house. They outlive every master key: what follows from
// them must stay the same when the key is changed.
const (
	storySecret = "story" // the seed of the signer of stories
	markSecret  = "mark"  // the key of the marks
)

// secrets are those of the house, opened, by their names.
type secrets map[string][]byte

// sealOfSecret is what a secret of the house is sealed for.
func sealOfSecret(name string) string { return "house secret " + name }

// SealOfSecret gives what binds a secret of the house to its name.
func SealOfSecret(name string) Purpose { return Purpose(sealOfSecret(name)) }

// secretFor gives a secret of the house, or what follows from the master key
// alone before there is a house.
func (m *Master) secretFor(name string) ([]byte, error) {
	if house := m.house.Load(); house != nil {
		return (*house)[name], nil
	}
	return m.derive(name)
}

// Settle brings the key and a store together before anything else is read: it
// looks whether it is the key of this store, writes down that a change to it
// has begun when it replaces the one that was, and opens the secrets of the
// house, which it makes at the first start. It gives changing when values may
// still be under the key before: [Master.Renew] has to run.
//
// It gives ErrWrongMaster, ErrUnfinished or ErrSwapped, and then has changed
// nothing.
func (m *Master) Settle(ctx context.Context, safe Safe, newID func() string) (changing bool, err error) {
	record, err := safe.MasterRecord(ctx)
	if err == nil && record == (MasterRecord{}) {
		record, err = m.adopt(ctx, safe, newID)
	}
	if err == nil {
		record, err = m.begin(ctx, safe, record)
	}
	if err == nil {
		err = m.openHouse(ctx, safe, false)
	}
	if err != nil {
		return false, fmt.Errorf("settle the master key: %w", err)
	}
	return record.Before != (Fingerprint{}), nil
}

// adopt writes the first record of a store: of a new one, or of one that was
// filled before there were records. Something of what is in it must open.
func (m *Master) adopt(ctx context.Context, safe Safe, newID func() string) (MasterRecord, error) {
	first := m
	if before := m.before.Load(); before != nil {
		first = before
	}
	held, err := safe.Held(ctx, Place{}, renewBatch)
	if err != nil {
		return MasterRecord{}, err
	}
	opens := func(h Held) bool {
		_, err := h.Bound.anew(first, h.Value)
		return err == nil
	}
	if len(held) > 0 && !slices.ContainsFunc(held, opens) {
		return MasterRecord{}, ErrWrongMaster
	}
	// The secrets come first: with the record, what was there before is no
	// longer seen to be from before.
	if err := first.openHouse(ctx, safe, len(held) > 0); err != nil {
		return MasterRecord{}, err
	}
	record := MasterRecord{Installation: newID(), Current: first.name}
	return record, safe.SetMasterRecord(ctx, MasterRecord{}, record)
}

// begin holds the key, and the one before, against the record. The record that
// it gives is the one that stands there now.
func (m *Master) begin(ctx context.Context, safe Safe, is MasterRecord) (MasterRecord, error) {
	var before Fingerprint
	if m.before.Load() != nil {
		before = m.before.Load().name
	}
	none := Fingerprint{}
	switch {
	case is.Current == m.name && is.Before == before:
		return is, nil
	case is.Current == m.name && is.Before == none:
		m.before.Store(nil) // all is under the new key already
		return is, nil
	case is.Before == none && is.Current == before:
		next := is
		next.Current, next.Before = m.name, before
		return next, safe.SetMasterRecord(ctx, is, next)
	case is.Before == m.name && is.Current == before:
		return is, ErrSwapped
	case is.Before != none && (is.Current == m.name || is.Before == m.name || is.Before == before && before != none):
		return is, ErrUnfinished
	}
	return is, ErrWrongMaster
}

// openHouse opens the secrets of the house and makes those that are missing.
// A store from before there were any keeps the signer that it had.
func (m *Master) openHouse(ctx context.Context, safe Safe, fromBefore bool) error {
	for _, name := range []string{storySecret, markSecret} {
		if err := m.makeSecret(ctx, safe, name, fromBefore && name == storySecret); err != nil {
			return err
		}
	}
	sealed, err := safe.HouseSecrets(ctx)
	if err != nil {
		return err
	}
	house := secrets{}
	for name, value := range sealed {
		if house[name], err = m.Open(sealOfSecret(name), value); err != nil {
			return err
		}
	}
	m.house.Store(&house)
	return nil
}

// makeSecret makes a secret of the house unless it is there.
func (m *Master) makeSecret(ctx context.Context, safe Safe, name string, derived bool) error {
	known, err := safe.HouseSecrets(ctx)
	if err != nil || known[name] != nil {
		return err
	}
	secret := make([]byte, keySize)
	rand.Read(secret)
	if derived {
		if secret, err = m.derive(name); err != nil {
			return err
		}
	}
	sealed, err := m.Seal(sealOfSecret(name), secret)
	if err != nil {
		return err
	}
	if err := safe.AddHouseSecret(ctx, name, sealed); !errors.Is(err, ErrConflict) {
		return err
	}
	return nil // another instance was first; its own is the one
}
