// Package retention has the terms for which alliances are kept, as dated data,
// and the certificate of one that was destroyed. The terms are no legal advice.
package retention

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"

	"samenspel"
)

//go:embed terms.json
var shipped []byte

// The bounds of a file with terms.
const (
	mostBytes   = 256 << 10
	mostRegimes = 100
	mostTerms   = 50
	mostChars   = 400
	mostYears   = 200
)

// FileError says what is wrong in a file with terms.
type FileError struct {
	Regime  string // its word, or "" where it is about the whole file
	Problem string
}

func (e *FileError) Error() string {
	if e.Regime == "" {
		return "the file with terms " + e.Problem
	}
	return fmt.Sprintf("the file with terms: regime %q %s", e.Regime, e.Problem)
}

// file is how terms are written down.
type file struct {
	About   string   `json:"about"`
	Regimes []regime `json:"regimes"`
}

type regime struct {
	Word    string            `json:"word"`
	Names   map[string]string `json:"names"`
	Law     string            `json:"law"`
	Article string            `json:"article"`
	From    samenspel.Count   `json:"from"`
	Terms   []term            `json:"terms"`
	Source  string            `json:"source"`
}

type term struct {
	Since  string `json:"since"`
	Years  int    `json:"years,omitempty"`
	Months int    `json:"months,omitempty"`
	Weeks  int    `json:"weeks,omitempty"`
	Days   int    `json:"days,omitempty"`
}

// Shipped gives the terms that come with the program.
func Shipped() ([]samenspel.Regime, error) { return Parse(bytes.NewReader(shipped)) }

// Read gives the terms in a file, or with "" those that come with the program.
func Read(path string) ([]samenspel.Regime, error) {
	if path == "" {
		return Shipped()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file with terms: %w", err)
	}
	defer f.Close()
	return Parse(f)
}

// Parse reads terms. It refuses what it does not know rather than leave it
// out: a term that is not read would let something go too early. The error is
// a [FileError].
func Parse(r io.Reader) ([]samenspel.Regime, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the file with terms: %w", err)
	case len(text) > mostBytes:
		return nil, &FileError{Problem: fmt.Sprintf("is larger than %d bytes", mostBytes)}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var f file
	if err := d.Decode(&f); err != nil {
		return nil, &FileError{Problem: "cannot be read: " + err.Error()}
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, &FileError{Problem: "has something behind its end"}
	}
	if n := len(f.Regimes); n == 0 || n > mostRegimes {
		return nil, &FileError{Problem: fmt.Sprintf("has %d regimes, and may have 1 to %d", n, mostRegimes)}
	}
	known := map[string]bool{}
	var list []samenspel.Regime
	for _, one := range f.Regimes {
		if known[one.Word] {
			return nil, &FileError{one.Word, "is there twice"}
		}
		known[one.Word] = true
		r, err := one.regime()
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// word is how the stable word of a regime looks. Those of the organisation
// begin with OwnPrefix.
var word = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// OwnPrefix begins the word of each regime that the organisation added.
const OwnPrefix = "own-"

func (r regime) regime() (samenspel.Regime, error) {
	wrong := func(problem string) (samenspel.Regime, error) {
		return samenspel.Regime{}, &FileError{r.Word, problem}
	}
	switch {
	case !word.MatchString(r.Word):
		return wrong("has no word of small letters, digits and dashes")
	case len(r.Word) >= len(OwnPrefix) && r.Word[:len(OwnPrefix)] == OwnPrefix:
		return wrong("begins with " + OwnPrefix + ", which is for the organisation's own")
	case r.Names["nl"] == "" || r.Names["en"] == "":
		return wrong("needs a name in nl and in en")
	case r.Law == "" || r.Article == "" || r.Source == "":
		return wrong("needs a law, an article and a source")
	case !r.From.Valid():
		return wrong(fmt.Sprintf("counts from %q, which is unknown", r.From))
	case len(r.Terms) == 0 || len(r.Terms) > mostTerms:
		return wrong(fmt.Sprintf("has %d terms, and may have 1 to %d", len(r.Terms), mostTerms))
	}
	for _, text := range []string{r.Names["nl"], r.Names["en"], r.Law, r.Article, r.Source} {
		if len(text) > mostChars {
			return wrong("has a text that is too long")
		}
	}
	out := samenspel.Regime{Word: r.Word, Names: r.Names, Law: r.Law, Article: r.Article, From: r.From, Source: r.Source}
	for _, t := range r.Terms {
		since, err := time.Parse(time.DateOnly, t.Since)
		switch {
		case err != nil:
			return wrong(fmt.Sprintf("has a term since %q, which is no day", t.Since))
		case len(out.Terms) > 0 && !out.Terms[len(out.Terms)-1].Since.Before(since):
			return wrong("has its terms not in the order of their days")
		case !Fits(t.Years, t.Months, t.Weeks, t.Days):
			return wrong("has a term that is no length of time")
		}
		out.Terms = append(out.Terms, samenspel.Term{Since: since, Years: t.Years, Months: t.Months, Weeks: t.Weeks, Days: t.Days})
	}
	return out, nil
}

// Fits reports whether these make a term: at least a day, in bounds.
func Fits(years, months, weeks, days int) bool {
	for n, most := range map[*int]int{&years: mostYears, &months: 12 * mostYears, &weeks: 53 * mostYears, &days: 366 * mostYears} {
		if *n < 0 || *n > most {
			return false
		}
	}
	return years+months+weeks+days > 0
}
