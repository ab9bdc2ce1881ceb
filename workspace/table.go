package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
)

// table is one alliance in memory, twice: as it is stored, for those who
// look, and as it will be once the facts on their way are stored, for those
// who decide. Nobody sees what may still fail, and a look never waits for the
// disk.
type table struct {
	id           samenspel.AllianceID
	w            *Workspace
	older, newer *table // in the ring of the workspace, under its lock
	users        int    // under the lock of the workspace, as the next
	weight       int64

	reading sync.Once
	failed  error

	looking  sync.RWMutex
	stored   *samenspel.Alliance
	views    views
	reaching sync.Mutex // held by the one who reads what others wrote

	asking   sync.Mutex
	waiting  []*wish
	deciding int // of the group that is being stored
	busy     bool
	coming   *samenspel.Alliance // only for the one who is busy

	destroyed []samenspel.PartnerID // keys, since it was read; as coming
}

// wish is one command that waits to be decided.
type wish struct {
	actor  samenspel.PersonID
	cmd    samenspel.Command
	from   accesslog.Origin
	sweep  bool  // nobody wishes anything: only what is overdue goes
	no     error // what the rules said, until what they said it of is stored
	answer chan error

	destroy bool // with sweep: also the alliance itself, if its time has come
}

func (t *table) link(first *table) {
	t.older, t.newer = first.older, first
	first.older.newer, first.older = t, t
}

func (t *table) unlink() {
	t.older.newer, t.newer.older = t.newer, t.older
	t.older, t.newer = nil, nil
}

// facts is how many there are in it.
func (t *table) facts() int64 {
	t.looking.RLock()
	defer t.looking.RUnlock()
	if t.stored == nil {
		return 0
	}
	return t.stored.Seq()
}

// read folds the log. The events are shared by the two states; what is folded
// out of them is not.
func (t *table) read(ctx context.Context) error {
	stored, coming := samenspel.NewAlliance(t.id), samenspel.NewAlliance(t.id)
	for f, err := range t.w.log.Facts(ctx, t.id, 0) {
		if err != nil {
			return fmt.Errorf("workspace: read alliance %s: %w", t.id, err)
		}
		if err := errors.Join(stored.Apply(f), coming.Apply(f)); err != nil {
			return fmt.Errorf("workspace: read alliance %s: %w", t.id, err)
		}
	}
	t.looking.Lock()
	defer t.looking.Unlock()
	t.stored, t.coming = stored, coming
	return nil
}

// ask waits for the answer to a wish. Whatever comes while a group of wishes
// is being stored is decided together and stored in one go after it.
func (t *table) ask(ctx context.Context, one wish) error {
	own := &one
	own.from, own.answer = accesslog.From(ctx), make(chan error, 1)
	t.asking.Lock()
	t.waiting = append(t.waiting, own)
	lead := !t.busy
	if lead {
		t.busy = true
		t.w.keep(t)
		go t.answerAll(context.WithoutCancel(ctx))
	}
	t.asking.Unlock()
	select {
	case err := <-own.answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answerAll answers wishes until none waits.
func (t *table) answerAll(ctx context.Context) {
	defer t.w.giveBack(t)
	for {
		t.asking.Lock()
		group := t.waiting
		t.waiting = nil
		t.busy, t.deciding = len(group) > 0, len(group)
		t.asking.Unlock()
		if len(group) == 0 {
			return
		}
		t.answer(ctx, group)
	}
}

// answer decides a group of wishes, each after the one before, stores what
// follows from them as one, and answers all. A no waits as well: it may rest
// on what cannot be stored.
func (t *table) answer(ctx context.Context, group []*wish) {
	if t.coming == nil { // an earlier group failed under those who came too late
		reply(group, journal.ErrConflict)
		return
	}
	if t.w.Others != nil && !t.comesUp(ctx, group) {
		return
	}
	after := t.coming.Seq()
	facts, err := t.decide(group)
	switch {
	case err != nil:
	case len(facts) > 0:
		err = t.w.log.Append(t.origins(ctx, group), t.id, after, facts, t.remains()...)
	default:
		err = t.sure(ctx, group, after)
	}
	if err != nil {
		t.fail(ctx, group, err)
		return
	}
	if len(facts) > 0 {
		t.publish(facts)
		t.w.changed(ctx, t.id, after+int64(len(facts)))
	}
	t.destroy(ctx, group)
	t.end(ctx, group)
	if slices.ContainsFunc(facts, forgetting) {
		t.coming = nil
		t.w.forget(t)
	}
	reply(group, nil)
}

// origins says from where each wish of a group came and as what, for the
// access log: as it is after the wish, so that who joins has a role.
func (t *table) origins(ctx context.Context, group []*wish) context.Context {
	each := map[samenspel.CommandID]accesslog.Origin{}
	for _, one := range group {
		from := one.from
		if from.Role == "" && !one.sweep {
			from.Role = string(t.coming.RoleOf(one.actor))
		}
		each[one.cmd.ID] = from
	}
	return accesslog.WithEach(ctx, each)
}

// forgetting reports whether so much went that what is in memory is made anew
// from the log.
func forgetting(f samenspel.Fact) bool {
	_, gone := f.Event.(*samenspel.PersonErased)
	return gone
}

// decide decides a group of wishes. Before each, and at the end, goes what is
// overdue: no wish rests on it, and what a wish ends goes in the same breath.
func (t *table) decide(group []*wish) ([]samenspel.Fact, error) {
	facts, err := t.overdue(nil)
	for _, one := range group {
		if one.sweep || err != nil {
			continue
		}
		events, no := t.coming.Decide(one.actor, one.cmd)
		one.no = no
		if facts, err = t.fold(facts, one.actor, one.cmd, events); err == nil {
			facts, err = t.overdue(facts)
		}
	}
	return facts, err
}

// fold puts what was decided behind what is coming. Its error cannot be: Facts
// numbers from Seq.
func (t *table) fold(facts []samenspel.Fact, actor samenspel.PersonID, cmd samenspel.Command, events []samenspel.Event) ([]samenspel.Fact, error) {
	for _, f := range t.coming.Facts(actor, cmd, events) {
		if err := t.coming.Apply(f); err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// publish shows what was stored, but for what is shown already because it was
// read from the log.
func (t *table) publish(facts []samenspel.Fact) {
	t.looking.Lock()
	defer t.looking.Unlock()
	for _, f := range facts {
		if f.Seq > t.stored.Seq() {
			_ = t.stored.Apply(f) // the same facts, in the same order, as were applied to coming
		}
	}
}

// drop gives up what was decided but could not be stored. The next one who
// comes reads from the log what is true.
func (t *table) drop(group []*wish, err error) {
	t.coming = nil
	t.w.forget(t)
	reply(group, err)
}

// reply answers a group: each with its own no, where nothing went wrong.
func reply(group []*wish, err error) {
	for _, one := range group {
		if err == nil {
			one.answer <- one.no
		} else {
			one.answer <- err
		}
	}
}

// keep holds a table in memory while it is answering.
func (w *Workspace) keep(t *table) {
	w.mu.Lock()
	t.users++
	w.mu.Unlock()
}
