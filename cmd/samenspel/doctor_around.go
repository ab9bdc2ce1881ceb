package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/memory"
	"samenspel/sqlite"
)

// owners looks whether everything is of one user, and who else can read it.
func (e *examination) owners() {
	dir, known := ownerOf(e.Data)
	if !known {
		return
	}
	of := true
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal", sqlite.FileName + "-shm", "lock", "backup.json"} {
		path := filepath.Join(e.Data, name)
		info, err := os.Stat(path)
		if err != nil {
			continue // that it is missing is said elsewhere
		}
		if owner, _ := ownerOf(path); owner != dir {
			of = false
			e.say(bad, "owner: %s is of user %d, and the folder of user %d. It was touched as another user, often root: run chown %d on it.", path, owner, dir, dir)
		}
		if info.Mode().Perm()&0o077 != 0 && name != "backup.json" {
			of = false
			e.say(bad, "owner: others on this machine can read %s. Run chmod 600 on it.", path)
		}
	}
	if me := os.Getuid(); of && me != 0 && me != dir {
		e.say(note, "owner: all is of user %d, and you are user %d: a look as that user says more.", dir, me)
	} else if of {
		e.say(good, "owner: all is of one user, and nobody else reads it.")
	}
}

// made is before any clock that is right: the program was not there yet.
var made = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// clock looks at the clock of the machine, as far as that goes by itself, and at
// the time zone.
func (e *examination) clock() {
	if e.now.Before(made) {
		e.say(bad, "clock: it stands at %s, before this program was made. Set the clock right, and let it be kept right (NTP).", e.now.UTC().Format(time.RFC3339))
	}
	if _, err := time.LoadLocation(e.Zone); err != nil {
		e.say(bad, "zone: there is no time zone %q. It looks like Europe/Amsterdam.", e.Zone)
	} else {
		e.say(good, "zone: %s.", e.Zone)
	}
}

// limits looks at what the system gives a program that is started from here.
func (e *examination) limits() {
	bound, from := memory.Keep()
	switch limit := bound.Limit(); {
	case limit == 0:
		e.say(note, "memory: this system does not say how much there is.")
	case limit < leastMemory:
		e.say(bad, "memory: a program that is started from here may use %s, by %s. It needs %s or more, and 256 MiB to be at ease: raise the limit.", much(limit), from, much(leastMemory))
	default:
		e.say(good, "memory: a program that is started from here uses at most %s, by %s.", much(limit), from)
	}
	switch files, known := fileLimit(); {
	case !known:
	case files < leastFiles:
		e.say(bad, "files: %s.", fewFiles(files))
	default:
		e.say(good, "files: a program that is started from here may open %d.", files)
	}
}

// follows holds the log against where it stood at the last backup: whoever puts
// back an earlier copy, or another one, reads it here.
func (e *examination) follows(log *journal.Log, master *journal.Master) {
	path, r, err := lastRecord(filepath.Join(e.Data, noteName), "", master)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return // what is said of backups says it
	case err != nil:
		e.say(bad, "backup: %s is not of this installation, or was changed: this key did not sign it. After a change of the key: make a backup. Else: is this the right folder, and are those its backups? (%v)", path, err)
		return
	}
	n, err := behind(e.ctx, log, master, r)
	switch {
	case err != nil:
		e.say(bad, "backup: where the data stood then cannot be compared: %v.", err)
	case n > 0:
		e.say(bad, "earlier: at %d places the data stands before the backup of %s, or goes another way since. An earlier copy was put back: %s", n, r.Moment.Format(time.RFC3339), putBack)
	default:
		e.say(good, "earlier: the data goes on from the backup of %s.", r.Moment.Format(time.RFC3339))
	}
}

// lastRecord is the record of the newest backup: of those in the folder where the
// note says that the last one went, and in another folder where one is given. A
// copy of the whole data folder that is put back brings an old note along.
func lastRecord(notePath, folder string, master *journal.Master) (path string, r backup.Record, err error) {
	path, err = "", fs.ErrNotExist
	if n, no := backup.ReadNote(notePath); no == nil {
		path = n.Record
		if folder == "" {
			folder = n.Data
		}
	}
	records, _ := filepath.Glob(filepath.Join(folder, "*.json"))
	for _, one := range append(records, path) {
		found, no := backup.Peek(one)
		if no == nil && (err != nil || found.Moment.After(r.Moment)) {
			path, r, err = one, found, nil
		}
	}
	if err != nil {
		return path, r, fs.ErrNotExist
	}
	r, err = backup.ReadRecord(path, master)
	return path, r, err
}

// behind counts the places at which the log does not go on from a backup.
func behind(ctx context.Context, log *journal.Log, master *journal.Master, r backup.Record) (n int, err error) {
	heads, err := r.Stood(master)
	if err != nil {
		return 0, err
	}
	err = log.Follows(ctx, heads, func(journal.Finding) { n++ })
	return n, err
}

// putBack says what to do about data that stands before a backup.
const putBack = "if that was meant, make a new backup and keep the later ones apart; if not, stop, and restore the last backup in a new folder (samenspel restore)."
