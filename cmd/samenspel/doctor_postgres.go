package main

import (
	"context"
	"errors"
	"time"

	"samenspel/journal"
	"samenspel/postgres"
)

// postgresServer is the address of a PostgreSQL database at which the doctor
// looks.
type postgresServer string

// look looks at the database and its server as far as that goes without a key.
func (p postgresServer) look(e *examination) {
	s, err := postgres.Look(e.ctx, string(p))
	switch {
	case errors.Is(err, postgres.ErrAddress):
		e.say(bad, "database: the address is not right. It looks like postgres://user@host/name?sslmode=verify-full.")
		return
	case errors.Is(err, journal.ErrAway):
		e.say(bad, "database: it cannot be reached. Look whether the server runs, whether the address is right, and whether it lets this machine in. (%v)", err)
		return
	case s.Server == "":
		e.say(bad, "database: it cannot be looked at: %v.", err)
		return
	}
	e.server(s)
	e.durable(s)
	e.tables(s, err)
}

// server says how the server is.
func (e *examination) server(s postgres.State) {
	e.say(good, "server: PostgreSQL %s; the database is %s.", s.Server, much(s.Size))
	if !s.Primary {
		e.say(bad, "server: it is a standby, which takes no changes. Give the address of the primary, or both: host=one,two.")
	}
	if s.Connections > s.Most*8/10 {
		e.say(bad, "connections: %d of %d are in use. Raise max_connections, or let fewer programs in.", s.Connections, s.Most)
	} else {
		e.say(good, "connections: %d of %d.", s.Connections, s.Most)
	}
	if off := time.Until(s.Now).Abs(); off > clockOff {
		e.say(bad, "clock: that of the server and that of this machine differ by %s. Set them right.", off.Round(time.Second))
	}
}

// durable says whether what is stored is safe.
func (e *examination) durable(s postgres.State) {
	safe := true
	for _, setting := range []struct{ name, is string }{
		{"synchronous_commit", s.SynchronousCommit}, {"fsync", s.Fsync}, {"full_page_writes", s.FullPageWrites},
	} {
		if setting.is == "off" {
			e.say(bad, "durable: %s is off, so what is said to be stored may be lost. Set it on.", setting.name)
			safe = false
		}
	}
	if safe {
		e.say(good, "durable: a change counts once it is on the disk.")
	}
	if s.Checksums != "on" {
		e.say(note, "checksums: the server was made without, so it does not see when its disk changes something. See pg_checksums --enable.")
	} else {
		e.say(good, "checksums: on.")
	}
	switch {
	case !s.Primary:
	case !s.Demanded:
		e.say(note, "standby: no synchronous one is asked for. When this server is lost, what came after its last backup is lost.")
	case s.Synchronous == 0:
		e.say(bad, "standby: a synchronous one is asked for and none is there, or this user may not see it. Until it is there, changes wait.")
	default:
		e.say(good, "standby: %d synchronous.", s.Synchronous)
	}
}

// tables says how the tables are; err is what looking at them gave.
func (e *examination) tables(s postgres.State, err error) {
	switch {
	case errors.Is(err, postgres.ErrUnfinished):
		e.say(bad, "restore: filling this database was cut off. Remove it, make an empty one, and begin again.")
		return
	case errors.Is(err, postgres.ErrEmpty):
		e.say(bad, "database: there is nothing of Samenspel in it. Give the right one, or start samenspel serve once to make the tables.")
		return
	case errors.Is(err, postgres.ErrNewer):
		e.say(bad, "schema: a newer version wrote this database. Use that version.")
		return
	case err != nil:
		e.say(bad, "database: its tables cannot be read: %v.", err)
		return
	case s.Schema < s.Newest:
		e.say(note, "schema: %d, of an older version; the next start brings it to %d. Make a backup first.", s.Schema, s.Newest)
	default:
		e.say(good, "schema: %d, of this version.", s.Schema)
	}
	if s.Programs > 0 {
		e.say(good, "program: %d have it open.", s.Programs)
	} else {
		e.say(note, "program: none has it open.")
	}
	if s.Last.After(e.now.Add(clockOff)) {
		e.say(bad, "clock: it stands at %s, before what was written last (%s). Set the clock right.", e.now.UTC().Format(time.RFC3339), s.Last.Format(time.RFC3339))
	} else {
		e.say(good, "clock: not before what was written last.")
	}
}

// fits holds the key against the database, if that can be read.
func (p postgresServer) fits(e *examination, master *journal.Master) {
	s, err := postgres.Look(e.ctx, string(p))
	switch {
	case err == nil && s.Schema < s.Newest: // which opening would change
		e.say(note, "key: for its owner only; whether it fits is seen at the next start.")
		return
	case err != nil || !s.Primary:
		e.say(note, "key: for its owner only; whether it fits cannot be seen.")
		return
	}
	db, err := postgres.Open(e.ctx, string(p), postgres.Options{Connections: 1})
	if err != nil {
		e.say(note, "key: for its owner only; whether it fits cannot be seen.")
		return
	}
	defer db.Close() // nothing was written
	e.holds(db, master)
}

// keyed is a store that says to which key it belongs.
type keyed interface {
	journal.Store
	MasterRecord(ctx context.Context) (journal.MasterRecord, error)
}

// holds holds the key against an open database.
func (e *examination) holds(db keyed, master *journal.Master) {
	e.entrusted(db)
	log := journal.New(db, master)
	register, err := db.Register(e.ctx)
	if err == nil {
		err = log.CheckMaster(e.ctx)
	}
	switch {
	case errors.Is(err, journal.ErrWrongMaster):
		e.say(bad, "key: it does not belong to this database. Put the right key back from your own copy.")
		return
	case err != nil:
		e.say(bad, "key: the database does not say whether it fits: %v.", err)
	case register.Alliances == 0:
		e.say(good, "key: for its owner only; there is nothing yet that it could not fit.")
	default:
		e.say(good, "key: for its owner only, and it fits.")
	}
	e.follows(log, master)
}
