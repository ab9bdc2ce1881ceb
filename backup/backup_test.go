package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/backup"
	"samenspel/journal"
	"samenspel/sqlite"
)

// canary is what invented people said, and what no file may hold.
const canary = "kanarievogel"

var moment = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kept is a data folder with its key, and the folders for its backups.
type kept struct {
	data, to, keys string
	db             *sqlite.DB
	master         *journal.Master
	log            *journal.Log
	now            time.Time
}

// place says how to come to the database in a folder.
func place(dir string) backup.Place {
	return backup.Place{
		Snapshot: func(ctx context.Context) (backup.Snapshot, error) { return sqlite.OpenSnapshot(ctx, dir) },
		Copy: func(ctx context.Context, dir string, version int64) (backup.Copy, error) {
			return sqlite.NewCopy(ctx, dir, version)
		},
	}
}

func begin(t testing.TB) *kept {
	t.Helper()
	k := &kept{data: t.TempDir(), to: t.TempDir(), keys: t.TempDir(), now: moment}
	var err error
	k.db, err = sqlite.Open(t.Context(), k.data)
	must(t, err)
	t.Cleanup(func() { must(t, k.db.Close()) })
	k.master, err = journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	must(t, err)
	k.log = journal.New(k.db, k.master)
	return k
}

// note is one fact behind a sequence number, by a partner who is invented.
func note(after int64, by samenspel.PartnerID, words string) []samenspel.Fact {
	return []samenspel.Fact{{
		Seq: after + 1, Command: samenspel.CommandID(fmt.Sprint("command-", after)), Person: "person", By: by, At: moment,
		Event: &samenspel.NoteWritten{Note: "note", By: by, Words: samenspel.Say(words)},
	}}
}

// say adds notes to an alliance, in turn by noor and by joost.
func (k *kept) say(t testing.TB, id samenspel.AllianceID, after int64, many int) {
	t.Helper()
	for seq := after; seq < after+int64(many); seq++ {
		by := samenspel.PartnerID([]string{"noor", "joost"}[seq%2])
		must(t, k.log.Append(t.Context(), id, seq, note(seq, by, fmt.Sprint(canary, " ", by, " ", seq))))
	}
}

func (k *kept) plan() backup.Plan {
	return backup.Plan{Place: place(k.data), Master: k.master, Data: k.to, Keys: k.keys, Program: "test",
		Now: func() time.Time { return k.now }, Note: filepath.Join(k.data, "backup.json")}
}

func (k *kept) backup(t testing.TB) backup.Record {
	t.Helper()
	r, err := k.plan().Make(t.Context())
	must(t, err)
	return r
}

// back says what is put back, by default the backup of a record with the
// newest keys.
func (k *kept) back(t testing.TB, r backup.Record) backup.Restoration {
	return backup.Restoration{From: filepath.Join(k.to, r.Data.File), Keys: k.keys,
		Into: filepath.Join(t.TempDir(), "new"), Master: k.master, Place: place("")}
}

// restored opens what came back.
func restored(t testing.TB, r backup.Restoration) *journal.Log {
	t.Helper()
	_, err := r.Restore(t.Context())
	must(t, err)
	db, err := sqlite.Open(t.Context(), r.Into)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return journal.New(db, r.Master)
}

func words(t testing.TB, log *journal.Log, id samenspel.AllianceID) (said []string) {
	t.Helper()
	for f, err := range log.Facts(t.Context(), id, 0) {
		must(t, err)
		said = append(said, f.Event.(*samenspel.NoteWritten).Words.Text())
	}
	return said
}

func sound(t testing.TB, log *journal.Log) {
	t.Helper()
	_, err := log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
	must(t, err)
}

// names gives the names of the files in a folder that end so.
func names(t testing.TB, dir, ending string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ending) {
			found = append(found, e.Name())
		}
	}
	return found
}

