package sqlite

import (
	"errors"
	"slices"
	"testing"

	"samenspel/journal"
	"samenspel/relational"
)

// signed are the tables of which something else says that a value in them
// changed.
var signed = map[string]string{
	"entry":            "the chain of the alliance",
	"head":             "a mark of the master key",
	"register":         "a mark of the master key",
	"wrapped_key":      "it is sealed for its place",
	"access_line":      "the chain of its period",
	"access_chain":     "a mark of the master key",
	"member":           "two indexes have all of it between them",
	"goose_db_version": "a schema that is not the newest is refused or brought up",
}

// TestWhatNobodySignsStandsTwice asks of each table what shows that a bit of it
// changed: a signature, or an index over all its columns.
func TestWhatNobodySignsStandsTwice(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for table := range relational.Travel {
		columns, err := textColumn(t.Context(), db.read, `SELECT name FROM pragma_table_info('`+table+`') ORDER BY name`)
		if err != nil || len(columns) == 0 {
			t.Fatalf("%s: %q, %v", table, columns, err)
		}
		second, err := textColumn(t.Context(), db.read, `
			SELECT i.name FROM pragma_index_info('`+table+`_twice') AS i, pragma_index_list('`+table+`') AS l
			WHERE l.name = '`+table+`_twice' AND l.partial = 0 ORDER BY i.name`)
		if err != nil {
			t.Fatal(err)
		}
		if (signed[table] == "") != slices.Equal(columns, second) {
			t.Errorf("%s has %q, and twice %q: say in signed what shows that it changed, or keep all of it twice", table, columns, second)
		}
	}
}

// TestASecondCopyThatDiffers changes a right in the table alone, as a disk does.
func TestASecondCopyThatDiffers(t *testing.T) {
	db, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, do := range []string{
		`INSERT INTO person (id, admin, may_begin) VALUES ('noor', 0, 0)`,
		`PRAGMA writable_schema = 1`,
		`CREATE TEMP TABLE kept AS SELECT rowid AS at, * FROM sqlite_schema WHERE name = 'person_twice'`,
		`DELETE FROM sqlite_schema WHERE name = 'person_twice'`, // out of sight of what follows
		`PRAGMA schema_version = 999999`,
		`UPDATE person SET admin = 1`,
		`INSERT INTO sqlite_schema (rowid, type, name, tbl_name, rootpage, sql) SELECT at, type, name, tbl_name, rootpage, sql FROM kept`,
		`PRAGMA schema_version = 1000000`,
	} {
		if _, err := db.writer.ExecContext(t.Context(), do); err != nil {
			t.Fatalf("%s: %v", do, err)
		}
	}
	if err := db.Check(t.Context()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("%v", err)
	}
}
