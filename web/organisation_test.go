package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"samenspel/account"
	"samenspel/account/organisation"
	"samenspel/internal/provider"
)

func TestMain(m *testing.M) {
	code := m.Run()
	provider.Clean()
	os.Exit(code)
}

func init() {
	maps.Copy(matrix, map[string]answers{
		// The organisation of these tests is away: nobody is sent anywhere.
		"GET /in/organisation":        {503, 503, 503, 503, 503, 503, 503, 503, 503, 503},
		"GET /in/organisation/back":   {403, 403, 403, 403, 403, 403, 403, 403, 403, 403}, // nothing was begun
		"GET /me/organisation":        {401, 401, 503, 503, 503, 503, 503, 503, 503, 503},
		"POST /me/organisation/untie": {401, 401, 303, 303, 303, 303, 303, 303, 303, 303},
	})
}

// level is what the organisation of these tests has to give.
const level = "https://levels.test/high"

// organisation gives a world the sign-in of an organisation.
func (w *world) organisation(issuer string) {
	w.Helper()
	signIn, err := organisation.New(organisation.Settings{
		Issuer: issuer, Client: "samenspel", Secret: provider.Secret, Levels: []string{level}, Name: "gemeente Voorbeeld",
	}, w.now)
	if err != nil {
		w.Fatal(err)
	}
	w.Organisation = signIn
}

// now is the clock of the world as a provider has it, which lives today.
func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.later.Load())) }

// jar keeps what an answer puts on the device of somebody who is away.
type jar struct{ name, value string }

// away begins a sign-in and gives where somebody is sent, and their jar.
func (w *world) away(viewer, path string) (string, jar) {
	w.Helper()
	got := w.get(viewer, path)
	if got.Code != http.StatusSeeOther {
		w.Fatalf("%s as %s: %d", path, viewer, got.Code)
	}
	for _, c := range got.Result().Cookies() {
		if c.Name == "samenspel-organisation" && c.MaxAge == 600 {
			return got.Header().Get("Location"), jar{c.Name, c.Value}
		}
	}
	w.Fatalf("%s: nothing is kept", path)
	return "", jar{}
}

