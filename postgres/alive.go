package postgres

import (
	"context"
	"fmt"
	"time"

	"samenspel/journal"
)

// Alive reaches the server that takes changes. It gives journal.ErrAway, and
// journal.ErrStopped when nothing is stored until a restart.
func (db *DB) Alive(ctx context.Context) error {
	if db.Stopped() {
		return fmt.Errorf("%w: %w", journal.ErrStopped, ErrNewer)
	}
	if err := db.writer.PingContext(ctx); err != nil {
		return db.fault(err)
	}
	_, err := db.Register(ctx)
	return err
}

// Stopped reports whether a newer program changed the tables: then this one
// writes no more.
func (db *DB) Stopped() bool {
	select {
	case <-db.newer:
		return true
	default:
		return false
	}
}

// Clock is the time by the clock of the server.
func (db *DB) Clock(ctx context.Context) (now time.Time, err error) {
	if err := db.read.QueryRowContext(ctx, `SELECT clock_timestamp()`).Scan(&now); err != nil {
		return now, fmt.Errorf("read the clock of the server: %w", db.fault(err))
	}
	return now, nil
}