func TestWhatWasBackedUpComesBack(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 40)
	k.say(t, "b", 0, 3)
	r := k.backup(t)
	k.say(t, "a", 40, 5)
	if r.Alliances != 2 || r.Entries != 43 || r.Tables["entry"] != 43 || r.Verified.IsZero() {
		t.Errorf("the record says %+v", r)
	}
	back := k.back(t, r)
	log := restored(t, back)
	if got, all := words(t, log, "a"), words(t, k.log, "a"); len(got) != 40 || !slices.Equal(got, all[:40]) {
		t.Errorf("%d notes came back: %q", len(got), got)
	}
	sound(t, log)
	must(t, log.Append(t.Context(), "b", 3, note(3, "joost", "and it goes on")))
	sound(t, log)
	if left := names(t, back.Into, ".unfinished"); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if info, err := os.Stat(back.Into); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}
	done, err := k.back(t, r).Verify(t.Context(), t.TempDir())
	if err != nil || done.Entries != 43 || !done.Moment.Equal(moment) {
		t.Errorf("verified: %+v, %v", done, err)
	}
}

func TestABackupTellsNothingInClear(t *testing.T) {
	k := begin(t)
	k.say(t, "alliance-of-noor", 0, 10)
	k.backup(t)
	read := 0
	for _, dir := range []string{k.to, k.keys} {
		for _, name := range names(t, dir, "") {
			text, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			for _, what := range []string{canary, "alliance-of-noor", "noor", "note.written", "wrapped_key"} {
				if strings.Contains(string(text), what) && !strings.HasSuffix(name, ".json") {
					t.Errorf("%s holds %q", name, what)
				}
			}
			if strings.Contains(string(text), "noor") {
				t.Errorf("%s holds a name", name)
			}
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", name, info.Mode(), err)
			}
			read++
		}
	}
	if read < 3 {
		t.Fatalf("%d files", read)
	}
}

// TestErasedSinceIsUnreadable is the reason why keys are apart: last week's
// data with today's keys has nothing left of who was erased yesterday.
func TestErasedSinceIsUnreadable(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 30)
	lastWeek := k.backup(t)
	var gone [][]byte
	for e, err := range k.db.Entries(t.Context(), "a", 0) {
		must(t, err)
		if e.Holder == "noor" {
			gone = append(gone, e.Words)
		}
	}
	if len(gone) != 15 {
		t.Fatalf("%d entries of noor", len(gone))
	}
	k.now = moment.Add(7 * 24 * time.Hour)
	must(t, k.log.Erase(t.Context(), "a", "noor"))
	k.say(t, "b", 0, 2)
	k.backup(t)

	back := k.back(t, lastWeek)
	log := restored(t, back)
	sound(t, log)
	for i, said := range words(t, log, "a") {
		if joost := i%2 == 1; joost != strings.Contains(said, canary) {
			t.Errorf("entry %d says %q", i+1, said)
		}
	}
	for _, name := range names(t, back.Into, "") {
		text, err := os.ReadFile(filepath.Join(back.Into, name))
		must(t, err)
		for _, sealed := range gone {
			if strings.Contains(string(text), string(sealed[:24])) {
				t.Errorf("%s still holds erased words, sealed", name)
			}
		}
	}
}

func TestOlderKeysAreRefused(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	first := k.backup(t)
	k.now = moment.Add(time.Hour)
	second := k.backup(t)
	back := k.back(t, second)
	back.Keys = filepath.Join(k.keys, first.Keys.File)
	if _, err := back.Restore(t.Context()); !errors.Is(err, backup.ErrNotNewest) {
		t.Errorf("with a newer one beside it: %v, want ErrNotNewest", err)
	}
	alone := filepath.Join(t.TempDir(), first.Keys.File)
	text, err := os.ReadFile(back.Keys)
	must(t, err)
	must(t, os.WriteFile(alone, text, 0o600))
	back.Keys = alone
	if _, err := back.Restore(t.Context()); !errors.Is(err, backup.ErrOlderKeys) {
		t.Errorf("alone: %v, want ErrOlderKeys", err)
	}
	back = k.back(t, first) // and the other way round it is how it should be
	if done, err := back.Restore(t.Context()); err != nil || done.KeyFile != filepath.Join(k.keys, second.Keys.File) {
		t.Errorf("the first data with the second keys: %+v, %v", done, err)
	}
}

