package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"samenspel"
	"samenspel/account"
)

// stream is an open stream of one viewer: what came over it, and the way to
// end it.
type stream struct {
	*httptest.ResponseRecorder
	mu    sync.Mutex
	ended chan struct{}
	leave context.CancelFunc
}

func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ResponseRecorder.Write(b)
}

// come gives what came since the last time, once the site is at rest.
func (s *stream) come() string {
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.Body.Reset()
	return s.Body.String()
}

// over reports whether the site ended the stream.
func (s *stream) over() bool {
	synctest.Wait()
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// listen opens a stream as the page at an address does.
func (w *world) listen(viewer, path, lastID string) *stream {
	w.Helper()
	ctx, leave := context.WithCancel(w.Context())
	r := w.request(viewer, http.MethodGet, path, nil).WithContext(ctx)
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	s := &stream{ResponseRecorder: httptest.NewRecorder(), ended: make(chan struct{}), leave: leave}
	go func() {
		defer close(s.ended)
		w.handler.ServeHTTP(s, r)
	}()
	w.Cleanup(func() { leave(); <-s.ended })
	return s
}

// liveWorld is a world whose streams stay open.
func liveWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.Closing = make(chan struct{})
	w.stage()
	return w
}

// say lets the vrager say something to some.
func (w *world) say(name string, to ...string) {
	w.Helper()
	wish := samenspel.WordStatement{Words: word(name), Layer: samenspel.Need, Chosen: true}
	for _, place := range to {
		wish.SeenBy = append(wish.SeenBy, partner("a", place))
	}
	w.wish("a", vrager, name, wish)
}

var eventID = regexp.MustCompile(`(?m)^id: (\S+)$`)

const hello = "event: here\ndata:\n\n"

// TestAPageThatIsUpToDateHearsNothing: the page says in the address of its
// stream what it shows.
func TestAPageThatIsUpToDateHearsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		for _, path := range []string{table, table + "/people", ownPicture, ownPicture + "?at=1"} {
			page := w.get(bonus, path).Body.String()
			_, rest, _ := strings.Cut(page, `data-live="`)
			address, _, ok := strings.Cut(rest, `"`)
			if !ok {
				t.Fatalf("%s has no stream", path)
			}
			s := w.listen(bonus, strings.ReplaceAll(address, "&amp;", "&"), "")
			if got := s.come(); got != hello {
				t.Errorf("%s hears %.200q", path, got)
			}
			if kind := s.Header().Get("Content-Type"); kind != "text/event-stream" {
				t.Errorf("%s: Content-Type %s", path, kind)
			}
			w.guarded(w.request(bonus, http.MethodGet, path, nil), s.ResponseRecorder)
		}
	})
}

func TestAChangeIsSeenByWhomItIsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		theirs, others := w.listen(bonus, ownPicture+"/live", ""), w.listen(colleague, ownPicture+"/live", "")
		first := theirs.come()
		others.come()
		if !strings.Contains(first, "data: <section id=\"figure\" data-region") {
			t.Fatalf("whoever shows nothing yet hears %.200q", first)
		}

		w.say("shared with one", bonus)
		got := theirs.come()
		if strings.Count(got, "id: ") != 1 || !strings.Contains(got, kept+" shared with one") || !strings.HasSuffix(got, "\n\n") {
			t.Errorf("one change is heard as %.200q", got)
		}
		for line := range strings.Lines(got) {
			if line != "\n" && !strings.HasPrefix(line, "data: ") && !strings.HasPrefix(line, "id: ") {
				t.Errorf("a line of the stream is %q", line)
			}
		}
		last := eventID.FindStringSubmatch(got)[1]
		if heard := others.come(); heard != "" {
			t.Errorf("whom it is not for hears %.200q", heard)
		}

		// What nobody else may see, and what stands on another page, is no news.
		w.say("hidden from all")
		w.wish("a", vrager, "a note", samenspel.WriteNote{Words: word("a note")})
		w.wish("a", professional, "a question", samenspel.NameEmotion{Statement: statement("a", "own"), Word: word("angry")})
		if heard := theirs.come() + others.come(); heard != "" {
			t.Errorf("what is hidden is heard as %.200q", heard)
		}

		// Taken away again: it goes from the page at once, and who comes back
		// with what they had hears it too.
		theirs.leave()
		w.wish("a", vrager, "unshare", samenspel.ShareStatement{Statement: statement("a", "shared with one")})
		again := w.listen(bonus, ownPicture+"/live", last).come()
		if strings.Contains(again, "shared with one") || strings.Count(again, "id: ") != 1 {
			t.Errorf("coming back: %.200q", again)
		}
		now := eventID.FindStringSubmatch(again)[1]
		if heard := w.listen(bonus, ownPicture+"/live?after=old", now).come(); heard != hello {
			t.Errorf("coming back without a change: %.200q", heard)
		}
	})
}

// TestAPageThatAsksNowAndThen hears what is new, and how long to wait: for where
// something in between keeps a stream to itself until it ends.
func TestAPageThatAsksNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		s := w.listen(bonus, ownPicture+"/live?after=x&once=yes", "")
		got := s.come()
		if !s.over() || !strings.HasPrefix(got, "event: here\nretry: 15000\ndata:\n\nid: ") {
			t.Fatalf("over %v, %.200q", s.over(), got)
		}
		last := eventID.FindStringSubmatch(got)[1]
		s = w.listen(bonus, ownPicture+"/live?after=x&once=yes", last)
		if got := s.come(); !s.over() || got != "event: here\nretry: 15000\ndata:\n\n" {
			t.Errorf("nothing is new: over %v, %.200q", s.over(), got)
		}
	})
}

