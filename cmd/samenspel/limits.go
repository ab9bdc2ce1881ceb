package main

import (
	"fmt"
	"log/slog"

	"samenspel/memory"
	"samenspel/workspace"
)

// What the program needs at least to serve people: below it they are asked to
// come back sooner than anybody likes.
const (
	leastMemory = 128 << 20
	leastFiles  = 4096 // each person who looks has a connection open
)

// keepWithin keeps the program within its memory, and says in the log when it
// was given too little to work with.
func keepWithin(log *slog.Logger) *memory.Bound {
	bound, from := memory.Keep()
	memory.Roomy()
	if limit := bound.Limit(); limit > 0 && limit < leastMemory {
		log.Warn("little memory: people will be asked to come back", "limit", much(limit), "from", string(from))
	}
	if files, known := fileLimit(); known && files < leastFiles {
		log.Warn(fewFiles(files))
	}
	return bound
}

// factsWithin is how many facts may stay in memory: as many as take about a third
// of the bound, with the garbage that they leave.
func factsWithin(bound *memory.Bound) int64 {
	const each = 8 << 10
	if limit := bound.Limit(); limit > 0 {
		return min(workspace.InMemory, limit/each)
	}
	return workspace.InMemory
}

func fewFiles(files uint64) string {
	return fmt.Sprintf("it may open %d files at most, and each person who looks takes one; raise it (LimitNOFILE=, ulimit -n) to %d or more", files, leastFiles)
}
