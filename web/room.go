package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"samenspel/meter"
	"samenspel/web/page"
)

// This file is what stands around every request: it is counted, let in when
// there is memory for it, and waits no longer than somebody would.

// errCrowded says that memory is too short for what somebody asks.
var errCrowded = errors.New("web: there is no memory for it now")

// Memory is how much of it is left; *memory.Bound is one.
type Memory interface {
	// Take lets work in that needs so many bytes, when no more than a share of
	// the memory is then in use. Whoever is let in calls done at the end.
	Take(bytes int64, most float64) (done func(), ok bool)
}

// need is what a kind of work takes of the memory at most, and up to which share
// of it the work is let in. What costs most, and can wait best, stops first.
type need struct {
	work  meter.Work
	bytes int64
	most  float64
}

// The kinds of work. A page of the largest alliance takes about 2 MiB while it
// is made, a stream about 32 KiB for as long as it is open.
var (
	pageNeed   = need{meter.Page, 2 << 20, .9}
	streamNeed = need{meter.Stream, 64 << 10, .75}
	heavyNeed  = need{meter.Heavy, 16 << 20, .6}
)

// heavy are the routes that take or give something large, besides those with a
// file in their form.
var heavy = map[string]bool{
	"GET /log.csv": true, "POST /mine": true, "POST /a/{alliance}/story": true,
}

// calm are the routes that somebody gets whatever there is: they are small, and
// who wants to go must be able to.
var calm = map[string]bool{"/healthz": true, "/readyz": true, "/out": true, "(none)": true}

// need is what a request on this route takes.
func (r Route) need() need {
	switch most := r.most(); {
	case most > mostBody:
		n := heavyNeed
		n.bytes = max(n.bytes, 2*most) // as it came, and as it is read
		return n
	case heavy[r.Method+" "+r.Path]:
		return heavyNeed
	case strings.HasSuffix(r.Path, "/live"):
		return streamNeed
	}
	return pageNeed
}

// letThrough asks whether there is memory for a request, and gives what to call when
// it is answered.
func (v *visit) letThrough(route Route) (done func(), err error) {
	if v.Memory == nil || calm[route.Path] {
		return func() {}, nil
	}
	n := route.need()
	done, ok := v.Memory.Take(n.bytes, n.most)
	if !ok {
		v.Meter.TurnedAway(n.work)
		return nil, errCrowded
	}
	return done, nil
}

// crowded reads what somebody sent although there is no memory for what they
// ask, so that their browser gets to the answer and what they typed comes back.
func (v *visit) crowded(route Route, err error) error {
	if v.r.Method != http.MethodPost {
		return err
	}
	if route.need().work == meter.Page {
		return errors.Join(err, v.readForm(route.most()))
	}
	wire := http.NewResponseController(v.w)
	_ = wire.SetReadDeadline(time.Now().Add(uploading)) // supported, or not needed
	_, _ = io.Copy(io.Discard, http.MaxBytesReader(v.w, v.r.Body, route.most()))
	return err
}

// usually is how long somebody waits for an answer at most, unless the site says
// otherwise: a disk that does not answer must not keep everybody who comes.
const usually = 15 * time.Second

// bounded gives the request an end in time. A stream has none; a file takes its
// time to come.
func (v *visit) bounded(route Route) (done func()) {
	wait := v.Wait
	if wait == 0 {
		wait = usually
	}
	switch route.need().work {
	case meter.Stream:
		return func() {}
	case meter.Heavy:
		wait += uploading
	}
	// Who asks for a page and never takes it is let go, too.
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(uploading)) // supported, or not needed
	ctx, cancel := context.WithTimeout(v.r.Context(), wait)
	v.r = v.r.WithContext(ctx)
	return cancel
}

// comeBack asks a browser, or a program, to wait some seconds. Not all the same
// number, so that they do not all return at once.
func (v *visit) comeBack(least int) {
	n := int(faultNumber()[0]) % 20
	v.w.Header().Set("Retry-After", strconv.Itoa(least+n))
}

// takeTurn waits for a turn to make a page, and gives what to call when it is
// made. More at once would take memory, and be no faster: when something
// changes, the page of everybody who looks is made at that moment.
func (s *Site) takeTurn() (made func()) {
	s.turns <- struct{}{}
	return func() { <-s.turns }
}

func (v *visit) render(p page.Page) ([]byte, error) {
	defer v.takeTurn()()
	return page.Render(p)
}

// counted serves a route and counts what came of it.
func (s *Site) counted(route Route) http.HandlerFunc {
	count := s.Meter.Route(route.Method, route.Path)
	return func(w http.ResponseWriter, r *http.Request) {
		a, began := &answer{ResponseWriter: w}, time.Now()
		defer func() { count.Answered(a.status, time.Since(began)) }()
		s.serve(a, r, route)
	}
}

// answer remembers with which status a request was answered.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the first status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write writes, with 200 where nothing else was said.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// ready says to a proxy whether people can be sent here: nothing but that.
func (v *visit) ready() error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	said := "ready\n"
	if v.Ready != nil && !v.Ready() {
		v.comeBack(5)
		v.w.WriteHeader(http.StatusServiceUnavailable)
		said = "not now\n"
	}
	_, _ = v.w.Write([]byte(said))
	return nil
}
