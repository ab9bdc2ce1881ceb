package journal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"samenspel"
	"samenspel/accesslog"
)

// maxOpened is how many alliances a log keeps opened, at about two kilobytes
// each and a hundred bytes more for each statement.
const maxOpened = 1024

// Log seals facts into a store and opens them again. It may be used by many
// at once. Two who append to one alliance at once are safe: the second gets
// ErrConflict.
type Log struct {
	store  Store
	master *Master
	codec  codec
	chains *accesslog.Chains

	begin sync.Mutex // one alliance begins at a time: each takes the next number

	mu     sync.Mutex
	opened map[samenspel.AllianceID]opened
}

// opened is an alliance as it stood after its last append here.
type opened struct {
	head Head
	ring ring
}

// New gives the log in a store.
func New(store Store, master *Master) *Log {
	return &Log{store: store, master: master, codec: forms, chains: accesslog.NewChains(master), opened: map[samenspel.AllianceID]opened{}}
}

// CheckMaster gives ErrWrongMaster when the stored log was not sealed with
// this master key. It is a single read, for the start of a program.
func (l *Log) CheckMaster(ctx context.Context) error {
	r, err := l.store.Register(ctx)
	if err != nil {
		return fmt.Errorf("check the master key: %w", err)
	}
	if !l.master.registered(r) {
		return ErrWrongMaster
	}
	return nil
}

// Append adds facts to an alliance behind the sequence number that the caller
// has seen, all of them or none, and returns nil once they are durable. Their
// own numbers follow on it. With after 0 the alliance begins. The keys of
// holders that are named to be destroyed go in the same breath, with all words
// that they sealed: see Erase.
//
// It gives ErrConflict, ErrFull, ErrStopped, ErrErased, or a Finding when the
// log is damaged; any other error means that it is not known to be stored.
func (l *Log) Append(ctx context.Context, id samenspel.AllianceID, after int64, facts []samenspel.Fact, destroy ...samenspel.PartnerID) error {
	if len(facts) == 0 {
		return nil
	}
	o, err := l.standing(ctx, id, after)
	if err != nil {
		return fmt.Errorf("append to the log: %w", err)
	}
	b := Batch{Alliance: id, After: after, Behind: o.head.Chain}
	o.ring.fresh = map[samenspel.PartnerID]*dataKey{}
	if b.Destroyed, b.Emptied, err = l.erasing(ctx, o.ring, id, destroy); err != nil {
		return fmt.Errorf("append to the log: %w", err)
	}
	if after == 0 {
		l.begin.Lock()
		defer l.begin.Unlock()
		if err := l.beginning(ctx, &o, &b); err != nil {
			return fmt.Errorf("begin a log: %w", err)
		}
	}
	for _, f := range facts {
		if err := l.add(&o, &b, f); err != nil {
			return fmt.Errorf("append to the log: %w", err)
		}
		if line, ok := accessOf(ctx, id, f); ok {
			b.Access = append(b.Access, line)
		}
	}
	b.Link = l.chains
	o.head = l.master.signHead(o.head)
	b.Head = o.head
	if err := l.store.Append(ctx, b); err != nil {
		l.drop(id)
		return fmt.Errorf("append to the log: %w", err)
	}
	if len(destroy) > 0 {
		l.drop(id)
		return nil
	}
	o.ring.data.add(o.ring.fresh)
	o.ring.fresh = nil
	l.keep(id, o)
	return nil
}

// beginning gives an alliance its number, its register entry and its keys.
func (l *Log) beginning(ctx context.Context, o *opened, b *Batch) error {
	r, err := l.store.Register(ctx)
	if err != nil {
		return err
	}
	if !l.master.registered(r) {
		return Finding{Damage: RegisterChanged}
	}
	next := l.master.register(r.Alliances + 1)
	b.Register = &next
	o.head = Head{Alliance: b.Alliance, Number: next.Alliances}
	o.ring, b.Keys, err = l.master.newRing(b.Alliance)
	return err
}

