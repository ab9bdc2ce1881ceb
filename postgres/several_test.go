package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/postgres"
)

// TestManyProgramsStartAtOnce: of many that come to an empty database one makes
// the tables, and all serve.
func TestManyProgramsStartAtOnce(t *testing.T) {
	at := emptyDatabase(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			db, err := postgres.Open(t.Context(), at, postgres.Options{Connections: 2})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := db.Register(t.Context()); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestProgramsHearEachOther: what one tells the other hears, and not itself.
func TestProgramsHearEachOther(t *testing.T) {
	at := newDatabase(t)
	one, two := open(t, at), open(t, at)
	heard := [2]chan []samenspel.AllianceID{make(chan []samenspel.AllianceID, 100), make(chan []samenspel.AllianceID, 100)}
	ctx, stop := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	for i, db := range []*postgres.DB{one, two} {
		listening.Go(func() {
			err := db.Hear(ctx, func(ids ...samenspel.AllianceID) { heard[i] <- ids })
			if ctx.Err() == nil {
				t.Error(err)
			}
		})
		if ids := <-heard[i]; len(ids) > 0 {
			t.Fatalf("it began to hear with %q", ids)
		}
	}
	var ids []samenspel.AllianceID
	for i := range 250 { // more than one message holds
		ids = append(ids, samenspel.AllianceID(fmt.Sprint("alliance-", i)))
	}
	must(t, one.Tell(ctx, ids...))
	missing := map[samenspel.AllianceID]bool{}
	for _, id := range ids {
		missing[id] = true
	}
	for len(missing) > 0 {
		for _, id := range <-heard[1] {
			delete(missing, id)
		}
	}
	must(t, two.Tell(ctx, "back"))
	if ids := <-heard[0]; len(ids) != 1 || ids[0] != "back" {
		t.Errorf("the first heard %q, and perhaps itself", ids)
	}
	stop()
	listening.Wait()
}

// TestStand asks where alliances stand.
func TestStand(t *testing.T) {
	db := open(t, newDatabase(t))
	log := journal.New(db, newMaster(t))
	must(t, log.Append(t.Context(), "a", 0, notes(0, 3)))
	stand, err := db.Stand(t.Context(), []samenspel.AllianceID{"a", "none"})
	if err != nil || len(stand) != 1 || stand["a"] != 3 {
		t.Errorf("stand %v, %v", stand, err)
	}
}

func newMaster(t testing.TB) *journal.Master {
	t.Helper()
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	must(t, err)
	return master
}

// notes are facts of an invented person, behind a number.
func notes(after int64, count int) []samenspel.Fact {
	var facts []samenspel.Fact
	for seq := after + 1; seq <= after+int64(count); seq++ {
		facts = append(facts, samenspel.Fact{
			Seq: seq, Command: samenspel.CommandID(fmt.Sprint("command-", seq)), Person: "noor", By: "noor", At: time.Unix(seq, 0).UTC(),
			Event: &samenspel.NoteWritten{Note: "note", By: "noor", Words: samenspel.Say("words of Noor")},
		})
	}
	return facts
}

// TestWritersWaitForEachOther lets two programs write to a few alliances and
// chains, in any order: nobody waits for ever, nobody is refused for anything
// but a log that moved on, and every chain is whole.
func TestWritersWaitForEachOther(t *testing.T) {
	const writers, rounds, alliances = 8, 40, 5
	at, master := newDatabase(t), newMaster(t)
	var all sync.WaitGroup
	for w := range writers {
		db := open(t, at)
		log, access := journal.New(db, master), accesslog.New(db, master)
		if w == 0 {
			must(t, access.Start(t.Context(), time.Now()))
		}
		random := rand.New(rand.NewPCG(1, uint64(w)))
		all.Go(func() {
			for range rounds {
				if err := one(t.Context(), random, log, db, access, alliances); err != nil && !errors.Is(err, journal.ErrConflict) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	db := open(t, at)
	sum, err := journal.New(db, master).Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
	if err != nil || sum.Entries < alliances {
		t.Errorf("%+v, %v", sum, err)
	}
	lines, err := accesslog.New(db, master).Verify(t.Context(), func(f accesslog.Finding) { t.Error(f) })
	if err != nil || lines.Lines < writers*rounds {
		t.Errorf("%+v, %v", lines, err)
	}
}

// TestAChainBeginsOnce: of many programs that write the first line of a chain at
// the same moment one begins it.
func TestAChainBeginsOnce(t *testing.T) {
	const programs, chains = 4, 60
	at, master := newDatabase(t), newMaster(t)
	var logs []*accesslog.Log
	for range programs {
		logs = append(logs, accesslog.New(open(t, at), master))
	}
	must(t, logs[0].Start(t.Context(), time.Now()))
	for c := range chains {
		id := samenspel.AllianceID(fmt.Sprint("alliance-", c))
		begin := make(chan struct{})
		var all sync.WaitGroup
		for _, access := range logs {
			for range 2 {
				all.Go(func() {
					<-begin
					if err := access.Add(t.Context(), []accesslog.Line{{Chain: id, Alliance: id, Kind: accesslog.Read, What: "home", At: time.Now()}}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		close(begin)
		all.Wait()
	}
	sum, err := logs[0].Verify(t.Context(), func(f accesslog.Finding) { t.Error(f) })
	if err != nil || sum.Chains != chains+1 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// one is one wish of a writer: a note, or looks at several alliances.
func one(ctx context.Context, random *rand.Rand, log *journal.Log, db *postgres.DB, access *accesslog.Log, alliances int) error {
	some := func() samenspel.AllianceID {
		return samenspel.AllianceID(fmt.Sprint("alliance-", random.IntN(alliances)))
	}
	line := func(id samenspel.AllianceID) accesslog.Line {
		return accesslog.Line{Chain: id, Alliance: id, Kind: accesslog.Read, What: "home", Person: "noor", At: time.Now().UTC().Truncate(time.Millisecond)}
	}
	if random.IntN(2) == 0 {
		return access.Add(ctx, []accesslog.Line{line(some()), line(accesslog.House), line(some()), line(some())})
	}
	id := some()
	head, err := db.Head(ctx, id)
	if err != nil {
		return err
	}
	err = log.Append(ctx, id, head.Seq, notes(head.Seq, 1+random.IntN(3)))
	if err == nil || errors.Is(err, journal.ErrConflict) {
		return errors.Join(err, access.Add(ctx, []accesslog.Line{line(id)}))
	}
	return err
}
