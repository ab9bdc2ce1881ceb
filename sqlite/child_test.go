package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"samenspel"
	"samenspel/journal"
	"samenspel/sqlite"
)

// childVariable names what a copy of the test binary is to do in place of the
// tests, in the folder in its only argument.
const childVariable = "SAMENSPEL_TEST_CHILD"

var children = map[string]func(dir string) error{
	"append": appendUntilKilled,
	"rotate": rotateUntilKilled,
}

func TestMain(m *testing.M) {
	do := children[os.Getenv(childVariable)]
	if do == nil {
		os.Exit(m.Run())
	}
	if err := do(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child makes a copy of the test binary that does what it is told.
func child(t *testing.T, what, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, dir)
	c.Env = append(os.Environ(), childVariable+"="+what)
	c.Stderr = os.Stderr
	return c
}

// place opens the log in a folder with its key.
func place(ctx context.Context, dir string) (*sqlite.DB, *journal.Log, error) {
	key := filepath.Join(dir, "master.key")
	master, err := journal.OpenMaster(key)
	if errors.Is(err, os.ErrNotExist) {
		master, err = journal.MakeMaster(key)
	}
	if err != nil {
		return nil, nil, err
	}
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	return db, journal.New(db, master), nil
}

const writers = 8

func alliance(writer int) samenspel.AllianceID {
	return samenspel.AllianceID(fmt.Sprint("alliance-", writer))
}

// last gives the number of the last fact of an alliance.
func last(ctx context.Context, log *journal.Log, id samenspel.AllianceID) (seq int64, err error) {
	for f, err := range log.Facts(ctx, id, 0) {
		if err != nil {
			return 0, err
		}
		seq = f.Seq
	}
	return seq, nil
}

// appendUntilKilled has each writer append to an alliance of its own, and
// tells of each fact once it is stored.
func appendUntilKilled(dir string) error {
	ctx := context.Background()
	_, log, err := place(ctx, dir)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range writers {
		go func() {
			seq, err := last(ctx, log, alliance(w))
			for ; err == nil; seq++ {
				if err = log.Append(ctx, alliance(w), seq, facts(seq, "words")); err == nil {
					_, err = fmt.Println(w, seq+1)
				}
			}
			failed <- err
		}()
	}
	return <-failed
}

func TestKilledWriterLosesNothing(t *testing.T) {
	dir := t.TempDir()
	var stored [writers]int64
	acknowledged := 0
	for range 20 {
		c := child(t, "append", dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		die := rand.IntN(400)
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			var w int
			var seq int64
			if _, err := fmt.Sscan(lines.Text(), &w, &seq); err != nil {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			stored[w] = max(stored[w], seq)
			acknowledged++
			if n == die {
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		c.Wait() // it was killed, which is what is wanted
	}
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for w, want := range stored {
		got, err := last(t.Context(), log, alliance(w))
		if err != nil || got < want {
			t.Errorf("%s: %d facts, %v; %d were said to be stored", alliance(w), got, err, want)
		}
	}
	sound(t, log)
	t.Logf("%d acknowledged appends in 20 kills", acknowledged)
}

// facts is one fact behind a sequence number, by people who are invented.
func facts(after int64, words string) []samenspel.Fact {
	return []samenspel.Fact{{
		Seq: after + 1, Command: samenspel.CommandID(fmt.Sprint("command-", after)), Person: "person-noor", By: "noor",
		At:    moment,
		Event: &samenspel.NoteWritten{Note: "note", By: "noor", Words: samenspel.Say(words)},
	}}
}

// sound fails the test when the log is not as it was written.
func sound(t *testing.T, log *journal.Log) {
	t.Helper()
	if _, err := log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil {
		t.Error(err)
	}
}
