package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"samenspel/journal"
)

// keyCommand is all that is done with the master key itself.
type keyCommand struct {
	Make    keyMake    `cmd:"" help:"Make a new master key in a new file."`
	Rotate  keyRotate  `cmd:"" help:"Change the master key of a data folder, with the program stopped."`
	Check   keyCheck   `cmd:"" help:"Look whether the master key is kept well and belongs to the data."`
	Person  keyPerson  `cmd:"" help:"Make the keys of a person of trust, who can give the master key back."`
	Entrust keyEntrust `cmd:"" help:"Seal the master key for a person of trust."`
	Recover keyRecover `cmd:"" help:"Get the master key back with the key of the person of trust."`
}

// keyMake makes a key for serve --key NEW --old-key OLD.
type keyMake struct {
	Out string `required:"" type:"path" placeholder:"FILE" help:"The new file."`
}

// Run makes the file.
func (c keyMake) Run(to console) error {
	m, err := journal.MakeMaster(c.Out)
	if err != nil {
		return taken(c.Out, err)
	}
	fmt.Fprintf(to.out, "a new master key, %s, is in %s\n", m.Fingerprint(), c.Out)
	return nil
}

// taken says that a file is there already: a key is never overwritten.
func taken(file string, err error) error {
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already, and was left as it is: choose another name", file)
	}
	return err
}

// keyRotate changes the key, keeping the name of its file.
type keyRotate struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"The data folder."`
	elsewhere
	Key string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
}

// Run changes the key, or goes on with a change that was cut off.
func (c keyRotate) Run(ctx context.Context, to console) error {
	if !c.in(c.Data).exists() {
		return errNothing
	}
	s, err := open(ctx, c.in(c.Data), c.Key)
	if err != nil {
		return err
	}
	if s.files.before == "" {
		err = s.renewKey(ctx)
	} else {
		fmt.Fprintln(to.out, "master key: going on with the change that was cut off")
	}
	if err == nil {
		err = s.change(ctx, to.out)
	}
	return errors.Join(err, s.close())
}

// renewKey begins a change to a key that is made beside the one in use.
func (s *stored) renewKey(ctx context.Context) error {
	if err := s.only(ctx); err != nil {
		return err
	}
	next, err := newBeside(s.files.key)
	if err != nil {
		return err
	}
	next.Replaces(s.master)
	s.master, s.files = next, keyPair{key: s.files.key + newKey, before: s.files.key, name: s.files.key}
	return s.settle(ctx)
}

// keyPerson makes the two halves of the keys of a person of trust.
type keyPerson struct {
	Out string `required:"" type:"path" placeholder:"FILE" help:"The new file with the private key; the public one comes beside it, with .pub behind its name."`
}

// Run makes both files.
func (c keyPerson) Run(to console) error {
	person, err := journal.MakePerson()
	if err != nil {
		return err
	}
	paper, err := person.Paper()
	if err != nil {
		return err
	}
	text := fmt.Sprintf(personPaper, person.Trust().Fingerprint(), paper)
	if err := journal.WriteSecret(c.Out, []byte(text)); err != nil {
		return taken(c.Out, err)
	}
	if err := journal.WriteSecret(c.Out+".pub", person.Trust().File()); err != nil {
		return taken(c.Out+".pub", err)
	}
	fmt.Fprintf(to.out, "the keys of a person of trust, %s:\n%s is theirs alone: print it, keep the paper, and delete the file\n%s.pub is for key entrust\n",
		person.Trust().Fingerprint(), c.Out, c.Out)
	return nil
}

// personPaper is what stands on the paper of a person of trust.
const personPaper = `Samenspel: key of a person of trust, %s

Keep this paper where nobody else comes, and not with the entrusted file.
To use it: type the four rows into a file, one below the other, with the
number and the colon before each. Capitals and spaces do not matter.

%s`

// keyEntrust seals the master key for a person of trust.
type keyEntrust struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"The data folder that the key belongs to."`
	elsewhere
	Key string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	To  string `required:"" type:"existingfile" placeholder:"PUBLIC" help:"The public key of the person of trust."`
	Out string `required:"" type:"path" placeholder:"FILE" help:"The new file for them to keep."`
}

