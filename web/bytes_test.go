package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"samenspel/retention"
)

// odd are bytes that no text has: PostgreSQL takes them nowhere, SQLite takes
// them everywhere.
var odd = []string{"a\x00b", "\xff"}

// ofIDs are the fields of forms in which ids stand.
var ofIDs = []string{"command", "act", "term", "person", "partner", "seen_by"}

var inPath = regexp.MustCompile(`\{[a-z_]+\}`)

// TestBytesThatNoTextHas puts bytes that no text has in each place of each
// address, in each field of each form and in the headers: nothing of it is a
// fault of the program.
func TestBytesThatNoTextHas(t *testing.T) {
	w := newWorld(t)
	w.stage()
	probes := 0
	sane := func(r *http.Request, what string) {
		t.Helper()
		probes++
		if got := w.ask(r); got.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d", what, got.Code)
		}
	}
	for _, viewer := range []string{vrager, professional, administrator, officer} {
		for _, route := range w.Routes() {
			if strings.HasSuffix(route.Path, "/out") || strings.HasSuffix(route.Path, "/organisation") {
				continue // who is out is not there for what follows; and nobody is at the organisation's own sign-in
			}
			for _, bytes := range odd {
				what := route.Method + " " + route.Path + " as " + viewer
				for _, place := range inPath.FindAllString(route.Path, -1) {
					path := at(strings.ReplaceAll(route.Path, place, url.PathEscape(bytes)), shown("a"))
					sane(w.request(viewer, route.Method, path, anyForm()), what+", "+place)
				}
				path := at(route.Path, shown("a"))
				if route.Method == http.MethodPost {
					sane(w.request(viewer, route.Method, path, filled(bytes)), what+", its form")
					for _, name := range ofIDs {
						form := anyForm()
						form.Set(name, bytes)
						if name == "term" {
							form.Set(name, retention.OwnPrefix+bytes)
						}
						sane(w.request(viewer, route.Method, path, form), what+", "+name)
					}
					continue
				}
				sane(w.request(viewer, route.Method, path+"?"+filled(bytes).Encode(), nil), what+", its question")
				r := w.request(viewer, route.Method, path, nil)
				for _, header := range []string{"User-Agent", "Accept-Language", "X-Forwarded-For", "Last-Event-ID"} {
					r.Header.Set(header, bytes)
				}
				sane(r, what+", its headers")
			}
		}
	}
	t.Logf("%d requests", probes)
}

// filled is a form with these bytes in every field.
func filled(bytes string) url.Values {
	form := anyForm()
	for _, more := range []string{"secret", "code", "person", "partner", "to", "at", "page", "back", "seen_by", "about", "contact", "officer", "complain", "origin", "word", "in", "from", "until", "kind", "what", "term", "session", "device", "alliance", "link", "passkey", "statement", "theme"} {
		form[more] = nil
	}
	for name := range form {
		form[name] = []string{bytes}
	}
	return form
}
