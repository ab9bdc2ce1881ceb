package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"samenspel"
)

// serving is the real program while it serves.
type serving struct {
	cmd   *exec.Cmd
	links map[string]string // what it printed: "vrager" → link
	said  *strings.Builder
}

// serve starts the program with some arguments and waits until it has printed
// a line that begins with a word.
func (p *program) serve(ctx context.Context, last string, args ...string) (*serving, error) {
	s := &serving{cmd: exec.CommandContext(ctx, p.path, args...), links: map[string]string{}, said: &strings.Builder{}}
	s.cmd.Stderr = s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if who, link, ok := strings.Cut(lines.Text(), ": "); ok {
			s.links[who] = link
			if who == last {
				return s, nil
			}
		}
	}
	return nil, errors.Join(fmt.Errorf("the program ended before it printed %q:\n%s", last, s.said), s.cmd.Wait())
}

// demo serves a folder with the invented people of the demo.
func (p *program) demo(ctx context.Context, dir string) (*serving, error) {
	return p.serve(ctx, "colleague", "demo", "--data", dir, "--addr", "127.0.0.1:0")
}

// stop ends it as a person would.
func (s *serving) stop() error {
	return errors.Join(s.cmd.Process.Signal(syscall.SIGINT), s.cmd.Wait())
}

// openDemo makes a folder that holds the demo, and opens it.
func openDemo(ctx context.Context, scratch, dir string) (*place, error) {
	p, err := buildProgram(ctx, scratch)
	if err != nil {
		return nil, err
	}
	s, err := p.demo(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := s.stop(); err != nil {
		return nil, err
	}
	return openPlace(ctx, dir, time.Now())
}

// lastWords has somebody say a few things, so that there is a WAL.
func lastWords(ctx context.Context, p *place, w *witness) error {
	id, door := newAlliances(1)[0], p.workspace()
	err := door.Do(ctx, person(id), id, samenspel.Command{ID: begins(id),
		Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}})
	for n := 0; err == nil && n < 12; n++ {
		command := samenspel.CommandID(newID())
		w.hear(fmt.Sprint("try ", id, " ", command))
		if err = door.Do(ctx, person(id), id, samenspel.Command{ID: command, Wish: samenspel.WordStatement{Words: sentence(command)}}); err == nil {
			w.hear(fmt.Sprint("ack ", command))
		}
	}
	return err
}
