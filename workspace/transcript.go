package workspace

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"samenspel"
)

// This file holds how transcripts and erased words go. That something is gone
// is a fact; in the same batch the key of its words is destroyed, and after it
// the files are cleaned of them, before anybody gets an answer. What was left
// half done, by a crash or a disk, is found by the next sweep, or done when the
// database is opened.

// gone is the space of the ids of the commands by which they go.
var gone = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel:transcript-gone"))

// Sweep lets go what has reached its date in all alliances, and alliances that
// are to be destroyed, and finishes what was not finished. Whoever serves calls it at the start and now and then;
// what people look at or change is swept without it.
func (w *Workspace) Sweep(ctx context.Context) error {
	ids, err := w.log.Transcripts(ctx)
	for _, more := range []func(context.Context) ([]samenspel.AllianceID, error){w.log.Scratches, w.log.Young} {
		some, no := more(ctx)
		ids, err = append(ids, some...), errors.Join(err, no)
	}
	ids = append(ids, w.owed.alliances()...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		err = errors.Join(err, w.sweep(ctx, id))
	}
	return errors.Join(err, w.destroyDue(ctx))
}

func (w *Workspace) sweep(ctx context.Context, id samenspel.AllianceID) error {
	err := w.settle(ctx, id, wish{sweep: true})
	if errors.Is(err, samenspel.ErrNotFound) { // destroyed as a whole
		w.owed.forget(id)
		return nil
	}
	return err
}

// lapse sweeps before a look, where something is overdue. When that cannot be
// written now, it is left out of the look all the same, and the next sweep
// says what went wrong.
func (t *table) lapse(ctx context.Context, now time.Time) {
	t.looking.RLock()
	due := len(t.stored.Overdue(now)) > 0
	t.looking.RUnlock()
	if due {
		_ = t.ask(ctx, wish{sweep: true})
	}
}

// overdue folds in what has to be gone by now, in the name of nobody.
func (t *table) overdue(facts []samenspel.Fact) ([]samenspel.Fact, error) {
	now := t.w.Now().UTC()
	var err error
	for _, e := range t.coming.Overdue(now) {
		id := e.(interface{ Of() string }).Of()
		cmd := samenspel.Command{ID: samenspel.CommandID(uuid.NewSHA1(gone, []byte(id)).String()), Arrived: now}
		if facts, err = t.fold(facts, "", cmd, []samenspel.Event{e}); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// destroy destroys the keys of what is gone. It runs where wishes are
// answered, so nobody appends meanwhile. That a transcript is gone is kept
// already, so what goes wrong here is no no to anybody's wish: a sweep gets
// it, and tries again.
func (t *table) destroy(ctx context.Context, group []*wish) {
	for _, key := range t.remains() {
		t.w.owed.add(t.id, key)
	}
	var failed error
	if keys := t.w.owed.of(t.id); len(keys) > 0 {
		if failed = t.w.log.Erase(ctx, t.id, keys...); failed == nil {
			t.destroyed = append(t.destroyed, keys...)
			t.w.owed.paid(t.id, keys)
		}
	}
	for _, one := range group {
		if one.sweep {
			one.no = failed
		}
	}
}

// remains are the keys that have to go, and did not go since it was read.
func (t *table) remains() []samenspel.PartnerID {
	return slices.DeleteFunc(t.coming.Remains(), func(key samenspel.PartnerID) bool { return slices.Contains(t.destroyed, key) })
}

// owed are the keys that are still to be destroyed. A table may leave the
// memory before that went well.
type owed struct {
	mu   sync.Mutex
	keys map[samenspel.AllianceID][]samenspel.PartnerID
}

func (o *owed) add(id samenspel.AllianceID, key samenspel.PartnerID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.keys == nil {
		o.keys = map[samenspel.AllianceID][]samenspel.PartnerID{}
	}
	if !slices.Contains(o.keys[id], key) {
		o.keys[id] = append(o.keys[id], key)
	}
}

func (o *owed) of(id samenspel.AllianceID) []samenspel.PartnerID {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.keys[id])
}

func (o *owed) paid(id samenspel.AllianceID, keys []samenspel.PartnerID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keys[id] = slices.DeleteFunc(o.keys[id], func(k samenspel.PartnerID) bool { return slices.Contains(keys, k) })
	if len(o.keys[id]) == 0 {
		delete(o.keys, id)
	}
}

func (o *owed) forget(id samenspel.AllianceID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.keys, id)
}

func (o *owed) alliances() []samenspel.AllianceID {
	o.mu.Lock()
	defer o.mu.Unlock()
	var ids []samenspel.AllianceID
	for id := range o.keys {
		ids = append(ids, id)
	}
	return ids
}
