package samenspel_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, basisRules, releaseRules, careRules, groundRules)
	chapters = append(chapters, func() chapter {
		return &consentChapter{given: map[ConsentID]*ledgerLeave{}, roles: map[PartnerID]Role{}}
	})
	moreLearned = append(moreLearned, func(f Fact, add func(what, id string)) {
		switch e := f.Event.(type) {
		case *ReleaseGiven:
			add("release", string(e.Release))
		case *CareAgreed:
			add("care", string(e.Care))
		}
	})
	moreLooked = append(moreLooked, func(seen *Seen, add func(what, id string, about PartnerID)) {
		for _, l := range seen.Consents.Releases {
			add("release", string(l.ID), l.By)
		}
		for _, l := range seen.Consents.Cares {
			add("care", string(l.ID), l.By)
		}
	})
	moreWishes = append(moreWishes, drawConsent)
}

func consent(label string) ConsentID { return ConsentID(id(label)) }

func releases(s *Seen) []string {
	return listOf(s.Consents.Releases, func(l SeenLeave) string { return labelOf(l.By) + " to " + l.To.Text() + ": " + l.What.Text() })
}

func cares(s *Seen) []string {
	return listOf(s.Consents.Cares, func(l SeenLeave) string { return labelOf(l.By) + ": " + l.What.Text() })
}

func basis(s *Seen) []string {
	if s.Consents.Basis == "" {
		return nil
	}
	return []string{string(s.Consents.Basis), s.Consents.Purpose.Text()}
}

func groundOf(of PartnerID) func(*Seen) []string {
	return partner(of, func(p SeenPartner) []string { return []string{string(p.Ground)} })
}

var (
	gives  = did(amira, "gives", GiveRelease{To: Say("my doctor"), What: Say("how I sleep")})
	agrees = did(amira, "agrees", AgreeToCare{What: Say("a talk each week")})
	later  = now.Add(time.Hour)
)

var basisRules = []line{
	rule("nothing is said beforehand", given(own), when(amira, SetPace{Calm}), then(&PaceSet{Partner: amira, Pace: Calm}), sees(noor, basis)),
	rule("a professional says on what ground, and what for: everybody sees it", given(), when(noor, SetBasis{BasisTask, Say("help with money")}),
		then(&BasisSet{By: noor, Ground: BasisTask, At: now, Purpose: Say("help with money")}),
		sees(amira, basis, "task", "help with money"), sees(joost, basis, "task", "help with money"), sees(noor, undo, "now")),
	rule("one of the grounds", given(), when(noor, SetBasis{"because", Say("w")}), thenRefused("invalid.basis")),
	rule("with what for", given(), when(noor, SetBasis{Ground: BasisTask}), thenRefused("invalid.purpose_needed")),
	rule("nobody else", given(), when(amira, SetBasis{BasisConsent, Say("w")}), thenRefused("refused.basis")),
	rule("twice the same changes nothing", given(did(noor, "basis", SetBasis{BasisTask, Say("w")})), when(noor, SetBasis{BasisTask, Say("w")}), then()),
}

var releaseRules = []line{
	rule("a vrager releases from silence: they and the professional see it, others do not", given(), when(amira, gives.wish),
		then(&ReleaseGiven{Release: consent("now"), By: amira, At: now, To: Say("my doctor"), What: Say("how I sleep")}),
		sees(amira, releases, "amira to my doctor: how I sleep"), sees(noor, releases, "amira to my doctor: how I sleep"),
		sees(samira, releases), sees(joost, releases), sees(amira, cares)),
	rule("until a day", given(), when(amira, GiveRelease{Say("t"), Say("w"), later}),
		then(&ReleaseGiven{Release: consent("now"), By: amira, Until: later, At: now, To: Say("t"), What: Say("w")})),
	rule("that is still to come", given(), when(amira, GiveRelease{Say("t"), Say("w"), now}), thenRefused("invalid.until")),
	rule("to somebody", given(), when(amira, GiveRelease{What: Say("w")}), thenRefused("invalid.to_needed")),
	rule("about something", given(), when(amira, GiveRelease{To: Say("t")}), thenRefused("invalid.what_needed")),
	rule("a professional has nothing to release", given(), when(noor, gives.wish), thenRefused("refused.consent_own")),
	rule("it is withdrawn at once, by one wish", given(gives), when(amira, WithdrawRelease{consent("gives")}),
		then(&ReleaseWithdrawn{Release: consent("gives")}), sees(noor, releases), sees(amira, releases)),
	rule("after the end too", given(gives, ends), when(amira, WithdrawRelease{consent("gives")}), then(&ReleaseWithdrawn{Release: consent("gives")})),
	rule("by who gave it alone", given(gives), when(noor, WithdrawRelease{consent("gives")}), thenRefused("error.not_found")),
	rule("and it is not of another kind", given(gives), when(amira, WithdrawCare{consent("gives")}), thenRefused("error.not_found")),
	rule("what others may not know of is not there", given(gives), when(joost, WithdrawRelease{consent("gives")}), thenRefused("error.not_found")),
	rule("so many at a time", given(times(200, func(i int) step {
		return did(samira, "r"+string(rune(0x4e00+i)), GiveRelease{To: Say("t"), What: Say("w")})
	})...),
		when(samira, GiveRelease{To: Say("t"), What: Say("w")}), thenRefused("refused.too_many")),
}

