package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"samenspel/journal"
	"samenspel/sqlite"
)

// doctor looks at a data folder and all around it.
type doctor struct {
	Data string `required:"" type:"path" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder to look at, also while a program serves from it."`
	Key  string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	URL  string `placeholder:"https://…" env:"SAMENSPEL_URL" help:"Where people reach it."`
}

// errWrong ends the program with a fault, so that a script can tell.
var errWrong = errors.New("something is wrong; each line above says what to do")

// Run prints one line for each thing that it looked at. It changes nothing,
// but for a file that it writes, syncs and removes.
func (c doctor) Run(ctx context.Context, to console) error {
	e := &examination{doctor: c, ctx: ctx, now: time.Now()}
	if e.Key == "" {
		e.Key = filepath.Join(c.Data, "master.key")
	}
	if e.folder() {
		e.disk()
		e.database()
		e.key()
		e.backups()
	}
	e.address()
	wrong := false
	for _, f := range e.found {
		fmt.Fprintf(to.out, "%-6s %s\n", f.how, f.text)
		wrong = wrong || f.how == bad
	}
	if wrong {
		return errWrong
	}
	return nil
}

// The three ways in which something can be. Only the last is a fault.
const (
	good = "good"
	note = "note"
	bad  = "wrong"
)

type finding struct{ how, text string }

// examination is one look by the doctor.
type examination struct {
	doctor
	ctx   context.Context
	now   time.Time
	state sqlite.State
	found []finding
}

func (e *examination) say(how, format string, args ...any) {
	e.found = append(e.found, finding{how, fmt.Sprintf(format, args...)})
}

// folder looks at the folder, and reports whether there is one to go on with.
func (e *examination) folder() bool {
	info, err := os.Stat(e.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.say(bad, "folder: %s is not there. Give the right folder, or start samenspel serve once to make it.", e.Data)
		return false
	case err != nil:
		e.say(bad, "folder: it cannot be looked at: %v.", err)
		return false
	case !info.IsDir():
		e.say(bad, "folder: %s is no folder. Give the right one.", e.Data)
		return false
	case info.Mode().Perm()&0o077 != 0:
		e.say(bad, "folder: others on this machine can come in. Run chmod 700 on %s.", e.Data)
	default:
		e.say(good, "folder: for its owner only.")
	}
	return true
}

// disk looks at the disk on which the folder is.
func (e *examination) disk() {
	if err := writes(e.Data); err != nil {
		e.say(bad, "disk: a file cannot be written and synced there: %v. Look at the disk, its room and the rights of the folder.", err)
	} else {
		e.say(good, "disk: what is written there is synced.")
	}
	d, known := diskOf(e.Data)
	switch {
	case !known:
		e.say(note, "disk: this system does not say how much room there is, nor whether it is a network share.")
		return
	case d.network != "":
		e.say(bad, "disk: it is a network share (%s). Put the folder on a disk of the machine itself: the database is not safe here.", d.network)
	default:
		e.say(good, "disk: no network share.")
	}
	size := int64(0)
	if info, err := os.Stat(filepath.Join(e.Data, sqlite.FileName)); err == nil {
		size = info.Size()
	}
	switch {
	case d.free < max(64<<20, size/4):
		e.say(bad, "room: %s is free, and the database is %s. Make room, before nothing can be saved.", much(d.free), much(size))
	case d.free < 2*size:
		e.say(note, "room: %s is free, and the database is %s. It is getting tight.", much(d.free), much(size))
	default:
		e.say(good, "room: %s is free, and the database is %s.", much(d.free), much(size))
	}
}

// writes writes a file of a few pages, waits until the disk has it, and removes it.
func writes(dir string) error {
	f, err := os.CreateTemp(dir, ".samenspel-doctor-")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 64<<10))
	return errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name()))
}

