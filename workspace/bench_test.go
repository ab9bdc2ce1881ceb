package workspace_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"samenspel"
	"samenspel/workspace"
)

// BenchmarkDo takes durable changes, by writers who each have an alliance of
// their own and by writers at one table.
func BenchmarkDo(b *testing.B) {
	for _, writers := range []int{1, 8, 32} {
		for _, tables := range slices.Compact([]int{1, writers}) {
			b.Run(fmt.Sprintf("writers=%d/tables=%d", writers, tables), func(b *testing.B) {
				w := open(b, openLog(b), 0)
				for table := range tables {
					begin(b, w, samenspel.AllianceID(fmt.Sprint("table-", table)))
				}
				renew := samenspel.RenewEntry{Partner: samenspel.PartnerID(commandID(1))} // leaves the state as large as it was
				var next atomic.Int64
				next.Store(1000)
				last := int64(1000 + b.N)
				var all sync.WaitGroup
				b.ReportAllocs()
				b.ResetTimer()
				for writer := range writers {
					id := samenspel.AllianceID(fmt.Sprint("table-", writer%tables))
					all.Go(func() {
						for n := next.Add(1); n <= last; n = next.Add(1) {
							if err := w.Do(b.Context(), noor, id, command(int(n), renew)); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				all.Wait()
			})
		}
	}
}

// BenchmarkSee looks at an alliance of a thousand facts that is in memory.
func BenchmarkSee(b *testing.B) {
	w := open(b, openLog(b), 0)
	begin(b, w, "a")
	for n := range 1000 {
		must(b, w, amira, "a", command(10+n, samenspel.WordStatement{
			Words: samenspel.Say(fmt.Sprint("sentence ", n)), Layer: samenspel.Layers[n%4],
		}))
	}
	b.ReportAllocs()
	for b.Loop() {
		if seen := see(b, w, amira, "a"); len(seen.Statements) != 1000 {
			b.Fatal(len(seen.Statements))
		}
	}
}

// BenchmarkSeeNoted is the price of writing down who looks: nothing to write,
// a line of a moment ago that stands for the look, and a line of its own for
// every look, by one and by thirty-two who look at once.
func BenchmarkSeeNoted(b *testing.B) {
	for _, size := range []int{1000, 5000} {
		l := openLooking(b)
		for n := range size {
			must(b, l.Workspace, amira, "a", command(10+n, samenspel.WordStatement{
				Words: samenspel.Say(fmt.Sprint("sentence ", n)), Layer: samenspel.Layers[n%4], SeenBy: []samenspel.PartnerID{noorAt}, Chosen: true,
			}))
		}
		var whats atomic.Int64
		for _, c := range []struct {
			name string
			by   int
			look func() workspace.Look
		}{
			{"nothing to note", 1, func() workspace.Look { return workspace.Look{} }},
			{"noted a moment ago", 1, func() workspace.Look { return at("picture", amiraAt) }},
			{"noted each time", 1, func() workspace.Look { return at(fmt.Sprint("picture ", whats.Add(1)), amiraAt) }},
			{"nothing to note", 32, func() workspace.Look { return workspace.Look{} }},
			{"noted each time", 32, func() workspace.Look { return at(fmt.Sprint("picture ", whats.Add(1)), amiraAt) }},
		} {
			b.Run(fmt.Sprintf("statements=%d/%s/by=%d", size, c.name, c.by), func(b *testing.B) {
				b.SetParallelism((c.by + 1) / 2)
				b.ReportAllocs()
				if c.by == 1 {
					for b.Loop() {
						l.look(b, noor, c.look())
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						l.look(b, noor, c.look())
					}
				})
			})
		}
	}
}

// BenchmarkFollow is the price of other programs: a look when nothing moved, a
// look after a note that another program kept, and one after a statement, which
// has a key of its own; the writing is not counted.
func BenchmarkFollow(b *testing.B) {
	for _, size := range []int{100, 5000} {
		p := openTogether(b, 2)
		here, there := p.each[0], p.each[1]
		begin(b, here, "a")
		next := 10
		say := func() {
			must(b, there, amira, "a", command(next, samenspel.WordStatement{Words: samenspel.Say(fmt.Sprint("sentence ", next)), Layer: samenspel.Need}))
			next++
		}
		write := func() { must(b, there, noor, "a", note(next)); next++ }
		for range size {
			say()
		}
		for name, before := range map[string]func(){"nothing moved": func() {}, "after a note": write, "after a statement": say} {
			b.Run(fmt.Sprintf("statements=%d/%s", size, name), func(b *testing.B) {
				b.ReportAllocs()
				for range b.N {
					b.StopTimer()
					before()
					b.StartTimer()
					see(b, here, noor, "a")
				}
			})
		}
	}
}
