package qda

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is where an utterance stands in a text: from the code point start up to
// and without the code point end, counted from 0.
type span struct{ start, end int }

// layOut writes a conversation as a text of turns, a line each that begins with
// who speaks, and says where its utterances stand. Lines end with LF alone:
// programs do not agree on how many places CRLF takes.
func (c *Conversation) layOut() (string, []span) {
	var text strings.Builder
	at := 0 // in code points
	write := func(s string) {
		text.WriteString(s)
		at += utf8.RuneCountInString(s)
	}
	spoken := c.spoken()
	spans := make([]span, len(spoken))
	for i := range spoken {
		u := &spoken[i]
		switch {
		case i > 0 && spoken[i-1].Turn == u.Turn && spoken[i-1].Speaker == u.Speaker:
			write(" ")
		default:
			if i > 0 {
				write("\n")
			}
			if who := inLine(u.Speaker); who != "" {
				write(who + ": ")
			}
		}
		start := at
		write(inLine(u.Text))
		spans[i] = span{start, at}
	}
	write("\n")
	return text.String(), spans
}

// inLine makes a text fit in one line: every break and every sign that is not
// seen becomes a space, and a mark of the order of bytes goes, because at the
// beginning of a file it would not be counted.
func inLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\ufeff':
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// speakers says who speaks in which role, in the order in which they come, for
// the description of a source: the text itself has names only.
func (c *Conversation) speakers() string {
	var list []string
	seen := map[string]bool{}
	for i := range c.spoken() {
		u := &c.spoken()[i]
		if one := inLine(u.Speaker) + " (" + string(u.Role) + ")"; !seen[one] {
			seen[one] = true
			list = append(list, one)
		}
	}
	return strings.Join(list, ", ")
}
