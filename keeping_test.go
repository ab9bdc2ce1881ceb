package samenspel_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, retentionRules, holdRules, destructionRules)
	chapters = append(chapters, func() chapter { return &keepingChapter{holds: map[HoldWhy]bool{}} })
	moreWishes = append(moreWishes, drawKeeping)
	moreStarts = append(moreStarts, start{func() []step { return given(keeps) }, len(moreWishes) - 1})
}

// terms are those of the tables, where days begin at midnight UTC.
var terms = lawTerms(time.UTC)

// keeps is Noor who says why the place is keptUnder, under a term that is over at
// once; due is a place that may be destroyed.
var (
	keeps    = did(noor, "keeps", SetRetention{Regime: "at once", Because: Say("she asked and drew back"), Terms: terms})
	proposes = did(noor, "proposes", ProposeDestruction{terms})
	officer  = bram // has no place at the table
)

func forOfficer(w Wish) Wish                 { return ForOrganisation{PrivacyOfficer, w} }
func seconds(terms Terms) ConfirmDestruction { return ConfirmDestruction{id("proposes"), terms} }

func due(steps ...step) []step      { return given(append([]step{keeps, ends}, steps...)...) }
func proposed(steps ...step) []step { return due(append([]step{proposes}, steps...)...) }

// keptUnder shows how a viewer sees that the place is kept.
func keptUnder(s *Seen) (list []string) {
	k := s.Keeping
	if k.Regime != "" {
		list = append(list, k.Regime, k.Because.Text())
	}
	for _, h := range k.Holds {
		list = append(list, "hold "+string(h.Why))
	}
	if k.Plan != nil {
		list = append(list, fmt.Sprint("plan ", k.Plan.Confirmed))
	}
	return list
}

var retentionRules = []line{
	rule("no regime is normal", given(own), when(amira, SetPace{Calm}), then(&PaceSet{Partner: amira, Pace: Calm}), sees(amira, keptUnder)),
	rule("a professional says under which regime, and why: everybody sees it", given(),
		when(noor, SetRetention{Regime: "support", Because: Say("by law"), Terms: terms}),
		then(&RetentionSet{By: noor, Regime: "support", At: now, Because: Say("by law")}),
		sees(amira, keptUnder, "support", "by law"), sees(joost, keptUnder, "support", "by law"), sees(noor, undo, "now")),
	rule("a vrager does not", given(), when(amira, SetRetention{Regime: "support", Because: Say("w"), Terms: terms}), thenRefused("refused.keeping")),
	rule("a colleague neither", given(), when(joost, SetRetention{Regime: "support", Because: Say("w"), Terms: terms}), thenRefused("refused.keeping")),
	rule("with a basis", given(), when(noor, SetRetention{Regime: "support", Terms: terms}), thenRefused("invalid.because_needed")),
	rule("one that is known", given(), when(noor, SetRetention{Regime: "old", Because: Say("w"), Terms: terms}), thenRefused("invalid.regime")),
	rule("a birthday where it counts", given(), when(noor, SetRetention{Regime: "guardian", Because: Say("w"), Terms: terms}), thenRefused("invalid.adult")),
	rule("and nowhere else", given(), when(noor, SetRetention{Regime: "support", Adult: now, Because: Say("w"), Terms: terms}),
		then(&RetentionSet{By: noor, Regime: "support", At: now, Because: Say("w")})),
	rule("twice the same changes nothing", given(keeps), when(noor, keeps.wish), then()),
	rule("it is taken away again", given(keeps), when(noor, SetRetention{}), then(&RetentionSet{By: noor, At: now}), sees(amira, keptUnder)),
	rule("or undone", given(keeps), when(noor, undone("keeps")), then(&RetentionSet{}), sees(amira, keptUnder)),
	rule("after the end too", given(ends), when(noor, keeps.wish), then(&RetentionSet{By: noor, Regime: "at once", At: now, Because: Say("she asked and drew back")})),
	rule("the officer chooses where no professional is left", given(did(noor, "goes", LeaveAlliance{Partner: noor})),
		when(officer, forOfficer(SetRetention{Regime: "support", Terms: terms})), then(&RetentionSet{Regime: "support", At: now}),
		sees(amira, keptUnder, "support", "")),
	rule("and not where one is", given(), when(officer, forOfficer(SetRetention{Regime: "support", Terms: terms})), thenRefused("refused.professional_here")),
	rule("the officer ends what nobody ends any more", given(did(noor, "goes", LeaveAlliance{Partner: noor})),
		when(officer, forOfficer(EndAlliance{})), then(&AllianceEnded{At: now}), sees(amira, ended, "", "")),
	rule("the officer does nothing else", given(), when(officer, forOfficer(WriteNote{Say("w")})), thenRefused("error.not_found")),
	rule("nor does anybody else for the organisation", given(), when(officer, ForOrganisation{AnotherProfessional, PutHold{HoldCourt}}), thenRefused("error.not_found")),
	rule("nor where nothing began", givenNothing(), when(officer, forOfficer(PutHold{HoldCourt})), thenRefused("error.not_found")),
	rule("and without an office nobody has a say", given(), when(officer, keeps.wish), thenRefused("error.not_found")),
	rule("an unknown office has none", given(), when(officer, ForOrganisation{"king", seconds(terms)}), thenRefused("error.not_found")),
}

