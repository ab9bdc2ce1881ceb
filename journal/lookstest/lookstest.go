// Package lookstest says, as tests, what a journal.Looks promises. Every store
// runs the same ones.
package lookstest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/journal"
)

// Opened is an open store and the way to close and open it again.
type Opened struct {
	journal.Looks
	Reopen func() journal.Looks
}

// Run holds a store against its promises. Each test opens an empty one.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s Opened)
	}{
		{"what is read is what was added", readBack},
		{"an empty store is empty", empty},
		{"a line that is there stays one line", once},
		{"lines are whole or not there", whole},
		{"a context that ended adds nothing", ended},
		{"many who look at once are all there", together},
		{"what is read is what the plain rule says", byTheRule},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// at is a moment some milliseconds after noon.
func at(ms int) time.Time { return noon.Add(time.Duration(ms) * time.Millisecond) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// read gives lines; all of those at Amira's world and the place where which
// says nothing else.
func read(t testing.TB, s journal.Looks, id samenspel.AllianceID, which journal.WhichLooks) []samenspel.Looked {
	t.Helper()
	got, err := s.LooksAt(context.Background(), id, which)
	must(t, err)
	return got
}

var all = journal.WhichLooks{At: "amira", Since: time.Unix(0, 0), Most: 1000}

func same(t testing.TB, want, got []samenspel.Looked) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
}

func readBack(t *testing.T, s Opened) {
	first := samenspel.Looked{By: "noor", About: "amira", What: "picture", At: at(1)}
	second := samenspel.Looked{By: "samira", What: "home", At: at(2)}
	must(t, s.AddLooks(t.Context(), "a", []samenspel.Looked{first}))
	must(t, s.AddLooks(t.Context(), "a", []samenspel.Looked{second, {By: "noor", About: "joost", What: "picture", At: at(3)}}))
	must(t, s.AddLooks(t.Context(), "b", []samenspel.Looked{first}))
	want := []samenspel.Looked{second, first}
	same(t, want, read(t, s, "a", all))
	s.Looks = s.Reopen()
	same(t, want, read(t, s, "a", all))
	same(t, want[1:], read(t, s, "b", all))
	// Between the milliseconds there is nothing.
	must(t, s.AddLooks(t.Context(), "c", []samenspel.Looked{{By: "noor", What: "home", At: at(1).Add(999 * time.Microsecond)}}))
	same(t, []samenspel.Looked{{By: "noor", What: "home", At: at(1)}}, read(t, s, "c", all))
}

func empty(t *testing.T, s Opened) {
	same(t, nil, read(t, s, "a", all))
	must(t, s.AddLooks(t.Context(), "a", nil))
	same(t, nil, read(t, s, "a", all))
}

func once(t *testing.T, s Opened) {
	line := samenspel.Looked{By: "noor", About: "amira", What: "picture", At: at(1)}
	for range 3 {
		must(t, s.AddLooks(t.Context(), "a", []samenspel.Looked{line, line}))
	}
	same(t, []samenspel.Looked{line}, read(t, s, "a", all))
}

func whole(t *testing.T, s Opened) {
	good := samenspel.Looked{By: "noor", About: "amira", What: "picture", At: at(1)}
	for name, bad := range map[string]samenspel.Looked{
		"by nobody":  {About: "amira", What: "picture", At: at(2)},
		"at nothing": {By: "noor", About: "amira", At: at(2)},
	} {
		if err := s.AddLooks(t.Context(), "a", []samenspel.Looked{good, bad}); err == nil {
			t.Errorf("a look %s was kept", name)
		}
	}
	same(t, nil, read(t, s, "a", all))
}

func ended(t *testing.T, s Opened) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.AddLooks(ctx, "a", []samenspel.Looked{{By: "noor", What: "home", At: at(1)}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("AddLooks: %v, want Canceled", err)
	}
	if _, err := s.LooksAt(ctx, "a", all); !errors.Is(err, context.Canceled) {
		t.Errorf("LooksAt: %v, want Canceled", err)
	}
	same(t, nil, read(t, s, "a", all))
}

func together(t *testing.T, s Opened) {
	const lookers, each = 16, 20
	var group sync.WaitGroup
	for n := range lookers {
		group.Go(func() {
			for i := range each {
				by := samenspel.PartnerID(fmt.Sprint("partner-", n))
				if err := s.AddLooks(t.Context(), "a", []samenspel.Looked{{By: by, What: "home", At: at(i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := read(t, s, "a", all); len(got) != lookers*each {
		t.Errorf("%d lines, want %d", len(got), lookers*each)
	}
}

// byTheRule holds what is read against the promise, written down plainly, in
// windows of any size. The draws are the same each time.
func byTheRule(t *testing.T, s Opened) {
	draw := rand.New(rand.NewPCG(3, 10))
	people := []samenspel.PartnerID{"amira", "noor", "samira"}
	for round := range 300 {
		id := samenspel.AllianceID(fmt.Sprint("alliance-", round))
		var lines []samenspel.Looked
		for range draw.IntN(40) {
			lines = append(lines, samenspel.Looked{
				By:    people[draw.IntN(3)],
				About: append(people, "", "")[draw.IntN(5)],
				What:  []string{"home", "picture"}[draw.IntN(2)],
				At:    at(draw.IntN(9)),
			})
		}
		must(t, s.AddLooks(t.Context(), id, lines))
		which := journal.WhichLooks{At: people[draw.IntN(3)], Most: draw.IntN(12)}
		if draw.IntN(2) > 0 {
			which.Since = at(draw.IntN(10))
		}
		if draw.IntN(2) > 0 {
			which.Until = at(draw.IntN(9))
		}
		which.By = []samenspel.PartnerID{"", "", "noor", "amira"}[draw.IntN(4)]
		if diff := cmp.Diff(ruled(lines, which), read(t, s, id, which), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v: -by the rule +in fact\n%s", which, diff)
		}
	}
}

// ruled is the plain rule.
func ruled(lines []samenspel.Looked, which journal.WhichLooks) []samenspel.Looked {
	var list []samenspel.Looked
	for _, l := range lines {
		whole := l.About == "" && !which.Since.IsZero() && !l.At.Before(which.Since)
		mine := l.About == which.At
		by := l.By != which.At && (which.By == "" || l.By == which.By)
		early := which.Until.IsZero() || !l.At.After(which.Until)
		if (whole || mine) && by && early && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	order := func(l samenspel.Looked) string {
		return fmt.Sprintf("%020d %s\x00%s\x00%s", l.At.UnixMilli(), l.About, l.By, l.What)
	}
	slices.SortFunc(list, func(x, y samenspel.Looked) int { return strings.Compare(order(y), order(x)) })
	return list[:min(len(list), which.Most)]
}
