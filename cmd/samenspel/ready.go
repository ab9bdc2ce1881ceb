package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"samenspel/journal"
	"samenspel/workspace"
)

// readiness says whether people can be served here now: the store can be read
// and written, and the program is not stopping. It may be asked as often as
// anybody likes: it looks every few seconds at most, once at a time.
type readiness struct {
	look     func(context.Context) error
	stopping atomic.Bool

	mu    sync.Mutex
	at    time.Time
	state state
	busy  chan struct{} // closed when the look that goes on has ended; nil between
}

// state is what a look found. A full disk does not stop the reading, so people
// are served; whoever looks after the machine hears of it.
type state struct {
	ok   bool
	said string
}

const (
	looksEvery = 3 * time.Second
	looksFor   = 5 * time.Second // a store that does not answer by then does not work
)

func (r *readiness) ok() bool { return r.now().ok }

// now is how it is, as of a few seconds ago at most.
func (r *readiness) now() state {
	if r.stopping.Load() {
		return state{false, "stopping"}
	}
	busy := r.begin()
	if busy == nil {
		return r.last()
	}
	late := time.NewTimer(looksFor)
	defer late.Stop()
	select {
	case <-busy:
		return r.last()
	case <-late.C:
		return state{false, fmt.Sprintf("the store does not answer within %s", looksFor)}
	}
}

func (r *readiness) last() state {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

// begin begins a look unless one goes on, or was not long ago. It gives what
// to wait for.
func (r *readiness) begin() chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy == nil && time.Since(r.at) >= looksEvery {
		r.busy = make(chan struct{})
		go r.examine(r.busy)
	}
	return r.busy
}

func (r *readiness) examine(done chan struct{}) {
	found := stateOf(r.look(context.Background()))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state, r.at, r.busy = found, time.Now(), nil
	close(done)
}

func stateOf(err error) state {
	switch {
	case err == nil:
		return state{true, "ready"}
	case errors.Is(err, journal.ErrFull):
		return state{true, "ready, but there is no room to store anything: make room"}
	case errors.Is(err, journal.ErrStopped):
		return state{false, "nothing is stored until a restart: " + plainly(err)}
	}
	return state{false, "the store does not work: " + plainly(err)}
}

// ServeHTTP says it with the reason, to whoever looks after the machine.
func (r *readiness) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	now := r.now()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if !now.ok {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	fmt.Fprintln(w, now.said)
}

// look reads from the store and, where that is in the folder, writes beside it.
func (s *stored) look(ctx context.Context) error {
	err := s.db.Alive(ctx)
	if _, elsewhere := s.db.(workspace.Others); err != nil || elsewhere {
		return err
	}
	err = writes(s.dir)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		err = fmt.Errorf("%w: %w", journal.ErrFull, err)
	}
	return err
}
