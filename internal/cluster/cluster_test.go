package cluster_test

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"samenspel/internal/cluster"
)

// inside tells a process of the test below where it starts a server.
const inside = "SAMENSPEL_TEST_SERVER_IN"

// TestNothingIsLeftOfAServer: of a server whose process is killed there is
// neither a process nor a folder a moment later.
func TestNothingIsLeftOfAServer(t *testing.T) {
	if dir := os.Getenv(inside); dir != "" {
		s, err := cluster.Start(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("folder " + s.Dir + "\n")
		select {}
	}
	into := cluster.Quick()
	if into == "" {
		into = os.TempDir()
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestNothingIsLeftOfAServer$")
	cmd.Env = append(os.Environ(), inside+"="+into)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := ""
	for s := bufio.NewScanner(out); dir == "" && s.Scan(); {
		if strings.Contains(s.Text(), cluster.ErrMissing.Error()) && os.Getenv("CI") == "" {
			t.Skip(cluster.ErrMissing)
		}
		dir, _ = strings.CutPrefix(s.Text(), "folder ")
		if !strings.HasPrefix(dir, into) {
			dir = ""
		}
	}
	if err := cmd.Process.Kill(); err != nil || dir == "" {
		t.Fatal(dir, err)
	}
	_ = cmd.Wait() // it was killed
	late := time.After(time.Minute)
	for {
		_, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return // which comes after the process
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-late:
			t.Fatal(dir, "is there still")
		}
	}
}
