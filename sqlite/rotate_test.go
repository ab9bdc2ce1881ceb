package sqlite_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/account"
	"samenspel/journal"
	"samenspel/sqlite"
)

// kills is how often a change of the master key is killed: a handful, or as
// often as somebody has time for.
var kills = flag.Int("kills", 6, "how often TestKilledRotation kills")

// keyFile is the file of the n-th master key of a folder.
func keyFile(dir string, n int) string { return filepath.Join(dir, fmt.Sprintf("key-%d", n)) }

// nextKey makes a key and lets it replace another.
func nextKey(t testing.TB, path string, before *journal.Master) *journal.Master {
	t.Helper()
	m, err := journal.MakeMaster(path)
	succeed(t, err)
	if before != nil {
		m.Replaces(before)
	}
	return m
}

// settle brings a key and a database together.
func settle(t testing.TB, db *sqlite.DB, m *journal.Master) (changing bool) {
	t.Helper()
	changing, err := m.Settle(t.Context(), db, uuid.NewString)
	succeed(t, err)
	return changing
}

// fill appends alliances with keys for many holders each. One key is destroyed.
func fill(t testing.TB, log *journal.Log, alliances, holders int) {
	t.Helper()
	for a := range alliances {
		var all []samenspel.Fact
		for h := range int64(holders - 2) { // beside the two that an alliance begins with
			f := facts(h, "words")[0]
			f.Event = &samenspel.NoteWritten{Note: "note", By: samenspel.PartnerID(fmt.Sprint("partner ", h)), Words: samenspel.Say("words")}
			all = append(all, f)
		}
		succeed(t, log.Append(t.Context(), alliance(a), 0, all))
	}
	succeed(t, log.Erase(t.Context(), alliance(0), "partner 0"))
}

func quiet(int64, int64) {}

func TestRotation(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db, err := sqlite.Open(ctx, dir)
	succeed(t, err)
	old := nextKey(t, keyFile(t.TempDir(), 0), nil)
	if settle(t, db, old) {
		t.Error("a first key is no change")
	}
	fill(t, journal.New(db, old), 4, 300)
	door := &account.Door{Store: db.Accounts(), Sealer: old, Now: time.Now, NewID: uuid.NewString}
	_, _, err = door.Start(ctx, account.Person{ID: "noor", Name: samenspel.Say("Noor")}, account.How{By: account.ByLink})
	succeed(t, err)
	signer, err := old.Signer()
	succeed(t, err)
	marked := old.Mark("name", []byte("noor"))
	under := held(t, db)

	newFile := keyFile(t.TempDir(), 1)
	next := nextKey(t, newFile, old)
	if !settle(t, db, next) {
		t.Fatal("the change has not begun")
	}
	var told []int64
	done, err := next.Renew(ctx, db, func(n, all int64) {
		if all != int64(len(under)) {
			t.Errorf("%d of %d, there are %d", n, all, len(under))
		}
		told = append(told, n)
	})
	succeed(t, err)
	if done.Values != int64(len(under)) || done.Damaged != 0 || told[len(told)-1] != done.Values {
		t.Errorf("%+v, told %v; there were %d values", done, told, len(under))
	}
	succeed(t, db.Close())
	nowhere(t, dir, under)

	db = open(t, dir)
	next, err = journal.OpenMaster(newFile) // as at a start with the new one alone
	succeed(t, err)
	if settle(t, db, next) {
		t.Error("the change goes on")
	}
	log := journal.New(db, next)
	sound(t, log)
	if n, err := last(ctx, log, alliance(1)); n != 298 || err != nil {
		t.Errorf("%d facts, %v", n, err)
	}
	door.Store, door.Sealer = db.Accounts(), next
	if p, err := door.Person(ctx, "noor"); err != nil || p.Name != samenspel.Say("Noor") {
		t.Errorf("%+v, %v", p, err)
	}
	if again, err := next.Signer(); err != nil || !again.Public().Equal(signer.Public()) {
		t.Errorf("the signer of stories is another, %v", err)
	}
	if next.Mark("name", []byte("noor")) != marked {
		t.Error("marks have changed")
	}
	useless(t, db, old)
}

