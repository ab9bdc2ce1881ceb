package meter

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Route counts the requests on one route. A nil Route counts nothing.
type Route struct {
	set    *metrics.Set
	labels string
	// A route that nobody asked for has no lines.
	first   sync.Once
	took    *metrics.PrometheusHistogram
	classes [6]atomic.Pointer[metrics.Counter]
}

// Route gives what counts a route, by its method and the pattern of its path,
// such as "/a/{alliance}/tell". A path as somebody asked for it has ids in it
// and must not come here.
func (m *Meter) Route(method, pattern string) *Route {
	if m == nil {
		return nil
	}
	method = cmp.Or(method, "any")
	return &Route{set: m.set, labels: fmt.Sprintf("method=%q,route=%q", method, pattern)}
}

// Answered counts a request and what it came to: an HTTP status, and 0 for one
// that was broken off. How long a stream was open is no measure of anything,
// and is left out.
func (r *Route) Answered(status int, took time.Duration) {
	if r == nil {
		return
	}
	r.first.Do(func() {
		if !strings.HasSuffix(r.labels, `/live"`) {
			r.took = r.set.GetOrCreatePrometheusHistogramExt("samenspel_request_seconds{"+r.labels+"}", page)
		}
	})
	if r.took != nil {
		r.took.Update(took.Seconds())
	}
	r.class(status / 100).Inc()
}

// class is the counter of a class of status.
func (r *Route) class(c int) *metrics.Counter {
	if c < 0 || c >= len(r.classes) {
		c = 0
	}
	if known := r.classes[c].Load(); known != nil {
		return known
	}
	count := r.set.GetOrCreateCounter(fmt.Sprintf("samenspel_requests_total{%s,status=\"%dxx\"}", r.labels, c))
	r.classes[c].Store(count)
	return count
}

// refusals are the four kinds of no, by the status that each is answered with.
var refusals = map[int]string{403: "refused", 404: "not_found", 409: "conflict", 422: "invalid", 429: "often"}

// Refused counts a no by the status that says of which kind it is; others it
// does not count.
func (m *Meter) Refused(status int) {
	if kind := refusals[status]; m != nil && kind != "" {
		m.set.GetOrCreateCounter(`samenspel_refusals_total{kind="` + kind + `"}`).Inc()
	}
}
