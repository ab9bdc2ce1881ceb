package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// got is what one measure of one program gave in one round.
type got struct {
	perSecond     float64
	median, p99   time.Duration
	cpu           float64 // microseconds of the program for each
	bytes         float64 // of the answers to each
	times         int
	sent, arrived int // of messages
	now, most     float64
}

// task is one thing that a worker does again and again.
type task func(over *line, worker int, dice *rand.Rand) (bytes int64, err error)

// measure lets workers do a task as fast as they can. A first part of the time
// does not count.
func (c *contestant) measure(ctx context.Context, workers int, long time.Duration, do task) (got, error) {
	var counting atomic.Bool
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	var mu sync.Mutex
	var times []time.Duration
	var bytes int64
	for w := range workers {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(w), 7))
			var own []time.Duration
			var read int64
			over := &line{}
			defer over.close()
			for ctx.Err() == nil {
				begun := time.Now()
				n, err := do(over, w, dice)
				if err != nil {
					stop(err)
					return
				}
				if counting.Load() {
					own, read = append(own, time.Since(begun)), read+n
				}
			}
			mu.Lock()
			times, bytes = append(times, own...), bytes+read
			mu.Unlock()
		})
	}
	pause(ctx, long/4)
	before, err := c.ticks()
	begun := time.Now()
	counting.Store(true)
	pause(ctx, long)
	counting.Store(false)
	took := time.Since(begun)
	after, errAfter := c.ticks()
	stop(nil)
	all.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return got{}, fmt.Errorf("%s: %w", c.name, cause)
	}
	if len(times) == 0 {
		return got{}, fmt.Errorf("%s did nothing in %s", c.name, long)
	}
	g := got{perSecond: float64(len(times)) / took.Seconds(), times: len(times), bytes: float64(bytes) / float64(len(times))}
	g.median, g.p99 = spread(times)
	g.cpu = float64(after-before) * 10_000 / float64(len(times))
	return g, errors.Join(err, errAfter)
}

// pause waits, unless the context ends.
func pause(ctx context.Context, long time.Duration) {
	select {
	case <-time.After(long):
	case <-ctx.Done():
	}
}

// creating lets each worker write in a case of its own.
func (c *contestant) creating(over *line, worker int, _ *rand.Rand) (int64, error) {
	at := c.world.Cases[worker%len(c.world.Cases)]
	return over.send(c.asks.create(c.base, at, at.People[0], newID()), c.asks.created())
}

// listing reads 200 notes of a case by chance, as one of its people.
func (c *contestant) listing(over *line, _ int, dice *rand.Rand) (int64, error) {
	at := c.world.Cases[dice.IntN(len(c.world.Cases))]
	by := at.People[dice.IntN(len(at.People))]
	var all int64
	for _, r := range c.asks.list(c.base, at, by) {
		n, err := over.send(r, http.StatusOK)
		if all += n; err != nil {
			return all, err
		}
	}
	return all, nil
}

// getting reads one note by chance.
func (c *contestant) getting(over *line, _ int, dice *rand.Rand) (int64, error) {
	at := c.world.Cases[dice.IntN(len(c.world.Cases))]
	by := at.People[dice.IntN(len(at.People))]
	return over.send(c.asks.get(c.base, at, by, at.Notes[dice.IntN(len(at.Notes))]), http.StatusOK)
}

// spread sorts times and says their median and the 99th of a hundred.
func spread(times []time.Duration) (median, p99 time.Duration) {
	if len(times) == 0 {
		return 0, 0
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}
