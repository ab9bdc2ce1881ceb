package samenspel_test

import (
	"slices"

	"pgregory.net/rapid"

	. "samenspel"
)

// frictionChapter is who may know of what chafes, written down plainly.
type frictionChapter struct {
	m         *ledger
	here      map[PartnerID]bool
	frictions map[FrictionID]*ledgerFriction
	repairs   map[RepairID]*ledgerRepair
}

type ledgerFriction struct {
	by        PartnerID
	knows     map[PartnerID]bool
	everybody bool
	words     Words
	earlier   FrictionID
	ground    StatementID
	gone      bool
}

type ledgerRepair struct {
	at    FrictionID
	by    PartnerID
	words Words
	gone  bool
}

func (c *frictionChapter) learn(m *ledger, f Fact) {
	c.m = m
	switch e := f.Event.(type) {
	case *PartnerJoined:
		c.here[e.Partner] = true
	case *PartnerLeft:
		delete(c.here, e.Partner)
	case *FrictionSignalled:
		fr := &ledgerFriction{by: e.By, knows: map[PartnerID]bool{e.By: true}, everybody: len(e.To) == 0, words: e.Words, earlier: e.Earlier}
		for _, p := range e.To {
			fr.knows[p] = true
		}
		for p := range c.here {
			fr.knows[p] = fr.knows[p] || fr.everybody
		}
		c.frictions[e.Friction] = fr
	case *FrictionWithdrawn:
		c.frictions[e.Friction].gone = true
	case *FrictionRestored:
		c.frictions[e.Friction].gone = false
	case *FrictionGrounded:
		c.frictions[e.Friction].ground = e.Statement
	case *RepairOffered:
		c.repairs[e.Repair] = &ledgerRepair{at: e.Friction, by: e.By, words: e.Words}
	case *RepairWithdrawn:
		c.repairs[e.Repair].gone = true
	case *RepairRestored:
		c.repairs[e.Repair].gone = false
	}
}

func (c *frictionChapter) maySee(of FrictionID, viewer PartnerID) bool {
	f := c.frictions[of]
	return f != nil && !f.gone && f.knows[viewer]
}

func (c *frictionChapter) maySeeRepair(of RepairID, viewer PartnerID) bool {
	r := c.repairs[of]
	f := c.frictions[r.at]
	between := viewer == f.by || viewer == r.by || r.by == f.by
	return !r.gone && c.maySee(r.at, viewer) && (f.everybody || between)
}

// maySeeGround: the words under it stand, are the owner's, and are for the viewer.
func (c *frictionChapter) maySeeGround(of FrictionID, viewer PartnerID) bool {
	ground := c.frictions[of].ground
	if ground == "" || !c.maySee(of, viewer) || !c.m.mayLie(ground, viewer) {
		return false
	}
	answers := c.m.statements[ground].answers
	last := answers[len(answers)-1]
	return last == Own || last == Confirmed || last == Reworded
}

func (c *frictionChapter) mayBeSeen(viewer PartnerID) (ids []string) {
	for of, f := range c.frictions {
		if !c.maySee(of, viewer) {
			continue
		}
		ids = append(ids, string(of))
		if c.maySee(f.earlier, viewer) {
			ids = append(ids, string(of+" after "+f.earlier))
		}
		if c.maySeeGround(of, viewer) {
			ids = append(ids, string(of)+" over "+string(f.ground))
		}
		for p, told := range f.knows {
			if told && p != f.by && (f.everybody || viewer == f.by || viewer == p) {
				ids = append(ids, string(of)+" to "+string(p))
			}
		}
	}
	for of := range c.repairs {
		if c.maySeeRepair(of, viewer) {
			ids = append(ids, string(of))
		}
	}
	return ids
}

