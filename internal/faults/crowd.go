package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"samenspel"
)

// crowd are people who write through several programs on one database at once.
// Who gets no answer, or hears that the database is away, sends the same through
// another program.
type crowd struct {
	doors     []*door
	alliances []samenspel.AllianceID

	mu    sync.Mutex
	w     *witness
	last  time.Time     // something was acknowledged
	still time.Duration // the longest that nothing was
	wrong error
	away  atomic.Int64 // answers that the database is

	acks atomic.Int64
	over atomic.Bool
	all  sync.WaitGroup
}

// gather opens as many programs as there are addresses.
func gather(ctx context.Context, w *witness, dir, key string, addresses ...string) (*crowd, error) {
	c := &crowd{w: w}
	for i, address := range addresses {
		own, err := copied(key, dir, fmt.Sprint("copy-", i))
		if err != nil {
			return c, err
		}
		d, err := openDoor(ctx, toOpen{address, own})
		if err != nil {
			return c, err
		}
		c.doors = append(c.doors, d)
	}
	return c, nil
}

func (c *crowd) close() (err error) {
	for _, d := range c.doors {
		if no := d.close(); no != nil {
			err = no
		}
	}
	return err
}

// begin lets people write in new alliances, two in each.
func (c *crowd) begin() {
	c.over.Store(false)
	c.alliances, c.last, c.still = newAlliances(eight), time.Now(), 0
	for n := range 2 * eight {
		c.all.Go(func() {
			if err := c.write(n, c.alliances[n%eight]); err != nil {
				c.mu.Lock()
				c.wrong = err
				c.mu.Unlock()
			}
		})
	}
}

// end lets everybody finish what is under way.
func (c *crowd) end() error {
	c.over.Store(true)
	c.all.Wait()
	return c.wrong
}

// write opens an alliance, or goes on in it.
func (c *crowd) write(n int, id samenspel.AllianceID) error {
	if err := c.insist(n, call{Do: "begin", Alliance: id}); err != nil {
		return err
	}
	for !c.over.Load() {
		command := samenspel.CommandID(newID())
		c.hear("try", string(id), string(command))
		if err := c.insist(n, call{Do: "send", Alliance: id, Command: command}); err != nil {
			return err
		}
		c.hear("ack", string(command))
		c.acks.Add(1)
	}
	return nil
}

// insist asks one program after the other while the database is away.
func (c *crowd) insist(n int, what call) error {
	for tries := 0; ; tries++ {
		a := c.doors[(n/eight+tries)%len(c.doors)].ask(what)
		switch {
		case a.Wrong == "":
			return nil
		case !a.Away:
			return fmt.Errorf("%s: %s", what.Do, a.Wrong)
		}
		c.away.Add(1)
	}
}

// hear tells the witness.
func (c *crowd) hear(word string, more ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := word
	for _, one := range more {
		line += " " + one
	}
	if c.w.hear(line) {
		now := time.Now()
		c.still = max(c.still, now.Sub(c.last))
		c.last = now
	}
}

// until waits for so many more acknowledgements.
func (c *crowd) until(ctx context.Context, more int) error {
	for to := c.acks.Load() + int64(more); c.acks.Load() < to; {
		c.mu.Lock()
		err := c.wrong
		c.mu.Unlock()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		<-time.After(time.Millisecond)
	}
	return nil
}

// wakes changes something through the last program and gives how long it takes
// until who watches through the first is woken.
func (c *crowd) wakes(ctx context.Context) (time.Duration, error) {
	id := newAlliances(1)[0]
	if err := c.insist(0, call{Do: "begin", Alliance: id}); err != nil {
		return 0, err
	}
	if a := c.doors[0].ask(call{Do: "watch", Alliance: id}); a.Wrong != "" {
		return 0, fmt.Errorf("watch: %s", a.Wrong)
	}
	return c.wakesAt(ctx, id)
}

// wakesAt is for somebody who watches already.
func (c *crowd) wakesAt(ctx context.Context, id samenspel.AllianceID) (time.Duration, error) {
	for len(c.doors[0].woken) > 0 { // by something before
		<-c.doors[0].woken
	}
	begun, command := time.Now(), samenspel.CommandID(newID())
	c.hear("try", string(id), string(command))
	if err := c.insist(2*eight-1, call{Do: "send", Alliance: id, Command: command}); err != nil {
		return 0, err
	}
	c.hear("ack", string(command))
	for {
		select {
		case woken := <-c.doors[0].woken:
			if woken == id {
				return time.Since(begun), nil
			}
		case <-time.After(forAnAnswer):
			return 0, fmt.Errorf("who watches was not woken in %s", forAnAnswer)
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}
