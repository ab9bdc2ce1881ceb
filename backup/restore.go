package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"syscall"
	"time"

	"samenspel"
	"samenspel/journal"
)

// Restoration says what is put back and where.
type Restoration struct {
	From   string // file with the data
	Keys   string // file with the keys, or a folder: then its newest
	Into   string // folder that is new or empty
	Master *journal.Master
	Place  Place
}

// Restored says what came back.
type Restored struct {
	Moment  time.Time // of the data: what was kept after it is not there
	Keys    time.Time // of the keys: what was erased before it is unreadable
	KeyFile string
	Program string
	Tables  map[string]int64
	journal.Summary
}

// Restore puts a backup into a new folder, whole or not at all, and verifies
// it there. When it is cut off it leaves a folder that no program opens.
func (r Restoration) Restore(ctx context.Context) (Restored, error) {
	keys, err := newestKeys(r.Keys)
	if err != nil {
		return Restored{}, fmt.Errorf("restore a backup: %w", err)
	}
	doing := restoration{Restoration: r, keys: keys}
	done, err := doing.whole(ctx, true)
	if err != nil {
		return Restored{}, fmt.Errorf("restore a backup: %w", err)
	}
	return done, nil
}

// Verify restores a backup in a scratch folder, verifies it there and removes
// it. Of the restoration it uses no folder to restore into.
func (r Restoration) Verify(ctx context.Context, scratchIn string) (done Restored, err error) {
	keys, err := newestKeys(r.Keys)
	if err != nil {
		return Restored{}, fmt.Errorf("verify a backup: %w", err)
	}
	dir, err := scratch(scratchIn)
	if err != nil {
		return Restored{}, fmt.Errorf("verify a backup: %w", err)
	}
	defer func() { err = errors.Join(err, dir.remove()) }()
	r.Into = dir.inside()
	doing := restoration{Restoration: r, keys: keys}
	if done, err = doing.whole(ctx, false); err != nil {
		return Restored{}, fmt.Errorf("verify a backup: %w", err)
	}
	return done, nil
}

// restoration is one on its way.
type restoration struct {
	Restoration
	keys    string // the file
	copy    Copy
	headers map[Part]Header
	ends    map[Part]End
}

func (r *restoration) whole(ctx context.Context, keep bool) (done Restored, err error) {
	if err := r.load(ctx); err != nil {
		return Restored{}, err
	}
	defer func() { err = errors.Join(err, r.copy.Close()) }()
	done = Restored{
		Moment: r.headers[Data].Moment, Keys: r.headers[Keys].Moment, KeyFile: r.keys,
		Program: r.headers[Data].Program, Tables: map[string]int64{},
	}
	for _, end := range r.ends {
		for table, count := range end.Tables {
			done.Tables[table] = count.Rows
		}
	}
	if done.Summary, err = r.check(ctx); err != nil || !keep {
		return done, err
	}
	return done, r.copy.Keep()
}

// part is an open file of a backup.
type part struct {
	io.Closer
	*reader
}

func openPart(path string, master *journal.Master, of Part) (part, error) {
	f, err := os.Open(path)
	if err != nil {
		return part{}, err
	}
	o, err := newOpener(f, master, of)
	if err != nil {
		return part{}, errors.Join(fmt.Errorf("%w: %s", err, path), f.Close())
	}
	r, err := newReader(o, of)
	if err != nil {
		return part{}, errors.Join(fmt.Errorf("%w: %s", err, path), f.Close())
	}
	return part{f, r}, nil
}

// load fills a copy with both files.
func (r *restoration) load(ctx context.Context) (err error) {
	data, err := openPart(r.From, r.Master, Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, data.Close()) }()
	keys, err := openPart(r.keys, r.Master, Keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keys.Close()) }()
	if keys.header.Moment.Before(data.header.Moment) || keys.header.Schema < data.header.Schema {
		return ErrOlderKeys
	}
	r.headers = map[Part]Header{Data: data.header, Keys: keys.header}
	r.ends = map[Part]End{}
	if r.copy, err = r.Place.Copy(ctx, r.Into, data.header.Schema); err != nil {
		return err
	}
	if err = r.fill(ctx, data.reader); err == nil {
		if err = r.copy.Raise(ctx, keys.header.Schema); err == nil {
			err = r.fill(ctx, keys.reader)
		}
	}
	if err != nil {
		return errors.Join(err, r.copy.Close())
	}
	return nil
}

// fill fills the tables of a part, and reads them back: they have to be what
// the file says, to the byte.
func (r *restoration) fill(ctx context.Context, from *reader) error {
	part := from.header.Part
	known, err := r.copy.Tables(ctx, part)
	if err != nil {
		return err
	}
	err = from.tables(func(t Table, add func(row func([]any) error) error) error {
		if !slices.ContainsFunc(known, func(k Table) bool { return k.Name == t.Name }) {
			return damaged("table %s is not of this part", t.Name)
		}
		return r.copy.Fill(ctx, t, add)
	})
	if err != nil {
		return err
	}
	again, err := newWriter(io.Discard, from.header)
	if err == nil {
		err = walk(ctx, r.copy, part, again)
	}
	if err != nil {
		return err
	}
	back, err := again.finish(from.end.Heads)
	if err != nil {
		return err
	}
	for table, want := range from.end.Tables {
		if got := back.Tables[table]; got != want {
			return damaged("table %s was written with %d rows of %d, or with others", table, got.Rows, want.Rows)
		}
	}
	r.ends[part] = back
	return nil
}

// check verifies the log in a filled copy.
func (r *restoration) check(ctx context.Context) (journal.Summary, error) {
	heads, err := r.copy.Heads(ctx)
	if err != nil {
		return journal.Summary{}, err
	}
	if digest(heads) != r.ends[Data].Heads {
		return journal.Summary{}, damaged("the alliances do not stand where they stood")
	}
	store, err := r.copy.Settle(ctx)
	if err != nil {
		return journal.Summary{}, err
	}
	log := journal.New(store, r.Master)
	if err := log.CheckMaster(ctx); err != nil {
		return journal.Summary{}, err
	}
	var first error
	sum, err := log.Verify(ctx, func(f journal.Finding) {
		if first == nil {
			first = f
		}
	})
	if err == nil && first != nil {
		err = fmt.Errorf("%d findings, the first: %w", sum.Findings, first)
	}
	if err == nil {
		err = tryRandom(ctx, log, heads)
	}
	return sum, err
}

// tried is how many entries are opened by the way that the program takes.
const tried = 100

// tryRandom opens entries at random, as the program does it that will run on
// this data.
func tryRandom(ctx context.Context, log *journal.Log, heads []journal.Head) error {
	if len(heads) == 0 {
		return nil
	}
	for range tried {
		h := heads[rand.IntN(len(heads))]
		seq := 1 + rand.Int64N(h.Seq)
		found := samenspel.Fact{}
		for f, err := range log.Facts(ctx, h.Alliance, seq-1) {
			if err != nil {
				return err
			}
			found = f
			break
		}
		if found.Seq != seq || found.Event == nil {
			return damaged("an entry that should be there cannot be opened")
		}
	}
	return nil
}

// full reports whether the disk had no room.
func full(err error) bool {
	return errors.Is(err, journal.ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
