package sqlite_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"samenspel/journal"
	"samenspel/relational"
	"samenspel/sqlite"
)

// olderFolder makes a folder as the program of one version of the schema before
// left it, with one row in it.
func olderFolder(t *testing.T) (dir string, version int64) {
	t.Helper()
	dir = t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName)+"?_pragma=journal_mode(WAL)")
	must(t, err)
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations"), goose.WithDisableGlobalRegistry(true))
	must(t, err)
	all := p.ListSources()
	version = all[len(all)-2].Version
	_, err = p.UpTo(t.Context(), version)
	must(t, err)
	_, err = db.Exec(`INSERT INTO only_own (person) VALUES ('noor')`)
	must(t, err)
	must(t, db.Close())
	return dir, version
}

// heldBy looks with no program of ours whether a database has its row, and of
// which version it is.
func heldBy(t *testing.T, path string) (person string, version int64) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	must(t, err)
	defer db.Close()
	must(t, db.QueryRow(`SELECT person, (SELECT max(version_id) FROM goose_db_version) FROM only_own`).Scan(&person, &version))
	return person, version
}

// TestTheWayBack: before a schema is brought up the database is laid aside as it
// was. It stays when the program is opened again, and goes with the first
// erasure.
func TestTheWayBack(t *testing.T) {
	dir, version := olderFolder(t)
	before := filepath.Join(dir, sqlite.FileName+"-before")
	for range 2 {
		db, err := sqlite.Open(t.Context(), dir)
		must(t, err)
		must(t, db.Close())
		if person, is := heldBy(t, before); person != "noor" || is != version {
			t.Fatalf("aside stands %q of version %d, want noor of %d", person, is, version)
		}
	}
	state, err := sqlite.Look(t.Context(), dir)
	must(t, err)
	if state.Before.IsZero() || state.Schema != state.Newest {
		t.Errorf("a look says %+v", state)
	}
	db, err := sqlite.Open(t.Context(), dir)
	must(t, err)
	defer db.Close()
	must(t, db.Erase(t.Context(), "a", []journal.WrappedKey{{Use: journal.ForData, Holder: "noor", Destroyed: true, Sealed: []byte("mark")}}, nil))
	if _, err := os.Stat(before); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after an erasure the copy from before is still there: %v", err)
	}
}

// TestTheWayBackIsOfTheProgramBefore: when bringing the schema up was cut off,
// what was laid aside first stays, and a copy that was cut off counts for none.
func TestTheWayBackIsOfTheProgramBefore(t *testing.T) {
	dir, version := olderFolder(t)
	path := filepath.Join(dir, sqlite.FileName)
	first, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path+"-raising", first, 0o600))
	must(t, os.WriteFile(path+"-raising.new", first[:100], 0o600))
	changed, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = changed.Exec(`UPDATE only_own SET person = 'amira'`)
	must(t, errors.Join(err, changed.Close()))
	db, err := sqlite.Open(t.Context(), dir)
	must(t, err)
	must(t, db.Close())
	if person, is := heldBy(t, path+"-before"); person != "noor" || is != version {
		t.Errorf("aside stands %q of version %d, want what was laid there first", person, is)
	}
	if person, _ := heldBy(t, path); person != "amira" {
		t.Errorf("the database has %q", person)
	}
}

// TestNoRoomForTheWayBack: what cannot be laid aside is not brought up.
func TestNoRoomForTheWayBack(t *testing.T) {
	dir, version := olderFolder(t)
	path := filepath.Join(dir, sqlite.FileName)
	must(t, os.Mkdir(path+"-raising.new", 0o700)) // nothing can be written there
	if db, err := sqlite.Open(t.Context(), dir); err == nil {
		t.Error(errors.Join(errors.New("it was opened"), db.Close()))
	}
	if _, is := heldBy(t, path); is != version {
		t.Errorf("the schema is %d, want %d as before", is, version)
	}
	if _, err := os.Lstat(path + "-raising"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what could not be copied counts as a copy: %v", err)
	}
	db, err := sqlite.Open(t.Context(), dir) // once there is room
	must(t, err)
	must(t, db.Close())
	if person, is := heldBy(t, path+"-before"); person != "noor" || is != version {
		t.Errorf("aside stands %q of version %d", person, is)
	}
}

// TestTheWayBackIsWhole: what somebody who reads keeps in the WAL would not be in
// the copy.
func TestTheWayBackIsWhole(t *testing.T) {
	dir, version := olderFolder(t)
	path := filepath.Join(dir, sqlite.FileName)
	reader, err := sql.Open("sqlite", path)
	must(t, err)
	defer reader.Close()
	tx, err := reader.Begin()
	must(t, err)
	var person string
	must(t, tx.QueryRow(`SELECT person FROM only_own`).Scan(&person))
	writer, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = writer.Exec(`UPDATE only_own SET person = 'amira'`)
	must(t, err)
	if db, err := sqlite.Open(t.Context(), dir); !errors.Is(err, relational.ErrReading) {
		t.Errorf("beside a reader: %v, %v", db, err)
	}
	must(t, errors.Join(tx.Rollback(), writer.Close()))
	db, err := sqlite.Open(t.Context(), dir)
	must(t, err)
	must(t, db.Close())
	if person, is := heldBy(t, path+"-before"); person != "amira" || is != version {
		t.Errorf("aside stands %q of version %d, want amira of %d", person, is, version)
	}
}
