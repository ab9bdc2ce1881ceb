package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"samenspel/internal/faults/disk"
)

// recording is all that a process did to the files below a folder.
type recording struct {
	root   string // as the process saw it
	base   string // a copy of what stood there before
	trace  string
	events int
	spoken []int // events at which it said something
}

// newRecording prepares a folder below which a process is to be recorded.
func newRecording(in string) (*recording, error) {
	r := &recording{root: filepath.Join(in, "live"), base: filepath.Join(in, "base"), trace: filepath.Join(in, "trace")}
	return r, os.MkdirAll(r.root, 0o700)
}

// errNoStrace says what is needed.
var errNoStrace = errors.New("strace is not here; install it (on Debian, as root: apt-get install strace)")

func hasStrace() error {
	if _, err := exec.LookPath("strace"); err != nil {
		return errNoStrace
	}
	return nil
}

// record runs a child, or with a program in place of what the child is told a
// command, and keeps all that it did. More are arguments of strace.
func (r *recording) record(ctx context.Context, what string, told any, more ...string) error {
	if err := hasStrace(); err != nil {
		return err
	}
	if err := os.CopyFS(r.base, os.DirFS(r.root)); err != nil {
		return err
	}
	under := disk.Strace(r.trace, more...)
	if command, ok := told.([]string); ok {
		out, err := exec.CommandContext(ctx, under[0], append(under[1:], command...)...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", what, err, out)
		}
		return r.measure()
	}
	c, err := startChild(ctx, what, told, under...)
	if err != nil {
		return err
	}
	for c.lines.Scan() {
		continue // it stands in the trace
	}
	ended := c.ended()
	if len(more) > 0 { // it was harmed, and may have ended as it liked
		ended = nil
	}
	return errors.Join(ended, r.measure())
}

// measure counts the events, and holds what the replay makes of them against
// what is there.
func (r *recording) measure() error {
	d, err := r.replay(func(d *disk.Disk, e disk.Event) error {
		r.events = e.N + 1
		if e.Said != "" {
			r.spoken = append(r.spoken, e.N)
		}
		return nil
	}, false)
	if err == nil {
		err = d.Same(r.root)
	}
	return err
}

// replay goes through all of it once.
func (r *recording) replay(at func(d *disk.Disk, e disk.Event) error, lies bool) (*disk.Disk, error) {
	d, err := disk.LoadAs(r.root, r.base)
	if err != nil {
		return nil, err
	}
	d.Lies = lies
	f, err := os.Open(r.trace)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return d, d.Replay(f, func(e disk.Event) error { return at(d, e) })
}

// cuts cuts the power at many moments, half of them just after something was
// said, and gives for each what a disk may hold, in a folder, and what was
// heard until then.
func (r *recording) cuts(many int, chance *rand.Rand, in string, lies bool, look func(folder string, w *witness, heard []string) error) error {
	at := map[int]int{}
	for n := range many {
		if n%2 == 0 && len(r.spoken) > 0 {
			at[r.spoken[chance.IntN(len(r.spoken))]]++
		} else {
			at[chance.IntN(r.events)]++
		}
	}
	w, heard, n := newWitness(), []string{}, 0
	_, err := r.replay(func(d *disk.Disk, e disk.Event) error {
		for line := range strings.Lines(e.Said) {
			line = strings.TrimSpace(line)
			w.hear(line)
			heard = append(heard, line)
		}
		for range at[e.N] {
			folder := filepath.Join(in, fmt.Sprint("cut-", n))
			n++
			if err := os.MkdirAll(folder, 0o700); err != nil {
				return err
			}
			err := d.Cut(folder, chance)
			if err == nil {
				err = look(folder, w.copied(), slices.Clone(heard))
			}
			if err != nil {
				return fmt.Errorf("the power cut at event %d of %d: %w", e.N, r.events, err)
			}
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
		}
		return nil
	}, lies)
	return err
}
