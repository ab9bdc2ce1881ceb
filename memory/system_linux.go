package memory

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// systemLimit is the smallest limit that a cgroup or ulimit -d sets, or 0.
func systemLimit() int64 {
	limit := int64(0)
	var data syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_DATA, &data) == nil && data.Cur < noLimit {
		limit = int64(data.Cur)
	}
	groups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return limit
	}
	return smaller(limit, cgroupLimit(groups, "/sys/fs/cgroup"))
}

// cgroupLimit is the smallest limit in the groups that a process is in and those
// above them: groups is its /proc/self/cgroup, and root where they are mounted.
// Version 2 has them at the root or in unified, version 1 in memory.
func cgroupLimit(groups []byte, root string) int64 {
	limit := int64(0)
	for line := range bytes.Lines(groups) {
		parts := strings.SplitN(strings.TrimSpace(string(line)), ":", 3)
		if len(parts) != 3 {
			continue
		}
		switch {
		case parts[0] == "0" && parts[1] == "":
			limit = smaller(limit, upwards(root, parts[2], "memory.max"))
		case parts[1] == "memory":
			limit = smaller(limit, upwards(filepath.Join(root, "memory"), parts[2], "memory.limit_in_bytes"))
		}
	}
	return limit
}

// upwards is the smallest number in a file of this name in a group and those
// above it. Inside a container only the root may be there.
func upwards(root, group, name string) int64 {
	limit := int64(0)
	for at := filepath.Clean("/" + group); ; at = filepath.Dir(at) {
		text, err := os.ReadFile(filepath.Join(root, at, name))
		if err == nil {
			if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n < noLimit {
				limit = smaller(limit, n)
			}
		}
		if at == "/" {
			return limit
		}
	}
}

func smaller(a, b int64) int64 {
	if a <= 0 || b > 0 && b < a {
		return b
	}
	return a
}

// machineMemory is what the machine has.
func machineMemory() int64 {
	var all syscall.Sysinfo_t
	if err := syscall.Sysinfo(&all); err != nil {
		return 0
	}
	return int64(all.Totalram) * int64(all.Unit)
}
