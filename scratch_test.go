package samenspel_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, scratchRules)
	chapters = append(chapters, func() chapter { return &scratchChapter{pads: map[ScratchID]*ledgerNote{}} })
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		if e, ok := f.Event.(*ScratchWritten); ok {
			add("scratch", string(e.Scratch))
		}
	})
	moreLooked = append(moreLooked, func(seen *Seen, add func(what, id string, about PartnerID)) {
		for _, c := range seen.Scratches {
			add("scratch", string(c.ID), seen.You)
		}
	})
	moreWishes = append(moreWishes, func(t *rapid.T, h *history, text func(string) Words) Wish {
		return evenly(t, "scratch", []func() Wish{
			func() Wish { return WriteScratch{text("scratch")} }, func() Wish { return WriteScratch{text("scratch")} },
			func() Wish { return ThrowScratch{drawID[ScratchID](t, h, "scratch", "own")} },
			func() Wish { return LayScratch{drawID[ScratchID](t, h, "scratch", "own")} },
		})()
	})
}

func scratches(s *Seen) []string {
	return listOf(s.Scratches, func(c SeenScratch) string { return c.Words.Text() })
}

func pad(label string) ScratchID { return ScratchID(id(label)) }

var jots = did(amira, "jot", WriteScratch{Say("call them?")})

var scratchRules = []line{
	rule("somebody jots something down: nobody else sees it", given(), when(amira, WriteScratch{Say("call them?")}),
		then(&ScratchWritten{Scratch: pad("now"), By: amira, Words: Say("call them?")}),
		sees(amira, scratches, "call them?"), sees(noor, scratches), sees(amira, undo, "")),
	rule("with words", given(), when(amira, WriteScratch{}), thenRefused("invalid.words_needed")),
	rule("so many at a time", given(times(100, func(i int) step { return did(noor, "jot "+string(rune('a'+i)), WriteScratch{Say("w")}) })...),
		when(noor, WriteScratch{Say("w")}), thenRefused("refused.too_many")),
	rule("it is thrown away at once", given(jots), when(amira, ThrowScratch{pad("jot")}),
		then(&ScratchGone{Scratch: pad("jot"), Why: ScratchThrown}), sees(amira, scratches)),
	rule("by its writer alone, and nobody else learns that it is there", given(jots), when(noor, ThrowScratch{pad("jot")}), thenRefused("error.not_found")),
	rule("it is put down here: words of its writer, that only they see", given(jots), when(amira, LayScratch{pad("jot")}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now, Words: Say("call them?")},
			&ScratchGone{Scratch: pad("jot"), Why: ScratchLaid}),
		sees(amira, scratches), sees(amira, statements, "now"), sees(noor, statements)),
	rule("once", given(jots, did(amira, "lays it", LayScratch{pad("jot")})), when(amira, LayScratch{pad("jot")}), thenRefused("error.not_found")),
	rule("by its writer alone", given(jots), when(noor, LayScratch{pad("jot")}), thenRefused("error.not_found")),
	rule("after the end nothing is jotted down", given(ends), when(amira, WriteScratch{Say("w")}), thenRefused("refused.ended")),
}

func TestScratchRules(t *testing.T) { play(t, scratchRules) }

// A scratch has a key of its own, that is to be destroyed when it went: after
// fourteen days, at the end, or when its writer left.
func TestAScratchEmptiesItself(t *testing.T) {
	at := now.Add(-time.Minute) // when it was written, by the tables
	for _, c := range []struct {
		name  string
		steps []step
		after time.Duration
		why   ScratchEnd
	}{
		{"just before", nil, ScratchLife - time.Second, ""},
		{"after fourteen days", nil, ScratchLife, ScratchTime},
		{"at the end", []step{ends}, time.Hour, ScratchOver},
		{"its writer left", []step{did(amira, "goes", LeaveAlliance{Partner: amira})}, time.Hour, ScratchOver},
	} {
		w := played(t, given(append([]step{}, jots)...), when(samira, SetFirstSeen{}))
		for _, s := range c.steps {
			if _, err := w.do(personOf(s.by), Command{ID: id(s.label), Arrived: now, Wish: s.wish}); err != nil {
				t.Fatal(c.name, err)
			}
		}
		gone := w.Overdue(at.Add(c.after))
		if c.why == "" {
			if len(gone) != 0 || len(w.Remains()) != 0 {
				t.Errorf("%s: %d gone, to be destroyed: %v", c.name, len(gone), w.Remains())
			}
			continue
		}
		if len(gone) != 1 || gone[0].(*ScratchGone).Why != c.why {
			t.Fatalf("%s: %v gone", c.name, gone)
		}
		for _, f := range w.Facts("", Command{ID: id("sweep"), Arrived: now}, gone) {
			if err := w.Apply(f); err != nil {
				t.Fatal(err)
			}
			w.facts = append(w.facts, f)
		}
		key := (&ScratchWritten{Scratch: pad("jot")}).Holder()
		if keys := w.Remains(); len(keys) != 1 || keys[0] != key || key == amira {
			t.Errorf("%s: to be destroyed %v, want %v", c.name, keys, key)
		}
		if left := fold(t, erased(w.facts, []PartnerID{key})).Remains(); len(left) != 0 {
			t.Errorf("%s: destroyed, and still to be destroyed: %v", c.name, left)
		}
		if seen, err := w.See(personOf(amira)); err == nil && len(seen.Scratches) != 0 {
			t.Errorf("%s: it is still seen", c.name)
		}
	}
}

// Who looks after its time sees it no more, also if nothing could be written.
func TestAnOverdueScratchIsLeftOut(t *testing.T) {
	w := played(t, given(), when(amira, WriteScratch{Say("w")}))
	for after, want := range map[time.Duration]int{ScratchLife - 1: 1, ScratchLife: 0} {
		seen, err := w.See(personOf(amira))
		if err != nil {
			t.Fatal(err)
		}
		if seen.LeaveOut(now.Add(after)); len(seen.Scratches) != want {
			t.Errorf("after %v: %d", after, len(seen.Scratches))
		}
	}
}

// scratchChapter is the plain rule: a scratch is its writer's, until it goes.
type scratchChapter struct{ pads map[ScratchID]*ledgerNote }

func (c *scratchChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *ScratchWritten:
		c.pads[e.Scratch] = &ledgerNote{by: e.By, words: e.Words}
	case *ScratchGone:
		c.pads[e.Scratch].gone = true
	}
}

func (c *scratchChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for id, n := range c.pads {
		if n.by == viewer && !n.gone {
			list = append(list, "scratch "+string(id))
		}
	}
	return list
}

func (c *scratchChapter) isSeen(seen *Seen) (list []string) {
	for _, s := range seen.Scratches {
		list = append(list, "scratch "+string(s.ID))
	}
	return list
}

func (c *scratchChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, n := range c.pads {
		if n.by == viewer && !n.gone {
			may[n.words] = true
		}
	}
}

func (c *scratchChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *ScratchWritten:
		return "scratch " + string(e.Scratch), true
	case *ScratchGone:
		return "scratch " + string(e.Scratch), true
	}
	return "", false
}

func (c *scratchChapter) purged(e Event, _ PartnerID) Event { return e }
