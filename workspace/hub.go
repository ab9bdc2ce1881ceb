package workspace

import (
	"context"
	"sync"

	"samenspel"
)

// hub knows who is looking at which alliance. It tells them that something
// changed, never what: each looks for themselves.
type hub struct {
	mu       sync.Mutex
	watchers map[samenspel.AllianceID]map[*Watch]struct{}
}

// Watch is one who looks at an alliance.
type Watch struct {
	// Changed gets a signal after one or more changes. Signals that come
	// while one is waiting are that same signal.
	Changed <-chan struct{}

	changed chan struct{}
	id      samenspel.AllianceID
	hub     *hub
}

// Watch begins to look at an alliance. Whether the one who looks may see
// anything is for [Workspace.See] to say, each time. Close ends it.
func (w *Workspace) Watch(id samenspel.AllianceID) *Watch {
	c := make(chan struct{}, 1)
	watch := &Watch{Changed: c, changed: c, id: id, hub: &w.hub}
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if w.hub.watchers == nil {
		w.hub.watchers = map[samenspel.AllianceID]map[*Watch]struct{}{}
	}
	if w.hub.watchers[id] == nil {
		w.hub.watchers[id] = map[*Watch]struct{}{}
	}
	w.hub.watchers[id][watch] = struct{}{}
	return watch
}

// Close ends the watch.
func (w *Watch) Close() {
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	delete(w.hub.watchers[w.id], w)
	if len(w.hub.watchers[w.id]) == 0 {
		delete(w.hub.watchers, w.id)
	}
}

// wake signals everybody who looks at an alliance.
func (h *hub) wake(id samenspel.AllianceID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for watch := range h.watchers[id] {
		select {
		case watch.changed <- struct{}{}:
		default:
		}
	}
}

// Wake makes everybody who looks at the alliances of a person look again: the
// person's sessions ended, and their open pages must find out at once.
func (w *Workspace) Wake(ctx context.Context, person samenspel.PersonID) error {
	ids, err := w.AlliancesOf(ctx, person)
	for _, id := range ids {
		w.hub.wake(id)
	}
	return err
}
