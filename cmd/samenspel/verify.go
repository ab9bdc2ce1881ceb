package main

import (
	"context"
	"errors"
	"fmt"

	"samenspel/journal"
)

// verify looks through the log.
type verify struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder to look through."`
	Key  string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
}

// errFound ends the program with a fault, so that a script can tell.
var errFound = errors.New("something stored is not as it was written")

// errNothing says that there is nothing to verify.
var errNothing = errors.New("there is no data of Samenspel in this folder")

// Run prints every finding and a summary.
func (c verify) Run(ctx context.Context, to console) error {
	if !exists(c.Data) {
		return errNothing
	}
	s, err := open(ctx, c.Data, c.Key)
	if err != nil {
		return err
	}
	sum, err := s.log.Verify(ctx, func(f journal.Finding) { fmt.Fprintln(to.out, f.Error()) })
	if err = errors.Join(err, s.close()); err != nil {
		return err
	}
	if sum.Destroyed > 0 {
		fmt.Fprintf(to.out, "%d of these alliances were destroyed, as was decided\n", sum.Destroyed)
	}
	fmt.Fprintf(to.out, "%d alliances, %d entries looked at, %d findings\n", sum.Alliances, sum.Entries, sum.Findings)
	if sum.Findings > 0 {
		return errFound
	}
	return nil
}
