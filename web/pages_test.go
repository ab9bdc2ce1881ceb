package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/web/static"
)

// TestWhatIsHiddenLeavesNoTrace looks at every page of two worlds that are the
// same but for what somebody keeps from the viewer.
func TestWhatIsHiddenLeavesNoTrace(t *testing.T) {
	statements := func(w *world) {
		w.wish("a", vrager, "secret", samenspel.WordStatement{
			Words: word("secret"), NewTheme: word("secret theme"), Layer: samenspel.Need, Emotion: word("afraid"), Chosen: true,
		})
		w.wish("a", vrager, "secret note", samenspel.WriteNote{Words: word("note")})
		w.wish("a", vrager, "secret shared", samenspel.ShareStatement{
			Statement: statement("a", "secret"), SeenBy: []samenspel.PartnerID{partner("a", former)},
		})
	}
	question := func(w *world) {
		statements(w)
		w.wish("a", professional, "secret question", samenspel.NameEmotion{Statement: statement("a", "own"), Word: word("angry")})
		w.wish("a", vrager, "secret answer", samenspel.AnswerEmotion{
			Emotion: samenspel.EmotionID(statement("a", "secret question") + ".1"), Answer: samenspel.Declined,
		})
	}
	for _, c := range []struct {
		viewer string
		hide   func(*world)
	}{{bonus, question}, {colleague, question}, {professional, statements}} {
		t.Run(c.viewer, func(t *testing.T) {
			plain, secret := newWorld(t), newWorld(t)
			for _, w := range []*world{plain, secret} {
				for _, place := range []string{professional, vrager, bonus, colleague, former, invited} {
					w.arrive(place)
				}
				if w == secret {
					c.hide(w)
				}
				w.wish("a", former, "leaves", samenspel.LeaveAlliance{Partner: partner("a", former)})
				w.wish("a", vrager, "later", samenspel.WordStatement{
					Words: word("later"), NewTheme: word("shown theme"), Layer: samenspel.Commitment,
					SeenBy: []samenspel.PartnerID{partner("a", c.viewer)}, Chosen: true,
				})
			}
			for _, path := range pagesOf(plain, moments...) {
				want, got := plain.get(c.viewer, path), secret.get(c.viewer, path)
				if diff := cmp.Diff(said(want), said(got)); diff != "" {
					t.Errorf("%s: -without +with what is hidden\n%s", path, diff)
				}
				if strings.Contains(got.Body.String(), kept+" secret") {
					t.Errorf("%s shows it", path)
				}
			}
		})
	}
}

// arrive brings the people of the first alliance to the table one by one, and
// lets the vrager say something to all when she is there.
func (w *world) arrive(place string) {
	w.Helper()
	roles := map[string]samenspel.Role{vrager: samenspel.Vrager, colleague: samenspel.Colleague}
	role := roles[place]
	if role == "" {
		role = samenspel.BonusPartner
	}
	switch place {
	case professional:
		w.wish("a", professional, "invite "+professional, samenspel.BeginAlliance{Title: word("title"), Name: word("Noor")})
	case invited:
		w.wish("a", professional, "invite "+place, samenspel.InvitePartner{Role: role, Ground: samenspel.InviteSpoken, Name: word(place)})
		all := []samenspel.PartnerID{partner("a", professional), partner("a", bonus), partner("a", colleague)}
		w.wish("a", vrager, "own", samenspel.WordStatement{
			Words: word("own"), NewTheme: word("shown theme"), Layer: samenspel.Meaning, SeenBy: all, Chosen: true,
		})
	default:
		w.wish("a", professional, "invite "+place, samenspel.InvitePartner{Role: role, Ground: samenspel.InviteSpoken, Name: word(place)})
		w.wish("a", place, "join "+place, samenspel.JoinAlliance{Partner: partner("a", place)})
	}
	w.signIn(place, accountOf(place))
}

// moments are what may stand behind the address of a page.
var moments = []string{"?at=1", "?at=2", "?at=3", "?page=2", "?did=told"}

