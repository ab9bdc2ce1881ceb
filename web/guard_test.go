package web_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"samenspel/web/static"
)

// protecting is what stands in the head of every answer.
var protecting = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
		"media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
		"frame-ancestors 'none'; require-trusted-types-for 'script'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

// guarded holds an answer against what every answer has in its head.
func (w *world) guarded(r *http.Request, got *httptest.ResponseRecorder) {
	w.Helper()
	for name, want := range protecting {
		if have := got.Header().Values(name); len(have) != 1 || have[0] != want {
			w.Errorf("%s %s: %s is %q", r.Method, r.URL.Path, name, have)
		}
	}
	caching, file := "no-store", strings.HasPrefix(r.URL.Path, static.Prefix) && got.Code == http.StatusOK
	if file {
		caching = "public, max-age=31536000, immutable"
	}
	if have := got.Header().Values("Cache-Control"); len(have) != 1 || have[0] != caching {
		w.Errorf("%s %s: Cache-Control is %q", r.Method, r.URL.Path, have)
	}
	secure := got.Header().Get("Strict-Transport-Security")
	if strings.HasPrefix(w.Address, "https:") != (secure == "max-age=63072000; includeSubDomains") {
		w.Errorf("%s %s at %s: Strict-Transport-Security is %q", r.Method, r.URL.Path, w.Address, secure)
	}
	for _, c := range got.Result().Cookies() {
		mine := c.Path == "/" || c.Name == "reading" && strings.HasPrefix(c.Path, "/practice/")
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || !mine || c.Domain != "" || c.Secure != strings.HasPrefix(w.Address, "https:") {
			w.Errorf("%s %s: cookie %s is kept as %s", r.Method, r.URL.Path, c.Name, c)
		}
	}
}

// discreet holds an answer against where nobody's words may stand: where the
// browser goes next, addresses, titles, and pages that say what went wrong.
func (w *world) discreet(r *http.Request, got *httptest.ResponseRecorder) {
	w.Helper()
	place := r.Method + " " + r.URL.Path
	silent := func(where, text string) {
		w.Helper()
		if strings.Contains(text, kept) || strings.Contains(text, typed) {
			w.Errorf("%s: somebody's words are in %s: %s", place, where, text)
		}
	}
	for name, values := range got.Header() {
		silent("the header "+name, strings.Join(values, " "))
	}
	body := got.Body.String()
	if got.Code == http.StatusNotFound || got.Code == http.StatusUnauthorized {
		if strings.Contains(body, kept) {
			w.Errorf("%s: the page of %d tells what is there", place, got.Code)
		}
	}
	if !strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") {
		return
	}
	head, _, _ := strings.Cut(body, "<body>")
	_, title, titled := strings.Cut(head, "<title>")
	if silent("the title", title); !titled && got.Header().Get("Location") == "" {
		w.Errorf("%s: a page without a title", place)
	}
	w.safe(place, body)
	for page := html.NewTokenizer(strings.NewReader(body)); page.Next() != html.ErrorToken; {
		token := page.Token()
		for _, a := range token.Attr {
			switch a.Key {
			case "href", "action", "src", "id", "for", "data-live", "data-read":
				silent(a.Key, a.Val)
			case "style", "onclick", "onload", "onerror":
				w.Errorf("%s: <%s %s>", place, token.Data, a.Key)
			}
		}
	}
}

// safe holds a page against what each page has for whoever is looked at over
// the shoulder, pages that say what went wrong among them: a title that is one
// of the neutral ones, the way to leave fast, and the script that makes Shift
// three times do the same.
func (w *world) safe(place, body string) {
	w.Helper()
	if !strings.Contains(body, "<main") {
		return // leads on
	}
	_, title, _ := strings.Cut(body, "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	if !slices.Contains(slices.Concat(titlesIn("nl"), titlesIn("en")), html.UnescapeString(title)) {
		w.Errorf("%s: the title is %q", place, title)
	}
	for _, needed := range []string{`<a class="btn quick-exit" href="https://`, static.Path("app.js")} {
		if strings.Count(body, needed) != 1 {
			w.Errorf("%s: %s is on the page %d times", place, needed, strings.Count(body, needed))
		}
	}
}
