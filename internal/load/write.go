package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/sqlite"
	"samenspel/workspace"
)

// note is about as long as what people say: 700 bytes.
var note = func() samenspel.Words {
	text := ""
	for len(text) < 700 {
		text += "Ik wil weten hoeveel het is, tot op de euro. "
	}
	return samenspel.Say(text[:700])
}()

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// place is a data folder with a workspace over it.
type place struct {
	dir       string
	db        *sqlite.DB
	master    *journal.Master
	access    *accesslog.Log
	workspace *workspace.Workspace
}

func newPlace(ctx context.Context) (*place, error) {
	dir, err := os.MkdirTemp("", "samenspel-load-")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		return nil, err
	}
	access := accesslog.New(db, master)
	return &place{dir, db, master, access, workspace.New(journal.New(db, master), access, 0)}, access.Start(ctx, time.Now())
}

func (p *place) close() error { return errors.Join(p.db.Close(), os.RemoveAll(p.dir)) }

// begin opens an alliance with a professional.
func (p *place) begin(ctx context.Context) (samenspel.AllianceID, samenspel.PersonID, error) {
	id, person := samenspel.AllianceID(newID()), samenspel.PersonID(newID())
	wish := samenspel.BeginAlliance{Title: samenspel.Say("Meting"), Name: samenspel.Say("Els")}
	return id, person, p.workspace.Do(ctx, person, id, samenspel.Command{ID: samenspel.CommandID(newID()), Wish: wish})
}

// rate lets writers write as fast as they can and counts.
func rate(writers int, long time.Duration, write func(writer int) error) (perSecond float64, times []time.Duration, err error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	begun := time.Now()
	for w := range writers {
		all.Add(1)
		go func() {
			defer all.Done()
			var own []time.Duration
			for time.Since(begun) < long {
				before := time.Now()
				if e := write(w); e != nil {
					mu.Lock()
					err = errors.Join(err, e)
					mu.Unlock()
					return
				}
				own = append(own, time.Since(before))
			}
			mu.Lock()
			times = append(times, own...)
			mu.Unlock()
		}()
	}
	all.Wait()
	return float64(len(times)) / time.Since(begun).Seconds(), times, err
}

// writing compares durable creates with a bare loop of inserts.
func writing(ctx context.Context, long time.Duration, _ int) ([]row, error) {
	var rows []row
	for _, writers := range []int{1, 8, 32} {
		bare, _, err := bareInserts(writers, long)
		if err != nil {
			return nil, fmt.Errorf("bare inserts: %w", err)
		}
		p, err := newPlace(ctx)
		if err != nil {
			return nil, err
		}
		ids, people := make([]samenspel.AllianceID, writers), make([]samenspel.PersonID, writers)
		for i := range writers {
			if ids[i], people[i], err = p.begin(ctx); err != nil {
				return nil, err
			}
		}
		ours, times, err := rate(writers, long, func(w int) error {
			return p.workspace.Do(ctx, people[w], ids[w], samenspel.Command{ID: samenspel.CommandID(newID()), Wish: samenspel.WordStatement{Words: note}})
		})
		if err = errors.Join(err, p.close()); err != nil {
			return nil, err
		}
		_, p99 := spread(times)
		bar := "—"
		if writers == 8 {
			bar = "at least 1 × the bare loop"
		}
		rows = append(rows, row{
			fmt.Sprintf("durable create, writers at once: %d (Do: decided, sealed, chained, fsync)", writers),
			fmt.Sprintf("%.0f/s, p99 %s; bare loop %.0f/s: %.2f ×", ours, short(p99), bare, ours/bare), bar,
		})
	}
	return rows, nil
}

// bareInserts is the loop to compare with: one insert per transaction, WAL,
// synchronous=FULL, one connection, nothing sealed and nothing decided.
func bareInserts(writers int, long time.Duration) (float64, []time.Duration, error) {
	dir, err := os.MkdirTemp("", "samenspel-bare-")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return 0, nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE entry (id TEXT PRIMARY KEY, body BLOB)"); err != nil {
		return 0, nil, err
	}
	insert, err := db.Prepare("INSERT INTO entry VALUES (?, ?)")
	if err != nil {
		return 0, nil, err
	}
	defer insert.Close()
	body := []byte(note.Text())
	return rate(writers, long, func(int) error {
		_, err := insert.Exec(newID(), body)
		return err
	})
}
