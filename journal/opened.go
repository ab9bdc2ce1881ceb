package journal

import (
	"bytes"
	"context"

	"samenspel"
)

// standing gives an alliance that stands at a sequence number, or ErrConflict.
func (l *Log) standing(ctx context.Context, id samenspel.AllianceID, seq int64) (opened, error) {
	l.mu.Lock()
	o, ok := l.opened[id]
	l.mu.Unlock()
	if ok && o.head.Seq == seq {
		return o, nil
	}
	o, err := l.load(ctx, id)
	if err == nil && o.head.Seq != seq {
		err = ErrConflict
	}
	return o, err
}

// load reads where an alliance stands and opens its keys, unless those of this
// very place in the chain are opened already: a database that was put back, or
// a standby that took over, may not hold a key that was opened before. The keys are read after the head, so that none is missing
// for an entry up to the head.
func (l *Log) load(ctx context.Context, id samenspel.AllianceID) (opened, error) {
	head, err := l.store.Head(ctx, id)
	if err != nil || head.Seq == 0 {
		return opened{}, err
	}
	if !l.master.signed(head) {
		return opened{}, Finding{Alliance: id, Damage: HeadChanged}
	}
	l.mu.Lock()
	o, ok := l.opened[id]
	l.mu.Unlock()
	if ok && o.head.Seq == head.Seq && bytes.Equal(o.head.Chain, head.Chain) {
		return opened{head: head, ring: o.ring}, nil
	}
	keys, err := l.store.Keys(ctx, id)
	if err != nil {
		return opened{}, err
	}
	ring, found := l.master.open(id, keys)
	if len(found) > 0 {
		return opened{}, found[0]
	}
	if !ring.ended.IsZero() {
		return opened{}, ErrDestroyed
	}
	o = opened{head: head, ring: ring}
	l.keep(id, o)
	return o, nil
}

// keep remembers an alliance. When there are too many, any other goes.
func (l *Log) keep(id samenspel.AllianceID, o opened) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for other := range l.opened {
		if len(l.opened) < maxOpened {
			break
		}
		delete(l.opened, other)
	}
	l.opened[id] = o
}

func (l *Log) drop(id samenspel.AllianceID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.opened, id)
}
