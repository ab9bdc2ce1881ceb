package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/journal"
)

// TestRotateCutOff cuts a change of the key off behind each of its steps, and
// starts the program as ever: with the name of the key file alone.
func TestRotateCutOff(t *testing.T) {
	for name, steps := range map[string]func(t *testing.T, s *stored){
		"before it began": func(t *testing.T, s *stored) {
			_, err := newBeside(s.files.key)
			succeed(t, err)
		},
		"while the new key was written": func(t *testing.T, s *stored) {
			succeed(t, os.WriteFile(s.files.key+newKey, []byte("short"), 0o600))
		},
		"as soon as it began": func(t *testing.T, s *stored) {
			succeed(t, s.renewKey(t.Context()))
		},
		"when all was under the new key": func(t *testing.T, s *stored) {
			succeed(t, s.renewKey(t.Context()))
			succeed(t, s.renew(t.Context(), io.Discard))
		},
		"when the old key had its new name": func(t *testing.T, s *stored) {
			succeed(t, s.renewKey(t.Context()))
			succeed(t, s.renew(t.Context(), io.Discard))
			succeed(t, os.Link(s.files.name, s.files.name+oldKey))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := keyIn(dir, "")
			s := somebody(t, dir)
			was, err := os.ReadFile(file)
			succeed(t, err)
			steps(t, s)
			succeed(t, s.close())

			// It starts as ever, all can be read, and it goes on by itself.
			s, err = open(t.Context(), home{dir: dir}, "")
			succeed(t, err)
			reads(t, s)
			succeed(t, s.change(t.Context(), io.Discard))
			reads(t, s)
			succeed(t, s.close())
			if left, err := os.Stat(file + newKey); err == nil { // it never began
				if now, _ := os.ReadFile(file); !bytes.Equal(now, was) {
					t.Errorf("%s is left, and the key is another", left.Name())
				}
				succeed(t, keyRotate{Data: dir}.Run(t.Context(), console{out: io.Discard, err: io.Discard}))
			}
			now, err := os.ReadFile(file)
			succeed(t, err)
			old, err := os.ReadFile(file + oldKey)
			succeed(t, err)
			if bytes.Equal(now, was) || !bytes.Equal(old, was) {
				t.Error("the keys have not changed places")
			}
			if _, err := os.Lstat(file + newKey); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a new key is left behind: %v", err)
			}
			s, err = open(t.Context(), home{dir: dir}, "")
			succeed(t, err)
			reads(t, s)
			succeed(t, s.close())
		})
	}
}

// somebody opens a new folder in which somebody has said something.
func somebody(t *testing.T, dir string) *stored {
	t.Helper()
	s, err := open(t.Context(), home{dir: dir}, "")
	succeed(t, err)
	_, _, err = s.door().Start(t.Context(), account.Person{ID: "noor", Name: samenspel.Say("Noor")}, account.How{By: account.ByLink})
	succeed(t, err)
	succeed(t, s.log.Append(t.Context(), "a", 0, []samenspel.Fact{{
		Seq: 1, At: time.Now(), Command: "c", Person: "noor", By: "noor", Event: &samenspel.NoteWritten{Note: "n", By: "noor", Words: samenspel.Say("words")},
	}}))
	return s
}

// reads fails the test when not all can be read that somebody left.
func reads(t *testing.T, s *stored) {
	t.Helper()
	sum, err := s.log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
	if err != nil || sum.Entries != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if p, err := s.door().Person(t.Context(), "noor"); err != nil || p.Name != samenspel.Say("Noor") {
		t.Errorf("%+v, %v", p, err)
	}
}

func succeed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestChangeBesideWaits lets a change fail and sees that it ends with the
// program, and that nothing was lost.
func TestChangeBesideWaits(t *testing.T) {
	dir := t.TempDir()
	s := somebody(t, dir)
	succeed(t, s.renewKey(t.Context()))
	taken := filepath.Join(dir, "master.key.old")
	succeed(t, os.WriteFile(taken, []byte("something of somebody"), 0o600))
	ctx, end := context.WithCancel(t.Context())
	said := &hears{what: []byte("waits a minute"), then: end}
	s.changeBeside(ctx, console{out: io.Discard, err: said})
	if !said.heard {
		t.Error("nobody was told that the change waits")
	}
	if kept, err := os.ReadFile(taken); err != nil || string(kept) != "something of somebody" {
		t.Errorf("the file that was in the way: %q, %v", kept, err)
	}
	reads(t, s)
	succeed(t, os.Remove(taken))
	succeed(t, s.change(t.Context(), io.Discard))
	succeed(t, s.close())
}

// hears waits for something to be said.
type hears struct {
	what  []byte
	heard bool
	then  func()
}

func (w *hears) Write(b []byte) (int, error) {
	if bytes.Contains(b, w.what) {
		w.heard = true
		w.then()
	}
	return len(b), nil
}
