package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"samenspel/journal"
)

// log opens the log of a place anew, with nothing in memory.
func (p *place) log() *journal.Log { return journal.New(p.db, p.master) }

// starting measures the real program: how soon it answers, how much memory it
// holds then, and how large it is.
func starting(ctx context.Context, _ time.Duration, _ int) ([]row, error) {
	dir, err := os.MkdirTemp("", "samenspel-start-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "samenspel")
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "samenspel/cmd/samenspel").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, out)
	}
	size, err := os.Stat(program)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, kind := range [][]string{
		{"serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(dir, "serve")},
		{"demo", "--addr", "127.0.0.1:0"},
	} {
		took, resident, err := begin(ctx, program, kind)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{"`samenspel " + kind[0] + "`, new folder: until /healthz answers", short(took), "under 1 s"},
			row{"`samenspel " + kind[0] + "`: resident memory then", fmt.Sprintf("%.1f MiB", float64(resident)/1024), "under 40 MiB"})
	}
	return append(rows, row{"the program, stripped", fmt.Sprintf("%.1f MB", float64(size.Size())/1e6), "at most 35 MB"}), nil
}

// begin starts the program, waits until it answers, and reads how many KiB of
// memory it holds.
func begin(ctx context.Context, program string, args []string) (took time.Duration, resident int, err error) {
	cmd := exec.CommandContext(ctx, program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, 0, err
	}
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		err = errors.Join(err, cmd.Process.Signal(syscall.SIGINT))
		err = errors.Join(err, cmd.Wait())
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return 0, 0, errors.New("the program printed nothing")
	}
	_, link, _ := strings.Cut(lines.Text(), ": ")
	base := strings.Join(strings.SplitN(link, "/", 4)[:3], "/")
	for {
		res, err := http.Get(base + "/healthz")
		if err == nil {
			res.Body.Close()
			break
		}
		if time.Since(begun) > 10*time.Second {
			return 0, 0, err
		}
	}
	took = time.Since(begun)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &resident); err == nil {
			return took, resident, nil
		}
	}
	return 0, 0, errors.New("no VmRSS")
}
