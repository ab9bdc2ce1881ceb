package suggest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"samenspel/lens"
)

// mask takes names and numbers out of the texts of a conversation. One mask is
// made for all of it, so that somebody is the same sign throughout.
type mask struct {
	speakers map[string]string // a sign for each label of a speaker
	known    map[string]string // a sign for each folded word of a name
	seen     map[string]string // the same, of words that are a name where they begin with a capital
	count    Masked
}

// Masked says how much was taken out of the text before it was sent.
type Masked struct {
	Names   int // of speakers, and others that were found
	Numbers int // numbers, dates, addresses
}

// newMask finds the names in a conversation. To those of its speakers come
// further ones that the caller knows of.
func newMask(coded []lens.Coded, names []string) *mask {
	m := &mask{speakers: map[string]string{}, known: map[string]string{}, seen: map[string]string{}}
	for i := range coded {
		if label := coded[i].Speaker; m.speakers[label] == "" {
			m.speakers[label] = fmt.Sprintf("P%d", len(m.speakers)+1)
			m.know(label, m.speakers[label])
		}
	}
	for i, name := range names {
		m.know(name, fmt.Sprintf("X%d", i+1))
	}
	for i := range coded {
		m.look(pieces(numbersOut(plain(coded[i].Text), nil)))
	}
	return m
}

// know remembers the words of a name.
func (m *mask) know(name, sign string) {
	for _, p := range pieces(plain(name)) {
		if p.word && isName(p) && m.known[p.folded] == "" {
			m.known[p.folded] = sign
		}
	}
}

// isName reports whether a word of a label names somebody. One letter does not:
// it would take that letter out of the whole text.
func isName(p piece) bool {
	return utf8.RuneCountInString(p.folded) > 1 && !labels[p.folded] && (!particles[p.folded] || p.capital && alsoWords[p.folded])
}

// look finds names that nobody gave: words with a capital within a sentence,
// and a word with a capital right before one, or before what people do.
func (m *mask) look(text []piece) {
	for i, p := range text {
		if !mayBeName(p) || m.signOf(p) != "" {
			continue
		}
		pair := i+2 < len(text) && text[i+1].text == " " && (mayBeName(text[i+2]) || telling[text[i+2].folded])
		if !p.opens || pair {
			m.seen[p.folded] = fmt.Sprintf("N%d", len(m.seen)+1)
		}
	}
}

// mayBeName reports whether a word could be the name of a person, a place or an
// organisation, by its form.
func mayBeName(p piece) bool {
	shouted := p.text == strings.ToUpper(p.text)
	return p.word && p.capital && utf8.RuneCountInString(p.folded) > 1 && !openers[p.folded] && !titles[p.folded] && !labels[p.folded] &&
		!(shouted && letters[p.folded])
}

// signOf gives the sign for a word that is a name, with or without an ending;
// empty for another word.
func (m *mask) signOf(p piece) string {
	if sign := m.find(p, p.folded); sign != "" {
		return sign
	}
	for _, ending := range endings {
		if stem, cut := strings.CutSuffix(p.folded, ending); cut && utf8.RuneCountInString(stem) > 2 {
			if sign := m.find(p, stem); sign != "" {
				return sign
			}
		}
	}
	return ""
}

func (m *mask) find(p piece, folded string) string {
	if alsoWords[folded] && !p.capital {
		return ""
	}
	if sign := m.known[folded]; sign != "" {
		return sign
	}
	if p.capital {
		return m.seen[folded]
	}
	return ""
}

// longest is how much of one utterance is sent, in characters.
const longest = 1500

// text gives a text without its names and numbers.
func (m *mask) text(text string) string {
	var out strings.Builder
	signed := false
	for _, p := range pieces(numbersOut(plain(text), &m.count.Numbers)) {
		if first, _ := firstRune(p.text); signed && unicode.IsDigit(first) {
			out.WriteByte(' ') // else it would be read as part of the sign
		}
		sign := m.signOf(p)
		if signed = p.word && sign != ""; signed {
			m.count.Names++
			p.text = sign
		}
		out.WriteString(p.text)
	}
	masked := []rune(out.String())
	return strings.TrimSpace(string(masked[:min(len(masked), longest)]))
}

// numbers are what points to somebody without being a name, in the order in
// which they are taken out.
var numbers = []struct {
	form *regexp.Regexp
	sign string
}{
	{regexp.MustCompile(`[^\s@<>]+@[^\s@<>]+`), "[e-mail]"},
	{regexp.MustCompile(`(?i)(?:https?://|www\.)\S+`), "[adres]"},
	{regexp.MustCompile(`\b[A-Z]{2} ?\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b`), "[rekening]"},
	{regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}[a-z0-9]{10,30}\b`), "[rekening]"},
	{regexp.MustCompile(`\p{Nd}{1,4}[-/. ]\p{Nd}{1,2}[-/. ]\p{Nd}{2,4}`), "[datum]"},
	{regexp.MustCompile(`(?i)\b\p{Nd}{1,2}(?:e|ste|de|st|nd|rd|th)? (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|` +
		`november|december|january|february|march|may|june|july|august|october)\b(?: \p{Nd}{2,4})?`), "[datum]"},
	{regexp.MustCompile(`(?i)[\p{L}'’.-]*(?:straat|laan|weg|plein|gracht|kade|hof|dijk|singel|steeg|dreef|plantsoen|pad|street|road|` +
		`avenue|lane) \p{Nd}+ ?(?:[a-z]\b)?`), "[adres]"},
	{regexp.MustCompile(`\b\p{Nd}{4} ?[A-Z]{2}\b|\b\p{Nd}{4}[a-z]{2}\b`), "[postcode]"},
	{regexp.MustCompile(`\+?\p{Nd}(?:[ ().\-/]{0,3}\p{Nd}){3,}`), "[getal]"},
}

// numbersOut takes numbers out of a text and adds up how many.
func numbersOut(text string, count *int) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '@' || r == '/' || unicode.IsDigit(r) }) &&
		!strings.Contains(strings.ToLower(text), "www.") {
		return text // most of what people say
	}
	for _, n := range numbers {
		text = n.form.ReplaceAllStringFunc(text, func(string) string {
			if count != nil {
				*count++
			}
			return n.sign
		})
	}
	return text
}
