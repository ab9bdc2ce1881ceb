package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"samenspel"
	"samenspel/internal/faults/disk"
	"samenspel/sqlite"
)

// refused are the calls that the system answers with EIO, and about how often
// one thread makes each of them in one run.
var refused = []struct {
	calls string
	often int
}{
	{"fsync,fdatasync", 25}, {"fsync,fdatasync", 25}, {"pwrite64", 400}, {"openat,open", 30},
	{"rename,renameat,renameat2", 1}, {"unlink,unlinkat", 4}, {"ftruncate", 5},
}

// eio lets calls fail with an input/output error, once or from then on, while
// eight write who do not give up. Then it looks twice: at the files as they
// are, and at a disk on which everything is gone that a failing fsync was to
// keep, though a later fsync said that all was well. Nothing may be said to be
// stored that was asked for after an fsync of the data failed.
func eio(ctx context.Context, r *round) (result, error) {
	chance := rand.New(rand.NewPCG(r.seed, 3))
	var all result
	faults, failedSyncs, late := 0, 0, 0
	for n := range r.rounds {
		in := filepath.Join(r.dir, fmt.Sprint(n))
		e := refusal{chance: chance, liar: r.liar, fresh: n%3 == 0}
		res, err := e.play(ctx, in)
		if err != nil {
			return all, fmt.Errorf("round %d, %s: %w", n, e.what, err)
		}
		faults, failedSyncs, late = faults+e.faults, failedSyncs+e.failedSyncs, late+e.late
		if all.add(res); res.bad() || e.late > 0 {
			all.broken += e.late
			all.more = fmt.Sprintf("round %d, %s, %d acknowledged after a failed fsync, %s", n, e.what, e.late, res.more)
			return all, nil
		}
		if err := os.RemoveAll(in); err != nil {
			return all, err
		}
		if n%50 == 49 {
			r.tell("eio: %d rounds, %s", n+1, all)
		}
	}
	all.more = fmt.Sprintf("%s calls refused, %s of them fsyncs of the data, %d acknowledged after one until a restart",
		thousands(faults), thousands(failedSyncs), late)
	return all, nil
}

// refusal is one run under calls that fail.
type refusal struct {
	chance *rand.Rand
	liar   bool
	fresh  bool // in a folder that is new

	what        string
	faults      int
	failedSyncs int
	late        int // said to be stored, though it was asked for after an fsync had failed
}

func (e *refusal) play(ctx context.Context, in string) (result, error) {
	rec, err := newRecording(in)
	if err != nil {
		return result{}, err
	}
	dir, before := filepath.Join(rec.root, "data"), newWitness()
	if !e.fresh {
		if before, err = fill(ctx, dir, 60); err != nil {
			return result{}, err
		}
	}
	which := refused[e.chance.IntN(len(refused))]
	e.what = fmt.Sprintf("inject=%s:error=EIO:when=%d%s", which.calls, 1+e.chance.IntN(which.often), []string{"", "+"}[e.chance.IntN(2)])
	do := writing{Dir: dir, Alliances: newAlliances(eight), Most: 200, Stubborn: true, Liar: e.liar}
	if err := rec.record(ctx, "write", do, "-e", e.what); err != nil {
		return result{}, err
	}
	return e.look(ctx, rec, before)
}

// look hears what was said, and looks at both disks.
func (e *refusal) look(ctx context.Context, rec *recording, before *witness) (result, error) {
	text, err := os.ReadFile(rec.trace)
	if err != nil {
		return result{}, err
	}
	e.faults = strings.Count(string(text), "(INJECTED)")
	w, worst := newWitness(), filepath.Join(rec.root, "..", "worst")
	w.adopt(before)
	tooLate := map[samenspel.CommandID]bool{} // asked for after a failure
	d, err := rec.replay(func(_ *disk.Disk, event disk.Event) error {
		// What a new database is made of under another name holds nothing yet.
		if name := filepath.Base(event.Path); event.Failed && (name == sqlite.FileName || name == sqlite.FileName+"-wal") {
			e.failedSyncs++
			e.what += ", of " + event.Path
		}
		for line := range strings.Lines(event.Said) {
			line = strings.TrimSpace(line)
			if words := strings.Fields(line); e.failedSyncs > 0 && len(words) == 3 && words[0] == "try" {
				tooLate[samenspel.CommandID(words[2])] = true
			}
			if w.hear(line) && tooLate[samenspel.CommandID(strings.TrimPrefix(line, "ack "))] {
				e.late++
			}
		}
		return nil
	}, false)
	if err != nil {
		return result{}, err
	}
	if err := os.MkdirAll(worst, 0o700); err != nil {
		return result{}, err
	}
	if err := d.Cut(worst, e.chance); err != nil {
		return result{}, err
	}
	var all result
	for _, folder := range slices.Compact([]string{rec.root, worst}) {
		left := listed(folder)
		res, err := w.examine(ctx, filepath.Join(folder, "data"))
		if err != nil {
			if err := gone(&all, err, e.liar); err != nil {
				return all, fmt.Errorf("%s: %w, with %s", filepath.Base(folder), err, left)
			}
		}
		if res.bad() {
			res.more = fmt.Sprintf("%s: %s with %s", filepath.Base(folder), res.more, left)
			all.more = res.more
		}
		all.add(res)
	}
	return all, nil
}
