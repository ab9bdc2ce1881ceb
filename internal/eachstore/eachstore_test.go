package eachstore_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"samenspel/internal/cluster"
)

// TestNothingIsLeftOfAServer: of a server whose process is killed in the middle
// of a test there is neither a process nor a folder a moment later.
func TestNothingIsLeftOfAServer(t *testing.T) {
	if dir := os.Getenv("SAMENSPEL_TEST_SERVER_IN"); dir != "" {
		s, err := cluster.Start(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("folder " + s.Dir + "\n")
		select {}
	}
}

var _ = []any{bufio.NewReader, exec.Command, strings.Cut, time.Now}