// home comes back from the organisation with what the jar keeps.
func (w *world) home(viewer string, to *url.URL, kept jar) *httptest.ResponseRecorder {
	w.Helper()
	r := w.request(viewer, http.MethodGet, to.RequestURI(), nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site") // as a browser says it
	if kept.name != "" {
		r.AddCookie(&http.Cookie{Name: kept.name, Value: kept.value})
	}
	return w.ask(r)
}

// by goes to the organisation and back.
func (w *world) by(p *provider.Provider, viewer, path string, who provider.Who) *httptest.ResponseRecorder {
	w.Helper()
	address, kept := w.away(viewer, path)
	return w.home(viewer, p.LogIn(w.TB, address, who), kept)
}

func (w *world) leads(what string, got *httptest.ResponseRecorder, to string) {
	w.Helper()
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != to {
		w.Errorf("%s: %d to %q, want %q", what, got.Code, got.Header().Get("Location"), to)
	}
}

// says holds a page against what it says, and against what it may not tell.
func (w *world) says(what string, got *httptest.ResponseRecorder, status int, text string) {
	w.Helper()
	if got.Code != status || !strings.Contains(got.Body.String(), text) {
		w.Errorf("%s: %d, or the page does not say %q", what, got.Code, text)
	}
	for _, hidden := range []string{"s-noor", "s-other", "noor@voorbeeld.test", "Invented", "attacker"} {
		if strings.Contains(got.Body.String(), hidden) || strings.Contains(w.lines.String(), hidden) {
			w.Errorf("%s: the page or the log tells %s", what, hidden)
		}
	}
	for _, c := range got.Result().Cookies() {
		if c.Name == "samenspel" {
			w.Errorf("%s: a session began", what)
		}
	}
}

// atWork is a world with a real provider, and with somebody there.
func atWork(t *testing.T) (*world, *provider.Provider) {
	t.Helper()
	p := provider.Start(t)
	w := newWorld(t)
	w.organisation(p.Issuer)
	w.signIn(stranger, account.Person{ID: person("", stranger)})
	w.signIn(administrator, account.Person{ID: person("", administrator), Admin: true})
	return w, p
}

// The people of these tests at their organisation.
var (
	noor     = provider.Who{Subject: "s-noor", Email: "noor@voorbeeld.test", Level: level}
	imposter = provider.Who{Subject: "s-other", Email: "noor@voorbeeld.test", Level: level} // with her address
)

func TestComingInByTheOrganisation(t *testing.T) {
	w, p := atWork(t)
	const unknown = "Kom eerst binnen met je link. Daarna kun je hier je eigen inlog koppelen."
	w.says("before it is tied", w.by(p, nobody, "/in/organisation", noor), 403, unknown)

	old := w.tokens[stranger]
	got := w.by(p, stranger, "/me/organisation", noor)
	w.leads("tying", got, "/me")
	w.arrives(stranger, got)
	if w.tokens[stranger] == old {
		t.Fatal("the session is not a new one")
	}
	if _, err := w.Door.Who(t.Context(), old); err == nil {
		t.Error("the session from before goes on")
	}
	session, err := w.Door.Who(t.Context(), w.tokens[stranger])
	if err != nil || session.Person != person("", stranger) || session.By != account.ByOrganisation {
		t.Fatalf("the session is %+v, %v", session, err)
	}
	if me := w.get(stranger, "/me").Body.String(); !strings.Contains(me, "Je komt binnen via gemeente Voorbeeld") {
		t.Error("the page does not say so")
	}

	got = w.by(p, nobody, "/in/organisation?back=/help", noor)
	w.leads("coming in", got, "/help")
	w.arrives("again", got)
	session, err = w.Door.Who(t.Context(), w.tokens["again"])
	if err != nil || session.Person != person("", stranger) || session.By != account.ByOrganisation || session.Shared {
		t.Fatalf("the session is %+v, %v", session, err)
	}
	got = w.by(p, nobody, "/in/organisation?shared=yes", noor)
	w.arrives("shared", got)
	if session, err := w.Door.Who(t.Context(), w.tokens["shared"]); err != nil || !session.Shared {
		t.Errorf("on a device of others: %+v, %v", session, err)
	}

	// Who stopped working here comes in no more, whatever the organisation says.
	if err := w.Door.SetRights(t.Context(), person("", stranger), account.Rights{Closed: true}); err != nil {
		t.Fatal(err)
	}
	w.says("after they stopped", w.by(p, nobody, "/in/organisation", noor), 403, unknown)
	if err := w.Door.SetRights(t.Context(), person("", stranger), account.Rights{}); err != nil {
		t.Fatal(err)
	}
	w.arrives("again", w.by(p, nobody, "/in/organisation", noor))
	w.leads("untying", w.post("again", "/me/organisation/untie", url.Values{}), "/me")
	w.says("after it is untied", w.by(p, nobody, "/in/organisation", noor), 403, unknown)
}

// TestNobodyIsTakenOver: an e-mail address opens nothing, an identity is of
// one person, and only who is in ties, in the session in which they began.
func TestNobodyIsTakenOver(t *testing.T) {
	w, p := atWork(t)
	w.arrives(stranger, w.by(p, stranger, "/me/organisation", noor))
	w.says("another with her e-mail address", w.by(p, nobody, "/in/organisation", imposter), 403, "Wij kennen je nog niet")
	w.says("her identity for another person", w.by(p, administrator, "/me/organisation", noor), 409, "Deze inlog is al gekoppeld.")
	w.says("a second one for her", w.by(p, stranger, "/me/organisation", imposter), 409, "Of je hebt zelf al een andere.")
	w.says("still another", w.by(p, nobody, "/in/organisation", imposter), 403, "Wij kennen je nog niet")

	const anew = "Dit duurde te lang, of was al gebruikt. Begin opnieuw."
	address, kept := w.away(administrator, "/me/organisation")
	back := p.LogIn(t, address, imposter)
	w.says("in the session of another", w.home(stranger, back, kept), 403, anew)
	address, kept = w.away(administrator, "/me/organisation")
	back = p.LogIn(t, address, imposter)
	w.says("without a session", w.home(nobody, back, kept), 403, anew)
	address, _ = w.away(administrator, "/me/organisation")
	back = p.LogIn(t, address, imposter)
	w.says("in another browser", w.home(administrator, back, jar{}), 403, anew)
	address, kept = w.away(administrator, "/me/organisation")
	back = p.LogIn(t, address, imposter)
	w.signIn(administrator, account.Person{ID: person("", administrator)})
	w.says("in a later session", w.home(administrator, back, kept), 403, anew)
	if _, tied, err := w.Door.TiedSince(t.Context(), person("", administrator), p.Issuer); tied || err != nil {
		t.Errorf("something was tied: %v", err)
	}
	for _, site := range []string{"cross-site", "same-site", "none", ""} {
		r := w.request(administrator, http.MethodGet, "/me/organisation", nil)
		if r.Header.Del("Sec-Fetch-Site"); site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
		}
		if got := w.ask(r); got.Code != http.StatusForbidden || len(got.Result().Cookies()) != 0 {
			t.Errorf("tying begun from %q: %d", site, got.Code)
		}
	}
}

