package samenspel_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	. "samenspel"
)

// inside lets cmp compare what is not exported.
var inside = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), sameWords, cmpopts.EquateEmpty()}

// without leaves fields out of a comparison, by name.
func without(fields ...string) cmp.Option {
	return cmp.FilterPath(func(p cmp.Path) bool {
		f, ok := p.Last().(cmp.StructField)
		return ok && slices.Contains(fields, f.Name())
	}, cmp.Ignore())
}

// lookAround is what everybody sees now.
func lookAround(a *Alliance) map[PartnerID]*Seen {
	all := map[PartnerID]*Seen{}
	for _, p := range everybody {
		if seen, err := a.See(personOf(p)); err == nil {
			all[p] = seen
		}
	}
	return all
}

// The state is the fold of the facts, and nothing else.
func TestFoldOfTheFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t, 40, nil)
		again := fold(t, h.facts)
		want := lookAround(h.Alliance)
		if diff := cmp.Diff(want, lookAround(again.Alliance), inside); diff != "" {
			t.Fatalf("folded at once (-one by one +at once):\n%s", legible(diff))
		}
		for _, d := range h.deeds {
			if len(d.facts) == 0 {
				continue
			}
			if events, err := h.Decide(d.person, d.cmd); err != nil || len(events) != 0 {
				t.Fatalf("%T again: %d events, %v", d.cmd.Wish, len(events), err)
			}
			if _, err := h.Decide("somebody else", d.cmd); !errors.Is(err, ErrNotFound) {
				t.Fatalf("%T by somebody else: %v", d.cmd.Wish, err)
			}
		}
		gap := h.facts[len(h.facts)-1]
		gap.Seq += rapid.SampledFrom([]int64{-1, 0, 2, 100}).Draw(t, "gap")
		if err := h.Apply(gap); err == nil {
			t.Fatalf("fact %d was folded in after %d", gap.Seq, h.Seq())
		}
		if diff := cmp.Diff(want, lookAround(h.Alliance), inside); diff != "" {
			t.Fatalf("deciding changed what is seen (-before +after):\n%s", legible(diff))
		}
	})
}

// Everybody sees what the plain rule lets them see, at every point, and reads
// nothing else.
func TestSharing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, learned := newLedger(), 0
		drawHistory(t, 40, func(h *history, next func() deed) {
			next()
			for ; learned < len(h.facts); learned++ {
				m.learn(h.facts[learned])
			}
			for viewer, seen := range lookAround(h.Alliance) {
				checkSight(t, m, viewer, seen)
			}
		})
	})
}

func checkSight(t *rapid.T, m *ledger, as PartnerID, seen *Seen) {
	viewer := seen.You
	var emotions []EmotionID
	var views []ViewID
	for _, s := range slices.Concat(seen.Statements, seen.Frozen) {
		emotions = append(emotions, listIDs(s.Emotions, func(e SeenEmotion) EmotionID { return e.ID })...)
		views = append(views, listIDs(s.Views, func(v SeenView) ViewID { return v.ID })...)
	}
	slices.Sort(emotions)
	slices.Sort(views)
	for _, diff := range []string{
		cmp.Diff(seenIn(m.statements, m.maySee, viewer), listIDs(slices.Concat(seen.Statements, seen.Frozen), func(s SeenStatement) StatementID { return s.ID })),
		cmp.Diff(seenIn(m.themes, m.maySeeTheme, viewer), listIDs(seen.Themes, func(th SeenTheme) ThemeID { return th.ID })),
		cmp.Diff(seenIn(m.notes, m.maySeeNote, viewer), listIDs(seen.Notes, func(n SeenNote) NoteID { return n.ID })),
		cmp.Diff(seenIn(m.emotions, m.maySeeEmotion, viewer), emotions),
		cmp.Diff(seenIn(m.views, m.maySeeView, viewer), views),
	} {
		if diff != "" {
			t.Fatalf("what %s sees (-by the rule +in fact):\n%s", labelOf(as), legible(diff))
		}
	}
	for _, c := range m.chapters {
		want, got := c.mayBeSeen(viewer), c.isSeen(seen)
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("what %s sees by %T (-by the rule +in fact):\n%s", labelOf(as), c, legible(diff))
		}
	}
	may := m.mayRead(viewer)
	may[seen.Title] = true
	for _, p := range seen.Partners {
		may[p.Name], may[p.As] = true, true
	}
	for _, words := range readable(reflect.ValueOf(seen)) {
		if !may[words] && !words.Empty() {
			t.Fatalf("%s reads %q", labelOf(as), words.Text())
		}
	}
}

// listIDs lists ids, sorted.
func listIDs[T any, ID ~string](things []T, id func(T) ID) []ID {
	var list []ID
	for _, thing := range things {
		list = append(list, id(thing))
	}
	slices.Sort(list)
	return list
}

// readable finds all words in a value, wherever they hang.
func readable(v reflect.Value) (found []Words) {
	if words, ok := v.Interface().(Words); ok {
		return []Words{words}
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return readable(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, readable(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = append(found, readable(v.Field(i))...)
			}
		}
	}
	return found
}

// picture is what somebody sees, and all that is drawn from it.
type picture struct {
	Seen    *Seen
	Asks    []Ask
	Now     []Insight   // of each partner
	Moments [][]Moment  // of each partner
	Then    [][]Insight // of each partner, at each moment
}

