package sqlite_test

import (
	"testing"

	"samenspel/account/accounttest"
)

func TestIdentities(t *testing.T) {
	accounttest.RunIdentities(t, func(t *testing.T) accounttest.IdentityStore {
		return open(t, t.TempDir()).Accounts()
	})
}
