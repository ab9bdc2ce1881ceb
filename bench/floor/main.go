// Command floor is the bottom that `make compare` measures from: notes in SQLite
// over HTTP, each commit on the disk before the answer and many in one commit,
// and nothing else. No accounts, no rules, no sealing, no log of who looked.
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

const usage = "floor seed DIR CASES NOTES PEOPLE | floor serve DIR HOST:PORT"

// text is about as long as what people say: 700 bytes.
var text = strings.Repeat("Ik wil weten hoeveel het is, tot op de euro. ", 16)[:700]

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New(usage)
	}
	s, err := openStore(args[1])
	if err != nil {
		return err
	}
	switch {
	case args[0] == "serve":
		server := &http.Server{Addr: args[2], Handler: (&site{store: s}).handler(), ReadHeaderTimeout: 10 * time.Second}
		return server.ListenAndServe()
	case args[0] == "seed" && len(args) == 5:
		cases, errCases := strconv.Atoi(args[2])
		notes, errNotes := strconv.Atoi(args[3])
		if err := errors.Join(errCases, errNotes); err != nil {
			return err
		}
		return s.seed(cases, notes)
	}
	return errors.New(usage)
}

// note is one row.
type note struct {
	ID      string `json:"id"`
	Case    string `json:"case"`
	Text    string `json:"text"`
	Created int64  `json:"created"`
}

// store keeps notes.
type store struct {
	write, read *sql.DB
	one, newest *sql.Stmt
	jobs        chan job
}

// job is one note that waits for its commit.
type job struct {
	note note
	done chan error
}

func openStore(dir string) (*store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	source := "file:" + filepath.Join(dir, "floor.db") + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	s := &store{jobs: make(chan job)}
	var err error
	if s.write, err = sql.Open("sqlite", source); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	if _, err := s.write.Exec(`CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, place TEXT NOT NULL, text TEXT NOT NULL, created INTEGER NOT NULL) STRICT, WITHOUT ROWID;
		CREATE INDEX IF NOT EXISTS note_of_place ON note (place, created)`); err != nil {
		return nil, err
	}
	if s.read, err = sql.Open("sqlite", source); err != nil {
		return nil, err
	}
	s.read.SetMaxIdleConns(8)
	s.read.SetMaxOpenConns(8)
	if s.one, err = s.read.Prepare(`SELECT id, place, text, created FROM note WHERE id = ?`); err != nil {
		return nil, err
	}
	if s.newest, err = s.read.Prepare(`SELECT id, place, text, created FROM note WHERE place = ? ORDER BY created DESC LIMIT ?`); err != nil {
		return nil, err
	}
	go s.commitAll()
	return s, nil
}

// commitAll commits what waits, together.
func (s *store) commitAll() {
	for first := range s.jobs {
		group := []job{first}
		tx, err := s.write.Begin()
		if err == nil {
			err = insert(tx, first.note)
		}
		for more := true; more && err == nil && len(group) < 256; {
			select {
			case j := <-s.jobs:
				group = append(group, j)
				err = insert(tx, j.note)
			default:
				more = false
			}
		}
		if err == nil {
			err = tx.Commit()
		} else if tx != nil {
			err = errors.Join(err, tx.Rollback())
		}
		for _, j := range group {
			j.done <- err
		}
	}
}

func insert(tx *sql.Tx, n note) error {
	_, err := tx.Exec(`INSERT INTO note VALUES (?, ?, ?, ?)`, n.ID, n.Case, n.Text, n.Created)
	return err
}

// add returns when the note is on the disk.
func (s *store) add(n note) error {
	j := job{n, make(chan error, 1)}
	s.jobs <- j
	return <-j.done
}

// seed fills a new folder, and prints what there is.
func (s *store) seed(cases, notes int) error {
	type seededCase struct {
		ID    string   `json:"id"`
		Notes []string `json:"notes"`
	}
	var all struct {
		Cases []seededCase `json:"cases"`
	}
	tx, err := s.write.Begin()
	for c := 0; c < cases && err == nil; c++ {
		one := seededCase{ID: fmt.Sprint("case-", c)}
		for n := 0; n < notes/cases && err == nil; n++ {
			id := fmt.Sprintf("note-%d-%d", c, n)
			one.Notes = append(one.Notes, id)
			err = insert(tx, note{id, one.ID, text, int64(n)})
		}
		all.Cases = append(all.Cases, one)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(all)
}
