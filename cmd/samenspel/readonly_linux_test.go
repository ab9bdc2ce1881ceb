package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAFolderThatCanBeReadOnly lies on a disk that the system made so. The program
// and the doctor say it, and what to do; nothing is changed. Root can make such a
// place, others where the machine lets them.
func TestAFolderThatCanBeReadOnly(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	s, err := open(t.Context(), home{dir: data}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, args, want string }{
		{"serve", "serve --addr 127.0.0.1:0", "samenspel: the data folder is on a disk that can be read only."},
		{"backup", "backup --to to --keys-to keys", "the data folder is on a disk that can be read only."},
		{"doctor", "doctor", "wrong  disk: it can be read only. A disk that failed is often made so"},
	} {
		script := `set -e; mkdir -p "$0"/disk "$0"/work; mount -t tmpfs none "$0"/disk; cd "$0"/work
			cp -a "$1" "$0"/disk/data; mount -o remount,ro "$0"/disk; exec samenspel ` + c.args + ` --data "$0"/disk/data`
		run := exec.Command("sh", "-c", script, filepath.Join(dir, c.what), data)
		run.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		if os.Geteuid() != 0 {
			run.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			run.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
			run.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		out, err := run.CombinedOutput()
		var ended *exec.ExitError
		switch {
		case err != nil && !errors.As(err, &ended):
			t.Skipf("no place of its own can be made here: %v", err)
		case err == nil || !strings.Contains(string(out), c.want):
			t.Errorf("%s: %v\n%s", c.what, err, out)
		}
	}
}
