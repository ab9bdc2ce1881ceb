package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMasterKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := OpenMaster(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("OpenMaster without a file: %v", err)
	}
	made, err := MakeMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 || info.Size() != keySize {
		t.Errorf("the file is %v, %v", info, err)
	}
	if _, err := MakeMaster(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("MakeMaster over a file: %v", err)
	}
	opened, err := OpenMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := made.Seal("name", []byte("Amira"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := opened.Open("name", sealed); err != nil || string(plain) != "Amira" {
		t.Errorf("Open = %q, %v", plain, err)
	}
}

func TestUnfitKeyFiles(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"the group can read it":  func(p string) error { return os.Chmod(p, 0o640) },
		"others can read it":     func(p string) error { return os.Chmod(p, 0o604) },
		"the group can write it": func(p string) error { return os.Chmod(p, 0o620) },
		"too short":              func(p string) error { return os.Truncate(p, keySize-1) },
		"too long":               func(p string) error { return os.Truncate(p, keySize+1) },
		"a folder":               func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o700)) },
		"a link": func(p string) error {
			return errors.Join(os.Rename(p, p+".real"), os.Symlink(p+".real", p))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "master.key")
			if _, err := MakeMaster(path); err != nil {
				t.Fatal(err)
			}
			if err := spoil(path); err != nil {
				t.Fatal(err)
			}
			_, err := OpenMaster(path)
			if problem, ok := errors.AsType[*KeyFileError](err); !ok || !strings.Contains(problem.Error(), path) {
				t.Errorf("OpenMaster: %v, want a KeyFileError that names the file", err)
			}
		})
	}
}

func testMaster(t testing.TB) *Master {
	t.Helper()
	m, err := MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSealedTextOpensOnlyInItsPlace(t *testing.T) {
	m := testMaster(t)
	sealed, err := m.Seal("name", []byte("Amira"))
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := m.Seal("name", []byte("Amira")); bytes.Equal(sealed, again) {
		t.Error("the same text is sealed the same twice")
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return m.Open("title", sealed) },
		"another master":  func() ([]byte, error) { return testMaster(t).Open("name", sealed) },
		"changed":         func() ([]byte, error) { return m.Open("name", changed) },
		"cut":             func() ([]byte, error) { return m.Open("name", sealed[:10]) },
		"nothing":         func() ([]byte, error) { return m.Open("name", nil) },
	} {
		if plain, err := open(); !errors.Is(err, ErrDamaged) || plain != nil {
			t.Errorf("%s: %q, %v", name, plain, err)
		}
	}
}

func TestMarksTellNothing(t *testing.T) {
	m := testMaster(t)
	one := m.Mark("name", []byte("amira"))
	if m.Mark("name", []byte("amira")) != one {
		t.Error("the same text has two marks")
	}
	for name, other := range map[string][32]byte{
		"another purpose": m.Mark("title", []byte("amira")),
		"another text":    m.Mark("name", []byte("amirA")),
		"another border":  m.Mark("namea", []byte("mira")),
		"another master":  testMaster(t).Mark("name", []byte("amira")),
		"no key":          sha256.Sum256([]byte("amira")),
	} {
		if other == one {
			t.Errorf("%s gives the same mark", name)
		}
	}
}

func TestMasterPrintsAsAMark(t *testing.T) {
	m := testMaster(t)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(format, m); got != "‹master key›" {
			t.Errorf("%s prints %s", format, got)
		}
	}
}

func TestFrameIsUnambiguous(t *testing.T) {
	if bytes.Equal(frame("ab", "c"), frame("a", "bc")) || bytes.Equal(frame("a", ""), frame("a")) {
		t.Error("two lists of parts give the same bytes")
	}
}
