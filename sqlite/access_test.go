package sqlite_test

import (
	"path/filepath"
	"testing"

	"samenspel/accesslog"
	"samenspel/accesslog/accesslogtest"
	"samenspel/journal"
)

func TestAccess(t *testing.T) {
	accesslogtest.Run(t, func(t *testing.T) accesslogtest.Opened {
		dir := t.TempDir()
		master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
		if err != nil {
			t.Fatal(err)
		}
		db := open(t, dir)
		return accesslogtest.Opened{Store: db, Sealer: master, Reopen: func() accesslog.Store {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		}}
	})
}
