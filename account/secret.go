package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
)

// The randomness in what opens something, in bytes. ASVS 5.0 asks for 128
// bits (7.2.3); a token is used far more often than a link and has double.
const (
	linkBytes  = 16
	tokenBytes = 32
)

// form is how a token is written: base64url without padding, one spelling
// for each value.
var form = base64.RawURLEncoding.Strict()

// linkForm is how the secret of a link is written: as on paper, from where
// somebody may have to type it. Small letters and digits, without the letters
// that look like another.
var linkForm = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// alike turns what a reader may make of a secret on paper into what it is.
var alike = strings.NewReplacer("o", "0", "i", "1", "l", "1", " ", "", "-", "", "\u00a0", "")

// mostTyped is the longest text that is looked at as a secret, in bytes.
const mostTyped = 64

// Hash is the SHA-256 of a secret or token: all that is kept of it. It is
// taken of random bytes, so it needs no salt and tells nothing about them. A
// store looks it up as a key, so what time the comparison takes tells at most
// about the hash, which nobody can steer.
type Hash [sha256.Size]byte

// newToken draws what keeps a session.
func newToken() (string, Hash) {
	token := draw(tokenBytes)
	return form.EncodeToString(token), sha256.Sum256(token)
}

// SessionID is by what somebody can point at a session among their own. It
// follows from what is kept of the token and leads back to nothing: whoever
// reads it on a page has no token, and no hash of one.
func SessionID(token Hash) string {
	sum := sha256.Sum256(append([]byte("samenspel: id of a session\x00"), token[:]...))
	return linkForm.EncodeToString(sum[:linkBytes])
}

func draw(size int) []byte {
	drawn := make([]byte, size)
	rand.Read(drawn) // never fails: the program ends first
	return drawn
}

// parseToken gives the hash of a token, or ErrNoEntry for a text that cannot
// be one. The length is looked at first, so that nobody can make this costly.
func parseToken(text string) (Hash, error) {
	if len(text) != form.EncodedLen(tokenBytes) {
		return Hash{}, ErrNoEntry
	}
	token, err := form.DecodeString(text)
	// The decoder skips line ends, so the text can still be too short.
	if err != nil || len(token) != tokenBytes {
		return Hash{}, ErrNoEntry
	}
	return sha256.Sum256(token), nil
}

// parseSecret gives the bytes of the secret of a link, or ErrNoEntry for a
// text that cannot be one.
func parseSecret(text string) ([]byte, error) {
	if len(text) > mostTyped {
		return nil, ErrNoEntry
	}
	text = alike.Replace(strings.ToLower(text))
	secret, err := linkForm.DecodeString(text)
	// Bits that are left over would make a second spelling.
	if err != nil || len(secret) != linkBytes || linkForm.EncodeToString(secret) != text {
		return nil, ErrNoEntry
	}
	return secret, nil
}
