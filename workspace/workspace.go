// Package workspace has the two doors of Samenspel: every change goes through
// [Workspace.Do], every look through [Workspace.See]. Behind them it keeps the
// alliances that are in use folded in memory, and wakes who is looking.
package workspace

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
)

// Log is what a workspace needs of the log; *journal.Log is one.
type Log interface {
	// Append makes facts durable after the fact that the writer saw last, and
	// destroys keys with them.
	Append(ctx context.Context, id samenspel.AllianceID, after int64, facts []samenspel.Fact, destroy ...samenspel.PartnerID) error
	// Facts gives the facts after a sequence number, in order.
	Facts(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[samenspel.Fact, error]
	// AlliancesOf gives the places that a person has now.
	AlliancesOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error)
	// PlacesOf gives the places that a person has or had.
	PlacesOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error)
	// Trace looks for what an erasure left.
	Trace(ctx context.Context, id samenspel.AllianceID, keys []samenspel.PartnerID, first, last int64) (journal.Trace, error)
	// Transcripts gives the alliances in which words of a transcript are stored.
	Transcripts(ctx context.Context) ([]samenspel.AllianceID, error)
	// Erase destroys keys of an alliance, and the words that they sealed.
	Erase(ctx context.Context, id samenspel.AllianceID, keys ...samenspel.PartnerID) error
	// Scratches gives the alliances in which words of a scratch pad are stored.
	Scratches(ctx context.Context) ([]samenspel.AllianceID, error)
	// Young gives the alliances in which a day of birth is stored.
	Young(ctx context.Context) ([]samenspel.AllianceID, error)
	// Kept gives the alliances of which somebody said how long they are kept.
	Kept(ctx context.Context) ([]samenspel.AllianceID, error)
	// Decided gives those of which it was decided to destroy them.
	Decided(ctx context.Context) ([]samenspel.AllianceID, error)
	// Alliances gives all that there are, or were.
	Alliances(ctx context.Context) ([]samenspel.AllianceID, error)
	// Destroy destroys an alliance that stands at a sequence number.
	Destroy(ctx context.Context, id samenspel.AllianceID, after int64, at time.Time, record []byte, persons []samenspel.PersonID) error
	// Destroyed gives what is left of destroyed alliances where somebody was.
	Destroyed(ctx context.Context, person samenspel.PersonID) ([]journal.Destroyed, error)
}

// Why something could not be kept, for those who have no log of their own.
var (
	ErrFull    = journal.ErrFull
	ErrStopped = journal.ErrStopped
	ErrAway    = journal.ErrAway
	ErrDamaged = journal.ErrDamaged // of what was kept
)

// Workspace holds the alliances that are in use. Make one with [New].
type Workspace struct {
	// Now is the clock of the machine.
	Now func() time.Time
	// Withdraw closes the ways into an alliance that is about to be destroyed.
	// It may be nil, and may be asked again.
	Withdraw func(ctx context.Context, id samenspel.AllianceID) error
	// Others are the other programs on the same log. Nil means that there are
	// none, as with SQLite: then nothing is asked, and nobody is told.
	Others Others

	log    Log
	looks  Accesses
	limit  int64
	hub    hub
	recent accesslog.Recent
	owed   owed

	unfinished unfinished

	inquiry inquiry
	telling sync.Mutex
	told    pile // of whom the others are still to be told of
	heard   pile // of whom others told
	behind  pile // what is in memory and not what it is in the log

	mu     sync.Mutex
	tables map[samenspel.AllianceID]*table
	first  table // ring of the tables: first.older was used last
	weight int64 // of the tables
}

// InMemory is how many facts stay folded in memory at most, besides those of
// alliances that are being changed or looked at in this very moment, and of the
// one that was used last. A fact takes about 2.5 kB; an alliance itself as much
// as [EachAlliance] facts.
const (
	InMemory     = 128 << 10
	EachAlliance = 32
)

// New gives a workspace over a log, and over what keeps who has looked. It
// holds at most limit facts in memory ([InMemory] where limit is 0).
func New(log Log, looks Accesses, limit int64) *Workspace {
	if limit <= 0 {
		limit = InMemory
	}
	w := &Workspace{Now: time.Now, log: log, looks: looks, limit: limit, tables: map[samenspel.AllianceID]*table{}}
	w.first.older, w.first.newer = &w.first, &w.first
	return w
}

// Do takes a wish of one person to an alliance: decides, seals, stores, and
// wakes those who look. It returns nil once the change is durable, or when
// the command was taken before. The error is a [samenspel.Refusal] when the
// answer is no; [ErrFull] and [ErrStopped] when it cannot be
// kept. When ctx ends first the outcome is open: the same command again, with
// the same id, settles it.
func (w *Workspace) Do(ctx context.Context, actor samenspel.PersonID, id samenspel.AllianceID, cmd samenspel.Command) error {
	if cmd.Arrived.IsZero() {
		cmd.Arrived = w.Now().UTC()
	}
	return w.settle(ctx, id, wish{actor: actor, cmd: cmd})
}

