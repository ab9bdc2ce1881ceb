package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"samenspel/journal"
)

// ErrMoved says that the files of the database are not where they were when it was
// opened.
var ErrMoved = errors.New("the database is not where it was")

// placed is a file as it was when the database was opened.
type placed struct {
	path string
	file fs.FileInfo
}

// placesIn looks at the files of the database in a folder: the second is that of
// what was written last.
func placesIn(dir string) ([]placed, error) {
	var all []placed
	for _, name := range []string{FileName, FileName + "-wal"} {
		path := filepath.Join(dir, name)
		file, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != FileName:
		case err != nil:
			return nil, err
		default:
			all = append(all, placed{path, file})
		}
	}
	return all, nil
}

// there looks, before something is stored, whether the files are still where
// they were. When the folder was removed or a disk taken away, the system goes
// on writing to what nobody can open any more: what it says is stored then is
// lost. Only a restart ends it.
func (db *DB) there() error {
	for _, p := range db.place {
		now, err := os.Stat(p.path)
		if err == nil && os.SameFile(now, p.file) {
			continue
		}
		db.stopped.Store(true)
		if err == nil {
			err = errors.New("another file is in its place")
		}
		return fmt.Errorf("%w: %w: %w", journal.ErrStopped, ErrMoved, err)
	}
	return nil
}

// Alive reads something, so that it shows whether the database can be read now.
// It gives journal.ErrStopped when nothing is stored until a restart.
func (db *DB) Alive(ctx context.Context) error {
	if db.Stopped() {
		return journal.ErrStopped
	}
	if err := db.there(); err != nil {
		return err
	}
	_, err := db.Register(ctx)
	return err
}

// Stopped reports whether nothing is stored any more until a restart.
func (db *DB) Stopped() bool { return db.stopped.Load() }
