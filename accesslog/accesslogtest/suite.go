// Package accesslogtest says, as tests, what an accesslog.Store promises. Every
// store runs the same ones.
package accesslogtest

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
	"samenspel/accesslog"
)

// Opened is an open store and the way to close and open it again.
type Opened struct {
	accesslog.Store
	Reopen func() accesslog.Store
	Sealer accesslog.Sealer
}

func (o Opened) log() *accesslog.Log { return accesslog.New(o.Store, o.Sealer) }

// Run holds a store against its promises. Each test opens an empty one.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s Opened)
	}{
		{"what is read is what was added", readBack},
		{"an empty store is empty", empty},
		{"a line that says the same is told once", once},
		{"lines are whole or not there", whole},
		{"a context that ended adds nothing", ended},
		{"several programs add to one chain", together},
		{"what somebody is told is what the plain rule says", toldByTheRule},
		{"what a question finds is what the plain rule says", foundByTheRule},
		{"a chain goes whole, and that is told", dropped},
		{"a new chain is told of in the house", begun},
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

// look is a look by a partner in an alliance, at a world or the place.
func look(id samenspel.AllianceID, by, about samenspel.PartnerID, what string, ms int) accesslog.Line {
	return accesslog.Line{
		Chain: id, Alliance: id, Kind: accesslog.Read, What: what, Person: "person-" + samenspel.PersonID(by), Partner: by,
		Role: "professional", About: about, Told: true, Session: "session", Device: "phone", Point: "mark 10.0.0.0/16", At: at(ms),
	}
}

func told(l accesslog.Line) samenspel.Looked {
	return samenspel.Looked{By: l.Partner, About: l.About, What: l.What, At: l.At}
}

// hear gives what somebody is told.
func hear(t testing.TB, s Opened, id samenspel.AllianceID, which accesslog.Which) []samenspel.Looked {
	t.Helper()
	got, err := s.log().Told(context.Background(), id, which)
	must(t, err)
	return got
}

var all = accesslog.Which{At: "amira", Since: time.Unix(0, 0), Most: 1000}

func same[T any](t testing.TB, want, got []T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
}

// lines are all lines of a store.
func lines(t testing.TB, s accesslog.Store) (list []accesslog.Line) {
	t.Helper()
	for l, err := range s.AccessLines(context.Background()) {
		must(t, err)
		list = append(list, l)
	}
	return list
}

func readBack(t *testing.T, s Opened) {
	full := accesslog.Line{
		Chain: "a", Kind: accesslog.Export, What: "story", Action: accesslog.Execute, Outcome: accesslog.Failed,
		Person: "p", Partner: "q", Role: "vrager", Staff: "officer", Purpose: "why", Session: "s", Device: "d", Point: "x",
		Alliance: "a", About: "b", Told: true, Object: "o", Whom: "w", At: at(1),
	}
	bare := accesslog.Line{Kind: accesslog.SignIn, What: "link", Purpose: "self", At: at(2)}
	must(t, s.log().Add(t.Context(), []accesslog.Line{full, bare}))
	for n := range 2 {
		if n == 1 {
			s.Store = s.Reopen()
		}
		got := lines(t, s.Store)
		if len(got) != 3 { // and that the chain began
			t.Fatalf("%d lines", len(got))
		}
		ignore := cmpopts.IgnoreFields(accesslog.Line{}, "N", "Link", "Seq")
		if diff := cmp.Diff([]accesslog.Line{full.Ready(), bare.Ready()}, []accesslog.Line{got[0], got[2]}, ignore); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if got[0].Seq != 1 || got[2].Seq != 2 || got[0].N >= got[2].N || len(got[0].Link) == 0 {
			t.Errorf("places %+v", got)
		}
	}
}

func empty(t *testing.T, s Opened) {
	same(t, nil, hear(t, s, "a", all))
	must(t, s.log().Add(t.Context(), nil))
	same(t, nil, lines(t, s.Store))
	head, err := s.AccessHead(t.Context(), "a")
	if err != nil || head.Seq != 0 {
		t.Errorf("a head %+v, %v", head, err)
	}
	n, err := s.Opened(t.Context(), "p", at(0))
	if n != 0 || err != nil {
		t.Errorf("opened %d, %v", n, err)
	}
}

func once(t *testing.T, s Opened) {
	line := look("a", "noor", "amira", "picture", 1)
	for range 3 {
		must(t, s.log().Add(t.Context(), []accesslog.Line{line, line}))
	}
	same(t, []samenspel.Looked{told(line)}, hear(t, s, "a", all))
	if n := len(lines(t, s.Store)); n != 7 {
		t.Errorf("%d lines: each access has one, and that the chain began", n)
	}
}

func whole(t *testing.T, s Opened) {
	good, bad := look("a", "noor", "amira", "picture", 1), look("b", "noor", "amira", "", 2)
	for name, bad := range map[string]accesslog.Line{
		"of nothing": bad, "by nobody": look("a", "", "amira", "picture", 2),
		"too long": look("a", "noor", "amira", strings.Repeat("x", 500), 2),
	} {
		if err := s.log().Add(t.Context(), []accesslog.Line{good, bad}); err == nil {
			t.Errorf("a line %s was kept", name)
		}
	}
	same(t, nil, lines(t, s.Store))
}

func ended(t *testing.T, s Opened) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range map[string]error{
		"add": s.log().Add(ctx, []accesslog.Line{look("a", "noor", "", "home", 1)}),
		"told": func() error {
			_, err := s.Told(ctx, "a", all)
			return err
		}(),
		"find": func() error {
			_, err := s.Find(ctx, accesslog.Question{Most: 1})
			return err
		}(),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want Canceled", name, err)
		}
	}
	same(t, nil, lines(t, s.Store))
}

