package workspace_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/workspace"
)

// remembered reports which of the canaries stand anywhere in the memory of this
// process. They are looked for in pieces, so that looking leaves none.
func remembered(t *testing.T, canaries ...int) (found []int) {
	t.Helper()
	for range 3 { // pools give up what they hold in two
		runtime.GC()
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "memory"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	debug.WriteHeapDump(file.Fd())
	dump, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range canaries {
		if stands(dump, n) {
			found = append(found, n)
		}
	}
	return found
}

// stands reports whether a canary stands in some bytes, without making its text.
func stands(in []byte, n int) bool {
	text := canaryText(n)
	defer clear(text)
	return bytes.Contains(in, text)
}

// canaryText is the text of a canary, which its user clears.
func canaryText(n int) []byte {
	text := []byte("canary-")
	for _, digit := range []int{n / 1000, n / 100 % 10, n / 10 % 10, n % 10} {
		text = append(text, byte('0'+digit))
	}
	return append(text, "-sings"...)
}