// add puts one fact behind the head, with the key and the member's place that
// come with it.
func (l *Log) add(o *opened, b *Batch, f samenspel.Fact) error {
	if f.Seq != o.head.Seq+1 {
		return fmt.Errorf("fact %d cannot follow %d", f.Seq, o.head.Seq)
	}
	p, err := l.codec.encode(f)
	if err != nil {
		return err
	}
	if o.ring.key(p.Holder) == nil {
		key, err := l.master.add(o.ring, b.Alliance, p.Holder)
		if err != nil {
			return err
		}
		b.Keys = append(b.Keys, key)
	}
	e, err := o.ring.seal(b.Alliance, f, p)
	if err != nil {
		return err
	}
	e.Chain = link(o.ring.chain, o.head.Chain, b.Alliance, e)
	b.Entries = append(b.Entries, e)
	o.head.Seq, o.head.Chain = e.Seq, e.Chain
	if m, ok := memberOf(b.Alliance, f.Event); ok {
		b.Members = append(b.Members, m)
	}
	return nil
}

// memberOf gives what an event changes about who sits at the table.
func memberOf(id samenspel.AllianceID, e samenspel.Event) (Member, bool) {
	switch e := e.(type) {
	case *samenspel.PartnerJoined:
		return Member{Alliance: id, Partner: e.Partner, Person: e.Person, Here: true}, true
	case *samenspel.PartnerLeft:
		return Member{Alliance: id, Partner: e.Partner}, true
	case *samenspel.AuthorityEnded:
		return Member{Alliance: id, Partner: e.Parent}, true
	}
	return Member{}, false
}

// AlliancesOf gives the places that a person has now.
func (l *Log) AlliancesOf(ctx context.Context, person samenspel.PersonID) ([]Member, error) {
	members, err := l.store.MembersOf(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("list a person's alliances: %w", err)
	}
	return members, nil
}

// PlacesOf gives the places that a person has or had.
func (l *Log) PlacesOf(ctx context.Context, person samenspel.PersonID) ([]Member, error) {
	members, err := l.store.PlacesOf(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("list a person's places: %w", err)
	}
	return members, nil
}

// Facts gives the facts of an alliance after a sequence number, in order, and
// checks the chain on the way; an alliance that has not begun has none. The
// first error ends it. It gives a Finding rather than a log that is shorter
// than it was, or a fact that is not as it was written.
func (l *Log) Facts(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[samenspel.Fact, error] {
	return func(yield func(samenspel.Fact, error) bool) {
		o, err := l.load(ctx, id)
		if err == nil && o.head.Seq == 0 {
			o, err = l.begun(ctx, id)
		}
		if err == nil && o.head.Seq < after {
			err = Finding{Alliance: id, Seq: o.head.Seq + 1, Damage: EntryMissing}
		}
		if err != nil {
			yield(samenspel.Fact{}, fmt.Errorf("read the log: %w", err))
			return
		}
		r := reader{log: l, id: id, ring: o.ring, known: after, seq: max(after-1, 0), links: [][]byte{nil}}
		for f, err := range r.to(ctx, o.head) {
			if err != nil {
				// What is missing may just have been destroyed.
				if _, now := l.load(ctx, id); errors.Is(now, ErrDestroyed) {
					err = now
				}
				yield(samenspel.Fact{}, fmt.Errorf("read the log: %w", err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// begun looks again at an alliance that had no head. It gives a finding when
// there are entries and still no head: an entry comes with its head, so one
// that was written since has brought it.
func (l *Log) begun(ctx context.Context, id samenspel.AllianceID) (opened, error) {
	for _, err := range l.store.Entries(ctx, id, 0) {
		if err != nil {
			return opened{}, err
		}
		o, err := l.load(ctx, id)
		if err == nil && o.head.Seq == 0 {
			err = Finding{Alliance: id, Damage: HeadMissing}
		}
		return o, err
	}
	return opened{}, nil
}

// Transcripts gives the alliances in which words of a transcript are stored.
func (l *Log) Transcripts(ctx context.Context) ([]samenspel.AllianceID, error) {
	ids, err := l.store.Transcripts(ctx)
	if err != nil {
		return nil, fmt.Errorf("list transcripts: %w", err)
	}
	return ids, nil
}

// Scratches gives the alliances in which words of a scratch pad are stored.
func (l *Log) Scratches(ctx context.Context) ([]samenspel.AllianceID, error) {
	return listed(l.store.Scratches(ctx))
}

// Young gives the alliances in which a day of birth is stored.
func (l *Log) Young(ctx context.Context) ([]samenspel.AllianceID, error) {
	return listed(l.store.Young(ctx))
}
