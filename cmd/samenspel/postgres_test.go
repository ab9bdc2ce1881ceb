package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	_ "github.com/jackc/pgx/v5/stdlib" // looks from outside

	"samenspel/internal/cluster"
)

// server is the PostgreSQL of the scripts. It ends with this process.
var server = sync.OnceValues(func() (*cluster.Server, error) {
	return cluster.Start(context.Background(), cluster.Quick())
})

// hasPostgres is the condition under which scripts with PostgreSQL run. Where
// everything has to run, it is there.
func hasPostgres() (bool, error) {
	_, err := server()
	if errors.Is(err, cluster.ErrMissing) && os.Getenv("CI") == "" {
		return false, nil
	}
	return err == nil, err
}

var databases atomic.Int64

// newDatabase makes an empty database, whose address is in a variable from then on.
func newDatabase(ts *testscript.TestScript, _ bool, args []string) {
	s, err := server()
	ts.Check(err)
	name := fmt.Sprintf("script_%d", databases.Add(1))
	ts.Check(s.Make(context.Background(), name))
	ts.Setenv(args[0], s.URL(name))
}

// inDatabase runs a statement in a database behind the program's back.
func inDatabase(ts *testscript.TestScript, _ bool, args []string) {
	address := ts.Getenv(args[0])
	name, _, _ := strings.Cut(address[strings.LastIndex(address, "/")+1:], "?")
	ts.Check(inAddress(address, strings.ReplaceAll(args[1], "$name", name)))
}

func inAddress(address, statement string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	_, err = db.Exec(statement)
	return errors.Join(err, db.Close())
}

// setServer changes a setting of the server, and waits until newcomers have it.
func setServer(ts *testscript.TestScript, _ bool, args []string) {
	s, err := server()
	ts.Check(err)
	ts.Check(s.Exec(context.Background(), "ALTER SYSTEM SET "+args[0]+" = "+args[1]))
	ts.Check(s.Exec(context.Background(), "SELECT pg_reload_conf()"))
	ts.Check(eventually(func() error {
		db, err := sql.Open("pgx", s.URL("postgres"))
		if err != nil {
			return err
		}
		var is string
		err = db.QueryRow("SHOW " + args[0]).Scan(&is)
		if err == nil && is != args[1] {
			err = fmt.Errorf("%s is %s still", args[0], is)
		}
		return errors.Join(err, db.Close())
	}))
}
