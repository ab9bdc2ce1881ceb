package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samenspel/account"
)

// guess tries a password from an address.
func (w *world) guess(address, name, password string, head ...string) *httptest.ResponseRecorder {
	w.Helper()
	r := w.request(nobody, http.MethodPost, "/in/password", fields("name", name, "password", password))
	r.RemoteAddr = address
	for i := 0; i < len(head); i += 2 {
		r.Header.Add(head[i], head[i+1])
	}
	return w.ask(r)
}

// TestGuessingFromOneAddress: twenty tries a minute, whatever the names.
func TestGuessingFromOneAddress(t *testing.T) {
	w := newWorld(t)
	w.stage()
	secret, _ := w.own(professional, signName, signWord)
	w.later.Add(int64(time.Minute)) // choosing one counts as well
	var last int
	for n := range 20 {
		if last = w.guess("192.0.2.7:1", fmt.Sprintf("%s %d", typed, n), "x").Code; last != 403 {
			t.Fatalf("try %d: %d", n, last)
		}
	}
	for _, again := range []string{"192.0.2.7:2", "[::ffff:192.0.2.7]:9"} {
		got := w.guess(again, signName, signWord)
		if got.Code != 429 || got.Header().Get("Retry-After") != "61" || !strings.Contains(got.Body.String(), "Probeer het weer vandaag om") {
			t.Errorf("from %s: %d, Retry-After %q", again, got.Code, got.Header().Get("Retry-After"))
		}
	}
	// Without a proxy anybody can write this header.
	if got := w.guess("192.0.2.7:2", signName, signWord, "X-Forwarded-For", "198.51.100.1"); got.Code != 429 {
		t.Errorf("with a header of their own: %d", got.Code)
	}
	elsewhere := w.guess("192.0.2.8:1", signName, signWord)
	step := w.stepOn(elsewhere)
	r := w.request(nobody, http.MethodPost, "/in/code", fields("step", step, "code", w.totp(secret)))
	r.RemoteAddr = "192.0.2.7:3"
	if got := w.ask(r); got.Code != 429 {
		t.Errorf("the second step: %d", got.Code)
	}
	w.later.Add(int64(time.Minute))
	if got := w.guess("192.0.2.7:2", signName, signWord); got.Code != 200 {
		t.Errorf("a minute later: %d", got.Code)
	}
	if strings.Contains(w.lines.String(), "192.0.2") {
		t.Error("an address is in the log")
	}
}

// TestAddressesBehindAProxy: the last hop counts, and one network of version 6
// is one.
func TestAddressesBehindAProxy(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.Proxy = true
	many := func(want int, last func(n int) []string) {
		t.Helper()
		w.later.Add(int64(time.Minute))
		var got int
		for n := range 21 {
			got = w.guess("127.0.0.1:1", fmt.Sprintf("%s %d", typed, n), "x", last(n)...).Code
		}
		if got != want {
			t.Errorf("the last of 21: %d, want %d", got, want)
		}
	}
	const forwarded = "X-Forwarded-For"
	many(429, func(n int) []string { return []string{forwarded, fmt.Sprintf("203.0.113.%d, 198.51.100.1", n)} })
	many(429, func(n int) []string {
		return []string{forwarded, fmt.Sprintf("203.0.113.%d", n), forwarded, "198.51.100.1"}
	})
	many(403, func(n int) []string { return []string{forwarded, fmt.Sprintf("198.51.100.1, 203.0.113.%d", n)} })
	many(429, func(n int) []string { return []string{forwarded, fmt.Sprintf("2001:db8::%x", n)} })
	many(403, func(n int) []string { return []string{forwarded, fmt.Sprintf("2001:db8:0:%x::1", n)} })
	many(429, func(n int) []string { return []string{forwarded, fmt.Sprintf("nonsense %d", n)} })
}

