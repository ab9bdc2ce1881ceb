package text_test

import (
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samenspel/web/text"
)

func TestTheLanguageThatFitsBest(t *testing.T) {
	for asked, want := range map[string]string{
		"":                               "nl",
		"nl":                             "nl",
		"nl-BE":                          "nl",
		"en":                             "en",
		"en-US,en;q=0.9,nl;q=0.8":        "en",
		"fr,de;q=0.8,en;q=0.2":           "en",
		"ar":                             "nl",
		"en;q=0.1, nl;q=0.9":             "nl",
		"*":                              "nl",
		"not a language":                 "nl",
		";;;q=,":                         "nl",
		"en" + strings.Repeat(" ", 1000): "nl", // too long to be a browser's
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", asked)
		if got := text.For(r); got.Tag != want {
			t.Errorf("%.30q gives %s, want %s", asked, got.Tag, want)
		}
	}
	if text.In("nl") == nil || text.In("xx") != nil || text.In("") != nil {
		t.Error("a language is known by its tag alone")
	}
}

func TestSay(t *testing.T) {
	nl, en := text.In("nl"), text.In("en")
	for _, c := range []struct{ got, want string }{
		{nl.Say("role.colleague"), "collega"},
		{nl.Say("role.colleague"), "collega"}, // from what was kept
		{nl.Say("home.hello", "Name", "Amira"), "Dag Amira"},
		{nl.Say("home.hello", "Name", "<b>{{.Name}}"), "Dag <b>{{.Name}}"},
		{nl.Say("seen.by", "Names", "Samira", "N", 1), "Samira ziet dit."},
		{nl.Say("seen.by", "Names", "Samira en Noor", "N", 2), "Samira en Noor zien dit."},
		{en.Say("seen.by", "Names", "Samira", "N", 1), "Samira sees this."},
		{en.Say("seen.by", "Names", "Samira and Noor", "N", 2), "Samira and Noor see this."},
		{nl.Say("picture.more", "N", 0), "Nog 0 eerdere uitspraken"},
		{nl.Say("picture.more", "N", 1), "Nog 1 eerdere uitspraak"},
		{nl.Say("picture.more", "N", 21), "Nog 21 eerdere uitspraken"},
		{nl.Say("no.such_key"), "[no.such_key]"},
		{en.Say("no.such_key", "Name", "Amira"), "[no.such_key]"},
		{nl.List(nil), ""},
		{nl.List([]string{"Noor"}), "Noor"},
		{nl.List([]string{"Noor", "Samira"}), "Noor en Samira"},
		{en.List([]string{"Noor", "Samira", "Joost"}), "Noor, Samira and Joost"},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
	if !nl.Has("role.colleague") || nl.Has("no.such_key") || nl.Has("") {
		t.Error("Has does not tell what has a text")
	}
}

func TestDay(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		tag  string
		day  time.Time
		want string
	}{
		{"nl", now, "24 november"},
		{"nl", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "1 januari"},
		{"nl", time.Date(2025, 3, 31, 23, 59, 0, 0, time.UTC), "31 maart 2025"},
		{"en", time.Date(2026, 8, 9, 0, 0, 0, 0, time.UTC), "9 August"},
		{"en", time.Date(2027, 8, 9, 0, 0, 0, 0, time.UTC), "9 August 2027"},
	} {
		if got := text.In(c.tag).Day(c.day, now); got != c.want {
			t.Errorf("%s: %v is %q, want %q", c.tag, c.day, got, c.want)
		}
	}
}

func TestManyTalkAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			keys, err := text.Keys(text.Tags[n%2])
			if err != nil {
				t.Error(err)
			}
			for _, key := range keys {
				if text.In(text.Tags[n%2]).Say(key) == "" {
					t.Errorf("%s says nothing", key)
				}
			}
		})
	}
	all.Wait()
}

// sayings are all Dutch texts, by key and plural form. The places in them
// hold one word each.
func sayings(t *testing.T) map[string]string {
	t.Helper()
	all, err := text.Messages("nl")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for key, value := range all {
		switch value := value.(type) {
		case string:
			said[key] = value
		case map[string]any:
			for form, one := range value {
				said[key+" "+form] = one.(string)
			}
		}
	}
	place := regexp.MustCompile(`\{\{\.\w+\}\}`)
	for key, one := range said {
		said[key] = place.ReplaceAllString(one, "Amira")
	}
	return said
}

var (
	sentence = regexp.MustCompile(`[^.!?:]+[.!?:]*`)
	letters  = regexp.MustCompile(`\pL[\pL\d’'-]*`)
)

// TestDutchIsShort: the words are for people who read with effort.
func TestDutchIsShort(t *testing.T) {
	const most, mean = 15, 10.0
	words, sentences := 0, 0
	for key, said := range sayings(t) {
		if key == "frame.exit_to" || key == "tell.feelings" { // an address, a list
			continue
		}
		for _, one := range sentence.FindAllString(said, -1) {
			n := len(letters.FindAllString(one, -1))
			if n == 0 {
				continue
			}
			words, sentences = words+n, sentences+1
			if n > most {
				t.Errorf("%s has a sentence of %d words, at most %d: %s", key, n, most, strings.TrimSpace(one))
			}
		}
	}
	if got := float64(words) / float64(sentences); got > mean {
		t.Errorf("%d sentences have %.1f words on average, at most %.0f", sentences, got, mean)
	}
}

// formal is how an office speaks. It stands between people.
var formal = []string{
	"u", "uw", "uzelf", "cliënt", "cliënten", "cliëntsysteem", "zorgvrager", "hulpvrager", "indicatie", "traject",
	"casus", "casuïstiek", "dossier", "intake", "problematiek", "zelfredzaam", "zelfredzaamheid", "doelgroep",
	"interventie", "begeleidingsplan", "hulpverlener", "hulpverlening", "ketenpartner", "regie", "monitoren",
	"rapportage", "registreren", "middels", "teneinde", "conform", "derhalve", "score", "risico", "diagnose",
}

func TestDutchIsPlain(t *testing.T) {
	for key, said := range sayings(t) {
		for _, word := range letters.FindAllString(strings.ToLower(said), -1) {
			if slices.Contains(formal, word) {
				t.Errorf("%s speaks like an office: %q in %q", key, word, said)
			}
		}
	}
}
