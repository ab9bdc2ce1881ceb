package main

import (
	"log/slog"
	"syscall"
)

// keepMemory keeps the memory of the program, in which the master key is, out
// of core dumps and from other programs of the same user that would look into
// it. Root still can, and what is swapped out lies on the disk.
func keepMemory() {
	err := syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	if _, _, no := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 0, 0); no != 0 {
		err = no
	}
	if err != nil {
		slog.Warn("the memory of the program may come into core dumps", "error", err)
	}
}
