package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"samenspel/accesslog"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/sqlite"
	"samenspel/workspace"
)

// place is an open data folder, opened as the program opens it.
type place struct {
	db     *sqlite.DB
	master *journal.Master
	log    *journal.Log
	access *accesslog.Log
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func keyIn(dir string) string { return filepath.Join(dir, "master.key") }

// openPlace opens a folder with the key in it. A new folder gets a new key.
func openPlace(ctx context.Context, dir string, now time.Time) (*place, error) {
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	p := &place{db: db}
	p.master, err = journal.OpenMaster(keyIn(dir))
	if errors.Is(err, os.ErrNotExist) {
		p.master, err = firstKey(ctx, db, dir)
	}
	if err == nil {
		err = p.settle(ctx, now)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return p, nil
}

// errKeyGone says that a key that sealed something is not there.
var errKeyGone = errors.New("there is data, and its key is gone")

func firstKey(ctx context.Context, db *sqlite.DB, dir string) (*journal.Master, error) {
	held, err := db.HowMany(ctx)
	if err == nil && held > 0 {
		err = errKeyGone
	}
	if err != nil {
		return nil, err
	}
	return journal.MakeMaster(keyIn(dir))
}

// settle brings the key and the data together.
func (p *place) settle(ctx context.Context, now time.Time) error {
	if _, err := p.master.Settle(ctx, p.db, newID); err != nil {
		return err
	}
	p.log, p.access = journal.New(p.db, p.master), accesslog.New(p.db, p.master)
	if err := p.log.CheckMaster(ctx); err != nil {
		return err
	}
	return p.access.Start(ctx, now)
}

// workspace gives the doors of the place.
func (p *place) workspace() *workspace.Workspace { return workspace.New(p.log, p.access, 0) }

func (p *place) close() error { return p.db.Close() }

// plan says how a backup of a folder is made.
func plan(dir, to string, master *journal.Master) backup.Plan {
	return backup.Plan{
		Place: placeOf(dir), Master: master, Data: filepath.Join(to, "data"), Keys: filepath.Join(to, "keys"),
		Scratch: filepath.Join(to, "scratch"), Program: "faults", Now: time.Now,
	}
}

// placeOf says how to come to the database in a folder.
func placeOf(dir string) backup.Place {
	return backup.Place{
		Snapshot: func(ctx context.Context) (backup.Snapshot, error) { return sqlite.OpenSnapshot(ctx, dir) },
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			return sqlite.NewCopy(ctx, dir, version)
		},
	}
}
