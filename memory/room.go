package memory

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The Go runtime lets as much garbage come as there is alive. With little alive
// it collects so often that a tenth of all work goes there; with much alive it
// takes memory that somebody else on the machine may need. Here a heap grows by
// about the same, whatever is alive, and within the bound.
const (
	room         = 64 << 20
	mostPercent  = 800 // of what is alive
	leastPercent = 60
)

// Roomy lets garbage come to a fixed size before it is collected, as long as
// what is alive is less than that. It looks after each collection. Where the
// environment says how often to collect (GOGC), that counts.
func Roomy() {
	if os.Getenv("GOGC") == "" {
		afterEach(func() { debug.SetGCPercent(percent(alive())) })
	}
}

// percent is how much garbage may come beside what is alive, as part of it.
func percent(alive uint64) int {
	if alive == 0 {
		return leastPercent
	}
	return int(min(max(room*100/alive, leastPercent), mostPercent))
}

// alive is what was found alive when garbage was last collected, in bytes.
func alive() uint64 {
	seen := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(seen)
	if seen[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return seen[0].Value.Uint64()
}

// afterEach calls do after each collection: what nobody holds is collected by
// the next one.
func afterEach(do func()) {
	runtime.AddCleanup(&struct{ _ *int }{}, func(struct{}) {
		do()
		afterEach(do)
	}, struct{}{})
}
