//go:build !linux

package memory

// systemLimit is not known here.
func systemLimit() int64 { return 0 }

// machineMemory is not known here.
func machineMemory() int64 { return 0 }
