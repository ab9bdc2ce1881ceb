package main

import "syscall"

// fileLimit is how many files and connections the program may have open.
func fileLimit() (most uint64, known bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return 0, false
	}
	return limit.Max, true // Go raises its own to this
}
