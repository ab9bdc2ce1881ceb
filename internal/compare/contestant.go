package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// The names of the three.
const (
	ours   = "samenspel"
	theirs = "pocketbase"
	bare   = "floor"
)

// world is what is in a folder: who may come in, and what there is to read.
type world struct {
	Cases []place `json:"cases"`
}

// place is one case, or one alliance.
type place struct {
	ID     string   `json:"id"`
	People []person `json:"people"`
	Notes  []string `json:"notes"`
}

// person is somebody with a way in.
type person struct {
	ID    string `json:"id"`
	Token string `json:"token"`
}

// asking makes the requests that a client of one program sends. Base is where
// the program listens.
type asking interface {
	create(base string, at place, by person, id string) *http.Request
	// list gives the requests that together show 200 notes.
	list(base string, at place, by person) []*http.Request
	get(base string, at place, by person, note string) *http.Request
	// listen opens a stream, and gives how a message about a change begins.
	listen(ctx context.Context, client *http.Client, base string, at place, by person) (*http.Response, error)
	message() string
	created() int // the status of what was created
}

// contestant is one program with its folder.
type contestant struct {
	name    string
	program string
	dir     string // as it was seeded; each round begins with a copy
	world   world
	asks    asking
	seed    func(ctx context.Context, c *contestant, p plan) error
	args    func(dir, addr string) []string
	ready   string // what answers once it is there

	cmd  *exec.Cmd
	base string
	run  string        // the copy of this round
	came time.Duration // from its start until it answered
}

// contestants builds the programs and fills their folders.
func (p plan) contestants(ctx context.Context, dir string) ([]*contestant, error) {
	all := []*contestant{
		{name: ours, asks: browser{}, seed: seedOurs, ready: "/healthz",
			args: func(dir, addr string) []string { return []string{"serve", "--data", dir, "--addr", addr} }},
		{name: theirs, asks: pocketbase{}, seed: seedByProgram, ready: "/api/health",
			args: func(dir, addr string) []string { return []string{"serve", dir, addr} }},
		{name: bare, asks: floor{}, seed: seedByProgram, ready: "/healthz",
			args: func(dir, addr string) []string { return []string{"serve", dir, addr} }},
	}
	var chosen []*contestant
	for _, c := range all {
		if p.only != "" && c.name != p.only {
			continue
		}
		c.program, c.dir = filepath.Join(dir, c.name), filepath.Join(dir, c.name+"-data")
		if err := c.build(ctx); err != nil {
			return nil, err
		}
		if err := c.seed(ctx, c, p); err != nil {
			return nil, fmt.Errorf("fill %s: %w", c.name, err)
		}
		chosen = append(chosen, c)
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("there is no program %q here", p.only)
	}
	return chosen, nil
}

// build builds a program, stripped, in its own module.
func (c *contestant) build(ctx context.Context) error {
	args, in := []string{"build", "-trimpath", "-ldflags=-s -w", "-o", c.program}, "bench/"+c.name
	if c.name == ours {
		args, in = append(args, "samenspel/cmd/samenspel"), "."
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = in, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s (start this from the folder of the repository): %w\n%s", c.name, err, out)
	}
	return nil
}

// seedByProgram lets a program fill its own folder, and say what is in it.
func seedByProgram(ctx context.Context, c *contestant, p plan) error {
	cmd := exec.CommandContext(ctx, c.program, "seed", c.dir, fmt.Sprint(p.cases), fmt.Sprint(p.notes), fmt.Sprint(p.people))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	err = json.Unmarshal(out, &c.world)
	for i := range c.world.Cases {
		for len(c.world.Cases[i].People) < p.people { // the floor knows nobody
			c.world.Cases[i].People = append(c.world.Cases[i].People, person{})
		}
	}
	return err
}

// start starts the program on a copy of its folder, and waits until it answers.
func (c *contestant) start(ctx context.Context) error {
	c.run = c.dir + "-run"
	if err := errors.Join(os.RemoveAll(c.run), os.CopyFS(c.run, os.DirFS(c.dir))); err != nil {
		return err
	}
	for _, key := range []string{"master.key"} { // CopyFS does not keep who may read a file
		if err := os.Chmod(filepath.Join(c.run, key), 0o600); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return c.startOn(ctx, c.run)
}

// startOn starts the program on a folder.
func (c *contestant) startOn(ctx context.Context, dir string) error {
	addr, err := free()
	if err != nil {
		return err
	}
	c.base = "http://" + addr
	c.cmd = exec.CommandContext(ctx, c.program, c.args(dir, addr)...)
	var said bytes.Buffer
	c.cmd.Stderr = &said
	c.cmd.Env = append(os.Environ(), "GOMEMLIMIT=", "SAMENSPEL_DATA=")
	begun := time.Now()
	if err := c.cmd.Start(); err != nil {
		return err
	}
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); {
		res, err := http.Get(c.base + c.ready)
		if err == nil {
			res.Body.Close()
			c.came = time.Since(begun)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s does not answer: %s", c.name, said.String())
}

// stop ends the program and takes its copy away.
func (c *contestant) stop() error {
	err := c.cmd.Process.Signal(syscall.SIGINT)
	ended := make(chan struct{})
	go func() {
		_ = c.cmd.Wait() // by a signal, which is how it ends
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(15 * time.Second):
		err = errors.Join(err, c.cmd.Process.Kill())
		<-ended
	}
	return errors.Join(err, os.RemoveAll(c.run))
}

// free gives an address where nobody listens.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// ticks are the hundredths of a second of processor that the program has used.
func (c *contestant) ticks() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	var user, system int64
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("no times in /proc")
	}
	_, err = fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
	return user + system, err
}

// memory is what the program holds and the most that it held, in MiB.
func (c *contestant) memory() (now, most float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(text)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kib); err == nil {
			now = kib / 1024
		}
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kib); err == nil {
			most = kib / 1024
		}
	}
	return now, most, nil
}
