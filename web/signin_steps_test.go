package web_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"samenspel"
	"samenspel/account"
)

// What the people in these tests chose. They are invented, as are the passwords.
const (
	signName = typed + " els van de wijk"
	signWord = "paard eet graag peer"
)

var (
	onStep   = regexp.MustCompile(`name="step" value="([^"]+)"`)
	onFactor = regexp.MustCompile(`id="factor" dir="ltr">(.*?)</b>`)
	tags     = regexp.MustCompile(`<[^>]*>| `)
	onCodes  = regexp.MustCompile(`<li><b dir="ltr">(.*?)</b></li>`)
)

// fields makes a form.
func fields(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

// stepOn reads the step from a page.
func (w *world) stepOn(got *httptest.ResponseRecorder) string {
	w.Helper()
	found := onStep.FindStringSubmatch(got.Body.String())
	if got.Code >= 400 || found == nil {
		w.Fatalf("no step on the page: %d", got.Code)
	}
	return html.UnescapeString(found[1])
}

// totp is the code of now.
func (w *world) totp(secret string) string {
	w.Helper()
	code, err := totp.GenerateCode(secret, w.Now())
	if err != nil {
		w.Fatal(err)
	}
	return code
}

// own lets somebody set up a password by the pages, and gives the secret of
// their app and the recovery codes.
func (w *world) own(viewer, name, password string) (secret string, codes []string) {
	w.Helper()
	got := w.post(viewer, "/me/password", fields("name", name, "password", password, "again", password))
	found := onFactor.FindStringSubmatch(got.Body.String())
	if found == nil {
		w.Fatalf("no second factor on the page: %d", got.Code)
	}
	secret = tags.ReplaceAllString(found[1], "")
	done := w.post(viewer, "/me/password/code", fields("step", w.stepOn(got), "code", w.totp(secret)))
	for _, code := range onCodes.FindAllStringSubmatch(done.Body.String(), -1) {
		codes = append(codes, tags.ReplaceAllString(code[1], ""))
	}
	if done.Code != 200 || len(codes) != account.RecoveryCodes {
		w.Fatalf("setting up: %d with %d codes", done.Code, len(codes))
	}
	w.arrives(viewer, done)
	w.later.Add(int64(time.Minute))
	return secret, codes
}

// signs signs somebody in by the pages, in a browser of their own.
func (w *world) signs(viewer, name, password, code string, more ...string) *httptest.ResponseRecorder {
	w.Helper()
	step := w.stepOn(w.post(viewer, "/in/password", fields(append(more, "name", name, "password", password)...)))
	got := w.post(viewer, "/in/code", fields(append(more, "step", step, "code", code)...))
	if got.Code == 303 {
		w.arrives(viewer, got)
	}
	return got
}

// linked gives somebody a session by a link, in place of the one they have.
func (w *world) linked(viewer string, p account.Person) string {
	w.Helper()
	token, _, err := w.Door.Start(w.Context(), p, account.How{By: account.ByLink})
	if err != nil {
		w.Fatal(err)
	}
	w.tokens[viewer] = token
	return token
}

// TestTheGate: staff who came in by a link make a way in of their own first,
// whatever they ask for. Everybody else, and the demo, is let be.
func TestTheGate(t *testing.T) {
	w := newWorld(t)
	w.stage()
	people := map[string]account.Person{
		administrator: {ID: person("", administrator), Admin: true},
		professional:  accountOf(professional),
		"officer":     {ID: person("", "officer"), Officer: true},
	}
	for viewer, p := range people {
		w.linked(viewer, p)
	}
	w.linked(colleague, accountOf(colleague))
	before := w.seqs()
	for _, route := range w.Routes() {
		if route.For == "everybody" || route.Path == "/me" || strings.HasPrefix(route.Path, "/me/") {
			continue
		}
		for viewer := range people {
			got := w.ask(w.request(viewer, route.Method, at(route.Path, shown("a")), anyForm()))
			switch {
			case route.Method == http.MethodGet && (got.Code != 303 || got.Header().Get("Location") != "/me/first"):
				t.Errorf("%s as %s: %d to %q", route.Path, viewer, got.Code, got.Header().Get("Location"))
			case route.Method == http.MethodPost && (got.Code != 403 || !strings.Contains(got.Body.String(), "Maak eerst je eigen sleutel.")):
				t.Errorf("POST %s as %s: %d", route.Path, viewer, got.Code)
			}
		}
	}
	if w.seqs() != before {
		t.Error("something was done at the gate")
	}
	for _, path := range []string{"/me", "/me/first", "/me/password", "/settings", "/help"} {
		if got := w.get(administrator, path); got.Code != 200 {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	if got := w.get(colleague, table); got.Code != 200 {
		t.Errorf("a partner by a link: %d", got.Code)
	}
	if got := w.get("officer", "/me/first"); !strings.Contains(got.Body.String(), "/me/password") || strings.Contains(got.Body.String(), "/out\"><input") {
		t.Error("the page offers no password, or more than a way in")
	}

	w.own(administrator, signName, signWord)
	if got := w.get(administrator, "/admin"); got.Code != 200 {
		t.Errorf("after that: %d", got.Code)
	}
	if got := w.get(administrator, "/me/first"); got.Code != 303 {
		t.Errorf("the page to begin, after that: %d", got.Code)
	}
	if got := w.post(administrator, "/me/password/remove", nil); got.Code != 403 || !strings.Contains(got.Body.String(), "Maak eerst een andere.") {
		t.Errorf("taking away the last own way in: %d", got.Code)
	}
}

// TestATokenFromBeforeIsDead: each time that somebody comes in, or comes in
// more strongly, they have a new token, and the one before opens nothing. A
// token that somebody planted is never taken over.
func TestATokenFromBeforeIsDead(t *testing.T) {
	w := newWorld(t)
	w.stage()
	alive := func(token string) bool {
		_, err := w.Door.Still(t.Context(), token)
		return err == nil
	}
	weak := w.linked(professional, accountOf(professional))
	secret, _ := w.own(professional, signName, signWord)
	strong := w.tokens[professional]
	if strong == weak || alive(weak) || !alive(strong) {
		t.Error("the token from before the step up goes on")
	}
	planted := w.tokens[stranger]
	w.tokens[professional] = planted
	if got := w.signs(professional, signName, signWord, w.totp(secret)); got.Code != 303 || got.Header().Get("Location") != "/" {
		t.Fatalf("signing in: %d", got.Code)
	}
	if w.tokens[professional] == planted || alive(planted) {
		t.Error("a token that was planted goes on")
	}
	if !w.sees(professional, "/start", kept) {
		t.Error("the professional is not in")
	}
	guest := w.invite("guest", "bonus")
	w.linked("guest", account.Person{ID: "planter"})
	planted = w.tokens["guest"]
	w.arrives("guest", w.post("guest", "/enter", showing(guest, "name", typed)))
	if w.tokens["guest"] == planted || alive(planted) {
		t.Error("a token that was planted before a link goes on")
	}
}

// TestAStolenToken opens nothing after its owner left, here or everywhere, or
// ended that session from elsewhere; and the list is of one's own.
func TestAStolenToken(t *testing.T) {
	w := newWorld(t)
	w.stage()
	in := func(token string) int {
		w.tokens["thief"] = token
		return w.get("thief", table).Code
	}
	here := w.tokens[vrager]
	w.signIn(vrager, accountOf(vrager))
	there := w.tokens[vrager]
	list := w.get(vrager, "/me").Body.String()
	rows := regexp.MustCompile(`name="session" value="([0-9a-z]+)"`).FindAllStringSubmatch(list, -1)
	if len(rows) != 1 || strings.Contains(list, here) || strings.Contains(list, there) {
		t.Fatalf("%d other sessions in the list, or a token is", len(rows))
	}
	for _, as := range []string{bonus, stranger} {
		if got := w.post(as, "/me/session", fields("session", rows[0][1])); got.Code != 303 || in(here) != 200 {
			t.Errorf("%s ends the session of another", as)
		}
	}
	if in(rows[0][1]) != 401 {
		t.Error("the id of a session opens something")
	}
	w.post(vrager, "/me/session", fields("session", rows[0][1]))
	if in(here) != 401 || in(there) != 200 {
		t.Error("the other session did not end, or this one did")
	}
	if got := w.post(vrager, "/out", nil); got.Header().Get("Clear-Site-Data") == "" || in(there) != 401 {
		t.Error("after leaving the token still opens")
	}
	w.signIn(vrager, accountOf(vrager))
	first := w.tokens[vrager]
	w.signIn(vrager, accountOf(vrager))
	w.post(vrager, "/out", fields("everywhere", "yes"))
	if in(first) != 401 || in(w.tokens[vrager]) != 401 {
		t.Error("after leaving everywhere a token still opens")
	}
}

// TestSharedDevice: what somebody says of the device counts, at the door and
// when they sign in.
func TestSharedDevice(t *testing.T) {
	w := newWorld(t)
	w.stage()
	secret, _ := w.own(professional, signName, signWord)
	guest := w.invite("guest", "bonus")
	entered := w.post("guest", "/enter", showing(guest, "name", typed, "shared", "yes"))
	w.arrives("guest", entered)
	signed := w.signs(professional, signName, signWord, w.totp(secret), "shared", "yes")
	for viewer, got := range map[string]*httptest.ResponseRecorder{"guest": entered, professional: signed} {
		for _, c := range got.Result().Cookies() {
			if c.Name == "samenspel" && (c.MaxAge != 0 || !c.Expires.IsZero()) {
				t.Errorf("%s: the cookie outlives the browser", viewer)
			}
		}
		if !w.sees(viewer, "/me", "Anderen gebruiken dit apparaat ook.") {
			t.Errorf("%s: the list does not say it", viewer)
		}
	}
	w.later.Add(int64(account.ShareLimit))
	for _, viewer := range []string{"guest", professional} {
		if got := w.get(viewer, "/me"); got.Code != 401 {
			t.Errorf("%s after 10 minutes: %d", viewer, got.Code)
		}
	}
}

// TestADeviceIsAWord: nothing else of what a browser says is kept.
func TestADeviceIsAWord(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148": "phone",
		"Mozilla/5.0 (Linux; Android 14; K) Chrome/130 Mobile Safari/537.36":   "phone",
		"Mozilla/5.0 (Linux; Android 14; K) Chrome/130 Safari/537.36":          "tablet",
		"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148":          "tablet",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/132":                "computer",
		"Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537.36":             "computer",
		"something\x01else": "", "": "",
	} {
		r := w.request(nobody, http.MethodGet, "/demo/visitor", nil)
		r.Header.Set("User-Agent", agent)
		got := w.ask(r)
		w.arrives("demo", got)
		s, err := w.Door.Still(t.Context(), w.tokens["demo"])
		if err != nil || s.Device != want || s.By != account.ByDemo {
			t.Errorf("%q is a %q by %s, %v; want %q", agent, s.Device, s.By, err, want)
		}
	}
}

// TestWhoCameInByALink: it is told to who has a way in of their own, until they
// say that they know; and who wants none gets no links.
func TestWhoCameInByALink(t *testing.T) {
	w := newWorld(t)
	w.stage()
	secret, _ := w.own(bonus, signName, signWord)
	stays := w.tokens[bonus]
	people := table + "/people/" + string(partner("a", bonus))
	key := w.keyOn(w.post(vrager, people+"/link", form("back")))
	w.arrives("hijacker", w.post("hijacker", "/enter", showing(key)))
	if _, err := w.Door.Still(t.Context(), stays); err == nil {
		t.Error("a session from before the link goes on")
	}
	told := "maakte een link voor jou."
	if !w.sees("hijacker", "/me", told) || w.sees("hijacker", "/me", "Ik weet ervan") {
		t.Error("who came in by the link is not told, or may say that they know")
	}
	for path, f := range map[string]url.Values{
		"/me/known": fields("until", "2030-01-01T00:00:00Z"), "/me/only": fields("only", "yes"),
		"/me/password/remove": nil, "/me/recovery": nil,
	} {
		if got := w.post("hijacker", path, f); got.Code != 403 {
			t.Errorf("%s by the link of another: %d", path, got.Code)
		}
	}
	w.signs(bonus, signName, signWord, w.totp(secret))
	if got := w.get(bonus, "/"); got.Header().Get("Location") != "/me" || !w.sees(bonus, "/me", told) || !w.sees(bonus, "/me", "Ik weet ervan") {
		t.Errorf("the owner is not told: led to %q", got.Header().Get("Location"))
	}
	for _, bad := range []string{"", "yesterday", "2026"} {
		w.post(bonus, "/me/known", fields("until", bad))
	}
	until := regexp.MustCompile(`name="until" value="([^"]+)"`).FindStringSubmatch(w.get(bonus, "/me").Body.String())
	if until == nil {
		t.Fatal("there is nothing left to know")
	}
	w.post(bonus, "/me/known", fields("until", until[1]))
	if got := w.get(bonus, "/"); got.Header().Get("Location") != table || w.sees(bonus, "/me", told) {
		t.Errorf("who knows is told again: led to %q", got.Header().Get("Location"))
	}

	open := w.keyOn(w.post(vrager, people+"/link", form("open")))
	w.post(bonus, "/me/only", fields("only", "yes"))
	if got := w.post(nobody, "/door", showing(open)); got.Code != 403 {
		t.Errorf("a link that was open: %d", got.Code)
	}
	before := w.seqs()
	for _, maker := range []string{vrager, professional, bonus} {
		got := w.post(maker, people+"/link", form("closed "+maker))
		if got.Code != 403 || !strings.Contains(got.Body.String(), "Voor deze persoon kan hier geen nieuwe link.") {
			t.Errorf("a link made by the %s: %d", maker, got.Code)
		}
	}
	if w.seqs() != before {
		t.Error("it was told that a link was made")
	}
	if got := w.post(bonus, "/me/password/remove", nil); got.Code != 403 {
		t.Errorf("taking away the only way in: %d", got.Code)
	}
	w.post(bonus, "/me/only", nil)
	w.keyOn(w.post(vrager, people+"/link", form("again")))
	if got := w.post(bonus, "/me/password/remove", nil); got.Code != 303 {
		t.Errorf("taking away the password: %d", got.Code)
	}
	if got := w.post(stranger, "/me/only", fields("only", "yes")); got.Code != 403 {
		t.Errorf("only one's own, without one: %d", got.Code)
	}
	if only, err := w.Door.OnlyOwn(t.Context(), samenspel.PersonID(person("", stranger))); only || err != nil {
		t.Error("somebody without a way in of their own can come in no more")
	}
}
