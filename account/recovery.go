package account

import (
	"strings"

	"samenspel"
)

// RecoveryCodes is how many somebody gets. Each lets them in once in place of
// a code of the second factor.
const RecoveryCodes = 10

const recoveryLength = 12 // of 20 signs: 51 bits

// newRecovery draws codes, and gives them with all that is kept of them.
func (d *Door) newRecovery(person samenspel.PersonID) (codes []string, kept []Hash) {
	for range RecoveryCodes {
		code := newCode() + newCode()
		codes, kept = append(codes, code), append(kept, d.recoveryMark(person, code))
	}
	return codes, kept
}

// parseRecovery gives the recovery code in what somebody typed, or false.
func parseRecovery(typed string) (string, bool) {
	if len(typed) > mostTyped {
		return "", false
	}
	code := misread.Replace(strings.ToUpper(typed))
	return code, len(code) == recoveryLength && strings.Trim(code, codeSigns) == ""
}

// recoveryMark is all that is kept of a code. Without the master key nobody
// can try out which code it is of, and it is of no use to another person.
func (d *Door) recoveryMark(person samenspel.PersonID, code string) Hash {
	return d.Marker.Mark("recovery code of "+string(person), []byte(code))
}
