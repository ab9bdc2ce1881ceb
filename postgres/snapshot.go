package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/relational"
)

// ErrEmpty says that there are no tables of Samenspel in the database.
var ErrEmpty = errors.New("there is nothing of Samenspel in the database")

// Snapshot is a database as it stood at one moment, also while programs use it.
// It is a [backup.Snapshot].
type Snapshot struct {
	conn *pgx.Conn
	tables
}

var _ backup.Snapshot = (*Snapshot)(nil)

// OpenSnapshot opens a database to read, as it is now. It gives ErrEmpty,
// ErrNewer and journal.ErrAway.
//
// As long as it is open, PostgreSQL keeps the rows that are removed meanwhile.
func OpenSnapshot(ctx context.Context, address string) (*Snapshot, error) {
	db, err := connect(address, Options{})
	if err != nil {
		return nil, err
	}
	s, err := db.snapshot(ctx)
	if err != nil {
		err = fmt.Errorf("open a snapshot: %w", db.fault(err))
	}
	return s, errors.Join(err, db.Close())
}

// snapshot begins the moment, on a connection of its own.
func (db *DB) snapshot(ctx context.Context) (*Snapshot, error) {
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{conn, tables{from: conn}}
	_, err = conn.Exec(ctx, `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
	if err == nil {
		s.version, err = schemaOf(ctx, conn)
	}
	switch {
	case err == nil && s.version == 0:
		err = ErrEmpty
	case err == nil:
		err = known(s.version)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets the moment go.
func (s *Snapshot) Close() error { return s.conn.Close(context.Background()) }

// tables gives the tables of a database, on one connection.
type tables struct {
	from    *pgx.Conn
	version int64
}

// Version is that of the schema.
func (t *tables) Version() int64 { return t.version }

// Tables gives the tables of a part. It asks the schema: a table that nobody
// thought of is in the data.
func (t *tables) Tables(ctx context.Context, part backup.Part) ([]backup.Table, error) {
	r, err := t.from.Query(ctx, `
		SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
			AND a.attnum > 0 AND NOT a.attisdropped
		GROUP BY c.relname ORDER BY c.relname::text COLLATE "C"`)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	all, err := pgx.CollectRows(r, func(row pgx.CollectableRow) (b backup.Table, err error) {
		err = row.Scan(&b.Name, &b.Columns)
		return b, err
	})
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	var list []backup.Table
	for _, one := range all {
		if relational.PartOf(one.Name) == part && one.Name != unfinished {
			list = append(list, one)
		}
	}
	return list, nil
}

// Rows gives the rows of a table, in the order of its key.
func (t *tables) Rows(ctx context.Context, table backup.Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		order, err := t.keyOf(ctx, table.Name)
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, err))
			return
		}
		r, err := t.from.Query(ctx, `SELECT `+quoted(table.Columns)+` FROM `+quoted([]string{table.Name})+` ORDER BY `+quoted(order))
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, err))
			return
		}
		defer r.Close()
		for r.Next() {
			row, err := r.Values()
			if err != nil {
				yield(nil, fmt.Errorf("read %s: %w", table.Name, err))
				return
			}
			if !yield(asKept(row), nil) {
				return
			}
		}
		if err := r.Err(); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, err))
		}
	}
}

// asKept gives the values of a row in the types of a backup.
func asKept(row []any) []any {
	for i, value := range row {
		if n, short := value.(int16); short {
			row[i] = int64(n)
		}
	}
	return row
}

// keyOf gives the columns of the key of a table, in its order.
func (t *tables) keyOf(ctx context.Context, table string) ([]string, error) {
	r, err := t.from.Query(ctx, `
		SELECT a.attname::text
		FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
		JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
		WHERE i.indrelid = to_regclass(quote_ident($1)) AND i.indisprimary ORDER BY k.place`, table)
	if err != nil {
		return nil, err
	}
	key, err := pgx.CollectRows(r, pgx.RowTo[string])
	if err == nil && len(key) == 0 {
		err = errors.New("it has no key")
	}
	return key, err
}

// Heads gives where the alliances stand.
func (t *tables) Heads(ctx context.Context) ([]journal.Head, error) {
	r, err := t.from.Query(ctx, `SELECT alliance, number, seq, chain, mac FROM head ORDER BY number`)
	if err != nil {
		return nil, fmt.Errorf("read the heads: %w", err)
	}
	heads, err := pgx.CollectRows(r, func(row pgx.CollectableRow) (h journal.Head, err error) {
		err = row.Scan(&h.Alliance, &h.Number, &h.Seq, &h.Chain, &h.MAC)
		return h, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the heads: %w", err)
	}
	return heads, nil
}

// quoted gives names as SQL takes them.
func quoted(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, pgx.Identifier{name}.Sanitize())
	}
	return strings.Join(list, ", ")
}
