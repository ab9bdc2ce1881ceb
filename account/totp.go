package account

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"samenspel"
)

// step is how long one code of the second factor stands (RFC 6238).
const step = 30 * time.Second

// factorBytes is the length of what an app makes its codes of: that of the
// HMAC-SHA-1 that every app knows.
const factorBytes = 20

// factorForm is how it is written, for who types it over.
var factorForm = base32.StdEncoding.WithPadding(base32.NoPadding)

// SealOfFactor is the purpose under which it is sealed. It holds the person, so
// that it does not open in somebody else's row.
func SealOfFactor(id samenspel.PersonID) string { return "second factor of " + string(id) }

// factorAddress is what an app reads from a QR code. It names the place and
// nobody: an app may show it on a screen that others see.
func factorAddress(secret []byte, place string) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Samenspel", AccountName: place, Secret: secret})
	if err != nil {
		return "", fmt.Errorf("account: write a second factor: %w", err)
	}
	return key.URL(), nil
}

// matching gives the number of the step whose code this is: the present one,
// the one before or the one after, as clocks differ. It gives false for no
// code, and for a step that is not later than the last that was used.
func matching(secret []byte, code string, last int64, now time.Time) (int64, bool, error) {
	found, ok := int64(0), false
	for _, at := range []time.Time{now.Add(-step), now, now.Add(step)} {
		want, err := totp.GenerateCodeCustom(factorForm.EncodeToString(secret), at,
			totp.ValidateOpts{Period: uint(step / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, fmt.Errorf("account: make a code: %w", err)
		}
		number := at.Unix() / int64(step/time.Second)
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && number > last && !ok {
			found, ok = number, true
		}
	}
	return found, ok, nil
}

// plainCode is what somebody typed without what they put between the signs.
func plainCode(typed string) string {
	if len(typed) > mostTyped {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "", "\u2011", "", "\u00a0", "", ".", "").Replace(typed)
}

// isStep reports whether this can be a code of the second factor.
func isStep(code string) bool { return len(code) == 6 && strings.Trim(code, "0123456789") == "" }
