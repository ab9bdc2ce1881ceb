package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"samenspel"
	"samenspel/journal"
)

// This file holds how an alliance ends for good. Two people decided it in the
// log, and everybody at the table had a week; then a sweep does it. Whatever
// stops it halfway, the next sweep goes on: the alliance is there as a whole,
// or it is destroyed.

// Gone is an alliance that was destroyed, and how it had been kept.
type Gone struct {
	journal.Destroyed
	Keeping samenspel.Keeping
}

// Keeping gives how an alliance is kept, for who has no place at its table. It
// holds no words. It gives [samenspel.ErrNotFound] for one that does not
// exist, or does no longer.
func (w *Workspace) Keeping(ctx context.Context, id samenspel.AllianceID) (samenspel.Keeping, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return samenspel.Keeping{}, err
	}
	defer w.giveBack(t)
	t.looking.RLock()
	defer t.looking.RUnlock()
	if t.stored.Seq() == 0 {
		return samenspel.Keeping{}, samenspel.ErrNotFound
	}
	return t.stored.Keeping(), nil
}

// Kept gives how those alliances are kept that have a regime, or once had, and
// those at whose table none of these people sits: professionals who may be
// gone. Nobody else would say of them how long they are kept.
func (w *Workspace) Kept(ctx context.Context, professionals []samenspel.PersonID) ([]samenspel.Keeping, error) {
	ids, err := w.log.Kept(ctx)
	if err != nil {
		return nil, err
	}
	all, err := w.log.Alliances(ctx)
	if err != nil {
		return nil, err
	}
	tended := map[samenspel.AllianceID]bool{}
	for _, p := range professionals {
		places, err := w.log.AlliancesOf(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, m := range places {
			tended[m.Alliance] = true
		}
	}
	for _, id := range all {
		if !tended[id] {
			ids = append(ids, id)
		}
	}
	return w.keepings(ctx, ids)
}

// KeptOf gives how the alliances are kept in which a person is a professional.
func (w *Workspace) KeptOf(ctx context.Context, person samenspel.PersonID) ([]samenspel.Keeping, error) {
	ids, err := w.AlliancesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	list, err := w.keepings(ctx, ids)
	return slices.DeleteFunc(list, func(k samenspel.Keeping) bool { return !slices.Contains(k.Professionals, person) }), err
}

// Proposed gives how those alliances are kept that somebody proposed to
// destroy.
func (w *Workspace) Proposed(ctx context.Context) ([]samenspel.Keeping, error) {
	ids, err := w.log.Kept(ctx)
	if err != nil {
		return nil, err
	}
	list, err := w.keepings(ctx, ids)
	return slices.DeleteFunc(list, func(k samenspel.Keeping) bool { return k.Plan == nil }), err
}

func (w *Workspace) keepings(ctx context.Context, ids []samenspel.AllianceID) ([]samenspel.Keeping, error) {
	slices.Sort(ids)
	var list []samenspel.Keeping
	for _, id := range slices.Compact(ids) {
		k, err := w.Keeping(ctx, id)
		if errors.Is(err, samenspel.ErrNotFound) {
			continue // destroyed
		}
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, nil
}

// Destroyed gives what is left of destroyed alliances, the newest first: of
// those where somebody was, or with "" of all.
func (w *Workspace) Destroyed(ctx context.Context, person samenspel.PersonID) ([]Gone, error) {
	left, err := w.log.Destroyed(ctx, person)
	if err != nil {
		return nil, err
	}
	list := make([]Gone, len(left))
	for i, d := range left {
		list[i].Destroyed = d
		if err := json.Unmarshal(d.Record, &list[i].Keeping); err != nil {
			return nil, fmt.Errorf("workspace: the record of %s: %w", d.Alliance, ErrDamaged)
		}
	}
	return list, nil
}

// destroyDue destroys all alliances whose time has come.
func (w *Workspace) destroyDue(ctx context.Context) error {
	ids, err := w.log.Decided(ctx)
	if err != nil {
		return err
	}
	ids = append(ids, w.unfinished.list()...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if no := w.destroyOne(ctx, id); no != nil {
			err = errors.Join(err, fmt.Errorf("workspace: destroy %s: %w", id, no))
		}
	}
	return err
}

func (w *Workspace) destroyOne(ctx context.Context, id samenspel.AllianceID) error {
	err := w.settle(ctx, id, wish{sweep: true, destroy: true})
	if errors.Is(err, samenspel.ErrNotFound) { // its keys are gone; not yet all that its files held
		err = w.log.Destroy(ctx, id, 0, time.Time{}, nil, nil)
	}
	if err == nil { // it is gone, or there as a whole
		w.unfinished.remove(id)
	}
	return err
}

// end destroys the alliance, if its time has come and somebody swept for it.
// It runs where wishes are answered, so that nothing comes in between.
func (t *table) end(ctx context.Context, group []*wish) {
	asked := slices.ContainsFunc(group, func(one *wish) bool { return one.destroy })
	now := t.w.Now().UTC()
	if !asked || !t.coming.Doomed(now) {
		return
	}
	err := t.destroyNow(ctx, now)
	for _, one := range group {
		if one.destroy {
			one.no = err
		}
	}
}

func (t *table) destroyNow(ctx context.Context, now time.Time) error {
	if t.w.Withdraw != nil {
		if err := t.w.Withdraw(ctx, t.id); err != nil {
			return err
		}
	}
	k := t.coming.Keeping()
	record, err := json.Marshal(k)
	if err != nil {
		return err
	}
	t.w.unfinished.add(t.id)
	after := t.coming.Seq()
	err = t.w.log.Destroy(ctx, t.id, after, now, record, k.People)
	// Also with an error it may be gone: whoever comes next reads what is true.
	t.coming = nil
	t.w.forget(t)
	if err == nil {
		t.empty()
	}
	t.w.changed(ctx, t.id, after+1)
	return err
}

// unfinished are alliances that are being destroyed, or of which it is not
// known that all was removed. After a restart there are none: opening the
// store removes what was left.
type unfinished struct {
	mu  sync.Mutex
	ids map[samenspel.AllianceID]bool
}

func (u *unfinished) add(id samenspel.AllianceID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ids == nil {
		u.ids = map[samenspel.AllianceID]bool{}
	}
	u.ids[id] = true
}

func (u *unfinished) remove(id samenspel.AllianceID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.ids, id)
}

func (u *unfinished) list() []samenspel.AllianceID {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Collect(maps.Keys(u.ids))
}
