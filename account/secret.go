package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// The randomness in what opens something, in bytes. ASVS 5.0 asks for 128
// bits (7.2.3); a token is used far more often than a link and has double.
const (
	linkBytes  = 16
	tokenBytes = 32
)

// form is how a secret is written: base64url without padding, one spelling
// for each value.
var form = base64.RawURLEncoding.Strict()

// Hash is the SHA-256 of a secret or token: all that is kept of it. It is
// taken of random bytes, so it needs no salt and tells nothing about them. A
// store looks it up as a key, so what time the comparison takes tells at most
// about the hash, which nobody can steer.
type Hash [sha256.Size]byte

// newSecret draws a secret of size random bytes.
func newSecret(size int) (string, Hash) {
	secret := make([]byte, size)
	rand.Read(secret) // never fails: the program ends first
	return form.EncodeToString(secret), sha256.Sum256(secret)
}

// parse gives the hash of a secret of size bytes, or ErrNoEntry for a text
// that cannot be one. The length is looked at first, so that nobody can make
// this costly.
func parse(text string, size int) (Hash, error) {
	if len(text) != form.EncodedLen(size) {
		return Hash{}, ErrNoEntry
	}
	secret, err := form.DecodeString(text)
	// The decoder skips line ends, so the text can still be too short.
	if err != nil || len(secret) != size {
		return Hash{}, ErrNoEntry
	}
	return sha256.Sum256(secret), nil
}