// useless fails the test when a key still opens something.
func useless(t *testing.T, db *sqlite.DB, old *journal.Master) {
	t.Helper()
	ctx := t.Context()
	if _, err := old.Settle(ctx, db, uuid.NewString); !errors.Is(err, journal.ErrWrongMaster) {
		t.Errorf("the old key is taken: %v", err)
	}
	log := journal.New(db, old)
	if err := log.CheckMaster(ctx); !errors.Is(err, journal.ErrWrongMaster) {
		t.Errorf("the old key checks: %v", err)
	}
	ids, err := db.Alliances(ctx)
	succeed(t, err)
	for _, id := range ids {
		for f, err := range log.Facts(ctx, id, 0) {
			if err == nil {
				t.Errorf("the old key reads %s of %s", f.Event.Kind(), id)
			}
		}
	}
	door := &account.Door{Store: db.Accounts(), Sealer: old, Now: time.Now, NewID: uuid.NewString}
	if p, err := door.Person(ctx, "noor"); err == nil {
		t.Errorf("the old key reads the name of %s", p.ID)
	}
	secrets, err := db.HouseSecrets(ctx)
	succeed(t, err)
	for name, sealed := range secrets {
		if _, err := old.Open(string(journal.SealOfSecret(name)), sealed); err == nil {
			t.Errorf("the old key opens the secret %s", name)
		}
	}
}

// held is all that hangs on the master key.
func held(t testing.TB, db *sqlite.DB) []journal.Held {
	t.Helper()
	all, err := db.Held(t.Context(), journal.Place{}, 1<<20)
	succeed(t, err)
	return all
}

// nowhere looks for values in all files of a folder.
func nowhere(t *testing.T, dir string, values []journal.Held) {
	t.Helper()
	files, err := os.ReadDir(dir)
	succeed(t, err)
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		succeed(t, err)
		for _, v := range values {
			if bytes.Contains(content, v.Value) {
				t.Errorf("%s: a value of %s under the old key is still there", f.Name(), v.Place.Shelf)
			}
		}
	}
}

