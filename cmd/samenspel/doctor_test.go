package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/journal"
	"samenspel/sqlite"
)

// TestTheDoctorOnRottenFolders spoils the files of a folder in many ways. The
// doctor always has an answer, and never one with words of people in it.
func TestTheDoctorOnRottenFolders(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "data")
	s, err := open(t.Context(), home{dir: whole}, "")
	if err != nil {
		t.Fatal(err)
	}
	const canary = "kanarievogel"
	for seq := range int64(20) {
		err := s.log.Append(t.Context(), "a", seq, []samenspel.Fact{{
			Seq: seq + 1, Command: "command", Person: "person", By: "noor", At: time.Now(),
			Event: &samenspel.NoteWritten{Note: "note", By: "noor", Words: samenspel.Say(canary)},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	p := plan(home{dir: whole}, t.TempDir(), t.TempDir(), s.master)
	if _, err := p.Make(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range []string{sqlite.FileName, "master.key", noteName, "lock"} {
		if files[name], err = os.ReadFile(filepath.Join(whole, name)); err != nil {
			t.Fatal(err)
		}
	}
	const seed, times = 20261126, 60
	random := rand.New(rand.NewPCG(seed, seed))
	wrong := 0
	for range times {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for name, text := range files {
			text := spoiled(random, text)
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said, err := examined(t.Context(), dir)
		if err != nil {
			wrong++
		}
		if lines := strings.Count(said, "\n"); lines < 6 || strings.Contains(said, canary) {
			t.Errorf("the doctor says:\n%s", said)
		}
	}
	if wrong < times/2 {
		t.Errorf("only %d of %d folders are wrong", wrong, times)
	}
	if said, err := examined(t.Context(), whole); err != nil {
		t.Errorf("the whole folder is wrong:\n%s", said)
	}
}

// spoiled is a text with a little or much that is wrong with it; now and then
// nothing.
func spoiled(random *rand.Rand, text []byte) []byte {
	text = bytes.Clone(text)
	if len(text) == 0 {
		return text
	}
	switch random.IntN(6) {
	case 0:
		return text[:random.IntN(len(text))]
	case 1:
		clear(text[random.IntN(len(text)):])
	case 2:
		return append(text, text...)
	case 3, 4:
		for range 1 + random.IntN(20) {
			text[random.IntN(len(text))] = byte(random.IntN(256))
		}
	}
	return text
}

// examined is what the doctor says of a folder.
func examined(ctx context.Context, dir string) (said string, err error) {
	var out bytes.Buffer
	err = doctor{Data: dir}.Run(ctx, console{out: &out, err: &out})
	if err != nil && !errors.Is(err, errWrong) {
		out.WriteString(err.Error())
	}
	return out.String(), err
}

// A disk of the machine is no network share, and what is not there is no disk.
func TestTheDoctorKnowsTheDisk(t *testing.T) {
	d, known := diskOf(t.TempDir())
	if known && (d.free <= 0 || d.network != "") {
		t.Errorf("the disk of this test: %+v", d)
	}
	if _, known := diskOf(filepath.Join(t.TempDir(), "nowhere")); known {
		t.Error("a folder that is not there has a disk")
	}
}

// What an error of a backup means is said before that of the log in it.
func TestErrorsOfBackupsAreSaidPlainly(t *testing.T) {
	for _, s := range backupErrors {
		err := errors.Join(errors.New("some folder"), s.is, journal.ErrDamaged)
		if text := plainly(err); !strings.Contains(text, ".") || strings.HasPrefix(text, "the data is damaged") {
			t.Errorf("%v is said as %q", s.is, text)
		}
	}
}
