package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
)

// TestAFailingDiskLeavesNoNote: a program that ends on a disk that fails cannot
// empty the note of how far the WAL went, while SQLite takes away a WAL of which
// all stands in the database. The next start would miss it.
func TestAFailingDiskLeavesNoNote(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	err = db.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO only_own (person) VALUES ('noor')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db.marks.mu.Lock()
	db.marks.note.Close() // for one that takes nothing
	if db.marks.note, err = os.Open(filepath.Join(dir, FileName+markEnding)); err != nil {
		t.Fatal(err)
	}
	db.marks.mu.Unlock()
	if err := db.Close(); err == nil {
		t.Error("it closed as if nothing was wrong")
	}
	again, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	var person string
	if err := again.read.QueryRow(`SELECT person FROM only_own`).Scan(&person); err != nil || person != "noor" {
		t.Errorf("%q, %v", person, err)
	}
}
