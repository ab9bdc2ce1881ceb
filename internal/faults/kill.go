package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"samenspel"
)

const (
	eight = 8  // writers
	lives = 10 // in which the same alliances grow
)

// kill kills a process with kill -9 while eight people write in it, at a
// random moment: also while it starts, and while it makes a checkpoint. What
// had no answer is sent again with the same id, as a browser does. Every ten
// lives everything in the folder is opened afresh and counted.
func kill(ctx context.Context, r *round) (result, error) {
	w, dir := newWitness(), filepath.Join(r.dir, "data")
	chance := rand.New(rand.NewPCG(r.seed, 1))
	var starts []time.Duration
	var res result
	for n := 0; n < r.rounds; {
		alliances := newAlliances(eight)
		for range min(lives, r.rounds-n) {
			took, err := life(ctx, w, chance, writing{Dir: dir, Alliances: alliances, Again: w.unsettled(), Liar: r.liar})
			if err != nil {
				return res, fmt.Errorf("life %d: %w", n+1, err)
			}
			starts = append(starts, took)
			n++
		}
		var err error
		if res, err = w.recent(alliances).examine(ctx, dir); err != nil || res.bad() {
			return res, err
		}
		if n%100 == 0 {
			r.tell("kill: %d kills, %s acknowledged", n, thousands(w.count))
		}
	}
	res, err := w.examine(ctx, dir)
	slices.Sort(starts)
	starts = slices.DeleteFunc(starts, func(d time.Duration) bool { return d == 0 })
	more := fmt.Sprintf("%s kills", thousands(r.rounds))
	if len(starts) > 0 {
		more += fmt.Sprintf(", start-up p50 %d ms p99 %d ms", starts[len(starts)/2].Milliseconds(), starts[len(starts)*99/100].Milliseconds())
	}
	if res.more = more + prefixed(res.more); err == nil && len(starts) == 0 {
		err = errors.New("no life came so far that it wrote")
	}
	return res, err
}

func prefixed(s string) string {
	if s != "" {
		s = ", " + s
	}
	return s
}

func newAlliances(n int) []samenspel.AllianceID {
	ids := make([]samenspel.AllianceID, n)
	for i := range ids {
		ids[i] = samenspel.AllianceID(newID())
	}
	return ids
}

// life starts a process, lets it write for a while and kills it. It gives how
// long it took to start, or 0 when it was killed before it was ready.
func life(ctx context.Context, w *witness, chance *rand.Rand, do writing) (took time.Duration, err error) {
	begun := time.Now()
	c, err := startChild(ctx, "write", do)
	if err != nil {
		return 0, err
	}
	// One in ten dies while it starts, at a moment that only the clock can give.
	if chance.IntN(10) == 0 {
		time.AfterFunc(time.Duration(chance.IntN(60))*time.Millisecond, func() { c.cmd.Process.Kill() })
	}
	die, acks := chance.IntN(180), 0
	w.listen(c.lines, func(line string, acked bool) bool {
		if line == "ready" {
			took = time.Since(begun)
		}
		if acked {
			acks++
		}
		if acks == die {
			c.cmd.Process.Kill() // what it said before that is still in the pipe
		}
		return true
	})
	return took, c.killed()
}

// recent gives what was acknowledged in some of the alliances.
func (w *witness) recent(alliances []samenspel.AllianceID) *witness {
	some := newWitness()
	for _, id := range alliances {
		if acked := w.acked[id]; acked != nil {
			some.acked[id] = acked
		}
	}
	return some
}
