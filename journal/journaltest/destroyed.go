package journaltest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/journal"
)

// destruction ends an alliance that has so many entries.
func destruction(id samenspel.AllianceID, number, entries int64, persons ...samenspel.PersonID) journal.Destruction {
	return journal.Destruction{
		Destroyed: journal.Destroyed{Alliance: id, Number: number, Entries: entries, At: time.Date(2026, 11, 26, 10, 0, int(number), 0, time.UTC), Record: []byte("record of " + string(id))},
		After:     entries,
		Head:      journal.Head{Alliance: id, Number: number, Seq: entries + 1, Chain: []byte("end"), MAC: []byte("end mac")},
		Mark:      journal.WrappedKey{Use: journal.ForChain, Destroyed: true, Sealed: []byte("mark")},
		Persons:   persons,
	}
}

// populated is an alliance with keys, entries and people.
func populated(t *testing.T, s journal.Store, id samenspel.AllianceID, number int64, person samenspel.PersonID) {
	t.Helper()
	b := batch(id, number, 0, 2)
	b.Keys = append(b.Keys, journal.WrappedKey{Use: journal.ForData, Holder: "partner", Sealed: []byte("sealed key")})
	b.Members = []journal.Member{{Alliance: id, Partner: "partner", Person: person, Here: true}}
	must(t, s, b)
}

func destroy(t *testing.T, s Opened) {
	populated(t, s, "a", 1, "person")
	populated(t, s, "b", 2, "person")
	other := read(t, s, "b")
	d := destruction("a", 1, 2, "person", "another", "person")
	if err := s.Destroy(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	left := func(store journal.Store) {
		t.Helper()
		got := read(t, store, "a")
		want := stored{Head: d.Head, Keys: []journal.WrappedKey{d.Mark}, Register: other.Register}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("what is left (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(other, read(t, store, "b")); diff != "" {
			t.Errorf("another alliance changed (-before +after):\n%s", diff)
		}
		seats, err := store.MembersOf(t.Context(), "person")
		if err != nil || len(seats) != 1 || seats[0].Alliance != "b" {
			t.Errorf("the person has places %v, %v", seats, err)
		}
		for person, want := range map[samenspel.PersonID]int{"": 1, "person": 1, "another": 1, "stranger": 0} {
			list, err := store.Destroyed(t.Context(), person)
			if err != nil || len(list) != want {
				t.Fatalf("of %q: %d destroyed, %v, want %d", person, len(list), err, want)
			}
			if want == 1 {
				if diff := cmp.Diff(d.Destroyed, list[0]); diff != "" {
					t.Errorf("of %q (-want +got):\n%s", person, diff)
				}
			}
		}
		if err := store.Scrub(t.Context()); err != nil {
			t.Error(err)
		}
		if err := store.Append(t.Context(), batch("a", 1, 2, 1)); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("a writer who stood there goes on: %v", err)
		}
	}
	left(s)
	left(s.Reopen())
}

func destroyStale(t *testing.T, s Opened) {
	populated(t, s, "a", 1, "person")
	before := read(t, s, "a")
	if err := s.Destroy(t.Context(), destruction("a", 1, 1)); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("behind an older entry: %v", err)
	}
	if err := s.Destroy(t.Context(), destruction("nothing", 9, 1)); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("of nothing: %v", err)
	}
	over, end := context.WithCancel(t.Context())
	end()
	if err := s.Destroy(over, destruction("a", 1, 2)); err == nil {
		t.Error("with a context that ended it was destroyed")
	}
	twice := destruction("a", 1, 2, "")
	if err := s.Destroy(t.Context(), twice); err == nil {
		t.Error("somebody without an id may ask")
	}
	if diff := cmp.Diff(before, read(t, s, "a")); diff != "" {
		t.Errorf("a refused destruction changed (-before +after):\n%s", diff)
	}
	if list, err := s.Destroyed(t.Context(), ""); err != nil || len(list) != 0 {
		t.Errorf("%d destroyed, %v", len(list), err)
	}
}

func listings(t *testing.T, s Opened) {
	kinds := func(id samenspel.AllianceID, number int64, kinds ...string) {
		b := batch(id, number, 0, len(kinds))
		for i := range b.Entries {
			b.Entries[i].Kind = kinds[i]
		}
		must(t, s, b)
	}
	kinds("c", 1, "retention.set", "retention.set")
	kinds("a", 2, "retention.set", "destruction.confirmed")
	kinds("b", 3, "pace.set", "hold.put")
	kinds("d", 4, "scratch.written", "note.written")
	kinds("e", 5, "lines.laid")
	pads := func(want ...samenspel.AllianceID) {
		t.Helper()
		got, err := s.Scratches(t.Context())
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("scratch pads: %v, -want +got\n%s", err, diff)
		}
	}
	pads("d")
	kinds("f", 6, "birth.told")
	if born, err := s.Young(t.Context()); err != nil || len(born) != 1 || born[0] != "f" {
		t.Errorf("days of birth: %v, %v", born, err)
	}
	if err := s.Erase(t.Context(), "d", []journal.WrappedKey{{Use: journal.ForData, Holder: "partner", Destroyed: true, Sealed: []byte("mark")}}, nil); err != nil {
		t.Fatal(err)
	}
	pads()
	want := func(kept, decided []samenspel.AllianceID) {
		t.Helper()
		gotKept, errKept := s.Kept(t.Context())
		gotDecided, errDecided := s.Decided(t.Context())
		if err := errors.Join(errKept, errDecided); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]samenspel.AllianceID{kept, decided}, [][]samenspel.AllianceID{gotKept, gotDecided}, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
	want([]samenspel.AllianceID{"a", "c"}, []samenspel.AllianceID{"a"})
	if err := s.Destroy(t.Context(), destruction("a", 2, 2)); err != nil {
		t.Fatal(err)
	}
	want([]samenspel.AllianceID{"c"}, nil)
}
