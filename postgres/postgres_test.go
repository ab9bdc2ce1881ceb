package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"samenspel/accesslog"
	"samenspel/accesslog/accesslogtest"
	"samenspel/account"
	"samenspel/account/accounttest"
	"samenspel/house"
	"samenspel/house/housetest"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/journal/journaltest"
	"samenspel/journal/safetest"
	"samenspel/postgres"
)

// server is the one for all tests of this package; nil without PostgreSQL.
var server *cluster.Server

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	server, err = cluster.Start(context.Background(), cluster.Quick())
	if errors.Is(err, cluster.ErrMissing) && os.Getenv("CI") == "" {
		return m.Run(), nil
	}
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, server.Stop(), server.Remove()) }()
	if err := server.Make(context.Background(), template); err != nil {
		return 1, err
	}
	db, err := postgres.Open(context.Background(), server.URL(template), postgres.Options{})
	if err != nil {
		return 1, err
	}
	if err := db.Close(); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

var databases atomic.Int64

// template is a database with tables and nothing in them.
const template = "template_of_tests"

// newDatabase makes a database with empty tables and gives its address.
func newDatabase(t testing.TB) string {
	t.Helper()
	if server == nil {
		t.Skip(cluster.ErrMissing)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if err := server.Make(t.Context(), name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	return server.URL(name)
}

// open opens a database until the test ends.
func open(t testing.TB, address string) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), address, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// reopened closes a database and opens it anew.
func reopened(t testing.TB, db *postgres.DB, address string) *postgres.DB {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, address)
}

func TestStore(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Opened {
		at := newDatabase(t)
		db := open(t, at)
		return journaltest.Opened{Store: db, Reopen: func() journal.Store { return reopened(t, db, at) }}
	})
}

func TestSafe(t *testing.T) {
	safetest.Run(t, func(t *testing.T) safetest.Opened {
		at := newDatabase(t)
		db := open(t, at)
		return safetest.Opened{Safe: db, Reopen: func() safetest.Safe { return reopened(t, db, at) }}
	})
}

func TestAccess(t *testing.T) {
	accesslogtest.Run(t, func(t *testing.T) accesslogtest.Opened {
		master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
		if err != nil {
			t.Fatal(err)
		}
		at := newDatabase(t)
		db := open(t, at)
		return accesslogtest.Opened{Store: db, Sealer: master, Reopen: func() accesslog.Store { return reopened(t, db, at) }}
	})
}

func TestHouse(t *testing.T) {
	housetest.Run(t, func(t *testing.T) housetest.Opened {
		at := newDatabase(t)
		db := open(t, at)
		return housetest.Opened{Store: db.House(), Reopen: func() house.Store { return reopened(t, db, at).House() }}
	})
}

func TestAccounts(t *testing.T) {
	accounttest.Run(t, func(t *testing.T) account.Store { return open(t, newDatabase(t)).Accounts() })
}

func TestCredentials(t *testing.T) {
	accounttest.RunCredentials(t, func(t *testing.T) accounttest.CredentialStore { return open(t, newDatabase(t)).Accounts() })
}

func TestIdentities(t *testing.T) {
	accounttest.RunIdentities(t, func(t *testing.T) account.Store { return open(t, newDatabase(t)).Accounts() })
}

func TestPasskeys(t *testing.T) {
	accounttest.RunPasskeys(t, func(t *testing.T) account.Store { return open(t, newDatabase(t)).Accounts() })
}