func (c *frictionChapter) isSeen(seen *Seen) (ids []string) {
	for _, f := range seen.Frictions {
		ids = append(ids, string(f.ID))
		if f.Earlier != "" {
			ids = append(ids, string(f.ID+" after "+f.Earlier))
		}
		if f.Ground != "" {
			ids = append(ids, string(f.ID)+" over "+string(f.Ground))
		}
		for _, p := range f.To {
			ids = append(ids, string(f.ID)+" to "+string(p))
		}
		for _, r := range f.Repairs {
			ids = append(ids, string(r.ID))
		}
	}
	return ids
}

func (c *frictionChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for of, f := range c.frictions {
		may[f.words] = may[f.words] || c.maySee(of, viewer)
	}
	for of, r := range c.repairs {
		may[r.words] = may[r.words] || c.maySeeRepair(of, viewer)
	}
}

func (c *frictionChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *FrictionSignalled:
		return string(e.Friction), true
	case *FrictionWithdrawn:
		return string(e.Friction), true
	case *FrictionRestored:
		return string(e.Friction), true
	case *FrictionGrounded:
		return string(e.Friction), true
	case *FrictionMended:
		return string(e.Friction), true
	case *FrictionReopened:
		return string(e.Friction), true
	case *RepairOffered:
		return string(e.Repair), true
	case *RepairWithdrawn:
		return string(e.Repair), true
	case *RepairRestored:
		return string(e.Repair), true
	}
	return "", false
}

// purged takes out whom else it was told, where it was told one by one.
func (c *frictionChapter) purged(event Event, viewer PartnerID) Event {
	if e, ok := event.(*FrictionSignalled); ok && e.By != viewer && len(e.To) > 0 {
		told := *e
		told.To = slices.DeleteFunc(slices.Clone(e.To), func(p PartnerID) bool { return p != viewer })
		return &told
	}
	return event
}

func init() {
	chapters = append(chapters, func() chapter {
		here := map[PartnerID]bool{noor: true, amira: true, samira: true, joost: true} // before a history begins
		return &frictionChapter{here: here, frictions: map[FrictionID]*ledgerFriction{}, repairs: map[RepairID]*ledgerRepair{}}
	})
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		switch e := f.Event.(type) {
		case *FrictionSignalled:
			add("friction", string(e.Friction))
		case *RepairOffered:
			add("repair", string(e.Repair))
		}
	})
	moreLooked = append(moreLooked, func(seen *Seen, add func(what, id string, about PartnerID)) {
		for _, f := range seen.Frictions {
			add("friction", string(f.ID), f.By)
			for _, r := range f.Repairs {
				add("repair", string(r.ID), r.By)
			}
		}
	})
	signals := func(t *rapid.T, h *history, text func(string) Words) Wish {
		w := SignalFriction{Everybody: rapid.Bool().Draw(t, "everybody"), To: drawAudience(t)}
		if rapid.Bool().Draw(t, "with words") {
			w.Words = text("chafes")
		}
		if len(h.known["friction"]) > 0 && rapid.Bool().Draw(t, "again") {
			w.Earlier = drawID[FrictionID](t, h, "friction", "own")
		}
		if rapid.Bool().Draw(t, "grounded") {
			w.Ground = drawID[StatementID](t, h, "statement", "own")
		}
		return w
	}
	moreWishes = append(moreWishes, signals, signals, func(t *rapid.T, h *history, text func(string) Words) Wish {
		own := drawID[FrictionID](t, h, "friction", "own")
		wishes := []Wish{
			OfferRepair{drawID[FrictionID](t, h, "friction"), text("repair")},
			OfferRepair{drawID[FrictionID](t, h, "friction", "other"), text("repair")},
			WithdrawRepair{drawID[RepairID](t, h, "repair", "own")},
			MendFriction{own}, ReopenFriction{own}, WithdrawFriction{own},
			GroundFriction{own, drawID[StatementID](t, h, "statement", "own")}, GroundFriction{own, ""},
		}
		return evenly(t, "friction wish", wishes)
	})
}
