package backup_test

import (
	"os"
	"path/filepath"
	"testing"

	"samenspel/backup"
)

// TestMakeFolder makes a folder and those above it. That their names outlive a
// power cut is for the power cuts of internal/faults to show.
func TestMakeFolder(t *testing.T) {
	above := t.TempDir()
	path := filepath.Join(above, "one", "two")
	for range 2 { // a folder that is there is left as it is
		must(t, backup.MakeFolder(path))
		for _, made := range []string{path, filepath.Dir(path)} {
			info, err := os.Stat(made)
			must(t, err)
			if info.Mode().Perm() != 0o700 {
				t.Errorf("%s is open to others: %v", made, info.Mode())
			}
		}
	}
	must(t, os.WriteFile(filepath.Join(above, "file"), nil, 0o600))
	if err := backup.MakeFolder(filepath.Join(above, "file", "in it")); err == nil {
		t.Error("a folder inside a file was made")
	}
}
