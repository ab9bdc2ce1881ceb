package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"samenspel"
	"samenspel/journal"
	"samenspel/relational"
)

// patience is how long a change may take, waiting for others and for a
// database that is away included.
const patience = 15 * time.Second

// engine is a database as the tables know it.
type engine struct{ *DB }

var _ relational.Engine = engine{}

// dialect is what PostgreSQL says in its own words. It chooses an index itself.
var dialect = relational.Dialect{Hold: " FOR UPDATE", Index: func(string) string { return "" }}

// Write makes a change that PostgreSQL keeps apart from all others.
func (e engine) Write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	return e.change(ctx, sql.LevelSerializable, false, do)
}

// Append makes a change whose conditions tell by themselves whether it was made
// before: when nobody knows whether it was kept, it is made again.
func (e engine) Append(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	return e.change(ctx, sql.LevelReadCommitted, true, do)
}

// change makes a change, again and again while that may help.
func (e engine) change(ctx context.Context, level sql.IsolationLevel, again bool, do func(context.Context, *sql.Tx) error) error {
	if err := e.may(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	return e.repeat(ctx, level, again, do)
}

// repeat makes a change until it is made, or ctx ends.
func (e engine) repeat(ctx context.Context, level sql.IsolationLevel, again bool, do func(context.Context, *sql.Tx) error) error {
	unsure := false
	for pause := time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := e.once(ctx, level, do)
		open := errors.Is(err, errOpen)
		unsure = unsure || open
		if open && !again || !open && !stoodBack(err) && !away(err) {
			return e.end(ctx, unsure, err)
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", journal.ErrAway, err)
		}
	}
}

// may says no to a change before it begins.
func (e engine) may(ctx context.Context) error {
	if e.Stopped() {
		return fmt.Errorf("%w: %w", journal.ErrStopped, ErrNewer)
	}
	return ctx.Err()
}

// end is the answer to a change. Where an earlier attempt may have been kept
// without the standby, a conflict says that it was: then the standby has to have
// it before anybody hears so.
func (e engine) end(ctx context.Context, unsure bool, err error) error {
	if unsure && errors.Is(err, journal.ErrConflict) {
		if err := e.confirm(ctx); err != nil {
			return err
		}
	}
	return e.fault(err)
}

// errOpen says that nobody knows whether a change was kept.
var errOpen = errors.New("it is not known whether the change was kept")

// once makes a change once. It gives errOpen when the answer to the commit did
// not come.
func (e engine) once(ctx context.Context, level sql.IsolationLevel, do func(context.Context, *sql.Tx) error) error {
	conn, err := e.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // back to the pool
	e.forgot(conn)     // of something before
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: level})
	if err != nil {
		return drop(conn, err)
	}
	if err := do(ctx, tx); err != nil {
		tx.Rollback() // its own error says nothing that err does not
		return drop(conn, err)
	}
	err = tx.Commit()
	if e.forgot(conn) || away(err) {
		return drop(conn, fmt.Errorf("%w: %w", errOpen, errors.Join(err, journal.ErrAway)))
	}
	return err
}

// forgot reports whether the server said that it did not wait for its standby.
func (e engine) forgot(conn *sql.Conn) (did bool) {
	conn.Raw(func(c any) error { // it fails for a connection that is gone, which says nothing
		_, did = e.unsure.LoadAndDelete(pgConn(c))
		return nil
	})
	return did
}

func pgConn(c any) *pgconn.PgConn {
	if c, ok := c.(*stdlib.Conn); ok {
		return c.Conn().PgConn()
	}
	return nil
}

// drop takes a connection out of the pool whose server went away, or became a
// standby, and gives the error.
func drop(conn *sql.Conn, err error) error {
	if away(err) {
		conn.Raw(func(any) error { return driver.ErrBadConn }) // which is how it is told
	}
	return err
}

// confirm waits until the standby, where there is one, has everything that this
// server kept until now.
func (e engine) confirm(ctx context.Context) error {
	return e.repeat(ctx, sql.LevelReadCommitted, true, mark)
}

// mark writes something that is nothing, so that there is a commit to wait for.
func mark(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_logical_emit_message(true, 'samenspel', '')`)
	return err
}

// Hold takes a lock of the transaction on a name.
func (e engine) Hold(ctx context.Context, tx *sql.Tx, name string) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	return err
}

// Still begins a transaction that sees one moment.
func (e engine) Still(ctx context.Context) (*sql.Tx, error) {
	tx, err := e.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	return tx, e.fault(err)
}

// Fault gives the database's errors the names that callers know.
func (e engine) Fault(err error) error { return e.fault(err) }

// Check has nothing to look at: PostgreSQL holds each page against its checksum
// when it reads it, where the server was made with them.
func (e engine) Check(ctx context.Context) error { return e.fault(e.read.PingContext(ctx)) }

// sealing are the tables, besides wrapped_key, in which a value from before
// would open something.
var sealing = []string{"house_secret", "credential", "person", "passkey", "access_chain", "destroyed"}

// Scrub writes anew where keys of an alliance lie, so that what was there before
// is in no file of the tables; for all, wherever something hangs on the master
// key. PostgreSQL's own log keeps earlier pages until it has written over them.
func (e engine) Scrub(ctx context.Context, id samenspel.AllianceID) error {
	where := `SELECT tableoid::regclass::text FROM wrapped_key WHERE alliance = $1 LIMIT 1`
	var tables []string
	var args []any
	if args = []any{id}; id == "" {
		where, args = `SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'wrapped_key'::regclass`, nil
		tables = sealing
	}
	partitions, err := names(ctx, e.read, where, args...)
	if err != nil {
		return fmt.Errorf("find where keys lie: %w", e.fault(err))
	}
	for _, table := range append(partitions, tables...) {
		if _, err := e.writer.ExecContext(ctx, `VACUUM (FULL) `+table); err != nil {
			return fmt.Errorf("write where keys lie anew: %w", e.fault(err))
		}
	}
	return nil
}

// names reads a column of names.
func names(ctx context.Context, from *sql.DB, query string, args ...any) ([]string, error) {
	r, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var list []string
	for r.Next() {
		var one string
		if err := r.Scan(&one); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, r.Err()
}
