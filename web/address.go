package web

import (
	"net/netip"
	"strings"
	"sync"
	"time"
)

// The limit on tries to come in from one address: the project's requirement.
const (
	mostTries  = 20
	triesRound = time.Minute
)

// mostAddresses is how many addresses are remembered at once, about 2 MiB.
const mostAddresses = 20_000

// throttle counts tries by address. It is in memory only: what holds for a
// name, over a restart and with several programs side by side, is in the store.
// The zero value is ready.
type throttle struct {
	mu     sync.Mutex
	rounds map[netip.Prefix]round
}

// round is a minute of tries.
type round struct {
	since time.Time
	tries int
}

// take counts a try, unless there were too many: then it gives when the next
// may come.
func (t *throttle) take(from netip.Prefix, now time.Time) (until time.Time, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.rounds[from]
	if now.Sub(r.since) >= triesRound || now.Before(r.since) {
		r = round{since: now}
	}
	if r.tries >= mostTries {
		return r.since.Add(triesRound), false
	}
	if t.rounds == nil {
		t.rounds = map[netip.Prefix]round{}
	}
	t.makeRoom(now)
	r.tries++
	t.rounds[from] = r
	return time.Time{}, true
}

// makeRoom forgets rounds that are over when there are many, and any one when
// all are going on: who has that many addresses is held by the limit on names.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.rounds) < mostAddresses {
		return
	}
	for from, r := range t.rounds {
		if now.Sub(r.since) >= triesRound {
			delete(t.rounds, from)
		}
	}
	for from := range t.rounds {
		if len(t.rounds) < mostAddresses {
			return
		}
		delete(t.rounds, from)
	}
}

// from is where a request comes from, as far as one household or one office: an
// address of version 4, or the network of one of version 6. It is never kept or
// logged. Behind a proxy it is the last hop, which the proxy itself wrote; what
// stands before it anybody can write. All that say nothing are as one.
func (v *visit) from() netip.Prefix {
	text := v.r.RemoteAddr
	if hops := v.r.Header.Values("X-Forwarded-For"); v.Proxy && len(hops) > 0 {
		text = hops[len(hops)-1]
		text = strings.TrimSpace(text[strings.LastIndex(text, ",")+1:])
	}
	addr, err := netip.ParseAddr(text)
	if with, noPort := netip.ParseAddrPort(text); err != nil && noPort == nil {
		addr, err = with.Addr(), nil
	}
	if err != nil {
		return netip.Prefix{}
	}
	addr = addr.Unmap()
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	prefix, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}
