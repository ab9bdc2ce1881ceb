package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// growing measures how cost grows: with how many alliances there are, how much
// was said in one, how many sit at it, and how many look.
func (p plan) growing(ctx context.Context, dir string) error {
	c := &contestant{name: ours, asks: browser{}, ready: "/healthz", program: filepath.Join(dir, ours), dir: filepath.Join(dir, "data"),
		args: func(dir, addr string) []string { return []string{"serve", "--data", dir, "--addr", addr} }}
	if err := c.build(ctx); err != nil {
		return err
	}
	for _, part := range []func(context.Context, *contestant) error{p.growAlliances, p.growSaid, p.growPeople, p.growListeners} {
		if err := errors.Join(os.RemoveAll(c.dir), part(ctx, c)); err != nil {
			return err
		}
	}
	return nil
}

// mostIn is into how many alliances people are let: the rest are only there.
const mostIn = 500

// refill makes a folder anew, or goes on in the one that is there.
func (c *contestant) refill(ctx context.Context, alliances, notes, people int) error {
	f, err := openFilling(ctx, c.dir)
	if err != nil {
		return err
	}
	more, err := f.fillWith(ctx, alliances, notes, people, min(alliances, max(0, mostIn-len(c.world.Cases))))
	c.world.Cases = append(c.world.Cases, more.Cases...)
	return errors.Join(err, f.db.Close())
}

// refillAll makes a folder anew, with everybody in.
func (c *contestant) refillAll(ctx context.Context, alliances, notes, people int) error {
	f, err := openFilling(ctx, c.dir)
	if err != nil {
		return err
	}
	c.world, err = f.fill(ctx, alliances, notes, people)
	return errors.Join(err, f.db.Close())
}

// serving lets a part measure while the program serves a copy of the folder.
func (c *contestant) serving(ctx context.Context, part func() error) (err error) {
	if err := c.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	return part()
}

// growAlliances measures with more and more alliances of three sentences.
func (p plan) growAlliances(ctx context.Context, c *contestant) error {
	fmt.Println("\n| alliances | start | create, 8 writers: processor, p99 | a look at one by chance: processor, p99 | memory | on disk |\n|---|---|---|---|---|---|")
	for n, there := 10, 0; n <= p.growMost; n *= 10 {
		if err := c.refill(ctx, n-there, 3, 2); err != nil {
			return err
		}
		there = n
		err := c.serving(ctx, func() error {
			creates, err := c.measure(ctx, 8, p.long, c.creatingAnywhere)
			if err != nil {
				return err
			}
			looks, err := c.measure(ctx, 8, p.long, c.getting)
			if err != nil {
				return err
			}
			_, most, err := c.memory()
			if err != nil {
				return err
			}
			disk := size(filepath.Join(c.dir, "samenspel.db"))
			fmt.Printf("| %d | %.2f s | %.0f µs, %.1f ms | %.0f µs, %.1f ms | %.0f MiB | %.0f MB |\n", n, c.came.Seconds(), creates.cpu, p99Of(creates), looks.cpu, p99Of(looks), most, disk)
			return nil
		})
		if err != nil {
			return err
		}
	}
	c.world.Cases = nil
	return nil
}

// creatingAnywhere writes in a case by chance.
func (c *contestant) creatingAnywhere(over *line, _ int, dice *rand.Rand) (int64, error) {
	at := c.world.Cases[dice.IntN(len(c.world.Cases))]
	return over.send(c.asks.create(c.base, at, at.People[0], newID()), c.asks.created())
}

// growSaid measures one alliance in which more and more was said.
func (p plan) growSaid(ctx context.Context, c *contestant) error {
	fmt.Println("\n| said in the alliance | first look | create, 1 writer: processor, p99 | one statement: processor | the picture: processor, median | 200 statements: processor | memory |\n|---|---|---|---|---|---|---|")
	for _, n := range []int{10, 100, 1000, 5000, p.growEvents} {
		if n > p.growEvents {
			break
		}
		if err := errors.Join(os.RemoveAll(c.dir), c.refill(ctx, 1, n, 2)); err != nil {
			return err
		}
		if err := c.serving(ctx, func() error { return p.oneAlliance(ctx, c, n) }); err != nil {
			return err
		}
		c.world.Cases = nil
	}
	return nil
}

