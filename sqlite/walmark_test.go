package sqlite_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"samenspel/journal"
	"samenspel/sqlite"
)

// asKilled gives the files of a folder as a program leaves them that is killed
// after so many changes.
func asKilled(t *testing.T, changes int64) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	succeed(t, err)
	defer db.Close()
	for seq := range changes {
		succeed(t, log.Append(t.Context(), "a", seq, facts(seq, "words")))
	}
	files := map[string][]byte{}
	for _, ending := range []string{"", "-wal", "-mark"} {
		files[ending], err = os.ReadFile(filepath.Join(dir, sqlite.FileName+ending))
		succeed(t, err)
	}
	return files
}

// opens opens files as a program does that starts.
func opens(t *testing.T, files map[string][]byte) error {
	t.Helper()
	dir := t.TempDir()
	for ending, text := range files {
		if text != nil {
			succeed(t, os.WriteFile(filepath.Join(dir, sqlite.FileName+ending), text, 0o600))
		}
	}
	db, err := sqlite.Open(t.Context(), dir)
	if err == nil {
		succeed(t, db.Close())
	}
	return err
}

// TestAShorterWALIsTold damages the WAL, which SQLite itself takes for one that
// ends there, and sees that the folder is refused.
func TestAShorterWALIsTold(t *testing.T) {
	for _, changes := range []int64{3, 260} { // behind 250 the WAL begins anew
		whole := asKilled(t, changes)
		wal := whole["-wal"]
		with := func(wal []byte) map[string][]byte {
			return map[string][]byte{"": whole[""], "-mark": whole["-mark"], "-wal": wal}
		}
		flipped := func(at int) []byte {
			text := bytes.Clone(wal)
			text[at] ^= 1
			return text
		}
		succeed(t, opens(t, whole))
		for name, text := range map[string][]byte{
			"a byte of its beginning": flipped(20), "its salt": flipped(17), "a byte of a frame's head": flipped(33),
			"a byte of a frame": flipped(200), "all but a frame": wal[:32+4120], "half of it": wal[:len(wal)/2],
			"nothing of it": {}, "gone": nil,
		} {
			if changes > 250 && name == "half of it" {
				continue // what is used of it is the beginning
			}
			if err := opens(t, with(text)); !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("%d changes, %s: %v, want ErrDamaged", changes, name, err)
			}
		}
		earlier := asKilled(t, 1)["-wal"]
		if err := opens(t, with(earlier)); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%d changes, another WAL: %v, want ErrDamaged", changes, err)
		}
	}
}

// TestTheNoteOfTheWALIsNoMoreThanANote leaves the note out, or damages it: then
// it says nothing, and the folder opens.
func TestTheNoteOfTheWALIsNoMoreThanANote(t *testing.T) {
	whole := asKilled(t, 3)
	for n := range whole["-mark"] {
		text := bytes.Clone(whole["-mark"])
		text[n] ^= 0x10
		succeed(t, opens(t, map[string][]byte{"": whole[""], "-wal": whole["-wal"], "-mark": text}))
	}
	succeed(t, opens(t, map[string][]byte{"": whole[""], "-wal": whole["-wal"]}))
	succeed(t, opens(t, map[string][]byte{"": whole[""], "-wal": whole["-wal"], "-mark": []byte("short")}))
}

// TestCloseLeavesNoNote ends as one should: then no WAL is missed.
func TestCloseLeavesNoNote(t *testing.T) {
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	succeed(t, err)
	succeed(t, log.Append(t.Context(), "a", 0, facts(0, "words")))
	succeed(t, db.Close())
	if _, err := os.Stat(filepath.Join(dir, sqlite.FileName+"-wal")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the WAL after closing: %v", err)
	}
	db, _, err = place(t.Context(), dir)
	succeed(t, err)
	succeed(t, db.Close())
}
