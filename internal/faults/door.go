package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// toOpen says to a child which database to open. It answers calls, many at
// once, as the program answers those of browsers.
type toOpen struct{ Address, Key string }

// call is what is asked of it. Begin, send and watch are what it can do.
type call struct {
	N        int
	Do       string
	Alliance samenspel.AllianceID
	Command  samenspel.CommandID
}

// answer is what it says to a call, and with N 0 what it says by itself.
type answer struct {
	N     int
	Wrong string
	Away  bool                 // the database is; the same again settles it
	Woken samenspel.AllianceID // who watches this is woken
}

// answerAsTold is the child.
func answerAsTold(ctx context.Context, told io.Reader) error {
	in, out := json.NewDecoder(told), json.NewEncoder(os.Stdout)
	var o toOpen
	if err := in.Decode(&o); err != nil {
		return err
	}
	p, err := openShared(ctx, o.Address, o.Key)
	if err != nil {
		return err
	}
	w := p.workspace()
	go w.Follow(ctx, func(err error) { fmt.Fprintln(os.Stderr, err) })
	var mu sync.Mutex
	say := func(a answer) {
		mu.Lock()
		defer mu.Unlock()
		_ = out.Encode(a) // nobody hears it: then this process ends as well
	}
	say(answer{})
	for {
		var c call
		if err := in.Decode(&c); err != nil {
			return nil // nobody asks any more
		}
		go func() { say(c.take(ctx, w, say)) }()
	}
}

// take does what a call asks.
func (c call) take(ctx context.Context, w *workspace.Workspace, say func(answer)) answer {
	var err error
	switch c.Do {
	case "begin":
		err = w.Do(ctx, person(c.Alliance), c.Alliance, samenspel.Command{ID: begins(c.Alliance),
			Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}})
	case "send":
		err = w.Do(ctx, person(c.Alliance), c.Alliance, samenspel.Command{ID: c.Command, Wish: samenspel.WordStatement{Words: sentence(c.Command)}})
	case "watch":
		watch := w.Watch(c.Alliance)
		go func() {
			for range watch.Changed {
				say(answer{Woken: c.Alliance})
			}
		}()
	}
	a := answer{N: c.N, Away: errors.Is(err, journal.ErrAway)}
	if err != nil {
		a.Wrong = err.Error()
	}
	return a
}

// door is such a child, seen from outside.
type door struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	woken chan samenspel.AllianceID

	mu    sync.Mutex
	calls map[int]chan answer
	last  int
	gone  bool
}

// openDoor starts a child and waits until it answers.
func openDoor(ctx context.Context, o toOpen) (*door, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	d := &door{cmd: exec.CommandContext(ctx, self), calls: map[int]chan answer{}, woken: make(chan samenspel.AllianceID, 1000)}
	d.cmd.Env = append(os.Environ(), childVariable+"=answer")
	d.cmd.Stderr = io.Discard // that the database is away is no news
	out, err := d.cmd.StdoutPipe()
	if err == nil {
		d.in, err = d.cmd.StdinPipe()
	}
	if err == nil {
		err = d.cmd.Start()
	}
	if err == nil {
		err = json.NewEncoder(d.in).Encode(o)
	}
	if err != nil {
		return nil, err
	}
	ready := make(chan bool, 1)
	go d.listen(json.NewDecoder(out), ready)
	if !<-ready {
		return nil, errors.Join(errors.New("it does not open"), d.cmd.Wait())
	}
	return d, nil
}

// listen hands out answers until the child ends.
func (d *door) listen(from *json.Decoder, ready chan<- bool) {
	for first := true; ; first = false {
		var a answer
		err := from.Decode(&a)
		if first {
			ready <- err == nil
		}
		if err != nil {
			break
		}
		if a.Woken != "" {
			d.woken <- a.Woken
			continue
		}
		d.mu.Lock()
		to := d.calls[a.N]
		delete(d.calls, a.N)
		d.mu.Unlock()
		if to != nil {
			to <- a
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone = true
	for _, to := range d.calls {
		to <- answer{Wrong: "the program ended"}
	}
}

// forAnAnswer is how long a browser may wait: longer than the program is
// patient.
const forAnAnswer = time.Minute

// ask sends a call and waits for the answer.
func (d *door) ask(c call) answer {
	to := make(chan answer, 1)
	d.mu.Lock()
	d.last++
	c.N = d.last
	d.calls[c.N] = to
	err := json.NewEncoder(d.in).Encode(c)
	gone := d.gone
	d.mu.Unlock()
	if err != nil || gone {
		return answer{Wrong: "the program ended"}
	}
	select {
	case a := <-to:
		return a
	case <-time.After(forAnAnswer):
		return answer{Wrong: "no answer in a minute"}
	}
}

func (d *door) close() error {
	return errors.Join(d.in.Close(), d.cmd.Wait())
}