// pagesOf are the addresses of all that can be looked at, for each partner,
// layer and thing, and with each of the queries.
func pagesOf(w *world, queries ...string) []string {
	set := map[string]bool{}
	for _, route := range w.Routes() {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/demo/") {
			continue
		}
		for _, place := range []string{professional, vrager, bonus, colleague, former, invited} {
			for _, layer := range []string{"behaviour", "need", "commitment", "meaning", "none"} {
				of := shown("a")
				of.partner, of.statement = string(partner("a", place)), id("command", "a", "own")
				path := at(strings.ReplaceAll(route.Path, "{layer}", layer), of)
				set[path] = true
				for _, query := range queries {
					if strings.Contains(path, "/picture/") || query == "?did=told" {
						set[path+query] = true
					}
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// TestEveryPageIsSound looks at each page in both languages: it is whole, in
// its language, names no text that is not there, and every form has a target.
func TestEveryPageIsSound(t *testing.T) {
	w := newWorld(t)
	w.stage()
	missing := regexp.MustCompile(`\[[a-z_]+(\.[a-z_0-9]+)+\]|<no value>|ZgotmplZ|‹words›|<use href=""`)
	target := regexp.MustCompile(`<form[^>]* method="post" action="([^"]+)"`)
	posts := map[string]bool{}
	for _, route := range w.Routes() {
		if route.Method == http.MethodPost {
			posts[regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(route.Path, "[^/]+")] = true
		}
	}
	for _, viewer := range []string{vrager, bonus, professional, colleague, administrator} {
		for _, lang := range []string{"nl", "en"} {
			for _, path := range pagesOf(w) {
				r := w.request(viewer, http.MethodGet, path, nil)
				r.Header.Set("Accept-Language", lang)
				got := w.ask(r)
				body := got.Body.String()
				if found := missing.FindString(body); found != "" {
					t.Errorf("%s in %s as %s: %s stands on it", path, lang, viewer, found)
				}
				if !strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") || got.Code >= 300 && got.Code < 400 {
					continue
				}
				if !strings.Contains(body, `<html lang="`+lang+`" dir="ltr"`) || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
					t.Errorf("%s in %s as %s is not a whole page", path, lang, viewer)
				}
				for _, form := range target.FindAllStringSubmatch(body, -1) {
					known := slices.ContainsFunc(slices.Collect(maps.Keys(posts)), func(path string) bool {
						return regexp.MustCompile("^" + path + "$").MatchString(form[1])
					})
					if !known {
						t.Errorf("%s in %s as %s: a form goes to %s", path, lang, viewer, form[1])
					}
				}
			}
		}
	}
}

// TestWhatAPageLoadsIsThere follows everything that pages take from static.
func TestWhatAPageLoadsIsThere(t *testing.T) {
	w := newWorld(t)
	w.stage()
	found := map[string]bool{}
	loads := regexp.MustCompile(`(?:src|href)="(` + static.Prefix + `[^"#]+)`)
	for _, path := range pagesOf(w) {
		for _, one := range loads.FindAllStringSubmatch(w.get(vrager, path).Body.String(), -1) {
			found[one[1]] = true
		}
	}
	if len(found) < 5 {
		t.Errorf("pages load %d files", len(found))
	}
	for path := range found {
		if got := w.get(nobody, path); got.Code != http.StatusOK {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
}

// TestLanguage: the choice that was kept on the device goes before what the
// browser asks.
func TestLanguage(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ kept, asked, want string }{
		{"", "", "nl"}, {"", "en-GB,en;q=0.9", "en"}, {"", "fr, en;q=0.5", "en"}, {"", "ar", "nl"},
		{"en", "nl", "en"}, {"nl", "en", "nl"}, {"xx", "en", "en"}, {"<script>", "nl", "nl"},
		{"", strings.Repeat("en,", 1000), "nl"},
	} {
		r := w.request(nobody, http.MethodGet, "/help", nil)
		r.Header.Set("Accept-Language", c.asked)
		if c.kept != "" {
			r.AddCookie(&http.Cookie{Name: "lang", Value: c.kept})
		}
		if got := w.ask(r); !strings.Contains(got.Body.String(), `<html lang="`+c.want+`"`) {
			t.Errorf("kept %q, asked %.20q: not in %s", c.kept, c.asked, c.want)
		}
	}
}

// TestCookies: with https they go over that alone, under a name that no other
// site can set. ask looks at the other marks of each cookie.
func TestCookies(t *testing.T) {
	for address, name := range map[string]string{"http://samenspel.test": "samenspel", "https://samenspel.test": "__Host-samenspel"} {
		t.Run(address, func(t *testing.T) {
			w := newWorld(t)
			w.stage()
			w.Address = address
			w.handler = w.Handler()
			got := w.get(nobody, "/demo/visitor").Result().Cookies()
			if len(got) != 1 || got[0].Name != name || len(got[0].Value) != 43 || got[0].MaxAge != 24*60*60 {
				t.Fatalf("coming in gives %v", got)
			}
			if page := w.get(vrager, "/start"); page.Code != http.StatusOK {
				t.Errorf("with the cookie: %d", page.Code)
			}
			out := w.post(vrager, "/out", nil)
			if c := out.Result().Cookies(); len(c) != 1 || c[0].Name != name || c[0].MaxAge != -1 {
				t.Errorf("going out gives %v", c)
			}
			if out.Header().Get("Clear-Site-Data") != `"cache", "storage"` {
				t.Error("going out leaves something on the device")
			}
			if page := w.get(vrager, "/start"); page.Code != http.StatusUnauthorized {
				t.Errorf("after going out: %d", page.Code)
			}
			settings := w.post(nobody, "/settings", url.Values{"lang": {"en"}, "size": {"large"}, "theme": {"nothing"}, "back": {"/help"}})
			var kept []string
			for _, c := range settings.Result().Cookies() {
				kept = append(kept, c.Name+"="+c.Value)
			}
			slices.Sort(kept)
			if diff := cmp.Diff([]string{"lang=en", "size=large"}, kept); diff != "" {
				t.Errorf("settings: -want +got\n%s", diff)
			}
		})
	}
}
