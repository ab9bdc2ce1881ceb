package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"samenspel"
	"samenspel/account"
)

// living lets people look at pages while others write, and measures how long
// a change takes from the wish to every open page. Writers, server and readers
// share this machine.
func living(ctx context.Context, long time.Duration, listeners int) ([]row, error) {
	p, err := newPlace(ctx)
	if err != nil {
		return nil, err
	}
	defer p.close()
	site := p.site()
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	transport := &http.Transport{MaxIdleConnsPerHost: listeners}
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	const perTable = 4
	tables := max(1, listeners/perTable)
	rooms := make([]*room, tables)
	ready := &sync.WaitGroup{}
	for i := range rooms {
		r := &room{}
		if r.id, r.person, err = p.begin(ctx); err != nil {
			return nil, err
		}
		token, _, err := site.Door.Start(ctx, account.Person{ID: r.person}, account.How{By: account.ByPasskey, Staff: true})
		if err != nil {
			return nil, err
		}
		for range perTable {
			ready.Add(1)
			go r.listen(ctx, transport, server.URL, token, ready)
		}
		rooms[i] = r
	}
	ready.Wait()

	writes := 0
	for begun := time.Now(); time.Since(begun) < 2*long; writes++ {
		r := rooms[writes%len(rooms)]
		r.begun.Store(time.Now().UnixNano())
		wish := samenspel.WordStatement{Words: note}
		if err := p.workspace.Do(ctx, r.person, r.id, samenspel.Command{ID: samenspel.CommandID(newID()), Wish: wish}); err != nil {
			return nil, err
		}
		r.settle(perTable)
	}
	var times []time.Duration
	for _, r := range rooms {
		times = append(times, r.times...)
	}
	median, p99 := spread(times)
	return []row{{
		fmt.Sprintf("live update, %d listeners at %d tables", tables*perTable, tables),
		fmt.Sprintf("%d of %d delivered, median %s, p99 %s", len(times), writes*perTable, short(median), short(p99)), "—",
	}}, nil
}

// room is one alliance with its listeners.
type room struct {
	id     samenspel.AllianceID
	person samenspel.PersonID
	begun  atomic.Int64

	mu    sync.Mutex
	times []time.Duration
	heard int
}

// settle waits, at most a second, until everybody heard of the last write.
func (r *room) settle(all int) {
	for deadline := time.Now().Add(time.Second); time.Now().Before(deadline); {
		r.mu.Lock()
		done := r.heard >= all
		if done {
			r.heard = 0
		}
		r.mu.Unlock()
		if done {
			return
		}
		<-time.After(200 * time.Microsecond)
	}
}

// listen holds one stream open and notes when each change comes.
func (r *room) listen(ctx context.Context, t http.RoundTripper, base, token string, ready *sync.WaitGroup) {
	first := sync.OnceFunc(ready.Done)
	defer first()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/a/"+string(r.id)+"/live?after=", nil)
	if err != nil {
		return
	}
	req.AddCookie(&http.Cookie{Name: "samenspel", Value: token})
	res, err := t.RoundTrip(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "id: ") {
			continue
		}
		now := time.Now().UnixNano()
		first()
		if begun := r.begun.Load(); begun > 0 {
			r.mu.Lock()
			r.times = append(r.times, time.Duration(now-begun))
			r.heard++
			r.mu.Unlock()
		}
	}
}
