package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"samenspel/relational"
)

// Before a schema is brought up, the database as it was is laid beside it: the
// way back to the program of before. It is whole under its name or not there,
// and it goes with the next erasure, so that no key outlives its destruction.
const (
	raisingEnding = "-raising" // while the schema is brought up
	beforeEnding  = "-before"  // since
)

// raise brings the schema of a database that a program opens up to the newest.
func (db *DB) raise(ctx context.Context, path string) error {
	is, err := schemaOf(ctx, db.writer)
	if err != nil {
		return err
	}
	if is < newestSchema() {
		if err := db.layBeside(ctx, path); err != nil {
			return fmt.Errorf("copy the database before its schema is brought up: %w", err)
		}
	}
	if err := migrate(ctx, db.writer); err != nil {
		return err
	}
	err = os.Rename(path+raisingEnding, path+beforeEnding)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncFolder(filepath.Dir(path)))
}

// layBeside copies a database beside itself. When that was done already, what
// was there is what the program of before left: bringing it up was cut off. It
// gives relational.ErrReading while somebody who reads keeps a part of it in the
// WAL.
func (db *DB) layBeside(ctx context.Context, path string) error {
	if _, err := os.Stat(path + raisingEnding); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	busy, err := db.emptyWAL(ctx)
	if err == nil && busy {
		err = relational.ErrReading
	}
	if err != nil {
		return err
	}
	unfinished := path + raisingEnding + ".new"
	if err := copyFile(path, unfinished); err != nil {
		return errors.Join(err, os.RemoveAll(unfinished))
	}
	if err := os.Rename(unfinished, path+raisingEnding); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// copyFile copies a file to one that is new, and on the disk when it returns.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close() // it was only read
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	// With plain writes, which a recording of all that is done to the files can
	// follow: internal/faults cuts the power between them.
	_, err = io.Copy(struct{ io.Writer }{target}, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// noWayBack removes what was laid beside the database, and a copy that was cut
// off.
func noWayBack(path string) error {
	var gone bool
	for _, ending := range []string{beforeEnding, raisingEnding, raisingEnding + ".new"} {
		switch err := os.Remove(path + ending); {
		case err == nil:
			gone = true
		case !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("remove the copy from before: %w", err)
		}
	}
	if !gone {
		return nil
	}
	return syncFolder(filepath.Dir(path))
}
