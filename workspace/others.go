package workspace

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"samenspel"
)

// Others are the other programs that use the same log at the same time. They
// tell each other which alliances to look at again, by their ids and nothing
// else, and see for themselves what changed.
type Others interface {
	// Tell wakes who looks at these alliances in the other programs. What they
	// will find is durable by then. An error means that it may not have been
	// told; telling it twice does no harm.
	Tell(ctx context.Context, ids ...samenspel.AllianceID) error
	// Stand gives where alliances stand, in one question: the sequence number
	// of the head, with everything that any program was told is durable before
	// it was asked. One that was destroyed stands one further than its last
	// fact; one that has not begun is not in the answer, or is 0 there.
	Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error)
	// Sure makes sure that commands are kept as durably as a change is before
	// anybody is told of it. What can be read need not be: an earlier answer may
	// have failed because a standby did not have it yet. It gives
	// journal.ErrConflict where they are not there, or where the alliance stands
	// before seq.
	Sure(ctx context.Context, id samenspel.AllianceID, seq int64, commands ...samenspel.CommandID) error
	// Hear calls heard with what other programs tell, until ctx ends or it can
	// no longer be sure that it hears; then it gives an error. A silence of a
	// few seconds is made sure of by asking. It leaves out what this program
	// told itself. It calls heard without ids when it begins to hear, and
	// whenever something may have been lost: then anything may have changed.
	// Heard comes back at once, and is not called by two at once.
	Hear(ctx context.Context, heard func(ids ...samenspel.AllianceID)) error
}

// patience is how long another machine may take to answer.
const patience = 10 * time.Second

// inquiry asks where alliances stand. Whoever comes while a question is on its
// way is answered by the next one, together with all who came meanwhile: an
// answer that was on its way may be older than their look.
type inquiry struct {
	mu    sync.Mutex
	next  *question
	going bool
}

// question is one question of many.
type question struct {
	about map[samenspel.AllianceID]struct{}
	done  chan struct{}
	stand map[samenspel.AllianceID]int64
	err   error
}

// stand asks where alliances stand by now, of all programs.
func (w *Workspace) stand(ctx context.Context, ids ...samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q := w.inquiry.join(ids, func() { w.askAll(context.WithoutCancel(ctx)) })
	select {
	case <-q.done:
		return q.stand, q.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// join adds ids to the next question, and begins asking where nobody does.
func (i *inquiry) join(ids []samenspel.AllianceID, begin func()) *question {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.next == nil {
		i.next = &question{about: map[samenspel.AllianceID]struct{}{}, done: make(chan struct{})}
	}
	for _, id := range ids {
		i.next.about[id] = struct{}{}
	}
	if !i.going {
		i.going = true
		go begin()
	}
	return i.next
}

// take gives the next question, or nil when nobody waits.
func (i *inquiry) take() *question {
	i.mu.Lock()
	defer i.mu.Unlock()
	q := i.next
	i.next, i.going = nil, q != nil
	return q
}

// askAll asks until nobody waits.
func (w *Workspace) askAll(ctx context.Context) {
	for q := w.inquiry.take(); q != nil; q = w.inquiry.take() {
		q.stand, q.err = w.ask(ctx, slices.Collect(maps.Keys(q.about)))
		close(q.done)
	}
}

func (w *Workspace) ask(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stand, err := w.Others.Stand(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("workspace: ask where alliances stand: %w", err)
	}
	return stand, nil
}
