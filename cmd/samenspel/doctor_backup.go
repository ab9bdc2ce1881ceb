package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"samenspel/backup"
)

// tooOld is the age at which a last backup is a fault.
const tooOld = 48 * time.Hour

// backups looks at the last backup, as its note in the data folder says it.
func (e *examination) backups() {
	n, err := backup.ReadNote(filepath.Join(e.Data, noteName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.say(bad, "backup: there never was one. Run samenspel backup, or serve with --backup-to and --backup-keys-to.")
		return
	case err != nil:
		e.say(bad, "backup: the note in the data folder about the last one cannot be read. Make a backup, which writes it anew.")
		return
	}
	age := e.now.Sub(n.Moment).Round(time.Minute)
	switch {
	case age > tooOld:
		e.say(bad, "backup: the last one that was verified is of %s, %s ago. Make one, and look why none was made.", n.Moment.Format(time.RFC3339), age)
	case age < -time.Minute:
		e.say(bad, "backup: the last one is of a moment that is still to come (%s). Set the clock right.", n.Moment.Format(time.RFC3339))
	default:
		e.say(good, "backup: the last one that was verified is of %s.", n.Moment.Format(time.RFC3339))
	}
	e.written(n)
	e.keysApart(n)
	e.left(n)
}

// written looks whether the files of the last backup are still where they went.
func (e *examination) written(n backup.Note) {
	r, err := backup.Peek(n.Record)
	if err != nil {
		e.say(bad, "backup: its record cannot be read at %s. Is that disk there? If not, make a backup elsewhere.", n.Record)
		return
	}
	for _, w := range []struct {
		dir string
		backup.Written
	}{{n.Data, r.Data}, {n.Keys, r.Keys}} {
		path := filepath.Join(w.dir, filepath.Base(w.File))
		if info, err := os.Stat(path); err != nil || info.Size() != w.Size {
			e.say(bad, "backup: %s is not there as it was written. Make a backup.", path)
		}
		if d, known := diskOf(w.dir); known && d.free < 2*w.Size {
			e.say(bad, "backup: %s is free at %s, and the last one was %s. Make room, or keep fewer (--keep).", much(d.free), w.dir, much(w.Size))
		}
	}
}

// keysApart looks where the keys are, and how old they are.
func (e *examination) keysApart(n backup.Note) {
	if filepath.Clean(n.Data) == filepath.Clean(n.Keys) {
		e.say(note, "backup: the keys lie beside the data. Better: another folder on another disk, with --keys-to.")
	} else {
		e.say(good, "backup: the keys are apart from the data.")
	}
	files, err := backup.Files(n.Keys)
	if err != nil {
		e.say(bad, "backup: the folder of the keys cannot be read: %v.", err)
		return
	}
	young := false
	for _, f := range files {
		switch old := e.now.Sub(f.Moment) > backup.KeysKept; {
		case !f.HoldsKeys() || f.Unfinished():
		case old:
			e.say(bad, "backup: %s is older than 35 days. What was erased since can be read with it. Make a backup, which removes it; if it stays it is of another master key: remove it yourself.", f.Path)
		default:
			young = young || !f.Failed()
		}
	}
	if !young {
		e.say(bad, "backup: no file of keys is younger than 35 days. Make a backup.")
	}
}

// left looks for what a backup left that was cut off or failed.
func (e *examination) left(n backup.Note) {
	dirs := []string{n.Data}
	if n.Keys != n.Data {
		dirs = append(dirs, n.Keys)
	}
	for _, dir := range dirs {
		files, err := backup.Files(dir)
		if err != nil {
			continue // that was said above, by what is not there
		}
		for _, f := range files {
			switch {
			case f.Unfinished():
				e.say(note, "backup: %s is being made, or was cut off. The next backup removes it.", f.Path)
			case f.Failed():
				e.say(bad, "backup: %s was written, but did not come back whole. Run samenspel verify on the data folder; remove it when you know why.", f.Path)
			}
		}
	}
}
