package postgres_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/workspace"
)

// two are a server that takes changes and one that follows it.
type two struct {
	first, second *cluster.Server
	master        *journal.Master
	at            string // of a database on whichever takes changes
}

// newTwo starts two servers of which the first waits for the second.
func newTwo(t *testing.T) *two {
	t.Helper()
	if server == nil {
		t.Skip(cluster.ErrMissing)
	}
	first, err := cluster.Start(t.Context(), cluster.Quick(), "autovacuum = off")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { remove(t, first) })
	second, err := first.Standby(t.Context(), cluster.Quick(), "second")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { remove(t, second) })
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err == nil {
		err = first.Make(t.Context(), "two")
	}
	if err == nil {
		err = first.WaitsFor(t.Context(), "second")
	}
	if err != nil {
		t.Fatal(err)
	}
	p := &two{first, second, master, cluster.Pair(first, second, "two")}
	db := open(t, p.at)
	if _, err := master.Settle(t.Context(), db, newID); err != nil {
		t.Fatal(err)
	}
	return p
}

// newOne is one server with no standby, the one of all tests.
func newOne(t *testing.T) *two {
	t.Helper()
	at := newDatabase(t)
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err == nil {
		_, err = master.Settle(t.Context(), open(t, at), newID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &two{server, nil, master, at}
}

func remove(t *testing.T, s *cluster.Server) {
	if err := errors.Join(s.Resume(), s.Kill(), s.Remove()); err != nil {
		t.Error(err)
	}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// program is one program that uses both servers.
func (p *two) program(t *testing.T) *workspace.Workspace {
	db := open(t, p.at)
	access := accesslog.New(db, p.master)
	w := workspace.New(journal.New(db, p.master), access, 0)
	if err := access.Start(t.Context(), w.Now()); err != nil {
		t.Fatal(err)
	}
	w.Others = db
	return w
}

// failOver kills the first server and makes the second take changes.
func (p *two) failOver(t *testing.T) {
	t.Helper()
	if err := errors.Join(p.first.Kill(), p.second.Resume()); err != nil {
		t.Fatal(err)
	}
	if err := p.second.Promote(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.second.WaitsFor(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
}

// on runs something as the owner of the first server, beside all.
func (p *two) on(t *testing.T, statement string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), p.at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

const person = samenspel.PersonID("noor")

func begins() samenspel.Command {
	return samenspel.Command{ID: samenspel.CommandID(newID()),
		Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}}
}

func says() samenspel.Command {
	return samenspel.Command{ID: samenspel.CommandID(newID()), Wish: samenspel.WordStatement{Words: samenspel.Say("Ik wil weten waar ik aan toe ben.")}}
}

// times is how often the log holds a command, on the server that takes changes.
func (p *two) times(t *testing.T, id samenspel.AllianceID, cmd samenspel.CommandID) (times int) {
	t.Helper()
	log := journal.New(open(t, p.at), p.master)
	for f, err := range log.Facts(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Command == cmd {
			times++
		}
	}
	if _, err := log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil {
		t.Error(err)
	}
	return times
}

// waiting waits until a commit waits for the standby.
const waiting = `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')`

// Whatever was said to be kept is there after the server that said it was
// killed, also where somebody cut the waiting for the standby short.
func TestWhatWasKeptOutlivesItsServer(t *testing.T) {
	for name, test := range map[string]func(t *testing.T, p *two){
		"a commit that waits is cancelled": func(t *testing.T, p *two) {
			p.on(t, `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
		},
		"a commit that waits is ended": func(t *testing.T, p *two) {
			p.on(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
		},
		"cancelled, on a server that says no warnings": func(t *testing.T, p *two) {
			p.on(t, `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newTwo(t)
			if name == "cancelled, on a server that says no warnings" {
				p.on(t, `ALTER ROLE samenspel SET client_min_messages = error`)
			}
			here, there := p.program(t), p.program(t)
			id := samenspel.AllianceID(newID())
			if err := here.Do(t.Context(), person, id, begins()); err != nil {
				t.Fatal(err)
			}
			if err := p.first.Cut(t.Context(), p.second); err != nil {
				t.Fatal(err)
			}
			cmd := says()
			var all sync.WaitGroup
			answers := make([]error, 2)
			all.Go(func() { answers[0] = here.Do(t.Context(), person, id, cmd) })
			if err := p.first.Until(t.Context(), waiting); err != nil {
				t.Fatal(err)
			}
			test(t, p)
			// Now it can be read on the first server, and the second does not have it.
			if err := p.first.Until(t.Context(), waiting); err != nil {
				t.Fatal(err)
			}
			all.Go(func() { answers[1] = there.Do(t.Context(), person, id, cmd) })
			all.Wait() // for as long as a program is patient
			p.failOver(t)
			for i, err := range answers {
				if err == nil && p.times(t, id, cmd.ID) != 1 {
					t.Errorf("program %d said that it is kept, and it is lost", i)
				}
				if err != nil && !errors.Is(err, journal.ErrAway) {
					t.Errorf("program %d: %v", i, err)
				}
			}
			if err := there.Do(t.Context(), person, id, cmd); err != nil {
				t.Errorf("after the fail-over: %v", err)
			}
			if got := p.times(t, id, cmd.ID); got != 1 {
				t.Errorf("it is there %d times", got)
			}
		})
	}
}

// A server that was killed and started again shows what its standby never had.
// Who sends it again is not told that it is kept before the standby has it.
func TestWhatTheStandbyDoesNotHaveIsNotKept(t *testing.T) {
	t.Parallel()
	p := newTwo(t)
	here, there := p.program(t), p.program(t)
	id := samenspel.AllianceID(newID())
	if err := here.Do(t.Context(), person, id, begins()); err != nil {
		t.Fatal(err)
	}
	if err := p.first.Cut(t.Context(), p.second); err != nil {
		t.Fatal(err)
	}
	cmd := says()
	failed := make(chan error, 1)
	go func() { failed <- here.Do(t.Context(), person, id, cmd) }()
	if err := p.first.Until(t.Context(), waiting); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.first.Kill(), p.first.Run(t.Context())); err != nil {
		t.Fatal(err)
	}
	if got := p.times(t, id, cmd.ID); got != 1 {
		t.Fatalf("the server shows it %d times: this tests nothing", got)
	}
	for { // its connections are to the server from before
		if _, err := there.AlliancesOf(t.Context(), person); err == nil {
			break
		}
	}
	if err := there.Do(t.Context(), person, id, cmd); !errors.Is(err, journal.ErrAway) {
		t.Errorf("sent again: %v", err)
	}
	if err := <-failed; !errors.Is(err, journal.ErrAway) {
		t.Errorf("the first time: %v", err)
	}
	if err := p.second.Resume(); err != nil {
		t.Fatal(err)
	}
	if err := there.Do(t.Context(), person, id, cmd); err != nil {
		t.Errorf("when the standby is back: %v", err)
	}
	p.failOver(t)
	if got := p.times(t, id, cmd.ID); got != 1 {
		t.Errorf("it is there %d times", got)
	}
}

// What can be made sure of is there.
func TestSure(t *testing.T) {
	p := newOne(t)
	w, db, id, cmd := p.program(t), open(t, p.at), samenspel.AllianceID(newID()), says()
	if err := errors.Join(w.Do(t.Context(), person, id, begins()), w.Do(t.Context(), person, id, cmd)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Sure(t.Context(), id, 3), db.Sure(t.Context(), id, 3, cmd.ID)); err != nil {
		t.Errorf("of what is there: %v", err)
	}
	for what, err := range map[string]error{
		"of an alliance that is not there": db.Sure(t.Context(), "a", 1),
		"further than it stands":           db.Sure(t.Context(), id, 1000),
		"of a command that is not there":   db.Sure(t.Context(), id, 3, cmd.ID, says().ID),
	} {
		if !errors.Is(err, journal.ErrConflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// After a fail-over, or when a database is put back, what a program read before
// may be gone. What it then keeps can be read by all.
func TestWhatIsKeptAfterSomethingWasLost(t *testing.T) {
	for name, between := range map[string]bool{"at the same place": false, "behind what another wrote there": true} {
		t.Run(name, func(t *testing.T) {
			p := newOne(t)
			here, there := p.program(t), p.program(t)
			id, cmd := samenspel.AllianceID(newID()), says()
			if err := here.Do(t.Context(), person, id, begins()); err != nil {
				t.Fatal(err)
			}
			p.on(t, `CREATE TABLE kept_head AS SELECT * FROM head`)
			p.on(t, `CREATE TABLE kept_key AS SELECT * FROM wrapped_key`)
			if err := here.Do(t.Context(), person, id, cmd); err != nil {
				t.Fatal(err)
			}
			p.on(t, `DELETE FROM entry WHERE seq > (SELECT seq FROM kept_head)`)
			p.on(t, `DELETE FROM wrapped_key WHERE holder NOT IN (SELECT holder FROM kept_key)`)
			p.on(t, `DELETE FROM head`)
			p.on(t, `INSERT INTO head SELECT * FROM kept_head`)
			if between {
				if err := there.Do(t.Context(), person, id, says()); err != nil {
					t.Fatal(err)
				}
			}
			if err := here.Do(t.Context(), person, id, cmd); err != nil {
				t.Fatal(err)
			}
			if got := p.times(t, id, cmd.ID); got != 1 {
				t.Errorf("it is there %d times", got)
			}
		})
	}
}

// A server that stands still, and does not end, is left for the one that took
// over. Until then it is away, and nothing is said to be kept.
func TestAServerThatStandsStill(t *testing.T) {
	t.Parallel()
	p := newTwo(t)
	here := p.program(t)
	id, cmd := samenspel.AllianceID(newID()), says()
	if err := errors.Join(here.Do(t.Context(), person, id, begins()), p.first.Pause(), p.second.Promote(t.Context()), p.second.WaitsFor(t.Context(), "")); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for {
		err := here.Do(t.Context(), person, id, cmd)
		if err == nil {
			break
		}
		if !errors.Is(err, journal.ErrAway) {
			t.Fatal(err)
		}
	}
	t.Log("it took", time.Since(begun))
	if got := p.times(t, id, cmd.ID); got != 1 {
		t.Errorf("it is there %d times", got)
	}
}

// TestWhereThingsStandAfterAFailOver: another server may have something else at
// the same number, so each alliance stands nowhere once.
func TestWhereThingsStandAfterAFailOver(t *testing.T) {
	p := newTwo(t)
	db := open(t, p.at)
	log := journal.New(db, p.master)
	must(t, log.Append(t.Context(), "a", 0, notes(0, 3)))
	stands := func() int64 {
		t.Helper()
		for {
			stand, err := db.Stand(t.Context(), []samenspel.AllianceID{"a"})
			if err == nil {
				return stand["a"]
			}
			if !errors.Is(err, journal.ErrAway) {
				t.Fatal(err)
			}
		}
	}
	if got := stands(); got != 3 {
		t.Fatalf("it stands at %d", got)
	}
	p.failOver(t)
	if got := stands(); got != 0 {
		t.Errorf("after another server took over it stands at %d at once", got)
	}
	if got := stands(); got != 3 {
		t.Errorf("and then at %d", got)
	}
}