// settle has a wish answered, decided anew when another was first.
func (w *Workspace) settle(ctx context.Context, id samenspel.AllianceID, one wish) error {
	begun := time.Now()
	for tries := 1; ; tries++ {
		t, _, err := w.hold(ctx, id)
		if err != nil {
			return err
		}
		err = t.ask(ctx, one)
		w.giveBack(t)
		// The log has moved on under us: read it again and decide again.
		if !errors.Is(err, journal.ErrConflict) || !w.again(ctx, tries, begun) {
			return err
		}
	}
}

// AlliancesOf gives the alliances in which a person has a place now.
func (w *Workspace) AlliancesOf(ctx context.Context, person samenspel.PersonID) ([]samenspel.AllianceID, error) {
	members, err := w.log.AlliancesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	ids := make([]samenspel.AllianceID, len(members))
	for i, m := range members {
		ids[i] = m.Alliance
	}
	return ids, nil
}

// take gives the table of an alliance, with all in it that was stored before
// it was asked for. Until it is given back it stays in memory.
func (w *Workspace) take(ctx context.Context, id samenspel.AllianceID) (*table, error) {
	for tries := 1; ; tries++ {
		t, fresh, err := w.hold(ctx, id)
		if err != nil || fresh || w.Others == nil {
			return t, err
		}
		if err = t.catchUp(ctx); err == nil {
			return t, nil
		}
		w.giveBack(t)
		switch {
		case errors.Is(err, journal.ErrDestroyed):
			return nil, samenspel.ErrNotFound
		case !errors.Is(err, errAnew) || tries == mostTries:
			return nil, err
		}
	}
}

// hold gives the table of an alliance as it is in memory, read from the log
// where needed. It is fresh when all of it was read just now. Until it is given
// back it stays in memory.
func (w *Workspace) hold(ctx context.Context, id samenspel.AllianceID) (t *table, fresh bool, err error) {
	w.mu.Lock()
	t = w.tables[id]
	if t == nil {
		t = &table{id: id, w: w}
		w.tables[id] = t
	} else {
		t.unlink()
	}
	t.link(&w.first)
	t.users++
	w.mu.Unlock()

	// One reads for all who wait, so it goes on when the first goes away.
	t.reading.Do(func() { fresh, t.failed = true, t.read(context.WithoutCancel(ctx)) })
	if t.failed != nil {
		w.forget(t)
		w.giveBack(t)
		if errors.Is(t.failed, journal.ErrDestroyed) {
			return nil, false, samenspel.ErrNotFound // as one that never was
		}
		return nil, false, t.failed
	}
	return t, fresh, nil
}

// holds reports whether an alliance is in memory.
func (w *Workspace) holds(id samenspel.AllianceID) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tables[id] != nil
}

// held gives the table of an alliance that is in memory, to be given back, or
// nil. It does not count as a use.
func (w *Workspace) held(id samenspel.AllianceID) *table {
	w.mu.Lock()
	t := w.tables[id]
	if t != nil {
		t.users++
	}
	w.mu.Unlock()
	if t == nil {
		return nil
	}
	t.looking.RLock()
	read := t.stored != nil
	t.looking.RUnlock()
	if !read {
		w.giveBack(t)
		return nil
	}
	return t
}

// giveBack ends the use of a table, and clears away the longest unused ones
// above the limit. An alliance that does not exist takes no room.
func (w *Workspace) giveBack(t *table) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t.users--
	facts := t.facts()
	if t.users == 0 && t.failed == nil && facts == 0 {
		w.remove(t)
	}
	if w.tables[t.id] == t {
		w.weigh(t, EachAlliance+facts)
	}
	for old := w.first.newer; w.weight > w.limit && old != w.first.older; {
		next := old.newer
		if old.users == 0 {
			w.remove(old)
		}
		old = next
	}
}

// forget makes the next one who comes read the alliance from the log again.
func (w *Workspace) forget(t *table) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.remove(t)
}

// weigh notes how much a table takes now.
func (w *Workspace) weigh(t *table, now int64) {
	w.weight += now - t.weight
	t.weight = now
}

func (w *Workspace) remove(t *table) {
	if w.tables[t.id] == t {
		w.weigh(t, 0)
		delete(w.tables, t.id)
		t.unlink()
	}
}

// PersonAt gives the person at a place in an alliance, or [samenspel.ErrNotFound].
// It is for the door, after [samenspel.RenewEntry] was taken.
func (w *Workspace) PersonAt(ctx context.Context, id samenspel.AllianceID, partner samenspel.PartnerID) (samenspel.PersonID, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return "", err
	}
	defer w.giveBack(t)
	t.looking.RLock()
	defer t.looking.RUnlock()
	if person := t.stored.PersonAt(partner); person != "" {
		return person, nil
	}
	return "", samenspel.ErrNotFound
}

// SeatAt gives what an invitation says of a place that nobody has taken, or
// [samenspel.ErrNotFound]. It is for the door, for who has shown the key to it.
func (w *Workspace) SeatAt(ctx context.Context, id samenspel.AllianceID, partner samenspel.PartnerID) (samenspel.Seat, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return samenspel.Seat{}, err
	}
	defer w.giveBack(t)
	t.looking.RLock()
	defer t.looking.RUnlock()
	if seat, ok := t.stored.SeatAt(partner); ok {
		return seat, nil
	}
	return samenspel.Seat{}, samenspel.ErrNotFound
}
