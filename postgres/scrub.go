package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"samenspel"
	"samenspel/relational"
)

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
	return e.fault(e.scrubbed(ctx, id, append(partitions, tables...)))
}

// scrubPatience is how long Scrub goes on while others read: a transaction that
// began before keeps what it may see, and most are over in milliseconds.
const scrubPatience = 3 * time.Second

// scrubbed writes tables anew until nothing from before is in them, or gives
// [relational.ErrReading].
func (db *DB) scrubbed(ctx context.Context, id samenspel.AllianceID, tables []string) error {
	last := time.Now().Add(scrubPatience)
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second/2) {
		if err := db.rewrite(ctx, tables); err != nil {
			return err
		}
		left, err := db.unscrubbed(ctx, id)
		if err != nil || len(left) == 0 {
			return err
		}
		if time.Now().After(last) {
			return relational.ErrReading
		}
		if !wait(ctx, pause) {
			return ctx.Err()
		}
		tables = left
	}
}

// rewrite writes tables anew.
func (db *DB) rewrite(ctx context.Context, tables []string) error {
	for _, table := range tables {
		if _, err := db.writer.ExecContext(ctx, `VACUUM (FULL) `+table); err != nil {
			return fmt.Errorf("write where keys lie anew: %w", db.fault(err))
		}
	}
	return nil
}

// unscrubbed gives where keys of an alliance, or of any, were destroyed since it
// was last written anew, or while somebody still read from before that: then
// what was there was copied along. PostgreSQL keeps up to which transaction
// nothing older is left in a table (relfrozenxid), and for each row which one
// wrote it.
func (db *DB) unscrubbed(ctx context.Context, id samenspel.AllianceID) ([]string, error) {
	return names(ctx, db.read, `
		SELECT DISTINCT k.tableoid::regclass::text FROM wrapped_key k JOIN pg_class c ON c.oid = k.tableoid
		WHERE k.destroyed = 1 AND age(k.xmin) <= age(c.relfrozenxid) AND ($1 = '' OR k.alliance = $1)`, id)
}

// scrubLeft finishes what was cut off between the destruction of a key and
// writing anew where it lay, by this program or another that ended.
func (db *DB) scrubLeft(ctx context.Context) {
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		tables, err := db.unscrubbed(ctx, "")
		if err == nil && len(tables) == 0 {
			return
		}
		if err == nil {
			err = db.rewrite(ctx, tables)
		}
		if err == nil {
			tables, err = db.unscrubbed(ctx, "")
		}
		if err == nil && len(tables) == 0 || !wait(ctx, pause) {
			return
		}
	}
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
