package sqlite_test

import (
	"testing"

	"samenspel/account"
	"samenspel/account/accounttest"
	"samenspel/sqlite"
)

func TestAccounts(t *testing.T) {
	accounttest.Run(t, func(t *testing.T) account.Store { return open(t, t.TempDir()).Accounts() })
}

func open(t *testing.T, dir string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), dir)
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
