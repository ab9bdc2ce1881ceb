package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// held starts the program with a socket that somebody else holds, as systemd
// does.
func held(t *testing.T, socket *os.File, dir string, output *bytes.Buffer) *exec.Cmd {
	t.Helper()
	c := exec.Command("sh", "-c", `LISTEN_FDS=1 LISTEN_PID=$$ exec samenspel serve --data "$0" --addr 127.0.0.1:1`, dir)
	c.ExtraFiles = []*os.File{socket}
	c.Stdout, c.Stderr = output, output
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() }) // when the test ended early
	return c
}

// TestNobodyIsRefusedInARestart asks all the time while the program is stopped
// and started again with the same socket: each question is answered.
func TestNobodyIsRefusedInARestart(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	socket, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	addr, dir, output := l.Addr().String(), filepath.Join(t.TempDir(), "data"), &bytes.Buffer{}
	program := held(t, socket, dir, output)
	if err := ready(addr); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	var asked atomic.Int64
	// A new connection for each: one that stays is ended by its server in between.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for range 4 {
		asking.Go(func() {
			for ctx.Err() == nil {
				got, err := client.Get("http://" + addr + "/healthz")
				if err != nil {
					t.Errorf("question %d: %v", asked.Load(), err)
					return
				}
				got.Body.Close()
				asked.Add(1)
			}
		})
	}
	for range 3 {
		before := asked.Load()
		if err := program.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := program.Wait(); err != nil {
			t.Fatalf("it ended with %v:\n%s", err, output)
		}
		program = held(t, socket, dir, output)
		err := eventually(func() error {
			if n := asked.Load(); n < before+50 {
				return fmt.Errorf("%d answers since the restart", n-before)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	stop()
	asking.Wait()
	if err := program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := program.Wait(); err != nil || !strings.Contains(output.String(), "samenspel: http://localhost:") {
		t.Errorf("%v:\n%s", err, output)
	}
	t.Logf("%d questions over 3 restarts, all answered", asked.Load())
}

// TestSocketsThatCannotBeUsed are said plainly.
func TestSocketsThatCannotBeUsed(t *testing.T) {
	for env, want := range map[string]string{
		"LISTEN_FDS=2 LISTEN_PID=$$":    "systemd hands over 2 sockets",
		"LISTEN_FDS=many LISTEN_PID=$$": `LISTEN_FDS is "many"`,
		"LISTEN_FDS=1 LISTEN_PID=$$":    "the socket that systemd hands over cannot be used",
	} {
		c := exec.Command("sh", "-c", env+` exec samenspel serve --data "$0"`, filepath.Join(t.TempDir(), "data"))
		out, err := c.CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %s", env, err, out)
		}
	}
}
