package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"samenspel/journal"
	"samenspel/sqlite"
)

// TestAFolderThatIsTakenAway: from then on nothing is said to be stored, because
// nobody could find it again; also when another database comes in its place.
func TestAFolderThatIsTakenAway(t *testing.T) {
	for name, take := range map[string]func(t *testing.T, dir string){
		"removed": func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) },
		"moved":   func(t *testing.T, dir string) { must(t, os.Rename(dir, dir+" elsewhere")) },
		"another": func(t *testing.T, dir string) {
			must(t, os.Rename(dir, dir+" elsewhere"))
			must(t, os.CopyFS(dir, os.DirFS(dir+" elsewhere")))
		},
		"without what was written last": func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, sqlite.FileName+"-wal")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			must(t, os.Mkdir(dir, 0o700))
			db, log, err := place(t.Context(), dir)
			must(t, err)
			defer db.Close()
			must(t, log.Append(t.Context(), "a", 0, facts(0, "words")))
			if err := db.Alive(t.Context()); err != nil || db.Stopped() {
				t.Fatalf("before: %v, stopped %v", err, db.Stopped())
			}
			take(t, dir)
			for range 2 {
				if err := log.Append(t.Context(), "a", 1, facts(1, "words")); !errors.Is(err, journal.ErrStopped) {
					t.Errorf("after: %v, want %v", err, journal.ErrStopped)
				}
			}
			if err := db.Alive(t.Context()); !errors.Is(err, journal.ErrStopped) || !db.Stopped() {
				t.Errorf("alive: %v, stopped %v", err, db.Stopped())
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
