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

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// program is the real program, running.
type program struct {
	cmd   *exec.Cmd
	lines map[string]string // what it printed: "professional" → link
	end   func()
}

// start runs the program with these arguments until the test ends, and waits
// until it has printed a line that begins with last.
func start(t *testing.T, last string, args ...string) *program {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), path, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &program{cmd: cmd, lines: map[string]string{}}
	p.end = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGINT)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the program did not stop cleanly: %v", err)
		}
	})
	t.Cleanup(p.end)
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

// demo runs the demo.
func demo(t *testing.T) *program {
	t.Helper()
	return start(t, "colleague", "demo", "--addr", "127.0.0.1:0")
}
