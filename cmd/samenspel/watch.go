package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"samenspel/backup"
	"samenspel/memory"
	"samenspel/meter"
	"samenspel/web"
)

// watching is for whoever looks after the machine.
type watching struct {
	Addr  string        `name:"metrics-addr" placeholder:"HOST:PORT" env:"SAMENSPEL_METRICS_ADDR" help:"Where to listen for whoever watches the machine: /metrics, /readyz and /healthz. Off unless said; take an address that only they reach, such as 127.0.0.1:9090."`
	Drain time.Duration `default:"0s" placeholder:"TIME" env:"SAMENSPEL_DRAIN" help:"How long it goes on serving after it was told to stop, while /readyz says no, so that a proxy sends nobody any more."`
	Log   logging       `embed:"" prefix:"log-"`
}

// begin answers at an address of its own until the function that it gives is
// called. It is never where people come in: what it says is not for them.
func (w watching) begin(m *meter.Meter, r *readiness) (end func(), err error) {
	if w.Addr == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", w.Addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen at %s for metrics: %w", w.Addr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m)
	mux.Handle("GET /readyz", r)
	mux.HandleFunc("GET /healthz", func(to http.ResponseWriter, _ *http.Request) { fmt.Fprintln(to, "ok") })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute}
	go func() { _ = server.Serve(l) }() // it ends when it is closed
	return func() { _ = server.Close() }, nil
}

// gauges says how what changes by itself is read.
func (s *stored) gauges(site *web.Site, ready *readiness, bound *memory.Bound) {
	yes := func(is bool) float64 {
		if is {
			return 1
		}
		return 0
	}
	m := s.meter
	m.Read(meter.Alliances, func() float64 { return float64(site.Workspace.Load().Alliances) })
	m.Read(meter.Waiting, func() float64 { return float64(site.Workspace.Load().Waiting) })
	m.Read(meter.Ready, func() float64 { return yes(ready.ok()) })
	m.Read(meter.StoreFailed, func() float64 { return yes(s.db.Stopped()) })
	m.Read(meter.MemoryLimit, func() float64 { return float64(bound.Limit()) })
	m.Read(meter.MemoryUsed, bound.Share)
	m.Read(meter.BackupAge, func() float64 { return backupAge(s.dir, site.Now()) })
	if _, known := diskOf(s.dir); known {
		m.Read(meter.DiskFree, func() float64 {
			d, _ := diskOf(s.dir)
			return float64(d.free)
		})
	}
}

// backupAge is how many seconds ago the last verified backup was of, or -1 when
// there never was one.
func backupAge(dir string, now time.Time) float64 {
	n, err := backup.ReadNote(filepath.Join(dir, noteName))
	if err != nil {
		return -1
	}
	return now.Sub(n.Moment).Seconds()
}

// wait goes on until the context ends, and then for as long as the program is to
// drain: meanwhile it is not ready, and still serves. Who tells it to stop once
// more does not want to wait.
func (w watching) wait(ctx context.Context, ready *readiness) context.Context {
	drained, end := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		again := make(chan os.Signal, 1)
		signal.Notify(again, os.Interrupt, syscall.SIGTERM)
		defer signal.Stop(again)
		ready.stopping.Store(true)
		defer end()
		select {
		case <-time.After(w.Drain):
		case <-again:
		}
	})
	return drained
}
