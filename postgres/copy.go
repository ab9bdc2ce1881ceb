package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/relational"
)

// unfinished is the name of a table in a database that is being filled. Open
// refuses such a database.
const unfinished = "filling_unfinished"

// Why a database is not filled or opened, besides backup.ErrNotEmpty.
var (
	// ErrUnfinished says that filling the database was cut off.
	ErrUnfinished = errors.New("filling this database was not finished")
	// ErrVersion says that what would be filled in is of another version of the
	// schema. Only the present one can be.
	ErrVersion = errors.New("it was written by another version of the program")
)

// Copy is a new database that is filled. It is a [backup.Copy].
type Copy struct {
	db *DB
	tables
	foreign []constraint
	opened  *DB
	closed  bool
}

// constraint is one that waits until everything is filled in.
type constraint struct{ table, name, definition string }

var _ backup.Copy = (*Copy)(nil)

// NewCopy makes tables in an empty database, to be filled: of the present
// version of the schema only. It gives ErrVersion, backup.ErrNotEmpty and
// journal.ErrAway.
func NewCopy(ctx context.Context, address string, version int64) (*Copy, error) {
	if newest := newestSchema(); version != newest {
		return nil, fmt.Errorf("%w: its schema is %d, this program's is %d", ErrVersion, version, newest)
	}
	db, err := connect(address, Options{})
	if err != nil {
		return nil, err
	}
	c := &Copy{db: db, tables: tables{version: version}}
	if c.from, err = pgx.ConnectConfig(ctx, db.config); err != nil {
		return nil, errors.Join(fmt.Errorf("make a copy: %w", db.fault(err)), db.Close())
	}
	if err := c.empty(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("make a copy: %w", db.fault(err)), c.from.Close(ctx), db.Close())
	}
	if err := c.begin(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("make a copy: %w", db.fault(err)), c.Close())
	}
	return c, nil
}

// empty gives backup.ErrNotEmpty for a database with any table in it.
func (c *Copy) empty(ctx context.Context) error {
	var tables int
	err := c.from.QueryRow(ctx, `
		SELECT count(*) FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')`).Scan(&tables)
	if err == nil && tables > 0 {
		err = backup.ErrNotEmpty
	}
	return err
}

// begin says in the database that it is not to be used, before there is
// anything in it that a program could take for data. Tables that point at each
// other are filled in any order: that waits.
func (c *Copy) begin(ctx context.Context) error {
	if _, err := c.from.Exec(ctx, `CREATE TABLE `+unfinished+` ()`); err != nil {
		return err
	}
	if err := c.db.migrate(ctx); err != nil {
		return err
	}
	r, err := c.from.Query(ctx, `
		SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
		WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conparentid = 0`)
	if err == nil {
		c.foreign, err = pgx.CollectRows(r, func(row pgx.CollectableRow) (k constraint, err error) {
			err = row.Scan(&k.table, &k.name, &k.definition)
			return k, err
		})
	}
	for _, k := range c.foreign {
		if err == nil {
			_, err = c.from.Exec(ctx, `ALTER TABLE `+k.table+` DROP CONSTRAINT `+quoted([]string{k.name}))
		}
	}
	return err
}

// Raise takes no other version of the schema than the present one.
func (c *Copy) Raise(_ context.Context, version int64) error {
	if version != c.version {
		return fmt.Errorf("%w: its schema is %d, this program's is %d", ErrVersion, version, c.version)
	}
	return nil
}

