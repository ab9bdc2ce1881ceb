// Package sqlite keeps the log and the door's accounts in one SQLite file.
//
// What it says is stored is on the disk: every commit waits for fsync. All
// changes go through one writer, which commits what waits together.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/relational"
)

// Why a folder cannot be opened, besides journal.ErrDamaged.
var (
	// ErrInUse says that another program has the folder open.
	ErrInUse = errors.New("the folder is in use by another program")
	// ErrNewer says that a newer program has written the database.
	ErrNewer = errors.New("the database was written by a newer program")
	// ErrClosed says that the database was closed before the change began.
	ErrClosed = errors.New("the database is closed")
)

// The names in the folder. SQLite adds -wal and -shm beside the database.
const (
	FileName = "samenspel.db"
	lockName = "lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is an open database.
type DB struct {
	*relational.Tables
	lock   *flock.Flock
	place  []placed
	writer *sql.DB // one connection
	read   *sql.DB // many, that cannot write

	savepoint, undo, release *sql.Stmt // what the writer says around each change

	jobs    chan *job
	closing chan struct{}
	close   sync.Once
	ended   chan struct{} // the writer has ended
	stopped atomic.Bool   // after a fault that only a restart ends
	since   int           // changes since the last checkpoint; the writer's own
	marks   *walMarks     // how far the WAL went; nil where nothing is written
}

// Open opens the database in a folder, makes it when there is none, and
// brings it to the present schema. Nobody else can open it until Close. It
// gives ErrInUse, ErrNewer, ErrUnfinished or journal.ErrDamaged.
func Open(ctx context.Context, dir string) (*DB, error) {
	if err := backup.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("open the database: %w", err)
	case !locked:
		return nil, fmt.Errorf("open the database: %w", ErrInUse)
	}
	db, err := (*DB)(nil), finished(dir)
	if err == nil {
		db, err = open(ctx, dir)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", fault(err)), lock.Unlock())
	}
	db.lock = lock
	go db.run()
	return db, nil
}

// Close ends the writer after the changes that have begun, and frees the
// folder.
func (db *DB) Close() error {
	var err error
	db.close.Do(func() {
		close(db.closing)
		<-db.ended
		// The last connection that closes empties the WAL.
		err = errors.Join(db.marks.end(), db.read.Close(), db.writer.Close(), db.marks.close(), db.lock.Unlock())
	})
	return err
}

// open opens the file, in a folder that is locked.
func open(ctx context.Context, dir string) (*DB, error) {
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(ctx, path); err != nil {
			return nil, err
		}
	}
	if err := wholeWAL(path); err != nil {
		return nil, err
	}
	writer, err := openWriter(path)
	if err != nil {
		return nil, err
	}
	read, err := sql.Open("sqlite", source(path, "query_only(1)"))
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers := max(4, 2*runtime.NumCPU())
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	db := &DB{
		writer: writer, read: read,
		jobs: make(chan *job), closing: make(chan struct{}), ended: make(chan struct{}),
	}
	err = db.start(ctx, path)
	if err == nil {
		db.place, err = placesIn(dir)
	}
	if err != nil {
		return nil, errors.Join(err, read.Close(), writer.Close(), db.marks.close())
	}
	return db, nil
}

// start looks whether the file is a database of this program, brings its
// schema up and prepares the statements. A statement that SQLite does not
// understand means that the schema is not what the migrations made.
func (db *DB) start(ctx context.Context, path string) error {
	err := hasSchema(ctx, db.writer)
	if err == nil {
		db.marks, err = openMarks(path)
	}
	if err == nil {
		err = db.raise(ctx, path)
	}
	if err == nil {
		err = db.prepare(ctx)
	}
	if err == nil { // an erasure that was cut off has left its pages here
		_, err = db.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	if err == nil { // the name of the WAL: SQLite does not tell when that cannot be synced
		err = syncFolder(filepath.Dir(path))
	}
	if code(err) == codes.SQLITE_ERROR {
		return fmt.Errorf("%w: the schema: %w", journal.ErrDamaged, err)
	}
	return err
}

// create makes a new database under another name first, so that under its own
// it is whole or not there: a file without a schema always is a damaged one.
func create(ctx context.Context, path string) error {
	unfinished := path + ".new"
	for _, left := range []string{"", "-wal", "-shm"} {
		if err := os.RemoveAll(unfinished + left); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	writer, err := openWriter(unfinished)
	if err != nil {
		return err
	}
	err = migrate(ctx, writer)
	if err == nil { // closing would do it as well, and would not say when it fails
		_, err = writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	if err := errors.Join(err, writer.Close()); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// openWriter opens the one connection that writes. SQLite's own checkpoints
// are off, because they keep a failing fsync to themselves; the writer makes
// them.
func openWriter(path string) (*sql.DB, error) {
	// What a commit waits for is what was written and how long the file is, not
	// when it was changed. Where SQLite cannot leave that out, it waits for it.
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return nil, err
	}
	writer, err := sql.Open("sqlite", source(path, "wal_autocheckpoint(0)", "cache_size(-16000)"))
	if err == nil {
		writer.SetMaxOpenConns(1)
	}
	return writer, err
}

// source names the file and how each connection to it is set.
func source(path string, more ...string) string {
	q := url.Values{
		"_txlock": {"immediate"},
		"_pragma": append([]string{
			"busy_timeout(5000)", "foreign_keys(1)", "journal_mode(WAL)", "secure_delete(1)",
			"synchronous(FULL)", "temp_store(MEMORY)",
		}, more...),
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}

// hasSchema gives ErrDamaged for a file that says no version of its schema.
// SQLite takes a file that was cut short for an empty database, and goose
// would make a new one in it.
func hasSchema(ctx context.Context, writer *sql.DB) error {
	var versions, rows int
	err := writer.QueryRowContext(ctx, `
		SELECT count(*) FILTER (WHERE typeof(version_id) = 'integer'), count(*) FROM goose_db_version`).Scan(&versions, &rows)
	if err == nil && (versions == 0 || versions < rows) {
		err = fmt.Errorf("%w: no version of the schema", journal.ErrDamaged)
	}
	return err
}

// migrate brings the schema up to the newest.
func migrate(ctx context.Context, writer *sql.DB) error {
	p, err := provider(writer)
	if err != nil {
		return err
	}
	is, newest, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if is > newest {
		return fmt.Errorf("%w: its schema is %d, this program's is %d", ErrNewer, is, newest)
	}
	_, err = p.Up(ctx)
	return err
}

// provider knows the versions of the schema.
func provider(writer *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, writer, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}
