// Package backup copies all that is kept into sealed files, proves that they
// can be read back, and puts them back.
//
// A backup is two files and a record. One holds the data, the other the keys of
// the data: who destroys a key, and throws away the files of keys from before,
// has made the words under it unreadable in every backup. The record is written
// last, once the backup was restored and verified. Package backup knows no SQL:
// a store gives its tables, and takes them back.
package backup

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"samenspel/journal"
)

// What a caller can tell apart, besides the errors of package journal.
var (
	// ErrDamaged says that a file is not as it was written.
	ErrDamaged = errors.New("the backup is damaged")
	// ErrForeign says that a file is no backup, or of another part of one.
	ErrForeign = errors.New("this is not the file of a backup that was asked for")
	// ErrNewer says that a newer program wrote the file.
	ErrNewer = errors.New("the backup was written by a newer program")
	// ErrSealed says that the master key does not open the file: it is another
	// one, or the beginning of the file is damaged.
	ErrSealed = errors.New("the master key does not open this backup")
	// ErrOlderKeys says that the file of keys is older than the data.
	ErrOlderKeys = errors.New("the keys are older than the data")
	// ErrNotNewest says that there is a newer file of keys.
	ErrNotNewest = errors.New("there is a newer file of keys")
	// ErrNotEmpty says that a folder to restore into is not empty.
	ErrNotEmpty = errors.New("the folder is not empty")
	// ErrUnverified says that a backup was written and did not come back as it
	// should have.
	ErrUnverified = errors.New("the backup was written, but it did not come back whole")
	// ErrNoKeys says that a folder holds no file of keys.
	ErrNoKeys = errors.New("there is no file of keys")
	// ErrBusy says that another program makes a backup in the same folder.
	ErrBusy = errors.New("another program makes a backup in this folder")
)

// Part says which of the two files something is in.
type Part uint8

// The two parts, and what is in no backup.
const (
	Data Part = 1 // all but the keys
	Keys Part = 2 // the wrapped keys
	Door Part = 3 // what lets somebody in at this moment: it only moves, with all the rest
)

func (p Part) String() string {
	switch p {
	case Keys:
		return "keys"
	case Door:
		return "door"
	}
	return "data"
}

// purpose is what the key of a file is sealed for.
func (p Part) purpose() string { return "backup " + p.String() }

// Table is a table of a store, with its columns in order.
type Table struct {
	Name    string
	Columns []string
}

// Snapshot is a store as it stood at one moment: what is written meanwhile is
// not seen. A value is nil, an int64, a float64, a string or a []byte.
type Snapshot interface {
	// Version is that of the schema.
	Version() int64
	// Tables gives the tables of a part.
	Tables(ctx context.Context, part Part) ([]Table, error)
	// Rows gives the rows of a table. The same rows come in the same order,
	// also from a copy. A row is the caller's until it asks for the next.
	Rows(ctx context.Context, t Table) iter.Seq2[[]any, error]
	// Heads gives where the alliances stand, in the order of beginning.
	Heads(ctx context.Context) ([]journal.Head, error)
	Close() error
}

// Copy is a new store that is filled. Until Keep nobody else opens it, and no
// program takes it for data.
type Copy interface {
	Snapshot
	// Raise brings the schema to a later version.
	Raise(ctx context.Context, version int64) error
	// Fill adds rows to a table, all that add gives.
	Fill(ctx context.Context, t Table, add func(row func([]any) error) error) error
	// Settle brings the schema to the newest, removes keys of what is not in
	// the data, and words whose key was destroyed, and gives the store.
	Settle(ctx context.Context) (journal.Store, error)
	// Keep makes the copy durable and lets programs open it.
	Keep() error
	// Close of a copy that was not kept removes all that was written.
	Close() error
}

// Place says how to come to the store that is copied, and to new ones.
type Place struct {
	Snapshot func(ctx context.Context) (Snapshot, error)
	// Copy makes an empty store in an empty folder, of a version of the
	// schema; the folder is made when it is not there.
	Copy func(ctx context.Context, dir string, version int64) (Copy, error)
}

// Header says what a file is. It is sealed with the rest.
type Header struct {
	Part    Part      `json:"part"`
	Schema  int64     `json:"schema"`
	Program string    `json:"program"`
	Moment  time.Time `json:"moment"` // what was kept before it is in the file
}

// Count says how much of a table is in a file: the number of its rows, and the
// SHA-256 over them.
type Count struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// End closes a file.
type End struct {
	Tables map[string]Count `json:"tables"`
	Heads  string           `json:"heads"` // digest of the heads; of the data only
}

// damaged says what is wrong with a file.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
