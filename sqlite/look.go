package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"samenspel"
	"samenspel/journal"
)

var _ journal.Looks = (*DB)(nil)

// AddLooks keeps who has looked.
func (db *DB) AddLooks(ctx context.Context, id samenspel.AllianceID, lines []samenspel.Looked) error {
	if len(lines) == 0 {
		return nil
	}
	return db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		add := tx.StmtContext(ctx, db.addLook)
		for _, l := range lines {
			if _, err := add.ExecContext(ctx, id, l.About, l.At.UnixMilli(), l.By, l.What); err != nil {
				return fmt.Errorf("keep a look: %w", err)
			}
		}
		return nil
	})
}

// LooksAt gives who looked at one partner's world.
func (db *DB) LooksAt(ctx context.Context, id samenspel.AllianceID, which journal.WhichLooks) ([]samenspel.Looked, error) {
	since, until := int64(math.MaxInt64), int64(math.MaxInt64)
	if !which.Since.IsZero() {
		since = which.Since.UnixMilli()
	}
	if !which.Until.IsZero() {
		until = which.Until.UnixMilli()
	}
	lines, err := rows(ctx, db.looks, func(r *sql.Rows) (l samenspel.Looked, err error) {
		var at int64
		err = r.Scan(&l.About, &at, &l.By, &l.What)
		l.At = time.UnixMilli(at).UTC()
		return l, err
	}, sql.Named("alliance", id), sql.Named("at", which.At), sql.Named("since", since),
		sql.Named("by", which.By), sql.Named("until", until), sql.Named("most", max(0, which.Most)))
	if err != nil {
		return nil, fmt.Errorf("read who has looked: %w", err)
	}
	return lines, nil
}
