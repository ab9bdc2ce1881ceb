package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// room is one case with its listeners.
type room struct {
	at    place
	begun atomic.Int64 // when the last change was sent, in nanoseconds
	turn  atomic.Int64 // which change that was; 0 is none

	mu    sync.Mutex
	times []time.Duration
	twice int // messages beyond one for each change
}

// listening opens so many streams in all cases together, and lets people write
// so many times a second. The client is this process.
func (c *contestant) listening(ctx context.Context, listeners, perSecond int, long time.Duration) (got, error) {
	over := &line{}
	defer over.close()
	streams := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	rooms := make([]*room, min(len(c.world.Cases), listeners))
	for i := range rooms {
		rooms[i] = &room{at: c.world.Cases[i]}
	}
	if err := c.open(ctx, streams, rooms, listeners); err != nil {
		return got{}, err
	}
	pause(ctx, time.Second)
	before, err := c.ticks()
	if err != nil {
		return got{}, err
	}
	begun := time.Now()
	sent, ticker := 0, time.NewTicker(time.Second/time.Duration(perSecond))
	defer ticker.Stop()
	for writes := int(long.Seconds()) * perSecond; sent < writes; sent++ {
		<-ticker.C
		r := rooms[sent%len(rooms)]
		r.begun.Store(time.Now().UnixNano())
		r.turn.Add(1)
		if _, err := over.send(c.asks.create(c.base, r.at, r.at.People[0], newID()), c.asks.created()); err != nil {
			return got{}, err
		}
	}
	pause(ctx, 2*time.Second)
	after, err := c.ticks()
	if err != nil {
		return got{}, err
	}
	g := got{sent: sent * listeners / len(rooms), cpu: float64(after-before) * 10_000 / time.Since(begun).Seconds()}
	var times []time.Duration
	for _, r := range rooms {
		r.mu.Lock()
		times = append(times, r.times...)
		r.mu.Unlock()
	}
	g.arrived, g.times = len(times), len(times)
	g.median, g.p99 = spread(times)
	g.now, g.most, err = c.memory()
	return g, err
}

// open opens the streams, some at once, and waits until each stands.
func (c *contestant) open(ctx context.Context, client *http.Client, rooms []*room, listeners int) error {
	errs := make(chan error, listeners)
	slots := make(chan struct{}, 16)
	for n := range listeners {
		slots <- struct{}{}
		go func() {
			r := rooms[n%len(rooms)]
			res, err := c.asks.listen(ctx, client, c.base, r.at, r.at.People[n/len(rooms)%len(r.at.People)])
			if err == nil && res.StatusCode != http.StatusOK {
				err = fmt.Errorf("%s: a stream answered %s", c.name, res.Status)
			}
			errs <- err
			<-slots
			if err == nil {
				defer res.Body.Close()
				r.hear(res, c.asks.message())
			}
		}()
	}
	for range listeners {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// hear notes when each change comes.
func (r *room) hear(res *http.Response, begins string) {
	lines := bufio.NewReaderSize(res.Body, 4096)
	heard := int64(0)
	for {
		line, err := lines.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return
		}
		if turn := r.turn.Load(); turn > 0 && strings.HasPrefix(string(line), begins) {
			took := time.Duration(time.Now().UnixNano() - r.begun.Load())
			r.mu.Lock()
			if turn > heard {
				r.times = append(r.times, took)
			} else {
				r.twice++
			}
			r.mu.Unlock()
			heard = turn
		}
	}
}
