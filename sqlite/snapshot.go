package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	codes "modernc.org/sqlite/lib"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/relational"
)

// restoring is the name of a file in a folder that holds a restore that was
// not finished. Open refuses such a folder.
const restoring = "restore.unfinished"

// ErrUnfinished says that a restore into the folder was cut off.
var ErrUnfinished = errors.New("a restore into this folder was not finished")

// finished gives ErrUnfinished for a folder in which a restore was cut off.
func finished(dir string) error {
	_, err := os.Lstat(filepath.Join(dir, restoring))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		err = ErrUnfinished
	}
	return err
}

// Snapshot is the database in a folder as it stood at one moment, also while
// a program serves from it. It is a [backup.Snapshot].
type Snapshot struct {
	db *sql.DB
	tx *sql.Tx
	tables
}

var _ backup.Snapshot = (*Snapshot)(nil)

// OpenSnapshot opens a database to read, as it is now. The lock of the folder
// does not stand in the way; nothing is written but what SQLite keeps beside
// the file for those who read. It gives fs.ErrNotExist when there is none.
//
// As long as it is open the WAL grows, and an erasure that comes meanwhile
// waits for it.
func OpenSnapshot(ctx context.Context, dir string) (*Snapshot, error) {
	db, err := openToRead(dir)
	if err != nil {
		return nil, fmt.Errorf("open a snapshot: %w", err)
	}
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a snapshot: %w", fault(err)), db.Close())
	}
	s := &Snapshot{db, tx, tables{from: tx}}
	if s.version, err = schemaOf(ctx, tx); err == nil { // this first read is the moment
		err = known(s.version)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a snapshot: %w", fault(err)), s.Close())
	}
	return s, nil
}

// openToRead opens the file of a folder so that nothing can be written.
func openToRead(dir string) (*sql.DB, error) {
	if err := finished(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	q := url.Values{
		"mode":    {"ro"},
		"_pragma": {"busy_timeout(5000)", "query_only(1)", "temp_store(MEMORY)"},
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String())
}

// Close lets the moment go.
func (s *Snapshot) Close() error {
	err := s.tx.Rollback()
	if errors.Is(err, sql.ErrTxDone) {
		err = nil
	}
	return errors.Join(err, s.db.Close())
}

// schemaOf gives the version of a schema, or journal.ErrDamaged.
func schemaOf(ctx context.Context, from queryer) (int64, error) {
	var version sql.NullInt64
	err := from.QueryRowContext(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied = 1`).Scan(&version)
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case code(err) == codes.SQLITE_ERROR: // there is no such table
		return 0, fmt.Errorf("%w: no version of the schema", journal.ErrDamaged)
	case err != nil:
		return 0, err
	case version.Int64 < 1:
		return 0, fmt.Errorf("%w: no version of the schema", journal.ErrDamaged)
	}
	return version.Int64, nil
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

// queryer is a transaction or a connection.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// tables gives the tables of a database, in one transaction.
type tables struct {
	from    queryer
	version int64
}

// Version is that of the schema.
func (t *tables) Version() int64 { return t.version }

// Tables gives the tables of a part. It asks the schema: a table that nobody
// thought of is in the data.
func (t *tables) Tables(ctx context.Context, part backup.Part) ([]backup.Table, error) {
	names, err := textColumn(ctx, t.from, `
		SELECT name FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	var list []backup.Table
	for _, name := range names {
		if relational.PartOf(name) != part {
			continue
		}
		columns, err := textColumn(ctx, t.from, `SELECT name FROM pragma_table_info(?) ORDER BY cid`, name)
		if err != nil {
			return nil, fmt.Errorf("list columns: %w", err)
		}
		list = append(list, backup.Table{Name: name, Columns: columns})
	}
	return list, nil
}

func textColumn(ctx context.Context, from queryer, query string, args ...any) ([]string, error) {
	r, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fault(err)
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
	return list, fault(r.Err())
}

// Rows gives the rows of a table, in the order of its key.
func (t *tables) Rows(ctx context.Context, table backup.Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		order, err := textColumn(ctx, t.from, `SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, table.Name)
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, err))
			return
		}
		by := "rowid"
		if len(order) > 0 {
			by = quoted(order)
		}
		r, err := t.from.QueryContext(ctx, `SELECT `+quoted(table.Columns)+` FROM `+quoted([]string{table.Name})+` ORDER BY `+by)
		if err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, fault(err)))
			return
		}
		defer r.Close()
		values, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
		for i := range values {
			into[i] = &values[i]
		}
		for r.Next() {
			if err := r.Scan(into...); err != nil {
				yield(nil, fmt.Errorf("read %s: %w", table.Name, fault(err)))
				return
			}
			if !yield(values, nil) {
				return
			}
		}
		if err := r.Err(); err != nil {
			yield(nil, fmt.Errorf("read %s: %w", table.Name, fault(err)))
		}
	}
}

// Heads gives where the alliances stand.
func (t *tables) Heads(ctx context.Context) ([]journal.Head, error) {
	r, err := t.from.QueryContext(ctx, `SELECT alliance, number, seq, chain, mac FROM head ORDER BY number`)
	if err != nil {
		return nil, fmt.Errorf("read the heads: %w", fault(err))
	}
	defer r.Close()
	var heads []journal.Head
	for r.Next() {
		var h journal.Head
		if err := r.Scan(&h.Alliance, &h.Number, &h.Seq, &h.Chain, &h.MAC); err != nil {
			return nil, fmt.Errorf("read the heads: %w", fault(err))
		}
		heads = append(heads, h)
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("read the heads: %w", fault(err))
	}
	return heads, nil
}

// quoted gives names as SQL takes them.
func quoted(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, `"`+strings.ReplaceAll(name, `"`, `""`)+`"`)
	}
	return strings.Join(list, ", ")
}
