package accesslogtest

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/accesslog"
)

// pick draws one of a list.
func pick[T any](draw *rand.Rand, list ...T) T { return list[draw.IntN(len(list))] }

// foundByTheRule asks everything that can be asked, page by page, and holds it
// against the plain rule. The draws are the same each time.
func foundByTheRule(t *testing.T, s Opened) {
	draw := rand.New(rand.NewPCG(5, 4))
	var list []accesslog.Line
	for range 400 {
		l := accesslog.Line{
			Kind: pick(draw, accesslog.Read, accesslog.Read, accesslog.Export, accesslog.SignIn), What: "thing",
			Outcome: pick(draw, accesslog.Done, accesslog.Done, accesslog.Refused),
			Person:  pick[samenspel.PersonID](draw, "p1", "p2"), Session: pick(draw, "s1", "s2", "s3"),
			Device: pick(draw, "phone", "laptop"), Alliance: pick[samenspel.AllianceID](draw, "", "a", "b"), At: at(draw.IntN(50)),
		}
		l.Chain = pick(draw, "", l.Alliance)
		list = append(list, l)
	}
	must(t, s.log().Add(t.Context(), list))
	list = lines(t, s.Store)
	for range 300 {
		q := accesslog.Question{
			Person: pick[samenspel.PersonID](draw, "", "", "p1"), Session: pick(draw, "", "", "s2"), Device: pick(draw, "", "", "phone"),
			Alliance: pick[samenspel.AllianceID](draw, "", "", "b"), Kind: pick(draw, "", "", accesslog.Read, accesslog.Export),
			Outcome: pick(draw, "", "", accesslog.Done, accesslog.Refused),
			From:    pick(draw, time.Time{}, at(10)), Until: pick(draw, time.Time{}, at(40)), Most: 1 + draw.IntN(30),
		}
		want := foundRuled(list, q)
		sums, err := s.Sum(t.Context(), accesslog.Question{
			Person: q.Person, Session: q.Session, Device: q.Device, Alliance: q.Alliance, Kind: q.Kind, Outcome: q.Outcome,
			From: q.From, Until: q.Until, Most: 10_000,
		})
		must(t, err)
		counted := 0
		for _, sum := range sums {
			counted += sum.Count
		}
		if counted != len(want) {
			t.Fatalf("%+v: the sums are of %d lines, want %d", q, counted, len(want))
		}
		var got []accesslog.Line
		for {
			page, err := s.Find(t.Context(), q)
			must(t, err)
			got = append(got, page...)
			if len(page) < q.Most {
				break
			}
			last := page[len(page)-1]
			q.Behind = accesslog.Place{At: last.At, N: last.N}
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v: -by the rule +in fact\n%s", q, diff)
		}
	}
}

// foundRuled is the plain rule.
func foundRuled(all []accesslog.Line, q accesslog.Question) []accesslog.Line {
	var list []accesslog.Line
	for _, l := range all {
		if (q.Person == "" || l.Person == q.Person) && (q.Session == "" || l.Session == q.Session) &&
			(q.Device == "" || l.Device == q.Device) && (q.Alliance == "" || l.Alliance == q.Alliance) &&
			(q.Kind == "" || l.Kind == q.Kind) && (q.Outcome == "" || l.Outcome == q.Outcome) &&
			(q.From.IsZero() || !l.At.Before(q.From)) && (q.Until.IsZero() || !l.At.After(q.Until)) {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(x, y accesslog.Line) int {
		if c := y.At.Compare(x.At); c != 0 {
			return c
		}
		return int(y.N - x.N)
	})
	return list
}

func dropped(t *testing.T, s Opened) {
	log := s.log()
	must(t, log.Add(t.Context(), []accesslog.Line{look("a", "noor", "amira", "picture", 1), look("b", "noor", "amira", "picture", 1)}))
	must(t, log.Forget(t.Context(), "a", accesslog.Line{Person: "p", At: at(2)}))
	same(t, nil, hear(t, s, "a", all))
	if got := hear(t, s, "b", all); len(got) != 1 {
		t.Errorf("another chain has %d lines", len(got))
	}
	last := lines(t, s.Store)
	if l := last[len(last)-1]; l.Kind != accesslog.Gone || l.Alliance != "a" || l.Person != "p" || l.Chain != accesslog.House {
		t.Errorf("the last line is %+v", l)
	}
	sound(t, s)
	must(t, log.Forget(t.Context(), accesslog.House, accesslog.Line{At: at(3)}))
	if got := lines(t, s.Store); len(got) <= len(last)-1 {
		t.Error("the chain of the house can go")
	}
	sound(t, s)
}

func begun(t *testing.T, s Opened) {
	for range 2 {
		must(t, s.log().Add(t.Context(), []accesslog.Line{look("a", "noor", "", "home", 1), look("b", "noor", "", "home", 1)}))
	}
	found, err := s.Find(t.Context(), accesslog.Question{Kind: accesslog.Begun, Most: 10})
	must(t, err)
	if len(found) != 2 || found[0].Chain != accesslog.House || found[0].Alliance == found[1].Alliance {
		t.Errorf("%+v", found)
	}
	heads, err := s.AccessHeads(t.Context())
	must(t, err)
	if len(heads) != 3 || heads[0].Chain != accesslog.House || heads[1].Seq != 2 {
		t.Errorf("heads %+v", heads)
	}
}
