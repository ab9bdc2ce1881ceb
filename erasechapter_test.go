package samenspel_test

import (
	"slices"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	chapters = append(chapters, func() chapter { return &erasureChapter{asked: map[ErasureID]*ledgerErasure{}} })
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		if e, ok := f.Event.(*ErasureAsked); ok && e.Statement != "" {
			add("erasure", string(e.Erasure))
		}
	})
	moreLooked = append(moreLooked, func(seen *Seen, add func(what, id string, about PartnerID)) {
		for _, x := range seen.Erasures {
			switch {
			case x.MayAnswer && !x.All:
				add("erasure to answer", string(x.ID), x.About)
			case x.MayAnswer:
				add("whole erasure", string(x.ID), x.About)
			}
		}
	})
	moreWishes = append(moreWishes, drawErasing)
}

// erasureChapter is the plain rule for requests: they are for whom they are
// about, for who asked, and for those who may answer.
type erasureChapter struct {
	ledger *ledger
	asked  map[ErasureID]*ledgerErasure
}

type ledgerErasure struct {
	about, by, wrote PartnerID
	own              bool
	words            []Words
}

func (c *erasureChapter) learn(m *ledger, f Fact) {
	c.ledger = m
	switch e := f.Event.(type) {
	case *ErasureAsked:
		c.asked[e.Erasure] = &ledgerErasure{about: e.About, by: f.By, wrote: e.Wrote, words: []Words{e.Words}}
	case *ErasureAnswered:
		x := c.asked[e.Erasure]
		x.words = append(x.words, e.Words)
	case *StatementErased:
		if c.asked[e.Erasure] == nil {
			c.asked[e.Erasure] = &ledgerErasure{about: e.About, own: true}
		}
	}
}

func (c *erasureChapter) maySee(x *ledgerErasure, viewer PartnerID) bool {
	return viewer == x.about || !x.own && (viewer == x.by || slices.Contains(c.ledger.deciders(x.about, x.wrote), viewer))
}

func (c *erasureChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for of, x := range c.asked {
		if c.maySee(x, viewer) {
			list = append(list, string(of))
		}
	}
	return list
}

func (*erasureChapter) isSeen(seen *Seen) (list []string) {
	for _, x := range seen.Erasures {
		list = append(list, string(x.ID))
	}
	return list
}

func (c *erasureChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, x := range c.asked {
		for _, w := range x.words {
			may[w] = may[w] || c.maySee(x, viewer)
		}
	}
}

func (*erasureChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *ErasureAsked:
		return string(e.Erasure), true
	case *ErasureDropped:
		return string(e.Erasure), true
	case *ErasureAnswered:
		return string(e.Erasure), true
	}
	return "", false
}

func (*erasureChapter) purged(e Event, _ PartnerID) Event { return e }

// learnSeats notes who is at the table, and as what.
func (m *ledger) learnSeats(f Fact) {
	find := func(p PartnerID) *ledgerSeat {
		for _, s := range m.seats {
			if s.partner == p {
				return s
			}
		}
		m.seats = append(m.seats, &ledgerSeat{partner: p})
		return m.seats[len(m.seats)-1]
	}
	switch e := f.Event.(type) {
	case *PartnerInvited:
		find(e.Partner).role = e.Role
	case *PartnerJoined:
		s := find(e.Partner)
		s.role, s.here = e.Role, true
	case *PartnerLeft:
		find(e.Partner).here = false
	}
}

// deciders are who may answer a request about a world.
func (m *ledger) deciders(about, wrote PartnerID) (list []PartnerID) {
	for _, fits := range []func(s *ledgerSeat) bool{
		func(s *ledgerSeat) bool { return s.role == Professional },
		func(s *ledgerSeat) bool { return s.partner == wrote },
		func(s *ledgerSeat) bool { return s.role == Vrager },
	} {
		for _, s := range m.seats {
			if s.here && s.partner != about && fits(s) {
				list = append(list, s.partner)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// along notes that a theme was named for words that came with it.
func (m *ledger) along(of ThemeID, f Fact) {
	if th := m.themes[of]; th != nil && th.command == f.Command {
		th.along = true
	}
}

// erase takes a statement away, and its theme where it was the last in it and
// its owner named it along with words.
func (m *ledger) erase(of StatementID) {
	s := m.statements[of]
	s.erased = true
	th := m.themes[s.theme]
	for _, other := range m.statements {
		if other.theme == s.theme && !other.erased {
			return
		}
	}
	if th != nil && th.along && th.by == s.about {
		th.gone = true
	}
}

// drawErasing is a wish about words that go, or are frozen.
func drawErasing(t *rapid.T, h *history, text func(string) Words) Wish {
	own := func() StatementID { return drawID[StatementID](t, h, "statement", "own") }
	grounds := append([]ErasureGround{""}, ErasureGrounds[:]...)
	if len(h.sight["whole erasure"]) > 0 && rapid.Bool().Draw(t, "whole") {
		of := ErasureID(evenly(t, "whole erasure", h.sight["whole erasure"]))
		return AnswerErasure{Erasure: of, Ground: evenly(t, "ground", grounds), Words: text("no")}
	}
	if open := h.sight["erasure to answer"]; len(open) > 0 && rapid.Bool().Draw(t, "answer") {
		yes := rapid.Bool().Draw(t, "yes")
		return AnswerErasure{Erasure: ErasureID(evenly(t, "erasure", open)), Yes: yes, Ground: evenly(t, "ground", grounds), Words: text("no")}
	}
	draw := []func() Wish{
		func() Wish { return EraseStatement{Statement: own()} },
		func() Wish { return AskErasure{Statement: own(), Words: text("why")} },
		func() Wish { return AskErasure{Statement: own()} },
		func() Wish { return AskErasure{Words: text("why")} },
		func() Wish { return EraseOwnWords{Withdrawn: rapid.Bool().Draw(t, "withdrawn")} },
		func() Wish { return DropErasure{drawID[ErasureID](t, h, "erasure")} },
		func() Wish { return AnswerErasure{Erasure: drawID[ErasureID](t, h, "erasure"), Yes: true} },
		func() Wish { return FreezeStatement{drawID[StatementID](t, h, "statement")} },
		func() Wish { return FreezeStatement{own()} },
		func() Wish { return UnfreezeStatement{drawID[StatementID](t, h, "statement")} },
	}
	return evenly(t, "erasing", draw)()
}
