// Package text holds every word on screen and says them: with names, numbers
// and dates in their places. Each language has one file for what is everywhere
// (nl.json) and one for each large subject (agreement.nl.json).
package text

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// Language says things in one language.
type Language struct {
	Tag string // BCP 47: "nl", "en"
	Dir string // "ltr" or "rtl"

	localizer *i18n.Localizer
	plain     sync.Map // key → text, for what is always the same
}

// Tags are the languages there are, the first being the one without a wish.
var Tags = []string{"nl", "en"}

var (
	languages = map[string]*Language{}
	matcher   language.Matcher
)

func init() {
	bundle := i18n.NewBundle(language.Dutch)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	var tags []language.Tag
	for _, tag := range Tags {
		for _, name := range Files(tag) {
			if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
				panic("text: " + err.Error()) // the file is in the program: the tests see it
			}
		}
		tags = append(tags, language.MustParse(tag))
		languages[tag] = &Language{Tag: tag, Dir: "ltr", localizer: i18n.NewLocalizer(bundle, tag)}
	}
	matcher = language.NewMatcher(tags)
}

// In gives a language by its tag, or nil when there is none.
func In(tag string) *Language { return languages[tag] }

// For gives the language that fits a request best, by what the browser asks.
func For(r *http.Request) *Language {
	header := r.Header.Get("Accept-Language")
	if len(header) > 256 {
		header = ""
	}
	if l, ok := asked.Load(header); ok {
		return l.(*Language)
	}
	_, at := language.MatchStrings(matcher, header)
	l := languages[Tags[at]]
	if askedMany.Add(1) <= mostAsked {
		asked.Store(header, l)
	}
	return l
}

// mostAsked is how many different wishes of browsers are remembered. There are
// some tens; who sends others each time is answered all the same.
const mostAsked = 1024

var (
	asked     sync.Map // what a browser asks → *Language
	askedMany atomic.Int64
)

// Say gives the text of a key. Args are pairs: the name of a place in the
// text and what goes there. The number under "N" chooses singular or plural.
// A key without a text gives the key itself between brackets.
func (l *Language) Say(key string, args ...any) string {
	if len(args) == 0 {
		if s, ok := l.plain.Load(key); ok {
			return s.(string)
		}
	}
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		data := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			data[fmt.Sprint(args[i])] = args[i+1]
		}
		config.TemplateData = data
		if n, ok := data["N"]; ok {
			config.PluralCount = n
		}
	}
	s, err := l.localizer.Localize(config)
	if err != nil && s == "" {
		return "[" + key + "]"
	}
	if len(args) == 0 {
		l.plain.Store(key, s)
	}
	return s
}

// Has reports whether a key has a text.
func (l *Language) Has(key string) bool {
	_, err := l.localizer.Localize(&i18n.LocalizeConfig{MessageID: key})
	return err == nil
}

// Day says a date, with the year only where it is another one than now's.
func (l *Language) Day(t, now time.Time) string {
	key := "date.day"
	if t.Year() != now.Year() {
		key = "date.day_year"
	}
	return l.Say(key, "Day", t.Day(), "Month", l.Say(fmt.Sprintf("date.month_%d", t.Month())), "Year", t.Year())
}

// List joins names as in a sentence: "Yara, Hanan en Mieke".
func (l *Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return l.Say("list.and", "Before", strings.Join(names[:last], ", "), "Last", names[last])
}

// Files are the names of the files of a language, sorted.
func Files(tag string) []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("text: " + err.Error()) // the folder is in the program
	}
	var names []string
	for _, e := range entries {
		if name := e.Name(); name == tag+".json" || strings.HasSuffix(name, "."+tag+".json") {
			names = append(names, name)
		}
	}
	return names
}

// Messages gives all texts of a language as they are in its files, by their
// keys: for the tests. A key that stands in two files is an error.
func Messages(tag string) (map[string]any, error) {
	all := map[string]any{}
	for _, name := range Files(tag) {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var some map[string]any
		if err := json.Unmarshal(b, &some); err != nil {
			return nil, fmt.Errorf("text: %s: %w", name, err)
		}
		for key, value := range some {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("text: %s: %s is in another file too", name, key)
			}
			all[key] = value
		}
	}
	return all, nil
}

// Keys gives all keys of a language, sorted: for the tests.
func Keys(tag string) ([]string, error) {
	all, err := Messages(tag)
	if err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(all)), nil
}
