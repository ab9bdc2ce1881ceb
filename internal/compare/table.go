package main

import (
	"fmt"
	"os"
	"slices"
)

// of gives the median of a figure over the rounds, with its least and most.
func of(rounds []got, figure func(got) float64) (median, least, most float64) {
	var all []float64
	for _, g := range rounds {
		all = append(all, figure(g))
	}
	if len(all) == 0 {
		return 0, 0, 0
	}
	slices.Sort(all)
	return all[len(all)/2], all[0], all[len(all)-1]
}

func rateOf(g got) float64 { return g.perSecond }
func p99Of(g got) float64  { return float64(g.p99) / 1e6 }
func cpuOf(g got) float64  { return g.cpu }

// print writes what came out as tables: what each program did, and the bars.
func (r results) print(all []*contestant, p plan) {
	fmt.Printf("\n%d rounds of %s each, %d notes in %d cases of %d people, load %s at the end\n", p.rounds, p.long, p.notes, p.cases, p.people, loadOf())
	fmt.Println("\n| measure | program | each second: median (least–most) | median | p99: median (least–most) | processor for each | bytes |\n|---|---|---|---|---|---|---|")
	for _, m := range []string{create1, create8, create32, list200, get1} {
		for _, c := range all {
			rounds := r[m][c.name]
			if len(rounds) == 0 {
				continue
			}
			rate, least, most := of(rounds, rateOf)
			p99, p99Least, p99Most := of(rounds, p99Of)
			cpu, _, _ := of(rounds, cpuOf)
			middle, _, _ := of(rounds, func(g got) float64 { return float64(g.median) / 1e6 })
			size, _, _ := of(rounds, func(g got) float64 { return g.bytes })
			fmt.Printf("| %s | %s | %.0f (%.0f–%.0f) | %.2f ms | %.1f ms (%.1f–%.1f) | %.0f µs | %.0f |\n", m, c.name, rate, least, most, middle, p99, p99Least, p99Most, cpu, size)
		}
	}
	fmt.Println("\n| open pages | program | delivered | median | p99: median (least–most) | processor each second | memory |\n|---|---|---|---|---|---|---|")
	for _, m := range []string{live1000, liveMany} {
		for _, c := range all {
			if rounds := r[m][c.name]; len(rounds) > 0 {
				sent, arrived := 0, 0
				for _, g := range rounds {
					sent, arrived = sent+g.sent, arrived+g.arrived
				}
				p99, least, most := of(rounds, p99Of)
				middle, _, _ := of(rounds, func(g got) float64 { return float64(g.median) / 1e6 })
				cpu, _, _ := of(rounds, cpuOf)
				memory, _, _ := of(rounds, func(g got) float64 { return g.most })
				fmt.Printf("| %s | %s | %d of %d | %.1f ms | %.1f ms (%.1f–%.1f) | %.0f ms | %.0f MiB |\n", m, c.name, arrived, sent, middle, p99, least, most, cpu/1000, memory)
			}
		}
	}
	fmt.Println("\n| memory and size | program | median |\n|---|---|---|")
	for _, c := range all {
		fmt.Printf("| %s | %s | %.1f MiB |\n", fresh, c.name, r.memory(fresh, c.name))
		fmt.Printf("| %s | %s | %.1f MiB |\n", loaded, c.name, r.memory(loaded, c.name))
		fmt.Printf("| %s | %s | %.1f MB |\n", binary, c.name, size(c.program))
	}
	r.bars(all)
}

func (r results) memory(measure, who string) float64 {
	most, _, _ := of(r[measure][who], func(g got) float64 { return g.most })
	return most
}

// size is how large a file is, in MB.
func size(path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return float64(info.Size()) / 1e6
}

// bar is one thing that has to hold.
type bar struct {
	measure, says string
	here          float64
	limit         float64
	atMost        bool
}

// bars says of each bar whether it is met.
func (r results) bars(all []*contestant) {
	ratio := func(measure string) float64 {
		own, _, _ := of(r[measure][ours], rateOf)
		other, _, _ := of(r[measure][theirs], rateOf)
		if other == 0 {
			return 0
		}
		return own / other
	}
	figure := func(measure string, of1 func(got) float64) float64 {
		m, _, _ := of(r[measure][ours], of1)
		return m
	}
	list := []bar{
		{create1, "× PocketBase", ratio(create1), 1, false},
		{create8, "× PocketBase", ratio(create8), 2, false},
		{create8, "ms, p99", figure(create8, p99Of), 20, true},
		{create8, "µs of processor", figure(create8, cpuOf), 350, true},
		{create32, "× PocketBase", ratio(create32), 3, false},
		{create32, "ms, p99", figure(create32, p99Of), 40, true},
		{list200, "× PocketBase", ratio(list200), 1.5, false},
		{get1, "× PocketBase", ratio(get1), 2.3, false},
		{live1000, "ms, p99", figure(live1000, p99Of), 60, true},
		{liveMany, "ms, p99", figure(liveMany, p99Of), 100, true},
		{liveMany, "lost", figure(liveMany, func(g got) float64 { return float64(g.sent - g.arrived) }), 0, true},
		{fresh, "MiB", r.memory(fresh, ours), 40, true},
		{loaded, "MiB", r.memory(loaded, ours), 256, true},
		{binary, "MB", size(all[0].program), 35, true},
	}
	fmt.Println("\n| bar | here | wanted | |\n|---|---|---|---|")
	for _, b := range list {
		if len(r[b.measure]) == 0 && b.measure != binary || b.here == 0 && !b.atMost {
			continue
		}
		word, verdict := "at least", "met"
		if b.atMost {
			word = "at most"
		}
		if b.atMost && b.here > b.limit || !b.atMost && b.here < b.limit {
			verdict = "**not met**"
		}
		fmt.Printf("| %s | %.2f %s | %s %g | %s |\n", b.measure, b.here, b.says, word, b.limit, verdict)
	}
}
