package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/meter"
)

// errNoKey says that there is data and no key to read it with. A new key
// would not help, and would hide that the old one is lost.
var errNoKey = errors.New("there is data but no master key. Put the key back from your own copy; nobody can read the data without it")

// stored is open data.
type stored struct {
	db     database
	master *journal.Master
	log    *journal.Log
	access *accesslog.Log
	dir    string
	meter  *meter.Meter

	changing bool    // values may still be under the key before
	files    keyPair // the key files that were opened
}

// open opens data and its key. A new place gets a new key.
func open(ctx context.Context, at home, keyFile string) (*stored, error) {
	return openWith(ctx, at, keyFile, "")
}

// openWith opens data of which the master key may be in the middle of a change:
// old is the file of the key before, or "".
func openWith(ctx context.Context, at home, keyFile, old string) (*stored, error) {
	db, err := at.open(ctx)
	if err != nil {
		return nil, explained(at.dir, err)
	}
	done, err := turn(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	defer done()
	s := &stored{db: db, dir: at.dir, meter: meter.New()}
	if s.master, s.files, err = keys(ctx, db, keyPair{key: keyIn(at.dir, keyFile), before: old}); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if s.files.before != "" {
		err = s.only(ctx)
	}
	if err == nil {
		err = s.settle(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := s.access.Start(ctx, time.Now()); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// turn waits until no other program begins on the same data. What a first start
// makes is made once.
func turn(ctx context.Context, db database) (done func(), err error) {
	if shared, several := db.(interface {
		Turn(context.Context) (func(), error)
	}); several {
		return shared.Turn(ctx)
	}
	return func() {}, nil
}

// only says no to a change of the master key that is to begin while other
// programs use the data: they would go on sealing under the key before.
func (s *stored) only(ctx context.Context) error {
	record, err := s.db.MasterRecord(ctx)
	if err != nil || record.Before != (journal.Fingerprint{}) { // it has begun: who comes now has both keys
		return err
	}
	if shared, several := s.db.(interface{ Only(context.Context) error }); several {
		return shared.Only(ctx)
	}
	return nil
}

// explained adds what the system says of the folder to an error of the database,
// which only says that it cannot be opened.
func explained(dir string, err error) error {
	if _, no := os.Stat(dir); no != nil {
		return err
	}
	if no := writes(dir); no != nil {
		return fmt.Errorf("%w: %w", err, no)
	}
	return err
}

// settle brings the key and the data together.
func (s *stored) settle(ctx context.Context) (err error) {
	if s.changing, err = s.master.Settle(ctx, s.db, newID); err != nil {
		return err
	}
	kept := watched{s.db, s.meter}
	s.log, s.access = journal.New(kept, s.master), accesslog.New(kept, s.master)
	return s.log.CheckMaster(ctx)
}

// keyIn is the file of the master key of a data folder.
func keyIn(dir, keyFile string) string {
	if keyFile == "" {
		return filepath.Join(dir, "master.key")
	}
	return keyFile
}

// keys opens the master key, and the one before it when there is one.
func keys(ctx context.Context, db database, files keyPair) (*journal.Master, keyPair, error) {
	record, err := db.MasterRecord(ctx)
	if err != nil {
		return nil, files, err
	}
	if files.before == "" {
		files = files.cutOff(record)
	}
	master, err := journal.OpenMaster(files.key)
	if errors.Is(err, fs.ErrNotExist) && files.before == "" {
		master, err = firstKey(ctx, db, record, files.key)
	}
	if err != nil || files.before == "" {
		return master, files, err
	}
	before, err := journal.OpenMaster(files.before)
	if err == nil {
		master.Replaces(before)
	}
	return master, files, err
}

// firstKey makes the key of a folder that holds nothing yet.
func firstKey(ctx context.Context, db database, record journal.MasterRecord, file string) (*journal.Master, error) {
	held, err := db.HowMany(ctx)
	if err != nil {
		return nil, err
	}
	known, err := db.Accounts().Staff(ctx)
	if err != nil {
		return nil, err
	}
	if held > 0 || len(known) > 0 || record != (journal.MasterRecord{}) {
		return nil, errNoKey
	}
	return journal.MakeMaster(file)
}

// change brings everything under the new key when a change is going on, says
// to its reader how far it is, and gives the new key its name in the end.
func (s *stored) change(ctx context.Context, say io.Writer) error {
	if s.changing {
		if err := s.renew(ctx, say); err != nil {
			return err
		}
	}
	if s.files.before == "" {
		return nil
	}
	if err := s.files.swap(); err != nil {
		return fmt.Errorf("everything is under the new master key; its file has still to get its name: %w", err)
	}
	fmt.Fprintf(say, "old master key: it may be destroyed, in %s; only copies of the data from before still need it\n", s.files.old())
	s.files.before = ""
	return nil
}

// changeBeside changes the key while the program serves. What fails, such as a
// full disk, is tried again after a while; what is done by then stays done.
func (s *stored) changeBeside(ctx context.Context, to console) {
	for {
		err := s.change(ctx, to.out)
		if err == nil || ctx.Err() != nil {
			return
		}
		fmt.Fprintln(to.err, "samenspel: the change of the master key waits a minute:", plainly(err))
		again := time.NewTimer(time.Minute)
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			return
		}
	}
}

func (s *stored) renew(ctx context.Context, say io.Writer) error {
	told := int64(-1)
	done, err := s.master.Renew(ctx, s.db, func(done, all int64) {
		if tenth := 10 * done / max(all, 1); tenth > told {
			told = tenth
			fmt.Fprintf(say, "master key: %d of %d under the new key\n", done, all)
		}
	})
	if err != nil {
		return err
	}
	s.changing = false
	fmt.Fprintf(say, "master key: changed; all %d under %s\n", done.Values, s.master.Fingerprint())
	if done.Damaged > 0 {
		fmt.Fprintf(say, "master key: %d open with neither key and were left as they are; run samenspel verify\n", done.Damaged)
	}
	return nil
}

func (s *stored) close() error { return s.db.Close() }