// TestRotationBesideOthers has people read, write and begin while the key is
// changed, and changed again.
func TestRotationBesideOthers(t *testing.T) {
	ctx := t.Context()
	db := open(t, t.TempDir())
	keys := t.TempDir()
	master := nextKey(t, keyFile(keys, 0), nil)
	settle(t, db, master)
	fill(t, journal.New(db, master), 6, 120)
	begun := 6
	for round := 1; round <= 3; round++ {
		master = nextKey(t, keyFile(keys, round), master)
		settle(t, db, master)
		log := journal.New(db, master)
		turning, turned := context.WithCancel(ctx)
		var all sync.WaitGroup
		for w := range 3 {
			all.Go(func() { // appends to one that is there, and reads it without what is in memory
				for turning.Err() == nil {
					seq, err := last(ctx, journal.New(db, master), alliance(w))
					if err == nil {
						err = log.Append(ctx, alliance(w), seq, facts(seq, "words"))
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		first := begun
		all.Go(func() {
			for ; turning.Err() == nil; begun++ {
				if err := log.Append(ctx, alliance(begun), 0, facts(0, "words")); err != nil {
					t.Error(err)
					return
				}
			}
		})
		all.Go(func() {
			for turning.Err() == nil {
				if _, err := journal.New(db, master).Verify(ctx, func(f journal.Finding) { t.Error(f) }); err != nil {
					t.Error(err)
					return
				}
			}
		})
		done, err := master.Renew(ctx, db, quiet)
		turned()
		all.Wait()
		succeed(t, err)
		if done.Damaged != 0 || begun == first {
			t.Errorf("%+v, and %d began meanwhile", done, begun-first)
		}
		sound(t, log)
	}
}

// rotateUntilKilled changes the master key of a folder from its old key to its
// new one, and tells of each step.
func rotateUntilKilled(dir string) error {
	ctx := context.Background()
	master, err := journal.OpenMaster(filepath.Join(dir, "new"))
	if err != nil {
		return err
	}
	before, err := journal.OpenMaster(filepath.Join(dir, "old"))
	if err != nil {
		return err
	}
	master.Replaces(before)
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Println("open")
	if _, err := master.Settle(ctx, db, uuid.NewString); err != nil {
		return err
	}
	fmt.Println("settled")
	if _, err := master.Renew(ctx, db, func(done, _ int64) { fmt.Println(done) }); err != nil {
		return err
	}
	return db.Close()
}

// TestKilledRotation kills changes of the master key, one after the other, and
// looks each time whether all opens with both keys, and nothing starts with
// one.
func TestKilledRotation(t *testing.T) {
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), dir)
	succeed(t, err)
	master := nextKey(t, filepath.Join(dir, "old"), nil)
	settle(t, db, master)
	fill(t, journal.New(db, master), 10, 300)
	whole := len(held(t, db))
	succeed(t, db.Close())
	nextKey(t, filepath.Join(dir, "new"), nil)
	killed, changes := 0, 0
	for killed < *kills {
		if killedRotation(t, dir, rand.IntN(10)) {
			killed++
			checkHalfway(t, dir, whole)
			continue
		}
		changes++
		succeed(t, os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, "old")))
		nextKey(t, filepath.Join(dir, "new"), nil)
	}
	if killedRotation(t, dir, 1<<20) {
		t.Fatal("the last change did not end by itself")
	}
	alone, err := journal.OpenMaster(filepath.Join(dir, "new"))
	succeed(t, err)
	db = open(t, dir)
	settle(t, db, alone)
	sound(t, journal.New(db, alone))
	old, err := journal.OpenMaster(filepath.Join(dir, "old"))
	succeed(t, err)
	useless(t, db, old)
	t.Logf("%d kills, and %d changes that ended before theirs", killed, changes)
}

// killedRotation runs a change and kills it after a number of steps. It tells
// whether it was killed before its end.
func killedRotation(t *testing.T, dir string, after int) bool {
	t.Helper()
	c := child(t, "rotate", dir)
	out, err := c.StdoutPipe()
	succeed(t, err)
	succeed(t, c.Start())
	steps := bufio.NewScanner(out)
	for n := 0; steps.Scan(); n++ {
		if n == after {
			succeed(t, c.Process.Kill())
		}
	}
	err = c.Wait()
	if err != nil && c.ProcessState.ExitCode() != -1 {
		t.Fatal(err)
	}
	return err != nil
}

// checkHalfway looks at a folder in which a change was cut off at any moment.
func checkHalfway(t *testing.T, dir string, whole int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), dir)
	succeed(t, err)
	defer db.Close()
	record, err := db.MasterRecord(t.Context())
	succeed(t, err)
	master, err := journal.OpenMaster(filepath.Join(dir, "new"))
	succeed(t, err)
	old, err := journal.OpenMaster(filepath.Join(dir, "old"))
	succeed(t, err)
	if record.Before != (journal.Fingerprint{}) {
		for name, m := range map[string]*journal.Master{"new": master, "old": old} {
			if _, err := m.Settle(t.Context(), db, uuid.NewString); !errors.Is(err, journal.ErrUnfinished) {
				t.Errorf("the %s key alone: %v, want ErrUnfinished", name, err)
			}
		}
	}
	if n := len(held(t, db)); n != whole {
		t.Errorf("%d values, %d before", n, whole)
	}
	master.Replaces(old) // what the killed one would have gone on with
	sound(t, journal.New(db, master))
}

// BenchmarkRotation changes the master key over 100,000 keys of alliances while
// somebody reads: one alliance of 500 keys and 498 facts at a time.
func BenchmarkRotation(b *testing.B) {
	db := open(b, b.TempDir())
	keys := b.TempDir()
	master := nextKey(b, keyFile(keys, 0), nil)
	settle(b, db, master)
	fill(b, journal.New(db, master), 200, 500)
	values, round := int64(0), 0
	var reading sync.WaitGroup
	var reads int
	var slowest time.Duration
	var latest atomic.Pointer[journal.Master]
	latest.Store(master)
	reading.Go(func() { // somebody who reads all the time, with nothing in memory
		for m := latest.Load(); m != nil; m = latest.Load() {
			begun := time.Now()
			if _, err := last(b.Context(), journal.New(db, m), alliance(reads%200)); err != nil {
				b.Error(err)
				return
			}
			reads, slowest = reads+1, max(slowest, time.Since(begun))
		}
	})
	for b.Loop() {
		round++
		master = nextKey(b, keyFile(keys, round), master)
		settle(b, db, master)
		latest.Store(master)
		done, err := master.Renew(b.Context(), db, quiet)
		succeed(b, err)
		values += done.Values
	}
	b.ReportMetric(float64(values)/b.Elapsed().Seconds(), "keys/s")
	latest.Store(nil)
	reading.Wait()
	b.ReportMetric(float64(reads)/float64(b.N), "reads/op")
	b.ReportMetric(float64(slowest.Milliseconds()), "ms-slowest-read")
	b.ReportMetric(float64(values)/float64(b.N), "keys")
}
