package postgres_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"samenspel"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/postgres"
)

// behind changes a database behind the program's back.
func behind(t testing.TB, address, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	must(t, err)
	_, err = conn.Exec(t.Context(), statement)
	must(t, errors.Join(err, conn.Close(t.Context())))
}

// refused opens a database that is not to be opened.
func refused(t *testing.T, address string, want error) {
	t.Helper()
	db, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err == nil {
		db.Close()
	}
	if !errors.Is(err, want) {
		t.Errorf("opening gave %v, want %v", err, want)
	}
}

func TestWhatIsNotOpened(t *testing.T) {
	for _, tt := range []struct {
		name, statement string
		want            error
	}{
		{"a newer schema", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`, postgres.ErrNewer},
		{"tables that are not what they were", `ALTER TABLE head RENAME COLUMN mac TO other`, journal.ErrDamaged},
		{"a table that is gone", `DROP TABLE wrapped_key`, journal.ErrDamaged},
		{"a database that was being filled", `CREATE TABLE filling_unfinished ()`, postgres.ErrUnfinished},
		{"a commit that does not wait", `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`, postgres.ErrUnsafe},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := newDatabase(t)
			behind(t, at, tt.statement)
			refused(t, at, tt.want)
		})
	}
	t.Run("a server that is not there", func(t *testing.T) {
		refused(t, "postgres://samenspel@127.0.0.1:1/none?sslmode=disable&connect_timeout=1", journal.ErrAway)
	})
}

// TestAnAddressKeepsItsPassword: what is wrong with an address is said without it.
func TestAnAddressKeepsItsPassword(t *testing.T) {
	for _, address := range []string{
		"postgres://noor:hunter2@127.0.0.1:1/none?sslmode=disable&connect_timeout=1",
		"postgres://noor:hunter2@127.0.0.1:port/none",
		"host=127.0.0.1 port=1 password=hunter2 sslmode=oops",
		"://noor:hunter2@",
	} {
		_, err := postgres.Open(t.Context(), address, postgres.Options{})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}

// TestOlderProgramsAreWaitedFor: nobody changes the tables under programs that
// know them as they are.
func TestOlderProgramsAreWaitedFor(t *testing.T) {
	t.Parallel()
	at := newDatabase(t)
	older := open(t, at)
	behind(t, at, `DELETE FROM goose_db_version WHERE version_id > 0`)
	refused(t, at, postgres.ErrOlderRunning)
	if _, err := older.Register(t.Context()); err != nil {
		t.Errorf("the one that runs: %v", err)
	}
}

// TestANewerProgramStopsTheOlder: a program that lost its connection finds
// newer tables when it comes back, and writes no more.
func TestANewerProgramStopsTheOlder(t *testing.T) {
	t.Parallel()
	at := newDatabase(t)
	db := open(t, at)
	log := journal.New(db, newMaster(t))
	must(t, log.Append(t.Context(), "a", 0, notes(0, 1)))
	behind(t, at, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`)
	behind(t, at, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	for after := int64(1); ; after++ {
		err := log.Append(t.Context(), "a", after, notes(after, 1))
		if errors.Is(err, journal.ErrStopped) && errors.Is(err, postgres.ErrNewer) {
			return
		}
		must(t, err)
	}
}

// TestAloneKeepsOthersOut: while data moves nobody comes in, and nobody moves it
// while somebody is in.
func TestAloneKeepsOthersOut(t *testing.T) {
	at := newDatabase(t)
	db := open(t, at)
	if _, err := postgres.Alone(t.Context(), at); !errors.Is(err, postgres.ErrInUse) {
		t.Errorf("alone beside another: %v", err)
	}
	must(t, db.Only(t.Context()))
	second := open(t, at)
	if err := db.Only(t.Context()); !errors.Is(err, postgres.ErrInUse) {
		t.Errorf("two programs: %v", err)
	}
	must(t, errors.Join(second.Close(), db.Close()))
	alone, err := postgres.Alone(t.Context(), at)
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := postgres.Open(ctx, at, postgres.Options{}); err == nil {
		t.Error("somebody came in")
	}
	must(t, alone.Close())
	open(t, at)
}

// TestADestroyedKeyIsInNoTable: the file in which a key lay is written anew. In
// PostgreSQL's own log it stays until that is written over.
func TestADestroyedKeyIsInNoTable(t *testing.T) {
	at := newDatabase(t)
	db := open(t, at)
	sealed := make([]byte, 60)
	rand.Read(sealed)
	keys := []journal.WrappedKey{{Use: journal.ForChain, Sealed: []byte("chain")}}
	for holder := range 30 { // others on the same page
		keys = append(keys, journal.WrappedKey{Use: journal.ForData, Holder: samenspel.PartnerID(fmt.Sprint(holder)), Sealed: make([]byte, 60)})
	}
	keys = append(keys, journal.WrappedKey{Use: journal.ForData, Holder: "noor", Sealed: sealed})
	must(t, db.Append(t.Context(), journal.Batch{
		Alliance: "a", Head: journal.Head{Alliance: "a", Number: 1, Seq: 1, Chain: []byte("c"), MAC: []byte("m")},
		Register: &journal.Register{Alliances: 1, MAC: []byte("m")},
		Entries:  []journal.Entry{{Seq: 1, Kind: "k", Structure: []byte("s"), Chain: []byte("c"), Holder: "noor"}},
		Keys:     keys,
	}))
	behind(t, at, "CHECKPOINT")
	if !inTables(t, sealed) {
		t.Fatal("the key is in no file to begin with")
	}
	must(t, db.Erase(t.Context(), "a", []journal.WrappedKey{{Use: journal.ForData, Holder: "noor", Destroyed: true, Sealed: []byte("mark")}}, nil))
	behind(t, at, "CHECKPOINT")
	if inTables(t, sealed) {
		t.Error("the destroyed key is still in a file of the tables")
	}
}

// inTables looks for any part of what was kept in all files of tables.
func inTables(t *testing.T, what []byte) (found bool) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(server.Dir, "base"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		all, err := os.ReadFile(path)
		for part := range slices.Chunk(what, 12) {
			found = found || bytes.Contains(all, part)
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // it went meanwhile
		}
		return err
	})
	must(t, err)
	return found
}

// TestACopyIsWholeOrNotThere: what was not kept leaves an empty database, and
// what was cut off a refused one.
func TestACopyIsWholeOrNotThere(t *testing.T) {
	ctx, at := t.Context(), emptyDatabase(t)
	from, err := postgres.OpenSnapshot(ctx, newDatabase(t))
	must(t, err)
	defer from.Close()
	if _, err := postgres.NewCopy(ctx, at, from.Version()-1); !errors.Is(err, postgres.ErrVersion) {
		t.Errorf("an older schema: %v", err)
	}
	c, err := postgres.NewCopy(ctx, at, from.Version())
	must(t, err)
	refused(t, at, postgres.ErrUnfinished)
	if _, err := postgres.NewCopy(ctx, at, from.Version()); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("two at once: %v", err)
	}
	must(t, c.Close())
	if _, err := postgres.OpenSnapshot(ctx, at); !errors.Is(err, postgres.ErrEmpty) {
		t.Errorf("what was not kept: %v", err)
	}
	open(t, at) // it is as new
}
