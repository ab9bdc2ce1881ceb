package lens

import (
	"strings"
	"unicode"
)

// Strip gives a text as speech recognition without punctuation would: small
// letters, no marks but the apostrophe inside a word, single spaces.
func Strip(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case inWord(r):
			b.WriteRune(unicode.ToLower(r))
		case isApostrophe(r) && i > 0 && i+1 < len(runes) && inWord(runes[i-1]) && inWord(runes[i+1]):
			b.WriteByte('\'')
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// inWord reports whether a rune is part of a word.
func inWord(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isApostrophe reports whether a rune can stand in a word such as don't and
// zo'n.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' }
