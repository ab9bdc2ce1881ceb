// Command load measures Samenspel on the machine that it runs on, and prints
// the table of docs/performance.md. What it compares it measures in one run:
// only ratios within a run say something on a machine that others share.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"
)

// row is one line of the table.
type row struct{ what, got, bar string }

func main() {
	seconds := flag.Int("seconds", 4, "how long each rate is measured, in seconds")
	listeners := flag.Int("listeners", 1000, "how many people look at a page at once")
	flag.Parse()
	rows, err := measure(context.Background(), time.Duration(*seconds)*time.Second, *listeners)
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	fmt.Printf("%s, %s/%s, %d cores, %s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format(time.DateOnly))
	fmt.Println("| measure | here | bar |\n|---|---|---|")
	for _, r := range rows {
		fmt.Printf("| %s | %s | %s |\n", r.what, r.got, r.bar)
	}
}

func measure(ctx context.Context, long time.Duration, listeners int) ([]row, error) {
	var rows []row
	for _, part := range []func(context.Context, time.Duration, int) ([]row, error){writing, reading, living, starting} {
		more, err := part(ctx, long, listeners)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// spread sorts times and says their median and the 99th of a hundred.
func spread(times []time.Duration) (median, p99 time.Duration) {
	if len(times) == 0 {
		return 0, 0
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }
