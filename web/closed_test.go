package web_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samenspel/house"
	"samenspel/internal/eachstore"
)

// faulty are the viewers who ask while something is broken: one who sits at
// the table, one who does not, and one who is not in.
var faulty = []string{vrager, stranger, nobody}

// ofTheDoor are the tables by which somebody comes in.
var ofTheDoor = []string{"access_chain", "access_line", "credential", "link", "passkey", "passkey_challenge", "person", "session", "spent", "tries"}

// TestErrorsFailClosed breaks each part of the store in turn, and asks for
// every route: whoever asks gets what they would get, or less. Nobody gets in,
// nothing is shown, and nothing is kept that would not have been.
func TestErrorsFailClosed(t *testing.T) {
	as := staged(t)
	probes, faults := 0, 0
	want := map[string][]answer{}
	for _, viewer := range faulty {
		want[viewer] = as.answers(t, viewer, "")
	}
	for _, table := range tablesOf(t, as.dir) {
		t.Run(table, func(t *testing.T) {
			for _, viewer := range faulty {
				if viewer == nobody && !slices.Contains(ofTheDoor, table) {
					continue // nothing else of the store is asked for them
				}
				for i, got := range as.answers(t, viewer, table) {
					probes++
					if want[viewer][i].code != got.code && got.code >= http.StatusInternalServerError {
						faults++
					}
					got.noMore(t, want[viewer][i])
				}
			}
		})
	}
	t.Logf("%d requests, %d of them met the fault", probes, faults)
	if faults < 500 {
		t.Errorf("%d requests met a fault: nothing was broken", faults)
	}
}

// answer is what a route said to somebody.
type answer struct {
	line, body string
	code       int
}

// answers asks for every route as one viewer, with a table broken unless it is "".
func (c closed) answers(t *testing.T, viewer, table string) []answer {
	t.Helper()
	w := c.open(t)
	if table != "" {
		w.breaks(table)
	}
	var all []answer
	for _, route := range w.Routes() {
		line := route.Method + " " + route.Path
		if line == "POST /out" { // it ends the session that the others need
			continue
		}
		got := w.ask(w.request(viewer, route.Method, at(route.Path, shown("a")), anyForm()))
		all = append(all, answer{line + " as " + viewer, got.Body.String(), got.Code})
	}
	return all
}

// noMore holds an answer with something broken against the one without.
func (got answer) noMore(t *testing.T, want answer) {
	t.Helper()
	shown := canaries(got.body)
	switch {
	case got.code == want.code:
		for _, word := range shown {
			if !slices.Contains(canaries(want.body), word) {
				t.Errorf("%s: shows %q", got.line, word)
			}
		}
	case got.code < http.StatusBadRequest && want.code >= http.StatusBadRequest:
		t.Errorf("%s: %d, is %d otherwise", got.line, got.code, want.code)
	case got.code >= http.StatusInternalServerError && len(shown) > 0:
		t.Errorf("%s: %d, and shows %q", got.line, got.code, shown)
	}
	if got.code != want.code && got.code >= http.StatusInternalServerError && !numbered.MatchString(got.body) {
		t.Errorf("%s: no number on the page of %d", got.line, got.code)
	}
}

var (
	numbered = regexp.MustCompile(`<bdi>[0-9a-hjkmnp-tv-z]{8}</bdi>`)
	canary   = regexp.MustCompile(kept + `( \w+)+`)
)

// canaries are the words of people in a text.
func canaries(text string) []string {
	found := map[string]bool{}
	for _, word := range canary.FindAllString(text, -1) {
		found[word] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// tablesOf are the tables of a staged world.
func tablesOf(t *testing.T, dir string) []string {
	t.Helper()
	names := slices.DeleteFunc(eachstore.TablesOf(t, dir), func(name string) bool { return name == "goose_db_version" })
	if len(names) < 8 {
		t.Fatalf("tables %v", names)
	}
	return names
}

// breaks takes a table away under the feet of the site.
func (w *world) breaks(table string) {
	w.Helper()
	eachstore.Change(w.TB, w.dir, fmt.Sprintf(`ALTER TABLE %q RENAME TO %q`, table, "gone_"+table))
}

// TestAPanicIsAFaultLikeAnother: the reader gets a page with a number, the log
// has it without what was said, and the next request is served.
func TestAPanicIsAFaultLikeAnother(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.House = panicking{w.House}
	got := w.get(nobody, "/help")
	if got.Code != http.StatusInternalServerError || !numbered.MatchString(got.Body.String()) {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
	if log := w.lines.String(); !strings.Contains(log, "a route panicked") || !strings.Contains(log, "closed_test.go") {
		t.Errorf("the log: %s", log)
	}
	mustSay(t, w.bodyOf(vrager, table), true, kept+" title")
}

// panicking is a house that panics with what somebody wrote.
type panicking struct{ house.Store }

func (panicking) Organisation(context.Context) (house.Organisation, error) {
	panic(kept + " wrote this")
}
