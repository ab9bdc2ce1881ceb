package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// span is a piece of a file, in bytes.
type span struct{ from, to int }

// fillPlain puts some rows into each table of the door and of the house that
// has none, so that there is something to damage. What they say is invented,
// and means nothing.
func fillPlain(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close() // what was written is in the file
	people, err := words(ctx, db, `SELECT id FROM person ORDER BY id LIMIT 3`)
	if err != nil || len(people) < 3 {
		return errors.Join(err, errors.New("there are no people"))
	}
	tables, err := words(ctx, db, `
		SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name`)
	for _, table := range tables {
		if err != nil || strings.HasPrefix(table, "destroyed") { // its record is sealed, and is not to be had for nothing
			continue
		}
		var rows int
		if err = db.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&rows); rows > 0 {
			continue
		}
		for n := range people {
			err = errors.Join(err, addPlain(ctx, db, table, people, n))
		}
	}
	if len(tables) == 0 {
		err = errors.Join(err, errors.New("there are no tables"))
	}
	return err
}

// addPlain adds a row, unless one is all that there may be.
func addPlain(ctx context.Context, db *sql.DB, table string, people []string, n int) error {
	kinds, err := words(ctx, db, `SELECT name || ' ' || type FROM pragma_table_info('`+table+`')`)
	if err != nil {
		return err
	}
	var names []string
	var values []any
	for _, column := range kinds {
		name, kind, _ := strings.Cut(column, " ")
		names = append(names, name)
		switch {
		case name == "person":
			values = append(values, people[n])
		case kind == "TEXT":
			values = append(values, fmt.Sprintf("%s %d", name, n))
		case kind == "BLOB":
			values = append(values, bytes.Repeat([]byte{byte(n + 1)}, 32))
		default:
			values = append(values, 1)
		}
	}
	if slices.Contains(names, "one") && n > 0 {
		return nil
	}
	_, err = db.ExecContext(ctx, `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (?`+strings.Repeat(", ?", len(names)-1)+`)`, values...)
	if err != nil {
		return fmt.Errorf("fill %s: %w", table, err)
	}
	return nil
}

// plainSpans gives where in the file the small tables and their indexes hold
// something: all but the log, its keys and the access log.
func plainSpans(ctx context.Context, path string) ([]span, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	defer db.Close() // it was only read
	rows, err := db.QueryContext(ctx, `
		SELECT pgoffset, pgsize, unused FROM dbstat
		WHERE ncell > 0 AND NOT (name LIKE 'sqlite%' OR name LIKE 'goose%' OR name LIKE 'entry%' OR name LIKE 'access%' OR name LIKE 'wrapped%')`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []span
	for rows.Next() {
		var at, size, unused int
		if err := rows.Scan(&at, &size, &unused); err != nil {
			return nil, err
		}
		all = append(all, span{at + unused, at + size}) // rows are at the end of a page
	}
	return all, rows.Err()
}

// words gives a column of text.
func words(ctx context.Context, db *sql.DB, query string) (all []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return nil, err
		}
		all = append(all, word)
	}
	return all, rows.Err()
}
