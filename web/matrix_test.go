package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/web"
	"samenspel/web/static"
)

// viewers are all who may ask, in the order of the columns below.
var viewers = [...]string{nobody, invited, stranger, elsewhere, former, administrator, vrager, bonus, professional, colleague, officer, night}

// of says whose answers those are of whom a row does not name: a privacy
// officer is no more than a stranger but on their own routes, and a professional
// without a place than a stranger who may begin something.
func (a answers) of(i int, line string) int {
	if a[i] != 0 {
		return a[i]
	}
	if viewers[i] == night && beginners[line] {
		return a[slices.Index(viewers[:], professional)]
	}
	return a[slices.Index(viewers[:], stranger)]
}

// beginners are the routes for whoever may begin alliances.
var beginners = map[string]bool{}

// answers is the status that each viewer gets on one route of the first
// alliance, with things in it that were shown to all partners.
type answers [len(viewers)]int

// The same rows, for what they have in common.
var (
	open    = answers{200, 200, 200, 200, 200, 200, 200, 200, 200, 200}
	leads   = answers{303, 303, 303, 303, 303, 303, 303, 303, 303, 303}
	looks   = answers{401, 401, 404, 404, 404, 404, 200, 200, 200, 200} // any partner
	does    = answers{401, 401, 404, 404, 404, 404, 303, 303, 303, 303}
	ownLook = answers{401, 401, 404, 404, 404, 404, 200, 403, 403, 403} // whom the words are about
	own     = answers{401, 401, 404, 404, 404, 404, 303, 403, 403, 403}
	alone   = answers{401, 401, 404, 404, 404, 404, 303, 404, 404, 404} // nobody else knows of it
)

