package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"samenspel/backup"
	"samenspel/journal"
	"samenspel/postgres"
	"samenspel/sqlite"
)

// noteName is the file in the data folder that says which backup was the last.
const noteName = "backup.json"

// backupCommand makes a backup, also while the program serves.
type backupCommand struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder to back up."`
	elsewhere
	Key     string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	To      string `required:"" type:"path" placeholder:"DIR" env:"SAMENSPEL_BACKUP_TO" help:"Folder for the data."`
	KeysTo  string `required:"" type:"path" placeholder:"DIR" env:"SAMENSPEL_BACKUP_KEYS_TO" help:"Folder for the keys: another one, on another disk."`
	Keep    int    `placeholder:"N" help:"How many backups of the data to keep. All, unless said. Keys go after 35 days."`
	Scratch string `type:"path" placeholder:"DIR" help:"Folder in which it is restored to see that it is whole. That of the system, unless said."`
}

// Run makes a backup and says what it is.
func (c backupCommand) Run(ctx context.Context, to console) error {
	at := c.in(c.Data)
	if err := at.check(); err != nil {
		return err
	}
	master, err := keyOf(at, c.Key)
	if err != nil {
		return err
	}
	p := plan(at, c.To, c.KeysTo, master)
	p.Keep, p.Scratch = c.Keep, c.Scratch
	r, err := p.Make(ctx)
	if err != nil {
		return err
	}
	if filepath.Clean(c.To) == filepath.Clean(c.KeysTo) {
		fmt.Fprintln(to.err, "samenspel: the keys lie beside the data. Whoever takes this folder away with the master key reads all of it, also what is erased later. Give --keys-to another folder, on another disk.")
	}
	fmt.Fprintf(to.out, "backup of %s, restored and verified: %d alliances, %d entries\n",
		r.Moment.Format(time.RFC3339), r.Alliances, r.Entries)
	fmt.Fprintf(to.out, "data: %s\nkeys: %s\n", filepath.Join(c.To, r.Data.File), filepath.Join(c.KeysTo, r.Keys.File))
	return nil
}

// plan says what a backup of data is made of.
func plan(at home, to, keysTo string, master *journal.Master) backup.Plan {
	return backup.Plan{
		Place: placeOf(at), Master: master, Data: to, Keys: keysTo,
		Program: version, Now: time.Now, Note: filepath.Join(at.dir, noteName),
	}
}

// placeOf is where data is, and how a new folder for it is made.
func placeOf(at home) backup.Place {
	return backup.Place{
		Snapshot: at.snapshot,
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			return sqlite.NewCopy(ctx, dir, version)
		},
	}
}

// snapshot gives the data as it is now.
func (h home) snapshot(ctx context.Context) (backup.Snapshot, error) {
	if h.server != "" {
		return postgres.OpenSnapshot(ctx, h.server)
	}
	s, err := sqlite.OpenSnapshot(ctx, h.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNothing
	}
	if err != nil {
		return nil, explained(h.dir, err)
	}
	return s, nil
}

// keyOf reads the master key of data that is there already.
func keyOf(at home, file string) (*journal.Master, error) {
	if file == "" {
		if !at.exists() {
			return nil, errNothing
		}
		file = filepath.Join(at.dir, "master.key")
	}
	master, err := journal.OpenMaster(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoKey
	}
	return master, err
}

// restore puts a backup back, in a new folder.
type restore struct {
	From string `required:"" type:"existingfile" placeholder:"FILE" help:"The backup: the file with the data."`
	Keys string `required:"" type:"path" placeholder:"PATH" help:"The newest file of keys, or the folder that has it."`
	Into string `required:"" type:"path" placeholder:"DIR" help:"A folder that is new or empty."`
	Key  string `required:"" type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key."`
}

