package meter_test

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"samenspel/meter"
)

// text is what a meter writes of the program, without what the runtime says.
func text(m *meter.Meter) string {
	var all bytes.Buffer
	m.Write(&all)
	var own strings.Builder
	for line := range strings.Lines(all.String()) {
		if strings.HasPrefix(line, "samenspel_") {
			own.WriteString(line)
		}
	}
	return own.String()
}

func TestWhatIsCountedIsWritten(t *testing.T) {
	m := meter.New()
	route := m.Route("POST", "/a/{alliance}/tell")
	route.Answered(303, 3*time.Millisecond)
	route.Answered(422, time.Millisecond)
	route.Answered(0, 0)
	route.Answered(-7, 0)
	m.Route("GET", "/a/{alliance}/live").Answered(200, time.Hour)
	m.Route("GET", "/never")
	m.Refused(422)
	m.Refused(200)
	m.Appended(3, meter.Stored, 4*time.Millisecond)
	m.Appended(2, meter.Full, time.Second)
	m.Noted(5, meter.Stored)
	m.TurnedAway(meter.Heavy)
	one, other := m.Stream(), m.Stream()
	one()
	m.StreamSlow()
	m.Read(meter.Waiting, func() float64 { return 12 })
	said := text(m)
	for _, want := range []string{
		`samenspel_requests_total{method="POST",route="/a/{alliance}/tell",status="3xx"} 1`,
		`samenspel_requests_total{method="POST",route="/a/{alliance}/tell",status="4xx"} 1`,
		`samenspel_requests_total{method="POST",route="/a/{alliance}/tell",status="0xx"} 2`,
		`samenspel_request_seconds_bucket{method="POST",route="/a/{alliance}/tell",le="0.005"} 4`,
		`samenspel_request_seconds_count{method="POST",route="/a/{alliance}/tell"} 4`,
		`samenspel_requests_total{method="GET",route="/a/{alliance}/live",status="2xx"} 1`,
		`samenspel_refusals_total{kind="invalid"} 1`,
		`samenspel_refusals_total{kind="conflict"} 0`,
		`samenspel_appends_total{outcome="stored"} 1`,
		`samenspel_appends_total{outcome="full"} 1`,
		`samenspel_facts_total 3`,
		`samenspel_durable_seconds_count 1`,
		`samenspel_access_lines_total 5`,
		`samenspel_turned_away_total{work="heavy"} 1`,
		`samenspel_streams_open 1`,
		`samenspel_streams_cut_slow_total 1`,
		`samenspel_wishes_waiting 12`,
	} {
		if !strings.Contains(said, want+"\n") {
			t.Errorf("it does not say %s", want)
		}
	}
	for _, no := range []string{"/never", `samenspel_request_seconds_count{method="GET",route="/a/{alliance}/live"}`} {
		if strings.Contains(said, no) {
			t.Errorf("it says %s", no)
		}
	}
	other()
	if !strings.Contains(text(m), "samenspel_streams_open 0\n") {
		t.Errorf("after both streams ended:\n%s", text(m))
	}
	if t.Failed() {
		t.Log(said)
	}
}

func TestTheRuntimeIsThere(t *testing.T) {
	w := httptest.NewRecorder()
	meter.New().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{"go_goroutines ", "go_memstats_heap_alloc_bytes ", "process_open_fds "} {
		if !strings.Contains(w.Body.String(), "\n"+want) {
			t.Errorf("it does not say %s", want)
		}
	}
	if kind := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, "text/plain; version=0.0.4") {
		t.Errorf("Content-Type %s", kind)
	}
}

// Whoever has no meter counts nothing, and everything goes on.
func TestNoMeter(t *testing.T) {
	var m *meter.Meter
	m.Route("GET", "/").Answered(200, 1)
	m.Refused(404)
	m.Appended(1, meter.Stored, 1)
	m.Noted(1, meter.Stored)
	m.TurnedAway(meter.Page)
	m.Stream()()
	m.StreamSlow()
	m.Read(meter.Ready, nil)
}

func TestManyAtOnce(t *testing.T) {
	m := meter.New()
	route := m.Route("GET", "/")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				route.Answered(200, time.Millisecond)
				m.Appended(1, meter.Stored, time.Millisecond)
				m.Stream()()
			}
		})
	}
	all.Wait()
	for _, want := range []string{`route="/",status="2xx"} 800`, "samenspel_facts_total 800", "samenspel_streams_open 0"} {
		if !strings.Contains(text(m), want) {
			t.Errorf("it does not say %s", want)
		}
	}
}
