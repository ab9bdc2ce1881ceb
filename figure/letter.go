package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samenspel"
)

// spelled gives words to a drawing. Only here do they come into the clear.
func spelled(w samenspel.Words) string { return w.Text() }

// firstLetter is where the first letter of a text ends, with all that belongs
// to it.
func firstLetter(text string) int {
	const joiner = "\u200d" // makes one sign of the two beside it
	_, end := utf8.DecodeRuneInString(text)
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !belongs(r) && !strings.HasSuffix(text[:end], joiner) {
			break
		}
		end += size
	}
	return end
}

// lastLetter is where the last letter of a text begins.
func lastLetter(text string) int {
	start := 0
	for next := 0; next < len(text); next += firstLetter(text[next:]) {
		start = next
	}
	return start
}

// belongs reports whether a character is part of the letter before it: an
// accent, a joiner, the colour of a skin.
func belongs(r rune) bool {
	return unicode.In(r, unicode.M, unicode.Cf) || '\U0001F3FB' <= r && r <= '\U0001F3FF'
}

// width is about how wide a line is on a phone. It is an estimate, rather too
// wide than too small: a drawing does not know the letters of its reader.
func width(line string) float64 {
	w := 0.0
	for _, r := range line {
		switch {
		case belongs(r):
		case strings.ContainsRune(" iljtfr.,:;'’|!()-", r):
			w += 6.2
		case strings.ContainsRune("mwMW@…", r):
			w += 16
		case unicode.IsUpper(r):
			w += 12.5
		case r < '\u1100': // letters; after them come scripts of wide signs
			w += 10.3
		default:
			w += 20
		}
	}
	return w
}

// rightToLeft reports whether the first letter of a line is of a script that
// runs from right to left.
func rightToLeft(line string) bool {
	for _, r := range line {
		if unicode.IsLetter(r) {
			return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
		}
	}
	return false
}
