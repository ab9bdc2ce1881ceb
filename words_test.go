package samenspel_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	. "samenspel"
)

// parsing is one line of what comes from outside: the text that is taken, or
// the key of the refusal.
type parsing struct {
	name, in, want, key string
}

var parsings = []parsing{
	{"plain", "hello", "hello", ""},
	{"nothing", "", "", ""},
	{"only space", " \n\t ", "", ""},
	{"space around it goes", "  two words \n", "two words", ""},
	{"line ends of Windows", "one\r\ntwo", "one\ntwo", ""},
	{"line ends of old", "one\rtwo", "one\ntwo", ""},
	{"a tab stays", "one\ttwo", "one\ttwo", ""},
	{"right to left", "مرحبا", "مرحبا", ""},
	{"as long as may be, in characters", strings.Repeat("é", 12), strings.Repeat("é", 12), ""},
	{"the space around it is not counted", strings.Repeat("é", 12) + "  ", strings.Repeat("é", 12), ""},
	{"one too long", strings.Repeat("é", 13), "", "invalid.too_long"},
	{"no UTF-8", "a\xffb", "", "invalid.utf8"},
	{"half a character", "a\xc3", "", "invalid.utf8"},
	{"NUL", "a\x00b", "", "invalid.control"},
	{"escape", "a\x1b[31mb", "", "invalid.control"},
	{"delete", "a\x7fb", "", "invalid.control"},
	{"a control character beyond ASCII", "a\u0085b", "", "invalid.control"},
}

func TestParseWords(t *testing.T) {
	for _, p := range parsings {
		t.Run(p.name, func(t *testing.T) {
			got, err := ParseWords(p.in, 12)
			var refusal *Refusal
			switch {
			case p.key == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case p.key != "" && (!errors.As(err, &refusal) || refusal.Key != p.key || refusal.Class != Invalid):
				t.Fatalf("got %v, want %s", err, p.key)
			case p.key == "invalid.too_long" && refusal.Max != 12:
				t.Errorf("limit %d, want 12", refusal.Max)
			}
			if got.Text() != p.want {
				t.Errorf("got %q, want %q", got.Text(), p.want)
			}
			if got.Empty() != (p.want == "") {
				t.Errorf("Empty() = %v for %q", got.Empty(), p.want)
			}
		})
	}
}

func FuzzParseWords(f *testing.F) {
	for _, p := range parsings {
		f.Add(p.in, 12)
	}
	f.Fuzz(func(t *testing.T, in string, limit int) {
		words, err := ParseWords(in, limit)
		if err != nil {
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Class != Invalid || !words.Empty() {
				t.Fatalf("%v with words %v", err, !words.Empty())
			}
			return
		}
		text := words.Text()
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > limit && text != "" {
			t.Fatalf("took %q at a limit of %d", text, limit)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			t.Fatalf("took a control character in %q", text)
		}
		if again, err := ParseWords(text, limit); err != nil || again != words {
			t.Fatalf("what was taken is not taken again: %v", err)
		}
	})
}

// What people say prints as a mark, however it is printed and however deep
// it is hidden.
func TestWordsAreNeverPrinted(t *testing.T) {
	const secret = "she sleeps in the car"
	said := Say(secret)
	deep := struct {
		Open   Words
		hidden Words
		list   []Words
		by     map[Words]*Words
		any    any
		event  Event
	}{said, said, []Words{said}, map[Words]*Words{said: &said}, said, &NoteWritten{Words: said}}
	w := played(t, given(own), when(amira, WordStatement{Words: said, NewTheme: said, Emotion: said}))
	seen, err := w.See(personOf(amira))
	if err != nil {
		t.Fatal(err)
	}
	wish := WordStatement{Words: said}
	for _, v := range []any{said, &said, deep, &deep, seen, *seen, w.facts, wish, Command{Wish: wish}, w.Alliance} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t"} {
			notIn(t, secret, fmt.Sprintf("%T as %s", v, verb), fmt.Sprintf(verb, v))
		}
		notIn(t, secret, "an error", fmt.Errorf("cannot: %v", v).Error())
		notIn(t, secret, "a panic", fmt.Sprint(v))
		encoded, err := json.Marshal(v)
		if err == nil {
			notIn(t, secret, "JSON", string(encoded))
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("said", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("said", "v", v)
		notIn(t, secret, "the log", log.String())
	}
	if _, err := json.Marshal(said); err != nil {
		t.Errorf("words have no JSON: %v", err)
	}
	if said.Text() != secret {
		t.Errorf("Text() = %q", said.Text())
	}
}

// notIn fails when a text shows, in the clear or in hexadecimal.
func notIn(t *testing.T, secret, where, text string) {
	t.Helper()
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)} {
		if strings.Contains(text, form) {
			t.Errorf("%s shows the words: %.200s", where, text)
		}
	}
}
