package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samenspel/sqlite"
)

// TestAFolderThatCannotBeSynced lets every sync of the folder fail, and no
// other: then the name of a WAL that was made anew is not sure, and nothing may
// be said to be stored. SQLite itself does not tell that such a sync failed.
func TestAFolderThatCannotBeSynced(t *testing.T) {
	rec, err := newRecording(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(rec.root, "data")
	if _, err := fill(t.Context(), dir, 20); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, sqlite.FileName+"-wal")); err == nil {
		t.Fatal("the WAL is still there: then its name is sure, and nothing is tried")
	}
	do := writing{Dir: dir, Alliances: newAlliances(eight), Most: 40, Stubborn: true}
	said, err := under(t, rec.trace, dir, do)
	needs(t, err)
	trace, err := os.ReadFile(rec.trace)
	if err != nil || !strings.Contains(string(trace), "(INJECTED)") {
		t.Fatalf("nothing was refused: %v", err)
	}
	if acks := strings.Count(said, "ack "); acks > 0 {
		t.Errorf("%d said to be stored", acks)
	}
}

// under runs one who writes while no sync of a path works, and gives what they
// said.
func under(t *testing.T, trace, path string, do writing) (string, error) {
	t.Helper()
	if err := hasStrace(); err != nil {
		return "", err
	}
	c, err := startChild(t.Context(), "write", do,
		"strace", "-f", "-e", "signal=none", "-o", trace, "-P", path, "-e", "inject=fsync,fdatasync:error=EIO")
	if err != nil {
		return "", err
	}
	var said strings.Builder
	for c.lines.Scan() {
		said.WriteString(c.lines.Text() + "\n")
	}
	t.Log(c.ended())
	return said.String(), nil
}
