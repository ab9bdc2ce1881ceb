// Package memory keeps the program within the memory that it was given: it finds
// the bound, tells the Go runtime, and says no to new work before the bound is
// reached, so that the system never has to end the program.
package memory

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// Bound is how much memory the program may use. A nil Bound, and one without a
// limit, lets everything in. Make one with [Keep]. It may be used by many at once.
type Bound struct {
	limit int64
	now   func() (used int64)

	mu   sync.Mutex
	held int64 // by work that was let in
	at   time.Time
	used int64

	collected  time.Time
	collecting bool
}

// Source is where a bound was found.
type Source string

// The places that are looked at; the first that says something counts.
const (
	Environment Source = "GOMEMLIMIT"
	System      Source = "the limit of this process" // a cgroup, or ulimit -d
	Machine     Source = "half the memory of the machine"
	Nowhere     Source = "nowhere"
)

// forOthers is the share of a limit of the system that is not for the Go heap:
// the program's own text, the caches of SQLite, and what the kernel counts.
const forOthers = 5 // one part in so many

// Keep finds the bound and tells it to the Go runtime. GOMEMLIMIT is taken as it
// is. Of what a cgroup or ulimit gives a part stays free for what Go does not
// count; without either it is half of what the machine has.
func Keep() (*Bound, Source) {
	if set := debug.SetMemoryLimit(-1); set < noLimit {
		return of(set, inUse), Environment
	}
	limit, from := int64(0), Nowhere
	if most := systemLimit(); most > 0 {
		limit, from = most-most/forOthers, System
	} else if all := machineMemory(); all > 0 {
		limit, from = all/2, Machine
	}
	if limit > 0 {
		debug.SetMemoryLimit(limit)
	}
	return of(limit, inUse), from
}

// noLimit is what the Go runtime says when there is none, or one beyond any
// machine.
const noLimit = 1 << 60

func of(limit int64, now func() int64) *Bound { return &Bound{limit: limit, now: now} }

// Limit is the bound in bytes; 0 when there is none.
func (b *Bound) Limit() int64 {
	if b == nil {
		return 0
	}
	return b.limit
}

// Share is how much of the bound is in use, with what was promised to work that
// was let in; 0 when there is no bound.
func (b *Bound) Share() float64 {
	if b.Limit() == 0 {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return float64(b.all()) / float64(b.limit)
}

// Take lets work in that needs so many bytes when the bound is then used for no
// more than a share of it. Whoever is let in calls done at the end.
func (b *Bound) Take(bytes int64, most float64) (done func(), ok bool) {
	if b.Limit() == 0 {
		return func() {}, true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if float64(b.all()+bytes) > most*float64(b.limit) {
		b.collect()
		return nil, false
	}
	b.held += bytes
	return sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.held -= bytes
	}), true
}

// collect looks anew what is alive, in the background, when somebody was not let
// in: what was alive when garbage was last collected may be garbage by now, and
// a program that lets nobody in makes none by which it would find out.
func (b *Bound) collect() {
	if b.collecting || time.Since(b.collected) < again {
		return
	}
	b.collecting = true
	go func() {
		runtime.GC()
		b.mu.Lock()
		defer b.mu.Unlock()
		b.collecting, b.collected, b.at = false, time.Now(), time.Time{}
	}()
}

// again is how long it is at least until garbage is collected for this once more.
const again = time.Second

// fresh is how long a look at the memory counts: each is cheap, and requests are
// many.
const fresh = 50 * time.Millisecond

// all is what is in use and what was promised, under the lock.
func (b *Bound) all() int64 {
	if now := time.Now(); now.Sub(b.at) >= fresh {
		b.at, b.used = now, b.now()
	}
	return b.used + b.held
}

// inUse is what the runtime cannot give back: what was found alive when garbage
// was last collected, the stacks, and what it keeps about both. What is garbage
// by now it collects before it passes its limit.
func inUse() int64 {
	seen := []metrics.Sample{
		{Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/memory/classes/os-stacks:bytes"},
		{Name: "/memory/classes/metadata/mcache/inuse:bytes"},
		{Name: "/memory/classes/metadata/mspan/inuse:bytes"},
		{Name: "/memory/classes/metadata/other:bytes"},
		{Name: "/memory/classes/profiling/buckets:bytes"},
		{Name: "/memory/classes/other:bytes"},
	}
	metrics.Read(seen)
	sum := uint64(0)
	for _, one := range seen {
		if one.Value.Kind() == metrics.KindUint64 {
			sum += one.Value.Uint64()
		}
	}
	return int64(sum)
}
