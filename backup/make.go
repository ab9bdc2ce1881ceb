package backup

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"samenspel/journal"
)

// Plan says what a backup is made of and where it goes.
type Plan struct {
	Place   Place
	Master  *journal.Master
	Data    string // folder for the data and the record
	Keys    string // folder for the keys
	Scratch string // folder in which it is restored to see that it is whole; "" is that of the system
	Keep    int    // how many backups of the data are kept; 0 is all
	Program string // version of the program
	Now     func() time.Time
	Note    string // file that says which backup was the last, next to the data; "" for none
}

// Make makes a backup while others write, restores it in a scratch folder,
// verifies it there, and only then gives it its name and its record. What is
// not whole is kept under a name that says so, and the error is ErrUnverified.
// Then it removes files of keys that are too old.
func (p Plan) Make(ctx context.Context) (Record, error) {
	r, err := p.make(ctx)
	if err != nil {
		return Record{}, fmt.Errorf("make a backup: %w", err)
	}
	if err := p.tidy(r.Moment); err != nil {
		return r, fmt.Errorf("the backup is made and verified, but what is too old could not be removed: %w", err)
	}
	return r, nil
}

func (p Plan) make(ctx context.Context) (Record, error) {
	lock, err := prepare(p.Data)
	if err != nil {
		return Record{}, err
	}
	defer lock.Unlock()
	if !sameFolder(p.Data, p.Keys) {
		lock, err := prepare(p.Keys)
		if err != nil {
			return Record{}, err
		}
		defer lock.Unlock()
	}
	m := making{Plan: p}
	if err := m.write(ctx); err != nil {
		return Record{}, errors.Join(err, m.drop())
	}
	if err := m.verify(ctx); err != nil {
		// Then nothing was found out about it.
		if ctx.Err() != nil || full(err) || errors.Is(err, journal.ErrWrongMaster) {
			return Record{}, errors.Join(err, m.drop())
		}
		return Record{}, errors.Join(fmt.Errorf("%w: %w", ErrUnverified, err), m.rename(failed))
	}
	return m.record, m.finish()
}

func sameFolder(a, b string) bool {
	one, err := os.Stat(a)
	two, again := os.Stat(b)
	return errors.Join(err, again) == nil && os.SameFile(one, two)
}

// making is a backup on its way.
type making struct {
	Plan
	record Record
	ends   map[Part]End
	heads  []journal.Head
}

// path is where a part goes, without an ending that says it is unfinished.
func (m *making) path(part Part) string {
	if part == Keys {
		return filepath.Join(m.Keys, m.record.Keys.File)
	}
	return filepath.Join(m.Data, m.record.Data.File)
}

// write writes both parts out of one moment of the store. The moment is taken
// before the store is looked at, so that nothing of before it is missing.
func (m *making) write(ctx context.Context) error {
	moment := m.Now().UTC().Round(0)
	chance := make([]byte, 3)
	rand.Read(chance)
	name := nameAt(moment, chance)
	m.record = Record{Format: formatNow, Moment: moment, Program: m.Program, Tables: map[string]int64{}}
	m.record.Data.File, m.record.Keys.File = name+dataEnding, name+keysEnding
	from, err := m.Place.Snapshot(ctx)
	if err != nil {
		return err
	}
	m.record.Schema = from.Version()
	if m.heads, err = from.Heads(ctx); err == nil {
		err = m.parts(ctx, from)
	}
	return errors.Join(err, from.Close())
}

func (m *making) parts(ctx context.Context, from Snapshot) (err error) {
	m.ends = map[Part]End{}
	for part, w := range map[Part]*Written{Data: &m.record.Data, Keys: &m.record.Keys} {
		heads := ""
		if part == Data {
			heads = digest(m.heads)
		}
		h := Header{Part: part, Schema: m.record.Schema, Program: m.Program, Moment: m.record.Moment}
		if m.ends[part], err = m.part(ctx, from, h, heads, w); err != nil {
			return err
		}
		for table, count := range m.ends[part].Tables {
			m.record.Tables[table] = count.Rows
		}
	}
	return nil
}

// part writes one file, and waits until the disk has it.
func (m *making) part(ctx context.Context, from Snapshot, h Header, heads string, w *Written) (end End, err error) {
	f, err := os.OpenFile(m.path(h.Part)+unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return end, err
	}
	sum := sha256.New()
	buffered := bufio.NewWriterSize(io.MultiWriter(f, sum), 1<<20)
	end, err = dump(ctx, from, h, heads, m.Master, buffered)
	if err == nil {
		err = buffered.Flush()
	}
	info, more := f.Stat()
	if err = errors.Join(err, more, f.Sync(), f.Close()); err != nil {
		return end, err
	}
	w.Size, w.SHA256 = info.Size(), hex.EncodeToString(sum.Sum(nil))
	return end, nil
}

// dump writes the tables of a part.
func dump(ctx context.Context, from Snapshot, h Header, heads string, master *journal.Master, to io.Writer) (End, error) {
	s, err := newSealer(to, master, h.Part)
	if err != nil {
		return End{}, err
	}
	w, err := newWriter(s, h)
	if err != nil {
		return End{}, err
	}
	if err := walk(ctx, from, h.Part, w); err != nil {
		return End{}, err
	}
	end, err := w.finish(heads)
	return end, errors.Join(err, s.finish())
}

func walk(ctx context.Context, from Snapshot, part Part, w *writer) error {
	tables, err := from.Tables(ctx, part)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := w.begin(t); err != nil {
			return err
		}
		for row, err := range from.Rows(ctx, t) {
			if err == nil {
				err = w.row(row)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// verify restores what was written and holds it against what it was written
// from.
func (m *making) verify(ctx context.Context) (err error) {
	dir, err := scratch(m.Scratch)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dir.remove()) }()
	r := restoration{
		Restoration: Restoration{
			From: m.path(Data) + unfinished, Keys: m.path(Keys) + unfinished,
			Into: dir.inside(), Master: m.Master, Place: m.Place,
		},
		keys: m.path(Keys) + unfinished,
	}
	if err := r.load(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.copy.Close()) }()
	for _, part := range []Part{Data, Keys} {
		for table, want := range m.ends[part].Tables {
			if got := r.ends[part].Tables[table]; got != want {
				return damaged("table %s came back with %d rows of %d, or with others", table, got.Rows, want.Rows)
			}
		}
	}
	summary, err := r.check(ctx)
	if err != nil {
		return err
	}
	m.record.Alliances, m.record.Entries = summary.Alliances, summary.Entries
	return nil
}

// finish gives the files their names, the record last: with it the backup
// counts.
func (m *making) finish() error {
	if err := m.record.stand(m.Master, m.heads); err != nil {
		return err
	}
	m.record.Verified = m.Now().UTC().Round(0)
	if err := m.record.sign(m.Master); err != nil {
		return err
	}
	if err := m.rename(""); err != nil {
		return err
	}
	data := m.path(Data)
	err := writeJSON(data[:len(data)-len(dataEnding)]+recordEnding, m.record)
	if err == nil && m.Note != "" {
		err = m.record.note(m.Note, m.Data, m.Keys)
	}
	return err
}

func (m *making) rename(ending string) error {
	var err error
	for _, part := range []Part{Keys, Data} {
		path := m.path(part)
		err = errors.Join(err, os.Rename(path+unfinished, path+ending), syncFolder(filepath.Dir(path)))
	}
	return err
}

// drop removes what was not finished.
func (m *making) drop() error {
	var err error
	for _, part := range []Part{Keys, Data} {
		if gone := os.Remove(m.path(part) + unfinished); gone != nil && !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
