// Package disk replays what a process did to its files, as strace recorded it,
// and gives what a disk may hold when the power is cut at any moment of it.
//
// It keeps to what POSIX promises and to no more, so it is harsher than any
// file system: of the pages of 4 KiB that were written and not synced each may
// be there or not, in any of the forms that it had since, or torn at 512 bytes;
// so may the size. A file is cut short as a whole or not at all. A name is sure to be there, or gone, only after its folder
// was synced. What was mapped and what is in -shm is not there at all.
package disk

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	pageSize   = 4096
	sectorSize = 512
)

// Disk is what files hold, and what of it is sure to be kept. Make one with
// [Load].
type Disk struct {
	// Lies makes every sync do nothing, as a disk does that answers too early.
	Lies bool

	root  string
	clock int              // counts what was done
	names map[string]*file // as programs see them; paths below the root
	kept  map[string]*file // as they are sure to be
	later []naming         // not sure yet, in order
}

// file is what a name stands for.
type file struct {
	folder bool
	now    []byte // as programs see it
	kept   []byte // as it is sure to be
	pages  map[int][]version
	sizes  []version
}

// version is one form of a page, or of a size, that is not sure to be kept.
type version struct {
	clock int
	page  []byte
	size  int
	cut   bool // a page that is empty because the file was cut short
}

// naming is one change of names in a folder.
type naming struct {
	clock int
	in    string
	set   string // gets this file
	to    *file
	gone  string // is removed
}

// Load takes the files below a folder as they stand, all of them kept.
func Load(root string) (*Disk, error) { return LoadAs(root, root) }

// LoadAs is the same for a copy of what stood below a folder.
func LoadAs(root, copied string) (*Disk, error) {
	d := &Disk{root: filepath.Clean(copied), names: map[string]*file{}}
	err := filepath.WalkDir(d.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == d.root {
			return err
		}
		f := &file{folder: e.IsDir()}
		if !f.folder {
			if f.now, err = os.ReadFile(path); err != nil {
				return err
			}
			f.kept = bytes.Clone(f.now)
		}
		d.names[d.short(path)] = f
		return nil
	})
	d.root, d.kept = filepath.Clean(root), maps.Clone(d.names)
	return d, err
}

// short is the path below the root, or "" for what is not below it.
func (d *Disk) short(path string) string {
	below, ok := strings.CutPrefix(filepath.Clean(path), d.root+"/")
	if !ok {
		return ""
	}
	return below
}

func (d *Disk) create(path string, folder bool) *file {
	f := &file{folder: folder}
	d.name(naming{in: filepath.Dir(path), set: path, to: f})
	return f
}

// name changes names.
func (d *Disk) name(n naming) {
	d.clock++
	n.clock = d.clock
	n.apply(d.names)
	d.later = append(d.later, n)
}

func (n naming) apply(names map[string]*file) {
	if n.gone != "" {
		delete(names, n.gone)
	}
	if n.set != "" {
		names[n.set] = n.to
	}
}

// write puts bytes into a file.
func (d *Disk) write(f *file, at int, text []byte) {
	if end := at + len(text); end > len(f.now) {
		d.resize(f, end)
	}
	copy(f.now[at:], text)
	d.clock++
	for n := at / pageSize; n*pageSize < at+len(text); n++ {
		f.keepVersion(n, version{clock: d.clock})
	}
}

func (f *file) keepVersion(n int, v version) {
	if f.pages == nil {
		f.pages = map[int][]version{}
	}
	v.page = pageOf(f.now, n)
	f.pages[n] = append(f.pages[n], v)
}

// pageOf gives a copy of a page, filled up with zeros.
func pageOf(text []byte, n int) []byte {
	page := make([]byte, pageSize)
	if n*pageSize < len(text) {
		copy(page, text[n*pageSize:])
	}
	return page
}

// resize cuts a file or makes it longer with zeros.
func (d *Disk) resize(f *file, size int) {
	d.clock++
	f.sizes = append(f.sizes, version{clock: d.clock, size: size})
	before := len(f.now)
	if size > before {
		f.now = append(f.now, make([]byte, size-before)...)
		return
	}
	clear(f.now[size:])
	f.now = f.now[:size]
	for n := size / pageSize; n*pageSize < before; n++ {
		f.keepVersion(n, version{clock: d.clock, cut: true})
	}
}

// sync makes sure what was done to a file, or to the names in a folder, up to
// a moment.
func (d *Disk) sync(f *file, path string, until int) {
	if d.Lies {
		return
	}
	if f == nil || f.folder {
		d.later = slices.DeleteFunc(d.later, func(n naming) bool {
			sure := n.in == path && n.clock <= until
			if sure {
				n.apply(d.kept)
			}
			return sure
		})
		return
	}
	size := len(f.kept)
	pages, last := f.settle(until)
	for n, page := range pages {
		f.kept = put(f.kept, n, page)
	}
	if last >= 0 {
		size = last
	}
	f.kept = sized(f.kept, size)
}

