package journal

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Mark gives a keyed mark of something: the same for the same purpose and
// text, and to be found by nobody without the master key. It stands for what
// is looked up and may not lie there itself.
func (m *Master) Mark(purpose string, plain []byte) [32]byte {
	key, err := m.derive("mark " + purpose)
	if err != nil {
		panic(err) // a key of 32 bytes can always be derived
	}
	h := hmac.New(sha256.New, key)
	h.Write(plain)
	return [32]byte(h.Sum(nil))
}
