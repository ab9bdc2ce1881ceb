package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrOlder says that an older program has written the database, and this one
// did not bring it up to date yet.
var ErrOlder = errors.New("the database was written by an older program")

// OpenToRead opens a database that another program may have open, to read and
// nothing else: every change gives journal.ErrStopped. It makes no database and brings
// no schema up: it gives fs.ErrNotExist, ErrNewer, ErrOlder, ErrUnfinished or
// journal.ErrDamaged.
func OpenToRead(ctx context.Context, dir string) (*DB, error) {
	read, err := openToRead(dir)
	if err != nil {
		return nil, fmt.Errorf("open the database to read: %w", err)
	}
	db := &DB{
		lock:   flock.New(filepath.Join(dir, lockName)), // never taken
		writer: read, read: read,
		jobs: make(chan *job), closing: make(chan struct{}), ended: make(chan struct{}),
	}
	db.stopped.Store(true)
	err = db.readable(ctx)
	if err == nil {
		err = db.prepare(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the database to read: %w", fault(err)), read.Close())
	}
	go db.run()
	return db, nil
}

// readable looks whether the schema is the one of this program.
func (db *DB) readable(ctx context.Context) error {
	version, err := schemaOf(ctx, db.read)
	if err == nil {
		err = known(version)
	}
	if newest := newestSchema(); err == nil && version < newest {
		err = fmt.Errorf("%w: its schema is %d, this program's is %d", ErrOlder, version, newest)
	}
	return err
}
