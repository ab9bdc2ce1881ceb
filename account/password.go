package account

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The length of a password, in characters. What is long is hard to guess, also
// without rules about which signs are in it (NIST SP 800-63B-4 asks for this
// length where a password may be tried by itself, and forbids such rules).
const (
	LeastPassword = 15
	MostPassword  = 256
)

// Weak says why a password or a sign-in name is not taken.
type Weak string

// The reasons.
const (
	WeakShort Weak = "short" // under LeastPassword
	WeakLong  Weak = "long"  // over MostPassword, or no text
	WeakKnown Weak = "known" // many people have it: it is tried first
	WeakPlain Weak = "plain" // one sign, or a row of signs, over and over
	WeakName  Weak = "name"  // little more than the sign-in name, or the name of this place
	WeakSign  Weak = "sign"  // a sign-in name that is too short or too long
)

func (w Weak) Error() string { return "account: the password is not taken: " + string(w) }

// passwords are those that many people have, in small letters, one a line. They
// are from @zxcvbn-ts/language-common 4.1.3, with its licence beside them.
//
//go:embed known/passwords.txt.gz
var passwords []byte

// leastName and mostName bound a sign-in name, in characters.
const (
	leastName = 3
	mostName  = 64
)

// signName is a sign-in name in its one spelling: as with the profile of RFC
// 8265 for names without case, wide and narrow letters are one as well.
func signName(typed string) (string, error) {
	if len(typed) > 4*mostName || !utf8.ValidString(typed) {
		return "", WeakSign
	}
	name := strings.Join(strings.Fields(norm.NFKC.String(strings.ToLower(norm.NFKC.String(typed)))), " ")
	if n := utf8.RuneCountInString(name); n < leastName || n > mostName || strings.ContainsFunc(name, unicode.IsControl) {
		return "", WeakSign
	}
	return name, nil
}

// spelled is a password in its one spelling, or false for what cannot be one.
// No sign is lost: a space counts, also at the end.
func spelled(password string) (string, bool) {
	if len(password) > 4*MostPassword || !utf8.ValidString(password) {
		return "", false
	}
	password = norm.NFC.String(password)
	return password, utf8.RuneCountInString(password) <= MostPassword
}

// checkPassword refuses a password that is short, or that those who guess try
// first. The words to avoid are the sign-in name and the name of the place.
func checkPassword(password string, avoid ...string) error {
	text, ok := spelled(password)
	if !ok {
		return WeakLong
	}
	if utf8.RuneCountInString(text) < LeastPassword {
		return WeakShort
	}
	folded := strings.ToLower(norm.NFKC.String(text))
	if plain(folded) {
		return WeakPlain
	}
	for _, word := range avoid {
		if word = strings.ToLower(norm.NFKC.String(word)); len(word) >= leastName && filler(strings.ReplaceAll(folded, word, "")) {
			return WeakName
		}
	}
	known, err := wellKnown(folded)
	if err == nil && known {
		err = WeakKnown
	}
	return err
}

// wellKnown reports whether a password is one that many have, however often it
// is repeated, and with whatever little before, between and behind it.
func wellKnown(password string) (bool, error) {
	packed, err := gzip.NewReader(bytes.NewReader(passwords))
	if err != nil {
		return false, fmt.Errorf("account: read the known passwords: %w", err)
	}
	lines := bufio.NewScanner(packed)
	for lines.Scan() {
		word := string(lines.Bytes())
		if strings.Contains(password, word) && filler(strings.ReplaceAll(password, word, "")) {
			return true, nil
		}
	}
	if err := lines.Err(); err != nil {
		return false, fmt.Errorf("account: read the known passwords: %w", err)
	}
	return false, nil
}

// filler reports whether what is left of a password adds next to nothing: no
// more than three letters, or all in a row.
func filler(rest string) bool {
	letters := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters <= 3 || plain(rest)
}

// rows are the signs of a keyboard and of the alphabet, as fingers go along them.
var rows = []string{"qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "abcdefghijklmnopqrstuvwxyz", "1234567890", "`1234567890-=", "!@#$%^&*()_+"}

// plain reports whether a text is one short piece over and over, or goes along
// rows, forward or back.
func plain(text string) bool {
	signs := []rune(text)
	for size := 1; size <= 4 && size < len(signs); size++ {
		if repeats(signs, size) {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(signs); i++ {
		if neighbours(signs[i-1], signs[i]) {
			steps++
		}
	}
	return len(signs) > 1 && 4*steps >= 3*(len(signs)-1) // three of four steps
}

func repeats(signs []rune, size int) bool {
	for i := size; i < len(signs); i++ {
		if signs[i] != signs[i-size] {
			return false
		}
	}
	return true
}

// neighbours reports whether one sign stands beside another in a row, or is the
// same.
func neighbours(a, b rune) bool {
	if a == b {
		return true
	}
	for _, row := range rows {
		i, j := strings.IndexRune(row, a), strings.IndexRune(row, b)
		if i >= 0 && j >= 0 && (j-i == 1 || i-j == 1 || i-j == len(row)-1) {
			return true
		}
	}
	return false
}
