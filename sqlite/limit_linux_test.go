package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"
	"testing"

	"samenspel/journal"
)

func init() { children["limit"] = appendBeyondLimit }

// TestNothingIsStoredAfterAFault lets the disk refuse a write, which is an
// I/O error to SQLite, and then lets it work again.
func TestNothingIsStoredAfterAFault(t *testing.T) {
	dir := t.TempDir()
	out, err := child(t, "limit", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var said int64
	if _, err := fmt.Sscan(string(out), &said); err != nil {
		t.Fatal(err)
	}
	db, log, err := place(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	got, err := last(t.Context(), log, "a")
	if err != nil || got < said {
		t.Errorf("%d facts, %v; %d were said to be stored", got, err, said)
	}
	if err := log.Append(t.Context(), "a", got, facts(got, "after the restart")); err != nil {
		t.Error(err)
	}
	sound(t, log)
}

// appendBeyondLimit appends until the kernel refuses a write, and sees that
// nothing is said to be stored after that, not even when the limit is gone.
// It prints how many facts were said to be stored.
func appendBeyondLimit(dir string) error {
	ctx := context.Background()
	db, log, err := place(ctx, dir)
	if err != nil {
		return err
	}
	defer db.Close()
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	low := limit
	low.Cur = 256 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &low); err != nil {
		return err
	}
	var seq int64
	for ; err == nil; seq++ {
		err = log.Append(ctx, "a", seq, facts(seq, "words"))
	}
	seq-- // the last one was not taken
	if !errors.Is(err, journal.ErrStopped) {
		return fmt.Errorf("at the limit: %w, want ErrStopped", err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if err := log.Append(ctx, "b", 0, facts(0, "words")); !errors.Is(err, journal.ErrStopped) {
		return fmt.Errorf("after the fault: %v, want ErrStopped", err)
	}
	if _, err := last(ctx, log, "a"); err != nil {
		return fmt.Errorf("reading after the fault: %w", err)
	}
	_, err = fmt.Println(seq)
	return err
}
