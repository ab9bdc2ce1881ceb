package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// deadlines is the other side of a connection, which knows until when it may be
// written to.
type deadlines struct {
	*stream
	until time.Time // written
	read  time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.read = at
	return nil
}

func (d *deadlines) SetWriteDeadline(at time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.until = at
	return nil
}

// writtenUntil asks for something and gives until when the answer may be written, once
// the site is at rest.
func (w *world) writtenUntil(viewer, path string) time.Time {
	w.Helper()
	d := &deadlines{stream: &stream{ResponseRecorder: httptest.NewRecorder()}}
	ctx, leave := context.WithCancel(w.Context())
	r := w.request(viewer, http.MethodGet, path, nil).WithContext(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.handler.ServeHTTP(d, r)
	}()
	synctest.Wait()
	d.mu.Lock()
	until := d.until
	d.mu.Unlock()
	leave()
	<-ended
	return until
}

// TestAQuietStreamHasNoDeadline: over HTTP/2 a deadline that passes ends a
// stream, also one over which nothing has to go.
func TestAQuietStreamHasNoDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if until := liveWorld(t).writtenUntil(bonus, ownPicture+"/live"); !until.IsZero() {
			t.Errorf("a stream ends in %v, when nothing happens", time.Until(until))
		}
	})
}

// TestAPageHasADeadline: who never takes what they asked for is let go.
func TestAPageHasADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if until := liveWorld(t).writtenUntil(bonus, ownPicture); until.IsZero() {
			t.Error("a page may be written for ever")
		}
	})
}

// TestWhatComesSlowlyHasAnEnd: a form that was read may be answered at leisure;
// what was not read may not hold the connection.
func TestWhatComesSlowlyHasAnEnd(t *testing.T) {
	w := newWorld(t)
	w.stage()
	const words = "words=Ik+wil+rust.&command=0190b5a0-0000-7000-8000-000000000001"
	for name, c := range map[string]struct {
		method, path, kind string
		ends               bool
	}{
		"a form":               {http.MethodPost, table + "/tell", "application/x-www-form-urlencoded", false},
		"no form":              {http.MethodPost, table + "/tell", "text/plain", true},
		"something for a page": {http.MethodGet, table, "application/x-www-form-urlencoded", true},
	} {
		d := &deadlines{stream: &stream{ResponseRecorder: httptest.NewRecorder()}}
		r := w.request(vrager, c.method, c.path, nil)
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(words)), int64(len(words))
		r.Header.Set("Content-Type", c.kind)
		w.handler.ServeHTTP(d, r)
		if d.read.IsZero() == c.ends {
			t.Errorf("%s: it may come until %v", name, d.read)
		}
	}
}
