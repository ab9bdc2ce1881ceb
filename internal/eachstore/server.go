package eachstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"samenspel/internal/cluster"
	"samenspel/postgres"
)

const (
	// addressName is the file in a folder that says which database goes with it.
	addressName = "database"
	// template is a database with tables and nothing in them.
	template = "template_of_tests"
)

// server is the one for all tests of this process. It ends with the process.
var server *cluster.Server

var databases atomic.Int64

// started starts the server once. It lies in memory where there is room for
// that; what is asked of it is the same as on a disk.
var started = sync.OnceValue(func() (err error) {
	ctx := context.Background()
	if server, err = cluster.Start(ctx, cluster.Quick(), "max_connections = 500"); err != nil {
		return err
	}
	if err := server.Make(ctx, template); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, server.URL(template), postgres.Options{})
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	// Tests that change a database behind its back say so in SQLite's words.
	return changed(ctx, template, `CREATE FUNCTION zeroblob(n int) RETURNS bytea LANGUAGE sql IMMUTABLE
		AS $$ SELECT decode(repeat('00', n), 'hex') $$`)
})

// place makes a database from another one, for a folder, until the test ends.
func place(t testing.TB, dir, from string) {
	t.Helper()
	must(t, started())
	name := fmt.Sprintf("test_%d", databases.Add(1))
	must(t, server.Make(t.Context(), name+" TEMPLATE "+from+" STRATEGY FILE_COPY"))
	t.Cleanup(func() { must(t, server.Exec(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")) })
	must(t, os.WriteFile(filepath.Join(dir, addressName), []byte(name), 0o600))
}

// named is the database that goes with a folder.
func named(t testing.TB, dir string) string {
	t.Helper()
	name, err := os.ReadFile(filepath.Join(dir, addressName))
	must(t, err)
	return string(name)
}
