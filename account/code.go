package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"strings"
)

// ErrCode answers a key without a code, or with one that cannot be any. It
// uses up no try, and is the same for every link that needs a code and for
// what is no link.
var ErrCode = errors.New("account: this is no code")

// MostWrong is how often a wrong code may be given before the link closes for
// good: the project's requirement for invitations. With six of these signs
// five tries find a code once in thirteen million times.
const MostWrong = 5

const codeLength = 6

// codeSigns are what codes are made of. No two of them look alike on paper or
// sound alike by telephone, and without vowels they spell no words.
const codeSigns = "23456789CFHJKMPRTWXY"

// misread turns what somebody may hear or read into the sign that it is. Of
// each pair only one is a sign.
var misread = strings.NewReplacer("Z", "2", "S", "5", "G", "6", "B", "8", "1", "7", "N", "M", "V", "W",
	" ", "", "-", "", "\u2011", "", "\u00a0", "", ".", "")

// newCode draws a code.
func newCode() string {
	const even = 256 - 256%len(codeSigns) // above it some signs would come more often
	var code strings.Builder
	for code.Len() < codeLength {
		for _, b := range draw(codeLength) {
			if int(b) < even && code.Len() < codeLength {
				code.WriteByte(codeSigns[int(b)%len(codeSigns)])
			}
		}
	}
	return code.String()
}

// parseCode gives the code in what somebody typed, or ErrCode.
func parseCode(text string) (string, error) {
	if len(text) > mostTyped {
		return "", ErrCode
	}
	code := misread.Replace(strings.ToUpper(text))
	if len(code) != codeLength || strings.Trim(code, codeSigns) != "" {
		return "", ErrCode
	}
	return code, nil
}

// hashCode is all that is kept of a code. A code is short, so its hash is
// bound to the secret of its link, which is kept nowhere: whoever has the
// store alone cannot try the codes out.
func hashCode(secret []byte, code string) (h Hash) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("samenspel: code of a link\x00" + code))
	copy(h[:], mac.Sum(nil))
	return h
}