var holdRules = []line{
	rule("a professional puts a hold: everybody sees that there is one", given(), when(noor, PutHold{HoldComplaint}),
		then(&HoldPut{By: noor, Why: HoldComplaint, At: now}), sees(amira, keptUnder, "hold complaint"), sees(samira, keptUnder, "hold complaint")),
	rule("for one of the reasons", given(), when(noor, PutHold{"because"}), thenRefused("invalid.hold")),
	rule("once", given(did(noor, "hold", PutHold{HoldCourt})), when(noor, PutHold{HoldCourt}), then()),
	rule("a vrager does not", given(), when(amira, PutHold{HoldCourt}), thenRefused("refused.keeping")),
	rule("and does not lift one", given(did(noor, "hold", PutHold{HoldCourt})), when(amira, LiftHold{HoldCourt}), thenRefused("refused.keeping")),
	rule("it is lifted", given(did(noor, "hold", PutHold{HoldCourt})), when(noor, LiftHold{HoldCourt}),
		then(&HoldLifted{By: noor, Why: HoldCourt}), sees(amira, keptUnder)),
	rule("lifting it is undone", given(did(noor, "hold", PutHold{HoldCourt}), did(noor, "lift", LiftHold{HoldCourt})), when(noor, undone("lift")),
		then(&HoldPut{By: noor, Why: HoldCourt, At: now.Add(-2 * time.Minute)}), sees(amira, keptUnder, "hold court")),
	rule("none is lifted", given(), when(noor, LiftHold{HoldCourt}), then()),
	rule("the officer puts one beside it, also where a professional is", given(did(noor, "hold", PutHold{HoldCourt})),
		when(officer, forOfficer(PutHold{HoldInspection})), then(&HoldPut{Why: HoldInspection, At: now}), sees(amira, keptUnder, "hold court", "hold inspection")),
	rule("which is the officer's to lift", given(did(officer, "hold", forOfficer(PutHold{HoldInspection}))), when(noor, LiftHold{HoldInspection}), thenRefused("refused.hold_officer")),
	rule("and is", given(did(officer, "hold", forOfficer(PutHold{HoldInspection}))), when(officer, forOfficer(LiftHold{HoldInspection})),
		then(&HoldLifted{Why: HoldInspection}), sees(noor, keptUnder)),
	rule("a hold ends what was decided", proposed(did(officer, "confirms", forOfficer(seconds(terms)))), when(noor, PutHold{HoldRequest}),
		then(&HoldPut{By: noor, Why: HoldRequest, At: now}), sees(amira, keptUnder, "at once", "she asked and drew back", "hold request")),
}

