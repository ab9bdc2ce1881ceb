package sqlite_test

import (
	"testing"

	"samenspel/account"
	"samenspel/account/accounttest"
)

func TestIdentities(t *testing.T) {
	accounttest.RunIdentities(t, func(t *testing.T) account.Store {
		return open(t, t.TempDir()).Accounts()
	})
}
