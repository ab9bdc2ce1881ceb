package workspace

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"samenspel"
	"samenspel/journal"
)

// This file holds how an alliance in memory follows what other programs wrote.
// The missing facts are read and applied. Where words went there, or the log
// is not what it was, what is in memory is given up and read anew: then nothing
// is left here that is not there.

// errAnew says that what is in memory was given up.
var errAnew = errors.New("what is in memory is to be read anew")

// catchUp brings what is shown to where the log stands now.
func (t *table) catchUp(ctx context.Context) error {
	before := t.shown()
	stand, err := t.w.stand(ctx, t.id)
	if err != nil {
		return err
	}
	return t.showUpTo(ctx, before, stand[t.id])
}

// shown is the number of the last fact that is shown.
func (t *table) shown() int64 {
	t.looking.RLock()
	defer t.looking.RUnlock()
	return t.stored.Seq()
}

// showUpTo reads what is shown up to a number. It showed up to another before
// it was asked where the log stands.
func (t *table) showUpTo(ctx context.Context, before, stand int64) error {
	if stand < before {
		return t.giveUp(errAnew) // the database was put back
	}
	if t.shown() >= stand {
		return nil
	}
	t.reaching.Lock() // one reads for all who wait
	defer t.reaching.Unlock()
	after := t.shown()
	if after >= stand {
		return nil
	}
	facts, err := t.missing(ctx, after)
	if err != nil {
		return err
	}
	return t.show(facts)
}

// show applies facts that others wrote to what is shown. Where words went with
// them it is given up: also those that stand beside them.
func (t *table) show(facts []samenspel.Fact) error {
	if !t.follows(facts) || slices.ContainsFunc(facts, forgetting) {
		return t.giveUp(errAnew)
	}
	return nil
}

// follows applies facts to what is shown, and reports whether it is as if read
// anew.
func (t *table) follows(facts []samenspel.Fact) bool {
	t.looking.Lock()
	defer t.looking.Unlock()
	left := len(t.stored.Remains())
	for _, f := range facts {
		if f.Seq > t.stored.Seq() && t.stored.Apply(f) != nil {
			return false
		}
	}
	return len(t.stored.Remains()) == left
}

// comeUp brings what is decided on to where the log stands now, and what is
// shown with it. Only the one who is busy does so.
func (t *table) comeUp(ctx context.Context) error {
	after := t.coming.Seq()
	stand, err := t.w.stand(ctx, t.id)
	switch {
	case err != nil:
		return err
	case stand[t.id] < after:
		return t.giveUp(errAnew)
	case stand[t.id] == after:
		return nil
	}
	facts, err := t.missing(ctx, after)
	if err != nil {
		return err
	}
	left := len(t.coming.Remains())
	for _, f := range facts {
		if t.coming.Apply(f) != nil {
			return t.giveUp(errAnew)
		}
	}
	if err := t.show(facts); err != nil {
		return err
	}
	if len(t.coming.Remains()) > left {
		return t.giveUp(errAnew)
	}
	return nil
}

// comesUp brings what is decided on up to date for a group of wishes, and
// answers them when that fails. Where it was given up they come again, to what
// is read anew.
func (t *table) comesUp(ctx context.Context, group []*wish) bool {
	err := t.comeUp(ctx)
	switch {
	case errors.Is(err, errAnew), errors.Is(err, journal.ErrDestroyed):
		t.drop(group, journal.ErrConflict)
	case err != nil:
		reply(group, err) // it stands where it stood
	}
	return err == nil
}

// sure makes sure of what a group of wishes that change nothing rests on: a
// wish that was taken before is answered by what is there, which another
// program wrote and perhaps never heard that it is kept.
func (t *table) sure(ctx context.Context, group []*wish, seq int64) error {
	var before []samenspel.CommandID
	asked := false
	for _, one := range group {
		if one.sweep || one.no != nil {
			continue
		}
		if asked = true; t.coming.Took(one.cmd.ID) {
			before = append(before, one.cmd.ID)
		}
	}
	if t.w.Others == nil || !asked || seq == 0 {
		return nil
	}
	return t.w.Others.Sure(ctx, t.id, seq, before...)
}

// fail answers a group that could not be stored. Where another program was
// first, only what is decided on is folded anew: who looks goes on looking.
func (t *table) fail(ctx context.Context, group []*wish, err error) {
	if t.w.Others == nil || !errors.Is(err, journal.ErrConflict) {
		t.drop(group, err)
		return
	}
	coming := samenspel.NewAlliance(t.id)
	for f, no := range t.w.log.Facts(ctx, t.id, 0) {
		if no == nil {
			no = coming.Apply(f)
		}
		if no != nil {
			t.drop(group, err)
			return
		}
	}
	t.coming = coming
	reply(group, err)
}

// missing reads the facts after a number.
func (t *table) missing(ctx context.Context, after int64) (facts []samenspel.Fact, err error) {
	for f, err := range t.w.log.Facts(ctx, t.id, after) {
		switch {
		case errors.Is(err, journal.ErrDestroyed):
			t.empty()
			return nil, t.giveUp(err)
		case err != nil:
			return nil, fmt.Errorf("workspace: follow alliance %s: %w", t.id, err)
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// empty leaves nothing to who looks in this very moment.
func (t *table) empty() {
	t.looking.Lock()
	defer t.looking.Unlock()
	t.stored = samenspel.NewAlliance(t.id)
}

// Others may be first again and again, where many write at one table.
const (
	mostTries    = 8 // that a wish is decided anew, where there are no other programs
	longestAside = 6 // doublings of a millisecond
)

// again reports whether a wish is to be decided anew. Where there are other
// programs it stands aside for a random moment, so that all get their turn, and
// goes on for as long as somebody may wait for an answer.
func (w *Workspace) again(ctx context.Context, tries int, begun time.Time) bool {
	if w.Others == nil {
		return tries < mostTries
	}
	aside := time.NewTimer(rand.N(time.Millisecond << min(tries, longestAside)))
	defer aside.Stop()
	select {
	case <-aside.C:
		return time.Since(begun) < patience
	case <-ctx.Done():
		return false
	}
}

// giveUp makes whoever comes next read the alliance anew.
func (t *table) giveUp(err error) error {
	t.w.forget(t)
	return err
}