var careRules = []line{
	rule("a vrager agrees with help: another record", given(), when(amira, agrees.wish),
		then(&CareAgreed{Care: consent("now"), By: amira, At: now, What: Say("a talk each week")}),
		sees(noor, cares, "amira: a talk each week"), sees(joost, cares), sees(noor, releases)),
	rule("it is withdrawn at once", given(agrees), when(amira, WithdrawCare{consent("agrees")}),
		then(&CareWithdrawn{Care: consent("agrees")}), sees(noor, cares)),
	rule("and that is undone", given(agrees, did(amira, "back", WithdrawCare{consent("agrees")})), when(amira, undone("back")),
		then(&CareAgreed{Care: consent("agrees"), By: amira, At: now.Add(-2 * time.Minute), What: Say("a talk each week")}),
		sees(noor, cares, "amira: a talk each week")),
	rule("a colleague does not", given(), when(joost, agrees.wish), thenRefused("refused.consent_own")),
}

// A colleague of another organisation comes in on a ground, always.
var groundRules = []line{
	rule("without a ground no colleague", given(), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout")}), thenRefused("invalid.ground")),
	rule("nor on one that is none", given(), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: "because"}), thenRefused("invalid.ground")),
	rule("nor on that of another", given(), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteOwn}), thenRefused("invalid.ground")),
	rule("a release has to be there", given(), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteRelease}), thenRefused("refused.no_release")),
	rule("of a vrager", given(did(samira, "gives", gives.wish)), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteRelease}), thenRefused("refused.no_release")),
	rule("that was not taken back", given(gives, did(amira, "back", WithdrawRelease{consent("gives")})),
		when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteRelease}), thenRefused("refused.no_release")),
	rule("and is not over", given(did(amira, "gives", GiveRelease{Say("t"), Say("w"), now.Add(-30 * time.Second)})),
		when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteRelease}), thenRefused("refused.no_release")),
	rule("then it is a ground, that everybody sees", given(gives), when(noor, InvitePartner{Role: Colleague, Name: Say("Wout"), Ground: InviteRelease}),
		then(&PartnerInvited{Partner: seat("now"), Role: Colleague, By: noor, Name: Say("Wout")}, onGround(InviteRelease)), sees(samira, groundOf(seat("now")), "release")),
	rule("a vrager asks whom they want", given(), when(amira, InvitePartner{Role: Colleague, Name: Say("Wout")}),
		then(&PartnerInvited{Partner: seat("now"), Role: Colleague, By: amira, Name: Say("Wout")}, onGround(InviteOwn))),
	rule("of others no ground is asked", given(), when(noor, InvitePartner{Role: BonusPartner, Name: Say("Wout"), Ground: InviteLaw}),
		then(&PartnerInvited{Partner: seat("now"), Role: BonusPartner, By: noor, Name: Say("Wout")})),
}

func TestBasisRules(t *testing.T)   { play(t, basisRules) }
func TestReleaseRules(t *testing.T) { play(t, releaseRules) }
func TestCareRules(t *testing.T)    { play(t, careRules) }
func TestGroundRules(t *testing.T)  { play(t, groundRules) }

