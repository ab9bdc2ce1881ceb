package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeyChangedWhilePeopleTell changes the master key under the real program
// while somebody tells things, kills it, and lets it go on.
func TestKeyChangedWhilePeopleTell(t *testing.T) {
	dir, keys := t.TempDir(), t.TempDir()
	d := demoIn(t, dir, "127.0.0.1:0")
	samir := visit(t, d.lines["bonus"])
	d.stop()
	next, old := filepath.Join(keys, "next"), filepath.Join(dir, "master.key")
	if out, err := command(t, "key", "make", "--out", next).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	both := []string{"serve", "--data", dir, "--addr", addr(samir.home), "--key", next, "--old-key", old}
	d = start(t, "samenspel", both...)
	kept := tellUntilKilled(t, d, samir, 0)
	d = start(t, "old master key", both...)
	if err := samir.tell("Met de nieuwe sleutel."); err != nil {
		t.Error(err)
	}
	d.stop()

	// The old file goes: the new key alone opens all of it.
	was, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(old); err != nil {
		t.Fatal(err)
	}
	d = start(t, "samenspel", "serve", "--data", dir, "--addr", addr(samir.home), "--key", next)
	said := samir.said(t)
	for _, words := range append(kept, "Met de nieuwe sleutel.") {
		if !strings.Contains(said, words) {
			t.Errorf("%q was said to be kept and is gone", words)
		}
	}
	d.stop()
	out, err := command(t, "verify", "--data", dir, "--key", next).CombinedOutput()
	if err != nil || !strings.Contains(string(out), " 0 findings") {
		t.Errorf("verify: %v\n%s", err, out)
	}

	// A copy of the old key that somebody kept opens nothing.
	if err := os.WriteFile(old, was, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err = command(t, "serve", "--data", dir, "--addr", "127.0.0.1:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the master key does not belong to this data folder") {
		t.Errorf("with the old key: %v\n%s", err, out)
	}
}