// database looks at the database as far as that goes without its key.
func (e *examination) database() {
	var err error
	e.state, err = sqlite.Look(e.ctx, e.Data)
	s := e.state
	switch {
	case errors.Is(err, sqlite.ErrUnfinished):
		e.say(bad, "restore: one into this folder was not finished. Remove the folder, and restore again.")
		return
	case errors.Is(err, fs.ErrNotExist):
		e.say(bad, "database: there is none here. Give the right folder, or start samenspel serve once to make it.")
		return
	case errors.Is(err, sqlite.ErrNewer):
		e.say(bad, "schema: a newer version wrote this database. Use that version, or a backup from before.")
		return
	case err != nil:
		e.say(bad, "database: it cannot be read. Stop, copy the folder, and run samenspel verify; then restore a backup. (%v)", err)
		return
	case s.Schema < s.Newest:
		e.say(note, "schema: %d, of an older version; the next start brings it to %d. Make a backup first.", s.Schema, s.Newest)
	default:
		e.say(good, "schema: %d, of this version.", s.Schema)
	}
	if s.InUse {
		e.say(good, "program: one has the folder open.")
	} else {
		e.say(note, "program: none has the folder open.")
	}
	if s.WAL > max(64<<20, s.Size) {
		e.say(bad, "WAL: it is %s, and the database %s. Something has been reading for very long: look for a program that hangs, or restart.", much(s.WAL), much(s.Size))
	} else {
		e.say(good, "WAL: %s.", much(s.WAL))
	}
	if s.Last.After(e.now.Add(time.Minute)) {
		e.say(bad, "clock: it stands at %s, before what was written last (%s). Set the clock right.", e.now.UTC().Format(time.RFC3339), s.Last.Format(time.RFC3339))
	} else {
		e.say(good, "clock: not before what was written last.")
	}
}

// key looks at the master key, and whether it is the one of this database.
func (e *examination) key() {
	master, err := journal.OpenMaster(e.Key)
	var problem *journal.KeyFileError
	switch {
	case errors.As(err, &problem):
		e.say(bad, "key: %v.", problem)
		return
	case errors.Is(err, fs.ErrNotExist):
		e.say(bad, "key: %s is not there. Put it back from your own copy; nobody can read the data without it.", e.Key)
		return
	case err != nil:
		e.say(bad, "key: it cannot be read: %v.", err)
		return
	}
	if liesIn(e.Data, e.Key) {
		e.say(note, "key: it lies in the data folder. Better: another folder, with --key, so that nobody takes both at once.")
	}
	e.fits(master)
}

// entrusted looks whether a change of the key was cut off, and whether somebody
// else could bring this key back.
func (e *examination) entrusted(db *sqlite.DB) {
	record, err := db.MasterRecord(e.ctx)
	switch none := (journal.Fingerprint{}); {
	case err != nil:
		e.say(note, "key: to whom it was entrusted cannot be seen.")
	case record.Before != none:
		e.say(bad, "key: a change of it was cut off. Start the program with both keys, or run samenspel key rotate again.")
	case record.Entrusted == none:
		e.say(note, "key: it was not entrusted to anybody; when it is lost, all is lost. See samenspel key person and key entrust.")
	case record.Entrusted != record.Current:
		e.say(bad, "key: it was changed since it was entrusted on %s. Entrust it again.", record.EntrustedAt.Format(time.DateOnly))
	default:
		e.say(good, "key: entrusted on %s.", record.EntrustedAt.Format(time.DateOnly))
	}
}

// fits holds the key against the database, if that can be read.
func (e *examination) fits(master *journal.Master) {
	db, err := sqlite.OpenToRead(e.ctx, e.Data)
	switch {
	case errors.Is(err, sqlite.ErrOlder):
		e.say(note, "key: for its owner only; whether it fits is seen at the next start.")
		return
	case err != nil:
		e.say(note, "key: for its owner only; whether it fits cannot be seen.")
		return
	}
	defer db.Close() // nothing was written
	e.entrusted(db)
	register, err := db.Register(e.ctx)
	if err == nil {
		err = journal.New(db, master).CheckMaster(e.ctx)
	}
	switch {
	case errors.Is(err, journal.ErrWrongMaster):
		e.say(bad, "key: it does not belong to this database. Put the right key back from your own copy.")
	case err != nil:
		e.say(bad, "key: the database does not say whether it fits: %v.", err)
	case register.Alliances == 0:
		e.say(good, "key: for its owner only; there is nothing yet that it could not fit.")
	default:
		e.say(good, "key: for its owner only, and it fits.")
	}
}

// liesIn reports whether a file is in a folder.
func liesIn(dir, file string) bool {
	a, err := os.Stat(dir)
	b, again := os.Stat(filepath.Dir(file))
	return err == nil && again == nil && os.SameFile(a, b)
}

// address looks at where people reach it.
func (e *examination) address() {
	if e.URL == "" {
		e.say(note, "address: not given, so not looked at. Give --url as for serve.")
		return
	}
	u, err := url.Parse(e.URL)
	switch {
	case err != nil || u.Host == "":
		e.say(bad, "address: %q is none. It looks like https://samenspel.example.", e.URL)
	case u.Scheme == "https":
		e.say(good, "address: https.")
	case u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1":
		e.say(note, "address: on this machine only.")
	default:
		e.say(bad, "address: not https, so that others can read along and forms are not taken. Put a proxy with TLS in front, and give its address with https.")
	}
}

// much says a size so that it is read at a glance.
func much(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.1f %s", float64(n)/float64(unit.size), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
