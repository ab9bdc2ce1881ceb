package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"samenspel/journal"
	"samenspel/sqlite"
)

// keyRecover gets the master key back.
type keyRecover struct {
	From string `required:"" type:"existingfile" placeholder:"FILE" help:"The file that was made by key entrust."`
	With string `required:"" placeholder:"PRIVATE" help:"The private key of the person of trust; - to type it."`
	Out  string `required:"" type:"path" placeholder:"MASTER" help:"The new file for the master key."`
	Data string `type:"existingdir" placeholder:"DIR" help:"The data folder that the key should open, to be sure beforehand."`
}

// Run writes the key, if all is right.
func (c keyRecover) Run(ctx context.Context, to console) error {
	file, err := readSmall(c.From)
	if err != nil {
		return err
	}
	e, err := journal.ParseEntrusted(file)
	if err != nil {
		return err
	}
	if c.Data != "" {
		if err := fits(ctx, e, c.Data); err != nil {
			return err
		}
	}
	person, err := c.person(to)
	if err != nil {
		return err
	}
	if err := e.Recover(person, c.Out); err != nil {
		return taken(c.Out, err)
	}
	fmt.Fprintf(to.out, "the master key %s of installation %s, entrusted on %s, is in %s\n",
		e.Key, e.Installation, e.At.Format(time.DateOnly), c.Out)
	return nil
}

// person reads the key of the person of trust, from a file or as it is typed.
func (c keyRecover) person(to console) (*journal.Person, error) {
	if c.With != "-" {
		return journal.OpenPerson(c.With)
	}
	fmt.Fprintln(to.err, "Type the four rows, and end with Ctrl-D:")
	typed, err := io.ReadAll(io.LimitReader(to.in, 16<<10))
	if err != nil {
		return nil, err
	}
	return journal.ParsePaper(string(typed))
}

// fits looks whether what was entrusted is the key of a data folder.
func fits(ctx context.Context, e journal.Entrusted, dir string) error {
	if !inFolder(dir) {
		return errNothing
	}
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return err
	}
	record, err := db.MasterRecord(ctx)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	switch {
	case record.Installation != e.Installation:
		return fmt.Errorf("this was entrusted by another installation, %s; the data is of %s", e.Installation, record.Installation)
	case record.Current != e.Key && record.Before != e.Key:
		return fmt.Errorf("the master key was changed after this was entrusted on %s: it opens copies of the data from before, not this data", e.At.Format(time.DateOnly))
	}
	return nil
}
