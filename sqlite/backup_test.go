package sqlite_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/backup"
	"samenspel/backup/backuptest"
	"samenspel/journal"
	"samenspel/sqlite"
)

// copies says how to come to the database in a folder, and to new ones.
func copies(dir string) backup.Place {
	return backup.Place{
		Snapshot: func(ctx context.Context) (backup.Snapshot, error) { return sqlite.OpenSnapshot(ctx, dir) },
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			return sqlite.NewCopy(ctx, dir, version)
		},
	}
}

func TestCopies(t *testing.T) {
	backuptest.Run(t, func(t *testing.T) backuptest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return backuptest.Opened{Store: db, Accounts: db.Accounts(), Place: copies(dir)}
	})
}

// TestOpenToRead looks at a database that somebody serves from, and changes
// nothing in it.
func TestOpenToRead(t *testing.T) {
	dir := t.TempDir()
	if _, err := sqlite.OpenToRead(t.Context(), dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v, want fs.ErrNotExist", err)
	}
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := log.Append(t.Context(), "a", 0, facts(0, "words")); err != nil {
		t.Fatal(err)
	}
	reading, err := sqlite.OpenToRead(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Append(t.Context(), "a", 1, facts(1, "words")); err != nil {
		t.Error("nothing can be stored beside who reads: ", err)
	}
	if head, err := reading.Head(t.Context(), "a"); err != nil || head.Seq != 2 {
		t.Errorf("who reads sees %+v, %v", head, err)
	}
	err = reading.Append(t.Context(), journal.Batch{Alliance: "b", Head: journal.Head{Alliance: "b", Number: 2, Seq: 1}})
	if !errors.Is(err, journal.ErrStopped) {
		t.Errorf("a change: %v, want ErrStopped", err)
	}
	if err := reading.Close(); err != nil {
		t.Error(err)
	}
	sound(t, log)
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("the folder was set free: %v", err)
	}
}

// TestACopyOfAnOlderSchema fills a database of an earlier version, as a backup
// from before an upgrade does, and finds it brought up to date.
func TestACopyOfAnOlderSchema(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "copy")
	c, err := sqlite.NewCopy(t.Context(), dir, 2)
	if err != nil {
		t.Fatal(err)
	}
	person := backup.Table{Name: "person", Columns: []string{"id", "admin", "may_begin", "name"}}
	tables, err := c.Tables(t.Context(), backup.Data)
	if err != nil || !slices.ContainsFunc(tables, func(t backup.Table) bool { return cmp.Equal(t, person) }) {
		t.Fatalf("tables of version 2: %v, %v", tables, err)
	}
	err = c.Fill(t.Context(), person, func(row func([]any) error) error {
		return row([]any{"els", int64(0), int64(1), []byte("sealed")})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Keep(); err != nil {
		t.Fatal(err)
	}
	staff, err := open(t, dir).Accounts().Staff(t.Context())
	if err != nil || len(staff) != 1 || staff[0].ID != "els" || !staff[0].MayBegin || staff[0].Officer {
		t.Errorf("staff %+v, %v", staff, err)
	}
}

func TestAFolderThatIsBeingFilledIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "copy")
	c, err := sqlite.NewCopy(t.Context(), dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("while it is filled: %v, want ErrInUse", err)
	}
	if _, err := sqlite.OpenSnapshot(t.Context(), dir); !errors.Is(err, sqlite.ErrUnfinished) {
		t.Errorf("while it is filled, to read: %v, want ErrUnfinished", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestASnapshotOfSomethingElse(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(written(t), sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"nothing":     {},
		"a letter":    []byte("dear Noor"),
		"half a page": whole[:2000],
		"zeros":       make([]byte, len(whole)),
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, sqlite.FileName), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := sqlite.OpenSnapshot(t.Context(), dir); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v, %v; want ErrDamaged", name, s, err)
		}
		if state, err := sqlite.Look(t.Context(), dir); !errors.Is(err, journal.ErrDamaged) || state.Size != int64(len(text)) {
			t.Errorf("%s: %+v, %v; want ErrDamaged", name, state, err)
		}
	}
}
