package main

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"samenspel": main})
}

// TestCommandLine runs the scripts in testdata: what somebody sees who uses
// the program from a shell. $ADDR and $WATCH are addresses where nobody listens
// yet.
func TestCommandLine(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			var failed error
			for _, name := range []string{"ADDR", "ADDR2", "WATCH"} {
				addr, err := freeAddr()
				e.Setenv(name, addr)
				failed = errors.Join(failed, err)
			}
			return failed
		},
		Condition: func(name string) (bool, error) {
			if name != "postgres" {
				return false, fmt.Errorf("no condition %q is known", name)
			}
			return hasPostgres()
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// ready waits until the program at an address answers.
			"ready": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(ready(args[0]))
			},
			// get prints the status that an address answers with, and the text.
			"get": func(ts *testscript.TestScript, _ bool, args []string) {
				status, text, err := asked(args[0])
				ts.Check(err)
				fmt.Fprintf(ts.Stdout(), "%d %s", status, text)
			},
			// becomes waits until an address answers with a status.
			"becomes": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(eventually(func() error {
					status, text, err := asked(args[0])
					if err == nil && strconv.Itoa(status) != args[1] {
						err = fmt.Errorf("%s answers %d: %s", args[0], status, text)
					}
					return err
				}))
			},
			// appears waits until a file is there.
			"appears": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(appears(ts.MkAbs(args[0])))
			},
			// sql changes the database in a folder behind the program's back.
			"sql": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(change(ts.MkAbs(args[0]), args[1]))
			},
			// database makes an empty PostgreSQL database; psql changes one; server
			// changes a setting of all.
			"database": newDatabase, "psql": inDatabase, "server": setServer,
		},
	})
}

// freeAddr is an address where nobody listens.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// patience is how long a start may take on a slow, busy machine. A test that
// passes never waits this long.
const patience = 20 * time.Second

// ready waits until the program answers that it is well.
func ready(addr string) error {
	var r *http.Response
	err := eventually(func() (err error) {
		r, err = http.Get("http://" + addr + "/healthz")
		return err
	})
	if err != nil {
		return err
	}
	if r.Body.Close(); r.StatusCode != http.StatusOK {
		err = fmt.Errorf("/healthz answers %s", r.Status)
	}
	return err
}

// asked is what an address answers.
func asked(address string) (status int, text string, err error) {
	r, err := http.Get("http://" + address)
	if err != nil {
		return 0, "", err
	}
	all, err := io.ReadAll(r.Body)
	return r.StatusCode, string(all), errors.Join(err, r.Body.Close())
}

// appears waits until a file is there.
func appears(path string) error {
	return eventually(func() error {
		_, err := os.Stat(path)
		return err
	})
}

// eventually tries until there is no error, or patience ends.
func eventually(try func() error) error {
	late := time.After(patience)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		err := try()
		if err == nil {
			return nil
		}
		select {
		case <-again.C:
		case <-late:
			return err
		}
	}
}

// change runs one statement of SQL, which has to change something.
func change(dir, statement string) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, "samenspel.db"))
	if err != nil {
		return err
	}
	done, err := db.Exec(statement)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	rows, err := done.RowsAffected()
	if err == nil && rows == 0 {
		err = errors.New("nothing was changed")
	}
	return cmp.Or(err, db.Close())
}
