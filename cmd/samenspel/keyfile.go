package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"samenspel/journal"
)

// keyPair names the files of the master key and of the one before it.
type keyPair struct {
	key    string
	before string // "" when no change is going on
	name   string // the name that the new key gets in the end; "" when it keeps its own
}

// The names beside a key file while key rotate changes it: the new key until
// everything is under it, the old one from then on.
const (
	newKey = ".new"
	oldKey = ".old"
)

// cutOff finds the files of a change by key rotate that was cut off, so that
// the program starts as ever at any moment of it: the record names the key
// that lies beside the one with the name.
func (k keyPair) cutOff(record journal.MasterRecord) keyPair {
	next, err := journal.OpenMaster(k.key + newKey)
	if err != nil || next.Fingerprint() != record.Current {
		return k
	}
	return keyPair{key: k.key + newKey, before: k.key, name: k.key}
}

// swap gives the new key the name of the old one, in steps after each of which
// both are there and cutOff finds them. It may be repeated.
func (k keyPair) swap() error {
	if k.name == "" {
		return nil
	}
	err := os.Link(k.name, k.name+oldKey)
	if errors.Is(err, fs.ErrExist) && sameFile(k.name, k.name+oldKey) {
		err = nil
	}
	if err = errors.Join(err, syncFolder(filepath.Dir(k.name))); err != nil {
		return err
	}
	return errors.Join(os.Rename(k.key, k.name), syncFolder(filepath.Dir(k.name)))
}

// old is where the old key lies after swap.
func (k keyPair) old() string {
	if k.name != "" {
		return k.name + oldKey
	}
	return k.before
}

// newBeside makes the new key beside the one that is used, or takes the one
// that a change made that was cut off before it began. A file that was cut off
// while it was written is made again: nothing can be under it.
func newBeside(key string) (*journal.Master, error) {
	if err := freeForOld(key); err != nil {
		return nil, err
	}
	info, err := os.Lstat(key + newKey)
	if err == nil && info.Mode().IsRegular() && info.Size() < journal.KeySize {
		if err := os.Remove(key + newKey); err != nil {
			return nil, err
		}
	}
	made, err := journal.MakeMaster(key + newKey)
	if errors.Is(err, fs.ErrExist) {
		return journal.OpenMaster(key + newKey)
	}
	return made, err
}

// freeForOld gives an error when the name for the old key is taken by another.
func freeForOld(key string) error {
	_, err := os.Lstat(key + oldKey)
	if errors.Is(err, fs.ErrNotExist) || err == nil && sameFile(key, key+oldKey) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("%s is still there, from the change before. Destroy it first, or put it elsewhere if you still need it", key+oldKey)
	}
	return err
}

func sameFile(a, b string) bool {
	one, err := os.Lstat(a)
	if err != nil {
		return false
	}
	other, err := os.Lstat(b)
	return err == nil && os.SameFile(one, other)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