// matrix says for every route who gets what. The columns: nobody, invited,
// stranger, elsewhere, former, administrator, vrager, bonus, professional,
// colleague, and, where they get something else than of says, officer, night.
var matrix = map[string]answers{
	"GET /healthz":                        open,
	"GET /readyz":                         open,
	"GET /{$}":                            {200, 200, 303, 303, 303, 303, 303, 303, 303, 303},
	"GET /help":                           open,
	"GET /method":                         open,
	"GET /settings":                       open,
	"POST /settings":                      leads,
	"GET /door":                           open,
	"POST /door":                          open,                                               // without a code: the language alone
	"POST /enter":                         {422, 422, 422, 422, 422, 422, 422, 422, 422, 422}, // without a code
	"POST /out":                           leads,
	"GET /demo/{name}":                    leads,
	"GET /in":                             open,
	"GET /me":                             {401, 401, 200, 200, 200, 200, 200, 200, 200, 200},
	"GET /start":                          {401, 401, 200, 200, 200, 200, 200, 200, 200, 200},
	"GET /begin":                          {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
	"POST /begin":                         {401, 401, 404, 404, 404, 404, 404, 404, 303, 404},
	"GET /admin":                          {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
	"POST /admin/link":                    {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
	"POST /admin/link/{person}":           {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
	"GET /a/{alliance}":                   looks,
	"GET /a/{alliance}/live":              looks,
	"POST /a/{alliance}/undo":             own, // the act is the vrager's
	"POST /a/{alliance}/pace":             own,
	"GET /a/{alliance}/more":              looks,
	"GET /a/{alliance}/picture":           does,
	"GET /a/{alliance}/picture/{partner}": looks,
	"GET /a/{alliance}/picture/{partner}/live":          looks,
	"GET /a/{alliance}/picture/{partner}/{layer}":       looks,
	"GET /a/{alliance}/tell":                            looks,
	"POST /a/{alliance}/tell":                           does,
	"POST /a/{alliance}/statement/{statement}/confirm":  own,
	"POST /a/{alliance}/statement/{statement}/refuse":   own,
	"POST /a/{alliance}/statement/{statement}/withdraw": {401, 401, 404, 404, 404, 404, 303, 403, 303, 403}, // who wrote it too
	"GET /a/{alliance}/statement/{statement}/reword":    ownLook,
	"POST /a/{alliance}/statement/{statement}/reword":   own,
	"GET /a/{alliance}/statement/{statement}/share":     ownLook,
	"POST /a/{alliance}/statement/{statement}/share":    own,
	"GET /a/{alliance}/statement/{statement}/place":     {401, 401, 404, 404, 404, 404, 200, 403, 200, 403},
	"POST /a/{alliance}/statement/{statement}/place":    {401, 401, 404, 404, 404, 404, 303, 403, 303, 403},
	"GET /a/{alliance}/statement/{statement}/view":      {401, 401, 404, 404, 404, 404, 403, 200, 200, 200},
	"POST /a/{alliance}/statement/{statement}/view":     {401, 401, 404, 404, 404, 404, 403, 303, 303, 303},
	"GET /a/{alliance}/statement/{statement}/emotion":   looks,
	"POST /a/{alliance}/statement/{statement}/emotion":  does,
	"POST /a/{alliance}/view/{view}/withdraw":           {401, 401, 404, 404, 404, 404, 403, 303, 403, 403},
	"POST /a/{alliance}/emotion/{emotion}/{answer}":     {401, 401, 404, 404, 404, 404, 303, 404, 403, 404}, // a question between two
	"GET /a/{alliance}/themes":                          looks,
	"POST /a/{alliance}/theme":                          does,
	"POST /a/{alliance}/theme/{theme}/first":            alone,
	"POST /a/{alliance}/theme/{theme}/aside":            alone,
	"POST /a/{alliance}/theme/{theme}/up":               alone,
	"GET /a/{alliance}/notes":                           looks,
	"POST /a/{alliance}/notes":                          does,
	"POST /a/{alliance}/note/{note}/withdraw":           alone,
	"GET /a/{alliance}/people":                          looks,
	"GET /a/{alliance}/people/live":                     looks,
	"POST /a/{alliance}/first":                          does,
	"GET /a/{alliance}/invite":                          {401, 401, 404, 404, 404, 404, 200, 403, 200, 403},
	"POST /a/{alliance}/invite":                         {401, 401, 404, 404, 404, 404, 200, 403, 200, 403},
	"POST /a/{alliance}/people/{partner}/link":          {401, 401, 404, 404, 404, 404, 200, 200, 200, 403}, // the bonus partner's own
	"GET /a/{alliance}/people/{partner}/out":            {401, 401, 404, 404, 404, 404, 200, 200, 200, 403},
	"POST /a/{alliance}/people/{partner}/out":           {401, 401, 404, 404, 404, 404, 303, 303, 303, 403},
}

// things are the ids in an address.
type things struct {
	alliance, partner, statement, view, emotion, theme, note string
	more                                                     map[string]string // by the name in the address: "{agreement}"
}

// moreThings are further kinds of things in an address. Each file of tests
// that has one says by its name what stands there in an alliance: shown to all
// partners, and hidden from all but the vrager.
var moreThings = map[string]struct{ shown, hidden func(which string) string }{}

func more(which string, hidden bool) map[string]string {
	all := map[string]string{}
	for name, thing := range moreThings {
		switch {
		case which == "":
			all[name] = id("nothing")
		case hidden:
			all[name] = thing.hidden(which)
		default:
			all[name] = thing.shown(which)
		}
	}
	return all
}

// shown are the things of an alliance that its partners were shown.
func shown(which string) things {
	return things{
		alliance: string(alliance(which)), partner: string(partner(which, bonus)),
		statement: id("command", which, "shown"), view: id("command", which, "shown view"),
		emotion: id("command", which, "shown emotion") + ".1", theme: id("command", which, "shown theme"),
		note: id("command", which, "hidden note"), more: more(which, false),
	}
}

// hidden are the things that only the vrager sees. All partners are seen by
// all, and nobody put a view beside what only one sees.
func hidden(which string) things {
	of := unknown()
	of.alliance, of.statement = string(alliance(which)), id("command", which, "hidden")
	of.emotion, of.theme = of.statement+".1", of.statement
	of.note, of.more = id("command", which, "hidden note"), more(which, true)
	return of
}

// unknown are the ids of nothing at all.
func unknown() things {
	gone := id("nothing")
	return things{gone, gone, gone, gone, gone + ".1", gone, gone, more("", false)}
}

// at is the address of a route with these things in it.
func at(path string, of things) string {
	for name, thing := range of.more {
		path = strings.ReplaceAll(path, name, thing)
	}
	return strings.NewReplacer("{$}", "", "{name}", "visitor", "{person}", string(person("a", professional)), "{layer}", "need", "{answer}", "open", "{line}", "1", "{talk}", "nl-004", "{act}", "hold", "{gone}", id("nothing"),
		"{alliance}", of.alliance, "{partner}", of.partner, "{statement}", of.statement, "{view}", of.view,
		"{emotion}", of.emotion, "{theme}", of.theme, "{note}", of.note).Replace(path)
}

// anyForm is a form that every route can take something from.
func anyForm() url.Values {
	form := url.Values{
		"command": {id("command", "from the form")}, "act": {id("command", "a", "last")},
		"words": {typed + " words"}, "name": {typed + " name"}, "title": {typed + " title"}, "as": {typed + " as"},
		"theme_new": {typed + " theme"}, "emotion": {typed + " word"},
		"role": {"bonus"}, "pace": {"calm"}, "layer": {"need"}, "lang": {"nl"},
	}
	maps.Copy(form, moreFields)
	return form
}

// moreFields are what further forms need.
var moreFields = url.Values{}

// TestEveryRouteForEverybody asks for every route as every viewer. What is
// refused and what is only looked at changes nothing.
func TestEveryRouteForEverybody(t *testing.T) {
	as := staged(t)
	w := as.open(t)
	before := w.seqs()
	rest := map[string]bool{}
	for line := range matrix {
		rest[line] = true
	}
	for _, route := range w.Routes() {
		line := route.Method + " " + route.Path
		beginners[line] = route.For == web.Beginner
		want, known := matrix[line]
		delete(rest, line)
		if !known {
			t.Errorf("%s: nobody said who may", line)
			continue
		}
		for i, viewer := range viewers {
			on, expected := w, want.of(i, line)
			if route.Method == http.MethodPost && expected < 400 || line == "GET /demo/{name}" {
				on = as.open(t) // it changes something
			}
			got := on.ask(on.request(viewer, route.Method, at(route.Path, shown("a")), anyForm()))
			if got.Code != expected {
				t.Errorf("%s as %s: %d, want %d", line, viewer, got.Code, expected)
			}
			if route.Method == http.MethodGet {
				if head := on.ask(on.request(viewer, http.MethodHead, at(route.Path, shown("a")), nil)); head.Code != got.Code {
					t.Errorf("HEAD of %s as %s: %d, GET: %d", line, viewer, head.Code, got.Code)
				}
			}
			if on != w {
				on.end()
			}
		}
	}
	for line := range rest {
		t.Errorf("%s: there is no such route", line)
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long after looking and refusals, were %v", after, before)
	}
}

// said is all of an answer that somebody can tell another by.
func said(got *httptest.ResponseRecorder) string {
	return fmt.Sprint(got.Code, got.Header(), got.Body)
}

// TestWhatIsForeignIsUnknown asks for things of another alliance, and for
// things hidden from the viewer: byte for byte as for what does not exist.
func TestWhatIsForeignIsUnknown(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before, probes := w.seqs(), 0
	same := func(viewer string, method, path string, these, none things) {
		t.Helper()
		here := w.ask(w.request(viewer, method, at(path, these), anyForm()))
		there := w.ask(w.request(viewer, method, at(path, none), anyForm()))
		if diff := cmp.Diff(said(there), said(here)); diff != "" {
			t.Errorf("%s %s as %s: -unknown +this\n%s", method, at(path, these), viewer, diff)
		}
		probes++
	}
	for _, route := range w.Routes() {
		if !strings.Contains(route.Path, "{alliance}") {
			continue
		}
		child := strings.Contains(strings.Replace(route.Path, "{alliance}", "", 1), "{")
		for _, viewer := range viewers {
			switch viewer {
			case vrager, bonus, professional, colleague:
				same(viewer, route.Method, route.Path, shown("b"), unknown())
				if !child {
					continue
				}
				foreign, none := shown("b"), unknown()
				foreign.alliance, none.alliance = string(alliance("a")), string(alliance("a"))
				same(viewer, route.Method, route.Path, foreign, none)
				if viewer != vrager {
					same(viewer, route.Method, route.Path, hidden("a"), none)
				}
			default:
				if viewer == former && route.Path == "/mine/ask/{alliance}" {
					continue // they sat there, and may still ask that what is about them goes
				}
				if viewer == officer && strings.HasPrefix(route.Path, "/officer/keeping/") {
					continue // of any place, how long it is kept, and no word of it
				}
				if viewer == night && strings.HasPrefix(route.Path, "/emergency/") {
					continue // they look there, and everybody at the table knows
				}
				same(viewer, route.Method, route.Path, shown("a"), unknown())
			}
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long after %d probes, were %v", after, probes, before)
	}
	if probes < 500 {
		t.Errorf("%d probes: routes are missing", probes)
	}
}

// TestForgedFormsAreRefused sends every form as a page of another site would,
// and as something that is no browser.
func TestForgedFormsAreRefused(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	for _, route := range w.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		for _, viewer := range []string{nobody, vrager, administrator} {
			for name, head := range map[string]http.Header{
				"from nowhere":      {},
				"from another site": {"Sec-Fetch-Site": {"cross-site"}},
				"of another origin": {"Origin": {"http://elsewhere.test"}},
			} {
				r := w.request(viewer, route.Method, at(route.Path, shown("a")), anyForm())
				r.Header.Del("Sec-Fetch-Site")
				r.Header.Del("Origin")
				for key := range head {
					r.Header.Set(key, head.Get(key))
				}
				got := w.ask(r)
				if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Dit kwam niet van onze eigen pagina.") {
					t.Errorf("%s %s as %s: %d", name, route.Path, viewer, got.Code)
				}
				if strings.Contains(got.Body.String(), typed) {
					t.Errorf("%s %s: the page shows what another site wrote", name, route.Path)
				}
			}
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long after forged forms, were %v", after, before)
	}
}

// TestWhereAFormComesFrom is the table of the two headers that tell it.
func TestWhereAFormComesFrom(t *testing.T) {
	w := newWorld(t)
	const site, other = "http://samenspel.test", "http://elsewhere.test"
	for _, c := range []struct {
		fetch, origin string
		want          int
	}{
		{"same-origin", site, 303},
		{"same-origin", "", 303},
		{"same-origin", "null", 303}, // a browser keeps back the origin, as Referrer-Policy asks
		{"none", "", 303},
		{"same-site", site, 403},
		{"same-site", "", 403},
		{"cross-site", other, 403},
		{"cross-site", site, 403},
		{"cross-site", "", 403},
		{"", site, 303},
		{"", other, 403},
		{"", "null", 403},
		{"", "", 403},
	} {
		r := w.request(nobody, http.MethodPost, "/settings", url.Values{"lang": {"en"}})
		for key, value := range map[string]string{"Sec-Fetch-Site": c.fetch, "Origin": c.origin} {
			r.Header.Del(key)
			if value != "" {
				r.Header.Set(key, value)
			}
		}
		if got := w.ask(r); got.Code != c.want {
			t.Errorf("Sec-Fetch-Site %q, Origin %q: %d, want %d", c.fetch, c.origin, got.Code, c.want)
		}
	}
}

// TestOtherAnswersAreGuardedToo asks for what is no route; ask holds each
// answer against the headers.
func TestOtherAnswersAreGuardedToo(t *testing.T) {
	w := newWorld(t)
	w.stage()
	tell := "/a/" + string(alliance("a")) + "/tell"
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/nothing", 404},
		{http.MethodGet, "/a", 404},
		{http.MethodGet, "/a/", 404},
		{http.MethodGet, "/a/x/nothing", 404},
		{http.MethodGet, "/static/nothing", 404},
		{http.MethodGet, "/static", 307},
		{http.MethodGet, "/static/../help", 307},
		{http.MethodGet, "//elsewhere.test/", 307},
		{http.MethodGet, static.Path("app.css"), 200},
		{http.MethodPost, static.Path("app.css"), 405},
		{http.MethodPost, "/nothing", 404},
		{http.MethodPost, "/help", 404},
		{http.MethodPut, tell, 404},
		{http.MethodDelete, tell, 404},
		{http.MethodOptions, tell, 404},
		{http.MethodTrace, tell, 404},
		{http.MethodHead, tell, 200},
		{http.MethodHead, "/healthz", 200},
	} {
		if got := w.ask(w.request(vrager, c.method, c.path, nil)); got.Code != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, got.Code, c.want)
		}
	}
}
