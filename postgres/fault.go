package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"samenspel/journal"
)

// fault gives PostgreSQL's errors the names that callers know (its manual,
// appendix A).
func (db *DB) fault(err error) error {
	switch {
	case err == nil:
		return nil
	case is(err, "53100"): // disk_full
		return fmt.Errorf("%w: %w", journal.ErrFull, err)
	case is(err, "XX001", "XX002"): // data_corrupted, index_corrupted
		return fmt.Errorf("%w: %w", journal.ErrDamaged, err)
	case is(err, "58030"): // io_error
		return fmt.Errorf("%w: %w", journal.ErrStopped, err)
	case away(err):
		db.lost.Store(time.Now().UnixNano())
		return fmt.Errorf("%w: %w", journal.ErrAway, err)
	}
	return err
}

// is reports whether an error is one of PostgreSQL's with one of these codes.
func is(err error, codes ...string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	for _, code := range codes {
		if e.Code == code {
			return true
		}
	}
	return false
}

// stoodBack reports whether PostgreSQL gave up a transaction so that others
// could go on or because somebody asked it to, and the same one may well succeed
// now: serialization_failure, deadlock_detected, lock_not_available,
// query_canceled.
func stoodBack(err error) bool { return is(err, "40001", "40P01", "55P03", "57014") }

// away reports whether the database cannot be reached, or not to write in.
func away(err error) bool {
	if err == nil {
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		// Shutdowns and starts (57P0x), connections that broke (08xxx), too many
		// of them (53300), and a server that became a standby (25006).
		return strings.HasPrefix(e.Code, "57P0") || strings.HasPrefix(e.Code, "08") || e.Code == "53300" || e.Code == "25006"
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "conn closed")
}
