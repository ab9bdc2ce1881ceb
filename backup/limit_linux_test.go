package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

func init() { children["limit"] = backupBeyondLimit }

// TestADiskThatRefuses lets the system refuse to write, at sizes between
// nothing and all: while the data is written, while the keys are, and while
// the backup is restored to see that it is whole.
func TestADiskThatRefuses(t *testing.T) {
	dir := filled(t, 400)
	out, err := child(t, "limit", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// There is room again: the next one comes about.
	must(t, childBackup(t.Context(), dir))
	must(t, childRestore(t.Context(), dir))
}

// backupBeyondLimit makes backups under limits on the size of a file. None of
// them may count but those that came about.
func backupBeyondLimit(ctx context.Context, dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	refused, unlimited := 0, limit
	for size := uint64(64); size < 1<<20; size *= 2 {
		limit.Cur = size
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		err := childBackup(ctx, dir)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &unlimited); err != nil {
			return err
		}
		recorded, more := filepath.Glob(in(dir, "to/*.json"))
		unfinished, again := filepath.Glob(in(dir, "*/*.part"))
		if err := errors.Join(more, again); err != nil {
			return err
		}
		if len(unfinished) > 0 {
			return fmt.Errorf("at %d bytes: left %q", size, unfinished)
		}
		if err == nil != (len(recorded) == 1) {
			return fmt.Errorf("at %d bytes: %v, with %d records", size, err, len(recorded))
		}
		if err == nil {
			break
		}
		refused++
	}
	if refused < 3 {
		return fmt.Errorf("only %d were refused", refused)
	}
	return os.RemoveAll(in(dir, "to"))
}
