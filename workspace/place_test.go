package workspace_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/workspace"
)

// The people here are invented.
const (
	noor  samenspel.PersonID = "person-noor"  // professional
	amira samenspel.PersonID = "person-amira" // vrager
	bram  samenspel.PersonID = "person-bram"  // at no table
)

// openLog opens a real log in a folder of its own.
func openLog(t testing.TB) *journal.Log {
	t.Helper()
	dir := eachstore.Folder(t)
	master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	db := eachstore.Opened(t, dir)
	return journal.New(db, master)
}

// gate is a real log with a place where a test may stand before each write.
type gate struct {
	*journal.Log
	before func() error // nil lets all through
	after  func() error // nil keeps what the log said
	writes atomic.Int64
}

func (g *gate) Append(ctx context.Context, id samenspel.AllianceID, after int64, facts []samenspel.Fact, destroy ...samenspel.PartnerID) error {
	g.writes.Add(1)
	if g.before != nil {
		if err := g.before(); err != nil {
			return err
		}
	}
	err := g.Log.Append(ctx, id, after, facts, destroy...)
	if err == nil && g.after != nil {
		return g.after()
	}
	return err
}

// failing gives errors in their order, and then no more.
func failing(errs ...error) func() error {
	var calls atomic.Int64
	return func() error {
		if n := int(calls.Add(1)); n <= len(errs) {
			return errs[n-1]
		}
		return nil
	}
}

func open(t testing.TB, log workspace.Log, limit int64) *workspace.Workspace {
	t.Helper()
	w := workspace.New(log, nil, limit) // the looks of these tests leave no line
	w.Now = func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) }
	return w
}

// commandID gives the same id for the same number.
func commandID(n int) samenspel.CommandID {
	return samenspel.CommandID(fmt.Sprintf("01890a5d-ac96-774b-bcce-%012d", n))
}

func command(n int, wish samenspel.Wish) samenspel.Command {
	return samenspel.Command{ID: commandID(n), Wish: wish}
}

// note is a private note that says which it is.
func note(n int) samenspel.Command {
	return command(n, samenspel.WriteNote{Words: samenspel.Say(fmt.Sprint("note ", n))})
}

// begin opens an alliance in which Noor is the professional and Amira the
// vrager. It takes the command numbers 1 to 3.
func begin(t testing.TB, w *workspace.Workspace, id samenspel.AllianceID) {
	t.Helper()
	must(t, w, noor, id, command(1, samenspel.BeginAlliance{Title: samenspel.Say("Around Amira"), Name: samenspel.Say("Noor")}))
	must(t, w, noor, id, command(2, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Amira")}))
	must(t, w, amira, id, command(3, samenspel.JoinAlliance{Partner: samenspel.PartnerID(commandID(2))}))
}

func must(t testing.TB, w *workspace.Workspace, actor samenspel.PersonID, id samenspel.AllianceID, cmd samenspel.Command) {
	t.Helper()
	if err := w.Do(t.Context(), actor, id, cmd); err != nil {
		t.Fatalf("Do %s: %v", cmd.ID, err)
	}
}

func see(t testing.TB, w *workspace.Workspace, viewer samenspel.PersonID, id samenspel.AllianceID) *samenspel.Seen {
	t.Helper()
	seen, err := w.See(t.Context(), viewer, id, workspace.Look{})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// notes are the texts of somebody's notes, sorted as they see them.
func notes(t testing.TB, w *workspace.Workspace, viewer samenspel.PersonID, id samenspel.AllianceID) []string {
	t.Helper()
	var list []string
	for _, n := range see(t, w, viewer, id).Notes {
		list = append(list, n.Words.Text())
	}
	return list
}

// stored is the whole log of an alliance.
func stored(t testing.TB, log workspace.Log, id samenspel.AllianceID) []samenspel.Fact {
	t.Helper()
	var facts []samenspel.Fact
	for f, err := range log.Facts(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		facts = append(facts, f)
	}
	return facts
}

// same compares what two look at, to the last unexported field.
func same(t testing.TB, want, got any) {
	t.Helper()
	diff := cmp.Diff(want, got,
		cmp.Comparer(func(a, b samenspel.Words) bool { return a == b }),
		cmp.Exporter(func(reflect.Type) bool { return true }))
	if diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// signalled reports whether a watcher has a signal waiting, and takes it.
func signalled(watch *workspace.Watch) bool {
	select {
	case <-watch.Changed:
		return true
	default:
		return false
	}
}
