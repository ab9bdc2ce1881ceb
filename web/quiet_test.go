package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// deadlines is the other side of a connection, which knows until when it may be
// written to.
type deadlines struct {
	*stream
	until time.Time
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
