package postgres_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/backup"
	"samenspel/backup/backuptest"
	"samenspel/postgres"
	"samenspel/sqlite"
)

// emptyDatabase makes a database without tables.
func emptyDatabase(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("empty_%d", databases.Add(1))
	if newDatabase(t); server.Make(t.Context(), name) != nil {
		t.Fatal("no database")
	}
	return server.URL(name)
}

// TestBackups: what a backup copies out of PostgreSQL it puts back in a folder.
func TestBackups(t *testing.T) {
	backuptest.Run(t, func(t *testing.T) backuptest.Opened {
		at := newDatabase(t)
		db := open(t, at)
		return backuptest.Opened{Store: db, Accounts: db.Accounts(), Place: backup.Place{
			Snapshot: func(ctx context.Context) (backup.Snapshot, error) { return postgres.OpenSnapshot(ctx, at) },
			Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
				return sqlite.NewCopy(ctx, dir, version)
			},
		}}
	})
}

// TestTablesAreThoseOfSQLite: at the same version both have the same columns in
// the same order, or nothing could move.
func TestTablesAreThoseOfSQLite(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	folder, err := sqlite.Open(ctx, dir)
	must(t, err)
	must(t, folder.Close())
	one, err := sqlite.OpenSnapshot(ctx, dir)
	must(t, err)
	defer one.Close()
	two, err := postgres.OpenSnapshot(ctx, newDatabase(t))
	must(t, err)
	defer two.Close()
	if one.Version() != two.Version() {
		t.Fatalf("the schema of SQLite is %d, that of PostgreSQL %d: a migration comes in both", one.Version(), two.Version())
	}
	for _, part := range []backup.Part{0, backup.Data, backup.Keys, backup.Door} {
		a, err := one.Tables(ctx, part)
		must(t, err)
		b, err := two.Tables(ctx, part)
		must(t, err)
		if part == 0 { // goose's own
			a, b = nil, nil
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("part %v (-SQLite +PostgreSQL):\n%s", part, diff)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
