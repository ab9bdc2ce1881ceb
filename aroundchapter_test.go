package samenspel_test

import (
	"pgregory.net/rapid"

	. "samenspel"
)

// aroundChapter is who may see which map, written down plainly.
type aroundChapter struct {
	near map[NearID]*ledgerNear
	ties map[string]*ledgerTie
	with map[[2]PartnerID]bool // owner, viewer
}

type ledgerNear struct {
	owner    PartnerID
	name, as Words
	gone     bool
}

type ledgerTie struct {
	owner    PartnerID
	one, two NearID
	isThere  bool
}

func tieName(owner PartnerID, one, two NearID) string {
	if one > two {
		one, two = two, one
	}
	return string(owner) + " ties " + string(one) + " " + string(two)
}

// sharing is that an owner shows somebody their map: between the two of them.
func sharing(owner, with PartnerID) string { return "map of " + string(owner) + " for " + string(with) }

func (c *aroundChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *NearPut:
		c.near[e.Near] = &ledgerNear{owner: e.Owner, name: e.Name, as: e.As}
	case *NearNamed:
		c.near[e.Near].name, c.near[e.Near].as = e.Name, e.As
	case *NearRemoved:
		c.near[e.Near].gone = true
	case *NearRestored:
		c.near[e.Near].gone = false
	case *NearTied:
		c.ties[tieName(e.Owner, e.From, e.To)] = &ledgerTie{e.Owner, e.From, e.To, true}
	case *NearUntied:
		c.ties[tieName(e.Owner, e.From, e.To)].isThere = false
	case *AroundShared:
		c.with[[2]PartnerID{e.Owner, e.With}] = true
	case *AroundUnshared:
		c.with[[2]PartnerID{e.Owner, e.With}] = false
	}
}

func (c *aroundChapter) maySee(owner, viewer PartnerID) bool {
	return owner == viewer || c.with[[2]PartnerID{owner, viewer}]
}

func (c *aroundChapter) stands(of NearID) bool { return of == "" || !c.near[of].gone }

func (c *aroundChapter) mayBeSeen(viewer PartnerID) (ids []string) {
	for of, n := range c.near {
		if c.maySee(n.owner, viewer) && !n.gone {
			ids = append(ids, string(of))
		}
	}
	for name, tie := range c.ties {
		if tie.isThere && c.maySee(tie.owner, viewer) && c.stands(tie.one) && c.stands(tie.two) {
			ids = append(ids, name)
		}
	}
	for who, shown := range c.with {
		if shown && who[1] == viewer {
			ids = append(ids, sharing(who[0], viewer))
		}
	}
	return ids
}

func (c *aroundChapter) isSeen(seen *Seen) (ids []string) {
	for _, m := range seen.Around {
		if m.Owner != seen.You {
			ids = append(ids, sharing(m.Owner, seen.You))
		}
		for _, n := range m.People {
			ids = append(ids, string(n.ID))
		}
		for _, tie := range m.Ties {
			ids = append(ids, tieName(m.Owner, tie.From, tie.To))
		}
	}
	return ids
}

func (c *aroundChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, n := range c.near {
		if c.maySee(n.owner, viewer) && !n.gone {
			may[n.name], may[n.as] = true, true
		}
	}
}

func (c *aroundChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *NearPut:
		return string(e.Near), true
	case *NearMoved:
		return string(e.Near), true
	case *NearNamed:
		return string(e.Near), true
	case *NearLinked:
		return string(e.Near), true
	case *NearRemoved:
		return string(e.Near), true
	case *NearRestored:
		return string(e.Near), true
	case *NearTied:
		return tieName(e.Owner, e.From, e.To), true
	case *NearUntied:
		return tieName(e.Owner, e.From, e.To), true
	case *AroundShared:
		return sharing(e.Owner, e.With), true
	case *AroundUnshared:
		return sharing(e.Owner, e.With), true
	}
	return "", false
}

func (c *aroundChapter) purged(event Event, _ PartnerID) Event { return event }

func init() {
	chapters = append(chapters, func() chapter {
		return &aroundChapter{map[NearID]*ledgerNear{}, map[string]*ledgerTie{}, map[[2]PartnerID]bool{}}
	})
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		if e, ok := f.Event.(*NearPut); ok {
			add("near", string(e.Near))
		}
	})
	moreLooked = append(moreLooked, func(seen *Seen, add func(what, id string, about PartnerID)) {
		for _, m := range seen.Around {
			for _, n := range m.People {
				add("near", string(n.ID), m.Owner)
			}
		}
	})
	ties := append(TieKinds[:], "")
	puts := func(t *rapid.T, h *history, text func(string) Words) Wish {
		w := PutNear{Name: text("near"), As: text("who"), Ring: evenly(t, "ring", []int{1, 2, 3})}
		w.Tie = evenly(t, "tie", ties)
		if rapid.Bool().Draw(t, "a partner") {
			w.Name, w.Partner = Words{}, evenly(t, "who", everybody)
		}
		return w
	}
	shows := func(t *rapid.T, _ *history, _ func(string) Words) Wish { return ShareAround{drawAudience(t)} }
	moreWishes = append(moreWishes, puts, puts, shows, func(t *rapid.T, h *history, text func(string) Words) Wish {
		own := func() NearID { return drawID[NearID](t, h, "near", "own") }
		wishes := []func() Wish{
			func() Wish {
				return MoveNear{own(), evenly(t, "ring", []int{1, 2, 3}), rapid.IntRange(0, 23).Draw(t, "direction")}
			},
			func() Wish { return NameNear{own(), text("near"), text("who")} },
			func() Wish { return LinkNear{own(), evenly(t, "who", append(everybody, ""))} },
			func() Wish { return RemoveNear{own()} },
			func() Wish { return TieNear{From: own(), To: own(), As: evenly(t, "tie", ties)} },
			func() Wish { return TieNear{To: own(), As: evenly(t, "tie", ties)} },
			func() Wish { return InvitePartner{Role: BonusPartner, Name: text("name"), Near: own()} },
		}
		return evenly(t, "map wish", wishes)()
	})
}
