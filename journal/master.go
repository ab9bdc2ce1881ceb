package journal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
)

// KeySize is the length of the master key, in bytes, and keySize that of every
// key: AES-256 and HMAC-SHA256.
const (
	KeySize = keySize
	keySize = 32
)

// Master is the key above all keys. It lives in a file of its own, apart from
// the database and its backups. It prints as a mark.
type Master struct {
	secret []byte
	wrap   cipher.AEAD // seals the keys of alliances
	sign   []byte      // signs heads and the register
	name   Fingerprint

	before atomic.Pointer[Master] // while the key is changed: opens, never seals
	house  atomic.Pointer[secrets]
}

// KeyFileError says why a key file is not used and what to do about it.
type KeyFileError struct {
	Path    string
	Problem string
}

func (e *KeyFileError) Error() string { return fmt.Sprintf("key file %s %s", e.Path, e.Problem) }

// MakeMaster makes a new master key in a file that only its owner can read.
// A file that exists is left as it is: the error is fs.ErrExist.
func MakeMaster(path string) (*Master, error) {
	secret := make([]byte, keySize)
	rand.Read(secret)
	if err := WriteSecret(path, secret); err != nil {
		return nil, fmt.Errorf("make the master key: %w", err)
	}
	return newMaster(secret)
}

// WriteSecret writes a new file that only its owner can read, durably, or
// none: it gets its name when it is whole. A file that exists is left as it is:
// the error is fs.ErrExist.
func WriteSecret(path string, secret []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*") // for its owner alone
	if err != nil {
		return err
	}
	_, err = f.Write(secret)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path)
	}
	named := err == nil
	if err = errors.Join(err, os.Remove(f.Name())); err == nil {
		err = syncFolder(dir)
	}
	if err != nil && named {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// OpenMaster reads the master key. The error is fs.ErrNotExist when there is
// no file, and a [KeyFileError] when the file is not fit to be used.
func OpenMaster(path string) (*Master, error) {
	secret, err := readSecret(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("open the master key: %w", err)
	case len(secret) != keySize:
		return nil, &KeyFileError{path, fmt.Sprintf("is not %d bytes long: put the right key back from your own copy", keySize)}
	}
	return newMaster(secret)
}

// maxSecret bounds a file with a secret in it.
const maxSecret = 16 << 10

// readSecret reads a file that is for its owner alone, or gives a
// [KeyFileError] for one that is not.
func readSecret(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &KeyFileError{path, "is not a regular file: put the key itself in its place"}
	case info.Mode().Perm()&0o077 != 0:
		return nil, &KeyFileError{path, "is open to others than its owner: run chmod 600 on it, and ask yourself who has read it"}
	case info.Size() > maxSecret:
		return nil, &KeyFileError{path, "is far too long for a key"}
	}
	return os.ReadFile(path)
}

func newMaster(secret []byte) (*Master, error) {
	m := &Master{secret: secret}
	sign, err := m.derive("sign")
	if err != nil {
		return nil, err
	}
	m.sign = sign
	name, err := m.derive("fingerprint")
	if err != nil {
		return nil, err
	}
	copy(m.name[:], name)
	m.wrap, err = m.sealer("wrap")
	return m, err
}

// Replaces lets the key open and check what is still under the one before it.
// Nothing new comes under that one. It opens until the program ends: somebody
// may be about to open what was read just before it was renewed.
func (m *Master) Replaces(before *Master) { m.before.Store(before) }

// unwrap opens a wrapped key that is under this key or the one before.
func (m *Master) unwrap(sealed, at []byte) ([]byte, error) {
	key, err := m.wrap.Open(nil, nil, sealed, at)
	if before := m.before.Load(); err != nil && before != nil {
		return before.wrap.Open(nil, nil, sealed, at)
	}
	return key, err
}

// derive gives the key for one purpose. Keys of two purposes tell nothing
// about each other.
func (m *Master) derive(purpose string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, m.secret, nil, "samenspel "+purpose, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive the key for %s: %w", purpose, err)
	}
	return key, nil
}

func (m *Master) sealer(purpose string) (cipher.AEAD, error) {
	key, err := m.derive(purpose)
	if err != nil {
		return nil, err
	}
	return newSealer(key)
}

// newSealer gives AES-256-GCM that puts a fresh random nonce before what it
// seals.
func newSealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal closes text that is no part of an alliance, such as a name at the
// door. Only Open with the same purpose opens it; a purpose with an id in it
// keeps the text from standing in another's place.
func (m *Master) Seal(purpose string, plain []byte) ([]byte, error) {
	s, err := m.sealer("seal " + purpose)
	if err != nil {
		return nil, err
	}
	return s.Seal(nil, nil, plain, nil), nil
}

// Open gives back what Seal closed, or ErrDamaged.
func (m *Master) Open(purpose string, sealed []byte) ([]byte, error) {
	plain, err := m.openAlone(purpose, sealed)
	if before := m.before.Load(); err != nil && before != nil {
		return before.openAlone(purpose, sealed)
	}
	return plain, err
}

// openAlone opens what is under this key, not what is under the one before.
func (m *Master) openAlone(purpose string, sealed []byte) ([]byte, error) {
	s, err := m.sealer("seal " + purpose)
	if err != nil {
		return nil, err
	}
	plain, err := s.Open(nil, nil, sealed, nil)
	if err != nil {
		return nil, fmt.Errorf("open what was sealed: %w", ErrDamaged)
	}
	return plain, nil
}

// mac signs parts with the master key.
func (m *Master) mac(parts ...string) []byte { return mac(m.sign, parts...) }

// Format prints a mark in place of the key.
func (m *Master) Format(s fmt.State, _ rune) { io.WriteString(s, "‹master key›") }

func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(frame(parts...))
	return h.Sum(nil)
}

// syncFolder makes a new file's name durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
