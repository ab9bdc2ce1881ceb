package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// crowd is a memory of which so much is in use, and that counts who has some.
type crowd struct {
	share float64
	in    int
}

func (c *crowd) Take(_ int64, most float64) (func(), bool) {
	if c.share > most {
		return nil, false
	}
	c.in++
	return func() { c.in-- }, true
}

// TestWhatWaitsWhenMemoryIsShort: what is heavy waits first, pages last, and who
// wants to go can always go.
func TestWhatWaitsWhenMemoryIsShort(t *testing.T) {
	w := staged(t).open(t)
	room := &crowd{}
	w.Memory = room
	upload := func() *httptest.ResponseRecorder { return w.uploads(professional, []byte("no package")) }
	ask := func(viewer, path string) func() *httptest.ResponseRecorder {
		return func() *httptest.ResponseRecorder { return w.get(viewer, path) }
	}
	for _, c := range []struct {
		what string
		ask  func() *httptest.ResponseRecorder
		upTo float64 // the share in use up to which it is answered
	}{
		{"an upload", upload, .6},
		{"a story", func() *httptest.ResponseRecorder { return w.post(vrager, table+"/story", form("story")) }, .6},
		{"the access log as a file", ask(officer, "/log.csv"), .6},
		{"a stream", ask(vrager, table+"/live"), .75},
		{"a page", ask(vrager, table), .9},
		{"a form", func() *httptest.ResponseRecorder {
			return w.post(vrager, table+"/notes", form("note", "words", typed))
		}, .9},
		{"whether it runs", ask(nobody, "/healthz"), 1},
		{"whether people can come", ask(nobody, "/readyz"), 1},
		{"nothing", ask(nobody, "/nowhere"), 1},
		{"going away", func() *httptest.ResponseRecorder { return w.post(bonus, "/out", nil) }, 1},
	} {
		for _, share := range []float64{0, .5, .7, .8, .95, 1} {
			room.share = share
			got := c.ask()
			waits := got.Code == http.StatusServiceUnavailable
			if waits != (share > c.upTo) {
				t.Errorf("%s with %v in use: %d", c.what, share, got.Code)
			}
			if room.in != 0 {
				t.Fatalf("%s: %d are still in when it is answered", c.what, room.in)
			}
			if waits {
				calm(t, c.what, got)
			}
		}
	}
	if log := w.lines.String(); strings.Contains(log, `"level":"ERROR"`) || !strings.Contains(log, `"level":"WARN"`) {
		t.Errorf("that somebody has to wait is no fault, and is said:\n%s", log)
	}
}

// calm fails the test unless an answer says when to come back, and that nothing
// was lost.
func calm(t *testing.T, what string, got *httptest.ResponseRecorder) {
	t.Helper()
	if wait, err := strconv.Atoi(got.Header().Get("Retry-After")); err != nil || wait < 5 || wait > 60 {
		t.Errorf("%s: Retry-After %q", what, got.Header().Get("Retry-After"))
	}
	if said := "Wat al bewaard is, blijft bewaard."; !strings.Contains(got.Body.String(), said) {
		t.Errorf("%s: it does not say %q", what, said)
	}
}

// TestAFormThatHadToWait comes back with what was typed, to be sent once more as
// it was.
func TestAFormThatHadToWait(t *testing.T) {
	w := staged(t).open(t)
	room := &crowd{share: .95}
	w.Memory = room
	before := w.seqs()
	got := w.post(vrager, table+"/tell", form("told", "words", typed+" told <b>", "back", ownPicture))
	if !strings.Contains(got.Body.String(), htmlOf(typed+" told <b>")+"</textarea>") {
		t.Errorf("what was typed did not come back: %s", got.Body)
	}
	if w.seqs() != before {
		t.Error("something was stored")
	}
	room.share = 0
	w.sentAgain(got, typed+" told &lt;b&gt;")
}

// sentAgain presses the button of a page that says that something was not
// stored, twice: what was said is there, once.
func (w *world) sentAgain(got *httptest.ResponseRecorder, said string) {
	w.Helper()
	action, fields := formOn(w.TB, got.Body.String())
	for range 2 {
		if again := w.post(vrager, action, fields); again.Code != http.StatusSeeOther {
			w.Errorf("sent again: %d\n%s", again.Code, again.Body)
		}
	}
	if n := strings.Count(w.get(vrager, ownPicture).Body.String(), said); n != 1 {
		w.Errorf("it is there %d times", n)
	}
}

var (
	resend = regexp.MustCompile(`(?s)<div class="answers"><form method="post" action="([^"]*)">(.*?)</form>`)
	hiding = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// formOn is the form that a page has to send something once more.
func formOn(t testing.TB, page string) (action string, fields url.Values) {
	t.Helper()
	found := resend.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("there is no form to send again on %s", page)
	}
	fields = url.Values{}
	for _, field := range hiding.FindAllStringSubmatch(found[2], -1) {
		fields.Add(html.UnescapeString(field[1]), html.UnescapeString(field[2]))
	}
	return html.UnescapeString(found[1]), fields
}