// Run makes the file and writes down in the database that it was made.
func (c keyEntrust) Run(ctx context.Context, to console) error {
	if !c.in(c.Data).exists() {
		return errNothing
	}
	public, err := readSmall(c.To)
	if err != nil {
		return err
	}
	trust, err := journal.ParseTrust(public)
	if err != nil {
		return err
	}
	s, err := open(ctx, c.in(c.Data), c.Key)
	if err != nil {
		return err
	}
	e, err := s.entrust(ctx, trust, c.Out)
	if err = errors.Join(err, s.close()); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "the master key %s is sealed for %s in %s\n", e.Key, e.For, c.Out)
	return nil
}

func (s *stored) entrust(ctx context.Context, to *journal.Trust, out string) (journal.Entrusted, error) {
	was, err := s.db.MasterRecord(ctx)
	if err != nil {
		return journal.Entrusted{}, err
	}
	e, err := s.master.Entrust(to, was.Installation, time.Now())
	if err != nil {
		return journal.Entrusted{}, err
	}
	if err := journal.WriteSecret(out, e.File()); err != nil {
		return journal.Entrusted{}, taken(out, err)
	}
	is := was
	is.Entrusted, is.EntrustedAt = e.Key, e.At
	return e, s.db.SetMasterRecord(ctx, was, is)
}

// readSmall reads a file that is small when it is what it should be.
func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > 64<<10 {
		return nil, fmt.Errorf("%s is far too long for a key", path)
	}
	return os.ReadFile(path)
}

// keyCheck looks at the key file, and at its place in the data.
type keyCheck struct {
	Data string `required:"" type:"existingdir" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"The data folder."`
	elsewhere
	Key string `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
}

// errKeyAdvice ends key check when there is something to do.
var errKeyAdvice = errors.New("there is something to do about the master key")

// Run says what it found. A key that cannot be used is an error of its own.
func (c keyCheck) Run(ctx context.Context, to console) error {
	if !c.in(c.Data).exists() {
		return errNothing
	}
	s, err := open(ctx, c.in(c.Data), c.Key)
	if err != nil {
		return err
	}
	record, err := s.db.MasterRecord(ctx)
	if err = errors.Join(err, s.close()); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "the master key %s belongs to this data, %s\n", s.master.Fingerprint(), record.Installation)
	advice := keyAdvice(c.Data, keyIn(c.Data, c.Key), record)
	for _, line := range advice {
		fmt.Fprintln(to.out, "to do:", line)
	}
	if len(advice) > 0 {
		return errKeyAdvice
	}
	return nil
}

// keyAdvice says what would keep the key better.
func keyAdvice(dir, key string, record journal.MasterRecord) (advice []string) {
	add := func(when bool, format string, args ...any) {
		if when {
			advice = append(advice, fmt.Sprintf(format, args...))
		}
	}
	add(record.Before != journal.Fingerprint{}, "the change of the key is not finished: start the program, or run samenspel key rotate again")
	_, err := os.Lstat(key + oldKey)
	add(err == nil, "the old key is still in %s: destroy it, when no copy of the data needs it any more", key+oldKey)
	within, err := filepath.Rel(dir, key)
	add(err == nil && !strings.HasPrefix(within, ".."), "the key lies in the data folder: whoever takes the folder has both. Put it elsewhere, and start with --key")
	folder, err := os.Stat(filepath.Dir(key))
	add(err == nil && folder.Mode().Perm()&0o022 != 0, "others can write in the folder of the key: run chmod go-w on it")
	add(record.Entrusted == journal.Fingerprint{}, "the key was not entrusted to anybody: when it is lost, all is lost. Use samenspel key person and key entrust")
	add(record.Entrusted != journal.Fingerprint{} && record.Entrusted != record.Current,
		"the key was changed since it was entrusted on %s: entrust it again", record.EntrustedAt.Format(time.DateOnly))
	return advice
}
