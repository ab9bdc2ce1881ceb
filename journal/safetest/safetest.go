// Package safetest says, as tests, what a journal.Safe promises. Every store
// runs the same ones.
package safetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
)

// Safe is what is tested: a store of the log that is a safe as well.
type Safe interface {
	journal.Store
	journal.Safe
}

// Opened is an open store and the way to close and open it again.
type Opened struct {
	Safe
	Reopen func() Safe
}

// Run holds a store against its promises. Each test opens an empty one.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s Opened)
	}{
		{"the record is what was set", record},
		{"a record goes only in the place of the one that stands there", swap},
		{"a secret of the house never changes", secret},
		{"all that hangs on the key is met once, in any step", walk},
		{"renewing changes what is as it was read, and nothing else", renew},
		{"a renewal is whole or not there", whole},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t testing.TB, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// full is a record with a value in every field.
var full = journal.MasterRecord{
	Installation: "invented", Current: journal.Fingerprint{1}, Before: journal.Fingerprint{2},
	Entrusted: journal.Fingerprint{3}, EntrustedAt: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC),
}

func record(t *testing.T, s Opened) {
	ctx := t.Context()
	none, err := s.MasterRecord(ctx)
	must(t, err)
	same(t, journal.MasterRecord{}, none)
	small := journal.MasterRecord{Installation: "invented", Current: journal.Fingerprint{1}}
	for _, step := range [][2]journal.MasterRecord{{{}, small}, {small, full}, {full, small}, {small, full}} {
		must(t, s.SetMasterRecord(ctx, step[0], step[1]))
		got, err := s.MasterRecord(ctx)
		must(t, err)
		same(t, step[1], got)
	}
	got, err := s.Reopen().MasterRecord(ctx)
	must(t, err)
	same(t, full, got)
}

func swap(t *testing.T, s Opened) {
	ctx := t.Context()
	must(t, s.SetMasterRecord(ctx, journal.MasterRecord{}, full))
	for name, spoil := range map[string]func(*journal.MasterRecord){
		"none":           func(r *journal.MasterRecord) { *r = journal.MasterRecord{} },
		"other current":  func(r *journal.MasterRecord) { r.Current[5]++ },
		"none before":    func(r *journal.MasterRecord) { r.Before = journal.Fingerprint{} },
		"other entrust":  func(r *journal.MasterRecord) { r.Entrusted[0]++ },
		"other moment":   func(r *journal.MasterRecord) { r.EntrustedAt = r.EntrustedAt.Add(time.Second) },
		"other in name":  func(r *journal.MasterRecord) { r.Installation = "another" },
		"nothing at all": func(r *journal.MasterRecord) { r.EntrustedAt = time.Time{} },
	} {
		was := full
		spoil(&was)
		if err := s.SetMasterRecord(ctx, was, journal.MasterRecord{Installation: "x", Current: journal.Fingerprint{9}}); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("%s: %v, want ErrConflict", name, err)
		}
	}
	// Of many who set at once, one does.
	var all sync.WaitGroup
	errs := make([]error, 8)
	for n := range errs {
		all.Go(func() {
			is := full
			is.Current = journal.Fingerprint{byte(10 + n)}
			errs[n] = s.SetMasterRecord(ctx, full, is)
		})
	}
	all.Wait()
	set := 0
	for _, err := range errs {
		if err == nil {
			set++
		} else if !errors.Is(err, journal.ErrConflict) {
			t.Error(err)
		}
	}
	same(t, 1, set)
}

func secret(t *testing.T, s Opened) {
	ctx := t.Context()
	must(t, s.AddHouseSecret(ctx, "mark", []byte("sealed")))
	must(t, s.AddHouseSecret(ctx, "story", []byte("too")))
	if err := s.AddHouseSecret(ctx, "mark", []byte("another")); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("a second one: %v, want ErrConflict", err)
	}
	got, err := s.Reopen().HouseSecrets(ctx)
	must(t, err)
	same(t, map[string][]byte{"mark": []byte("sealed"), "story": []byte("too")}, got)
}