var destructionRules = []line{
	rule("a professional proposes: everybody sees it", due(), when(noor, proposes.wish), then(&DestructionProposed{By: noor}),
		sees(amira, keptUnder, "at once", "she asked and drew back", "plan false")),
	rule("once", proposed(), when(noor, proposes.wish), then()),
	rule("a vrager does not", due(), when(amira, proposes.wish), thenRefused("refused.keeping")),
	rule("not while it goes on", given(keeps), when(noor, proposes.wish), thenRefused("refused.destroy_open")),
	rule("not without a term", given(ends), when(noor, proposes.wish), thenRefused("refused.destroy_no_term")),
	rule("not before the term is over", given(did(noor, "long", SetRetention{Regime: "support", Because: Say("w"), Terms: terms}), ends),
		when(noor, proposes.wish), thenRefused("refused.destroy_early")),
	rule("nor under one that nobody knows any more", due(), when(noor, ProposeDestruction{}), thenRefused("refused.destroy_early")),
	rule("not during a hold", due(did(noor, "hold", PutHold{HoldRequest})), when(noor, proposes.wish), thenRefused("refused.hold")),
	rule("not while somebody waits for an answer about erasing", given(keeps, guess, asksGone, ends), when(noor, proposes.wish), thenRefused("refused.destroy_asked")),
	rule("the officer, where no professional is left", due(did(noor, "goes", LeaveAlliance{Partner: noor})), when(officer, forOfficer(proposes.wish)), then(&DestructionProposed{})),
	rule("and only there", due(), when(officer, forOfficer(proposes.wish)), thenRefused("refused.professional_here")),
	rule("another confirms, and then there is a week", proposed(), when(officer, forOfficer(seconds(terms))),
		then(&DestructionConfirmed{After: now.Add(7 * 24 * time.Hour)}), sees(amira, keptUnder, "at once", "she asked and drew back", "plan true")),
	rule("another professional of the organisation", proposed(), when(wout, ForOrganisation{AnotherProfessional, seconds(terms)}),
		then(&DestructionConfirmed{After: now.Add(7 * 24 * time.Hour)})),
	rule("never the same", proposed(), when(noor, seconds(terms)), thenRefused("refused.same_person")),
	rule("whatever else they are", proposed(), when(noor, forOfficer(seconds(terms))), thenRefused("refused.same_person")),
	rule("in no office", proposed(), when(noor, ForOrganisation{AnotherProfessional, seconds(terms)}), thenRefused("refused.same_person")),
	rule("nobody of the others", proposed(), when(amira, seconds(terms)), thenRefused("refused.keeping")),
	rule("it is confirmed once", proposed(did(officer, "confirms", forOfficer(seconds(terms)))), when(wout, ForOrganisation{AnotherProfessional, seconds(terms)}), then()),
	rule("nothing is confirmed that nobody proposed", due(), when(officer, forOfficer(seconds(terms))), thenRefused("error.not_found")),
	rule("nor another proposal than was looked at", proposed(did(noor, "back", WithdrawDestruction{}), did(noor, "again", proposes.wish)),
		when(officer, forOfficer(seconds(terms))), thenRefused("conflict.changed")),
	rule("nor under a term that became longer", proposed(), when(officer, forOfficer(seconds(Terms{Regimes: []Regime{
		{Word: "at once", From: FromEnded, Terms: []Term{{Years: 1}}},
	}}))), thenRefused("refused.destroy_early")),
	rule("it is taken back", proposed(did(officer, "confirms", forOfficer(seconds(terms)))), when(noor, WithdrawDestruction{}),
		then(&DestructionWithdrawn{}), sees(amira, keptUnder, "at once", "she asked and drew back")),
	rule("by the officer too", proposed(), when(officer, forOfficer(WithdrawDestruction{})), then(&DestructionWithdrawn{})),
	rule("not by others", proposed(), when(samira, WithdrawDestruction{}), thenRefused("refused.keeping")),
	rule("what was not proposed is not taken back", due(), when(noor, WithdrawDestruction{}), then()),
	rule("opening the place again ends it", proposed(did(officer, "confirms", forOfficer(seconds(terms)))), when(amira, ReopenAlliance{}),
		then(&AllianceReopened{}), sees(noor, keptUnder, "at once", "she asked and drew back")),
	rule("another regime too", proposed(), when(noor, SetRetention{}), then(&RetentionSet{By: noor, At: now}), sees(amira, keptUnder)),
}

func TestRetentionRules(t *testing.T)   { play(t, retentionRules) }
func TestHoldRules(t *testing.T)        { play(t, holdRules) }
func TestDestructionRules(t *testing.T) { play(t, destructionRules) }

// An end that was undone and brought back counts from when it was brought
// back: in between something may have been written.
func TestATermCountsFromTheLastEnd(t *testing.T) {
	w := played(t, given(ends, did(noor, "undone", Undo{id("end")})), when(noor, Undo{id("undone")}))
	if got := w.Keeping().EndedAt; !got.Equal(now) {
		t.Errorf("counted from %v, want %v", got, now)
	}
}

// Whoever acts for the organisation gets no words.
func TestKeepingHoldsNoWords(t *testing.T) {
	w := played(t, given(own, keeps, ends, proposes), when(noor, PutHold{HoldOther}))
	if got := fmt.Sprintf("%+v", w.Keeping()); len(got) == 0 || strings.Contains(got, Say("x").String()) {
		t.Errorf("Keeping() = %s", got)
	}
}