// TestNobodyLearnsWhoSignsIn: a name that nobody has, one with a wrong password
// and one that cannot be one get the same answer, byte for byte, at every try
// and after the last.
func TestNobodyLearnsWhoSignsIn(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.own(professional, signName, signWord)
	for n := range account.MostTries + 1 {
		var want string
		for i, name := range []string{signName, typed + " nobody", typed} {
			got := w.guess(fmt.Sprintf("192.0.2.%d:1", n), name, "wrong wrong wrong")
			if long := got.Header().Get("Content-Length"); long != fmt.Sprint(got.Body.Len()) {
				t.Errorf("an answer of %d bytes says %q", got.Body.Len(), long)
			}
			got.Header().Del("Content-Length") // it has their own name in it
			answer := strings.ReplaceAll(said(got), `value="`+name+`"`, `value=""`)
			if i == 0 {
				want = answer
			}
			if answer != want {
				t.Errorf("try %d: the answer for name %d differs", n, i)
			}
			if limited := n == account.MostTries; limited != (got.Code == 429) {
				t.Errorf("try %d for name %d: %d", n, i, got.Code)
			}
		}
	}
}

// TestWhereSigningInLeads: to a page of this site, whatever a form or an
// address says.
func TestWhereSigningInLeads(t *testing.T) {
	w := newWorld(t)
	w.stage()
	secret, codes := w.own(professional, signName, signWord)
	bad := []string{
		"https://elsewhere.test", "//elsewhere.test", "/\\elsewhere.test", "\\\\elsewhere.test", "/%2Felsewhere.test", "javascript:alert(1)",
		"/in\r\nSet-Cookie: samenspel=x", "/in%0d%0aSet-Cookie:x", "http:elsewhere.test", "elsewhere.test", "/" + strings.Repeat("a", 2000), "/\x00", "///elsewhere.test",
	}
	for i, back := range bad {
		code := ""
		if i < len(codes) {
			code = codes[i]
		} else {
			w.later.Add(int64(time.Minute))
			code = w.totp(secret)
		}
		w.later.Add(int64(time.Minute))
		if page := w.get(nobody, "/in?back="+url.QueryEscape(back)); strings.Contains(page.Body.String(), "elsewhere.test\"") {
			t.Errorf("back %q stands on the page", back)
		}
		if i >= len(codes) {
			code = w.totp(secret)
		}
		got := w.signs("somebody", signName, signWord, code, "back", back)
		to := got.Header().Get("Location")
		local := back == "/in%0d%0aSet-Cookie:x" && strings.HasPrefix(to, "/in") // an odd address, and of this site
		if got.Code != 303 || to != "/" && !local || len(got.Header().Values("Set-Cookie")) != 1 {
			t.Errorf("back %q leads to %q with %d, and %d cookies", back, to, got.Code, len(got.Header().Values("Set-Cookie")))
		}
	}
	w.later.Add(int64(time.Minute))
	if got := w.signs("somebody", signName, signWord, w.totp(secret), "back", table); got.Header().Get("Location") != table {
		t.Errorf("a page of this site leads to %q", got.Header().Get("Location"))
	}
}

// TestNamesAreText: whatever somebody chooses as a name, it is text on the page
// and nothing else, and is kept nowhere.
func TestNamesAreText(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, name := range []string{
		"<script>alert(1)</script>", `"><b>`, "a\r\nSet-Cookie: x=y", "a\x00b", "\xff\xfe", strings.Repeat("n", 5000), "{{.Secret}}", "' OR 1=1 --",
	} {
		got := w.guess("192.0.2.1:1", typed+name, signWord)
		if got.Code != 403 || len(got.Result().Cookies()) != 0 || strings.Contains(got.Body.String(), "<script>alert") || strings.Contains(got.Body.String(), `"><b>`) {
			t.Errorf("the name %q: %d", name, got.Code)
		}
		w.later.Add(int64(account.TriesKept) * 2)
	}
	if got := w.post(nobody, "/in/password", fields("name", typed, "password", strings.Repeat("p", 150_000))); got.Code != 403 {
		t.Errorf("a password of 150,000 signs: %d", got.Code)
	}
	if got := w.post(nobody, "/in/code", fields("step", strings.Repeat("s", 150_000), "code", "1")); got.Code != 403 {
		t.Errorf("a step of 150,000 signs: %d", got.Code)
	}
}