// together has many programs, which know nothing of each other, add to the same
// chains at once.
func together(t *testing.T, s Opened) {
	const programs, each = 16, 20
	var group sync.WaitGroup
	for n := range programs {
		group.Go(func() {
			log := s.log()
			for i := range each {
				by := samenspel.PartnerID(fmt.Sprint("partner-", n))
				if err := log.Add(context.Background(), []accesslog.Line{look("a", by, "", "home", i)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := hear(t, s, "a", all); len(got) != programs*each {
		t.Errorf("%d lines, want %d", len(got), programs*each)
	}
	sound(t, s)
}

// sound fails the test when a chain does not hold.
func sound(t testing.TB, s Opened) {
	t.Helper()
	if _, err := s.log().Verify(context.Background(), func(f accesslog.Finding) { t.Error(f) }); err != nil {
		t.Error(err)
	}
}

// toldByTheRule holds what is told against the promise, written down plainly,
// in windows of any size. The draws are the same each time.
func toldByTheRule(t *testing.T, s Opened) {
	draw := rand.New(rand.NewPCG(3, 10))
	people := []samenspel.PartnerID{"amira", "noor", "samira"}
	for round := range 200 {
		id := samenspel.AllianceID(fmt.Sprint("alliance-", round))
		var list []accesslog.Line
		for range draw.IntN(40) {
			l := look(id, people[draw.IntN(3)], append(people, "", "")[draw.IntN(5)], []string{"home", "picture"}[draw.IntN(2)], draw.IntN(9))
			if l.Told = draw.IntN(6) > 0; l.Told && draw.IntN(5) == 0 {
				l.Kind = accesslog.Export
			}
			list = append(list, l)
		}
		must(t, s.log().Add(t.Context(), list))
		which := accesslog.Which{At: people[draw.IntN(3)], Most: draw.IntN(12), Looks: draw.IntN(4) == 0}
		if draw.IntN(2) > 0 && !which.Looks {
			which.Since = at(draw.IntN(10))
		}
		if draw.IntN(2) > 0 {
			which.Until = at(draw.IntN(9))
		}
		which.By = []samenspel.PartnerID{"", "", "noor", "amira"}[draw.IntN(4)]
		if diff := cmp.Diff(toldRuled(list, which), hear(t, s, id, which), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v: -by the rule +in fact\n%s", which, diff)
		}
	}
	sound(t, s)
}

// toldRuled is the plain rule.
func toldRuled(all []accesslog.Line, which accesslog.Which) []samenspel.Looked {
	var list []samenspel.Looked
	for _, l := range all {
		place := l.About == "" && !which.Since.IsZero() && !l.At.Before(which.Since)
		mine := l.About == which.At
		others := l.Partner != which.At || l.Kind != accesslog.Read && !which.Looks
		looks := l.Kind == accesslog.Read || !which.Looks
		by := which.By == "" || l.Partner == which.By
		early := which.Until.IsZero() || !l.At.After(which.Until)
		one := told(l)
		if l.Kind != accesslog.Read {
			one.Act = string(l.Kind)
		}
		if l.Told && (place || mine) && others && looks && by && early && !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	order := func(l samenspel.Looked) string {
		kind := l.Act
		if kind == "" {
			kind = "read"
		}
		return fmt.Sprintf("%020d %s\x00%s\x00%s\x00%s", l.At.UnixMilli(), l.About, l.By, kind, l.What)
	}
	slices.SortFunc(list, func(x, y samenspel.Looked) int { return strings.Compare(order(y), order(x)) })
	return list[:min(len(list), which.Most)]
}