// Nothing that somebody typed to come in is written into a page.
func TestWhatOpensADoorDoesNotComeBack(t *testing.T) {
	w := newWorld(t)
	w.Memory = &crowd{share: 1}
	got := w.post(nobody, "/in/password", url.Values{"name": {"nadia"}, "password": {typed + " password"}, "command": {id("x")}})
	if got.Code != http.StatusServiceUnavailable || strings.Contains(got.Body.String(), typed) {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
}

// TestADiskThatStalls: nobody waits for ever. They hear that it is not known yet
// whether it was stored, and the same form settles it: also when the disk got
// round to it after all.
func TestADiskThatStalls(t *testing.T) {
	for name, stored := range map[string]bool{"and then stores it": true, "and then fails": false} {
		t.Run(name, func(t *testing.T) {
			w := staged(t).open(t)
			late, goes := &overdue{Context: w.Context(), done: make(chan struct{})}, make(chan struct{})
			w.log.before = func() error {
				close(late.done)
				<-goes
				if !stored {
					return errors.New("the disk gave up")
				}
				return nil
			}
			r := w.request(vrager, http.MethodPost, table+"/tell", form("told", "words", typed+" told", "back", ownPicture))
			got := w.ask(r.WithContext(late))
			body := got.Body.String()
			if got.Code != http.StatusServiceUnavailable || !strings.Contains(body, "We weten nog niet of het bewaard is.") ||
				!strings.Contains(body, "Nog niet bewaard") {
				t.Errorf("%d: %s", got.Code, body)
			}
			w.log.before = nil
			close(goes)
			w.sentAgain(got, typed+" told")
		})
	}
}

// overdue is a context whose time is over when the test says so.
type overdue struct {
	context.Context
	done chan struct{}
}

func (o *overdue) Done() <-chan struct{} { return o.done }

func (o *overdue) Err() error {
	select {
	case <-o.done:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// TestNobodyWaitsForEver: each answer has its time, but for a stream.
func TestNobodyWaitsForEver(t *testing.T) {
	w := staged(t).open(t)
	w.Wait = time.Nanosecond
	got := w.get(vrager, table)
	if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), "Het duurt te lang.") ||
		strings.Contains(got.Body.String(), "Stuur het nog eens") {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
	calm(t, "a page", got)
	if got := w.get(vrager, table+"/live"); got.Code != http.StatusOK {
		t.Errorf("a stream is answered with %d", got.Code)
	}
}

// TestTheNumberOfAFaultIsInTheLog: whoever reads it out, and whoever reads the
// log, speak of the same fault; all lines of one request have the same number.
func TestTheNumberOfAFaultIsInTheLog(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.House = panicking{w.House}
	body := w.get(nobody, "/help").Body.String()
	number := regexp.MustCompile(`<bdi>([0-9a-z]{8})</bdi>`).FindStringSubmatch(body)
	if number == nil {
		t.Fatalf("the page has no number: %s", body)
	}
	var messages []string
	for line := range strings.Lines(w.lines.String()) {
		var l struct{ Level, Msg, Number, Route, Method string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if l.Level != "ERROR" {
			continue
		}
		messages = append(messages, l.Msg)
		if l.Number != number[1] || l.Route != "/help" || l.Method != http.MethodGet {
			t.Errorf("number %s, and the log says %s", number[1], line)
		}
	}
	if len(messages) != 2 || messages[1] != "request failed" {
		t.Errorf("the log says %q", messages)
	}
}

// TestEachFailedRequestHasALine of a level that says for whom it is, with the
// pattern of the route.
func TestEachFailedRequestHasALine(t *testing.T) {
	w := staged(t).open(t)
	w.get(vrager, table+"/statement/"+id("nothing")+"/share")
	w.get(nobody, "/"+typed)
	w.post(vrager, table+"/tell", form("empty", "words", ""))
	for _, want := range []string{
		`"level":"DEBUG","msg":"request failed","route":"/a/{alliance}/statement/{statement}/share","method":"GET","status":404`,
		`"level":"DEBUG","msg":"request failed","route":"(none)","method":"GET","status":404`,
		`"level":"DEBUG","msg":"form refused","route":"/a/{alliance}/tell","method":"POST","status":422`,
	} {
		if n := strings.Count(w.lines.String(), want); n != 1 {
			t.Errorf("%d lines say %s", n, want)
		}
	}
	if n := strings.Count(w.lines.String(), "\n"); n != 3 {
		t.Errorf("%d lines:\n%s", n, w.lines)
	}
	var counts strings.Builder
	w.Meter.Write(&counts)
	for _, want := range []string{
		`samenspel_requests_total{method="GET",route="/a/{alliance}/statement/{statement}/share",status="4xx"} 1`,
		`samenspel_requests_total{method="POST",route="/a/{alliance}/tell",status="4xx"} 1`,
		`samenspel_refusals_total{kind="not_found"} 2`,
		`samenspel_refusals_total{kind="invalid"} 1`,
	} {
		if !strings.Contains(counts.String(), want+"\n") {
			t.Errorf("the metrics do not say %s", want)
		}
	}
}

// TestReady tells a proxy whether to send people, and nothing else.
func TestReady(t *testing.T) {
	w := newWorld(t)
	if got := w.get(nobody, "/readyz"); got.Code != http.StatusOK || got.Body.String() != "ready\n" {
		t.Errorf("%d %q", got.Code, got.Body)
	}
	w.Ready = func() bool { return false }
	if got := w.get(nobody, "/readyz"); got.Code != http.StatusServiceUnavailable || got.Body.String() != "not now\n" {
		t.Errorf("%d %q", got.Code, got.Body)
	}
	if got := w.get(nobody, "/healthz"); got.Code != http.StatusOK {
		t.Errorf("it runs, and /healthz answers %d", got.Code)
	}
}
