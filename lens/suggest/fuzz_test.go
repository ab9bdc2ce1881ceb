package suggest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"samenspel/lens"
)

// FuzzMask: a name that somebody has is in no text that is sent, however it is
// written and whatever stands around it; nor is a run of four digits.
func FuzzMask(f *testing.F) {
	f.Add("Noor", "Ik ben", "en dat is zo.")
	f.Add("Wil de Wit", "“", "!?")
	f.Add("Ångström-Ñandú", "a@b", "https://x")
	f.Add("İpek ǅ", "06", "\u0301\u200d")
	f.Add("Spreker 1", "NL91ABNA0417164300", "1 2 3 4")
	f.Add("ﬁn ßen", "\xff", "\x00")
	f.Fuzz(func(t *testing.T, name, left, right string) {
		const firm = "Xanthippe"
		ways := []string{name, firm, strings.ToUpper(firm), strings.ToLower(firm), firm + "s", firm + "’s", firm + "tje", "Xan\u00adthippe", "xanthíppe"}
		text := left
		for _, way := range ways {
			text += " " + way + " " + right
		}
		coded := []lens.Coded{
			{Utterance: lens.Utterance{Speaker: name, Role: lens.Vrager, Text: text}},
			{Utterance: lens.Utterance{Speaker: firm, Role: lens.Professional, Text: right + " " + text}},
		}
		m := newMask(coded, nil)
		names := map[string]bool{}
		for _, word := range strings.FieldsFunc(plain(name), func(r rune) bool { return !isLetter(r) }) {
			w := fold(word)
			if utf8.RuneCountInString(w) > 1 && !labels[w] && !particles[w] && !alsoWords[w] {
				names[w] = true
			}
		}
		for i := range coded {
			sent := m.text(coded[i].Text)
			if !utf8.ValidString(sent) || utf8.RuneCountInString(sent) > longest || strings.ContainsAny(sent, "\n\r") {
				t.Errorf("not one line of UTF-8: %q", sent)
			}
			if strings.Contains(fold(sent), "xanth") || strings.ContainsFunc(sent, func(r rune) bool { return unicode.Is(unicode.Cf, r) }) {
				t.Errorf("the name, or what could hide it, is in %q", sent)
			}
			run := 0
			for _, r := range sent {
				if run++; !unicode.Is(unicode.Nd, r) {
					run = 0
				}
				if run == 4 {
					t.Errorf("four digits in %q", sent)
				}
			}
			for _, word := range strings.FieldsFunc(sent, func(r rune) bool { return !isLetter(r) }) {
				if names[fold(word)] && !sign(word) {
					t.Errorf("a word of %q is in %q", name, sent)
				}
			}
		}
	})
}

// sign reports whether a word is one that stands in place of something.
func sign(word string) bool {
	switch word {
	case "e", "mail", "adres", "rekening", "datum", "postcode", "getal", "P", "N", "X":
		return true
	}
	return false
}

// FuzzAnswer: whatever a server answers, the codes stay valid, and only those
// asked for change.
func FuzzAnswer(f *testing.F) {
	const line = `{"n":2,"layer":"need","emotion":"hinted","valence":"mixed","question":"","act":"","will":"can-","friction":"none","response":"met"}`
	f.Add(`{"codes":[` + line + `]}`)
	f.Add("```json\n[" + line + "," + line + "]\n``` en klaar")
	f.Add(`{"n":1,"layer":"none","emotion":"none","question":"none","act":"other"}` + line[:40])
	f.Add(`{"n":2,"layer":{"n":2}}`)
	f.Add(strings.Repeat(`{"n":`, 50))
	f.Add(`<think>{</think>` + strings.ToUpper(line))
	f.Fuzz(func(t *testing.T, answer string) {
		coded := make([]lens.Coded, 4)
		for i := range coded {
			coded[i] = lens.Coded{By: lens.ByLens, Utterance: lens.Utterance{N: i + 1, Turn: i + 1, Role: lens.Roles()[i], Text: "Ja."}}
		}
		coded[3].By = lens.ByPerson
		before := append([]lens.Coded(nil), coded...)
		p := part{from: 1, to: 4, low: 0, top: 4}
		var r Report
		p.take(coded, lines(answer), &r)
		taken := 0
		for i := range coded {
			u := &coded[i]
			if u.By != before[i].By {
				taken++
				for _, field := range lens.Fields() {
					c := u.Codes[field]
					if c != "" && !field.Has(c) || c == "" && u.Role.Asks(field) && field != lens.Valence && field != lens.Response {
						t.Errorf("%s %q of a %s was taken", field, c, u.Role)
					}
				}
			} else if *u != before[i] {
				t.Errorf("utterance %d changed without a mark", i+1)
			}
			if why := u.Fault(); why != "" {
				t.Error(why)
			}
		}
		if coded[0] != before[0] || coded[3] != before[3] || taken != r.Taken || r.Changed > r.Taken {
			t.Errorf("%d taken, %+v", taken, r)
		}
	})
}
