package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samenspel/backup"
	"samenspel/journal"
)

// backups makes backups one after another while eight write in a process of
// their own, and restores each of them as a whole: all that was acknowledged
// before a backup began has to be in it, and nothing that the log does not
// have. A round is a hundred wishes.
func backups(ctx context.Context, r *round) (result, error) {
	dir, to := filepath.Join(r.dir, "data"), filepath.Join(r.dir, "backups")
	b := backing{round: r, w: newWitness(), before: map[string]*witness{}}
	do := writing{Dir: dir, Alliances: newAlliances(eight), Most: 100 * r.rounds, Backups: to}
	c, err := startChild(ctx, "write", do)
	if err != nil {
		return result{}, err
	}
	// A backup that is told of began after the one before it was told of: what
	// was acknowledged by then is in it.
	heard := newWitness()
	b.w.listen(c.lines, func(line string, _ bool) bool {
		if file, ok := strings.CutPrefix(line, "backup "); ok {
			b.files = append(b.files, file)
			b.before[file] = heard
			heard = b.w.copied()
		}
		return true
	})
	if err := c.ended(); err != nil {
		return result{}, err
	}
	return b.restoreAll(ctx, dir, to)
}

// backing is what is known of the backups.
type backing struct {
	*round
	w      *witness
	files  []string
	before map[string]*witness // what was acknowledged before each began
}

func (b *backing) restoreAll(ctx context.Context, dir, to string) (result, error) {
	var all result
	master, err := journal.OpenMaster(keyIn(dir))
	if err != nil {
		return all, err
	}
	var slowest time.Duration
	for _, file := range b.files {
		begun := time.Now()
		res, err := b.restore(ctx, master, to, file)
		if err != nil {
			return all, fmt.Errorf("%s: %w", file, err)
		}
		slowest = max(slowest, time.Since(begun))
		if all.add(res); res.bad() {
			all.more = file + ": " + res.more
			return all, nil
		}
	}
	res, err := b.w.examine(ctx, dir)
	if err != nil {
		return all, err
	}
	all.add(res)
	all.more = fmt.Sprintf("%d backups made while eight wrote %s, each restored and held against them, the slowest in %s",
		len(b.files), thousands(b.w.count), slowest.Round(time.Millisecond))
	if len(b.files) < 2 {
		err = errors.New("there were hardly any backups")
	}
	return all, err
}

// restore puts one backup into a new folder and opens it as the program does.
func (b *backing) restore(ctx context.Context, master *journal.Master, to, file string) (result, error) {
	into := filepath.Join(b.dir, "restored")
	defer os.RemoveAll(into) // scratch
	r := backup.Restoration{From: filepath.Join(to, "data", file), Keys: filepath.Join(to, "keys"), Into: into, Master: master, Place: placeOf("")}
	if _, err := r.Restore(ctx); err != nil {
		return result{}, err
	}
	text, err := os.ReadFile(keyIn(filepath.Join(b.dir, "data")))
	if err == nil {
		err = os.WriteFile(keyIn(into), text, 0o600)
	}
	if err != nil {
		return result{}, err
	}
	w := b.before[file]
	if b.liar {
		w = b.w // also what came after it
	}
	res, err := w.examine(ctx, into)
	return res, err
}
