package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// The measures, by name.
const (
	create1  = "create, 1 writer"
	create8  = "create, 8 writers"
	create32 = "create, 32 writers"
	list200  = "list 200, 8 readers"
	get1     = "get 1, 32 readers"
	live1000 = "live, 1,000 listeners, 5 writes/s"
	liveMany = "live, 10,000 listeners over 1,000 alliances"
	fresh    = "memory, a new folder"
	loaded   = "memory, after a round"
	binary   = "the program, stripped"
)

// results are what came out: by measure, by program, by round.
type results map[string]map[string][]got

func (r results) add(measure, who string, g got) {
	if r[measure] == nil {
		r[measure] = map[string][]got{}
	}
	r[measure][who] = append(r[measure][who], g)
}

// round measures all once, each program on its seeded folder. Each measure goes
// along all of them before the next begins, and each round begins with another.
func (p plan) round(ctx context.Context, all []*contestant, round int, r results) (err error) {
	turn := append(append([]*contestant{}, all[round%len(all):]...), all[:round%len(all)]...)
	for _, c := range turn {
		if err := c.fresh(ctx, r); err != nil {
			return err
		}
	}
	for _, c := range turn {
		if err := c.start(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.stop()) }()
		if err := c.warm(); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		name    string
		workers int
		do      func(*contestant) task
	}{
		{list200, 8, func(c *contestant) task { return c.listing }},
		{get1, 32, func(c *contestant) task { return c.getting }},
		{create1, 1, func(c *contestant) task { return c.creating }},
		{create8, 8, func(c *contestant) task { return c.creating }},
		{create32, 32, func(c *contestant) task { return c.creating }},
	} {
		for _, c := range turn {
			if !strings.HasPrefix(m.name, p.part) {
				continue
			}
			g, err := c.measure(ctx, m.workers, p.long, m.do(c))
			if err != nil {
				return err
			}
			r.add(m.name, c.name, g)
		}
	}
	for _, c := range turn {
		now, most, err := c.memory()
		if err != nil {
			return err
		}
		r.add(loaded, c.name, got{now: now, most: most})
	}
	if p.live == 0 || !strings.HasPrefix(live1000, p.part) {
		return nil
	}
	return p.liveRound(ctx, turn, r)
}

// warm reads every case once: what is measured is not the first look.
func (c *contestant) warm() error {
	over := &line{}
	defer over.close()
	for _, at := range c.world.Cases {
		for _, r := range c.asks.list(c.base, at, at.People[0]) {
			if _, err := over.send(r, http.StatusOK); err != nil {
				return err
			}
		}
	}
	return nil
}

// liveRound begins again on the seeded folders, for those who keep a page open.
func (p plan) liveRound(ctx context.Context, turn []*contestant, r results) error {
	for _, c := range turn {
		if err := errors.Join(c.stop(), c.start(ctx)); err != nil {
			return err
		}
		g, err := c.listening(ctx, 1000, 5, p.live)
		if err != nil {
			return err
		}
		r.add(live1000, c.name, g)
	}
	return nil
}

// fresh starts a program on a folder with nothing in it, and reads what it holds.
func (c *contestant) fresh(ctx context.Context, r results) error {
	empty := c.dir + "-empty"
	if err := errors.Join(os.RemoveAll(empty), os.Mkdir(empty, 0o700)); err != nil {
		return err
	}
	if err := c.startOn(ctx, empty); err != nil {
		return err
	}
	now, most, err := c.memory()
	r.add(fresh, c.name, got{now: now, most: most})
	c.run = empty
	return errors.Join(err, c.stop())
}

// large lets thousands keep a page open, each in a small alliance.
func (p plan) large(ctx context.Context, dir string, all []*contestant, r results) (err error) {
	c := *all[0]
	c.dir = filepath.Join(dir, "many-data")
	f, err := openFilling(ctx, c.dir)
	if err != nil {
		return err
	}
	c.world, err = f.fill(ctx, max(1, p.many/10), 20, 5)
	if err = errors.Join(err, f.db.Close()); err != nil {
		return err
	}
	if err := c.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	g, err := c.listening(ctx, p.many, 20, 30*1e9)
	if err == nil {
		r.add(liveMany, c.name, g)
	}
	return err
}
