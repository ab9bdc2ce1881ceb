package samenspel_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, emergencyRules)
	chapters = append(chapters, func() chapter { return &emergencyChapter{} })
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		if e, ok := f.Event.(*EmergencyOpened); ok {
			add("emergency", string(e.Emergency))
		}
	})
	moreLooked = append(moreLooked, func(s *Seen, add func(what, id string, about PartnerID)) {
		for _, e := range s.Emergencies {
			add("emergency", string(e.ID), "")
		}
	})
	moreWishes = append(moreWishes, func(t *rapid.T, h *history, text func(string) Words) Wish {
		if evenly(t, "close the emergency", []bool{false, false, true}) {
			return CloseEmergency{drawID[EmergencyID](t, h, "emergency")}
		}
		return OpenInEmergency{
			For: Say("Amira"), Name: text("name"), As: text("from"), Reason: evenly(t, "reason", EmergencyReasons[:]), Words: text("matter"),
		}
	})
	moreStarts = append(moreStarts, start{func() []step { return given(own, guess, inNeed) }, len(moreWishes) - 1})
}

// looksFor is a professional without a place who looks for Amira.
func looksFor(name, beside string) OpenInEmergency {
	return OpenInEmergency{For: Say(name), Beside: Say(beside), Name: Say("Bram"), As: Say("night team"), Reason: EmergencyAway, Words: Say("she called")}
}

// inNeed is Bram who looks.
var inNeed = did(bram, "need", looksFor("amira ", ""))

// theNeed is what came of it.
func theNeed(label string, at time.Time) *EmergencyOpened {
	return &EmergencyOpened{
		Emergency: EmergencyID(id(label)), Person: personOf(bram), Reason: EmergencyAway, Until: at.Add(EmergencyTime),
		Name: Say("Bram"), As: Say("night team"), Words: Say("she called"),
	}
}

// emergencies shows who looked, why, and what is said of it.
func emergencies(s *Seen) (list []string) {
	for _, e := range s.Emergencies {
		list = append(list, e.Name.Text()+", "+e.As.Text(), string(e.Reason), e.Words.Text())
		if e.Closed {
			list = append(list, "closed")
		}
		if e.MayClose {
			list = append(list, "may close")
		}
	}
	return list
}

var emergencyRules = []line{
	rule("somebody without a place looks: all are told, and the professional what is the matter",
		given(own), when(bram, looksFor("Amira", "")), then(theNeed("now", now)),
		sees(noor, emergencies, "Bram, night team", "away", "she called", "may close"),
		sees(amira, emergencies, "Bram, night team", "away", ""),
		sees(joost, emergencies, "Bram, night team", "away", ""),
		seesNothing(bram)),
	rule("with the name of somebody beside her", given(), when(bram, looksFor(" AMIRA", "samira")), then(theNeed("now", now))),
	rule("a name that is not here finds nothing", given(), when(bram, looksFor("Nadia", "")), thenRefused("error.not_found"), sees(noor, emergencies)),
	rule("no name neither", given(), when(bram, looksFor("", "")), thenRefused("error.not_found")),
	rule("nor the name of a guest", given(), when(bram, looksFor("Samira", "")), thenRefused("error.not_found")),
	rule("nor with the wrong name beside it", given(), when(bram, looksFor("Amira", "Amira")), thenRefused("error.not_found")),
	rule("nor in what has not begun", givenNothing(), when(bram, looksFor("Amira", "")), thenRefused("error.not_found")),
	rule("who has a place needs no emergency", given(), when(joost, looksFor("Amira", "")), thenRefused("refused.emergency_here")),
	rule("it has a reason", given(), when(bram, OpenInEmergency{For: Say("Amira"), Name: Say("Bram")}), thenRefused("invalid.emergency_reason")),
	rule("and a name", given(), when(bram, OpenInEmergency{For: Say("Amira"), Reason: EmergencyOther}), thenRefused("invalid.name_needed")),
	rule("while it is open it opens once", given(inNeed), when(bram, looksFor("Amira", "")), then()),
	rule("who looked closes it", given(inNeed), when(bram, CloseEmergency{EmergencyID(id("need"))}),
		then(&EmergencyClosed{EmergencyID(id("need"))}), sees(amira, emergencies, "Bram, night team", "away", "", "closed")),
	rule("a professional of the table closes it", given(inNeed), when(noor, CloseEmergency{EmergencyID(id("need"))}),
		then(&EmergencyClosed{EmergencyID(id("need"))}), sees(noor, emergencies, "Bram, night team", "away", "she called", "closed")),
	rule("others do not", given(inNeed), when(amira, CloseEmergency{EmergencyID(id("need"))}), thenRefused("refused.emergency_close")),
	rule("somebody else without a place finds none to close", given(inNeed), when(wout, CloseEmergency{EmergencyID(id("need"))}), thenRefused("error.not_found")),
	rule("one that is not there", given(), when(noor, CloseEmergency{"nothing"}), thenRefused("error.not_found")),
	rule("it closes once", given(inNeed, did(bram, "done", CloseEmergency{EmergencyID(id("need"))})),
		when(noor, CloseEmergency{EmergencyID(id("need"))}), then()),
	rule("it can be had after the end too", given(ends), when(bram, looksFor("Amira", "")), then(theNeed("now", now))),
	rule("and closed there", given(inNeed, ends), when(noor, CloseEmergency{EmergencyID(id("need"))}), then(&EmergencyClosed{EmergencyID(id("need"))})),
}

