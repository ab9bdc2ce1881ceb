package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"samenspel/accesslog"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/workspace"
)

// shared is a PostgreSQL database opened as the program opens it.
type shared struct {
	place
	database *postgres.DB
}

// openShared opens a database with a key.
func openShared(ctx context.Context, address, key string) (*shared, error) {
	db, err := postgres.Open(ctx, address, postgres.Options{})
	if err != nil {
		return nil, err
	}
	s := &shared{database: db}
	if s.master, err = journal.OpenMaster(key); err == nil {
		_, err = s.master.Settle(ctx, db, newID)
	}
	if err == nil {
		s.log, s.access = journal.New(db, s.master), accesslog.New(db, s.master)
		err = errors.Join(s.log.CheckMaster(ctx), s.access.Start(ctx, time.Now()))
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// workspace gives the doors, with the other programs on the database.
func (s *shared) workspace() *workspace.Workspace {
	w := s.place.workspace()
	w.Others = s.database
	return w
}

func (s *shared) close() error { return s.database.Close() }

// lookAt opens a database afresh and lets the witness look.
func (w *witness) lookAt(ctx context.Context, address, key string) (result, error) {
	s, err := openShared(ctx, address, key)
	if err != nil {
		return result{}, err
	}
	res, err := w.look(ctx, &s.place)
	return res, errors.Join(err, s.close())
}

// newServer starts a server with an empty database, and makes a key for it.
func newServer(ctx context.Context, dir string) (s *cluster.Server, key string, err error) {
	key = keyIn(dir)
	if _, err = journal.MakeMaster(key); err != nil {
		return nil, "", err
	}
	if s, err = cluster.Start(ctx, cluster.Quick()); err != nil {
		return nil, "", err
	}
	if err := s.Make(ctx, database); err != nil {
		return nil, "", errors.Join(err, remove(s))
	}
	return s, key, nil
}

// database is the name of the one that is used.
const database = "samenspel"

// remove ends servers and removes what they kept.
func remove(servers ...*cluster.Server) (err error) {
	for _, s := range servers {
		if s != nil {
			err = errors.Join(err, s.Resume(), s.Kill(), s.Remove())
		}
	}
	return err
}

// copied copies a key, as to another machine.
func copied(key, dir, name string) (string, error) {
	text, err := os.ReadFile(key)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	return path, os.WriteFile(path, text, 0o600)
}