// fill puts a few alliances in a store, with a destroyed key, and a secret.
// It gives how many values hang on the key then.
func fill(t *testing.T, s Safe) int {
	t.Helper()
	ctx := t.Context()
	const alliances = 5
	for n := range alliances {
		id := samenspel.AllianceID(fmt.Sprint("alliance ", n))
		must(t, s.Append(ctx, journal.Batch{
			Alliance: id,
			Head:     journal.Head{Alliance: id, Number: int64(n + 1), Seq: 1, Chain: []byte{byte(n), 1}, MAC: value("mac", n)},
			Keys: []journal.WrappedKey{
				{Use: journal.ForChain, Sealed: value("chain", n)},
				{Use: journal.ForData, Sealed: value("data", n)},
				{Use: journal.ForData, Holder: "amira", Sealed: value("amira", n)},
			},
			Register: &journal.Register{Alliances: int64(n + 1), MAC: value("register", n)},
		}))
	}
	must(t, s.Erase(ctx, "alliance 3", journal.WrappedKey{Use: journal.ForData, Holder: "amira", Destroyed: true, Sealed: []byte("mark")}))
	must(t, s.AddHouseSecret(ctx, "mark", []byte("sealed")))
	return alliances*4 + 2
}

func value(what string, n int) []byte { return fmt.Appendf(nil, "%s %d", what, n) }

// all goes along a safe in steps of a size.
func all(t *testing.T, s Safe, step int) []journal.Held {
	t.Helper()
	var met []journal.Held
	var after journal.Place
	for {
		held, err := s.Held(t.Context(), after, step)
		must(t, err)
		if len(held) == 0 {
			return met
		}
		if len(held) > step {
			t.Fatalf("%d values in a step of %d", len(held), step)
		}
		met = append(met, held...)
		after = held[len(held)-1].Place
	}
}

func walk(t *testing.T, s Opened) {
	same(t, 0, len(all(t, s, 3)))
	want := fill(t, s)
	many, err := s.HowMany(t.Context())
	must(t, err)
	same(t, int64(want), many)
	whole := all(t, s, 1000)
	same(t, want, len(whole))
	for _, step := range []int{1, 2, 3, 7} {
		same(t, whole, all(t, s, step))
	}
	bounds := map[string]bool{}
	for _, h := range whole {
		bounds[fmt.Sprintf("%s %#v", h.Value, h.Bound)] = true
	}
	for _, want := range []journal.Held{
		{Value: value("data", 2), Bound: journal.KeyOf{Alliance: "alliance 2", WrappedKey: journal.WrappedKey{Use: journal.ForData}}},
		{Value: []byte("mark"), Bound: journal.KeyOf{Alliance: "alliance 3", WrappedKey: journal.WrappedKey{Use: journal.ForData, Holder: "amira", Destroyed: true}}},
		{Value: value("mac", 4), Bound: journal.Head{Alliance: "alliance 4", Number: 5, Seq: 1, Chain: []byte{4, 1}}},
		{Value: value("register", 4), Bound: journal.Register{Alliances: 5}},
		{Value: []byte("sealed"), Bound: journal.SealOfSecret("mark")},
	} {
		if !bounds[fmt.Sprintf("%s %#v", want.Value, want.Bound)] {
			t.Errorf("%s was not met with what it is bound to", want.Value)
		}
	}
}

func renew(t *testing.T, s Opened) {
	ctx := t.Context()
	fill(t, s)
	before := all(t, s, 100)
	// Of two values one has moved on since it was read.
	must(t, s.Append(ctx, journal.Batch{Alliance: "alliance 1", After: 1,
		Head: journal.Head{Alliance: "alliance 1", Number: 2, Seq: 2, Chain: []byte("moved"), MAC: []byte("moved")}}))
	must(t, s.Erase(ctx, "alliance 2", journal.WrappedKey{Use: journal.ForData, Holder: "amira", Destroyed: true, Sealed: []byte("gone")}))
	var renewals []journal.Renewal
	want := map[string]bool{"moved": true, "gone": true}
	for _, h := range before {
		renewals = append(renewals, journal.Renewal{Held: h, New: append([]byte("new "), h.Value...)})
		if !bytes.Equal(h.Value, value("mac", 1)) && !bytes.Equal(h.Value, value("amira", 2)) {
			want["new "+string(h.Value)] = true
		}
	}
	put, err := s.Renew(ctx, renewals)
	must(t, err)
	same(t, int64(len(before)-2), put)
	got := map[string]bool{}
	for _, h := range all(t, s.Reopen(), 100) {
		got[string(h.Value)] = true
	}
	same(t, want, got)
}

func whole(t *testing.T, s Opened) {
	fill(t, s)
	before := all(t, s, 100)
	var renewals []journal.Renewal
	for _, h := range before {
		renewals = append(renewals, journal.Renewal{Held: h, New: []byte("new")})
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := s.Renew(ended, renewals); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that ended: %v", err)
	}
	same(t, before, all(t, s, 100))
}
