// Package meter counts what the program does, for whoever watches the machine.
// It knows no person, no alliance and no words: each thing that can be counted
// has a method of its own here, and none takes a text but the pattern of a route.
package meter

import (
	"io"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// Meter holds the counts of one program. A nil Meter counts nothing, so that
// nobody has to ask whether there is one. Make one with [New]. It may be used by
// many at once.
type Meter struct{ set *metrics.Set }

// New gives a meter on which everything stands at nothing.
func New() *Meter {
	m := &Meter{set: metrics.NewSet()}
	for _, o := range outcomes {
		m.set.NewCounter(`samenspel_appends_total{outcome="` + string(o) + `"}`)
		m.set.NewCounter(`samenspel_access_writes_total{outcome="` + string(o) + `"}`)
	}
	for _, w := range works {
		m.set.NewCounter(`samenspel_turned_away_total{work="` + string(w) + `"}`)
	}
	for _, kind := range refusals {
		m.set.NewCounter(`samenspel_refusals_total{kind="` + kind + `"}`)
	}
	for _, name := range []string{"samenspel_facts_total", "samenspel_access_lines_total", streamsOpen, streamsSlow} {
		m.set.GetOrCreateCounter(name)
	}
	m.set.NewPrometheusHistogramExt(durable, quick)
	return m
}

// The names that are used in more than one place.
const (
	streamsOpen = "samenspel_streams_open"
	streamsSlow = "samenspel_streams_cut_slow_total"
	durable     = "samenspel_durable_seconds"
)

// The bounds of the histograms, in seconds.
var (
	quick = []float64{.001, .002, .005, .01, .02, .05, .1, .25, 1, 5}
	page  = []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
)

// Outcome is how an attempt to store something ended.
type Outcome string

// The ways in which it can end.
const (
	Stored   Outcome = "stored"
	Conflict Outcome = "conflict" // somebody else was first; it is tried again
	Full     Outcome = "full"
	Stopped  Outcome = "stopped" // after a fault of the disk, until a restart
	Away     Outcome = "away"    // the database cannot be reached
	Slow     Outcome = "slow"    // nobody knows yet: the answer did not come in time
	Failed   Outcome = "failed"
)

var outcomes = []Outcome{Stored, Conflict, Full, Stopped, Away, Slow, Failed}

// Appended counts an attempt to add facts to an alliance, and how long it took
// until they were durable or refused.
func (m *Meter) Appended(facts int, how Outcome, took time.Duration) {
	if m == nil {
		return
	}
	m.set.GetOrCreateCounter(`samenspel_appends_total{outcome="` + string(how) + `"}`).Inc()
	if how == Stored {
		m.set.GetOrCreateCounter("samenspel_facts_total").Add(facts)
		m.set.GetOrCreatePrometheusHistogramExt(durable, quick).Update(took.Seconds())
	}
}

// Noted counts an attempt to write lines of the access log.
func (m *Meter) Noted(lines int, how Outcome) {
	if m == nil {
		return
	}
	m.set.GetOrCreateCounter(`samenspel_access_writes_total{outcome="` + string(how) + `"}`).Inc()
	if how == Stored {
		m.set.GetOrCreateCounter("samenspel_access_lines_total").Add(lines)
	}
}

// Stream counts a live stream for as long as it is open: call what it gives when
// it ends.
func (m *Meter) Stream() (ended func()) {
	if m == nil {
		return func() {}
	}
	open := m.set.GetOrCreateCounter(streamsOpen)
	open.Inc()
	return open.Dec
}

// StreamSlow counts a stream that was cut because its reader took too long.
func (m *Meter) StreamSlow() {
	if m != nil {
		m.set.GetOrCreateCounter(streamsSlow).Inc()
	}
}

// Work is a kind of work that may have to wait when memory is short.
type Work string

// The kinds, from the one that waits first to the one that waits last.
const (
	Heavy  Work = "heavy"  // uploads, exports, what the lens reads
	Stream Work = "stream" // a new live stream
	Page   Work = "page"
)

var works = []Work{Heavy, Stream, Page}

// TurnedAway counts somebody who was asked to come back because memory is short.
func (m *Meter) TurnedAway(w Work) {
	if m != nil {
		m.set.GetOrCreateCounter(`samenspel_turned_away_total{work="` + string(w) + `"}`).Inc()
	}
}

// Gauge is something that is read at the moment when somebody asks.
type Gauge string

// What can be read. A yes is 1, a no 0.
const (
	Alliances   Gauge = "samenspel_alliances_in_memory"
	Waiting     Gauge = "samenspel_wishes_waiting"
	Ready       Gauge = "samenspel_ready"
	StoreFailed Gauge = "samenspel_store_stopped"
	BackupAge   Gauge = "samenspel_backup_age_seconds" // -1 when there never was one
	MemoryLimit Gauge = "samenspel_memory_limit_bytes" // 0 when there is none
	MemoryUsed  Gauge = "samenspel_memory_used_ratio"  // of that limit
	DiskFree    Gauge = "samenspel_disk_free_bytes"
)

// Gauges are all of them.
var Gauges = []Gauge{Alliances, Waiting, Ready, StoreFailed, BackupAge, MemoryLimit, MemoryUsed, DiskFree}

// Read says how a gauge is read. It may be called once for each.
func (m *Meter) Read(g Gauge, read func() float64) {
	if m != nil {
		m.set.NewGauge(string(g), read)
	}
}

// Write writes all in the text format of Prometheus, with what the Go runtime
// and the system say of the process.
func (m *Meter) Write(to io.Writer) {
	m.set.WritePrometheus(to)
	metrics.WriteProcessMetrics(to)
	metrics.WriteFDMetrics(to)
}

// ServeHTTP answers with what Write writes.
func (m *Meter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.Write(w)
}
