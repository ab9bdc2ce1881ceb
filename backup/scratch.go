package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// scratchPrefix begins the name of a folder in which a backup is restored to
// see whether it is whole.
const scratchPrefix = "samenspel-scratch-"

// scratchFolder is for its owner only, and goes afterwards.
type scratchFolder struct {
	path string
	lock *flock.Flock
}

// scratch makes one, and removes those that a program left that was killed.
func scratch(in string) (*scratchFolder, error) {
	if in == "" {
		in = os.TempDir()
	}
	if err := os.MkdirAll(in, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(in)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), scratchPrefix) {
			removeLeft(filepath.Join(in, e.Name()))
		}
	}
	path, err := os.MkdirTemp(in, scratchPrefix) // 0700
	if err != nil {
		return nil, err
	}
	s := &scratchFolder{path, flock.New(filepath.Join(path, lockName), flock.SetPermissions(0o600))}
	if err := s.lock.Lock(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	return s, nil
}

// removeLeft removes a folder that nobody uses any more. One of somebody else
// stays: its lock cannot be opened.
func removeLeft(path string) {
	name := filepath.Join(path, lockName)
	if _, err := os.Stat(name); err != nil {
		return // it is being made, or is not ours
	}
	lock := flock.New(name)
	if locked, err := lock.TryLock(); err == nil && locked {
		os.RemoveAll(path) // what cannot be removed is tried again next time
		lock.Unlock()
	}
}

// inside is the folder in it to restore into.
func (s *scratchFolder) inside() string { return filepath.Join(s.path, "restored") }

func (s *scratchFolder) remove() error {
	return errors.Join(os.RemoveAll(s.path), s.lock.Unlock())
}