func TestEmergencyRules(t *testing.T) { play(t, emergencyRules) }

// What somebody sees in an emergency is no more than a professional of the
// table sees, nothing of that professional's own world, and only while it is
// open.
func TestWhatIsSeenInAnEmergency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t, 40, nil)
		last := arrival(len(h.deeds))
		seen, err := h.Alliance.SeeInEmergency(personOf(bram), last)
		open := false
		eyes := map[StatementID]bool{}
		for viewer, all := range lookAround(h.Alliance) {
			if viewer == noor {
				for _, e := range all.Emergencies {
					open = open || e.Name != (Words{}) && !e.Over(last) && h.openedBy(bram, e.ID)
				}
				for _, s := range all.Statements {
					eyes[s.ID] = s.About != noor
				}
			}
		}
		if all := lookAround(h.Alliance); all[bram] != nil || all[noor] == nil {
			return // he has a place by now, or nobody is left to look with
		}
		if (err == nil) != open || err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatalf("open %v, seen %v", open, err)
		}
		if err != nil {
			return
		}
		for _, s := range seen.Seen.Statements {
			if !eyes[s.ID] || s.MayAdd || s.MayReword || s.MayShare || s.MayPlace || s.MayWithdraw || s.MayAnswer {
				t.Fatalf("sees %s: %+v", s.ID, s)
			}
		}
		if len(seen.Seen.Notes)+len(seen.Seen.Dialogues)+len(seen.Seen.Frictions)+len(seen.Seen.Answered) > 0 || seen.Seen.You != "" {
			t.Fatal("sees what is not for an emergency")
		}
		if _, err := h.Alliance.SeeInEmergency(personOf(bram), seen.Emergency.Until); !errors.Is(err, ErrNotFound) {
			t.Fatalf("after its time: %v", err)
		}
	})
}

// openedBy reports whether somebody opened an emergency access.
func (h *history) openedBy(who PartnerID, id EmergencyID) bool {
	for _, f := range h.facts {
		if e, ok := f.Event.(*EmergencyOpened); ok && e.Emergency == id {
			return e.Person == personOf(who)
		}
	}
	return false
}

// emergencyChapter is the plain rule of emergencies: all at the table know of
// them, and the professional what was the matter.
type emergencyChapter struct {
	opened []*EmergencyOpened
	roles  map[PartnerID]Role
}

func (c *emergencyChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *EmergencyOpened:
		c.opened = append(c.opened, e)
	case *PartnerJoined:
		if c.roles == nil {
			c.roles = map[PartnerID]Role{}
		}
		c.roles[e.Partner] = e.Role
	}
}

func (c *emergencyChapter) mayBeSeen(PartnerID) (list []string) {
	for _, e := range c.opened {
		list = append(list, string(e.Emergency))
	}
	return list
}

func (c *emergencyChapter) isSeen(seen *Seen) (list []string) {
	for _, e := range seen.Emergencies {
		list = append(list, string(e.ID))
	}
	return list
}

func (c *emergencyChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, e := range c.opened {
		may[e.Name], may[e.As] = true, true
		if c.roles[viewer] == Professional {
			may[e.Words] = true
		}
	}
}

func (c *emergencyChapter) of(f Fact) (string, bool) {
	switch f.Event.(type) {
	case *EmergencyOpened, *EmergencyClosed:
		return "", true
	}
	return "", false
}

func (c *emergencyChapter) purged(e Event, viewer PartnerID) Event {
	if opened, ok := e.(*EmergencyOpened); ok && c.roles[viewer] != Professional {
		purged := *opened
		purged.Words = Words{}
		return &purged
	}
	return e
}
