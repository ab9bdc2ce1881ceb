package sqlite_test

import (
	"testing"

	"samenspel/journal"
	"samenspel/journal/journaltest"
	"samenspel/sqlite"
)

// open opens a database until the test ends.
func open(t testing.TB, dir string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return journaltest.Opened{Store: db, Reopen: func() journal.Store {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		}}
	})
}
