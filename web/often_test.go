package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestEverythingIsTakenAlongNowAndThen: three times a day, whichever way, and
// in whatever session. The next day it can be again.
func TestEverythingIsTakenAlongNowAndThen(t *testing.T) {
	w := newWorld(t)
	w.stage()
	take := func(path string) int {
		t.Helper()
		w.later.Add(int64(10 * time.Minute))
		w.signIn(vrager, accountOf(vrager))
		return w.post(vrager, path, url.Values{"for": {"me"}, "lang": {"nl"}}).Code
	}
	for i, path := range []string{table + "/story", "/mine", table + "/story"} {
		if got := take(path); got != http.StatusOK {
			t.Fatalf("time %d: %d", i+1, got)
		}
	}
	before := len(w.looks.written)
	for _, path := range []string{"/mine", table + "/story"} {
		if got := take(path); got != http.StatusTooManyRequests {
			t.Errorf("%s for the fourth time: %d", path, got)
		}
	}
	for _, l := range w.looks.written[before:] {
		if l.Kind == "export" {
			t.Error("what was refused is noted as taken along")
		}
	}
	w.signIn(professional, accountOf(professional))
	if got := w.post(professional, table+"/story", url.Values{"for": {"me"}, "lang": {"nl"}}); got.Code != http.StatusOK {
		t.Errorf("somebody else: %d", got.Code)
	}
	body := w.post(vrager, "/mine", nil).Body.String()
	if !strings.Contains(body, "Morgen kan het weer") || strings.Contains(body, kept) {
		t.Error("what the page says")
	}
	w.later.Add(int64(24 * time.Hour))
	if got := take("/mine"); got != http.StatusOK {
		t.Errorf("the next day: %d", got)
	}
}
