package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"samenspel"
	"samenspel/journal"
	"samenspel/sqlite"
)

func init() { children["destroy"] = destroyUntilKilled }

const doomed = 40 // alliances

// destroyUntilKilled destroys one alliance after another and tells of each
// before it begins and once it is done.
func destroyUntilKilled(dir string) error {
	ctx := context.Background()
	_, log, err := place(ctx, dir)
	if err != nil {
		return err
	}
	for n := range doomed {
		seq, err := last(ctx, log, alliance(n))
		if errors.Is(err, journal.ErrDestroyed) {
			continue
		}
		if err == nil {
			fmt.Println("begins", n)
			err = log.Destroy(ctx, alliance(n), seq, moment, []byte("{}"), []samenspel.PersonID{"person-noor"})
		}
		if err != nil {
			return err
		}
		fmt.Println("ends", n)
	}
	return nil
}

// TestKilledWhileDestroying kills a program that destroys: each alliance is
// whole or gone, one that was said to be gone is, and of those that are gone
// nothing sealed is left in any file.
func TestKilledWhileDestroying(t *testing.T) {
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	succeed(t, err)
	for n := range doomed {
		for seq := range int64(3) {
			succeed(t, log.Append(t.Context(), alliance(n), seq, facts(seq, fmt.Sprint("canary ", n, " ", seq))))
		}
	}
	sealed := map[int][][]byte{}
	for n := range doomed {
		sealed[n] = sealedIn(t, db, alliance(n))
	}
	succeed(t, db.Close())
	acknowledged := map[int]bool{}
	for killed := 0; killed < 12 && len(acknowledged) < doomed; killed++ {
		destroySome(t, dir, acknowledged)
	}
	if len(acknowledged) == 0 {
		t.Fatal("nothing was destroyed")
	}
	db, log, err = place(t.Context(), dir)
	succeed(t, err)
	defer db.Close()
	files, gone := filesUnder(t, dir), 0
	for n := range doomed {
		switch seq, err := last(t.Context(), log, alliance(n)); {
		case errors.Is(err, journal.ErrDestroyed):
			gone++
			for _, part := range sealed[n] {
				if bytes.Contains(files, part) {
					t.Errorf("%s was destroyed, and something sealed of it is left", alliance(n))
					break
				}
			}
		case err != nil || seq != 3 || acknowledged[n]:
			t.Errorf("%s: %d facts, %v, said to be gone: %v", alliance(n), seq, err, acknowledged[n])
		}
	}
	sound(t, log)
	t.Logf("%d acknowledged, %d of %d gone", len(acknowledged), gone, doomed)
}

// destroySome lets a program destroy until it is killed somewhere.
func destroySome(t *testing.T, dir string, acknowledged map[int]bool) {
	t.Helper()
	c := child(t, "destroy", dir)
	out, err := c.StdoutPipe()
	succeed(t, err)
	succeed(t, c.Start())
	die := rand.IntN(12)
	lines := bufio.NewScanner(out)
	for count := 0; lines.Scan(); count++ {
		var what string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &what, &n); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if what == "ends" {
			acknowledged[n] = true
		}
		if count == die { // mostly just after one began
			_ = c.Process.Kill() // it may have ended by itself
		}
	}
	c.Wait() // it was killed, which is what is wanted
}

// sealedIn is what is sealed of an alliance, keys too.
func sealedIn(t *testing.T, db *sqlite.DB, id samenspel.AllianceID) (parts [][]byte) {
	t.Helper()
	for e, err := range db.Entries(t.Context(), id, 0) {
		succeed(t, err)
		parts = append(parts, e.Structure, e.Words)
	}
	keys, err := db.Keys(t.Context(), id)
	succeed(t, err)
	for _, k := range keys {
		parts = append(parts, k.Sealed)
	}
	return parts
}
