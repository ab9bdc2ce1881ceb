package samenspel

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"
)

// The longest texts that are taken, in characters (Unicode code points).
const (
	MaxWords = 10_000 // a statement, a view, a note
	MaxName  = 80     // a partner's name, who they are, an alliance's title
	MaxTheme = 60     // a theme
	MaxFeel  = 40     // the word for an emotion
)

// mark is what is printed where somebody's words would have been.
const mark = "‹words›"

// Words is what a person said. It prints as a mark in logs, errors and JSON;
// only [Words.Text] gives the text. The zero Words is empty.
//
// The text hangs on a handle because package fmt, by reflection, would print
// a plain string inside another struct without asking String.
type Words struct{ text unique.Handle[string] }

// Say wraps text that is known to be good: read back from the log, or a
// constant of a test. What comes from outside goes through [ParseWords].
func Say(text string) Words {
	if text == "" {
		return Words{}
	}
	return Words{unique.Make(text)}
}

// ParseWords takes text from outside: UTF-8, at most max characters, no
// control characters but tab and line end. Line ends become \n and space
// around it goes. It gives an Invalid [Refusal] for anything else, and takes
// the empty text, which the wish that needs words refuses itself.
func ParseWords(s string, max int) (Words, error) {
	if !utf8.ValidString(s) {
		return Words{}, invalid("invalid.utf8")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return Words{}, invalid("invalid.control")
		}
	}
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > max {
		return Words{}, &Refusal{Class: Invalid, Key: "invalid.too_long", Max: max}
	}
	return Say(s), nil
}

// Text gives the words themselves. What calls it must be on the way to a page
// that its reader may see, or to the seal of the log.
func (w Words) Text() string {
	if w.Empty() {
		return ""
	}
	return w.text.Value()
}

// Empty reports whether there are no words.
func (w Words) Empty() bool { return w == Words{} }

// length counts characters.
func (w Words) length() int { return utf8.RuneCountInString(w.Text()) }

// String gives the mark, never the words.
func (w Words) String() string { return mark }

// GoString gives the mark, never the words.
func (w Words) GoString() string { return mark }

// MarshalJSON gives the mark, never the words: the log takes the words out by
// [Spoken] and seals them apart.
func (w Words) MarshalJSON() ([]byte, error) { return []byte(`"` + mark + `"`), nil }

// same reports whether two names are one to a reader: case and outer space
// do not count.
func (w Words) same(other Words) bool {
	return strings.EqualFold(strings.TrimSpace(w.Text()), strings.TrimSpace(other.Text()))
}