// Run restores and says what came back.
func (c restore) Run(ctx context.Context, to console) error {
	master, err := keyOf(home{}, c.Key)
	if err != nil {
		return err
	}
	r := backup.Restoration{From: c.From, Keys: c.Keys, Into: c.Into, Master: master, Place: placeOf(home{})}
	done, err := r.Restore(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "restored and verified: %d alliances, %d entries, %d people\n", done.Alliances, done.Entries, done.Tables["person"])
	told(to, done)
	fmt.Fprintf(to.out, "Sessions and links were not brought back: everybody comes in anew, and open links are made again.\n")
	fmt.Fprintf(to.out, "start it with: samenspel serve --data %s --key %s --admin-link\n", c.Into, c.Key)
	return nil
}

// told says of which moments a backup is.
func told(to console, done backup.Restored) {
	fmt.Fprintf(to.out, "up to %s; what was done after that is not in it\n", done.Moment.Format(time.RFC3339))
	fmt.Fprintf(to.out, "with the keys of %s; what was erased before that is unreadable\n", done.Keys.Format(time.RFC3339))
}

// backups makes backups while the program serves.
type backups struct {
	To     string        `type:"path" placeholder:"DIR" env:"SAMENSPEL_BACKUP_TO" help:"Folder for backups of the data. Without it none are made."`
	KeysTo string        `type:"path" placeholder:"DIR" env:"SAMENSPEL_BACKUP_KEYS_TO" help:"Folder for the keys: another one, on another disk."`
	Every  time.Duration `default:"24h" placeholder:"TIME" help:"How often; 24h."`
	Keep   int           `placeholder:"N" help:"How many backups of the data to keep. All, unless said."`
}

// errBackups says that the flags for backups do not fit together.
var errBackups = errors.New("--backup-to and --backup-keys-to go together, and --backup-every is at least 1m")

func (b backups) check() error {
	if (b.To == "") != (b.KeysTo == "") || b.Every < time.Minute {
		return errBackups
	}
	return nil
}

// begin begins to make backups. The function that it gives ends that, and
// waits until it has ended.
func (b backups) begin(ctx context.Context, at home, s *stored, log *slog.Logger) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() {
		if b.behind(ctx, s, log) {
			b.Keep = 0
		}
		b.run(ctx, at, s.master, func(err error) {
			log.Error("a backup did not come about; it is tried again", "error", plainly(err))
		})
	})
	return func() { stop(); all.Wait() }
}

// behind says in the log when the data stands before the last backup: an earlier
// copy was put back. That may be meant; but then what the backups hold of later
// is not removed.
func (b backups) behind(ctx context.Context, s *stored, log *slog.Logger) bool {
	_, r, err := lastRecord(filepath.Join(s.dir, noteName), b.To, s.master)
	if err != nil {
		return false // there is none, or it is of another key: the doctor says which
	}
	n, err := behind(ctx, s.log, s.master, r)
	if err != nil || n == 0 {
		return false
	}
	log.Warn("the data stands before its last backup; no backups are removed. "+putBack, "backup", r.Moment, "places", n)
	return true
}

// soon is when one that failed is tried again.
const soon = time.Hour

// run makes a backup whenever the last one is old enough, until the context
// ends. Failed hears of each that did not come about.
func (b backups) run(ctx context.Context, at home, master *journal.Master, failed func(error)) {
	if b.To == "" {
		return
	}
	p := plan(at, b.To, b.KeysTo, master)
	p.Keep = b.Keep
	for {
		if !waited(ctx, b.wait(p)) {
			return
		}
		if _, err := p.Make(ctx); err != nil {
			if ctx.Err() == nil {
				failed(err)
			}
			if !waited(ctx, min(soon, b.Every)) {
				return
			}
		}
	}
}

// wait is how long it is until the next one. A last one that is still to come
// says that the clock was put back: then it is now.
func (b backups) wait(p backup.Plan) time.Duration {
	n, err := backup.ReadNote(p.Note)
	if err != nil {
		return 0
	}
	wait := n.Moment.Add(b.Every).Sub(p.Now())
	if wait > b.Every {
		return 0
	}
	return max(0, wait)
}

// waited reports whether a time has passed before the context ended.
func waited(ctx context.Context, long time.Duration) bool {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