// An invitation from before grounds were asked stays as it was.
func TestAnOlderInvitationStays(t *testing.T) {
	w := played(t, given(), when(amira, SetPace{Calm}))
	e := &PartnerInvited{Partner: wout, Role: Colleague, By: noor, Name: Say("Wout")}
	for _, f := range w.Facts(personOf(noor), Command{ID: id("old"), Arrived: now}, []Event{e}) {
		if err := w.Apply(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.do(personOf(wout), Command{ID: id("joins"), Arrived: now, Wish: JoinAlliance{Partner: wout}}); err != nil {
		t.Errorf("joining: %v", err)
	}
	sees(amira, groundOf(wout), "").test(t, w)
}

func TestWhenALeaveStands(t *testing.T) {
	for _, c := range []struct {
		until time.Time
		want  bool
	}{{time.Time{}, true}, {later, true}, {now, false}, {now.Add(-time.Hour), false}} {
		if got := (SeenLeave{Until: c.until}).Stands(now); got != c.want {
			t.Errorf("until %v: %v", c.until, got)
		}
	}
}

// consentChapter is the plain rule: the ground is for all; what somebody gave
// is for them and for the professionals.
type consentChapter struct {
	basis BasisGround
	words Words
	given map[ConsentID]*ledgerLeave
	roles map[PartnerID]Role
}

type ledgerLeave struct {
	by       PartnerID
	to, what Words
	gone     bool
}

func (c *consentChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *PartnerJoined:
		c.roles[e.Partner] = e.Role
	case *BasisSet:
		c.basis, c.words = e.Ground, e.Purpose
	case *ReleaseGiven:
		c.given[e.Release] = &ledgerLeave{by: e.By, to: e.To, what: e.What}
	case *ReleaseWithdrawn:
		c.given[e.Release].gone = true
	case *CareAgreed:
		c.given[e.Care] = &ledgerLeave{by: e.By, what: e.What}
	case *CareWithdrawn:
		c.given[e.Care].gone = true
	}
}

func (c *consentChapter) maySee(l *ledgerLeave, viewer PartnerID) bool {
	return !l.gone && (l.by == viewer || c.roles[viewer] == Professional)
}

func (c *consentChapter) mayBeSeen(viewer PartnerID) (list []string) {
	if c.basis != "" {
		list = append(list, "basis "+string(c.basis))
	}
	for of, l := range c.given {
		if c.maySee(l, viewer) {
			list = append(list, "consent "+string(of))
		}
	}
	return list
}

func (c *consentChapter) isSeen(seen *Seen) (list []string) {
	if seen.Consents.Basis != "" {
		list = append(list, "basis "+string(seen.Consents.Basis))
	}
	for _, l := range append(seen.Consents.Releases[:len(seen.Consents.Releases):len(seen.Consents.Releases)], seen.Consents.Cares...) {
		list = append(list, "consent "+string(l.ID))
	}
	return list
}

func (c *consentChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	may[c.words] = true
	for _, l := range c.given {
		if c.maySee(l, viewer) {
			may[l.to], may[l.what] = true, true
		}
	}
}

func (c *consentChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *BasisSet, *GroundTold:
		return "", true
	case *ReleaseGiven:
		return "consent " + string(e.Release), true
	case *ReleaseWithdrawn:
		return "consent " + string(e.Release), true
	case *CareAgreed:
		return "consent " + string(e.Care), true
	case *CareWithdrawn:
		return "consent " + string(e.Care), true
	}
	return "", false
}

func (c *consentChapter) purged(e Event, _ PartnerID) Event { return e }

func drawConsent(t *rapid.T, h *history, text func(string) Words) Wish {
	return evenly(t, "consent", []func() Wish{
		func() Wish { return SetBasis{evenly(t, "ground", BasisGrounds[:]), text("purpose")} },
		func() Wish { return GiveRelease{To: text("to"), What: text("what")} },
		func() Wish { return GiveRelease{To: text("to"), What: text("what")} },
		func() Wish { return AgreeToCare{What: text("with what")} },
		func() Wish { return WithdrawRelease{drawID[ConsentID](t, h, "release", "own")} },
		func() Wish { return WithdrawCare{drawID[ConsentID](t, h, "care", "own")} },
		func() Wish {
			return InvitePartner{Role: Colleague, Name: text("name"), Ground: evenly(t, "ground", InviteGrounds[:])}
		},
	})()
}
