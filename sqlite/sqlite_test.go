package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/sqlite"
)

var moment = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// canary is what no file may hold.
const canary = "kanarievogel"

// written makes a folder with three alliances and gives their facts.
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for w := range 3 {
		for seq := range int64(30) {
			if err := log.Append(t.Context(), alliance(w), seq, facts(seq, canary)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// holding gives the files of a folder that hold some bytes.
func holding(t *testing.T, dir string, what []byte) (names []string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if bytes.Contains(text, what) {
			names = append(names, d.Name())
		}
		return err
	})
	if err != nil || files < 3 {
		t.Fatalf("%d files, %v", files, err)
	}
	return names
}

func TestNoFileHoldsWords(t *testing.T) {
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	words := samenspel.Say(canary)
	for i, e := range []samenspel.Event{
		&samenspel.AllianceBegun{Title: words},
		&samenspel.PartnerJoined{Partner: canary + "-partner", Person: "person-noor", Role: samenspel.Vrager, Name: words, As: words},
		&samenspel.StatementWorded{Statement: "s", About: "noor", SaidBy: canary, How: samenspel.Quote, Layer: canary, Words: words},
		&samenspel.EmotionNamed{Emotion: "e", Statement: "s", About: "noor", Word: words},
		&samenspel.NoteWritten{Note: "n", By: "noor", Words: words},
	} {
		f := facts(int64(i), "")[0]
		f.Event = e
		if err := log.Append(t.Context(), "a", int64(i), []samenspel.Fact{f}); err != nil {
			t.Fatal(err)
		}
	}
	check := func() {
		t.Helper()
		for _, name := range holding(t, dir, []byte(canary+"\"")) {
			t.Errorf("%s holds words or a sealed field", name)
		}
		if names := holding(t, dir, []byte("partner.joined")); len(names) == 0 {
			t.Error("no file holds a kind: the search itself is wrong")
		}
	}
	check()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	check()
}

func TestErasedBytesAreInNoFile(t *testing.T) {
	dir := t.TempDir()
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for seq := range int64(50) {
		if err := log.Append(t.Context(), "a", seq, facts(seq, strings.Repeat("words ", int(seq*seq)))); err != nil {
			t.Fatal(err)
		}
	}
	var gone [][]byte
	for e, err := range db.Entries(t.Context(), "a", 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Words != nil {
			gone = append(gone, e.Words[:20])
		}
	}
	keys, err := db.Keys(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if k.Holder == "noor" {
			gone = append(gone, k.Sealed)
		}
	}
	if len(gone) != 50 { // the first note says nothing; the key comes in its place
		t.Fatalf("%d things to be gone", len(gone))
	}
	if err := log.Erase(t.Context(), "a", "noor"); err != nil {
		t.Fatal(err)
	}
	for i, what := range gone {
		for _, name := range holding(t, dir, what) {
			t.Errorf("%s still holds erased thing %d", name, i)
		}
	}
	sound(t, log)
}

// A program that ended between an erasure and the emptying of the WAL leaves
// the earlier pages there: the next start removes them.
func TestOpeningEmptiesTheWAL(t *testing.T) {
	dir, cut := t.TempDir(), t.TempDir()
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := log.Append(t.Context(), "a", 0, facts(0, "words")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(text) == 0 {
			t.Fatalf("%s: %d bytes, %v", name, len(text), err)
		}
		if err := os.WriteFile(filepath.Join(cut, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := open(t, cut)
	if info, err := os.Stat(filepath.Join(cut, sqlite.FileName+"-wal")); err != nil || info.Size() != 0 {
		t.Errorf("the WAL: %v, %v", info, err)
	}
	if head, err := again.Head(t.Context(), "a"); err != nil || head.Seq == 0 {
		t.Errorf("what was written: %+v, %v", head, err)
	}
}

func TestFilesAreTheirOwnersOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	db := open(t, dir)
	if err := db.Append(t.Context(), journal.Batch{Alliance: "a", Head: journal.Head{Seq: 1, Chain: []byte("c"), MAC: []byte("m")}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 5 {
		t.Errorf("%v, %v; want the database, its -mark, -wal and -shm, and the lock", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s is %v, %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestOneProgramAtATime(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("a second Open: %v, want ErrInUse", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

func TestNewerSchema(t *testing.T) {
	dir := written(t)
	raw, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, "samenspel.db")}).String())
	if err != nil {
		t.Fatal(err)
	}
	_, err = raw.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	if err := errors.Join(err, raw.Close()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // and the folder is free again
		if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, sqlite.ErrNewer) {
			t.Errorf("Open: %v, want ErrNewer", err)
		}
	}
}

func TestABeginningThatWasCutOff(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "samenspel.db.new"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

// read gives what a log says, or the error that keeps it from saying it.
func read(t *testing.T, dir string) (told [][]string, err error) {
	t.Helper()
	db, log, err := place(t.Context(), dir)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if s, err := log.Verify(t.Context(), func(f journal.Finding) { err = f }); err != nil || s.Findings > 0 {
		return nil, errors.Join(journal.ErrDamaged, err)
	}
	for w := range 3 {
		var words []string
		for f, err := range log.Facts(t.Context(), alliance(w), 0) {
			if err != nil {
				return nil, err
			}
			words = append(words, f.Event.(*samenspel.NoteWritten).Words.Text())
		}
		told = append(told, words)
	}
	return told, nil
}

func TestBrokenFile(t *testing.T) {
	dir := written(t)
	whole, err := os.ReadFile(filepath.Join(dir, "samenspel.db"))
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"empty":            func(b []byte) []byte { return nil },
		"one byte":         func(b []byte) []byte { return b[:1] },
		"cut in half":      func(b []byte) []byte { return b[:len(b)/2] },
		"without its tail": func(b []byte) []byte { return b[:len(b)-4096] },
		"another file":     func(b []byte) []byte { return bytes.Repeat([]byte("no database "), 1000) },
		"head overwritten": func(b []byte) []byte { copy(b, make([]byte, 100)); return b },
		"zeros inside":     func(b []byte) []byte { copy(b[4096:], make([]byte, len(b)-4096)); return b },
	} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, dir, spoil(bytes.Clone(whole)))
			if _, err := read(t, dir); !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("%v, want ErrDamaged", err)
			}
		})
	}
}

