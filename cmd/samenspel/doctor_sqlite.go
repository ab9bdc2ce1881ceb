package main

import (
	"errors"
	"io/fs"
	"time"

	"samenspel/journal"
	"samenspel/sqlite"
)

// sqliteFolder is a data folder with SQLite in it, as the doctor looks at it.
type sqliteFolder string

// look looks at the database as far as that goes without its key.
func (f sqliteFolder) look(e *examination) {
	s, err := sqlite.Look(e.ctx, string(f))
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
		e.say(note, "schema: %d, of an older version; the next start brings it to %d, and lays the database aside as it is now. Make a backup first.", s.Schema, s.Newest)
	default:
		e.say(good, "schema: %d, of this version.", s.Schema)
	}
	if !s.Before.IsZero() {
		e.say(note, "copy: the database from before its schema was brought up (%s) lies beside it, as samenspel.db-before. Remove it when you will not go back.", s.Before.UTC().Format(time.DateOnly))
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
	if s.Last.After(e.now.Add(clockOff)) {
		e.say(bad, "clock: it stands at %s, before what was written last (%s). Set the clock right.", e.now.UTC().Format(time.RFC3339), s.Last.Format(time.RFC3339))
	} else {
		e.say(good, "clock: not before what was written last.")
	}
}

// entrusted looks whether a change of the key was cut off, and whether somebody
// else could bring this key back.
func (e *examination) entrusted(db keyed) {
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
func (f sqliteFolder) fits(e *examination, master *journal.Master) {
	db, err := sqlite.OpenToRead(e.ctx, string(f))
	switch {
	case errors.Is(err, sqlite.ErrOlder):
		e.say(note, "key: for its owner only; whether it fits is seen at the next start.")
		return
	case err != nil:
		e.say(note, "key: for its owner only; whether it fits cannot be seen.")
		return
	}
	defer db.Close() // nothing was written
	e.holds(db, master)
}
