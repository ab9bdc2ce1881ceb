package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/relational"
)

// Copy is a new database that a backup fills. It is a [backup.Copy].
type Copy struct {
	dir  string
	lock *flock.Flock
	db   *sql.DB // until it is settled
	tables
	opened *DB // since then
	kept   bool
	closed bool
}

var _ backup.Copy = (*Copy)(nil)

// NewCopy makes an empty database, of a version of the schema, in a folder
// that is new or empty. It gives ErrNewer or backup.ErrNotEmpty.
func NewCopy(ctx context.Context, dir string, version int64) (*Copy, error) {
	if err := known(version); err != nil {
		return nil, fmt.Errorf("make a copy: %w", err)
	}
	if err := backup.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("make a copy: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = backup.ErrNotEmpty
	}
	if err != nil {
		return nil, fmt.Errorf("make a copy in %s: %w", dir, err)
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("make a copy: %w", err)
	case !locked:
		return nil, fmt.Errorf("make a copy: %w", ErrInUse)
	}
	c := &Copy{dir: dir, lock: lock}
	if err := c.begin(ctx, version); err != nil {
		return nil, errors.Join(fmt.Errorf("make a copy: %w", fault(err)), c.Close())
	}
	return c, nil
}

// begin says on the disk that the folder is not to be used, before there is
// anything in it that a program could take for data.
func (c *Copy) begin(ctx context.Context, version int64) error {
	mark, err := os.OpenFile(filepath.Join(c.dir, restoring), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = mark.WriteString("A restore into this folder was not finished. Remove the folder, and restore again.\n")
	if err = errors.Join(err, mark.Sync(), mark.Close(), syncFolder(c.dir)); err != nil {
		return err
	}
	f, err := os.OpenFile(c.path(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	// Nothing here is used before it was read back and synced as a whole.
	q := url.Values{"_pragma": {"journal_mode(MEMORY)", "synchronous(OFF)", "foreign_keys(0)", "secure_delete(1)",
		"temp_store(MEMORY)", "locking_mode(EXCLUSIVE)"}}
	c.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(c.path()), RawQuery: q.Encode()}).String())
	if err != nil {
		return err
	}
	c.db.SetMaxOpenConns(1)
	c.from = c.db
	return c.Raise(ctx, version)
}

func (c *Copy) path() string { return filepath.Join(c.dir, FileName) }

// Raise brings the schema to a later version.
func (c *Copy) Raise(ctx context.Context, version int64) error {
	if err := known(version); err != nil {
		return err
	}
	if version > c.version {
		p, err := provider(c.db)
		if err == nil {
			_, err = p.UpTo(ctx, version)
		}
		if err != nil {
			return fmt.Errorf("raise a copy: %w", fault(err))
		}
	}
	c.version = version
	return nil
}

// Fill empties a table and adds rows to it: what a migration put there comes
// with the rows.
func (c *Copy) Fill(ctx context.Context, t backup.Table, add func(row func([]any) error) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("fill a copy: %w", fault(err))
	}
	defer tx.Rollback() // after the commit it does nothing
	if relational.PartOf(t.Name) == relational.Stays {
		return fmt.Errorf("fill a copy: %w: table %s is in no backup", backup.ErrDamaged, t.Name)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM `+quoted([]string{t.Name})); err != nil {
		return fmt.Errorf("fill a copy: %w: table %s: %w", backup.ErrDamaged, t.Name, err)
	}
	places := strings.TrimSuffix(strings.Repeat("?, ", len(t.Columns)), ", ")
	insert, err := tx.PrepareContext(ctx, `INSERT INTO `+quoted([]string{t.Name})+` (`+quoted(t.Columns)+`) VALUES (`+places+`)`)
	if err != nil {
		return fmt.Errorf("fill a copy: %w: table %s: %w", backup.ErrDamaged, t.Name, err)
	}
	defer insert.Close()
	err = add(func(row []any) error {
		_, err := insert.ExecContext(ctx, row...)
		return fault(err)
	})
	if err != nil {
		return fmt.Errorf("fill a copy: table %s: %w", t.Name, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("fill a copy: %w", fault(err))
	}
	return nil
}

// Settle removes what the keys no longer open and gives the database.
func (c *Copy) Settle(ctx context.Context) (journal.Store, error) {
	if err := c.settle(ctx); err != nil {
		return nil, fmt.Errorf("settle a copy: %w", fault(err))
	}
	db, err := open(ctx, c.dir)
	if err != nil {
		return nil, fmt.Errorf("settle a copy: %w", fault(err))
	}
	db.lock = c.lock
	go db.run()
	c.opened = db
	return db, nil
}

func (c *Copy) settle(ctx context.Context) error {
	if err := c.Raise(ctx, newestSchema()); err != nil {
		return err
	}
	for _, statement := range []string{
		// Keys may be newer than the data: of alliances that had not begun.
		`DELETE FROM wrapped_key WHERE alliance NOT IN (SELECT alliance FROM head)`,
		// An erasure that came after the data is finished here as well.
		`UPDATE entry SET words = NULL WHERE words IS NOT NULL AND EXISTS (
			SELECT 1 FROM wrapped_key k WHERE k.alliance = entry.alliance AND k.holder = entry.holder
				AND k.used_for = 'data' AND k.destroyed = 1)`,
	} {
		if _, err := c.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	wrong, err := textColumn(ctx, c.db, `SELECT DISTINCT "table" FROM pragma_foreign_key_check`)
	if err == nil && len(wrong) > 0 {
		err = fmt.Errorf("%w: rows of %s belong to rows that are not there", backup.ErrDamaged, strings.Join(wrong, ", "))
	}
	if err != nil {
		return err
	}
	err = c.db.Close()
	c.db = nil
	return err
}

// Keep makes the copy durable and lets programs open it.
func (c *Copy) Keep() error {
	if c.opened == nil || c.closed {
		return errors.New("keep a copy: it was not settled, or is closed")
	}
	c.kept = true
	c.closed = true
	if err := c.opened.Close(); err != nil { // and frees the folder
		return fmt.Errorf("keep a copy: %w", err)
	}
	f, err := os.OpenFile(c.path(), os.O_RDWR, 0)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close(), syncFolder(c.dir))
	}
	if err == nil {
		err = os.Remove(filepath.Join(c.dir, restoring))
	}
	if err == nil {
		err = syncFolder(c.dir)
	}
	if err != nil {
		return fmt.Errorf("keep a copy: %w", err)
	}
	return nil
}

// Close removes a copy that was not kept. The mark goes last.
func (c *Copy) Close() error {
	if c.closed {
		return nil
	}
	c.closed = true
	var err error
	if c.db != nil {
		err = c.db.Close()
	}
	if c.opened != nil {
		err = errors.Join(err, c.opened.Close())
	}
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm", FileName + "-journal", FileName + markEnding, restoring, lockName} {
		err = errors.Join(err, os.RemoveAll(filepath.Join(c.dir, name)))
	}
	if c.opened == nil {
		err = errors.Join(err, c.lock.Unlock())
	}
	return err
}
