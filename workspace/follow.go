package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"samenspel"
)

// How often it is looked whether something moved of which nobody was told: a
// second for what somebody looks at, ten for what is only in memory.
const (
	pulse     = time.Second
	fewPulses = 10
)

// How long to wait before hearing begins again.
const (
	shortWait = 100 * time.Millisecond
	longWait  = 5 * time.Second
)

// Follow keeps up with the other programs until ctx ends: who looks here is
// woken by what happens there, within a second also when they could not tell
// it. Report gets what goes wrong, once until it goes well again; it is called
// by several at once. Without others Follow comes back at once.
func (w *Workspace) Follow(ctx context.Context, report func(error)) {
	if w.Others == nil {
		return
	}
	var all sync.WaitGroup
	all.Go(func() { w.hear(ctx, &complaint{to: report}) })
	all.Go(func() { w.attend(ctx, &complaint{to: report}) })
	all.Go(func() { w.refresh(ctx) })
	all.Wait()
}

// complaint says what goes wrong, once.
type complaint struct {
	to   func(error)
	made atomic.Bool
}

func (c *complaint) about(err error) {
	if made := c.made.Swap(err != nil); err != nil && !made {
		c.to(err)
	}
}

// errDeaf says that hearing ended without a reason.
var errDeaf = errors.New("workspace: other programs are not heard any more")

// hear gathers what other programs tell.
func (w *Workspace) hear(ctx context.Context, wrong *complaint) {
	var doublings atomic.Int32
	for ctx.Err() == nil {
		err := w.Others.Hear(ctx, func(ids ...samenspel.AllianceID) {
			doublings.Store(0)
			wrong.about(nil)
			w.heard.add(ids...)
		})
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = errDeaf
		}
		wrong.about(err)
		wait := min(shortWait<<min(doublings.Add(1), 10), longWait)
		select {
		case <-time.After(wait/2 + rand.N(wait/2)):
		case <-ctx.Done():
		}
	}
}

// attend wakes who looks here: at once when something is heard, and at each
// pulse when something moved all the same.
func (w *Workspace) attend(ctx context.Context, wrong *complaint) {
	ticks := time.NewTicker(pulse)
	defer ticks.Stop()
	for pulses := 0; ; {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-w.heard.added():
			err = w.listen(ctx)
		case <-ticks.C:
			pulses++
			err = errors.Join(w.tellAll(ctx), w.listen(ctx), w.moved(ctx, pulses%fewPulses == 0))
		}
		if ctx.Err() == nil {
			wrong.about(err)
		}
	}
}

// listen wakes who looks at what others told of. They may have told of
// something else than a fact: a session that ended.
func (w *Workspace) listen(ctx context.Context) error {
	told, all := w.heard.take()
	watched := w.hub.watched()
	if !all {
		watched = slices.DeleteFunc(watched, func(id samenspel.AllianceID) bool {
			_, found := slices.BinarySearch(told, id)
			return !found
		})
	}
	stand, err := w.stand(ctx, watched...)
	if err != nil {
		w.heard.putBack(watched, all)
		return err
	}
	for _, id := range watched {
		w.hub.wake(id, stand[id])
	}
	if all {
		told = w.inMemory()
	}
	if len(told) > 0 {
		w.behind.add(told...)
	}
	return nil
}

// moved wakes who looks at what moved since they were woken. Among what is only
// in memory it looks now and then.
func (w *Workspace) moved(ctx context.Context, also bool) error {
	ids := w.hub.watched()
	if also {
		ids = append(ids, w.inMemory()...)
	}
	stand, err := w.stand(ctx, ids...)
	if err != nil {
		return err
	}
	for id, at := range stand {
		if w.hub.slept(id, at) {
			w.hub.wake(id, at)
		}
		if w.shown(id) < at {
			w.behind.add(id)
		}
	}
	return nil
}

// inMemory gives the alliances that are in memory.
func (w *Workspace) inMemory() []samenspel.AllianceID {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Collect(maps.Keys(w.tables))
}

// shown is the number of the last fact of an alliance that is shown, where it
// is in memory.
func (w *Workspace) shown(id samenspel.AllianceID) int64 {
	t := w.held(id)
	if t == nil {
		return 0
	}
	defer w.giveBack(t)
	return t.shown()
}

// refresh brings what is in memory up to date, also when nobody looks at it:
// words that went elsewhere are not to stay here.
func (w *Workspace) refresh(ctx context.Context) {
	for {
		select {
		case <-w.behind.added():
		case <-ctx.Done():
			return
		}
		ids, _ := w.behind.take()
		for _, id := range ids {
			w.freshen(ctx, id)
		}
	}
}

func (w *Workspace) freshen(ctx context.Context, id samenspel.AllianceID) {
	t := w.held(id)
	if t == nil {
		return
	}
	defer w.giveBack(t)
	if t.catchUp(ctx) != nil {
		w.forget(t) // whoever comes next reads what is true
	}
}

// tell wakes who looks at alliances in the other programs. Nobody waits for it.
func (w *Workspace) tell(ctx context.Context, ids ...samenspel.AllianceID) {
	if w.Others == nil || len(ids) == 0 {
		return
	}
	w.told.putBack(ids, false)
	go func() { _ = w.tellAll(context.WithoutCancel(ctx)) }() // what failed is told again at the next pulse
}

// tellAll tells what is still to be told. One tells at a time; what comes
// meanwhile is told in one go.
func (w *Workspace) tellAll(ctx context.Context) error {
	for w.told.waits() && w.telling.TryLock() {
		ids, _ := w.told.take()
		err := w.tellOf(ctx, ids)
		w.telling.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *Workspace) tellOf(ctx context.Context, ids []samenspel.AllianceID) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := w.Others.Tell(ctx, ids...); err != nil {
		w.told.putBack(ids, false)
		return fmt.Errorf("workspace: tell the other programs: %w", err)
	}
	return nil
}
