package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"samenspel/accesslog"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/sqlite"
)

// migrate moves all data from one kind of database to the other.
type migrate struct {
	ToPostgres toPostgres `cmd:"" help:"Move what is in a folder to an empty PostgreSQL database."`
	ToSqlite   toSqlite   `cmd:"" help:"Move what is in a PostgreSQL database to a new folder."`
}

// toPostgres moves a folder to a server.
type toPostgres struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"The folder to move."`
	elsewhere
	Key string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
}

// toSqlite moves a server to a folder.
type toSqlite struct {
	elsewhere
	Into string `required:"" type:"path" placeholder:"DIR" help:"A folder that is new or empty."`
	Key  string `required:"" type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key."`
}

// Why nothing is moved.
var (
	errNoAddress = errors.New("say which database: --database postgres://…, or SAMENSPEL_DATABASE")
	errChanging  = errors.New("the master key is being changed. Finish that first: start the program once, or run samenspel key rotate")
)

// Run moves and says what came over.
func (c toPostgres) Run(ctx context.Context, to console) (err error) {
	switch {
	case c.Database == "":
		return errNoAddress
	case !inFolder(c.Data):
		return errNothing
	}
	if err := (home{server: c.Database}).check(); err != nil {
		return err
	}
	s, err := open(ctx, home{dir: c.Data}, c.Key) // and nobody else can
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	from, err := sqlite.OpenSnapshot(ctx, c.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err = s.moved(ctx, to, from, func() (backup.Copy, error) { return postgres.NewCopy(ctx, c.Database, from.Version()) }); err != nil {
		return err
	}
	file := filepath.Join(c.Data, sqlite.FileName)
	fmt.Fprintf(to.out, "The folder still holds what was moved. Put %s away, to where copies are kept, before anything starts again.\n", file)
	fmt.Fprintf(to.out, "Then start each program with --data DIR, --database, and --key with a copy of the same key.\n")
	return nil
}

// Run moves and says what came over.
func (c toSqlite) Run(ctx context.Context, to console) (err error) {
	if c.Database == "" {
		return errNoAddress
	}
	s, err := open(ctx, home{dir: filepath.Dir(c.Key), server: c.Database}, c.Key)
	if err != nil {
		return err
	}
	if err := s.close(); err != nil { // it was opened to see whether the key fits
		return err
	}
	alone, err := postgres.Alone(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, alone.Close()) }()
	from, err := postgres.OpenSnapshot(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err = s.moved(ctx, to, from, func() (backup.Copy, error) { return sqlite.NewCopy(ctx, c.Into, from.Version()) }); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "The database on the server still holds what was moved. Remove it, or keep it as a copy, and start nothing with it any more.\n")
	fmt.Fprintf(to.out, "start it with: samenspel serve --data %s --key %s\n", c.Into, c.Key)
	return nil
}

// withAccess is a copy that is kept only when its access log is whole as well.
type withAccess struct {
	backup.Copy
	sealer accesslog.Sealer
	store  journal.Store // once it is settled
	found  accesslog.Summary
}

// Settle gives the store, as the copy does.
func (w *withAccess) Settle(ctx context.Context) (store journal.Store, err error) {
	w.store, err = w.Copy.Settle(ctx)
	return w.store, err
}

// Keep verifies the access log, and keeps the copy.
func (w *withAccess) Keep() (err error) {
	lines, ok := w.store.(accesslog.Store)
	if !ok {
		return errors.New("the store has no access log")
	}
	w.found, err = accesslog.New(lines, w.sealer).Verify(context.Background(), func(accesslog.Finding) {})
	if err == nil && w.found.Findings > 0 {
		err = fmt.Errorf("%w: %d findings in the access log", journal.ErrDamaged, w.found.Findings)
	}
	if err != nil {
		return err
	}
	return w.Copy.Keep()
}

// moved moves what a snapshot holds to a new place, and verifies it there.
func (s *stored) moved(ctx context.Context, to console, from backup.Snapshot, fresh func() (backup.Copy, error)) error {
	if s.changing || s.files.before != "" {
		return errChanging
	}
	target, err := fresh()
	if err != nil {
		return err
	}
	checked := &withAccess{Copy: target, sealer: s.master}
	done, err := backup.Move(ctx, from, checked, s.master)
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "moved and verified: %d alliances, %d entries, %d people, %d lines of the access log\n",
		done.Alliances, done.Entries, done.Tables["person"], checked.found.Lines)
	return nil
}
