// Command compare drives Samenspel, PocketBase and a bare server over HTTP with
// the same load, turn by turn in one run, and holds what came out against the
// bars. On a machine that others share, only ratios within a run say something.
//
// All three wait for fsync before they answer. Samenspel is the program as
// people get it: sessions, rights, seals, chains and the access log are on, and
// what it answers is a page.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"
)

// plan is how much is measured.
type plan struct {
	rounds     int
	long       time.Duration // each rate
	live       time.Duration // each live measure; 0 is none
	many       int           // listeners of the large live measure; 0 is none
	cases      int
	notes      int
	people     int // in each case
	only       string
	part       string // only the measures whose name begins so
	grow       bool
	growMost   int
	growEvents int
}

func main() {
	var p plan
	flag.IntVar(&p.rounds, "rounds", 5, "how often everything is measured")
	flag.DurationVar(&p.long, "long", 4*time.Second, "how long each rate is measured")
	flag.DurationVar(&p.live, "live", 12*time.Second, "how long the open pages of a round are measured; 0 leaves them out")
	flag.IntVar(&p.many, "many", 10_000, "listeners of the large live measure; 0 leaves it out")
	flag.IntVar(&p.cases, "cases", 50, "cases, or alliances")
	flag.IntVar(&p.notes, "notes", 10_000, "notes in all of them together")
	flag.IntVar(&p.people, "people", 4, "people in each")
	flag.StringVar(&p.only, "only", "", "measure this program alone: samenspel, pocketbase or floor")
	flag.StringVar(&p.part, "part", "", "only the measures whose name begins so, such as list")
	flag.BoolVar(&p.grow, "grow", false, "measure how cost grows, in place of the comparison")
	flag.IntVar(&p.growMost, "alliances", 100_000, "with -grow: the most alliances")
	flag.IntVar(&p.growEvents, "events", 15_000, "with -grow: the most that was said in an alliance before it is measured; 20,000 is all that there is room for")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := p.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func (p plan) run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "samenspel-compare-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%s, %s/%s, %d cores, %s, load %s at the start\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format(time.DateOnly), loadOf())
	if p.grow {
		return p.growing(ctx, dir)
	}
	all, err := p.contestants(ctx, dir)
	if err != nil {
		return err
	}
	r := results{}
	for round := range p.rounds {
		if err := p.round(ctx, all, round, r); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "round %d of %d, load %s\n", round+1, p.rounds, loadOf())
	}
	if p.many > 0 && (p.only == "" || p.only == ours) {
		if err := p.large(ctx, dir, all, r); err != nil {
			return err
		}
	}
	r.print(all, p)
	return nil
}

// loadOf is how many programs wait for a processor, over one minute.
func loadOf() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	var one string
	fmt.Sscan(string(text), &one)
	return one
}
