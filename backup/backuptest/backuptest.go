// Package backuptest holds the tests that every store passes that can be
// backed up: what is copied, at which moment, and what never is.
package backuptest

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/account"
	"samenspel/backup"
	"samenspel/journal"
)

// Opened is a store of its own, empty, and the way to copy it.
type Opened struct {
	journal.Store
	Accounts account.Store
	Place    backup.Place
}

// Run tests a store. Open also closes it when the test is over.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, s Opened)
	}{
		{"a snapshot is of one moment", oneMoment},
		{"keys are apart from the data", keysApart},
		{"what lets somebody in is in neither", nobodyComesIn},
		{"a copy has the same rows in the same order", sameRows},
		{"a settled copy is a store with the same log", sameLog},
		{"keys of what is not in the data go", keysWithoutData},
		{"words whose key was destroyed go", wordsWithoutKey},
		{"a copy goes into an empty folder only", emptyOnly},
		{"a copy of a newer schema is not made", newerSchema},
		{"nothing is left of a copy that was not kept", nothingLeft},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

var moment = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// master makes a key.
func master(t *testing.T) *journal.Master {
	t.Helper()
	m, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	must(t, err)
	return m
}

// write adds notes of invented people to an alliance.
func write(t *testing.T, log *journal.Log, id samenspel.AllianceID, after int64, by ...samenspel.PartnerID) {
	t.Helper()
	var facts []samenspel.Fact
	for i, p := range by {
		facts = append(facts, samenspel.Fact{
			Seq: after + int64(i) + 1, Command: "command", Person: "person-" + samenspel.PersonID(p), By: p, At: moment,
			Event: &samenspel.NoteWritten{Note: "note", By: p, Words: samenspel.Say("words of " + string(p))},
		})
	}
	must(t, log.Append(t.Context(), id, after, facts))
}

func snapshot(t *testing.T, s Opened) backup.Snapshot {
	t.Helper()
	snap, err := s.Place.Snapshot(t.Context())
	must(t, err)
	t.Cleanup(func() { must(t, snap.Close()) })
	return snap
}

// rows reads all tables of a part.
func rows(t *testing.T, from backup.Snapshot, part backup.Part) map[string][][]any {
	t.Helper()
	tables, err := from.Tables(t.Context(), part)
	must(t, err)
	all := map[string][][]any{}
	for _, table := range tables {
		all[table.Name] = [][]any{}
		for row, err := range from.Rows(t.Context(), table) {
			must(t, err)
			all[table.Name] = append(all[table.Name], slices.Clone(row))
		}
	}
	return all
}

func oneMoment(t *testing.T, s Opened) {
	log := journal.New(s, master(t))
	write(t, log, "a", 0, "noor")
	snap := snapshot(t, s)
	before := [2]any{rows(t, snap, backup.Data), rows(t, snap, backup.Keys)}
	write(t, log, "a", 1, "joost")
	write(t, log, "b", 0, "noor")
	must(t, s.Accounts.AddLink(t.Context(), account.Hash{1}, account.Link{ID: "l", Purpose: account.Professional, Person: "p",
		Expires: moment}, account.Unused{}))
	after := [2]any{rows(t, snap, backup.Data), rows(t, snap, backup.Keys)}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the moment moved on:\n%s", diff)
	}
	heads, err := snap.Heads(t.Context())
	if err != nil || len(heads) != 1 || heads[0].Seq != 1 || heads[0].Alliance != "a" || heads[0].Number != 1 || len(heads[0].Chain) == 0 {
		t.Errorf("heads %v, %v", heads, err)
	}
}

func keysApart(t *testing.T, s Opened) {
	m := master(t)
	write(t, journal.New(s, m), "a", 0, "noor")
	keys, err := s.Keys(t.Context(), "a")
	must(t, err)
	if len(keys) < 3 {
		t.Fatalf("%d keys", len(keys))
	}
	snap := snapshot(t, s)
	for part, want := range map[backup.Part]int{backup.Data: 0, backup.Keys: len(keys)} {
		found := 0
		for _, table := range rows(t, snap, part) {
			for _, row := range table {
				for _, value := range row {
					if b, ok := value.([]byte); ok && slices.ContainsFunc(keys, func(k journal.WrappedKey) bool { return slices.Equal(k.Sealed, b) }) {
						found++
					}
				}
			}
		}
		if found != want {
			t.Errorf("%d keys in the %s, want %d", found, part, want)
		}
	}
}

func nobodyComesIn(t *testing.T, s Opened) {
	secret, token := account.Hash{2, 2, 2}, account.Hash{3, 3, 3}
	must(t, s.Accounts.AddLink(t.Context(), secret, account.Link{ID: "link", Purpose: account.Professional, Person: "person-els",
		Expires: moment.Add(time.Hour)}, account.Unused{}))
	must(t, s.Accounts.Enter(t.Context(), account.HashedKey{Secret: secret}, account.Arrival{
		Person: account.SealedPerson{ID: "person-els", MayBegin: true, Name: []byte("sealed")},
		Token:  token, Session: account.Session{Person: "person-els", Made: moment, LastUsed: moment},
	}))
	snap := snapshot(t, s)
	people := 0
	for _, part := range []backup.Part{backup.Data, backup.Keys} {
		for name, table := range rows(t, snap, part) {
			for _, row := range table {
				for _, value := range row {
					b, _ := value.([]byte)
					if slices.Equal(b, secret[:]) || slices.Equal(b, token[:]) {
						t.Errorf("table %s lets somebody in", name)
					}
					if value == "person-els" {
						people++
					}
				}
			}
		}
	}
	if people == 0 {
		t.Error("the person is not in it")
	}
}

