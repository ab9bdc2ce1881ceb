package workspace

import (
	"context"
	"maps"
	"slices"
	"sync"

	"samenspel"
)

// hub knows who is looking at which alliance. It tells them that something
// changed, never what: each looks for themselves.
type hub struct {
	mu       sync.Mutex
	watchers map[samenspel.AllianceID]map[*Watch]struct{}
	woken    map[samenspel.AllianceID]int64 // for which fact, or an earlier one
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
	var shown int64
	if w.Others != nil {
		shown = w.shown(id)
	}
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if w.hub.watchers == nil {
		w.hub.watchers, w.hub.woken = map[samenspel.AllianceID]map[*Watch]struct{}{}, map[samenspel.AllianceID]int64{}
	}
	if w.hub.watchers[id] == nil {
		w.hub.watchers[id], w.hub.woken[id] = map[*Watch]struct{}{}, shown
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
		delete(w.hub.woken, w.id)
	}
}

// wake signals everybody who looks at an alliance, which stands at a number
// now, or at 0 where that is not known.
func (h *hub) wake(id samenspel.AllianceID, stand int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for watch := range h.watchers[id] {
		select {
		case watch.changed <- struct{}{}:
		default:
		}
	}
	if len(h.watchers[id]) > 0 {
		h.woken[id] = max(h.woken[id], stand)
	}
}

// watched gives the alliances at which somebody looks.
func (h *hub) watched() []samenspel.AllianceID {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.watchers))
}

// slept reports whether those who look were not woken since an alliance stood
// at a number.
func (h *hub) slept(id samenspel.AllianceID, stand int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.watchers[id]) > 0 && h.woken[id] < stand
}

// Wake makes everybody who looks at the alliances of a person look again, also
// in the other programs: the person's sessions ended, and their open pages must
// find out at once.
func (w *Workspace) Wake(ctx context.Context, person samenspel.PersonID) error {
	ids, err := w.AlliancesOf(ctx, person)
	for _, id := range ids {
		w.hub.wake(id, 0)
	}
	w.tell(ctx, ids...)
	return err
}

// changed wakes who looks at an alliance, here and in the other programs.
func (w *Workspace) changed(ctx context.Context, id samenspel.AllianceID, stand int64) {
	w.hub.wake(id, stand)
	w.tell(ctx, id)
}
