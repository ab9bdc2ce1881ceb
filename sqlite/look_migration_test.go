package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOldLooksBecomeLines takes a table of looks as it was before there was an
// access log: each look is a line, with the person where one is known.
func TestOldLooksBecomeLines(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "old.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	up, err := os.ReadFile("migrations/00016_access.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{`
		CREATE TABLE member (alliance TEXT, partner TEXT, person TEXT, here INTEGER);
		CREATE TABLE look (alliance TEXT, about TEXT, at INTEGER, viewer TEXT, what TEXT);
		INSERT INTO member VALUES ('a', 'noor', 'person-noor', 0);
		INSERT INTO look VALUES ('a', 'amira', 20, 'noor', 'picture'), ('a', '', 10, 'wout', 'home'), ('b', 'amira', 30, 'noor', 'words')`, string(up)} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.Query(`SELECT concat_ws(' ', n, chain, seq, at, kind, what, outcome, person, partner, alliance, about, told, policy, link IS NULL)
		FROM access_line ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	want := `1 a 0 10 read home done  wout a  1 before 1
2 a 0 20 read picture done person-noor noor a amira 1 before 1
3 b 0 30 read words done  noor b amira 1 before 1`
	if all := strings.Join(got, "\n"); rows.Err() != nil || all != want {
		t.Errorf("%v, lines\n%s\nwant\n%s", rows.Err(), all, want)
	}
}
