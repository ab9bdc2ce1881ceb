package sqlite_test

import (
	"testing"

	"samenspel/account"
	"samenspel/account/accounttest"
)

func TestPasskeys(t *testing.T) {
	accounttest.RunPasskeys(t, func(t *testing.T) account.Store { return open(t, t.TempDir()).Accounts() })
}