// However somebody goes about it, an alliance is never doomed by one person,
// during a hold, while it is open, or within a week of the decision.
func TestTwoPeopleDestroy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begun(t, due())
		var by, second PersonID
		var decided time.Time
		hold := map[HoldWhy]bool{}
		for i := range rapid.IntRange(1, 25).Draw(t, "length") {
			at := now.Add(time.Duration(i) * 20 * time.Hour)
			who := evenly(t, "by", []PartnerID{noor, noor, amira, officer, wout})
			plan := CommandID("never made")
			if p := w.Keeping().Plan; p != nil {
				plan = p.ID
			}
			wish := evenly(t, "wish", []Wish{
				ProposeDestruction{terms}, ConfirmDestruction{plan, terms}, WithdrawDestruction{}, PutHold{HoldCourt}, LiftHold{HoldCourt},
				ReopenAlliance{}, EndAlliance{}, ProposeDestruction{terms}, ConfirmDestruction{plan, terms}, LeaveAlliance{Partner: who},
			})
			if evenly(t, "for the organisation", []bool{true, false}) {
				wish = ForOrganisation{evenly(t, "as", []Office{PrivacyOfficer, AnotherProfessional}), wish}
			}
			before := len(w.facts)
			_, _ = w.do(personOf(who), Command{ID: id(fmt.Sprint("deed ", i)), Arrived: at, Wish: wish})
			for _, f := range w.facts[before:] {
				switch e := f.Event.(type) {
				case *DestructionProposed:
					by, second = f.Person, ""
				case *DestructionConfirmed:
					second, decided = f.Person, f.At
				case *DestructionWithdrawn, *AllianceReopened:
					by, second = "", ""
				case *HoldPut:
					hold[e.Why], by, second = true, "", ""
				case *HoldLifted:
					delete(hold, e.Why)
				}
			}
			for _, later := range []time.Duration{0, DestroyWait - time.Second, DestroyWait, 400 * 24 * time.Hour} {
				want := by != "" && second != "" && by != second && len(hold) == 0 && !at.Add(later).Before(decided.Add(7*24*time.Hour))
				if got := w.Doomed(at.Add(later)); got != want {
					t.Fatalf("doomed %v, want %v: proposed by %q, confirmed by %q", got, want, by, second)
				}
			}
		}
	})
}

// keepingChapter is the plain rule: everybody at the table sees all of it.
type keepingChapter struct {
	regime string
	words  Words
	holds  map[HoldWhy]bool
}

func (c *keepingChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *RetentionSet:
		c.regime, c.words = e.Regime, e.Because
	case *HoldPut:
		c.holds[e.Why] = true
	case *HoldLifted:
		delete(c.holds, e.Why)
	}
}

func (c *keepingChapter) mayBeSeen(PartnerID) (list []string) {
	if c.regime != "" {
		list = append(list, "kept under "+c.regime)
	}
	for why := range c.holds {
		list = append(list, "hold "+string(why))
	}
	return list
}

func (c *keepingChapter) isSeen(seen *Seen) (list []string) {
	if seen.Keeping.Regime != "" {
		list = append(list, "kept under "+seen.Keeping.Regime)
	}
	for _, h := range seen.Keeping.Holds {
		list = append(list, "hold "+string(h.Why))
	}
	return list
}

func (c *keepingChapter) mayRead(_ PartnerID, may map[Words]bool) { may[c.words] = true }

func (c *keepingChapter) of(f Fact) (string, bool) {
	switch f.Event.(type) {
	case *RetentionSet, *HoldPut, *HoldLifted, *DestructionProposed, *DestructionWithdrawn, *DestructionConfirmed:
		return "", true
	}
	return "", false
}

func (c *keepingChapter) purged(e Event, _ PartnerID) Event { return e }

// drawKeeping is a wish about keeping, as a partner or for the organisation.
func drawKeeping(t *rapid.T, h *history, text func(string) Words) Wish {
	plan := CommandID("never made")
	if p := h.Keeping().Plan; p != nil {
		plan = p.ID
	}
	wish := evenly(t, "about keeping", []Wish{
		SetRetention{Regime: evenly(t, "regime", []string{"at once", "support", ""}), Because: text("basis"), Terms: terms},
		PutHold{evenly(t, "why", HoldWhys[:])}, LiftHold{evenly(t, "why", HoldWhys[:])},
		ProposeDestruction{terms}, ConfirmDestruction{plan, terms}, WithdrawDestruction{}, EndAlliance{},
	})
	if evenly(t, "for the organisation", []bool{true, false}) {
		return ForOrganisation{evenly(t, "as", []Office{PrivacyOfficer, AnotherProfessional}), wish}
	}
	return wish
}
