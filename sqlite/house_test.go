package sqlite_test

import (
	"testing"

	"samenspel/house"
	"samenspel/house/housetest"
)

func TestHouse(t *testing.T) {
	housetest.Run(t, func(t *testing.T) housetest.Opened {
		dir := t.TempDir()
		db := open(t, dir)
		return housetest.Opened{Store: db.House(), Reopen: func() house.Store {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir).House()
		}}
	})
}
