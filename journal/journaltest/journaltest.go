// Package journaltest says, as tests, what a journal.Store promises. Every
// store runs the same ones.
package journaltest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
)

// Opened is an open store and the way to close and open it again.
type Opened struct {
	journal.Store
	Reopen func() journal.Store
}

// Run holds a store against its promises. Each test opens an empty one.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s Opened)
	}{
		{"what is read is what was written", readBack},
		{"an empty store is empty", empty},
		{"many entries come in order", order},
		{"going through entries may stop early and use the store", stopEarly},
		{"a stale writer is refused", stale},
		{"a writer behind another history is refused", otherHistory},
		{"of writers at one place one wins", race},
		{"alliances are written side by side", sideBySide},
		{"alliances begin one behind the other", registers},
		{"a batch is whole or not there", whole},
		{"members come, go and come back", members},
		{"erased words are gone and nothing else", erase},
		{"a batch destroys keys with what it writes, or not at all", destroys},
		{"where words of a transcript are is known until they are erased", transcripts},
		{"a destroyed alliance leaves its head, its mark and its record", destroy},
		{"a destruction is of where its writer stood, whole or not there", destroyStale},
		{"where a term was set, or an end decided, is known while it is there", listings},
		{"a context that ended writes nothing", ended},
		{"a sound store finds nothing wrong", sound},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// entry is an entry with a value in every field.
func entry(seq int64) journal.Entry {
	return journal.Entry{
		Seq: seq, Kind: "pace.set", Version: 1,
		Command:   samenspel.CommandID(fmt.Sprintf("command-%d", seq)),
		At:        time.Date(2026, 11, 24, 10, 0, 0, int(seq), time.UTC),
		Holder:    "partner",
		Structure: fmt.Appendf(nil, "structure %d \x00\xff", seq),
		Words:     fmt.Appendf(nil, "sealed %d", seq),
		WordsHash: bytes.Repeat([]byte{byte(seq)}, 32),
		Chain:     bytes.Repeat([]byte{byte(seq) + 1}, 32),
	}
}

// batch continues an alliance behind after with a number of entries.
func batch(id samenspel.AllianceID, number, after int64, entries int) journal.Batch {
	b := journal.Batch{Alliance: id, After: after}
	for seq := after + 1; seq <= after+int64(entries); seq++ {
		b.Entries = append(b.Entries, entry(seq))
	}
	last := b.Entries[len(b.Entries)-1]
	b.Head = journal.Head{Alliance: id, Number: number, Seq: last.Seq, Chain: last.Chain, MAC: []byte("mac")}
	if after == 0 {
		b.Register = &journal.Register{Alliances: number, MAC: []byte{byte(number)}}
		b.Keys = []journal.WrappedKey{{Use: journal.ForChain, Sealed: []byte("chain")}, {Use: journal.ForData, Sealed: []byte("data")}}
	}
	return b
}

// must appends what should be taken.
func must(t *testing.T, s journal.Store, b journal.Batch) {
	t.Helper()
	if err := s.Append(t.Context(), b); err != nil {
		t.Fatalf("Append to %s after %d: %v", b.Alliance, b.After, err)
	}
}

// stored is all that a store tells of one alliance.
type stored struct {
	Entries  []journal.Entry
	Head     journal.Head
	Keys     []journal.WrappedKey
	Members  []journal.Member
	Register journal.Register
}

func read(t *testing.T, s journal.Store, id samenspel.AllianceID) stored {
	t.Helper()
	var all stored
	for e, err := range s.Entries(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		all.Entries = append(all.Entries, e)
	}
	var errs [4]error
	all.Head, errs[0] = s.Head(t.Context(), id)
	all.Keys, errs[1] = s.Keys(t.Context(), id)
	all.Members, errs[2] = s.Members(t.Context(), id)
	all.Register, errs[3] = s.Register(t.Context())
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return all
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func readBack(t *testing.T, s Opened) {
	b := batch("a", 1, 0, 3)
	b.Entries[1].Words, b.Entries[1].WordsHash, b.Entries[1].Holder = nil, nil, ""
	b.Entries[2].Words = bytes.Repeat([]byte("large"), 50_000)
	b.Members = []journal.Member{{Alliance: "a", Partner: "p", Person: "q", Here: true}}
	must(t, s, b)
	want := stored{b.Entries, b.Head, b.Keys, b.Members, *b.Register}
	same(t, want, read(t, s, "a"))
	same(t, want, read(t, s.Reopen(), "a"))
}

func empty(t *testing.T, s Opened) {
	same(t, stored{}, read(t, s, "a"))
	ids, err := s.Alliances(t.Context())
	if err != nil || len(ids) > 0 {
		t.Errorf("Alliances = %v, %v", ids, err)
	}
}

func order(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 700))
	must(t, s, batch("b", 2, 0, 3))
	must(t, s, batch("a", 1, 700, 1))
	for _, after := range []int64{0, 1, 127, 128, 129, 700, 701, 900} {
		want := after
		for e, err := range s.Entries(t.Context(), "a", after) {
			if want++; err != nil || e.Seq != want {
				t.Fatalf("after %d: entry %d, %v; want entry %d", after, e.Seq, err, want)
			}
		}
		if want != max(701, after) {
			t.Errorf("after %d: ended at %d", after, want)
		}
	}
	ids, err := s.Alliances(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same(t, []samenspel.AllianceID{"a", "b"}, ids)
}

func stopEarly(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 300))
	for range 100 { // more often than a store has connections
		for e, err := range s.Entries(t.Context(), "a", 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range s.Entries(t.Context(), "a", 298) {
				if err != nil {
					t.Fatal(err)
				}
			}
			if e.Seq == 2 {
				break
			}
		}
	}
	must(t, s, batch("a", 1, 300, 1))
}