// forget is a sync that failed: what was to be written is thrown away, though
// programs still see it, and a later sync says that all is well.
func (d *Disk) forget(f *file, until int) { f.settle(until) }

// settle takes out the versions up to a moment, and gives the last of each
// page, and the last size or -1.
func (f *file) settle(until int) (pages map[int][]byte, size int) {
	pages, size = map[int][]byte{}, -1
	for n, all := range f.pages {
		late := slices.IndexFunc(all, func(v version) bool { return v.clock > until })
		if late < 0 {
			late = len(all)
		}
		if late > 0 {
			pages[n] = all[late-1].page
		}
		if f.pages[n] = all[late:]; late == len(all) {
			delete(f.pages, n)
		}
	}
	for len(f.sizes) > 0 && f.sizes[0].clock <= until {
		size = f.sizes[0].size
		f.sizes = f.sizes[1:]
	}
	return pages, size
}

// put writes a page into a text, which may have to grow for it.
func put(text []byte, n int, page []byte) []byte {
	if end := (n + 1) * pageSize; len(text) < end {
		text = append(text, make([]byte, end-len(text))...)
	}
	copy(text[n*pageSize:], page)
	return text
}

func sized(text []byte, size int) []byte {
	if size <= len(text) {
		return text[:size]
	}
	return append(text, make([]byte, size-len(text))...)
}

// Cut writes below a folder, which is new, what the disk may hold when the
// power is cut now.
func (d *Disk) Cut(into string, chance *rand.Rand) error {
	names, written := d.chosenNames(chance), map[*file]string{}
	for _, path := range slices.Sorted(maps.Keys(names)) { // a folder before what is in it
		f, at := names[path], filepath.Join(into, path)
		if in := filepath.Dir(path); in != "." && names[in] == nil || strings.HasSuffix(path, "-shm") {
			delete(names, path) // and with a folder what is in it
			continue
		}
		var err error
		switch {
		case f.folder:
			err = os.MkdirAll(at, 0o700)
		case written[f] != "": // a second name of the same
			err = os.Link(written[f], at)
		default:
			written[f] = at
			err = os.WriteFile(at, f.chosen(chance), 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// chosenNames lets in each folder the changes of names come true up to one of
// them.
func (d *Disk) chosenNames(chance *rand.Rand) map[string]*file {
	names, until := maps.Clone(d.kept), map[string]int{}
	for _, n := range d.later {
		if _, known := until[n.in]; !known {
			inFolder := 0
			for _, other := range d.later {
				if other.in == n.in {
					inFolder++
				}
			}
			until[n.in] = chance.IntN(inFolder + 1)
		}
		if until[n.in] > 0 {
			until[n.in]--
			n.apply(names)
		} else {
			until[n.in] = 0
		}
	}
	return names
}

// chosen gives what a file may hold.
func (f *file) chosen(chance *rand.Rand) []byte {
	text, size, sizedAt := bytes.Clone(f.kept), len(f.kept), 0
	if at := chance.IntN(len(f.sizes) + 1); at > 0 {
		size, sizedAt = f.sizes[at-1].size, f.sizes[at-1].clock
	}
	for _, n := range slices.Sorted(maps.Keys(f.pages)) {
		text = put(text, n, f.chosenPage(n, sizedAt, chance))
	}
	return sized(text, size)
}

// chosenPage gives what a page may hold, when the size is as it was at a
// moment: a file that was cut short by then has nothing of before in it.
func (f *file) chosenPage(n, sizedAt int, chance *rand.Rand) []byte {
	forms := [][]byte{pageOf(f.kept, n)}
	for _, v := range f.pages[n] {
		switch {
		case v.cut && v.clock > sizedAt:
			continue
		case v.cut:
			forms = nil
		}
		forms = append(forms, v.page)
	}
	page := bytes.Clone(forms[chance.IntN(len(forms))])
	if other := forms[chance.IntN(len(forms))]; chance.IntN(4) == 0 {
		for at := 0; at < pageSize; at += sectorSize {
			if chance.IntN(2) == 0 {
				copy(page[at:at+sectorSize], other[at:])
			}
		}
	}
	return page
}

// Same gives an error when programs would not see what is below a folder: then
// something was done that the replay does not know of.
func (d *Disk) Same(root string) error {
	real, err := Load(root)
	if err != nil {
		return err
	}
	for path, f := range real.names {
		if strings.HasSuffix(path, "-shm") {
			continue
		}
		if mine := d.names[path]; mine == nil || !bytes.Equal(mine.now, f.now) {
			return fmt.Errorf("the replay of %s is not what is there", path)
		}
	}
	for path := range d.names {
		if real.names[path] == nil {
			return fmt.Errorf("the replay has %s, which is not there", path)
		}
	}
	return nil
}
