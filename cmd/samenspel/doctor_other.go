//go:build !linux

package main

// disk is what the system says of the disk of a folder.
type disk struct {
	free    int64
	network string // the kind of share, "" for a disk of the machine
}

func diskOf(string) (d disk, known bool) { return disk{}, false }

// ownerOf is not known here.
func ownerOf(string) (user int, known bool) { return 0, false }