// TestAPageThatLooksOnKeepsNobodyIn: neither a stream nor one who asks now and
// then counts as somebody who is there.
func TestAPageThatLooksOnKeepsNobodyIn(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for range 3 {
		w.later.Add(int64(account.IdleLimit / 2))
		for _, path := range []string{"/live", "/live?once=yes"} {
			w.get(professional, table+path)
		}
	}
	if got := w.get(professional, table); got.Code != http.StatusUnauthorized {
		t.Errorf("after one and a half times as long as a session lasts: %d", got.Code)
	}
}

func TestAStreamEndsWithWhatItRestsOn(t *testing.T) {
	for name, c := range map[string]struct {
		viewer string
		end    func(*world)
	}{
		"seen out": {bonus, func(w *world) {
			w.wish("a", vrager, "out", samenspel.LeaveAlliance{Partner: partner("a", bonus)})
		}},
		"left": {colleague, func(w *world) {
			w.post(colleague, table+"/people/"+string(partner("a", colleague))+"/out", form("out"))
		}},
		"logged out": {vrager, func(w *world) { w.post(vrager, "/out", nil) }},
		"logged out elsewhere": {vrager, func(w *world) {
			token, _, err := w.Door.Start(w.Context(), account.Person{ID: person("a", vrager)}, account.How{By: account.ByLink})
			if err != nil {
				w.Fatal(err)
			}
			w.tokens["other device"] = token
			w.post("other device", "/out", url.Values{"everywhere": {"yes"}})
		}},
		"ended from elsewhere": {vrager, func(w *world) {
			here, err := w.Door.Still(w.Context(), w.tokens[vrager])
			if err != nil {
				w.Fatal(err)
			}
			w.linked("other device", account.Person{ID: here.Person})
			w.post("other device", "/me/session", url.Values{"session": {here.ID}})
		}},
		"came in again by a link": {vrager, func(w *world) {
			key, _, err := w.Door.MakeLink(w.Context(), account.Link{Purpose: account.Back, Person: person("a", vrager)})
			if err != nil {
				w.Fatal(err)
			}
			w.post("other device", "/enter", showing(key))
		}},
		"session over": {professional, func(w *world) {
			w.later.Store(int64(account.IdleLimit))
			w.say("something", professional)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := liveWorld(t)
				s, other := w.listen(c.viewer, table+"/live", ""), w.listen(c.viewer, table+"/people/live", "")
				if s.come() == "" || s.over() || other.over() {
					t.Fatal("the stream did not begin")
				}
				other.come()
				c.end(w)
				if got := s.come(); got != "event: gone\ndata:\n\n" || !s.over() {
					t.Errorf("over %v, the last that was heard is %.200q", s.over(), got)
				}
				if got := other.come(); got != "event: gone\ndata:\n\n" || !other.over() {
					t.Errorf("the other page: over %v, %.200q", other.over(), got)
				}
			})
		})
	}
}

func TestAQuietStreamSaysThatItIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		s := w.listen(bonus, table+"/live", "")
		s.come()
		<-time.After(16 * time.Second) // of the bubble's own clock
		if got := s.come(); got != ": still here\n\n" {
			t.Errorf("after a while: %.200q", got)
		}
		// A session that ends while nothing happens ends the stream at the
		// next sign of life.
		w.later.Store(int64(account.IdleLimit))
		<-time.After(16 * time.Second)
		if got := s.come(); !strings.HasSuffix(got, "event: gone\ndata:\n\n") || !s.over() {
			t.Errorf("after the session: %.200q", got)
		}
	})
}

func TestStreamsEndWithTheProgramAndTheReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		closing := make(chan struct{})
		w.Closing = closing
		gone, stays := w.listen(bonus, table+"/live", ""), w.listen(colleague, table+"/live", "")
		gone.come()
		gone.leave()
		if !gone.over() || stays.over() {
			t.Error("the stream of one who went away goes on, or another ended")
		}
		close(closing)
		if !stays.over() {
			t.Error("a stream goes on when the program stops")
		}
		if strings.Contains(stays.come(), "gone") {
			t.Error("that the program stops takes nobody's place")
		}
		if log := w.lines.String(); log != "" {
			t.Errorf("logged: %s", log)
		}
	})
}

// TestOverTheWire: over a real connection messages leave at once, and a
// request that only asks for the head of a stream has an end.
func TestOverTheWire(t *testing.T) {
	w := liveWorld(t)
	server := httptest.NewServer(w.handler)
	defer server.Close()
	ask := func(method string) *http.Response {
		t.Helper()
		r := w.request(bonus, method, table+"/live", nil)
		r.RequestURI = ""
		r.URL.Scheme, r.URL.Host = "http", strings.TrimPrefix(server.URL, "http://")
		got, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	head := ask(http.MethodHead)
	head.Body.Close()
	if head.StatusCode != http.StatusOK {
		t.Errorf("HEAD: %d", head.StatusCode)
	}
	got := ask(http.MethodGet)
	defer got.Body.Close()
	in := bufio.NewScanner(got.Body)
	in.Buffer(nil, 1<<20)
	message := func() string {
		var all strings.Builder
		for in.Scan() && in.Text() != "" {
			all.WriteString(in.Text() + "\n")
		}
		return all.String()
	}
	if first := message() + message(); !strings.HasPrefix(first, "event: here\ndata:\nid: ") {
		t.Errorf("first: %.200q", first)
	}
	w.say("over the wire", bonus)
	if second := message(); !strings.Contains(second, kept+" over the wire") {
		t.Errorf("second: %.200q", second)
	}
}
