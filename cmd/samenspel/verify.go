package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"samenspel/accesslog"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/sqlite"
)

// verify looks through the log, or through a backup.
type verify struct {
	Data string `type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder to look through, also while a program serves from it."`
	elsewhere
	Key string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	// Also in the middle of a change of key one can look.
	OldKey  string `type:"path" placeholder:"FILE" env:"SAMENSPEL_OLD_KEY" help:"The master key from before, while it is changed to the one in --key."`
	Against string `type:"existingfile" placeholder:"RECORD" help:"The record of a backup: finds that the data was put back to before it."`
	Backup  string `type:"existingfile" placeholder:"FILE" help:"A backup to look through, in place of a folder: the file with the data."`
	Keys    string `type:"path" placeholder:"PATH" help:"The newest file of keys for that backup, or the folder that has it."`
	Scratch string `type:"path" placeholder:"DIR" help:"Folder in which that backup is restored for a moment. That of the system, unless said."`
}

var (
	// errFound ends the program with a fault, so that a script can tell.
	errFound = errors.New("something stored is not as it was written")
	// errNothing says that there is nothing to verify.
	errNothing = errors.New("there is no data of Samenspel in this folder")
	// errWhich says that it is not clear what is to be verified.
	errWhich = errors.New("say what to look through: --data DIR, or --backup FILE with --keys and --key")
)

// Run prints every finding and a summary.
func (c verify) Run(ctx context.Context, to console) error {
	switch {
	case c.Backup != "":
		return c.file(ctx, to)
	case c.Data == "":
		return errWhich
	case !c.in(c.Data).exists():
		return errNothing
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	report := func(f journal.Finding) { fmt.Fprintln(to.out, f.Error()) }
	sum, err := s.log.Verify(ctx, report)
	if err == nil && c.Against != "" {
		err = c.against(ctx, to, s, func(f journal.Finding) { sum.Findings++; report(f) })
	}
	var access accesslog.Summary
	if err == nil {
		access, err = s.access.Verify(ctx, func(f accesslog.Finding) { fmt.Fprintln(to.out, f.Error()) })
	}
	if err = errors.Join(err, s.close()); err != nil {
		return err
	}
	if sum.Destroyed > 0 {
		fmt.Fprintf(to.out, "%d of these alliances were destroyed, as was decided\n", sum.Destroyed)
	}
	fmt.Fprintf(to.out, "%d alliances, %d entries looked at, %d findings\n", sum.Alliances, sum.Entries, sum.Findings)
	fmt.Fprintf(to.out, "access log since %s: %d chains, %d lines, %d from before, %d findings\n",
		access.Since.Format(time.DateTime), access.Chains, access.Lines, access.Before, access.Findings)
	if sum.Findings+access.Findings > 0 {
		return errFound
	}
	return nil
}

// open opens the folder, to read only when another program has it open.
func (c verify) open(ctx context.Context) (*stored, error) {
	s, err := openWith(ctx, c.in(c.Data), c.Key, c.OldKey)
	if !errors.Is(err, sqlite.ErrInUse) {
		return s, err
	}
	master, err := keyOf(home{dir: c.Data}, c.Key)
	if err != nil {
		return nil, err
	}
	if c.OldKey != "" {
		before, err := journal.OpenMaster(c.OldKey)
		if err != nil {
			return nil, err
		}
		master.Replaces(before)
	}
	db, err := sqlite.OpenToRead(ctx, c.Data)
	if err != nil {
		return nil, err
	}
	s = &stored{db: db, master: master, log: journal.New(db, master), access: accesslog.New(db, master)}
	if err := s.log.CheckMaster(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// against holds the log against where it stood when a backup was made.
func (c verify) against(ctx context.Context, to console, s *stored, report func(journal.Finding)) error {
	r, err := backup.ReadRecord(c.Against, s.master)
	if err != nil {
		return err
	}
	heads, err := r.Stood(s.master)
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "held against %s of %s\n", filepath.Base(c.Against), r.Moment.Format(time.RFC3339))
	return s.log.Follows(ctx, heads, report)
}

// file looks through a backup.
func (c verify) file(ctx context.Context, to console) error {
	if c.Keys == "" || c.Key == "" {
		return errWhich
	}
	master, err := keyOf(home{}, c.Key)
	if err != nil {
		return err
	}
	r := backup.Restoration{From: c.Backup, Keys: c.Keys, Master: master, Place: placeOf(home{})}
	done, err := r.Verify(ctx, c.Scratch)
	if err != nil {
		return err
	}
	told(to, done)
	fmt.Fprintf(to.out, "%d alliances, %d entries looked at, 0 findings\n", done.Alliances, done.Entries)
	return nil
}