// Fill adds rows to a table.
func (c *Copy) Fill(ctx context.Context, t backup.Table, add func(row func([]any) error) error) error {
	if relational.PartOf(t.Name) == relational.Stays {
		return fmt.Errorf("fill a copy: %w: table %s is in no backup", backup.ErrDamaged, t.Name)
	}
	next, stop := iter.Pull2(pulled(add))
	defer stop()
	_, err := c.from.CopyFrom(ctx, pgx.Identifier{t.Name}, t.Columns, pgx.CopyFromFunc(func() ([]any, error) {
		row, err, more := next()
		if !more {
			return nil, nil
		}
		return row, err
	}))
	if is(err, "42P01", "42703") { // undefined_table, undefined_column
		err = fmt.Errorf("%w: %w", backup.ErrDamaged, err)
	}
	if err == nil && t.Name == "access_line" { // the next line comes behind these
		_, err = c.from.Exec(ctx, `SELECT setval(pg_get_serial_sequence('access_line', 'n'), coalesce(max(n), 0) + 1, false) FROM access_line`)
	}
	if err != nil {
		return fmt.Errorf("fill a copy: table %s: %w", t.Name, c.db.fault(err))
	}
	return nil
}

// errEnough ends adding when nobody asks for more rows.
var errEnough = errors.New("no more rows are asked for")

// pulled turns rows that are given into rows that are asked for.
func pulled(add func(row func([]any) error) error) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		err := add(func(row []any) error {
			if !yield(row, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// Settle removes what the keys no longer open, ties the tables together and
// gives the database.
func (c *Copy) Settle(ctx context.Context) (journal.Store, error) {
	statements := []string{
		// Keys may be newer than the data: of alliances that had not begun.
		`DELETE FROM wrapped_key WHERE alliance NOT IN (SELECT alliance FROM head)`,
		// An erasure that came after the data is finished here as well.
		`UPDATE entry SET words = NULL WHERE words IS NOT NULL AND EXISTS (
			SELECT 1 FROM wrapped_key k WHERE k.alliance = entry.alliance AND k.holder = entry.holder
				AND k.used_for = 'data' AND k.destroyed = 1)`,
	}
	for _, k := range c.foreign {
		statements = append(statements, `ALTER TABLE `+k.table+` ADD CONSTRAINT `+quoted([]string{k.name})+` `+k.definition)
	}
	for _, statement := range append(statements, `ANALYZE`) {
		_, err := c.from.Exec(ctx, statement)
		if is(err, "23503") { // foreign_key_violation
			err = fmt.Errorf("%w: rows belong to rows that are not there: %w", backup.ErrDamaged, err)
		}
		if err != nil {
			return nil, fmt.Errorf("settle a copy: %w", c.db.fault(err))
		}
	}
	c.foreign = nil
	if err := c.db.start(ctx); err != nil { // and shares the lock of those who use the tables
		return nil, fmt.Errorf("settle a copy: %w", c.db.fault(err))
	}
	c.opened = c.db
	return c.opened, nil
}

// Keep lets programs open the copy.
func (c *Copy) Keep() error {
	if c.opened == nil || c.closed {
		return errors.New("keep a copy: it was not settled, or is closed")
	}
	ctx := context.Background()
	if _, err := c.from.Exec(ctx, `DROP TABLE `+unfinished); err != nil {
		return fmt.Errorf("keep a copy: %w", c.db.fault(err))
	}
	c.closed = true
	return errors.Join(c.from.Close(ctx), c.db.Close())
}

// Close removes a copy that was not kept. The mark goes last.
func (c *Copy) Close() error {
	if c.closed {
		return nil
	}
	c.closed = true
	ctx := context.Background()
	r, err := c.from.Query(ctx, `
		SELECT relname::text FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`)
	var names []string
	if err == nil {
		names, err = pgx.CollectRows(r, pgx.RowTo[string])
	}
	for _, name := range append(without(names, unfinished), unfinished) {
		if err == nil {
			_, err = c.from.Exec(ctx, `DROP TABLE IF EXISTS `+quoted([]string{name})+` CASCADE`)
		}
	}
	return errors.Join(c.db.fault(err), c.from.Close(ctx), c.db.Close())
}

func without(names []string, name string) []string {
	var left []string
	for _, one := range names {
		if one != name {
			left = append(left, one)
		}
	}
	return left
}

// finished gives ErrUnfinished for a database of which the filling was cut off.
func (db *DB) finished(ctx context.Context) error {
	var filling bool
	err := db.read.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, unfinished).Scan(&filling)
	if err == nil && filling {
		err = ErrUnfinished
	}
	return err
}
