package e2e

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"samenspel/internal/provider"
)

// binary is the program, built once for all journeys.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "samenspel-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "samenspel")
	out, err := exec.Command("go", "build", "-o", path, "samenspel/cmd/samenspel").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

// inside says to a test that it runs where there is no network, and where
// the program is.
const inside = "SAMENSPEL_TEST_ALONE"

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil && os.Getenv(inside) == "" {
		os.RemoveAll(filepath.Dir(path))
	}
	provider.Clean()
	os.Exit(code)
}

// program is the real program, running.
type program struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines map[string]string // what it printed: "professional" → link
	ended bool
}

// start runs the program with these arguments until the test ends, and waits
// until it has printed a line that begins with last.
func start(t *testing.T, last string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: command(t, args...), lines: map[string]string{}}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	for s := bufio.NewScanner(out); s.Scan(); {
		who, link, ok := strings.Cut(s.Text(), ": ")
		if ok {
			p.lines[who] = link
		}
		if who == last {
			return p
		}
	}
	t.Fatalf("the program ended before it printed %q", last)
	return nil
}

// command is the program with these arguments, not yet started. It outlives
// the context of the test, so that it can be stopped calmly after it.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(context.WithoutCancel(t.Context()), path, args...)
}

// stop ends the program as Ctrl-C does.
func (p *program) stop() {
	p.t.Helper()
	if p.ended {
		return
	}
	p.ended = true
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		p.t.Errorf("stop the program: %v", err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the program did not stop cleanly: %v", err)
	}
}

// kill ends the program as a power cut does.
func (p *program) kill() {
	p.t.Helper()
	p.ended = true
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatalf("kill the program: %v", err)
	}
	_ = p.cmd.Wait() // it was killed, which is what is wanted
}

// demo runs the demo, which keeps nothing.
func demo(t *testing.T) *program {
	t.Helper()
	return start(t, "colleague", "demo", "--addr", "127.0.0.1:0")
}

// demoIn runs the demo and keeps it in a folder.
func demoIn(t *testing.T, dir, addr string) *program {
	t.Helper()
	return start(t, "colleague", "demo", "--data", dir, "--addr", addr)
}

// serve runs the program over a folder.
func serve(t *testing.T, dir, addr string) *program {
	t.Helper()
	return start(t, "samenspel", "serve", "--data", dir, "--addr", addr)
}

// addr is where a program listens whose page has this address.
func addr(url string) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	return host
}
