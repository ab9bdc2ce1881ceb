package journal

import (
	"context"
	"crypto/hmac"
	"iter"

	"samenspel"
)

// reader goes through the entries of one alliance and checks each.
type reader struct {
	log   *Log
	id    samenspel.AllianceID
	ring  ring
	known int64    // entries up to here the caller has: they are the chain's foothold
	seq   int64    // the last entry gone through
	links [][]byte // what the chain may be at seq: none when that cannot be known
}

// to gives the facts up to a head. In the place of each that is not right
// stands a Finding, and the reader goes on behind it. What stands behind the
// head is left alone.
func (r *reader) to(ctx context.Context, head Head) iter.Seq2[samenspel.Fact, error] {
	return func(yield func(samenspel.Fact, error) bool) {
		if r.known == head.Seq {
			return
		}
		for e, err := range r.log.store.Entries(ctx, r.id, r.seq) {
			if err != nil {
				yield(samenspel.Fact{}, err)
				return
			}
			if e.Seq > head.Seq {
				break
			}
			if e.Seq <= r.known {
				r.seq, r.links = e.Seq, [][]byte{e.Chain}
				continue
			}
			if e.Seq > r.seq+1 {
				if !yield(samenspel.Fact{}, r.finding(r.seq+1, EntryMissing)) {
					return
				}
				r.links = nil
			}
			if !yield(r.next(ctx, e)) {
				return
			}
		}
		switch {
		case r.seq < head.Seq:
			yield(samenspel.Fact{}, r.finding(r.seq+1, EntryMissing))
		case !r.linked(head.Chain):
			yield(samenspel.Fact{}, r.finding(head.Seq, EntryChanged))
		}
	}
}

// next checks one entry and opens it.
//
// Where one does not fit, both what the chain should be behind it and what it
// says it is may be right for the next one: the first when only its chain
// value was changed, the second when anything else was. So one change is
// found once.
func (r *reader) next(ctx context.Context, e Entry) (samenspel.Fact, error) {
	fits := r.links == nil // it follows a gap, which was found already
	var should []byte
	for _, before := range r.links {
		should = link(r.ring.chain, before, r.id, e)
		if fits = hmac.Equal(should, e.Chain); fits {
			break
		}
	}
	r.seq, r.links = e.Seq, [][]byte{e.Chain}
	if !fits {
		r.links = append(r.links, should)
		return samenspel.Fact{}, r.finding(e.Seq, EntryChanged)
	}
	return r.open(ctx, e)
}

// open opens an entry, if need be with the keys as they are by now: one may
// have been made, or destroyed with its words, since they were read.
func (r *reader) open(ctx context.Context, e Entry) (samenspel.Fact, error) {
	f, damage := r.ring.open(r.log.codec, r.id, e)
	if damage == KeyMissing || damage == WordsMissing {
		r.log.drop(r.id)
		keys, err := r.log.store.Keys(ctx, r.id)
		if err != nil {
			return samenspel.Fact{}, err
		}
		now, _ := r.log.master.open(r.id, keys)
		r.ring.data = now.data
		f, damage = r.ring.open(r.log.codec, r.id, e)
	}
	if damage != "" {
		return samenspel.Fact{}, r.finding(e.Seq, damage)
	}
	return f, nil
}

// linked reports whether the chain may stand at a value.
func (r *reader) linked(chain []byte) bool {
	for _, l := range r.links {
		if hmac.Equal(l, chain) {
			return true
		}
	}
	return false
}

func (r *reader) finding(seq int64, d Damage) Finding {
	return Finding{Alliance: r.id, Seq: seq, Damage: d}
}