// current is the picture of everybody as it is now, without the past.
func current(a *Alliance) map[PartnerID]picture {
	all := map[PartnerID]picture{}
	for viewer, seen := range lookAround(a) {
		p := picture{Seen: seen, Asks: seen.Asks()}
		for _, about := range seen.Partners {
			p.Now = append(p.Now, seen.Insight(about.ID))
		}
		all[viewer] = p
	}
	return all
}

// grown is a picture with its past.
func grown(seen *Seen) picture {
	p := picture{Seen: seen, Asks: seen.Asks()}
	for _, about := range seen.Partners {
		moments := seen.Moments(about.ID)
		var then []Insight
		for _, m := range moments {
			then = append(then, seen.InsightAt(about.ID, m))
		}
		p.Now = append(p.Now, seen.Insight(about.ID))
		p.Moments = append(p.Moments, moments)
		p.Then = append(p.Then, then)
	}
	return p
}

// Whatever can be undone is undone for everybody, and brought back.
func TestUndo(t *testing.T) {
	present := cmp.Options{inside, without("Turn", "Undo", "Last", "history", "aside", "Rights", "Comings", "TakenAway", "EndedAt")}
	rapid.Check(t, func(t *rapid.T) {
		drawHistory(t, 40, func(h *history, next func() deed) {
			before := current(h.Alliance)
			d := next()
			if seen, err := h.See(d.person); err != nil || seen.Undo != d.cmd.ID {
				return
			}
			after := current(h.Alliance)
			w := fold(t, h.facts)
			undo := func(label string, of CommandID) {
				cmd := Command{ID: id(label), Arrived: arrival(len(h.deeds)), Wish: Undo{of}}
				if events, err := w.do(d.person, cmd); err != nil || len(events) == 0 {
					t.Fatalf("undo of %T: %d events, %v", d.cmd.Wish, len(events), err)
				}
			}
			undo("undo", d.cmd.ID)
			if diff := cmp.Diff(before, current(w.Alliance), present); diff != "" {
				t.Fatalf("undo of %T (-before +after):\n%s", d.cmd.Wish, legible(diff))
			}
			if _, invited := d.cmd.Wish.(InvitePartner); invited {
				return // an invitation that was taken back is not laid again
			}
			undo("redo", id("undo"))
			if diff := cmp.Diff(after, current(w.Alliance), present); diff != "" {
				t.Fatalf("undo of the undo of %T (-before +after):\n%s", d.cmd.Wish, legible(diff))
			}
		})
	})
}

// The picture follows from what is seen: its last moment is now, nothing
// stands in it before it was worded, and nothing that was refused.
func TestInsight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t, 40, nil)
		worded := map[StatementID]Fact{}
		for _, f := range h.facts {
			if e, ok := f.Event.(*StatementWorded); ok {
				worded[e.Statement] = f
			}
		}
		for _, seen := range lookAround(h.Alliance) {
			p := grown(seen)
			for i, about := range seen.Partners {
				checkCells(t, seen, p.Now[i])
				checkPlaced(t, seen, about.ID, p.Now[i])
				for j, m := range p.Moments[i] {
					if j > 0 && !m.At.After(p.Moments[i][j-1].At) {
						t.Fatalf("moment %d is not after the one before", j)
					}
					for _, st := range standingIn(p.Then[i][j]) {
						if worded[st].At.After(m.At) {
							t.Fatalf("%s stands in the picture before it was worded", labelOf(st))
						}
					}
				}
				if last := len(p.Then[i]) - 1; last >= 0 {
					if diff := cmp.Diff(p.Now[i], p.Then[i][last], sameWords, cmpopts.EquateEmpty(), without("At")); diff != "" {
						t.Fatalf("the last moment (-now +then):\n%s", legible(diff))
					}
				}
			}
		}
	})
}

func sectorsOf(in Insight) []Sector { return slices.Concat(in.Sectors, in.Rest) }

// standingIn lists the statements of a picture.
func standingIn(in Insight) (list []StatementID) {
	for _, sector := range sectorsOf(in) {
		for _, c := range sector.Cells {
			list = append(list, c.Statements...)
		}
	}
	return list
}

// checkCells holds the state of each cell against what stands in it.
func checkCells(t *rapid.T, seen *Seen, in Insight) {
	for _, sector := range sectorsOf(in) {
		for _, c := range sector.Cells {
			want := NotAsked
			for _, of := range c.Statements {
				st := seen.Statement(of)
				got := map[Standing]CellState{Own: OwnWords, Reworded: OwnWords, Confirmed: ConfirmedWords, Asked: Assumed}[st.Standing]
				if st.Standing == Confirmed && st.Kind == Quote {
					got = OwnWords
				}
				want = max(want, got)
			}
			if c.State != want && c.State != NotHere {
				t.Fatalf("a cell of %d statements is %s, want %s", len(c.Statements), stateNames[c.State], stateNames[want])
			}
		}
	}
}

// checkPlaced holds what stands in a picture against what has a place in it.
func checkPlaced(t *rapid.T, seen *Seen, about PartnerID, in Insight) {
	var want []StatementID
	for _, st := range seen.Statements {
		if st.About == about && st.Layer != "" && st.Standing != RefusedByMe {
			want = append(want, st.ID)
		}
	}
	got := standingIn(in)
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("what stands in the picture (-want +got):\n%s", legible(diff))
	}
}
