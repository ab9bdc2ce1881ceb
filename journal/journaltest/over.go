package journaltest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"samenspel"
	"samenspel/journal"
)

// This file holds who comes and goes, and what is over: words that were erased,
// alliances that were destroyed.

func members(t *testing.T, s Opened) {
	steps := []struct {
		name   string
		write  []journal.Member
		listed []journal.Member
		of     map[samenspel.PersonID]int
	}{
		{
			"two come",
			[]journal.Member{{Alliance: "a", Partner: "p1", Person: "amira", Here: true}, {Alliance: "a", Partner: "p2", Person: "leila", Here: true}},
			[]journal.Member{{Alliance: "a", Partner: "p1", Person: "amira", Here: true}, {Alliance: "a", Partner: "p2", Person: "leila", Here: true}},
			map[samenspel.PersonID]int{"amira": 1, "leila": 1, "nobody": 0},
		},
		{
			"one leaves, and one who never came",
			[]journal.Member{{Alliance: "a", Partner: "p2"}, {Alliance: "a", Partner: "p3"}},
			[]journal.Member{{Alliance: "a", Partner: "p1", Person: "amira", Here: true}, {Alliance: "a", Partner: "p2", Person: "leila"}},
			map[samenspel.PersonID]int{"amira": 1, "leila": 0},
		},
		{
			"she comes back in her place",
			[]journal.Member{{Alliance: "a", Partner: "p2", Person: "leila", Here: true}},
			[]journal.Member{{Alliance: "a", Partner: "p1", Person: "amira", Here: true}, {Alliance: "a", Partner: "p2", Person: "leila", Here: true}},
			map[samenspel.PersonID]int{"amira": 1, "leila": 1},
		},
	}
	for i, step := range steps {
		b := batch("a", 1, int64(i), 1)
		b.Members = step.write
		must(t, s, b)
		same(t, step.listed, read(t, s, "a").Members)
		for person, want := range step.of {
			places, err := s.MembersOf(t.Context(), person)
			if err != nil || len(places) != want {
				t.Errorf("%s: MembersOf(%s) = %v, %v; want %d", step.name, person, places, err, want)
			}
		}
		had, err := s.PlacesOf(t.Context(), "leila")
		if err != nil || len(had) != 1 || had[0] != step.listed[1] {
			t.Errorf("%s: PlacesOf(leila) = %v, %v; want %v", step.name, had, err, step.listed[1])
		}
	}
}

func erase(t *testing.T, s Opened) {
	b := batch("a", 1, 0, 4)
	b.Entries[1].Holder = "other"
	b.Keys = append(b.Keys, journal.WrappedKey{Use: journal.ForData, Holder: "partner", Sealed: []byte("key")})
	must(t, s, b)
	must(t, s, batch("b", 2, 0, 2))
	untouched := read(t, s, "b")
	want := read(t, s, "a")
	mark := journal.WrappedKey{Use: journal.ForData, Holder: "partner", Destroyed: true, Sealed: []byte("mark")}
	for range 2 { // a second time changes nothing
		if err := s.Erase(t.Context(), "a", []journal.WrappedKey{mark}, nil); err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 2, 3} {
			want.Entries[i].Words = nil
		}
		want.Keys[len(want.Keys)-1] = mark
		same(t, want, read(t, s, "a"))
		same(t, untouched, read(t, s, "b"))
	}
	if err := s.Erase(t.Context(), "a", nil, []int64{2}); err != nil {
		t.Fatal(err)
	}
	want.Entries[1].Words = nil
	same(t, want, read(t, s, "a"))
	same(t, untouched, read(t, s, "b"))
}

// A batch that destroys keys takes the words of its own entries too, and the
// keys that it brings; one that is refused takes nothing.
func destroys(t *testing.T, s Opened) {
	b := batch("a", 1, 0, 3)
	b.Entries[1].Holder = "other"
	must(t, s, b)
	want := read(t, s, "a")
	next := batch("a", 1, 3, 2)
	next.Entries[0].Holder, next.Entries[1].Holder = "gone", "stays"
	next.Keys = []journal.WrappedKey{{Use: journal.ForData, Holder: "gone", Sealed: []byte("key")}}
	next.Destroyed = []journal.WrappedKey{{Use: journal.ForData, Holder: "gone", Destroyed: true, Sealed: []byte("mark")}}
	next.Emptied = []int64{2}
	next.After = 2
	if err := s.Append(t.Context(), next); !errors.Is(err, journal.ErrConflict) {
		t.Fatalf("Append: %v, want ErrConflict", err)
	}
	same(t, want, read(t, s, "a"))
	next.After = 3
	must(t, s, next)
	want.Entries[1].Words = nil
	want.Entries = append(want.Entries, next.Entries...)
	want.Entries[3].Words = nil
	want.Head = next.Head
	want.Keys = append(want.Keys, next.Destroyed...)
	same(t, want, read(t, s, "a"))
}

func transcripts(t *testing.T, s Opened) {
	check := func(want ...samenspel.AllianceID) {
		t.Helper()
		got, err := s.Transcripts(t.Context())
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Transcripts: %v, %v; want %v", got, err, want)
		}
	}
	check()
	for i, id := range []samenspel.AllianceID{"c", "b", "a"} {
		b := batch(id, int64(i)+1, 0, 4)
		if id != "b" { // in two pieces, beside words of somebody
			b.Entries[1].Kind, b.Entries[1].Holder = "lines.laid", "transcript:1"
			b.Entries[2].Kind, b.Entries[2].Holder = "lines.laid", "transcript:1"
		}
		must(t, s, b)
	}
	check("a", "c")
	mark := journal.WrappedKey{Use: journal.ForData, Holder: "partner", Destroyed: true, Sealed: []byte("mark")}
	if err := s.Erase(t.Context(), "a", []journal.WrappedKey{mark}, nil); err != nil {
		t.Fatal(err)
	}
	check("a", "c")
	mark.Holder = "transcript:1"
	if err := s.Erase(t.Context(), "a", []journal.WrappedKey{mark}, nil); err != nil {
		t.Fatal(err)
	}
	check("c")
	s.Store = s.Reopen()
	check("c")
}

func ended(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 1))
	before := read(t, s, "a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Append(ctx, batch("a", 1, 1, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Append: %v, want context.Canceled", err)
	}
	var last error
	for _, err := range s.Entries(ctx, "a", 0) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("Entries: %v, want context.Canceled", last)
	}
	same(t, before, read(t, s, "a"))
}

func sound(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 50))
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
