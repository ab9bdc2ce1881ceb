package account_test

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"samenspel/account"
)

// The forms of what opens something: 128 bits in base32 as on paper, 256 in
// base64url. The last character has bits left over, which must be zero. A
// secret may be typed by hand: secretTyped is what may be one.
var (
	secretForm  = regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{25}[048cgmrw]$`)
	secretTyped = regexp.MustCompile(`(?i)^[ \x{a0}-]*(?:[0-9a-tv-z][ \x{a0}-]*){26}$`)
	tokenForm   = regexp.MustCompile(`^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$`)
)

func TestSecretsAreRandom(t *testing.T) {
	e := newEntrance(t)
	seen := map[string]bool{}
	for range 20 {
		secret := e.makeLink(t, amiras).Secret
		token := e.start(t, account.Person{ID: "amira"}, false)
		if !secretForm.MatchString(secret) || !tokenForm.MatchString(token) {
			t.Fatalf("a secret of %d and a token of %d characters, or of another form", len(secret), len(token))
		}
		seen[secret], seen[token] = true, true
	}
	if len(seen) != 40 {
		t.Errorf("%d different secrets and tokens, want 40", len(seen))
	}
}

// malformed are texts that are no secret and no token.
var malformed = []string{
	"", "A", " ", "\x00", "\xff\xfe",
	strings.Repeat("a", 25), strings.Repeat("a", 27), strings.Repeat("u", 26), strings.Repeat("0", 25) + "1", strings.Repeat("A", 44),
	strings.Repeat("A", 21) + "=", strings.Repeat("A", 21) + "B", strings.Repeat("A", 21) + "\n",
	strings.Repeat("A", 42) + "=", strings.Repeat("A", 42) + "B", strings.Repeat("A", 42) + "\n",
	strings.Repeat("+", 22), strings.Repeat("/", 43), strings.Repeat("é", 11),
	"' OR 1=1 --" + strings.Repeat("A", 11), strings.Repeat("A", 1<<20),
}

// TestMalformedNeverReachesTheStore asks a door without a store.
func TestMalformedNeverReachesTheStore(t *testing.T) {
	for _, text := range malformed {
		checkMalformed(t, text)
	}
}

// checkMalformed asks a door that would panic if it went to its store.
func checkMalformed(t *testing.T, text string) {
	t.Helper()
	var door account.Door
	if !secretTyped.MatchString(text) {
		_, _, err := door.Look(t.Context(), account.Key{Secret: text, Code: "CCCCCC"})
		checkEntry(t, "a malformed secret", err, false)
	}
	if !tokenForm.MatchString(text) {
		_, err := door.Who(t.Context(), text)
		checkEntry(t, "a malformed token", err, false)
		must(t, door.End(t.Context(), text))
	}
}

func FuzzSecrets(f *testing.F) {
	for _, text := range malformed[:len(malformed)-1] {
		f.Add(text)
	}
	f.Add(strings.Repeat("0", 26))
	f.Add(base64.RawURLEncoding.EncodeToString(make([]byte, 32)))
	e := newEntrance(f)
	f.Fuzz(func(t *testing.T, text string) {
		checkMalformed(t, text)
		e.opens(t, account.Key{Secret: text, Code: "CCCCCC"}, false)
		e.lives(t, text, false)
	})
}
