package sqlite_test

import (
	"testing"

	"samenspel/journal"
	"samenspel/journal/lookstest"
)

func TestLooks(t *testing.T) {
	lookstest.Run(t, func(t *testing.T) lookstest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return lookstest.Opened{Looks: db, Reopen: func() journal.Looks {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		}}
	})
}
