package static_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samenspel/web/static"
)

// room is a small server with one live page, under the policy of the program.
// The people in it are invented.
type room struct {
	url     string
	page    atomic.Value     // the HTML inside body, string
	came    chan *connection // each connection to the stream, when it opens
	refuse  atomic.Int64     // status to answer the stream with; 0 lets it in
	renders atomic.Int64     // how often the page was asked for
	held    atomic.Bool      // something in between keeps an answer until it ends
	head    atomic.Bool      // but for its head
	asked   chan string      // the last id of each who asks once, while held
	once    atomic.Value     // what who asks once is answered, string
}

// connection is one reader of the stream. Text sent on say goes out as it is.
type connection struct {
	lastID string
	say    chan string
	cut    chan struct{}
	gone   <-chan struct{}
}

func document(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Security-Policy", static.CSP)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprintf(w, `<!doctype html><html lang="nl" dir="ltr"><head><meta charset="utf-8">`+
		`<meta name="viewport" content="width=device-width, initial-scale=1"><title>Beeld</title>`+
		`<link rel="icon" href="%s"><link rel="stylesheet" href="%s"><link rel="stylesheet" href="%s">`+
		`<script src="%s" defer></script><script src="%s" defer></script></head><body>%s</body></html>`,
		static.Path("favicon.svg"), static.Path("tokens.css"), static.Path("app.css"), static.Path("app.js"), static.Path("live.js"), body)
}

func newRoom(t *testing.T, body string) *room {
	t.Helper()
	r := &room{came: make(chan *connection, 16), asked: make(chan string, 16)}
	r.once.Store("")
	r.page.Store(body)
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	mux.HandleFunc("/stream", r.stream)
	mux.HandleFunc("/other", func(w http.ResponseWriter, _ *http.Request) {
		document(w, `<main><h1>Elders</h1><a href="/">Terug</a></main>`)
	})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		r.renders.Add(1)
		document(w, r.page.Load().(string))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	r.url = server.URL
	return r
}

func (r *room) stream(w http.ResponseWriter, req *http.Request) {
	if status := r.refuse.Load(); status != 0 {
		w.WriteHeader(int(status))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if req.URL.Query().Has("once") {
		_, _ = fmt.Fprint(w, "event: here\nretry: 1000\ndata:\n\n"+r.once.Load().(string))
		r.asked <- req.Header.Get("Last-Event-ID")
		return
	}
	if r.head.Load() {
		flush(w)
	}
	_, _ = fmt.Fprint(w, "event: here\ndata:\n\n")
	if r.held.Load() {
		<-req.Context().Done()
		return
	}
	flush(w)
	c := &connection{req.Header.Get("Last-Event-ID"), make(chan string), make(chan struct{}), req.Context().Done()}
	r.came <- c
	for {
		select {
		case text := <-c.say:
			_, _ = fmt.Fprint(w, text)
			flush(w)
		case <-c.cut:
			return
		case <-c.gone:
			return
		}
	}
}

func flush(w http.ResponseWriter) {
	if err := http.NewResponseController(w).Flush(); err != nil {
		panic(err) // httptest can always flush
	}
}

const patience = 20 * time.Second

// reader waits for the next connection to the stream.
func (r *room) reader(t *testing.T) *connection {
	t.Helper()
	select {
	case c := <-r.came:
		return c
	case <-time.After(patience):
		t.Fatal("nobody came to the stream")
		return nil
	}
}

// push sends regions as the server of the program does.
func (c *connection) push(t *testing.T, id string, regions ...string) {
	t.Helper()
	c.send(t, "id: "+id+"\ndata: "+strings.ReplaceAll(strings.Join(regions, "\n"), "\n", "\ndata: ")+"\n\n")
}

func (c *connection) send(t *testing.T, text string) {
	t.Helper()
	select {
	case c.say <- text:
	case <-c.gone:
		t.Fatal("the reader left")
	case <-time.After(patience):
		t.Fatal("the stream does not take what is sent")
	}
}

func (c *connection) left(t *testing.T) {
	t.Helper()
	select {
	case <-c.gone:
	case <-time.After(patience):
		t.Fatal("the reader is still there")
	}
}

// asks waits for the next one who asks once.
func (r *room) asks(t *testing.T) (lastID string) {
	t.Helper()
	select {
	case last := <-r.asked:
		return last
	case <-time.After(patience):
		t.Fatal("nobody asked")
		return ""
	}
}
