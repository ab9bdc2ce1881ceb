package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"samenspel/journal"
)

// TestWhatSomebodySendsIsInNoLog puts a mark in every part of a request, on all
// that can go wrong: none of them comes into the log or into the numbers. That
// every world ends with a look for marks and ids is in openWorld.
func TestWhatSomebodySendsIsInNoLog(t *testing.T) {
	w := staged(t).open(t)
	marked := func(viewer, method, path string, fields url.Values) {
		r := w.request(viewer, method, path, fields)
		for _, name := range []string{"User-Agent", "Referer", "X-Forwarded-For", "X-Request-Id", "Last-Event-ID", "Accept-Language", "X-" + typed} {
			r.Header.Set(name, typed+" "+name)
		}
		r.AddCookie(&http.Cookie{Name: "lang", Value: typed})
		r.AddCookie(&http.Cookie{Name: typed, Value: typed})
		r.Host, r.RemoteAddr = typed+".test", "192.0.2.77:4711"
		r.URL.RawQuery = typed + "=" + typed
		w.handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	round := 0
	all := func() {
		round++
		for _, viewer := range []string{nobody, vrager, officer} {
			for _, path := range []string{table, table + "/live", table + "/tell", ownPicture, "/" + typed, "/a/" + typed, "/log", "/me", "/in/password"} {
				marked(viewer, http.MethodGet, path, nil)
				marked(viewer, http.MethodPost, path, form(fmt.Sprint(round), "words", typed, "name", typed, "password", typed, "code", typed, typed, typed))
			}
		}
	}
	for _, fault := range []error{journal.ErrFull, journal.ErrStopped, journal.ErrDamaged, fmt.Errorf("alliance %s: %w", alliance("a"), errors.New("a fault"))} {
		w.log.before = func() error { return fault }
		w.log.reading = fault
		all()
		w.log.reading = nil
		all()
	}
	w.log.before = nil
	all()
	w.Memory = &crowd{share: 1}
	all()
	log := w.lines.String()
	for _, want := range []string{"ERROR", "WARN", "DEBUG", "(id)", "/a/{alliance}/tell"} {
		if !strings.Contains(log, want) {
			t.Errorf("nothing in the log says %s", want)
		}
	}
	for _, mark := range []string{typed, "192.0.2.77", ":4711", string(person("a", vrager)), w.tokens[vrager]} {
		if strings.Contains(log, mark) {
			t.Errorf("the log says %q:\n%s", mark, log)
		}
	}
}

// slowReader takes nothing: what is written to it is given up after a while.
type slowReader struct{ *httptest.ResponseRecorder }

func (slowReader) Write([]byte) (int, error) {
	return 0, fmt.Errorf("write: %w", os.ErrDeadlineExceeded)
}
func (slowReader) SetWriteDeadline(time.Time) error { return nil }

// TestAStreamThatIsNotTakenIsCounted as one that was cut.
func TestAStreamThatIsNotTakenIsCounted(t *testing.T) {
	w := staged(t).open(t)
	w.handler.ServeHTTP(slowReader{httptest.NewRecorder()}, w.request(vrager, http.MethodGet, table+"/live", nil))
	var counts strings.Builder
	w.Meter.Write(&counts)
	for _, want := range []string{"samenspel_streams_cut_slow_total 1\n", "samenspel_streams_open 0\n"} {
		if !strings.Contains(counts.String(), want) {
			t.Errorf("the numbers do not say %q", want)
		}
	}
}
