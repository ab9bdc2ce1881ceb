// Package relational keeps the log, the door's accounts, the access log and the
// house in the tables of an SQL database. Which database it is, how it is opened
// and how a change becomes durable is for an [Engine].
//
// The SQL here is what SQLite and PostgreSQL both take: numbered parameters,
// 0 and 1 for no and yes, moments as whole numbers.
package relational

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"samenspel"
	"samenspel/accesslog"
)

// Engine is a database.
type Engine interface {
	// Write makes a change and returns nil once it is durable: as if nothing
	// else happened meanwhile. When do gives an error nothing of it is kept, and
	// the error is do's. Do may be called again. A context that ends before the
	// change begins ends it; after that the commit decides. It gives
	// journal.ErrFull, journal.ErrStopped and journal.ErrAway.
	Write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error
	// Append is Write for a change that takes hold of the rows on which it rests
	// by itself: by a condition in what it updates, by [Dialect.Hold], or by Hold.
	Append(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error
	// Hold makes others wait, until the end of the transaction, who hold the
	// same name. It is for a row that is not there yet.
	Hold(ctx context.Context, tx *sql.Tx, name string) error
	// Still begins to read one moment, where what commits first may have the
	// higher number; nil where nothing does.
	Still(ctx context.Context) (*sql.Tx, error)
	// Fault gives the database's errors the names that callers know.
	Fault(err error) error
	// Scrub takes out of the database's files what is left in them of what was
	// removed: of an alliance, or with "" of all. It gives ErrReading.
	Scrub(ctx context.Context, id samenspel.AllianceID) error
	// Check gives journal.ErrDamaged when the database finds its files damaged.
	Check(ctx context.Context) error
}

// ErrReading says that Scrub has to be done again, because somebody was still
// reading.
var ErrReading = errors.New("somebody was still reading; do it again")

// Dialect is what databases say in other words.
type Dialect struct {
	Hold       string                   // behind a SELECT, to keep its rows as they are
	Index      func(name string) string // behind a table, to use an index
	Parameters func(text string) string // gives a statement with parameters as the database reads them soonest; nil: as they are
	Sole       bool                     // no other program changes what is in the tables
}

// Tables are those of an open database. They are a [journal.Store], a
// [journal.Safe] and an [accesslog.Store].
type Tables struct {
	engine  Engine
	read    *sql.DB
	write   *sql.DB
	dialect Dialect
	statements
	remembered remembered
	heads      map[samenspel.AllianceID]accesslog.Head // where chains stand, as the one writer left them
}

// New prepares the statements on a database with the newest schema: those that
// read on one pool, those that write on the other, which may be the same.
func New(ctx context.Context, engine Engine, read, write *sql.DB, d Dialect) (*Tables, error) {
	t := &Tables{engine: engine, read: read, write: write, dialect: d, heads: map[samenspel.AllianceID]accesslog.Head{}}
	if d.Sole {
		t.engine = forgetting{engine, &t.remembered}
	}
	return t, t.prepare(ctx)
}

func (t *Tables) fault(err error) error { return t.engine.Fault(err) }

// Check gives journal.ErrDamaged when the database finds its files damaged.
func (t *Tables) Check(ctx context.Context) error { return t.engine.Check(ctx) }

// Scrub takes out of the database's files what is left of what was removed.
func (t *Tables) Scrub(ctx context.Context) error { return t.engine.Scrub(ctx, "") }

// bit is how yes and no are kept.
func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Newest is the highest version among migrations: the schema to which this
// program brings a database.
func Newest(migrations fs.FS) (newest int64) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0
	}
	for _, name := range files {
		var version int64
		if _, err := fmt.Sscanf(path.Base(name), "%d_", &version); err == nil {
			newest = max(newest, version)
		}
	}
	return newest
}
