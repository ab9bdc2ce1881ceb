package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samenspel/accesslog"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/sqlite"
)

// rot damages one place of a file at a time: a byte changed, a piece of zeros,
// a piece that comes from elsewhere in the file, or the file cut short. Then
// either somebody is told, or all that is kept is still the same, to the byte.
// Of four places one is anywhere in the database, one in what no chain, mark or
// seal covers, one in the WAL and one in a backup.
func rot(ctx context.Context, r *round) (result, error) {
	t, err := newRotten(ctx, r)
	if err != nil {
		return result{}, err
	}
	defer os.RemoveAll(t.quick) // copies
	for n := range r.rounds {
		where := []string{sqlite.FileName, plainly, sqlite.FileName + "-wal", "backup"}[n%4]
		if err := t.one(ctx, where); err != nil {
			return t.result, fmt.Errorf("place %d, %s: %w", n, where, err)
		}
		if n%1000 == 999 {
			r.tell("rot: %s places, %s", thousands(n+1), t)
		}
	}
	if err := t.repair(ctx); err != nil {
		return t.result, fmt.Errorf("repair from the backup: %w", err)
	}
	t.more = t.String()
	return t.result, nil
}

// plainly is the part of the database that is as it reads: nothing else says
// what stood there.
const plainly = sqlite.FileName + ", plain tables"

// rotten is a folder that is whole, and what was made of copies of it.
type rotten struct {
	result
	chance *rand.Rand
	liar   bool
	dir    string
	quick  string            // a folder in memory, where there is one: nothing here is about the disk
	files  map[string][]byte // of the folder: the database, its WAL, the key
	plain  []span            // of the database: what plain tables and their indexes hold
	data   []byte            // of the backup
	keys   string            // its folder
	master *journal.Master
	truth  content
	facts  int

	told, harmless int
	unseen         map[string]int // what changed, and nobody was told
}

func (t *rotten) String() string {
	s := fmt.Sprintf("%s damages: %s told, %s harmless", thousands(t.told+t.harmless+t.silent()), thousands(t.told), thousands(t.harmless))
	for _, what := range slices.Sorted(maps.Keys(t.unseen)) {
		s += fmt.Sprintf(", %s UNSEEN in %s", thousands(t.unseen[what]), what)
	}
	return s
}

func (t *rotten) silent() (n int) {
	for _, times := range t.unseen {
		n += times
	}
	return n
}

// newRotten makes a folder with a history, a WAL that holds the last of it, as
// after a kill, and a backup.
func newRotten(ctx context.Context, r *round) (*rotten, error) {
	t := &rotten{chance: rand.New(rand.NewPCG(r.seed, 4)), liar: r.liar, dir: r.dir, files: map[string][]byte{}, unseen: map[string]int{}}
	var err error
	if t.quick, err = os.MkdirTemp("/dev/shm", "samenspel-fault-"); err != nil {
		t.quick = filepath.Join(r.dir, "quick")
		if err := os.Mkdir(t.quick, 0o700); err != nil {
			return nil, err
		}
	}
	dir := filepath.Join(r.dir, "whole")
	p, err := openDemo(ctx, dir)
	if err == nil {
		err = p.close()
	}
	if err == nil {
		err = fillPlain(ctx, filepath.Join(dir, sqlite.FileName))
	}
	if err == nil {
		p, err = openPlace(ctx, dir, time.Now())
	}
	if err != nil {
		return nil, err
	}
	w := newWitness()
	if err := lastWords(ctx, p, w); err != nil {
		return nil, errors.Join(err, p.close())
	}
	made, err := plan(dir, r.dir, p.master).Make(ctx)
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal", sqlite.FileName + "-mark", "master.key"} {
		var more error
		t.files[name], more = os.ReadFile(filepath.Join(dir, name)) // as they stand under a program that is killed
		err = errors.Join(err, more)
	}
	t.master = p.master
	if err = errors.Join(err, p.close()); err != nil {
		return nil, err
	}
	if t.plain, err = plainSpans(ctx, filepath.Join(dir, sqlite.FileName)); err != nil {
		return nil, err
	}
	t.keys = filepath.Join(r.dir, "keys")
	if t.data, err = os.ReadFile(filepath.Join(r.dir, "data", made.Data.File)); err != nil {
		return nil, err
	}
	if t.truth, _, err = t.opened(ctx, t.files); err == nil {
		t.facts = t.truth.rows["entry"]
		t.of = t.facts
	}
	return t, err
}

// one damages one place and looks.
func (t *rotten) one(ctx context.Context, where string) error {
	if where == "backup" {
		return t.inBackup(ctx)
	}
	files := maps.Clone(t.files)
	at := span{0, len(files[where])}
	if where == plainly {
		where, at = sqlite.FileName, t.plain[t.chance.IntN(len(t.plain))]
	}
	harm := t.harm(files[where], at)
	files[where] = harm.done
	is, told, err := t.opened(ctx, files)
	if err != nil {
		return err
	}
	if t.liar {
		told = false
	}
	t.judge(strings.TrimPrefix(where, sqlite.FileName), harm, told, is)
	return nil
}

