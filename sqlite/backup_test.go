package sqlite_test

import (
	"context"
	"testing"

	"samenspel/backup"
	"samenspel/backup/backuptest"
	"samenspel/sqlite"
)

// copies says how to come to the database in a folder, and to new ones.
func copies(dir string) backup.Place {
	return backup.Place{
		Snapshot: func(ctx context.Context) (backup.Snapshot, error) { return sqlite.OpenSnapshot(ctx, dir) },
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			return sqlite.NewCopy(ctx, dir, version)
		},
	}
}

func TestCopies(t *testing.T) {
	backuptest.Run(t, func(t *testing.T) backuptest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return backuptest.Opened{Store: db, Accounts: db.Accounts(), Place: copies(dir)}
	})
}
