package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/google/uuid"

	"samenspel"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/workspace"
)

// order lets people write notes and look through three programs at once, and
// asks of each history whether there is an order in which one notebook would
// have answered so (linearizable). Meanwhile the server ends connections, at
// random. As a liar the programs do not ask where an alliance stands.
func order(ctx context.Context, r *round) (res result, err error) {
	s, key, err := newServer(ctx, r.dir)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, remove(s)) }()
	o := &orderly{round: r}
	ending, end := context.WithCancel(ctx)
	defer end()
	for range 3 {
		p, err := openShared(ctx, s.URL(database), key)
		if err != nil {
			return res, err
		}
		defer p.close() // what is not closed ends with the server
		w := p.workspace()
		if r.liar {
			w.Others = nil
		}
		o.following.Go(func() { w.Follow(ending, func(error) {}) })
		o.programs, o.log = append(o.programs, w), p.log
	}
	o.following.Go(func() { o.endConnections(ending, s) })
	err = o.all(ctx)
	end()
	o.following.Wait()
	if err != nil {
		return res, err
	}
	return o.count(ctx)
}

// orderly are programs of which histories are kept.
type orderly struct {
	*round
	programs  []*workspace.Workspace
	log       *journal.Log
	following sync.WaitGroup
	begun     atomic.Int64 // histories
	ended     atomic.Int64 // connections
	away      atomic.Int64 // answers that the database is
	wrong     atomic.Int64 // histories without an order

	mu    sync.Mutex
	kept  map[samenspel.AllianceID]int // notes that were acknowledged
	first string                       // history without an order
}

// How histories are made.
const (
	lanes   = 6  // histories at once, each of another alliance
	inOne   = 40 // histories of one alliance, one after the other
	clients = 2  // of each program
)

func (o *orderly) all(ctx context.Context) error {
	o.kept = map[samenspel.AllianceID]int{}
	failed := make([]error, lanes)
	var all sync.WaitGroup
	for lane := range lanes {
		all.Go(func() { failed[lane] = o.lane(ctx, rand.New(rand.NewPCG(o.seed, uint64(lane)))) })
	}
	all.Wait()
	return errors.Join(failed...)
}

// lane makes histories until there are enough.
func (o *orderly) lane(ctx context.Context, chance *rand.Rand) error {
	for {
		id := newAlliances(1)[0]
		begin := samenspel.Command{ID: begins(id), Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}}
		if err := o.insist(func() error { return o.programs[0].Do(ctx, person(id), id, begin) }); err != nil {
			return err
		}
		for n := range inOne {
			begun := o.begun.Add(1)
			if begun > int64(o.rounds) {
				return nil
			}
			if begun%10000 == 0 {
				o.tell("order: %s histories, %d connections ended", thousands(int(begun)), o.ended.Load())
			}
			ops, err := o.history(ctx, id, n*1000, chance)
			if err != nil {
				return err
			}
			if !porcupine.CheckOperations(notebook, ops) {
				o.wrong.Add(1)
				o.mu.Lock()
				o.first = fmt.Sprint(ops)
				o.mu.Unlock()
			}
		}
	}
}

// history lets clients of each program write and look, and gives what each did
// and when. Notes have numbers from one on.
func (o *orderly) history(ctx context.Context, id samenspel.AllianceID, from int, chance *rand.Rand) ([]porcupine.Operation, error) {
	var (
		clock  atomic.Int64
		mu     sync.Mutex
		all    sync.WaitGroup
		ops    []porcupine.Operation
		failed error
	)
	number := from
	for i, w := range o.programs {
		for client := range clients {
			todo := make([]int, 1+chance.IntN(2)) // 0 is a look
			for n := range todo {
				if chance.IntN(2) == 0 {
					number++
					todo[n] = number - chance.IntN(4)/3 // now and then one that another sends too
				}
			}
			all.Go(func() {
				for _, note := range todo {
					op := porcupine.Operation{ClientId: i*clients + client, Input: note, Call: clock.Add(1)}
					var err error
					op.Output, err = o.does(ctx, w, id, from, note)
					op.Return = clock.Add(1)
					mu.Lock()
					ops, failed = append(ops, op), errors.Join(failed, err)
					mu.Unlock()
				}
			})
		}
	}
	all.Wait()
	notes := map[any]bool{}
	for _, op := range ops {
		notes[op.Input] = op.Input != 0
	}
	delete(notes, 0)
	o.mu.Lock()
	o.kept[id] += len(notes)
	o.mu.Unlock()
	return ops, failed
}

