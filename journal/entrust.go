package journal

import (
	"crypto/hpke"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"time"
)

// Entrusted is a master key that was sealed for a person of trust, by RFC
// 9180. What stands beside it in the clear is bound to it: changed, it opens
// no more.
type Entrusted struct {
	Installation string      // of the data that the key belongs to
	At           time.Time   // in UTC and whole seconds
	For          Fingerprint // of the person's keys
	Key          Fingerprint // of the master key
	sealed       []byte
}

// Why an entrusted key does not open.
var (
	// ErrNotEntrusted says that a file holds no entrusted key.
	ErrNotEntrusted = errors.New("this is no master key that was entrusted to somebody, or not all of it")
	// ErrOtherPerson says that it was sealed for somebody else.
	ErrOtherPerson = errors.New("this was entrusted to another person: it needs their key")
	// ErrEntrustedChanged says that the file is not as it was made.
	ErrEntrustedChanged = errors.New("what was entrusted is not as it was made: take another copy of the file")
)

// Entrust seals the master key for a person of trust.
func (m *Master) Entrust(to *Trust, installation string, at time.Time) (Entrusted, error) {
	e := Entrusted{Installation: installation, At: at.UTC().Truncate(time.Second), For: to.Fingerprint(), Key: m.name}
	sealed, err := hpke.Seal(to.key, hpke.HKDFSHA256(), hpke.AES256GCM(), e.info(), m.secret)
	if err != nil {
		return Entrusted{}, fmt.Errorf("entrust the master key: %w", err)
	}
	e.sealed = sealed
	return e, nil
}

// info is what is bound to the sealed key.
func (e Entrusted) info() []byte {
	return frame("samenspel entrusted master key 1", e.Installation, number(e.At.Unix()), string(e.For[:]), string(e.Key[:]))
}

// Recover gives the master key back into a new file that only its owner can
// read. A file that exists is left as it is: the error is fs.ErrExist.
func (e Entrusted) Recover(with *Person, path string) error {
	if e.For != with.Trust().Fingerprint() {
		return ErrOtherPerson
	}
	secret, err := hpke.Open(with.key, hpke.HKDFSHA256(), hpke.AES256GCM(), e.info(), e.sealed)
	if err != nil || len(secret) != keySize {
		return ErrEntrustedChanged
	}
	m, err := newMaster(secret)
	if err != nil {
		return err
	}
	if m.name != e.Key {
		return ErrEntrustedChanged
	}
	if err := WriteSecret(path, secret); err != nil {
		return fmt.Errorf("write the recovered master key: %w", err)
	}
	return nil
}

// entrustedBlock is what a file with an entrusted key begins with.
const entrustedBlock = "SAMENSPEL ENTRUSTED MASTER KEY"

// File is the entrusted key as a file.
func (e Entrusted) File() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: entrustedBlock, Bytes: e.sealed, Headers: map[string]string{
		"Installation": e.Installation, "Date": e.At.Format(time.RFC3339),
		"For": hex.EncodeToString(e.For[:]), "Key": hex.EncodeToString(e.Key[:]),
	}})
}

// ParseEntrusted reads a file with an entrusted key.
func ParseEntrusted(file []byte) (Entrusted, error) {
	block, _ := pem.Decode(file)
	if block == nil || block.Type != entrustedBlock || len(file) > maxSecret {
		return Entrusted{}, ErrNotEntrusted
	}
	e := Entrusted{Installation: block.Headers["Installation"], sealed: block.Bytes}
	at, err := time.Parse(time.RFC3339, block.Headers["Date"])
	e.At = at.UTC()
	err = errors.Join(err, fingerprintIn(block.Headers["For"], &e.For), fingerprintIn(block.Headers["Key"], &e.Key))
	if err != nil {
		return Entrusted{}, ErrNotEntrusted
	}
	return e, nil
}

func fingerprintIn(text string, f *Fingerprint) error {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(f) {
		return ErrNotEntrusted
	}
	copy(f[:], b)
	return nil
}
