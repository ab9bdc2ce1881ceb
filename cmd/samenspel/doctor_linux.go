package main

import (
	"os"
	"syscall"
)

// ownerOf is the user whose a file is.
func ownerOf(path string) (user int, known bool) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, false
	}
	s, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, false
	}
	return int(s.Uid), true
}

// disk is what the system says of the disk of a folder.
type disk struct {
	free    int64
	network string // the kind of share, "" for a disk of the machine
}

// shares are the kinds of file system that another machine holds, by the
// number that Linux gives them.
var shares = map[uint32]string{
	0x6969:     "NFS",
	0x517b:     "SMB",
	0xff534d42: "SMB",
	0xfe534d42: "SMB",
	0x01021997: "9P",
	0x00c36400: "Ceph",
	0x5346414f: "AFS",
	0x73757245: "Coda",
}

func diskOf(dir string) (d disk, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return disk{}, false
	}
	return disk{free: int64(s.Bavail) * int64(s.Bsize), network: shares[uint32(s.Type)]}, true
}
