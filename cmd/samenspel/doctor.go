package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"samenspel/journal"
	"samenspel/sqlite"
)

// doctor looks at a data folder and all around it.
type doctor struct {
	Data string `required:"" type:"path" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder to look at, also while a program serves from it."`
	elsewhere
	Key  string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	URL  string `placeholder:"https://…" env:"SAMENSPEL_URL" help:"Where people reach it."`
	Zone string `default:"Europe/Amsterdam" placeholder:"NAME" env:"SAMENSPEL_ZONE" help:"The time zone, as for serve."`
}

// errWrong ends the program with a fault, so that a script can tell.
var errWrong = errors.New("something is wrong; each line above says what to do")

// Run prints one line for each thing that it looked at. It changes nothing,
// but for a file that it writes, syncs and removes.
func (c doctor) Run(ctx context.Context, to console) error {
	if err := c.in(c.Data).check(); err != nil {
		return err
	}
	e := &examination{doctor: c, ctx: ctx, now: time.Now()}
	if e.Key == "" {
		e.Key = filepath.Join(c.Data, "master.key")
	}
	var store patient = sqliteFolder(c.Data)
	if c.Database != "" {
		store = postgresServer(c.Database)
	}
	if e.folder() {
		e.disk()
		e.owners()
		store.look(e)
		e.key(store)
		e.backups()
	}
	e.clock()
	e.limits()
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
	found []finding
}

// patient is a store at which the doctor looks: each kind says its own findings.
type patient interface {
	// look says what can be said without the master key.
	look(e *examination)
	// fits says what the store and the key say of each other.
	fits(e *examination, master *journal.Master)
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
	switch err := writes(e.Data); {
	case errors.Is(err, syscall.EROFS):
		e.say(bad, "disk: it can be read only. A disk that failed is often made so: look at what the system says of it (dmesg), and mount it again when it is sound.")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.say(bad, "disk: it is full. Make room; the program goes on by itself then.")
	case errors.Is(err, fs.ErrPermission):
		e.say(bad, "disk: this user may not write in the folder. Run this as the user of the program, or give it the folder: chown.")
	case err != nil:
		e.say(bad, "disk: a file cannot be written and synced there: %v. Look at the disk, its room and the rights of the folder.", err)
	default:
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

// key looks at the master key, and whether it is the one of this database.
func (e *examination) key(store patient) {
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
	store.fits(e, master)
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
