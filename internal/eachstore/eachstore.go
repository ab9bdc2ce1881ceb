// Package eachstore gives a test a place for a database: a folder with one of
// SQLite in it, or, where SAMENSPEL_TEST_STORE is postgres, a folder that goes
// with a database on a PostgreSQL server of the test's own process. So the same
// test holds for both.
package eachstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/relational"
	"samenspel/sqlite"
)

// DB is an open database, whichever it is.
type DB interface {
	journal.Store
	journal.Safe
	accesslog.Store
	Accounts() relational.Accounts
	House() relational.House
	Close() error
}

// Postgres reports whether the tests run on PostgreSQL.
func Postgres() bool { return os.Getenv("SAMENSPEL_TEST_STORE") == "postgres" }

// SQLiteOnly leaves a test out that is about something of SQLite: why says what.
func SQLiteOnly(t testing.TB, why string) {
	t.Helper()
	if Postgres() {
		t.Skip("only on SQLite: " + why)
	}
}

// Folder gives a place with nothing in it, until the test ends.
func Folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if Postgres() {
		place(t, dir, template)
	}
	return dir
}

// Copy gives a place with what is in another one. Nobody may have that open.
func Copy(t testing.TB, from string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := os.ReadDir(from)
	must(t, err)
	for _, f := range files {
		if f.Name() == addressName {
			continue
		}
		content, err := os.ReadFile(filepath.Join(from, f.Name()))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, f.Name()), content, 0o600))
	}
	if Postgres() {
		place(t, dir, named(t, from))
	}
	return dir
}

// Open opens the database of a place. Whoever opens it closes it.
func Open(ctx context.Context, dir string) (DB, error) {
	if !Postgres() {
		return sqlite.Open(ctx, dir)
	}
	name, err := os.ReadFile(filepath.Join(dir, addressName))
	if err != nil {
		return nil, fmt.Errorf("the folder is not from this package: %w", err)
	}
	return postgres.Open(ctx, server.URL(string(name)), postgres.Options{Connections: 8})
}

// Opened opens the database of a place until the test ends.
func Opened(t testing.TB, dir string) DB {
	t.Helper()
	db, err := Open(t.Context(), dir)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

// Remove removes what a place holds before its test ends, so that there may be
// many in one test. It has to be closed.
func Remove(t testing.TB, dir string) {
	t.Helper()
	if Postgres() {
		must(t, server.Exec(t.Context(), "DROP DATABASE "+named(t, dir)+" WITH (FORCE)"))
	}
	must(t, os.RemoveAll(dir))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
