package main

import (
	"syscall"
	"testing"
)

// TestMemoryIsKept looks whether the system would write the memory of the
// program to a core dump, or let others of the same user look into it.
func TestMemoryIsKept(t *testing.T) {
	t.Cleanup(func() { syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_DUMPABLE, 1, 0) })
	keepMemory()
	var after syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &after); err != nil || after != (syscall.Rlimit{}) {
		t.Errorf("a core dump may be %+v bytes, %v", after, err)
	}
	if dumpable, _, no := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_GET_DUMPABLE, 0, 0); dumpable != 0 || no != 0 {
		t.Errorf("the memory is open to others: %d, %v", dumpable, no)
	}
}
