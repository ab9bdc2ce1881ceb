package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/relational"
	"samenspel/sqlite"
)

// database is an open database, whichever it is.
type database interface {
	journal.Store
	journal.Safe
	accesslog.Store
	Accounts() relational.Accounts
	House() relational.House
	// LastFact gives when the newest fact was written, by the clock of who wrote
	// it; the zero time when there is none.
	LastFact(ctx context.Context) (time.Time, error)
	// Alive reads something: it says whether people can be served from it now.
	Alive(ctx context.Context) error
	// Stopped reports whether nothing is stored any more until a restart.
	Stopped() bool
	Close() error
}

// home is where data is: a folder with a database in it, or a database
// elsewhere and a folder that holds its key.
type home struct {
	dir, server string
	connections int
}

// elsewhere is a flag of every command that opens data.
type elsewhere struct {
	Database    string `placeholder:"postgres://…" env:"SAMENSPEL_DATABASE" help:"A PostgreSQL database, instead of one in the folder. A password belongs in the environment or in a password file, not here."`
	Connections int    `name:"database-connections" default:"16" placeholder:"N" env:"SAMENSPEL_DATABASE_CONNECTIONS" help:"How many connections at most it takes from the database for changes, and as many for looks; 16."`
}

// in is the home with a folder.
func (e elsewhere) in(dir string) home { return home{dir, e.Database, e.Connections} }

// errPassword says that a password stands where others on the machine see it.
var errPassword = errors.New("the password of the database stands on the command line, where others on this machine can read it. Put the address in SAMENSPEL_DATABASE, or the password in a file that PGPASSFILE names")

// errTwo says that there are two databases to choose from.
var errTwo = errors.New("there is a database in the folder as well as the one that --database names. If it was moved with samenspel migrate, put it away; if not, move it first")

// check says no to an address that tells its password to others, and to a
// folder that has a database of its own.
func (h home) check() error {
	if h.server == "" {
		return nil
	}
	if os.Getenv("SAMENSPEL_DATABASE") != h.server && tellsPassword(h.server) {
		return errPassword
	}
	if inFolder(h.dir) {
		return errTwo
	}
	return nil
}

func tellsPassword(address string) bool {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		_, told := u.User.Password()
		return told
	}
	return strings.Contains(address, "password=")
}

// exists reports whether there is data. That of a server is looked for when it
// is opened.
func (h home) exists() bool { return h.server != "" || inFolder(h.dir) }

// inFolder reports whether a folder holds a database.
func inFolder(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, sqlite.FileName))
	return err == nil
}

// open opens the database.
func (h home) open(ctx context.Context) (database, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if h.server == "" {
		return sqlite.Open(ctx, h.dir)
	}
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		return nil, err
	}
	return postgres.Open(ctx, h.server, postgres.Options{Connections: h.connections})
}
