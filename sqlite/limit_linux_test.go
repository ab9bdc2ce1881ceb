package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"

	"samenspel/journal"
)

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
