package backup_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/sqlite"
)

// childVariable names what a copy of the test binary is to do in place of the
// tests, in the folder in its only argument.
const childVariable = "SAMENSPEL_BACKUP_CHILD"

var children = map[string]func(ctx context.Context, dir string) error{
	"backup":  childBackup,
	"restore": childRestore,
}

// progress is where a child tells how far it is.
var progress = io.Discard

func TestMain(m *testing.M) {
	do := children[os.Getenv(childVariable)]
	if do == nil {
		os.Exit(m.Run())
	}
	progress = os.Stdout
	if err := do(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child makes a copy of the test binary that does what it is told.
func child(t *testing.T, what, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	c := exec.Command(self, dir)
	c.Env = append(os.Environ(), childVariable+"="+what)
	return c
}

// The folders in the only folder that a child is given.
func in(dir, name string) string { return filepath.Join(dir, name) }

// slow prints a line for each row that is read or written, so that the test
// can kill the program at any of them.
func slow(p backup.Place) backup.Place {
	return backup.Place{
		Snapshot: func(ctx context.Context) (backup.Snapshot, error) {
			s, err := p.Snapshot(ctx)
			return slowSnapshot{s}, err
		},
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			c, err := p.Copy(ctx, dir, version)
			if err != nil {
				return nil, err
			}
			return slowCopy{c}, nil
		},
	}
}

type slowSnapshot struct{ backup.Snapshot }

func (s slowSnapshot) Rows(ctx context.Context, t backup.Table) rows {
	return func(yield func([]any, error) bool) {
		for row, err := range s.Snapshot.Rows(ctx, t) {
			fmt.Fprintln(progress, "row")
			if !yield(row, err) {
				return
			}
		}
	}
}

type slowCopy struct{ backup.Copy }

func (s slowCopy) Fill(ctx context.Context, t backup.Table, add func(row func([]any) error) error) error {
	return s.Copy.Fill(ctx, t, func(row func([]any) error) error {
		return add(func(values []any) error {
			fmt.Fprintln(progress, "row")
			return row(values)
		})
	})
}

func (s slowCopy) Settle(ctx context.Context) (journal.Store, error) {
	fmt.Fprintln(progress, "settle")
	return s.Copy.Settle(ctx)
}

func (s slowCopy) Keep() error {
	fmt.Fprintln(progress, "keep")
	return s.Copy.Keep()
}

func childBackup(ctx context.Context, dir string) error {
	master, err := journal.OpenMaster(in(dir, "master.key"))
	if err != nil {
		return err
	}
	p := backup.Plan{Place: slow(place(in(dir, "data"))), Master: master, Data: in(dir, "to"), Keys: in(dir, "keys"),
		Scratch: in(dir, "scratch"), Program: "test", Now: time.Now}
	_, err = p.Make(ctx)
	return err
}

func childRestore(ctx context.Context, dir string) error {
	master, err := journal.OpenMaster(in(dir, "master.key"))
	if err != nil {
		return err
	}
	whole, err := filepath.Glob(in(dir, "to/*.backup"))
	if err != nil || len(whole) == 0 {
		return errors.Join(err, errors.New("no backup to restore"))
	}
	r := backup.Restoration{From: whole[0], Keys: in(dir, "keys"), Into: in(dir, "into"), Master: master, Place: slow(place(""))}
	_, err = r.Restore(ctx)
	return err
}

// filled makes a folder for children, with data in it.
func filled(t *testing.T, notes int) string {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), in(dir, "data"))
	must(t, err)
	master, err := journal.MakeMaster(in(dir, "master.key"))
	must(t, err)
	k := &kept{log: journal.New(db, master)}
	k.say(t, "a", 0, notes)
	must(t, db.Close())
	return dir
}

// killedAt runs a child, kills it when it has printed a number of lines, and
// says how many it printed.
func killedAt(t *testing.T, c *exec.Cmd, line int) (lines int) {
	t.Helper()
	out, err := c.StdoutPipe()
	must(t, err)
	c.Stderr = io.Discard
	must(t, c.Start())
	said := bufio.NewScanner(out)
	for ; said.Scan(); lines++ {
		if lines == line {
			must(t, c.Process.Kill())
		}
	}
	c.Wait() // it was killed, or was done before that
	return lines
}

// TestKilledBackup kills backups at random: none that was cut off may count,
// and the next one is whole and leaves nothing of them.
func TestKilledBackup(t *testing.T) {
	dir := filled(t, 30)
	const kills = 25
	for range kills {
		killedAt(t, child(t, "backup", dir), rand.IntN(160))
		recorded, err := filepath.Glob(in(dir, "to/*.json"))
		must(t, err)
		for _, path := range recorded {
			data := path[:len(path)-len(".json")] + ".backup"
			if _, err := os.Stat(data); err != nil {
				t.Errorf("a record without its backup: %v", err)
			}
		}
	}
	out, err := child(t, "backup", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("the next backup: %v\n%s", err, out)
	}
	for _, name := range []string{"to/*.part", "keys/*.part", "scratch/*", "to/*.failed"} {
		if left, err := filepath.Glob(in(dir, name)); err != nil || len(left) > 0 {
			t.Errorf("left: %q, %v", left, err)
		}
	}
	must(t, childRestore(t.Context(), dir))
}

// TestKilledRestore kills restores at random: the folder is refused then, and
// is whole when it is not.
func TestKilledRestore(t *testing.T) {
	dir := filled(t, 30)
	must(t, childBackup(t.Context(), dir))
	master, err := journal.OpenMaster(in(dir, "master.key"))
	must(t, err)
	const kills = 25
	refused := 0
	for range kills {
		must(t, os.RemoveAll(in(dir, "into")))
		killedAt(t, child(t, "restore", dir), rand.IntN(100))
		db, err := sqlite.Open(t.Context(), in(dir, "into"))
		if errors.Is(err, sqlite.ErrUnfinished) {
			refused++
			if again := childRestore(t.Context(), dir); !errors.Is(again, backup.ErrNotEmpty) {
				t.Errorf("into what is left: %v, want ErrNotEmpty", again)
			}
			continue
		}
		must(t, err)
		log := journal.New(db, master)
		sound(t, log)
		if got := words(t, log, "a"); len(got) != 30 {
			t.Errorf("a folder that is taken has %d of 30 notes", len(got))
		}
		must(t, db.Close())
	}
	if refused == 0 {
		t.Error("no restore was cut off")
	}
	t.Logf("%d of %d were cut off", refused, kills)
}
