package workspace

import (
	"maps"
	"slices"
	"sync"

	"samenspel"
)

// pile gathers alliances until somebody takes all of them.
type pile struct {
	mu   sync.Mutex
	ids  map[samenspel.AllianceID]struct{}
	all  bool // whatever there is
	more chan struct{}
}

// added gives where a signal comes after something was added.
func (p *pile) added() chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.more == nil {
		p.more = make(chan struct{}, 1)
	}
	return p.more
}

// add adds alliances, or with none whatever there is.
func (p *pile) add(ids ...samenspel.AllianceID) {
	p.putBack(ids, len(ids) == 0)
	select {
	case p.added() <- struct{}{}:
	default: // a signal waits already
	}
}

// putBack adds them without a signal: there is no hurry.
func (p *pile) putBack(ids []samenspel.AllianceID, all bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ids == nil {
		p.ids = map[samenspel.AllianceID]struct{}{}
	}
	p.all = p.all || all
	for _, id := range ids {
		p.ids[id] = struct{}{}
	}
}

// waits reports whether there is anything to take.
func (p *pile) waits() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all || len(p.ids) > 0
}

// take gives what was added, and whether that is whatever there is.
func (p *pile) take() (ids []samenspel.AllianceID, all bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ids, all = slices.Sorted(maps.Keys(p.ids)), p.all
	clear(p.ids)
	p.all = false
	return ids, all
}
