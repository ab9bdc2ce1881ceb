package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"samenspel/journal"
)

const (
	maxGroup        = 256  // changes in one commit
	checkpointAfter = 1000 // changes
)

// job is one change on its way through the writer.
type job struct {
	ctx  context.Context
	do   func(ctx context.Context, tx *sql.Tx) error
	err  error // what do gave
	done chan error
}

// write makes a change and returns nil once it is durable, or do's error, or
// ErrClosed, journal.ErrFull, journal.ErrStopped. A context that ends before
// the change begins ends it; after that the commit decides.
//
// When do gives an error, nothing of it is kept. It may be called a second
// time, when its first transaction had to be given up.
func (db *DB) write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: context.WithoutCancel(ctx), do: do, done: make(chan error, 1)}
	select {
	case db.jobs <- j: // the channel has no room: whoever sends it hands it over
		return <-j.done
	case <-ctx.Done():
		return ctx.Err()
	case <-db.closing:
		return ErrClosed
	}
}

// run is the writer.
func (db *DB) run() {
	defer close(db.ended)
	for {
		select {
		case j := <-db.jobs:
			db.group(j)
		case <-db.closing:
			return
		}
	}
}

// group commits a change together with those that wait, and tells each.
func (db *DB) group(first *job) {
	jobs, err := db.commit(db.waiting(first))
	if errors.Is(err, journal.ErrFull) {
		// A large one may have taken the room of the others, and the WAL may
		// hold room that a checkpoint frees.
		db.checkpoint()
		for _, j := range jobs {
			_, err := db.commit(slices.Values([]*job{j}))
			j.answer(err)
			db.tidy()
		}
		return
	}
	for _, j := range jobs {
		j.answer(err)
	}
	db.tidy() // what is in the WAL is safe: nobody has to wait for it
}

// waiting gives a change and then those that wait to be handed over, also the
// ones that come while the earlier ones run.
func (db *DB) waiting(first *job) iter.Seq[*job] {
	return func(yield func(*job) bool) {
		for n, j := 1, first; yield(j) && n < maxGroup; n++ {
			select {
			case j = <-db.jobs:
			default:
				return
			}
		}
	}
}

// commit runs changes in one transaction and gives those that it ran. Its
// error is that of all of them. They run as if none will fail; when one does,
// they run a second time, each so that it can be undone alone.
func (db *DB) commit(jobs iter.Seq[*job]) ([]*job, error) {
	ran, err := db.together(jobs, (*job).run)
	if errors.Is(err, errAnew) {
		_, err = db.together(slices.Values(ran), (*job).runApart)
	}
	return ran, err
}

// errAnew says that changes are to run again, each apart.
var errAnew = errors.New("a change failed")

// together runs changes in one transaction, each in one way.
func (db *DB) together(jobs iter.Seq[*job], run func(*job, *DB, *sql.Tx) error) ([]*job, error) {
	if db.stopped.Load() {
		return slices.Collect(jobs), journal.ErrStopped
	}
	if err := db.there(); err != nil {
		return slices.Collect(jobs), err
	}
	tx, err := db.writer.BeginTx(context.Background(), nil)
	if err != nil {
		return slices.Collect(jobs), db.failed(err)
	}
	var ran []*job
	for j := range jobs {
		ran = append(ran, j)
		if err := run(j, db, tx); err != nil {
			tx.Rollback() // its own error says nothing that err does not
			return ran, db.failed(err)
		}
	}
	if err := tx.Commit(); err != nil {
		return ran, db.failed(err)
	}
	db.marks.put()
	db.since += len(ran)
	return ran, nil
}

// tidy makes a checkpoint when it is time for one.
func (db *DB) tidy() {
	if db.since >= checkpointAfter {
		db.checkpoint()
	}
}

// checkpoint moves what stands in the WAL to the database, so that the WAL is
// written from its beginning again. One that finds no room is tried again
// after the next commit, before the WAL takes what room there is by then. When
// the disk fails, what was committed is safe in the WAL; only nothing may
// follow.
func (db *DB) checkpoint() {
	db.since = checkpointAfter
	if _, err := db.writer.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
		db.failed(err)
		return
	}
	db.since = 0
}

// run makes one change. When it fails, the whole transaction has to be undone.
func (j *job) run(_ *DB, tx *sql.Tx) error {
	j.err = j.do(j.ctx, tx)
	if j.err == nil || broken(j.err) {
		return j.err
	}
	return errAnew
}

// runApart makes one change, so that it alone is undone when it fails. Its
// error is that of the whole transaction.
func (j *job) runApart(db *DB, tx *sql.Tx) error {
	ctx := context.Background()
	if _, err := tx.StmtContext(ctx, db.savepoint).ExecContext(ctx); err != nil {
		return err
	}
	if j.err = j.do(j.ctx, tx); j.err != nil {
		if broken(j.err) {
			return j.err
		}
		if _, err := tx.StmtContext(ctx, db.undo).ExecContext(ctx); err != nil {
			return err
		}
	}
	_, err := tx.StmtContext(ctx, db.release).ExecContext(ctx)
	return err
}

// answer tells the one who waits: the transaction's error goes before its own.
func (j *job) answer(err error) {
	if err == nil {
		err = j.err
	}
	j.done <- err
}

// failed classes an error of a transaction. After a fault of the disk nothing
// is written any more: a later fsync may succeed although what an earlier one
// should have kept is gone.
func (db *DB) failed(err error) error {
	switch code(err) {
	case codes.SQLITE_IOERR, codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		db.stopped.Store(true)
		return fmt.Errorf("%w: %w", journal.ErrStopped, err)
	}
	return fault(err)
}

// broken reports whether SQLite may have given up the whole transaction.
func broken(err error) bool {
	switch code(err) {
	case codes.SQLITE_FULL, codes.SQLITE_IOERR, codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB, codes.SQLITE_NOMEM:
		return true
	}
	return false
}

// fault gives SQLite's errors the names that callers know.
func fault(err error) error {
	switch code(err) {
	case codes.SQLITE_FULL:
		return fmt.Errorf("%w: %w", journal.ErrFull, err)
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", journal.ErrDamaged, err)
	}
	return err
}

// code gives SQLite's primary result code of an error, 0 for another's.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}
