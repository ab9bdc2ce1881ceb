package sqlite_test

import (
	"testing"

	"samenspel/journal/safetest"
)

func TestSafe(t *testing.T) {
	safetest.Run(t, func(t *testing.T) safetest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return safetest.Opened{Safe: db, Reopen: func() safetest.Safe {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		}}
	})
}