// does writes a note, or with 0 looks, and gives the notes of this history that
// it saw.
func (o *orderly) does(ctx context.Context, w *workspace.Workspace, id samenspel.AllianceID, from, note int) (string, error) {
	if note != 0 {
		command := samenspel.Command{ID: noteID(id, note), Wish: samenspel.WriteNote{Words: samenspel.Say(fmt.Sprint(note))}}
		return "", o.insist(func() error { return w.Do(ctx, person(id), id, command) })
	}
	var lines []string
	err := o.insist(func() error {
		seen, err := w.See(ctx, person(id), id, workspace.Look{})
		if err != nil {
			return err
		}
		lines = nil
		for _, n := range seen.Notes {
			var number int
			if _, err := fmt.Sscan(n.Words.Text(), &number); err != nil {
				return err
			}
			if number >= from {
				lines = append(lines, line(number))
			}
		}
		return nil
	})
	slices.Sort(lines)
	return strings.Join(lines, ""), err
}

// insist does something until the database is not away and nobody else is
// first all the time.
func (o *orderly) insist(do func() error) error {
	for {
		err := do()
		if errors.Is(err, journal.ErrAway) {
			o.away.Add(1)
			continue
		}
		if !errors.Is(err, journal.ErrConflict) {
			return err
		}
	}
}

func line(note int) string { return fmt.Sprintf("%d\n", note) }

// notebook is what an alliance should be: a note is in it from one moment between
// its sending and its answer, once, and a look is the whole of it at one moment.
var notebook = porcupine.Model{
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		notes, note := state.(string), input.(int)
		if note == 0 {
			return output == notes, notes
		}
		lines := strings.SplitAfter(notes, "\n")
		if slices.Contains(lines, line(note)) {
			return true, notes // the same command again
		}
		lines = append(lines[:len(lines)-1], line(note))
		slices.Sort(lines)
		return true, strings.Join(lines, "")
	},
}

// endConnections ends one of the programs' connections after the other.
func (o *orderly) endConnections(ctx context.Context, s *cluster.Server) {
	for {
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return
		}
		if s.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'samenspel' ORDER BY random() LIMIT 1`) == nil {
			o.ended.Add(1)
		}
	}
}

// count looks whether each note that was acknowledged is there, once.
func (o *orderly) count(ctx context.Context) (result, error) {
	res := result{broken: int(o.wrong.Load())}
	for id, kept := range o.kept {
		there := map[samenspel.CommandID]int{}
		for f, err := range o.log.Facts(ctx, id, 0) {
			if err != nil {
				return res, err
			}
			if _, ok := f.Event.(*samenspel.NoteWritten); ok {
				there[f.Command]++
			}
		}
		res.of += kept
		res.lost += max(kept-len(there), 0)
		for _, times := range there {
			res.doubled += times - 1
		}
	}
	if _, err := o.log.Verify(ctx, func(journal.Finding) { res.broken++ }); err != nil {
		return res, err
	}
	res.more = fmt.Sprintf("%s histories without an order of %s, %s connections ended, %s times it was said that the database is away",
		thousands(int(o.wrong.Load())), thousands(o.rounds), thousands(int(o.ended.Load())), thousands(int(o.away.Load())))
	if o.first != "" {
		res.more += ", one: " + o.first
	}
	return res, nil
}

// noteID is the command of a note: the same wherever it is sent from.
func noteID(id samenspel.AllianceID, note int) samenspel.CommandID {
	return samenspel.CommandID(uuid.NewSHA1(uuid.NameSpaceURL, fmt.Append(nil, "note ", id, note)).String())
}
