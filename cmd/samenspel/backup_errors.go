package main

import (
	"errors"
	"syscall"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/sqlite"
)

// backupErrors says what an error of backups means to somebody at the command
// line, and what to do about it.
var backupErrors = []struct {
	is   error
	text string
	why  bool // the error itself says more
}{
	{sqlite.ErrOlder, "this data folder was written by an older version, and a program has it open. Look again once this version serves it, or once it is stopped.", false},
	{postgres.ErrNewer, "this database was written by a newer version. Use that version.", false},
	{postgres.ErrOlderRunning, "the tables have to be brought up to this version, and programs of an older version are using them. Stop all of them, and start this one first.", false},
	{postgres.ErrInUse, "programs are using this database. Stop all of them first.", false},
	{postgres.ErrAddress, "the address of the database is not right. It looks like postgres://user@host/name?sslmode=verify-full.", false},
	{postgres.ErrUnsafe, "this database may lose what it says is stored. Set fsync, full_page_writes and synchronous_commit on for it.", true},
	{postgres.ErrUnfinished, "filling this database was cut off. Remove it, make an empty one, and begin again.", false},
	{postgres.ErrEmpty, "there is nothing of Samenspel in this database.", false},
	{postgres.ErrVersion, "the folder and this program are of different versions. Start the program once on the folder, then move it.", true},
	{journal.ErrAway, "the database cannot be reached. Look whether the server runs, whether it is the one that takes changes, and whether the address is right. Nothing was changed.", true},
	{sqlite.ErrUnfinished, "a restore into this folder was not finished. Remove the folder, and restore again.", false},
	{backup.ErrUnverified, "the backup was written, but it did not come back whole, so it does not count. It is kept with .failed behind its name. Run samenspel verify on the data folder and samenspel doctor.", true},
	{backup.ErrNewer, "this backup was written by a newer version. Use that version.", false},
	{backup.ErrSealed, "the master key does not open this file. Give the key that was used when it was made; or its beginning is damaged.", true},
	{backup.ErrOlderKeys, "the keys are older than the data, so some of it could not be read. Give the newest file of keys: it opens every earlier backup.", false},
	{backup.ErrNotNewest, "there is a newer file of keys in that folder. Give that one: with older keys, words that were erased since would come back.", true},
	{backup.ErrNoKeys, "there is no file of keys there. Give the folder of --keys-to, or the newest file in it.", true},
	{backup.ErrNotEmpty, "the folder or database to fill is not empty. Choose a new one; nothing was changed.", false},
	{backup.ErrForeign, "this is not the file that was asked for: the data ends in .backup, the keys in .keys, the record in .json.", true},
	{backup.ErrBusy, "another program makes a backup in this folder. Wait until it is done.", true},
	{backup.ErrDamaged, "the backup is damaged. Use another one.", true},
	{journal.ErrFull, "there is no room on the disk. Nothing half is left; make room and try again.", true},
	{syscall.ENOSPC, "there is no room on the disk. Nothing half is left; make room and try again.", true},
}

// ofBackups says an error of backups plainly, or that it is none.
func ofBackups(err error) (text string, known bool) {
	for _, s := range backupErrors {
		switch {
		case !errors.Is(err, s.is):
		case s.why:
			return s.text + " (" + err.Error() + ")", true
		default:
			return s.text, true
		}
	}
	return "", false
}
