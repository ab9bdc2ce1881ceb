package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/sqlite"
)

// errNoKey says that there is data and no key to read it with. A new key
// would not help, and would hide that the old one is lost.
var errNoKey = errors.New("there is data but no master key. Put the key back from your own copy; nobody can read the data without it")

// exists reports whether a folder holds data.
func exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, sqlite.FileName))
	return err == nil
}

// stored is an open data folder.
type stored struct {
	db     *sqlite.DB
	master *journal.Master
	log    *journal.Log
	access *accesslog.Log
}

// open opens a data folder and its key. A new folder gets a new key.
func open(ctx context.Context, dir, keyFile string) (*stored, error) {
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	if keyFile == "" {
		keyFile = filepath.Join(dir, "master.key")
	}
	master, err := key(ctx, db, keyFile)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s := &stored{db: db, master: master, log: journal.New(db, master), access: accesslog.New(db, master)}
	if err := s.log.CheckMaster(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := s.access.Start(ctx, time.Now()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func key(ctx context.Context, db *sqlite.DB, file string) (*journal.Master, error) {
	master, err := journal.OpenMaster(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return master, err
	}
	known, err := db.Accounts().Staff(ctx)
	if err != nil {
		return nil, err
	}
	alliances, err := db.Alliances(ctx)
	if err != nil {
		return nil, err
	}
	if len(known) > 0 || len(alliances) > 0 {
		return nil, errNoKey
	}
	return journal.MakeMaster(file)
}

func (s *stored) close() error { return s.db.Close() }