// TestAPasswordOnAnothersPlace: somebody used the first link of another and set
// up a password there. The new link of the other ends their session, and what
// they set up is told and can be taken away.
func TestAPasswordOnAnothersPlace(t *testing.T) {
	w := newWorld(t)
	w.stage()
	key := w.invite("guest", "bonus")
	w.arrives("hijacker", w.post("hijacker", "/enter", showing(key, "name", typed)))
	secret, _ := w.own("hijacker", signName, signWord)
	people := table + "/people/" + id("form", "guest")
	back := w.keyOn(w.post(professional, people+"/link", form("back")))
	w.arrives("guest", w.post("guest", "/enter", showing(back)))
	if got := w.get("hijacker", table); got.Code != 401 {
		t.Errorf("the session from before: %d", got.Code)
	}
	if !w.sees("guest", "/me", "Je hebt een wachtwoord sinds") {
		t.Error("the password of another is not told")
	}
	w.own("guest", typed+" echt", "de maan is vandaag rond") // takes its place
	if got := w.post(nobody, "/in/password", fields("name", signName, "password", signWord)); got.Code != 403 {
		t.Errorf("the password of the other still works, with %q: %d", secret, got.Code)
	}
}

// TestANewPasswordAsksForThePresentOne: who sits down at a screen that was left
// open does not choose another's password. Who came in otherwise may.
func TestANewPasswordAsksForThePresentOne(t *testing.T) {
	w := newWorld(t)
	w.stage()
	const name, first, next = "nadia", "drie blauwe fietsen buiten", "vier rode stoelen binnen"
	w.own(vrager, name, first)
	change := func(now string) *httptest.ResponseRecorder {
		return w.post(vrager, "/me/password", fields("now", now, "name", name, "password", next, "again", next))
	}
	mustSay(t, w.bodyOf(vrager, "/me/password"), true, "Je wachtwoord van nu")
	for _, wrong := range []string{"", "iets heel anders dan dat", next} {
		if got := change(wrong); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Je wachtwoord van nu klopt niet.") {
			t.Errorf("with %q: %d", wrong, got.Code)
		}
	}
	if got := change(first); got.Code != http.StatusOK || onFactor.FindString(got.Body.String()) == "" {
		t.Errorf("with the present one: %d", got.Code)
	}
	for range 5 {
		change("weer iets anders")
	}
	if got := change(first); got.Code != http.StatusTooManyRequests {
		t.Errorf("after five wrong ones: %d", got.Code)
	}
	w.signIn(vrager, accountOf(vrager)) // by a passkey
	mustSay(t, w.bodyOf(vrager, "/me/password"), false, "Je wachtwoord van nu")
	w.later.Add(int64(time.Hour))
	w.signIn(vrager, accountOf(vrager))
	if got := change(""); got.Code != http.StatusOK {
		t.Errorf("by a passkey: %d", got.Code)
	}
}

// TestOnesOwnKeysAskWhoSitsThere: after a quarter of an hour whoever changes
// what somebody comes in with shows again who they are.
func TestOnesOwnKeysAskWhoSitsThere(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.own(vrager, "nadia", "drie blauwe fietsen buiten")
	w.signIn(vrager, accountOf(vrager))
	w.later.Add(int64(14 * time.Minute))
	if got := w.post(vrager, "/me/recovery", nil); got.Code != http.StatusOK {
		t.Errorf("within a quarter of an hour: %d", got.Code)
	}
	w.later.Add(int64(time.Minute))
	for _, path := range []string{"/me/recovery", "/me/password/remove", "/me/only", "/me/password"} {
		form := fields("name", "nadia", "password", "vier rode stoelen binnen", "again", "vier rode stoelen binnen")
		got := w.post(vrager, path, form)
		if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Kom eerst opnieuw binnen") || !strings.Contains(got.Body.String(), `href="/in?back=/me"`) {
			t.Errorf("%s after it: %d", path, got.Code)
		}
	}
	w.signIn(vrager, accountOf(vrager))
	if got := w.post(vrager, "/me/password/remove", nil); got.Code != http.StatusSeeOther {
		t.Errorf("after coming in again: %d", got.Code)
	}
}
