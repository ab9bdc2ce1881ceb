package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

// firstPassed is the number of the first file that systemd hands over
// (sd_listen_fds(3)).
const firstPassed = 3

// listenAt takes the socket that systemd holds for this program, or opens one.
// A socket that systemd holds stays open in a restart: whoever comes in between
// waits, and is not refused.
func listenAt(addr string) (net.Listener, error) {
	passed, err := passedSockets()
	switch {
	case err != nil:
		return nil, err
	case passed == 0:
		l, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, fmt.Errorf("cannot listen at %s: %w", addr, err)
		}
		return l, nil
	case passed > 1:
		return nil, fmt.Errorf("systemd hands over %d sockets; the socket unit may have one ListenStream= only", passed)
	}
	f := os.NewFile(firstPassed, "the socket of systemd")
	defer f.Close() // the listener has its own
	l, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("the socket that systemd hands over cannot be used: %w", err)
	}
	return l, nil
}

// passedSockets is how many sockets were handed over to this process. What says
// so goes, so that no program below takes them for its own.
func passedSockets() (int, error) {
	pid, many := os.Getenv("LISTEN_PID"), os.Getenv("LISTEN_FDS")
	for _, name := range []string{"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"} {
		if err := os.Unsetenv(name); err != nil {
			return 0, err
		}
	}
	if pid != strconv.Itoa(os.Getpid()) || many == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(many)
	if err != nil {
		return 0, fmt.Errorf("LISTEN_FDS is %q", many)
	}
	return n, nil
}