func (p plan) oneAlliance(ctx context.Context, c *contestant, n int) error {
	begun, dice := time.Now(), rand.New(rand.NewPCG(1, 2))
	over := &line{}
	defer over.close()
	if _, err := c.looking(over, 0, dice); err != nil {
		return err
	}
	first := time.Since(begun)
	var all []got
	for _, m := range []struct {
		do   task
		long time.Duration
	}{
		{c.getting, p.long}, {c.looking, p.long}, {c.listing, p.long},
		{c.creating, p.long / 4}, // an alliance has room for no more than 20,000 statements
	} {
		g, err := c.measure(ctx, 1, m.long, m.do)
		if err != nil {
			return err
		}
		all = append(all, g)
	}
	_, most, err := c.memory()
	fmt.Printf("| %d | %s | %.0f µs, %.1f ms | %.0f µs | %.1f ms, %.1f ms | %.1f ms | %.0f MiB |\n", n, first.Round(time.Millisecond),
		all[3].cpu, p99Of(all[3]), all[0].cpu, all[1].cpu/1000, float64(all[1].median)/1e6, all[2].cpu/1000, most)
	return err
}

// looking asks for the picture of the first partner.
func (c *contestant) looking(over *line, _ int, dice *rand.Rand) (int64, error) {
	at := c.world.Cases[dice.IntN(len(c.world.Cases))]
	by := at.People[dice.IntN(len(at.People))]
	return over.send(browser{}.page(http.MethodGet, c.base+"/a/"+at.ID+"/picture/"+at.People[0].ID, by, nil), http.StatusOK)
}

// mostPeople is how many an alliance has room for.
const mostPeople = 24

// growPeople measures alliances with more and more people, each with their
// picture of the first one open.
func (p plan) growPeople(ctx context.Context, c *contestant) error {
	fmt.Println("\n| people at the table | create, 8 writers: processor | the picture: processor | a change on all their pages: median, p99 | delivered |\n|---|---|---|---|---|")
	for _, n := range []int{2, 4, 8, 16, mostPeople} {
		if err := errors.Join(os.RemoveAll(c.dir), c.refill(ctx, 8, 200, n)); err != nil {
			return err
		}
		err := c.serving(ctx, func() error {
			looks, err := c.measure(ctx, 8, p.long, c.looking)
			if err != nil {
				return err
			}
			open, err := c.listening(ctx, 8*n, 5, p.long)
			if err != nil {
				return err
			}
			creates, err := c.measure(ctx, 8, p.long, c.creating)
			fmt.Printf("| %d | %.0f µs | %.1f ms | %.1f ms, %.1f ms | %d of %d |\n", n, creates.cpu, looks.cpu/1000, float64(open.median)/1e6, p99Of(open), open.arrived, open.sent)
			return err
		})
		if err != nil {
			return err
		}
		c.world.Cases = nil
	}
	return nil
}

// growListeners measures more and more open pages, ten in each alliance: five
// people with two devices.
func (p plan) growListeners(ctx context.Context, c *contestant) error {
	fmt.Println("\n| open pages | alliances | delivered | median | p99 | processor each second | memory |\n|---|---|---|---|---|---|---|")
	for n := 10; n <= max(10, p.many); n *= 10 {
		if err := errors.Join(os.RemoveAll(c.dir), c.refillAll(ctx, n/10, 20, 5)); err != nil {
			return err
		}
		err := c.serving(ctx, func() error {
			g, err := c.listening(ctx, n, 5, p.live)
			fmt.Printf("| %d | %d | %d of %d | %.1f ms | %.1f ms | %.0f ms | %.0f MiB |\n", n, n/10, g.arrived, g.sent, float64(g.median)/1e6, p99Of(g), g.cpu/1000, g.most)
			return err
		})
		if err != nil {
			return err
		}
		c.world.Cases = nil
	}
	return nil
}
