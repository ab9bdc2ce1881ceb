// Package postgres keeps the log, the door's accounts, the access log and the
// house in a PostgreSQL database that several programs use at once.
//
// What it says is stored is durable as PostgreSQL understands it: with
// synchronous_commit on, and with a synchronous standby where there is one.
// Changes of one alliance wait for each other at its head; there is no lock
// over all.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"samenspel/journal"
	"samenspel/relational"
)

// Why a database cannot be opened, besides journal.ErrAway and
// journal.ErrDamaged.
var (
	// ErrNewer says that a newer program has written the database.
	ErrNewer = errors.New("the database was written by a newer program")
	// ErrOlderRunning says that the schema has to be brought up, while programs
	// that know the older one are running.
	ErrOlderRunning = errors.New("programs of an older version are using the database: stop them first")
	// ErrAddress says that an address is none of a PostgreSQL database.
	ErrAddress = errors.New("this is no address of a PostgreSQL database")
	// ErrUnsafe says that a server or a database is set so that what it says is
	// stored may be lost.
	ErrUnsafe = errors.New("the database does not wait until a change is on the disk")
)

// Options say how a database is used. The zero Options are for one program of a
// few on a server of its own.
type Options struct {
	Connections int // at most, for changes and for looks each; 16 when 0
}

// DB is an open database.
type DB struct {
	*relational.Tables
	config *pgx.ConnConfig
	writer *sql.DB
	read   *sql.DB // cannot write
	unsure *sync.Map
	name   string       // of this program among the others
	lost   atomic.Int64 // when the server was away last, in nanoseconds since 1970

	tell    teller
	line    timeline
	ending  context.CancelFunc
	ended   sync.WaitGroup
	newer   chan struct{} // closed when another program brought the schema up
	closing sync.Once
}

// Open opens a database by its address (postgres://…, or key=value pairs; RFC
// 3986 and the PostgreSQL manual, 34.1.1), makes the tables when there are
// none, and brings them to the present schema. Others may have it open. What
// the address leaves out comes from the environment (PGPASSFILE and the like).
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	db, err := connect(address, o)
	if err != nil {
		return nil, err
	}
	if err = db.finished(ctx); err == nil {
		err = db.start(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", db.fault(err)), db.Close())
	}
	return db, nil
}

// connect prepares pools without reaching anything yet.
func connect(address string, o Options) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil { // its text may hold the address, and that the password
		return nil, ErrAddress
	}
	// Whatever target_session_attrs says: looks go to the server that takes
	// changes too, and are read-only there by themselves.
	config.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsPrimary
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	unsure := &sync.Map{}
	config.OnNotice = func(conn *pgconn.PgConn, n *pgconn.Notice) {
		if n.SeverityUnlocalized == "WARNING" && n.Code == notReplicated {
			unsure.Store(conn, true)
		}
	}
	config.DialFunc = dial(config.ConnectTimeout)
	config.RuntimeParams["application_name"] = "samenspel"
	db := &DB{config: config, unsure: unsure, name: newName(), newer: make(chan struct{}), tell: teller{some: make(chan struct{}, 1)}}
	db.writer = db.pool(o, map[string]string{
		"lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s",
		"client_min_messages": "warning", // OnNotice has to hear of it
	}, stdlib.OptionAfterConnect(safe))
	db.read = db.pool(o, map[string]string{"default_transaction_read_only": "on", "statement_timeout": "60s"})
	return db, nil
}

// notReplicated is the class of the warning that a commit did not wait for a
// standby; any other warning of that class is taken for it.
const notReplicated = "01000"

// pool makes a pool of connections with settings of their own.
func (db *DB) pool(o Options, settings map[string]string, more ...stdlib.OptionOpenDB) *sql.DB {
	config := db.config.Copy()
	for name, value := range settings {
		config.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*config, append(more, stdlib.OptionShouldPing(db.gone))...)
	most := o.Connections
	if most <= 0 {
		most = 16
	}
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool
}

// How long a connection rests before it is asked whether it is still there, and
// how long it may take to say so.
const (
	rest  = time.Second
	reply = 3 * time.Second
)

// gone asks a connection that rested whether it is there: one to a server that
// stands still, and does not end, would keep whoever got it for as long as they
// are patient. Where it does not answer it is closed, and found so. Once the
// server was away, each that rested since before that is asked: or one after
// another would give somebody an error when the server is there again.
func (db *DB) gone(ctx context.Context, p stdlib.ShouldPingParams) bool {
	if p.IdleDuration < rest && p.IdleDuration < time.Since(time.Unix(0, db.lost.Load())) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, reply)
	defer cancel()
	return p.Conn.Ping(ctx) != nil
}

// start brings the schema up, prepares the statements and stays present.
func (db *DB) start(ctx context.Context) error {
	here, err := db.arrive(ctx)
	if err != nil {
		return err
	}
	if err := db.writer.PingContext(ctx); err != nil {
		return errors.Join(err, here.Close(ctx))
	}
	if db.Tables, err = relational.New(ctx, engine{db}, db.read, db.writer, dialect); err != nil {
		if is(err, "42P01", "42703") { // undefined_table, undefined_column
			err = fmt.Errorf("%w: the schema: %w", journal.ErrDamaged, err)
		}
		return errors.Join(err, here.Close(ctx))
	}
	staying, end := context.WithCancel(context.WithoutCancel(ctx))
	db.ending = end
	db.ended.Go(func() { db.stay(staying, here) })
	db.ended.Go(func() { db.telling(staying) })
	db.ended.Go(func() { db.scrubLeft(staying) })
	return nil
}

// safe gives ErrUnsafe for a server with settings with which what was stored may
// be lost. Each connection is asked: after a fail-over it may be another server.
func safe(ctx context.Context, conn *pgx.Conn) error {
	for _, must := range []struct{ name, not, where string }{
		{"synchronous_commit", "off", "true"}, {"fsync", "off", "true"}, {"full_page_writes", "off", "true"},
		// With it no commit waits for the standby that is there to be waited for.
		{"synchronous_commit", "local", "current_setting('synchronous_standby_names') <> ''"},
	} {
		var unsafe bool
		if err := conn.QueryRow(ctx, `SELECT current_setting($1) = $2 AND `+must.where, must.name, must.not).Scan(&unsafe); err != nil {
			return err
		}
		if unsafe {
			return fmt.Errorf("%w: its setting %s is %s", ErrUnsafe, must.name, must.not)
		}
	}
	return nil
}

// Close ends the changes that have begun and lets the connections go.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		if db.ending != nil {
			db.ending()
		}
		db.ended.Wait()
		err = errors.Join(db.read.Close(), db.writer.Close())
	})
	return err
}
