// Command samenspel is the whole program: it serves the pages, shows a demo,
// backs up, restores and verifies what is stored, and reads transcripts.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"samenspel/journal"
	"samenspel/sqlite"
)

// version is set when the program is built for others.
var version = "development"

// commands are what the program can do, as the command line has it.
type commands struct {
	Demo    demo             `cmd:"" help:"Show Samenspel with invented people. Without --data nothing is kept."`
	Serve   serve            `cmd:"" help:"Serve Samenspel to people."`
	Verify  verify           `cmd:"" help:"Look whether anything stored was changed, removed or swapped."`
	Key     keyCommand       `cmd:"" help:"Change, check, entrust and recover the master key."`
	Backup  backupCommand    `cmd:"" help:"Back up a data folder, also while it is served from, and restore the backup to see that it is whole."`
	Restore restore          `cmd:"" help:"Put a backup back, in a new folder."`
	Migrate migrate          `cmd:"" help:"Move all data from a folder to a PostgreSQL database, or back."`
	Doctor  doctor           `cmd:"" help:"Say in plain words what is right and wrong with a data folder, and what to do."`
	Lens    lensCommand      `cmd:"" help:"Read a transcript and show where its attention went."`
	Version kong.VersionFlag `help:"Print the version."`
}

// console is where a command writes what people read, and where they answer.
type console struct {
	out, err io.Writer
	in       *os.File
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	keepMemory()
	var c commands
	said := kong.Parse(&c, kong.Name("samenspel"), kong.UsageOnError(), kong.Vars{"version": version},
		kong.Description("A shared place for the connecting dialogue."))
	said.BindTo(ctx, (*context.Context)(nil))
	if err := said.Run(console{os.Stdout, os.Stderr, os.Stdin}); err != nil {
		fmt.Fprintln(os.Stderr, "samenspel:", plainly(err))
		os.Exit(1)
	}
}

// plainly says an error so that somebody at the command line knows what to do.
func plainly(err error) string {
	if text, known := ofBackups(err); known {
		return text
	}
	var key *journal.KeyFileError
	switch {
	case errors.Is(err, sqlite.ErrInUse):
		return "another program has this data folder open. Stop that one first, or choose another folder."
	case errors.Is(err, sqlite.ErrNewer):
		return "this data folder was written by a newer version. Use that version, or a copy from before."
	case errors.Is(err, journal.ErrWrongMaster):
		return "the master key does not belong to this data folder. Put the right key back from your own copy."
	case errors.Is(err, journal.ErrUnfinished):
		return "the change of the master key is not finished: start with both, --key NEW --old-key OLD. It goes on where it was."
	case errors.Is(err, journal.ErrSwapped):
		return "the new master key and the old one are given in each other's place: --key is for the new one, --old-key for the old one."
	case errors.As(err, &key):
		return key.Error()
	case errors.Is(err, errNoKey):
		return errNoKey.Error()
	case errors.Is(err, journal.ErrDamaged):
		return "the data is damaged. Nothing was changed. Put back a copy, and run samenspel verify. (" + err.Error() + ")"
	case errors.Is(err, sqlite.ErrMoved):
		return "the data folder is not where it was: it was removed, moved or unmounted. Put it back as it was, and restart. (" + err.Error() + ")"
	case errors.Is(err, syscall.EROFS):
		return "the data folder is on a disk that can be read only. Look why (a disk that failed is often made so), or choose another folder. (" + err.Error() + ")"
	case errors.Is(err, fs.ErrPermission):
		return "no permission: " + err.Error()
	}
	return err.Error()
}
