package journal

import (
	"context"
	"errors"
	"fmt"
)

// renewBatch is how many values go in one transaction: a few milliseconds for
// whoever waits to write behind it.
const renewBatch = 256

// Renewed says what a change of the master key came to.
type Renewed struct {
	Values  int64 // that hang on the new key
	Damaged int64 // that neither key opens, and that are left as they are
}

// Renew brings all that a store holds under this key, in small changes of
// which each is durable, and then writes down that the key before is no
// longer needed. Others read and write meanwhile. Stopped at any moment, it
// goes on where it was when it is called again. Report is told how far it is.
//
// Only keys are wrapped anew: the keys of alliances, and with them everything
// that was sealed under those, stay what they are.
func (m *Master) Renew(ctx context.Context, safe Safe, report func(done, all int64)) (Renewed, error) {
	all, err := safe.HowMany(ctx)
	if err != nil {
		return Renewed{}, fmt.Errorf("change the master key: %w", err)
	}
	for {
		pass, changed, err := m.pass(ctx, safe, func(done int64) { report(done, max(done, all)) })
		if err != nil {
			return Renewed{}, fmt.Errorf("change the master key: %w", err)
		}
		// A pass that found nothing to do saw all of it under the new key:
		// also what another instance wrote while the pass before went on.
		if changed == 0 {
			if err := m.settled(ctx, safe); err != nil {
				return Renewed{}, fmt.Errorf("change the master key: %w", err)
			}
			return pass, nil
		}
		report = func(int64, int64) {} // the next one only looks
	}
}

// pass goes once along all values.
func (m *Master) pass(ctx context.Context, safe Safe, report func(done int64)) (r Renewed, changed int64, err error) {
	var after Place
	for {
		held, err := safe.Held(ctx, after, renewBatch)
		if err != nil || len(held) == 0 {
			return r, changed, err
		}
		var renewals []Renewal
		for _, h := range held {
			value, err := h.Bound.anew(m, h.Value)
			switch {
			case errors.Is(err, ErrDamaged):
				r.Damaged++
				continue
			case err != nil:
				return r, changed, err
			case value != nil:
				renewals = append(renewals, Renewal{Held: h, New: value})
			}
			r.Values++
		}
		if len(renewals) > 0 {
			if _, err := safe.Renew(ctx, renewals); err != nil {
				return r, changed, err
			}
		}
		changed += int64(len(renewals))
		after = held[len(held)-1].Place
		report(r.Values + r.Damaged)
	}
}

// settled writes down that nothing is under the key before.
func (m *Master) settled(ctx context.Context, safe Safe) error {
	for {
		was, err := safe.MasterRecord(ctx)
		if err != nil || was.Before == (Fingerprint{}) {
			return err
		}
		if was.Current != m.name {
			return ErrWrongMaster // somebody began another change
		}
		is := was
		is.Before = Fingerprint{}
		if err := safe.SetMasterRecord(ctx, was, is); !errors.Is(err, ErrConflict) {
			return err
		}
	}
}
