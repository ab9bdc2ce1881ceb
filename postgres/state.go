package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"samenspel/relational"
)

// State is what can be said of a database and its server without a key.
type State struct {
	Server  string // its version, as the server says it
	Schema  int64
	Newest  int64 // the schema of this program
	Primary bool  // it takes changes

	// Settings with which what is stored is safe, as the server says them: on,
	// off, or what else a setting may be.
	SynchronousCommit, Fsync, FullPageWrites, Checksums string

	Demanded    bool // a synchronous standby is demanded
	Synchronous int  // standbys that are synchronous now; 0 where this may not be seen
	Programs    int  // that have the tables open
	Connections int  // to this server, those that look included
	Most        int  // connections that the server allows
	Size        int64
	Last        time.Time // of the newest fact; zero when there is none
	Now         time.Time // by the clock of the server
}

// Look says how a database is, and changes nothing. It gives ErrAddress,
// ErrEmpty, ErrNewer, ErrUnfinished and journal.ErrAway, with what could be seen
// all the same.
func Look(ctx context.Context, address string) (s State, err error) {
	s.Newest = newestSchema()
	db, err := connect(address, Options{})
	if err != nil {
		return s, err
	}
	defer db.Close()                                                                       // nothing was opened in it
	db.config.ValidateConnect = func(context.Context, *pgconn.PgConn) error { return nil } // a standby as well
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return s, db.fault(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // it only looked
	for _, look := range []func(context.Context, *pgx.Conn) error{s.server, s.tables} {
		if err := look(ctx, conn); err != nil {
			return s, fmt.Errorf("look at the database: %w", db.fault(err))
		}
	}
	return s, nil
}

// server looks at the server.
func (s *State) server(ctx context.Context, conn *pgx.Conn) error {
	return conn.QueryRow(ctx, `SELECT current_setting('server_version'), NOT pg_is_in_recovery(),
			current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes'), current_setting('data_checksums'),
			current_setting('synchronous_standby_names') <> '',
			(SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
			(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock'
				AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
				AND (classid::bigint << 32) + objid::bigint = $1 AND objsubid = 1),
			(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), current_setting('max_connections')::int,
			pg_database_size(current_database()), clock_timestamp()`, int64(present)).Scan(
		&s.Server, &s.Primary, &s.SynchronousCommit, &s.Fsync, &s.FullPageWrites, &s.Checksums,
		&s.Demanded, &s.Synchronous, &s.Programs, &s.Connections, &s.Most, &s.Size, &s.Now)
}

// tables looks at the tables.
func (s *State) tables(ctx context.Context, conn *pgx.Conn) (err error) {
	var filling bool
	if err = conn.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, unfinished).Scan(&filling); err != nil {
		return err
	}
	if filling {
		return ErrUnfinished
	}
	if s.Schema, err = schemaOf(ctx, conn); err != nil {
		return err
	}
	if s.Schema == 0 {
		return ErrEmpty
	}
	if err := known(s.Schema); err != nil {
		return err
	}
	var last sql.NullInt64
	err = conn.QueryRow(ctx, relational.LastFact).Scan(&last)
	if last.Valid {
		s.Last = time.Unix(0, last.Int64).UTC()
	}
	return err
}