// TestUntyingAsksForMore: by a link that another made nobody takes it away.
func TestUntyingAsksForMore(t *testing.T) {
	w, p := atWork(t)
	w.arrives(stranger, w.by(p, stranger, "/me/organisation", noor))
	token, _, err := w.Door.Start(t.Context(), account.Person{ID: person("", stranger)}, account.How{By: account.ByLink})
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["by link"] = token
	if got := w.post("by link", "/me/organisation/untie", url.Values{}); got.Code != http.StatusForbidden || strings.Contains(w.get("by link", "/me").Body.String(), "/untie") {
		t.Errorf("untying by a link: %d", got.Code)
	}
	if got := w.get("by link", "/me/organisation"); got.Code != http.StatusForbidden {
		t.Errorf("tying by a link, with a way of their own: %d", got.Code)
	}
	w.leads("coming in", w.by(p, nobody, "/in/organisation", noor), "/")

	// Who has rights here keeps a way in of their own.
	w.arrives(administrator, w.by(p, administrator, "/me/organisation", imposter))
	if got := w.post(administrator, "/me/organisation/untie", url.Values{}); got.Code != http.StatusForbidden {
		t.Errorf("untying the last way: %d", got.Code)
	}
	w.leads("coming in", w.by(p, nobody, "/in/organisation", imposter), "/")
}

func TestComingBackWrongly(t *testing.T) {
	w, p := atWork(t)
	w.arrives(stranger, w.by(p, stranger, "/me/organisation", noor))
	const anew = "Begin opnieuw."
	address, kept := w.away(nobody, "/in/organisation")
	back := p.LogIn(t, address, noor)
	for name, spoil := range map[string]func(*url.URL, *jar){
		"another state":         func(u *url.URL, _ *jar) { u.RawQuery = "state=attacker&code=x" },
		"no answer":             func(u *url.URL, _ *jar) { u.RawQuery = "" },
		"nothing kept":          func(_ *url.URL, k *jar) { k.name = "" },
		"something else kept":   func(_ *url.URL, k *jar) { k.value = "attacker" },
		"a session for a start": func(_ *url.URL, k *jar) { k.value = w.tokens[stranger] },
	} {
		u, k := *back, kept
		spoil(&u, &k)
		w.says(name, w.home(nobody, &u, k), 403, anew)
	}
	head := w.request(nobody, http.MethodHead, back.RequestURI(), nil)
	head.AddCookie(&http.Cookie{Name: kept.name, Value: kept.value})
	w.says("only asked whether it is there", w.ask(head), 403, anew)
	// None of this used it up; this does.
	got := w.home(nobody, back, kept)
	w.leads("the first time", got, "/")
	w.says("the second time", w.home(nobody, back, kept), 403, anew)

	address, kept = w.away(nobody, "/in/organisation")
	back = p.LogIn(t, address, noor)
	w.later.Add(int64(10 * time.Minute))
	w.says("too late", w.home(nobody, back, kept), 403, anew)
	w.later.Add(-int64(10 * time.Minute))

	address, kept = w.away(nobody, "/in/organisation")
	w.says("denied", w.home(nobody, p.Deny(t, address), kept), 403, "Je hebt daar nee gezegd.")
	low := noor
	low.Level = "https://levels.test/low"
	w.says("at a low level", w.by(p, nobody, "/in/organisation", low), 403, "Je moet bij gemeente Voorbeeld sterker inloggen.")
	address, kept = w.away(nobody, "/in/organisation")
	back = p.LogIn(t, address, noor)
	back.RawQuery += "&iss=https%3A%2F%2Fattacker.test"
	w.says("mixed up", w.home(nobody, back, kept), 403, "Er ging iets mis onderweg.")

	address, kept = w.away(nobody, "/in/organisation")
	back = p.LogIn(t, address, noor)
	p.Stop()
	w.says("away", w.home(nobody, back, kept), 503, "De inlog van gemeente Voorbeeld doet het nu niet.")
	if !strings.Contains(w.lines.String(), "nobody came in by the organisation's sign-in") {
		t.Error("the log does not say so")
	}
}

func TestWhereTheOrganisationLeads(t *testing.T) {
	w, p := atWork(t)
	w.arrives(stranger, w.by(p, stranger, "/me/organisation", noor))
	for _, to := range []string{"https://attacker.test", "//attacker.test", "/%2Fattacker.test", `/\attacker.test`, "javascript:x"} {
		got := w.by(p, nobody, "/in/organisation?back="+url.QueryEscape(to), noor)
		w.leads(to, got, "/")
	}
}

func TestNoOrganisation(t *testing.T) {
	w := newWorld(t)
	w.signIn(stranger, account.Person{ID: person("", stranger)})
	w.Organisation = nil
	for _, path := range []string{"/in/organisation", "/in/organisation/back", "/me/organisation"} {
		if got := w.get(stranger, path); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	if got := w.post(stranger, "/me/organisation/untie", url.Values{}); got.Code != http.StatusNotFound {
		t.Errorf("untying: %d", got.Code)
	}
	for _, path := range []string{"/in", "/me"} {
		if strings.Contains(w.get(stranger, path).Body.String(), "rganisatie") {
			t.Errorf("%s offers what is not there", path)
		}
	}
}
