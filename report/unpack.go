package report

import (
	"archive/zip"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"samenspel"
)

// What is read of a package at most, so that a file of some kilobytes cannot
// fill a machine. Sizes are counted while reading: what a ZIP says of itself
// is not believed.
const (
	MaxPacked    = 20 << 20  // of the ZIP itself
	maxUnpacked  = 100 << 20 // of all its files together
	maxEntries   = 1000
	maxManifest  = 1 << 20
	maxStory     = 32 << 20
	maxDirectory = 1 << 20 // of what is read to find out which files there are
)

// Package is a story that was read, and found whole and signed.
type Package struct {
	Origin   samenspel.Origin
	Made     time.Time
	Language string
	Story    samenspel.Story
}

// no is what is wrong with a package, said to whoever brought it.
func no(key string) error { return &samenspel.Refusal{Class: samenspel.Invalid, Key: key} }

// Open reads a package of this or another installation, at a moment. The error
// is a [samenspel.Refusal] that says what is wrong.
func Open(r io.ReaderAt, size int64, now time.Time) (*Package, error) {
	if size > MaxPacked {
		return nil, no("invalid.story_large")
	}
	u, err := unpack(r, size)
	if err != nil {
		return nil, err
	}
	m, err := u.manifest()
	if err != nil {
		return nil, err
	}
	story, err := u.contents(m)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(m.Key) // as when its signature was checked
	if err != nil {
		return nil, no("invalid.story_signature")
	}
	p := &Package{Origin: Fingerprint(key), Made: m.Made, Language: m.Language}
	if p.Story, err = parse(story, p, now); err != nil {
		return nil, err
	}
	if !p.Story.Whole(now) {
		return nil, no("invalid.story_data")
	}
	return p, nil
}

// unpacking is a ZIP of which the names are known to be harmless.
type unpacking struct {
	from  *metered
	files map[string]*zip.File
	left  int64 // how much may still come out of it
}

// unpack looks at which files there are.
func unpack(r io.ReaderAt, size int64) (*unpacking, error) {
	from := &metered{from: r, left: maxDirectory}
	z, err := zip.NewReader(from, size)
	switch {
	case from.spent:
		return nil, no("invalid.story_much")
	case err != nil:
		return nil, no("invalid.story_damaged")
	case len(z.File) > maxEntries:
		return nil, no("invalid.story_much")
	}
	u := &unpacking{from: from, files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		if err := harmless(f); err != nil {
			return nil, err
		}
		if u.files[f.Name] != nil {
			return nil, no("invalid.story_twice")
		}
		u.files[f.Name] = f
	}
	// Each byte of the ZIP is needed once: files that lie over each other in it
	// are no way to make a small one long.
	from.left = 2 * MaxPacked
	return u, nil
}

// plainName is a name as this program gives it: no folder, no way up or
// across, nothing that two systems read in two ways.
var plainName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}(\.[a-z0-9]{1,10}){1,2}$`)

func harmless(f *zip.File) error {
	switch {
	case !utf8.ValidString(f.Name):
		return no("invalid.story_utf8")
	case !f.Mode().IsRegular() || f.Mode()&fs.ModeSymlink != 0 || !plainName.MatchString(f.Name):
		return no("invalid.story_path")
	}
	return nil
}

// read gives what is in a file, at most so many bytes of it, and its hash.
// With keep false only the hash and the size are left.
func (u *unpacking) read(name string, most int64, keep bool) (data []byte, size int64, sum []byte, err error) {
	from, err := u.files[name].Open()
	if err != nil {
		return nil, 0, nil, u.damaged()
	}
	defer from.Close() // nothing to lose: it was read
	h := sha256.New()
	t := taking{from: from, most: min(most, u.left), hash: h, keep: keep}
	if err := t.all(); err != nil {
		if errors.Is(err, errTooMuch) {
			return nil, 0, nil, no("invalid.story_much")
		}
		return nil, 0, nil, u.damaged()
	}
	u.left -= t.size
	return t.data, t.size, h.Sum(nil), nil
}

// damaged is what is wrong when a file cannot be read.
func (u *unpacking) damaged() error {
	if u.from.spent {
		return no("invalid.story_much")
	}
	return no("invalid.story_damaged")
}

var errTooMuch = errors.New("report: more than may come out of it")

// taking reads bit by bit, and stops at the limit.
type taking struct {
	from io.Reader
	most int64
	hash hash.Hash
	keep bool
	size int64
	data []byte
}

func (t *taking) all() error {
	var some [32 << 10]byte
	for {
		n, err := t.from.Read(some[:])
		t.size += int64(n)
		if t.size > t.most {
			return errTooMuch
		}
		t.hash.Write(some[:n])
		if t.keep {
			t.data = append(t.data, some[:n]...)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil: // cut off, changed, or packed in a way that is not known
			return err
		}
	}
}

// manifest reads and checks the manifest and its signature.
func (u *unpacking) manifest() (*Manifest, error) {
	if u.files[manifestFile] == nil || u.files[signatureFile] == nil || u.files[storyFile] == nil {
		return nil, no("invalid.story_foreign")
	}
	data, _, _, err := u.read(manifestFile, maxManifest, true)
	if err != nil {
		return nil, err
	}
	if err := known(data); err != nil {
		return nil, err
	}
	signature, _, _, err := u.read(signatureFile, 1<<10, true)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := strictly(data, &m); err != nil {
		return nil, no("invalid.story_data")
	}
	key, keyErr := base64.StdEncoding.Strict().DecodeString(m.Key)
	mark, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(string(signature), "\n"))
	if keyErr != nil || err != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, signed(data), mark) {
		return nil, no("invalid.story_signature")
	}
	return &m, nil
}

// contents holds every file against the manifest, and gives the open data.
func (u *unpacking) contents(m *Manifest) (story []byte, err error) {
	if len(m.Files)+2 != len(u.files) {
		return nil, no("invalid.story_changed")
	}
	seen := map[string]bool{manifestFile: true, signatureFile: true}
	for _, listed := range m.Files {
		if u.files[listed.Name] == nil || seen[listed.Name] {
			return nil, no("invalid.story_changed")
		}
		seen[listed.Name] = true
		isStory := listed.Name == storyFile
		most := int64(maxUnpacked)
		if isStory {
			most = maxStory
		}
		data, size, sum, err := u.read(listed.Name, most, isStory)
		switch {
		case err != nil:
			return nil, err
		case size != listed.Size || hex.EncodeToString(sum) != listed.SHA256:
			return nil, no("invalid.story_changed")
		case isStory:
			story = data
		}
	}
	if story == nil {
		return nil, no("invalid.story_changed")
	}
	return story, nil
}

// metered reads no more than it may.
type metered struct {
	from  io.ReaderAt
	left  int64
	spent bool
}

var errSpent = errors.New("report: read enough")

// ReadAt reads as the one behind it, until the meter is empty.
func (m *metered) ReadAt(p []byte, off int64) (int, error) {
	if m.left -= int64(len(p)); m.left < 0 {
		m.spent = true
		return 0, errSpent
	}
	return m.from.ReadAt(p, off)
}
