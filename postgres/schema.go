package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"

	"samenspel/relational"
)

//go:embed migrations/*.sql
var migrations embed.FS

// present is the number of the lock that each program which uses the tables
// shares, and that whoever changes the schema has alone.
const present = 0x53616d656e7370 // "Samensp"

// How long a program waits for others that use an older schema, and how often
// it looks.
const (
	forOlder = 10 * time.Second
	looks    = 100 * time.Millisecond
)

// arrive gives a connection that shares the lock, with the schema as this
// program knows it. It gives ErrNewer and ErrOlderRunning.
func (db *DB) arrive(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(forOlder); ; {
		done, err := db.settle(ctx, conn)
		if err == nil && !done && time.Now().After(until) {
			err = ErrOlderRunning
		}
		if err != nil {
			return nil, errors.Join(err, conn.Close(ctx))
		}
		if done {
			return conn, nil
		}
		select {
		case <-time.After(looks):
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), conn.Close(context.WithoutCancel(ctx)))
		}
	}
}

// ErrInUse says that programs are using the database.
var ErrInUse = errors.New("programs are using the database: stop them first")

// Presence is a connection that keeps others out, or is known to those who
// want to be alone.
type Presence struct{ conn *pgx.Conn }

// Close lets others come in.
func (p *Presence) Close() error { return p.conn.Close(context.Background()) }

// Alone keeps every program out of a database until it is closed. It gives
// ErrInUse when one is in, and journal.ErrAway.
func Alone(ctx context.Context, address string) (*Presence, error) {
	db, err := connect(address, Options{})
	if err != nil {
		return nil, err
	}
	defer db.Close() // nothing was opened in it
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return nil, db.fault(err)
	}
	// A program that has just ended is in for a moment still.
	for until := time.Now().Add(time.Second); ; {
		var alone bool
		err = conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, present).Scan(&alone)
		switch {
		case err == nil && alone:
			return &Presence{conn}, nil
		case err == nil && time.Now().After(until):
			err = ErrInUse
		}
		if err != nil || !wait(ctx, looks) {
			return nil, errors.Join(db.fault(err), ctx.Err(), conn.Close(context.WithoutCancel(ctx)))
		}
	}
}

// turn is the number of the lock under which programs begin, one by one.
const turn = present + 1

// Turn waits until no other program begins, and keeps others waiting until done
// is called.
func (db *DB) Turn(ctx context.Context) (done func(), err error) {
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return nil, db.fault(err)
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(turn)); err != nil {
		return nil, errors.Join(db.fault(err), conn.Close(context.WithoutCancel(ctx)))
	}
	return func() { conn.Close(context.WithoutCancel(ctx)) }, nil // which lets the lock go
}

// Only gives ErrInUse when another program uses the database as well.
func (db *DB) Only(ctx context.Context) error {
	var programs int
	err := db.read.QueryRowContext(ctx, `
		SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND (classid::bigint << 32 | objid::bigint) = $1 AND objsubid = 1`, int64(present)).Scan(&programs)
	if err == nil && programs > 1 {
		err = ErrInUse
	}
	return db.fault(err)
}

// settle shares the lock when the schema is right, or brings it up when nobody
// shares it. It gives false to be asked again.
func (db *DB) settle(ctx context.Context, conn *pgx.Conn) (done bool, err error) {
	var shared bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock_shared($1)`, present).Scan(&shared); err != nil || !shared {
		return false, err // somebody is changing it
	}
	version, err := schemaOf(ctx, conn)
	if err == nil {
		err = known(version)
	}
	if err != nil || version == newestSchema() {
		return err == nil, err
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock_shared($1)`, present); err != nil {
		return false, err
	}
	var alone bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, present).Scan(&alone); err != nil || !alone {
		return false, err
	}
	err = db.migrate(ctx)
	_, unlocked := conn.Exec(ctx, `SELECT pg_advisory_unlock($1)`, present)
	return false, errors.Join(err, unlocked)
}

// schemaOf gives the version of the schema, 0 when there is none.
func schemaOf(ctx context.Context, conn *pgx.Conn) (version int64, err error) {
	var there bool
	err = conn.QueryRow(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL`).Scan(&there)
	if err != nil || !there {
		return 0, err
	}
	err = conn.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}

// known gives ErrNewer for a schema of a newer program.
func known(version int64) error {
	if newest := newestSchema(); version > newest {
		return fmt.Errorf("%w: its schema is %d, this program's is %d", ErrNewer, version, newest)
	}
	return nil
}

// newestSchema is the version to which this program brings a database.
func newestSchema() int64 { return relational.Newest(migrations) }

// migrate brings the schema up to the newest: each version whole or not.
func (db *DB) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db.writer, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// stay keeps sharing the lock until ctx ends. When the connection breaks it
// makes another; when another program changed the schema meanwhile, nothing is
// written any more.
func (db *DB) stay(ctx context.Context, here *pgx.Conn) {
	for here != nil {
		for here.Ping(ctx) == nil && wait(ctx, 5*time.Second) {
		}
		here.Close(context.WithoutCancel(ctx)) // gone or not
		here = db.comeBack(ctx)
	}
}

// comeBack shares the lock again, however long that takes. It gives nil when
// ctx ended or another program changed the schema.
func (db *DB) comeBack(ctx context.Context) *pgx.Conn {
	for ctx.Err() == nil {
		conn, err := db.share(ctx)
		switch {
		case err == nil:
			return conn
		case errors.Is(err, ErrNewer):
			close(db.newer)
			return nil
		}
		wait(ctx, time.Second)
	}
	return nil
}

// share gives a connection that shares the lock.
func (db *DB) share(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return nil, err
	}
	version := int64(0)
	if _, err = conn.Exec(ctx, `SELECT pg_advisory_lock_shared($1)`, present); err == nil {
		if version, err = schemaOf(ctx, conn); err == nil {
			err = known(version)
		}
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	return conn, nil
}

// wait waits, and gives false when ctx ended meanwhile.
func wait(ctx context.Context, long time.Duration) bool {
	t := time.NewTimer(long)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
