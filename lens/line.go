package lens

import "unicode"

// line is an utterance as its features are taken from it: in small letters,
// cut into words, each of them hashed once.
type line struct {
	runes []rune
	words []word
	marks marks
	// sentence is where the last sentence begins, in words.
	sentence int
	speaker  string
	role     Role
	turn     int
}

// word is one word of a line.
type word struct {
	from, to int    // in the runes
	hash     uint64 // of its letters
	frame    uint64 // of the word itself where it is a small word of the language, else of its kind
	kinds    kinds
}

// marks is what a line has beside words.
type marks uint16

// The marks that say something about what an utterance does.
const (
	asks     marks = 1 << iota // a question mark
	asksLast                   // a question mark at the end
	calls                      // an exclamation mark
	trails                     // dots or a dash at the end
	breaks                     // dots or a dash inside
	aside                      // brackets: [sighs]
	full                       // a full stop at the end
	commas
	figures // a number in digits
	written // any mark at all: the text is not stripped
)

// read takes an utterance apart. What the line held before is written over.
func (l *line) read(u *Utterance) {
	l.runes, l.words, l.marks, l.sentence = l.runes[:0], l.words[:0], 0, 0
	l.speaker, l.role, l.turn = u.Speaker, u.Role, u.Turn
	ended := false // a sentence ended, and no word came yet
	var last rune  // the last that was no space
	open := word{from: -1}
	var before rune
	for _, r := range u.Text {
		switch {
		case inWord(r):
			if open.from < 0 {
				open = word{from: len(l.runes), hash: seed}
				if ended {
					l.sentence, ended = len(l.words), false
				}
			}
			l.letter(&open, unicode.ToLower(r))
		case isApostrophe(r) && open.from >= 0:
			l.letter(&open, '\'')
		default:
			l.close(&open)
			l.mark(r, before)
			if r == '.' || r == '?' || r == '!' || r == '…' {
				ended = true
			}
		}
		if r != ' ' {
			last = r
		}
		before = r
	}
	l.close(&open)
	l.end(last)
}

// letter adds a letter to an open word.
func (l *line) letter(w *word, r rune) {
	l.runes = append(l.runes, r)
	w.hash = step(w.hash, uint64(r))
}

// close ends an open word. Apostrophes at its end are quotes.
func (l *line) close(w *word) {
	if w.from < 0 {
		return
	}
	to := len(l.runes)
	for to > w.from && l.runes[to-1] == '\'' {
		to--
	}
	l.runes = l.runes[:to]
	w.to = to
	w.hash = seed
	for _, r := range l.runes[w.from:to] {
		w.hash = step(w.hash, uint64(r))
	}
	w.look(l.runes[w.from:to])
	if w.kinds.has(isFigure) {
		l.marks |= figures
	}
	l.words = append(l.words, *w)
	w.from = -1
}

// mark notes a rune that is no part of a word.
func (l *line) mark(r, before rune) {
	switch r {
	case '?':
		l.marks |= asks | written
	case '!':
		l.marks |= calls | written
	case ',', ';', ':':
		l.marks |= commas | written
	case '…', '–', '—':
		l.marks |= breaks | written
	case '-', '.':
		l.marks |= written
		if before == r {
			l.marks |= breaks
		}
	case '[', '(', '*':
		l.marks |= aside | written
	}
}

// end notes how the line ends.
func (l *line) end(last rune) {
	switch last {
	case '?':
		l.marks |= asksLast
	case '.':
		l.marks |= full
	case '…', '-', '–', '—':
		l.marks |= trails
	}
}

// seed is where hashes begin.
const seed uint64 = 0xcbf29ce484222325

// step takes one more number into a hash.
func step(h, n uint64) uint64 { return (h ^ n) * 0x100000001b3 }

// mix makes all bits of a hash depend on all of it.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	return h
}

// join takes a second hash into a first; the order matters.
func join(a, b uint64) uint64 { return mix(a*0x9e3779b97f4a7c15 + b) }