func TestWhatCannotBeRestored(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	r := k.backup(t)
	full := t.TempDir()
	must(t, os.WriteFile(filepath.Join(full, "letter.txt"), []byte("dear Noor"), 0o600))
	other, err := journal.MakeMaster(filepath.Join(t.TempDir(), "other.key"))
	must(t, err)
	data, err := os.ReadFile(filepath.Join(k.to, r.Data.File))
	must(t, err)
	newer := filepath.Join(t.TempDir(), "newer")
	data[len("samenspel backup")]++
	must(t, os.WriteFile(newer, data, 0o600))
	for name, tt := range map[string]struct {
		change func(*backup.Restoration)
		want   error
	}{
		"another master":   {func(b *backup.Restoration) { b.Master = other }, backup.ErrSealed},
		"a folder in use":  {func(b *backup.Restoration) { b.Into = full }, backup.ErrNotEmpty},
		"a newer format":   {func(b *backup.Restoration) { b.From = newer }, backup.ErrNewer},
		"keys for data":    {func(b *backup.Restoration) { b.From = filepath.Join(k.keys, r.Keys.File) }, backup.ErrForeign},
		"data for keys":    {func(b *backup.Restoration) { b.Keys = b.From }, backup.ErrForeign},
		"a letter":         {func(b *backup.Restoration) { b.From = filepath.Join(full, "letter.txt") }, backup.ErrForeign},
		"no keys in there": {func(b *backup.Restoration) { b.Keys = full }, backup.ErrNoKeys},
		"no file":          {func(b *backup.Restoration) { b.From = filepath.Join(full, "gone") }, os.ErrNotExist},
		"the data folder":  {func(b *backup.Restoration) { b.Into = k.data }, backup.ErrNotEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			back := k.back(t, r)
			tt.change(&back)
			if _, err := back.Restore(t.Context()); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if left, err := os.ReadDir(back.Into); back.Into != full && back.Into != k.data && len(left) > 0 {
				t.Errorf("left in the folder: %v, %v", left, err)
			}
		})
	}
	if left := names(t, full, ""); !slices.Equal(left, []string{"letter.txt"}) {
		t.Errorf("the folder that was not empty holds %q", left)
	}
	sound(t, k.log)
}

func TestABackupOfDamagedDataDoesNotCount(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	p := k.plan()
	whole := p.Place.Snapshot
	p.Place.Snapshot = func(ctx context.Context) (backup.Snapshot, error) {
		s, err := whole(ctx)
		return rotten{s}, err
	}
	if _, err := p.Make(t.Context()); !errors.Is(err, backup.ErrUnverified) {
		t.Errorf("%v, want ErrUnverified", err)
	}
	if counts := append(names(t, k.to, ".backup"), names(t, k.to, ".json")...); len(counts) > 0 {
		t.Errorf("%q count", counts)
	}
	if a, b := names(t, k.to, ".backup.failed"), names(t, k.keys, ".keys.failed"); len(a) != 1 || len(b) != 1 {
		t.Errorf("kept: %q, %q", a, b)
	}
	if _, err := backup.ReadNote(p.Note); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a note was written: %v", err)
	}
}

// rotten is a database with a changed byte in it, where the log is sealed.
type rotten struct{ backup.Snapshot }

