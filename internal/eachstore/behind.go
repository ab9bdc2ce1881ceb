package eachstore

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // both databases are changed by hand
	_ "modernc.org/sqlite"

	"samenspel/sqlite"
)

// Change changes the database of a place behind its back, as somebody does who
// has it and no key, and gives how many rows the last statement changed. Each
// parameter is a ?.
func Change(t testing.TB, dir, statements string, args ...any) int64 {
	t.Helper()
	db := raw(t, dir)
	defer func() { must(t, db.Close()) }()
	if !Postgres() {
		r, err := db.ExecContext(t.Context(), statements, args...)
		must(t, err)
		n, err := r.RowsAffected()
		must(t, err)
		return n
	}
	changed := int64(0)
	for _, one := range strings.Split(statements, ";") {
		statement, count := numbered(one)
		r, err := db.ExecContext(t.Context(), statement, args[:count]...)
		must(t, err)
		args = args[count:]
		changed, err = r.RowsAffected()
		must(t, err)
	}
	return changed
}

// numbered gives a statement with PostgreSQL's parameters, and how many.
func numbered(statement string) (string, int) {
	parts := strings.Split(statement, "?")
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String(), len(parts) - 1
}

// Raw opens the database of a place without anything around it, until the test
// ends.
func Raw(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db := raw(t, dir)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

func raw(t testing.TB, dir string) *sql.DB {
	t.Helper()
	driver, address := "sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, sqlite.FileName), RawQuery: "_pragma=busy_timeout(5000)"}).String()
	if Postgres() {
		driver, address = "pgx", server.URL(named(t, dir))
	}
	db, err := sql.Open(driver, address)
	must(t, err)
	return db
}

// TablesOf gives the names of the tables of a place, in order.
func TablesOf(t testing.TB, dir string) (names []string) {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if Postgres() {
		query = `SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
			AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname`
	}
	db := raw(t, dir)
	defer func() { must(t, db.Close()) }()
	rows, err := db.QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		names = append(names, name)
	}
	must(t, rows.Err())
	return names
}

func changed(ctx context.Context, database, statement string) error {
	db, err := sql.Open("pgx", server.URL(database))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
