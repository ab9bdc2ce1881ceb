package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCounted is how many different beginnings of lines are counted.
const maxCounted = 5000

// counted is how often a name stands where a speaker would.
type counted struct {
	proper   bool // written as a name
	count    int
	first    bool // at least once at the beginning of a paragraph
	followed int  // as a header: with text below
}

// named is a name with the way in which it says who speaks.
type named struct {
	form form
	name string
}

// census looks at all lines of a text to learn who speaks in it.
type census struct {
	counts map[named]*counted

	lines, labelled   int // with text; of those, with a proper name and a colon
	loose             int // with another word or two and a colon
	starts, atStart   int // the same, at the beginning of a paragraph
	headers, followed int
	bare              int // lines that begin with a time without brackets
	timed             bool
	head              *counted // of the line before
}

// add counts a line; start says that it begins a paragraph.
func (c *census) add(l *label, start bool) {
	c.lines++
	if start {
		c.starts++
	}
	below := c.head != nil && !l.when.timed
	if below {
		c.head.followed++
		c.followed++
	}
	if c.head = nil; l.when.timed {
		c.timed = c.timed || !l.bare
		if l.bare {
			c.bare++
		}
	}
	if l.form == unlabelled || below && l.form == byHeader || stray(l.name) {
		return
	}
	n := c.of(named{l.form, l.name})
	if n == nil {
		return
	}
	n.count++
	n.first = n.first || start
	switch {
	case l.form == byHeader:
		c.headers++
		c.head = n
	case !n.proper:
		c.loose++
	default:
		c.labelled++
		if start {
			c.atStart++
		}
	}
}

func (c *census) of(key named) *counted {
	n := c.counts[key]
	if n == nil && len(c.counts) < maxCounted {
		if c.counts == nil {
			c.counts = map[named]*counted{}
		}
		n = &counted{proper: isProper(key.name)}
		c.counts[key] = n
	}
	return n
}

// cast is who speaks in a text that says so in its lines.
type cast struct {
	names map[named]bool
	bare  bool // lines begin with a time without brackets
	timed bool
}

// cast decides from the whole who speaks.
func (c *census) cast() cast {
	found := cast{names: map[named]bool{}, bare: c.bare*2 >= c.lines && c.bare > 0}
	found.timed = c.timed || found.bare
	for key, n := range c.counts {
		if c.speaks(key.form, n) {
			found.names[key] = true
		}
	}
	return found
}

// speaks weighs one name. A sentence can have a colon in it, so one that stands
// there once counts only where nearly all lines have a name.
func (c *census) speaks(f form, n *counted) bool {
	often := n.count >= 2 && n.count*10 >= c.lines
	whole := c.headers >= 2 && c.followed*10 >= c.headers*8
	switch f {
	case byHeader:
		return n.proper && n.followed*10 >= n.count*8 && (n.count >= 2 || whole) || often && whole
	case byBracket:
		return n.proper && often
	}
	if !n.proper {
		// Where names stand above the text, this is text.
		return often && !whole && (n.count >= 3 || (c.labelled+c.loose)*10 >= c.lines*8)
	}
	return n.count >= 2 || c.labelled*2 >= c.lines || n.first && c.atStart*2 >= c.starts
}

// says reports whether a label names somebody who speaks.
func (c *cast) says(l *label) bool { return l.form != unlabelled && c.names[named{l.form, l.name}] }

// particles are the small words in names and before them.
var particles = wordsOf("de den der des het te ten ter van von vd d' 't in op la le el al bin ben da dos " +
	"heer mevrouw meneer mevr mevr. mw mw. dhr dhr. mr mr. mrs mrs. ms ms. dr dr. prof prof.")

// strays are words that stand before a colon and are nobody: the head of a
// document, and how a sentence begins.
var strays = wordsOf("datum date tijd tijdstip time plaats locatie location place onderwerp subject titel title " +
	"aanwezig aanwezigen present deelnemers participants attendees duur duration lengte project versie version bestand file opname recording " +
	"transcript transcriptie transcription taal language naam name wie who tekst text " +
	"ja nee nou dus maar en want kijk let luister oké ok oke bijvoorbeeld namelijk conclusie kortom opmerking notitie noot pauze stilte " +
	"yes no well so but and look listen okay example note conclusion pause silence")

var strayPhrases = wordsOf("let-op met-andere-woorden in-other-words for-example ik-dacht ik-zei i-said i-thought")

func wordsOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// stray reports whether a name is one of the words that are nobody.
func stray(name string) bool {
	name = strings.ToLower(name)
	return strays[name] || strayPhrases[strings.ReplaceAll(name, " ", "-")]
}

// isProper reports whether something is written as a name: no word of it begins
// with a small letter, but for the small words of names. A number at the end
// makes a name of any word: "spreker 2", "speaker_00".
func isProper(name string) bool {
	words := strings.Fields(name)
	if last := name[len(name)-1]; last >= '0' && last <= '9' && len(words) <= 2 {
		return true
	}
	named := false
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "('’#&/-"))
		switch {
		case strings.HasPrefix(word, "(") || particles[strings.ToLower(word)] && len(words) > 1:
		case unicode.IsLower(first):
			return false
		default:
			named = true
		}
	}
	return named
}
