package backup

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"samenspel/journal"
)

// KeysKept is how long a file of keys is kept, so that what was erased is
// unreadable in every backup after it.
const KeysKept = 35 * 24 * time.Hour

// The endings of the files of a backup. Under the last two it does not count.
const (
	dataEnding   = ".backup"
	keysEnding   = ".keys"
	recordEnding = ".json"
	unfinished   = ".part"
	failed       = ".failed"
)

const (
	stamp    = "20060102T150405.000Z"
	lockName = ".samenspel-backup.lock"
)

// named finds the names of files of backups, and nobody else's.
var named = regexp.MustCompile(`^samenspel-(\d{8}T\d{6}\.\d{3}Z)-[0-9a-f]{6}(\.backup|\.keys|\.json)(\.part|\.failed)?$`)

// File is a file of a backup, as its name says it.
type File struct {
	Path   string
	Moment time.Time
	Ending string
	State  string // "" when it counts, or ".part" or ".failed"
}

// Files gives the files of backups in a folder, the oldest first.
func Files(dir string) ([]File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, e := range entries {
		parts := named.FindStringSubmatch(e.Name())
		if parts == nil || !e.Type().IsRegular() {
			continue
		}
		moment, err := time.Parse(stamp, parts[1])
		if err != nil {
			continue
		}
		files = append(files, File{filepath.Join(dir, e.Name()), moment, parts[2], parts[3]})
	}
	slices.SortStableFunc(files, func(a, b File) int { return a.Moment.Compare(b.Moment) })
	return files, nil
}

// Unfinished reports whether a file was left by a backup that was cut off.
func (f File) Unfinished() bool { return f.State == unfinished }

// Failed reports whether a file is of a backup that did not come back whole.
func (f File) Failed() bool { return f.State == failed }

// HoldsKeys reports whether it is a file of keys, counted or not.
func (f File) HoldsKeys() bool { return f.Ending == keysEnding }

// nameAt makes the name of a backup.
func nameAt(moment time.Time, chance []byte) string {
	return "samenspel-" + moment.UTC().Format(stamp) + "-" + hex.EncodeToString(chance[:3])
}

// MakeFolder makes a folder for its owner, and those above it, and returns nil
// once their names are on the disk: what is synced inside a folder whose own
// name is not may be gone with it when the power is cut.
func MakeFolder(path string) error {
	path = filepath.Clean(path)
	var made []string
	for at := path; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		made = append(made, at)
	}
	err := os.MkdirAll(path, 0o700)
	for _, at := range slices.Backward(made) {
		if err == nil {
			err = syncFolder(filepath.Dir(at))
		}
		if errors.Is(err, fs.ErrPermission) {
			err = nil // who may make a folder in another may still not open that one
		}
	}
	return err
}

// prepare makes a folder for backups, takes it for this program, and removes
// what one that was cut off left there.
func prepare(dir string) (*flock.Flock, error) {
	if err := MakeFolder(dir); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !locked:
		return nil, fmt.Errorf("%w: %s", ErrBusy, dir)
	}
	files, err := Files(dir)
	for _, f := range files {
		if f.Unfinished() {
			err = errors.Join(err, os.Remove(f.Path))
		}
	}
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return lock, nil
}

// tidy removes the files of keys that are too old, which a newer one has
// replaced, and the data beyond the number that is kept. What is not this
// master key's stays.
func (p Plan) tidy(moment time.Time) error {
	files, err := Files(p.Keys)
	for _, f := range files {
		if f.HoldsKeys() && !f.Unfinished() && moment.Sub(f.Moment) > KeysKept && opens(f.Path, p.Master, Keys) {
			err = errors.Join(err, os.Remove(f.Path))
		}
	}
	if p.Keep < 1 {
		return errors.Join(err, syncFolder(p.Keys))
	}
	files, more := Files(p.Data)
	err = errors.Join(err, more)
	kept := 0
	for _, f := range slices.Backward(files) {
		if f.Ending != recordEnding || f.State != "" {
			continue
		}
		if _, foreign := ReadRecord(f.Path, p.Master); foreign != nil {
			continue
		}
		if kept++; kept > p.Keep {
			data := strings.TrimSuffix(f.Path, recordEnding) + dataEnding
			if gone := os.Remove(data); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
				continue
			}
			err = errors.Join(err, os.Remove(f.Path))
		}
	}
	return errors.Join(err, syncFolder(p.Keys), syncFolder(p.Data))
}

// opens reports whether a master key opens a file.
func opens(path string, master *journal.Master, part Part) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = newOpener(f, master, part)
	return err == nil
}

// newestKeys gives the file of keys to restore with: the newest in a folder,
// or the one that was named, if there is no newer one beside it.
func newestKeys(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	dir := path
	if !info.IsDir() {
		dir = filepath.Dir(path)
	}
	files, err := Files(dir)
	if err != nil {
		return "", err
	}
	newest := ""
	for _, f := range files {
		if f.HoldsKeys() && f.State == "" {
			newest = f.Path
		}
	}
	switch {
	case info.IsDir() && newest == "":
		return "", fmt.Errorf("%w: %s", ErrNoKeys, path)
	case info.IsDir():
		return newest, nil
	case named.MatchString(filepath.Base(path)) && newest != "" && filepath.Base(newest) != filepath.Base(path):
		return "", fmt.Errorf("%w: %s", ErrNotNewest, newest)
	}
	return path, nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
