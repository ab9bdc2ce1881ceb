package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// ErrDestroyed says that an alliance was destroyed: nothing of it is left but
// its number and that it was.
var ErrDestroyed = errors.New("the alliance was destroyed")

// Destroyed is what is left of an alliance that was destroyed.
type Destroyed struct {
	Alliance samenspel.AllianceID
	Number   int64 // in the order of beginning
	Entries  int64 // how many there were
	At       time.Time
	Record   []byte // what was kept of it by whoever destroyed it; sealed in a store
}

// Destruction is what one transaction does to destroy an alliance.
type Destruction struct {
	Destroyed
	After   int64                // the sequence number that its writer had seen
	Behind  []byte               // the chain value there, as in Batch
	Head    Head                 // in the place of the one there: nobody can follow on the old one
	Mark    WrappedKey           // in the place of all keys
	Persons []samenspel.PersonID // who may ask what became of it
}

// SealOfRecord is the purpose under which the record of an alliance is sealed.
func SealOfRecord(id samenspel.AllianceID) string { return "destroyed " + string(id) }

// Destroy destroys all keys of an alliance and all that was sealed with them,
// its own key too. What is left is its number, the head that says how long it
// was, the mark with the time, and a record for those who were there. It gives
// ErrConflict when the log has moved on. Done again, it finishes what was not.
func (l *Log) Destroy(ctx context.Context, id samenspel.AllianceID, after int64, at time.Time, record []byte, persons []samenspel.PersonID) error {
	o, err := l.standing(ctx, id, after)
	if errors.Is(err, ErrDestroyed) {
		err = l.store.Scrub(ctx)
	} else if err == nil {
		err = l.destroy(ctx, o, at.UTC().Truncate(time.Millisecond), record, persons)
	}
	if err != nil {
		return fmt.Errorf("destroy an alliance: %w", err)
	}
	return nil
}

func (l *Log) destroy(ctx context.Context, o opened, at time.Time, record []byte, persons []samenspel.PersonID) error {
	id := o.head.Alliance
	sealed, err := l.master.Seal(SealOfRecord(id), record)
	if err != nil {
		return err
	}
	head := o.head
	head.Seq++
	head.Chain = mac(o.ring.chain, "destroyed", string(o.head.Chain), string(id), number(at.UnixMilli()))
	defer l.drop(id)
	return l.store.Destroy(ctx, Destruction{
		Destroyed: Destroyed{Alliance: id, Number: head.Number, Entries: o.head.Seq, At: at, Record: sealed},
		After:     o.head.Seq,
		Behind:    o.head.Chain,
		Head:      l.master.signHead(head),
		Mark:      l.master.endMark(id, at),
		Persons:   persons,
	})
}

// endMark stands in the place of all keys of a destroyed alliance. The time is
// all that it seals; that it opens shows who put it there.
func (m *Master) endMark(id samenspel.AllianceID, at time.Time) WrappedKey {
	mark := WrappedKey{Use: ForChain, Destroyed: true}
	mark.Sealed = m.wrap.Seal(nil, nil, binary.BigEndian.AppendUint64(nil, uint64(at.UnixMilli())), place(id, mark))
	return mark
}

// Destroyed gives what is left of destroyed alliances, the newest first: of
// those where somebody was, or with "" of all.
func (l *Log) Destroyed(ctx context.Context, person samenspel.PersonID) ([]Destroyed, error) {
	list, err := l.store.Destroyed(ctx, person)
	if err != nil {
		return nil, fmt.Errorf("list what was destroyed: %w", err)
	}
	for i := range list {
		if list[i].Record, err = l.master.Open(SealOfRecord(list[i].Alliance), list[i].Record); err != nil {
			return nil, fmt.Errorf("read what was destroyed: %w", Finding{Alliance: list[i].Alliance, Damage: RecordChanged})
		}
	}
	return list, nil
}

// Kept gives the alliances of which somebody said how long they are kept.
func (l *Log) Kept(ctx context.Context) ([]samenspel.AllianceID, error) {
	return listed(l.store.Kept(ctx))
}

// Decided gives the alliances of which it was ever decided to destroy them,
// and that are still there.
func (l *Log) Decided(ctx context.Context) ([]samenspel.AllianceID, error) {
	return listed(l.store.Decided(ctx))
}

// Alliances gives every alliance that there is, the destroyed ones too.
func (l *Log) Alliances(ctx context.Context) ([]samenspel.AllianceID, error) {
	return listed(l.store.Alliances(ctx))
}

func listed(ids []samenspel.AllianceID, err error) ([]samenspel.AllianceID, error) {
	if err != nil {
		return nil, fmt.Errorf("list alliances: %w", err)
	}
	return ids, nil
}

// remains looks at what is left of a destroyed alliance: no entry, no key, no
// member, and a record that opens.
func (v *verification) remains(ctx context.Context, id samenspel.AllianceID, keys int, records map[samenspel.AllianceID]Destroyed) error {
	v.Destroyed++
	entry, err := v.added(ctx, Head{Alliance: id})
	if err != nil {
		return err
	}
	members, err := v.log.store.Members(ctx, id)
	if err != nil {
		return err
	}
	if entry || keys > 1 || len(members) > 0 {
		v.found(Finding{Alliance: id, Damage: DestroyedLeft})
	}
	record, there := records[id]
	if !there {
		v.found(Finding{Alliance: id, Damage: RecordMissing})
		return nil
	}
	if _, err := v.log.master.Open(SealOfRecord(id), record.Record); err != nil {
		v.found(Finding{Alliance: id, Damage: RecordChanged})
	}
	return nil
}

// records reads what is kept of destroyed alliances.
func (v *verification) records(ctx context.Context) (map[samenspel.AllianceID]Destroyed, error) {
	list, err := v.log.store.Destroyed(ctx, "")
	if err != nil {
		return nil, err
	}
	all := map[samenspel.AllianceID]Destroyed{}
	for _, d := range list {
		all[d.Alliance] = d
	}
	return all, nil
}
