//go:build !linux

package main

// disk is what the system says of the disk of a folder.
type disk struct {
	free    int64
	network string // the kind of share, "" for a disk of the machine
}

func diskOf(string) (d disk, known bool) { return disk{}, false }
