package journal_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// place is a folder with a log and its key. The people in it are invented.
type place struct {
	dir    string
	db     eachstore.DB
	master *journal.Master
	*journal.Log
}

func newPlace(t testing.TB) *place {
	t.Helper()
	dir := eachstore.Folder(t)
	master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	return openPlace(t, dir, master)
}

func openPlace(t testing.TB, dir string, master *journal.Master) *place {
	t.Helper()
	db, err := eachstore.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &place{dir, db, master, journal.New(db, master)}
}

func (p *place) close(t testing.TB) {
	t.Helper()
	if err := p.db.Close(); err != nil {
		t.Fatal(err)
	}
}

// facts puts events in their places behind a sequence number.
func facts(after int64, events ...samenspel.Event) []samenspel.Fact {
	var list []samenspel.Fact
	for i, e := range events {
		seq := after + int64(i) + 1
		list = append(list, samenspel.Fact{
			Seq: seq, At: time.Date(2026, 11, 24, 10, 0, int(seq), 7, time.UTC),
			Command: samenspel.CommandID(fmt.Sprint("command-", seq)),
			Person:  "person-noor", By: "noor", Event: e,
		})
	}
	return list
}

func note(text string) samenspel.Event {
	return &samenspel.NoteWritten{Note: "note", By: "noor", Words: samenspel.Say(text)}
}

func (p *place) append(t testing.TB, id samenspel.AllianceID, after int64, events ...samenspel.Event) []samenspel.Fact {
	t.Helper()
	list := facts(after, events...)
	if err := p.Append(t.Context(), id, after, list); err != nil {
		t.Fatalf("Append to %s after %d: %v", id, after, err)
	}
	return list
}

func (p *place) read(t testing.TB, id samenspel.AllianceID, after int64) []samenspel.Fact {
	t.Helper()
	list, err := collect(p.Facts(t.Context(), id, after))
	if err != nil {
		t.Fatalf("Facts of %s after %d: %v", id, after, err)
	}
	return list
}

func collect(seq func(func(samenspel.Fact, error) bool)) (list []samenspel.Fact, err error) {
	for f, err := range seq {
		if err != nil {
			return list, err
		}
		list = append(list, f)
	}
	return list, nil
}

// same compares facts with their words, in the open.
func same(t testing.TB, want, got []samenspel.Fact) {
	t.Helper()
	byText := cmp.Comparer(func(a, b samenspel.Words) bool { return a.Text() == b.Text() })
	if diff := cmp.Diff(want, got, byText); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func (p *place) verify(t testing.TB) (journal.Summary, []journal.Finding) {
	t.Helper()
	var found []journal.Finding
	s, err := p.Verify(t.Context(), func(f journal.Finding) { found = append(found, f) })
	if err != nil {
		t.Fatalf("Verify: %v", err)
	}
	return s, found
}

// sound fails the test when the log is not as it was written.
func (p *place) sound(t testing.TB) journal.Summary {
	t.Helper()
	s, found := p.verify(t)
	for _, f := range found {
		t.Error(f)
	}
	return s
}

// amira is an alliance in which somebody came, spoke and left.
var amira = []samenspel.Event{
	&samenspel.AllianceBegun{Title: samenspel.Say("Around Amira")},
	&samenspel.PartnerJoined{Partner: "noor", Person: "person-noor", Role: samenspel.Professional, Name: samenspel.Say("Noor")},
	&samenspel.PartnerInvited{Partner: "leila", Role: samenspel.BonusPartner, By: "noor", Name: samenspel.Say("Leila")},
	&samenspel.PartnerJoined{Partner: "leila", Person: "person-leila", Role: samenspel.BonusPartner, Name: samenspel.Say("Leila")},
	note("Ask about the school."),
	note("And about the garden."),
	&samenspel.PaceSet{Partner: "noor", Pace: samenspel.Calm},
	&samenspel.PartnerLeft{Partner: "leila"},
	&samenspel.StatementWorded{Statement: "s", About: "noor", SaidBy: "noor", How: samenspel.Quote, Words: samenspel.Say("I like it here.")},
}

func TestFactsAreReadAsWritten(t *testing.T) {
	p := newPlace(t)
	all := p.append(t, "a", 0, amira...)
	all = append(all, p.append(t, "a", int64(len(amira)), note("one more"), note(""))...)
	other := p.append(t, "b", 0, note("b"))
	for range 2 {
		for after := range all {
			same(t, all[after:], p.read(t, "a", int64(after)))
		}
		same(t, nil, p.read(t, "a", int64(len(all))))
		same(t, other, p.read(t, "b", 0))
		same(t, nil, p.read(t, "never begun", 0))
		if s := p.sound(t); s.Alliances != 2 || s.Entries != int64(len(all)+1) {
			t.Errorf("verified %+v", s)
		}
		p.close(t)
		p = openPlace(t, p.dir, p.master)
	}
}

func TestAppendAfterAnotherWriter(t *testing.T) {
	p := newPlace(t)
	other := journal.New(p.db, p.master)
	p.append(t, "a", 0, note("1"))
	if err := other.Append(t.Context(), "a", 1, facts(1, note("2"))); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Append(t.Context(), "a", 1, facts(1, note("late"))); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("a stale append: %v, want ErrConflict", err)
		}
	}
	p.append(t, "a", 2, note("3"), &samenspel.ThemeNamed{Theme: "t", About: "leila", Name: samenspel.Say("home")})
	if err := other.Append(t.Context(), "a", 4, facts(4, &samenspel.ThemeNamed{Theme: "u", About: "leila", Name: samenspel.Say("work")})); err != nil {
		t.Fatal(err)
	}
	if n := len(p.read(t, "a", 0)); n != 5 {
		t.Errorf("%d facts, want 5", n)
	}
	p.sound(t)
}

