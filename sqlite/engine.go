package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"samenspel"
	"samenspel/journal"
	"samenspel/relational"
)

// engine is a database as the tables know it. There is one writer: each change
// is alone, and lines become visible in the order of their numbers.
type engine struct{ *DB }

var _ relational.Engine = engine{}

// dialect is what SQLite says in its own words. It is told which index to use:
// it cannot know which has the fewest lines.
var dialect = relational.Dialect{Index: func(name string) string { return " INDEXED BY " + name }, Parameters: nameless}

var parameter = regexp.MustCompile(`\$\d+`)

// nameless takes the names from parameters that stand in their order: the driver
// looks each name up whenever a statement runs, and with 22 of them in a line of
// the access log that is felt.
func nameless(text string) string {
	for i, name := range parameter.FindAllString(text, -1) {
		if name != "$"+strconv.Itoa(i+1) {
			return text
		}
	}
	return parameter.ReplaceAllString(text, "?")
}

func (e engine) Write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	return e.write(ctx, do)
}

func (e engine) Append(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	return e.write(ctx, do)
}

func (e engine) Hold(context.Context, *sql.Tx, string) error { return nil }

func (e engine) Still(context.Context) (*sql.Tx, error) { return nil, nil }

func (e engine) Fault(err error) error { return fault(err) }

// Scrub empties the WAL, in which pages may stand from before something was
// removed, and takes away the copy from before the schema was brought up; in
// the file itself secure_delete has left nothing.
func (e engine) Scrub(ctx context.Context, _ samenspel.AllianceID) error {
	if err := noWayBack(e.place[0].path); err != nil {
		return err
	}
	busy, err := e.emptyWAL(ctx)
	if err != nil {
		return err
	}
	if busy {
		return fmt.Errorf("empty the WAL: %w", relational.ErrReading)
	}
	return nil
}

// Check asks SQLite whether its file is whole.
func (e engine) Check(ctx context.Context) error {
	var verdict string
	if err := e.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("check the file: %w", fault(err))
	}
	if verdict != "ok" {
		return fmt.Errorf("check the file: %w", journal.ErrDamaged)
	}
	return nil
}

// prepare prepares the statements of the tables, and the writer's own.
func (db *DB) prepare(ctx context.Context) (err error) {
	words := dialect
	words.Sole = !db.Stopped() // who only reads has another program beside it
	if db.Tables, err = relational.New(ctx, engine{db}, db.read, db.writer, words); err != nil {
		return err
	}
	for text, to := range map[string]**sql.Stmt{
		"SAVEPOINT change": &db.savepoint, "ROLLBACK TO change": &db.undo, "RELEASE change": &db.release,
	} {
		*to, err = db.writer.PrepareContext(ctx, text)
		if err != nil {
			return errors.Join(err)
		}
	}
	return nil
}
