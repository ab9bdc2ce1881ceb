package lens

import (
	"slices"
	"strings"
)

// Tongue finds in which language people speak, by the smallWords words that every
// sentence is full of.
type Tongue struct{ words, nl, en int }

// enoughWords is how many must have been heard before it can be said that it is
// neither language.
const enoughWords = 40

// smallWords are words of one language that the other does not have.
var smallWords = struct{ nl, en []string }{
	nl: []string{"de", "het", "een", "en", "ik", "je", "jij", "dat", "niet", "maar", "van", "wat", "die", "voor", "met", "er", "ook", "nog", "naar", "hij", "zij", "ze", "wij", "we", "heb", "hebt", "heeft", "bij", "om", "dan", "nou", "wel", "hoe", "als", "toch", "mijn", "moet", "kan", "ben", "bent", "dus", "ja", "nee", "zo", "te"},
	en: []string{"the", "a", "and", "you", "that", "not", "but", "of", "for", "with", "it", "it's", "to", "he", "she", "they", "my", "have", "has", "this", "about", "how", "if", "are", "was", "were", "can", "i'm", "don't", "do", "your", "what", "yes", "on", "at", "from", "would", "just"},
}

// Hear listens to what somebody says.
func (t *Tongue) Hear(text string) {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		w = strings.Trim(w, `.,!?…:;"'()“”‘’[]-`)
		if w == "" {
			continue
		}
		t.words++
		if slices.Contains(smallWords.nl, w) {
			t.nl++
		}
		if slices.Contains(smallWords.en, w) {
			t.en++
		}
	}
}

// Language gives "nl" or "en", or "" where so much was heard that it is clear
// that it is neither.
func (t *Tongue) Language() string {
	if t.words >= enoughWords && max(t.nl, t.en)*5 < t.words {
		return ""
	}
	if t.en > t.nl {
		return "en"
	}
	return "nl"
}