func TestFactsOutOfPlaceAreRefused(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, note("1"))
	far := facts(1, note("2"))
	far[0].At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, list := range map[string][]samenspel.Fact{
		"a gap": facts(2, note("3")), "a repeat": facts(0, note("1")), "a time that cannot be written": far,
	} {
		if err := p.Append(t.Context(), "a", 1, list); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if n := len(p.read(t, "a", 0)); n != 1 {
		t.Errorf("%d facts, want 1", n)
	}
}

func TestManyWriters(t *testing.T) {
	p := newPlace(t)
	const alliances, writers, each = 4, 4, 10
	var all sync.WaitGroup
	for w := range alliances * writers {
		id := samenspel.AllianceID(fmt.Sprint("alliance-", w%alliances))
		all.Go(func() {
			for n := 0; n < each; {
				after := int64(len(p.read(t, id, 0)))
				switch err := p.Append(t.Context(), id, after, facts(after, note("word"))); {
				case err == nil:
					n++
				case !errors.Is(err, journal.ErrConflict):
					t.Errorf("Append: %v", err)
					return
				}
			}
		})
	}
	all.Wait()
	if s := p.sound(t); s.Alliances != alliances || s.Entries != alliances*writers*each {
		t.Errorf("verified %+v", s)
	}
}

// beginsAfter is a store in which an alliance begins just after a reader has
// seen that it has no head.
type beginsAfter struct {
	journal.Store
	begin func()
}

func (s *beginsAfter) Head(ctx context.Context, id samenspel.AllianceID) (journal.Head, error) {
	head, err := s.Store.Head(ctx, id)
	if begin := s.begin; begin != nil {
		s.begin = nil
		begin()
	}
	return head, err
}

func TestReadWhileItBegins(t *testing.T) {
	p := newPlace(t)
	log := journal.New(&beginsAfter{p.db, func() { p.append(t, "a", 0, note("1")) }}, p.master)
	list, err := collect(log.Facts(t.Context(), "a", 0))
	if err != nil || len(list) != 1 {
		t.Errorf("%d facts and %v, want the one that was written", len(list), err)
	}
}

