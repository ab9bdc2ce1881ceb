package workspace_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// notebook is what one alliance should be to many who write notes and look at
// once: every note is in it from one moment between its sending and its answer,
// once, and every look is the whole of it at one moment between its beginning
// and its end.
var notebook = porcupine.Model{
	Partition: func(history []porcupine.Operation) (parts [][]porcupine.Operation) {
		each := map[samenspel.AllianceID][]porcupine.Operation{}
		for _, op := range history {
			id := op.Input.(doing).at
			each[id] = append(each[id], op)
		}
		for _, ops := range each {
			parts = append(parts, ops)
		}
		return parts
	},
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		notes, in := state.(string), input.(doing)
		switch {
		case in.note == 0:
			return output == notes, notes
		case output != "taken": // another was first, too often: it is not there
			return true, notes
		case strings.Contains(notes, in.line()):
			return true, notes // the same command again
		}
		lines := append(strings.SplitAfter(notes, "\n"), in.line())
		slices.Sort(lines)
		return true, strings.Join(lines, "")
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v → %q", input, output) },
}

// doing is one note written, or with 0 a look.
type doing struct {
	at   samenspel.AllianceID
	note int
}

func (d doing) line() string { return fmt.Sprint("note ", d.note, "\n") }

// tablesAtOnce is how many alliances are used at once: of each there is one
// history.
const tablesAtOnce = 4

// histories lets clients of each program write and look at some new alliances
// for a while, by chance, and gives what each did and when.
func (p *programs) histories(t *testing.T, number int, chance *rand.Rand) []porcupine.Operation {
	t.Helper()
	const clients = 8
	var ids []samenspel.AllianceID
	for n := range tablesAtOnce {
		ids = append(ids, samenspel.AllianceID(fmt.Sprint("alliance ", number+n)))
		begin(t, p.each[chance.IntN(len(p.each))], ids[n])
	}
	var (
		clock, next atomic.Int64
		mu          sync.Mutex
		all         sync.WaitGroup
		ops         []porcupine.Operation
	)
	next.Store(100)
	for i, w := range p.each {
		for client := range clients {
			todo := make([]doing, 1+chance.IntN(6))
			for n := range todo {
				todo[n].at = ids[chance.IntN(len(ids))]
				if chance.IntN(2) == 0 {
					todo[n].note = int(next.Add(1)) - chance.IntN(4)/3 // now and then one that another sends too
				}
			}
			all.Go(func() {
				for _, d := range todo {
					op := porcupine.Operation{ClientId: i*clients + client, Input: d, Call: clock.Add(1)}
					op.Output = does(t, w, d)
					op.Return = clock.Add(1)
					mu.Lock()
					ops = append(ops, op)
					mu.Unlock()
				}
			})
		}
	}
	all.Wait()
	return ops
}

// does writes or looks, and gives what came of it.
func does(t *testing.T, w *workspace.Workspace, d doing) string {
	if d.note == 0 {
		seen, err := w.See(t.Context(), noor, d.at, workspace.Look{})
		if err != nil {
			t.Error(err)
			return "nothing"
		}
		var lines []string
		for _, n := range seen.Notes {
			lines = append(lines, n.Words.Text()+"\n")
		}
		slices.Sort(lines)
		return strings.Join(lines, "")
	}
	switch err := w.Do(t.Context(), noor, d.at, note(d.note)); {
	case err == nil:
		return "taken"
	case !errors.Is(err, journal.ErrConflict):
		t.Error(err)
	}
	return "not taken"
}

// howMany is how many histories there are: as many as SAMENSPEL_HISTORIES says.
func howMany(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("SAMENSPEL_HISTORIES")
	if text == "" {
		return usual
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 {
		t.Fatalf("SAMENSPEL_HISTORIES is %q", text)
	}
	return count
}

// To all who write and look through several programs, one alliance is as one
// notebook in one place (linearizable).
func TestAnAllianceIsInOnePlace(t *testing.T) {
	p := openTogether(t, 3)
	p.follow(t)
	for n := 0; n < howMany(t, 80); n += tablesAtOnce {
		p.loses.Store(n%3 == 1)
		p.delay.Store(int64(n%3) * int64(time.Millisecond))
		ops := p.histories(t, n, rand.New(rand.NewPCG(uint64(n), 35)))
		if !porcupine.CheckOperations(notebook, ops) {
			t.Fatalf("one of the histories from %d on has no order: %v", n, ops)
		}
	}
}

// Programs that do not ask where the log stands show what is old, and the
// check finds that.
func TestTheOrderOfProgramsThatDoNotAsk(t *testing.T) {
	p := openTogether(t, 3)
	for _, w := range p.each {
		w.Others = nil
	}
	for n := 0; n < 240; n += tablesAtOnce {
		ops := p.histories(t, n, rand.New(rand.NewPCG(uint64(n), 35)))
		if !porcupine.CheckOperations(notebook, ops) {
			return
		}
	}
	t.Error("all histories have an order, so the check finds nothing")
}
