package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"

	"samenspel/journal"
)

// opened opens a database with a table of numbers.
func opened(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	change(t, db, `CREATE TABLE number (n INTEGER PRIMARY KEY, filling BLOB)`)
	return db
}

func change(t *testing.T, db *DB, statement string) {
	t.Helper()
	err := db.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// add is a change that writes a number with some bytes beside it.
func add(n, bytes int) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO number VALUES (?, zeroblob(?))`, n, bytes)
		return err
	}
}

func numbers(t *testing.T, db *DB) (count int) {
	t.Helper()
	if err := db.read.QueryRowContext(t.Context(), `SELECT count(*) FROM number`).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}

// hold keeps the writer busy until the function that it gives is called,
// which says what became of the change.
func hold(ctx context.Context, db *DB, do func(context.Context, *sql.Tx) error) (release func() error) {
	running, let, done := make(chan struct{}), make(chan struct{}), make(chan error)
	once := sync.OnceFunc(func() { close(running) }) // a change may run twice
	go func() {
		done <- db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
			once()
			<-let
			return do(ctx, tx)
		})
	}()
	<-running
	return func() error { close(let); return <-done }
}

func TestAFailedChangeIsUndoneAlone(t *testing.T) {
	db := opened(t)
	wrong := errors.New("wrong")
	release := hold(t.Context(), db, add(1, 0))
	var all sync.WaitGroup
	for n := 2; n <= 9; n++ {
		all.Go(func() {
			err := db.write(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				if err := add(n, 0)(ctx, tx); err != nil || n%2 == 0 {
					return err
				}
				return wrong
			})
			if n%2 == 0 && err != nil || n%2 == 1 && !errors.Is(err, wrong) {
				t.Errorf("change %d: %v", n, err)
			}
		})
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	all.Wait()
	if got := numbers(t, db); got != 5 {
		t.Errorf("%d numbers, want 1 and the four even ones", got)
	}
}

func TestAContextEndsWaitingButNoChange(t *testing.T) {
	db := opened(t)
	ctx, cancel := context.WithCancel(t.Context())
	release := hold(ctx, db, add(1, 0))
	waiting := make(chan error)
	go func() { waiting <- db.write(ctx, add(2, 0)) }()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("the waiting change: %v, want context.Canceled", err)
	}
	if err := release(); err != nil {
		t.Errorf("the change that had begun: %v", err)
	}
	if got := numbers(t, db); got != 1 {
		t.Errorf("%d numbers, want the one that was said to be stored", got)
	}
}

func TestCloseEndsWhatHasBegun(t *testing.T) {
	db := opened(t)
	release := hold(t.Context(), db, add(1, 0))
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	<-db.closing
	if err := db.write(t.Context(), add(2, 0)); !errors.Is(err, ErrClosed) {
		t.Errorf("a change after Close: %v, want ErrClosed", err)
	}
	if err := errors.Join(release(), <-closed); err != nil {
		t.Error(err)
	}
}

// TestFullDisk takes the room away with a limit on pages, which gives the
// same SQLITE_FULL as a full disk.
func TestFullDisk(t *testing.T) {
	db := opened(t)
	if err := db.write(t.Context(), add(1, 0)); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := db.read.QueryRowContext(t.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	change(t, db, fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+2))

	// The large change leaves no room; the small ones with it still get theirs.
	release := hold(t.Context(), db, add(2, 0))
	var all sync.WaitGroup
	for n := 3; n <= 10; n++ {
		all.Go(func() {
			size := 0
			if n == 6 {
				size = 1 << 20
			}
			err := db.write(t.Context(), add(n, size))
			if n == 6 && !errors.Is(err, journal.ErrFull) || n != 6 && err != nil {
				t.Errorf("change %d: %v", n, err)
			}
		})
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	all.Wait()
	if got := numbers(t, db); got != 9 {
		t.Errorf("%d numbers, want 9", got)
	}

	change(t, db, `PRAGMA max_page_count = 100000`)
	if err := db.write(t.Context(), add(6, 1<<20)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
