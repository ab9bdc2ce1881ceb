package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
)

// pausing is a linker that waits, the first time, until it is let go, and counts
// how often it is asked.
type pausing struct {
	accesslog.Linker
	times  atomic.Int32
	linked chan struct{}
	let    chan struct{}
}

func (p *pausing) Link(chain samenspel.AllianceID, h accesslog.Head, lines []accesslog.Line) (accesslog.Head, []accesslog.Line, error) {
	if p.times.Add(1) == 1 {
		close(p.linked)
		<-p.let
	}
	return p.Linker.Link(chain, h, lines)
}

// Where a chain stands is remembered by its writer. What was given up with its
// transaction was remembered too, and is not built on.
func TestAChainGoesOnBehindWhatWasKept(t *testing.T) {
	db := opened(t)
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	chains := accesslog.NewChains(master)
	n := int64(0)
	add := func(link accesslog.Linker) error {
		n++
		return db.AddAccess(t.Context(), link, []accesslog.Line{{
			Chain: "a", Alliance: "a", Kind: accesslog.Read, What: "home", Action: accesslog.Look, Outcome: accesslog.Done, Person: "p", At: time.UnixMilli(n),
		}})
	}
	if err := errors.Join(add(chains), add(chains)); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("wrong")
	given := false
	for try := 0; try < 200 && !given; try++ {
		link := &pausing{Linker: chains, linked: make(chan struct{}), let: make(chan struct{})}
		added, failed, comes := make(chan error), make(chan error), make(chan struct{})
		go func() { added <- add(link) }()
		<-link.linked
		go func() {
			close(comes)
			failed <- db.write(t.Context(), func(context.Context, *sql.Tx) error { return wrong })
		}()
		<-comes // and then to the writer, before the line is through with it: in one of the tries
		close(link.let)
		if err := <-added; err != nil {
			t.Fatal(err)
		}
		if err := <-failed; !errors.Is(err, wrong) {
			t.Fatalf("what fails: %v", err)
		}
		given = link.times.Load() > 1
	}
	if !given {
		t.Fatal("nothing was given up with its transaction")
	}
	if err := add(chains); err != nil {
		t.Fatal(err)
	}
	sum, err := accesslog.New(db, master).Verify(t.Context(), func(f accesslog.Finding) { t.Errorf("found: %v", f) })
	if err != nil {
		t.Fatal(err)
	}
	if int64(sum.Lines) < n {
		t.Errorf("%d lines, want the %d that were said to be stored", sum.Lines, n)
	}
}

// A parameter has no name where it stands in its order, and keeps it elsewhere.
func TestParametersWithoutNames(t *testing.T) {
	for text, want := range map[string]string{
		"VALUES ($1, $2, $3)":         "VALUES (?, ?, ?)",
		"SELECT 1":                    "SELECT 1",
		"a = $1 AND b = $1":           "a = $1 AND b = $1",
		"a = $2 AND b = $1":           "a = $2 AND b = $1",
		"a = $1 AND b = $2 OR c = $2": "a = $1 AND b = $2 OR c = $2",
	} {
		if got := nameless(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