// copied fills a copy with what a snapshot has.
func copied(t *testing.T, s Opened, data, keys backup.Snapshot) backup.Copy {
	t.Helper()
	c, err := s.Place.Copy(t.Context(), filepath.Join(t.TempDir(), "copy"), data.Version())
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	for part, from := range map[backup.Part]backup.Snapshot{backup.Data: data, backup.Keys: keys} {
		tables, err := from.Tables(t.Context(), part)
		must(t, err)
		for _, table := range tables {
			must(t, c.Fill(t.Context(), table, func(row func([]any) error) error {
				for values, err := range from.Rows(t.Context(), table) {
					if err := errors.Join(err, row(values)); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	}
	return c
}

func sameRows(t *testing.T, s Opened) {
	log := journal.New(s, master(t))
	write(t, log, "b", 0, "noor", "joost")
	write(t, log, "a", 0, "samir", "els", "noor")
	snap := snapshot(t, s)
	c := copied(t, s, snap, snap)
	if c.Version() != snap.Version() || c.Version() < 1 {
		t.Errorf("schema %d, want %d", c.Version(), snap.Version())
	}
	for _, part := range []backup.Part{backup.Data, backup.Keys} {
		if diff := cmp.Diff(rows(t, snap, part), rows(t, c, part)); diff != "" {
			t.Errorf("the %s (-snapshot +copy):\n%s", part, diff)
		}
	}
}

func sameLog(t *testing.T, s Opened) {
	m := master(t)
	write(t, journal.New(s, m), "a", 0, "noor", "joost")
	snap := snapshot(t, s)
	store, err := copied(t, s, snap, snap).Settle(t.Context())
	must(t, err)
	log := journal.New(store, m)
	if got := words(t, log, "a"); !slices.Equal(got, []string{"words of noor", "words of joost"}) {
		t.Errorf("the copy says %q", got)
	}
	sound(t, log)
	write(t, log, "b", 0, "noor") // and it goes on
	sound(t, log)
}

func words(t *testing.T, log *journal.Log, id samenspel.AllianceID) (said []string) {
	t.Helper()
	for f, err := range log.Facts(t.Context(), id, 0) {
		must(t, err)
		said = append(said, f.Event.(*samenspel.NoteWritten).Words.Text())
	}
	return said
}

func sound(t *testing.T, log *journal.Log) {
	t.Helper()
	_, err := log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
	must(t, err)
}

func keysWithoutData(t *testing.T, s Opened) {
	m := master(t)
	log := journal.New(s, m)
	write(t, log, "a", 0, "noor")
	older := snapshot(t, s)
	write(t, log, "a", 1, "joost")
	write(t, log, "b", 0, "noor")
	store, err := copied(t, s, older, snapshot(t, s)).Settle(t.Context())
	must(t, err)
	sound(t, journal.New(store, m))
	if ids, err := store.Alliances(t.Context()); err != nil || !slices.Equal(ids, []samenspel.AllianceID{"a"}) {
		t.Errorf("alliances %v, %v", ids, err)
	}
	write(t, journal.New(store, m), "b", 0, "noor")
	sound(t, journal.New(store, m))
}

func wordsWithoutKey(t *testing.T, s Opened) {
	m := master(t)
	log := journal.New(s, m)
	write(t, log, "a", 0, "noor", "joost", "noor")
	older := snapshot(t, s)
	before := rows(t, older, backup.Data)
	must(t, older.Close()) // an erasure waits for who reads
	must(t, log.Erase(t.Context(), "a", "noor"))
	newer := snapshot(t, s)
	store, err := copied(t, s, still{newer, before}, newer).Settle(t.Context())
	must(t, err)
	restored := journal.New(store, m)
	sound(t, restored)
	if got := words(t, restored, "a"); !slices.Equal(got, []string{"", "words of joost", ""}) {
		t.Errorf("the copy says %q", got)
	}
	for e, err := range store.Entries(t.Context(), "a", 0) {
		must(t, err)
		if e.Holder == "noor" && e.Words != nil {
			t.Errorf("entry %d still has its words, sealed", e.Seq)
		}
	}
}

// still is a snapshot whose data is of an earlier moment.
type still struct {
	backup.Snapshot
	data map[string][][]any
}

func (s still) Rows(_ context.Context, t backup.Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range s.data[t.Name] {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func emptyOnly(t *testing.T, s Opened) {
	snap := snapshot(t, s)
	dir := t.TempDir()
	c, err := s.Place.Copy(t.Context(), filepath.Join(dir, "copy"), snap.Version())
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	if c, err := s.Place.Copy(t.Context(), dir, snap.Version()); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("%v, %v; want ErrNotEmpty", c, err)
	}
}

func newerSchema(t *testing.T, s Opened) {
	snap := snapshot(t, s)
	if c, err := s.Place.Copy(t.Context(), filepath.Join(t.TempDir(), "copy"), snap.Version()+1); err == nil {
		t.Errorf("%v, and no error", c)
	}
}

func nothingLeft(t *testing.T, s Opened) {
	write(t, journal.New(s, master(t)), "a", 0, "noor")
	snap := snapshot(t, s)
	c := copied(t, s, snap, snap)
	must(t, c.Close())
	if err := c.Keep(); err == nil {
		t.Error("a copy was kept that was removed")
	}
}
