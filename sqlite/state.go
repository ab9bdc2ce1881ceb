package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"samenspel/relational"
)

// State is what can be said of the database in a folder without its key.
type State struct {
	InUse  bool  // a program has it open
	Size   int64 // of the database, in bytes
	WAL    int64 // of what stands beside it, in bytes
	Schema int64
	Newest int64     // the schema of this program
	Last   time.Time // of the newest fact; zero when there is none
	Before time.Time // when it was laid aside, before its schema was brought up; zero when that is not there
}

// Look says how the database in a folder is, and changes nothing. It gives
// fs.ErrNotExist, ErrNewer, ErrUnfinished or journal.ErrDamaged, with what
// could be seen all the same.
func Look(ctx context.Context, dir string) (State, error) {
	s := State{Newest: newestSchema(), InUse: inUse(dir)}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err == nil {
		s.Size = info.Size()
	}
	if info, err := os.Stat(filepath.Join(dir, FileName+"-wal")); err == nil {
		s.WAL = info.Size()
	}
	if info, err := os.Stat(filepath.Join(dir, FileName+beforeEnding)); err == nil {
		s.Before = info.ModTime()
	}
	snap, err := OpenSnapshot(ctx, dir)
	if err != nil {
		return s, err
	}
	defer snap.Close() // it only lets go of what was read
	s.Schema = snap.version
	var last sql.NullInt64
	err = snap.from.QueryRowContext(ctx, relational.LastFact).Scan(&last)
	if err != nil {
		return s, fmt.Errorf("read the newest fact: %w", fault(err))
	}
	if last.Valid {
		s.Last = time.Unix(0, last.Int64).UTC()
	}
	return s, nil
}

// inUse reports whether a program has the folder open.
func inUse(dir string) bool {
	path := filepath.Join(dir, lockName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	got, err := lock.TryRLock()
	if err != nil {
		return false
	}
	if got {
		lock.Unlock() // it was only asked for
	}
	return !got
}
