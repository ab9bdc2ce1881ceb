package lens

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords is how long an utterance may be before it is cut at a joining word:
// the transcripts of speech recognition can go on for a page without a stop.
const maxWords = 40

// Split cuts what one speaker said into utterances: at the end of a sentence,
// and in text without sentences at a joining word. Nothing is lost but spaces.
func Split(text string) []string {
	var parts []string
	for _, sentence := range sentences(strings.Join(strings.Fields(text), " ")) {
		parts = append(parts, shorter(sentence)...)
	}
	return parts
}

// sentences cuts at the ends of sentences.
func sentences(text string) []string {
	var parts []string
	begin, seen := 0, 0
	for i, r := range text {
		if i < seen || !ends(r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(text) && strings.ContainsRune(`.!?…"')”’»`, runeAt(text, end)) {
			end += utf8.RuneLen(runeAt(text, end))
		}
		seen = end
		if end < len(text) && !newSentence(text[begin:i], text[i:end], text[end:]) {
			continue
		}
		parts = append(parts, strings.TrimSpace(text[begin:end]))
		begin = end
	}
	if rest := strings.TrimSpace(text[begin:]); rest != "" {
		parts = append(parts, rest)
	}
	return joinSounds(parts)
}

func ends(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func runeAt(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// newSentence reports whether a sentence ends with a stop, given what stands
// before it and after it.
func newSentence(before, stop, after string) bool {
	if after[0] != ' ' {
		return false
	}
	next := runeAt(strings.TrimLeft(after, ` "'(“‘«[`), 0)
	if strings.ContainsAny(stop, "!?") {
		return true
	}
	word := before[strings.LastIndexByte(before, ' ')+1:]
	if stop == "." && (slices.Contains(short, strings.ToLower(word)) || utf8.RuneCountInString(word) == 1 && unicode.IsUpper(runeAt(word, 0))) {
		return false
	}
	// Three dots before a small letter are a pause within the sentence.
	return stop == "." || unicode.IsUpper(next) || unicode.IsDigit(next)
}

// short are words that end with a stop inside a sentence.
var short = []string{"bijv", "bv", "dhr", "mevr", "mw", "dr", "drs", "mr", "mrs", "ms", "prof", "st", "nr", "tel", "o.a", "d.w.z", "i.p.v", "t.o.v", "m.b.t", "a.u.b", "e.g", "i.e", "vs", "ca", "ong", "evt", "enz"}

// joinSounds puts a sound that stands alone, as "[zucht]", with the words that
// follow it, or else with those before it.
func joinSounds(parts []string) []string {
	var joined []string
	sound := ""
	for _, p := range parts {
		for strings.HasPrefix(p, "[") && strings.Contains(p, "]") {
			end := strings.IndexByte(p, ']') + 1
			sound += p[:end] + " "
			p = strings.TrimLeft(p[end:], " .")
		}
		if p == "" {
			continue
		}
		joined = append(joined, sound+p)
		sound = ""
	}
	if sound = strings.TrimSpace(sound); sound != "" {
		if len(joined) == 0 {
			return []string{sound}
		}
		joined[len(joined)-1] += " " + sound
	}
	return joined
}

// joining are words at which talk without stops goes on with a new thought.
var joining = []string{"maar", "want", "dus", "en", "toen", "daarom", "nou", "but", "because", "so", "and", "then", "well"}

// shorter cuts a sentence that goes on too long.
func shorter(sentence string) []string {
	words := strings.Fields(sentence)
	var parts []string
	for len(words) > maxWords {
		at := maxWords
		for i := maxWords; i > maxWords/3; i-- {
			if slices.Contains(joining, strings.ToLower(words[i])) {
				at = i
				break
			}
		}
		parts = append(parts, strings.Join(words[:at], " "))
		words = words[at:]
	}
	return append(parts, strings.Join(words, " "))
}