// copied is a copy of a folder with another database in it.
func copied(t *testing.T, dir string, database []byte) string {
	t.Helper()
	to := t.TempDir()
	key, err := os.ReadFile(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"master.key": key, "samenspel.db": database} {
		if err := os.WriteFile(filepath.Join(to, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// TestRottenBytes changes single bytes. Either that is found or the byte meant
// nothing: nobody is ever told anything else than what was written.
func TestRottenBytes(t *testing.T) {
	dir := written(t)
	want, err := read(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "samenspel.db"))
	if err != nil {
		t.Fatal(err)
	}
	const seed, flips = 20261124, 100
	random := rand.New(rand.NewPCG(seed, seed))
	found := 0
	for range flips {
		rotten := bytes.Clone(whole)
		place := random.IntN(len(rotten))
		rotten[place] ^= byte(1 + random.IntN(255))
		told, err := read(t, copied(t, dir, rotten))
		switch diff := cmp.Diff(want, told); {
		case errors.Is(err, journal.ErrDamaged):
			found++
		case err != nil:
			t.Errorf("byte %d: %v, want ErrDamaged", place, err)
		case diff != "":
			t.Errorf("byte %d: told otherwise, and nothing found\n%s", place, diff)
		}
	}
	if found == 0 {
		t.Error("no damage was found at all")
	}
	t.Logf("%d of %d changed bytes were found; the others meant nothing", found, flips)
}
