package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"samenspel/internal/cluster"
)

// wire harms the network between two programs and their database, under
// sixteen people who write: it cuts and resets connections, holds everything up
// for up to ten seconds, delays it, and loses answers to commits. What comes
// back is that it is kept, or that the database is away; it recovers by itself.
func wire(ctx context.Context, r *round) (res result, err error) {
	w := newWitness()
	s, key, err := newServer(ctx, r.dir)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, remove(s)) }()
	p, err := newProxy(fmt.Sprintf("127.0.0.1:%d", s.Port))
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	address := strings.Replace(s.URL(database), fmt.Sprint(":", s.Port), fmt.Sprint(":", p.port()), 1)
	c, err := gather(ctx, w, r.dir, key, address, address)
	defer func() { err = errors.Join(err, c.close()) }()
	if err != nil {
		return res, err
	}
	n := &netted{round: r, proxy: p, server: s, crowd: c, chance: rand.New(rand.NewPCG(r.seed, 3)), did: map[string]int{}}
	for done := 0; done < r.rounds; done += inARow {
		if err := n.some(ctx, min(inARow, r.rounds-done)); err != nil {
			return res, fmt.Errorf("after %d rounds: %w", done, err)
		}
		if res, err = w.lookAt(ctx, s.URL(database), key); err != nil || res.bad() {
			return res, err
		}
		r.tell("network: %d rounds, %s acknowledged", done+inARow, thousands(w.count))
	}
	res.more = fmt.Sprintf("%s rounds (%d cuts, %d resets, %d stalls, %d delays), %s answers to commits lost, %s times it was said that the database is away, longest without writes %.1f s",
		thousands(r.rounds), n.did["cut"], n.did["reset"], n.did["stall"], n.did["delay"], thousands(p.lost), thousands(int(c.away.Load())), n.still.Seconds()) + prefixed(res.more)
	return res, nil
}

// inARow is how many times it is harmed between two looks at everything.
const inARow = 10

// netted are people behind a network that is harmed.
type netted struct {
	*round
	proxy  *proxy
	server *cluster.Server
	crowd  *crowd
	chance *rand.Rand
	did    map[string]int
	still  time.Duration
}

// some harms it so many times while people write.
func (n *netted) some(ctx context.Context, times int) error {
	n.crowd.begin()
	err := n.crowd.until(ctx, 20)
	for range times {
		if err == nil {
			n.harm()
			err = n.crowd.until(ctx, 20+n.chance.IntN(50)) // by itself
		}
	}
	err = errors.Join(err, n.crowd.end())
	n.still = max(n.still, n.crowd.still)
	return err
}

// moment waits for up to so long.
func (n *netted) moment(most time.Duration) {
	<-time.After(time.Duration(n.chance.Int64N(int64(most))))
}

// harm does one thing to the network and ends it.
func (n *netted) harm() {
	p := n.proxy
	switch n.chance.IntN(10) {
	case 0, 1, 2:
		n.did["cut"]++
		p.set(func() { p.refuse = n.chance.IntN(2) == 0 })
		p.cut(false)
		n.moment(time.Second)
		p.set(func() { p.refuse = false })
	case 3, 4:
		n.did["reset"]++
		p.cut(true)
	case 5:
		n.did["stall"]++
		gate := make(chan struct{})
		p.set(func() { p.gate = gate })
		n.moment(10 * time.Second)
		p.set(func() { p.gate = nil })
		close(gate)
	case 6:
		n.did["delay"]++
		p.set(func() { p.delay = time.Duration(n.chance.IntN(300)) * time.Millisecond })
		n.moment(3 * time.Second)
		p.set(func() { p.delay = 0 })
	default:
		p.set(func() { p.lose = 1 + n.chance.IntN(8) })
	}
}