func stale(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 2))
	before := read(t, s, "a")
	for _, after := range []int64{0, 1, 3, 100} {
		if err := s.Append(t.Context(), batch("a", 2, after, 1)); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("Append after %d: %v, want ErrConflict", after, err)
		}
	}
	if err := s.Append(t.Context(), batch("never begun", 2, 4, 1)); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("Append to an alliance that never began: %v, want ErrConflict", err)
	}
	same(t, before, read(t, s, "a"))
}

// otherHistory: a server that took over may have something else at the same
// number. Nothing goes behind it that was linked to what was lost.
func otherHistory(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 2))
	before := read(t, s, "a")
	b := batch("a", 1, 2, 1)
	b.Behind = bytes.Repeat([]byte{7}, 32)
	if err := s.Append(t.Context(), b); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("Append: %v, want ErrConflict", err)
	}
	if err := s.Destroy(t.Context(), journal.Destruction{
		Destroyed: journal.Destroyed{Alliance: "a", Record: []byte("record")}, After: 2, Behind: b.Behind,
		Head: journal.Head{Alliance: "a", Seq: 3, Chain: []byte("end"), MAC: []byte("mac")}, Mark: journal.WrappedKey{Use: journal.ForChain, Sealed: []byte("mark")},
	}); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("Destroy: %v, want ErrConflict", err)
	}
	same(t, before, read(t, s, "a"))
	b.Behind = before.Head.Chain
	must(t, s, b)
}

func race(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 1))
	const rounds, writers = 10, 8
	for after := int64(1); after <= rounds; after++ {
		errs := make([]error, writers)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				b := batch("a", 1, after, 1)
				b.Entries[0].Command = samenspel.CommandID(fmt.Sprint("writer-", i))
				errs[i] = s.Append(t.Context(), b)
			})
		}
		all.Wait()
		winner := slices.Index(errs, nil)
		for i, err := range errs {
			if i != winner && !errors.Is(err, journal.ErrConflict) {
				t.Fatalf("writer %d: %v; writer %d won", i, err, winner)
			}
		}
		entries := read(t, s, "a").Entries
		if last := entries[len(entries)-1]; last.Seq != after+1 || last.Command != samenspel.CommandID(fmt.Sprint("writer-", winner)) {
			t.Fatalf("entry %d is by %s; writer %d was told that it won", last.Seq, last.Command, winner)
		}
	}
}

func sideBySide(t *testing.T, s Opened) {
	const alliances, appends = 8, 20
	var all sync.WaitGroup
	for n := range int64(alliances) {
		id := samenspel.AllianceID(fmt.Sprint("alliance-", n))
		must(t, s, batch(id, n+1, 0, 1))
		all.Go(func() {
			for after := int64(1); after <= appends; after++ {
				if err := s.Append(t.Context(), batch(id, n+1, after, 1)); err != nil {
					t.Errorf("%s after %d: %v", id, after, err)
				}
			}
		})
	}
	all.Wait()
	for n := range int64(alliances) {
		all := read(t, s, samenspel.AllianceID(fmt.Sprint("alliance-", n)))
		if len(all.Entries) != appends+1 || all.Head.Seq != appends+1 || all.Head.Number != n+1 {
			t.Errorf("alliance %d: %d entries, head %+v", n, len(all.Entries), all.Head)
		}
	}
}

func registers(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 1))
	for name, b := range map[string]journal.Batch{
		"the first again":     batch("b", 1, 0, 1),
		"one left out":        batch("b", 3, 0, 1),
		"an alliance that is": batch("a", 2, 0, 1),
	} {
		if err := s.Append(t.Context(), b); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("%s: %v, want ErrConflict", name, err)
		}
	}
	must(t, s, batch("b", 2, 0, 1))
	if r := read(t, s, "b").Register; r.Alliances != 2 {
		t.Errorf("the register says %d alliances", r.Alliances)
	}
	same(t, stored{Register: read(t, s, "b").Register}, read(t, s, "c"))
}

func whole(t *testing.T, s Opened) {
	must(t, s, batch("a", 1, 0, 2))
	before := read(t, s, "a")
	for name, spoil := range map[string]func(*journal.Batch){
		"an entry twice":      func(b *journal.Batch) { b.Entries = append(b.Entries, b.Entries[0]) },
		"a key that is there": func(b *journal.Batch) { b.Keys = []journal.WrappedKey{{Use: journal.ForData, Sealed: []byte("other")}} },
		"a stale place":       func(b *journal.Batch) { b.After = 1 },
	} {
		b := batch("a", 1, 2, 3)
		b.Members = []journal.Member{{Alliance: "a", Partner: "p", Person: "q", Here: true}}
		spoil(&b)
		if err := s.Append(t.Context(), b); err == nil {
			t.Errorf("%s was taken", name)
		}
		same(t, before, read(t, s, "a"))
	}
	must(t, s, batch("a", 1, 2, 3))
}