// TestVerifyBesideWriters looks while others write: what is new is no damage.
func TestVerifyBesideWriters(t *testing.T) {
	p := newPlace(t)
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 20 {
				id := samenspel.AllianceID(fmt.Sprint("alliance-", w, "-", i%3))
				seq := int64(i / 3)
				e := &samenspel.PartnerJoined{Partner: samenspel.PartnerID(fmt.Sprint("p", i)), Person: "q", Role: samenspel.Vrager, Name: samenspel.Say("name")}
				if err := p.Append(t.Context(), id, seq, facts(seq, e)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 10 {
		p.sound(t)
	}
	all.Wait()
	p.sound(t)
}

func TestAlliancesOf(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, amira...)
	p.append(t, "b", 0, amira[:4]...)
	for person, want := range map[samenspel.PersonID][]samenspel.AllianceID{
		"person-noor": {"a", "b"}, "person-leila": {"b"}, "nobody": nil,
	} {
		places, err := p.AlliancesOf(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		var got []samenspel.AllianceID
		for _, m := range places {
			if m.Person != person || !m.Here {
				t.Errorf("%s has the place %+v", person, m)
			}
			got = append(got, m.Alliance)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is at %v, want %v", person, got, want)
		}
	}
}

func TestErasedWordsAreEmptyAndTheRestStands(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, amira...)
	stale := journal.New(p.db, p.master) // has opened the key before it is destroyed
	if _, err := collect(stale.Facts(t.Context(), "a", 0)); err != nil {
		t.Fatal(err)
	}
	if err := p.Erase(t.Context(), "a", "leila"); err != nil {
		t.Fatal(err)
	}
	want := facts(0, amira...)
	want[2].Event = &samenspel.PartnerInvited{Partner: "leila", Role: samenspel.BonusPartner, By: "noor"}
	want[3].Event = &samenspel.PartnerJoined{Partner: "leila", Person: "person-leila", Role: samenspel.BonusPartner}
	same(t, want, p.read(t, "a", 0))
	afterwards, err := collect(stale.Facts(t.Context(), "a", 0))
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, afterwards)
	p.sound(t)

	words := &samenspel.NoteWritten{Note: "n", By: "leila", Words: samenspel.Say("home")}
	if err := p.Append(t.Context(), "a", 9, facts(9, words)); !errors.Is(err, journal.ErrErased) {
		t.Errorf("new words of an erased partner: %v, want ErrErased", err)
	}
	p.append(t, "a", 9, note("of somebody else"))
	if err := p.Erase(t.Context(), "a", ""); err == nil {
		t.Error("the alliance's own key was destroyed")
	}
	p.sound(t)
}

func TestCheckMaster(t *testing.T) {
	p := newPlace(t)
	if err := p.CheckMaster(t.Context()); err != nil {
		t.Errorf("an empty log: %v", err)
	}
	p.append(t, "a", 0, note("1"))
	if err := p.CheckMaster(t.Context()); err != nil {
		t.Errorf("the right key: %v", err)
	}
	stranger, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	other := journal.New(p.db, stranger)
	if err := other.CheckMaster(t.Context()); !errors.Is(err, journal.ErrWrongMaster) {
		t.Errorf("another key: %v", err)
	}
	if _, err := collect(other.Facts(t.Context(), "a", 0)); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("reading with another key: %v", err)
	}
}

// sung is an event of a kind that only a newer program knows.
type sung struct{ samenspel.Event }

func (sung) Kind() string                 { return "note.sung" }
func (sung) MarshalJSON() ([]byte, error) { return []byte(`{}`), nil }

func TestEntriesOfANewerProgram(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, note("1"), sung{}, note("3"))
	read, err := collect(p.Facts(t.Context(), "a", 0))
	if len(read) != 1 || !errors.Is(err, journal.ErrUnknownKind) || errors.Is(err, journal.ErrDamaged) {
		t.Errorf("%d facts, then %v; want 1, then ErrUnknownKind", len(read), err)
	}
	_, found := p.verify(t)
	if want := []journal.Finding{{Alliance: "a", Seq: 2, Damage: journal.EntryUnknown}}; !slices.Equal(found, want) {
		t.Errorf("found %v", found)
	}
}

func TestContextEndsReading(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, note("1"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := collect(p.Facts(ctx, "a", 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("Facts: %v", err)
	}
	if err := p.Append(ctx, "a", 1, facts(1, note("2"))); !errors.Is(err, context.Canceled) {
		t.Errorf("Append: %v", err)
	}
}