func (r rotten) Rows(ctx context.Context, t backup.Table) rows {
	return func(yield func([]any, error) bool) {
		for row, err := range r.Snapshot.Rows(ctx, t) {
			if i := slices.Index(t.Columns, "structure"); err == nil && i >= 0 {
				row[i].([]byte)[20]++
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func TestABackupWithAnotherKeyIsNotMade(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	p := k.plan()
	var err error
	p.Master, err = journal.MakeMaster(filepath.Join(t.TempDir(), "other.key"))
	must(t, err)
	if _, err := p.Make(t.Context()); !errors.Is(err, journal.ErrWrongMaster) || errors.Is(err, backup.ErrUnverified) {
		t.Errorf("%v, want ErrWrongMaster", err)
	}
	if left := append(names(t, k.to, ""), names(t, k.keys, "")...); slices.ContainsFunc(left, func(name string) bool { return !strings.HasSuffix(name, ".lock") }) {
		t.Errorf("left: %q", left)
	}
}

// Two at once in one folder would take each other's files for left behind.
func TestOneBackupAtATime(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	p := k.plan()
	first := p.Place.Snapshot
	p.Place.Snapshot = func(ctx context.Context) (backup.Snapshot, error) {
		if _, err := k.plan().Make(ctx); !errors.Is(err, backup.ErrBusy) {
			t.Errorf("a second one meanwhile: %v, want ErrBusy", err)
		}
		return first(ctx)
	}
	_, err := p.Make(t.Context())
	must(t, err)
	k.now = moment.Add(time.Minute)
	k.backup(t)
}

func TestOldKeysGoAndDataStays(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 4)
	first := k.backup(t)
	stranger := filepath.Join(k.keys, "samenspel-20200101T000000.000Z-abcdef.keys")
	must(t, os.WriteFile(stranger, []byte("of somebody else"), 0o600))
	k.now = moment.Add(backup.KeysKept)
	second := k.backup(t)
	if got := names(t, k.keys, ".keys"); len(got) != 3 {
		t.Errorf("on the last day: %q", got)
	}
	k.now = k.now.Add(time.Second)
	third := k.backup(t)
	want := []string{filepath.Base(stranger), second.Keys.File, third.Keys.File}
	if got := names(t, k.keys, ".keys"); !slices.Equal(got, want) {
		t.Errorf("after it: %q, want %q", got, want)
	}
	sound(t, restored(t, k.back(t, first)))

	p := k.plan()
	p.Keep, k.now = 2, k.now.Add(time.Hour)
	fourth, err := p.Make(t.Context())
	must(t, err)
	if got := names(t, k.to, ".backup"); !slices.Equal(got, []string{third.Data.File, fourth.Data.File}) {
		t.Errorf("kept: %q", got)
	}
	if got := names(t, k.to, ".json"); len(got) != 2 {
		t.Errorf("records: %q", got)
	}
}

func TestARecordShowsThatTheDataWasPutBack(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 6)
	first := k.backup(t)
	k.say(t, "a", 6, 1)
	k.say(t, "b", 0, 1)
	k.now = moment.Add(time.Hour)
	second := k.backup(t)
	old := restored(t, k.back(t, first))
	for name, tt := range map[string]struct {
		log  *journal.Log
		with backup.Record
		want []journal.Damage
	}{
		"as it is, with today's":     {k.log, second, nil},
		"as it is, with yesterday's": {k.log, first, nil},
		"put back, with yesterday's": {old, first, nil},
		"put back, with today's":     {old, second, []journal.Damage{journal.HeadEarlier, journal.AllianceMissing}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := against(t, k, tt.log, tt.with, tt.want); diff != "" {
				t.Error(diff)
			}
		})
	}
	must(t, old.Append(t.Context(), "a", 6, note(6, "joost", "another history")))
	must(t, old.Append(t.Context(), "b", 0, note(0, "joost", "another history")))
	if diff := against(t, k, old, second, []journal.Damage{journal.HeadOther, journal.HeadOther}); diff != "" {
		t.Error("put back, and gone on: ", diff)
	}
}

// against holds a log against a record as it was written.
func against(t *testing.T, k *kept, log *journal.Log, with backup.Record, want []journal.Damage) string {
	t.Helper()
	path := filepath.Join(k.to, strings.TrimSuffix(with.Data.File, ".backup")+".json")
	r, err := backup.ReadRecord(path, k.master)
	must(t, err)
	heads, err := r.Stood(k.master)
	must(t, err)
	var got []journal.Damage
	must(t, log.Follows(t.Context(), heads, func(f journal.Finding) { got = append(got, f.Damage) }))
	if !slices.Equal(got, want) {
		return fmt.Sprintf("found %v, want %v", got, want)
	}
	return ""
}

func TestAChangedRecordIsFound(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 6)
	r := k.backup(t)
	path := filepath.Join(k.to, strings.TrimSuffix(r.Data.File, ".backup")+".json")
	text, err := os.ReadFile(path)
	must(t, err)
	for old, now := range map[string]string{`"entries": 6`: `"entries": 5`, `"schema": `: `"schema": 1`, `"program": "test"`: `"program": "best"`, r.Heads: strings.Repeat("0", 64)} {
		changed := strings.Replace(string(text), old, now, 1)
		if changed == string(text) {
			t.Fatalf("%s is not in the record", old)
		}
		must(t, os.WriteFile(path, []byte(changed), 0o600))
		if _, err := backup.ReadRecord(path, k.master); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", now, err)
		}
	}
	must(t, os.WriteFile(path, []byte("no record"), 0o600))
	if _, err := backup.ReadRecord(path, k.master); !errors.Is(err, backup.ErrForeign) {
		t.Errorf("%v, want ErrForeign", err)
	}
}