func (t *rotten) judge(where string, h harm, told bool, is content) {
	if told {
		t.told++
		return
	}
	changed := t.truth.differs(is)
	if len(changed) == 0 {
		t.harmless++
		return
	}
	for _, table := range changed {
		if table == "entry" || table == "head" {
			t.lost += max(1, t.truth.rows["entry"]-is.rows["entry"])
		}
	}
	t.broken++
	t.unseen[fmt.Sprintf("database%s (%s): %s", where, h.kind, strings.Join(changed, " "))]++
}

// harm is a text with damage in it.
type harm struct {
	kind string
	done []byte
}

// harm damages a text at some place in a span of it.
func (t *rotten) harm(text []byte, in span) harm {
	done := bytes.Clone(text)
	at := in.from + t.chance.IntN(in.to-in.from)
	length := min([]int{1, 16, 512, 4096}[t.chance.IntN(4)], len(done)-at)
	switch t.chance.IntN(8) {
	case 0:
		return harm{"cut short", done[:at]}
	case 1:
		clear(done[at : at+length])
		return harm{"zeros", done}
	case 2:
		at, from := at&^511, t.chance.IntN(len(done))&^511
		copy(done[at:min(at+512, len(done))], text[from:])
		return harm{"torn", done}
	}
	done[at] ^= 1 << t.chance.IntN(8)
	return harm{"a bit", done}
}

// opened opens files as the program does and verifies all of it. It gives what
// is kept there, or that somebody was told.
func (t *rotten) opened(ctx context.Context, files map[string][]byte) (is content, told bool, err error) {
	dir := filepath.Join(t.quick, "damaged")
	if err := os.RemoveAll(dir); err != nil {
		return is, false, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return is, false, err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return is, false, err
		}
	}
	p, err := openPlace(ctx, dir, time.Now())
	if err != nil {
		return is, true, nil
	}
	defer p.close() // of a copy
	found := 0
	if _, err := p.log.Verify(ctx, func(journal.Finding) { found++ }); err != nil {
		return is, true, nil
	}
	if _, err := p.access.Verify(ctx, func(accesslog.Finding) { found++ }); err != nil {
		return is, true, nil
	}
	if found > 0 && !t.liar {
		return is, true, nil
	}
	is, err = contentOf(ctx, dir)
	return is, err != nil, nil
}

// inBackup damages the data of the backup, which has to be refused as a whole.
func (t *rotten) inBackup(ctx context.Context) error {
	h := t.harm(t.data, span{0, len(t.data)})
	if bytes.Equal(h.done, t.data) {
		t.harmless++
		return nil
	}
	path := filepath.Join(t.dir, "damaged.backup")
	if err := os.WriteFile(path, h.done, 0o600); err != nil {
		return err
	}
	r := backup.Restoration{From: path, Keys: t.keys, Master: t.master, Place: placeOf("")}
	if _, err := r.Verify(ctx, filepath.Join(t.quick, "scratch")); err == nil {
		t.broken++
		t.unseen[fmt.Sprintf("backup (%s)", h.kind)]++
		return nil
	}
	t.told++
	return nil
}

// repair restores the backup that is whole into a new folder, which has to hold
// the same.
func (t *rotten) repair(ctx context.Context) error {
	path, into := filepath.Join(t.dir, "damaged.backup"), filepath.Join(t.dir, "repaired")
	if err := os.WriteFile(path, t.data, 0o600); err != nil {
		return err
	}
	r := backup.Restoration{From: path, Keys: t.keys, Into: into, Master: t.master, Place: placeOf("")}
	if _, err := r.Restore(ctx); err != nil {
		return err
	}
	is, err := contentOf(ctx, into)
	if err != nil {
		return err
	}
	for _, table := range []string{"entry", "head", "wrapped_key", "member", "register", "account"} {
		if t.truth.sums[table] != is.sums[table] {
			return fmt.Errorf("table %s is not what it was", table)
		}
	}
	return nil
}

// content is what the tables of a database hold.
type content struct {
	sums map[string]string
	rows map[string]int
}

func contentOf(ctx context.Context, dir string) (content, error) {
	c := content{map[string]string{}, map[string]int{}}
	s, err := sqlite.OpenSnapshot(ctx, dir)
	if err != nil {
		return c, err
	}
	defer s.Close() // it was only read
	for _, part := range []backup.Part{backup.Data, backup.Keys, backup.Door} {
		tables, err := s.Tables(ctx, part)
		if err != nil {
			return c, err
		}
		for _, table := range tables {
			sum := sha256.New()
			for row, err := range s.Rows(ctx, table) {
				if err != nil {
					return c, err
				}
				addRow(sum, row)
				c.rows[table.Name]++
			}
			c.sums[table.Name] = hex.EncodeToString(sum.Sum(nil))
		}
	}
	return c, nil
}

func addRow(sum hash.Hash, row []any) {
	for _, value := range row {
		fmt.Fprintf(sum, "%T %d %v\n", value, len(fmt.Sprint(value)), value)
	}
}

// differs gives the tables that are not the same. Opening adds to the access
// log, and that is checked by itself.
func (c content) differs(other content) (changed []string) {
	for table, sum := range c.sums {
		if !strings.HasPrefix(table, "access_") && other.sums[table] != sum {
			changed = append(changed, table)
		}
	}
	slices.Sort(changed)
	return changed
}
