package samenspel_test

import (
	"slices"

	"pgregory.net/rapid"

	. "samenspel"
)

func paced(pace Pace) step { return did(amira, "amira "+string(pace), SetPace{pace}) }

var agreementUndoRules = []line{
	rule("a proposal is taken back with the yes that came with it",
		given(call), when(noor, undone("call")),
		then(answered("call", noor, AgreementAnswer{}), &AgreementWithdrawn{Agreement: agreementOf("call")}),
		sees(amira, deals), sees(noor, deals)),
	rule("and comes back whole",
		given(call, did(noor, "back", undone("call"))), when(noor, undone("back")),
		then(&AgreementRestored{Agreement: agreementOf("call")}, answered("call", noor, yes)),
		sees(amira, deals, "we call them asked"), sees(amira, deal("call", dealAnswers), "noor yes   ", "amira    ", "samira    ")),
	rule("not when another answered it", given(allYes[:2]...), when(noor, undone("call")), thenRefused("refused.undo_gone")),
	rule("an answer is taken back to what it was before",
		given(append(slices.Clone(allYes), did(amira, "no", wants("call", WantNotNow)))...), when(amira, undone("no")),
		then(answered("call", amira, yes)), sees(noor, deals, "we call them agreed")),
	rule("a first answer to none, whatever others said since",
		given(allYes...), when(amira, undone("amira yes")),
		then(answered("call", amira, AgreementAnswer{})), sees(noor, deals, "we call them asked"), sees(amira, asks, "agreement call")),
	rule("an answer to what stood there before is not",
		given(append(slices.Clone(allYes), did(noor, "anew", renews("call", "we write", "")))...), when(amira, undone("amira yes")),
		thenRefused("refused.undo_gone"), sees(amira, undo, "")),
	rule("nor to what was taken away since",
		given(call, did(amira, "no", wants("call", WantNotNow)), did(amira, "sorry", undone("no")), did(noor, "away", WithdrawAgreement{agreementOf("call")})),
		when(amira, undone("sorry")), thenRefused("refused.undo_gone"), sees(amira, undo, "")),
	rule("nor to what was done since",
		given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...),
		when(samira, undone("samira yes")), thenRefused("refused.undo_gone")),
	rule("what was proposed anew is taken back: the answers are there again",
		given(append(slices.Clone(allYes), did(noor, "anew", renews("call", "we write", "")))...), when(noor, undone("anew")),
		then(answered("call", noor, AgreementAnswer{}), &RenewalUndone{Agreement: agreementOf("call"), Renewal: 1}),
		sees(amira, deals, "we call them agreed"), sees(amira, deal("call", dealEarlier))),
	rule("and brought back",
		given(append(slices.Clone(allYes), did(noor, "anew", renews("call", "we write", "")), did(noor, "sorry", undone("anew")))...),
		when(noor, undone("sorry")),
		then(&RenewalUndone{Agreement: agreementOf("call"), Renewal: 1, Back: true}, answered("call", noor, yes)),
		sees(amira, deals, "we write asked"), sees(amira, deal("call", dealEarlier), "noor: we call them")),
	rule("help and option of one answer go together",
		given(call, did(amira, "all", AnswerAgreement{Agreement: agreementOf("call"), Answer: yes, Help: Say("h"), Option: Say("o")})),
		when(amira, undone("all")),
		then(&OptionWithdrawn{Option: optionOf("all") + ".1"}, &HelpWithdrawn{Help: helpOf("all")}, answered("call", amira, AgreementAnswer{})),
		sees(noor, openHelp), sees(noor, deal("call", dealOptions))),
	rule("that help was given is taken back",
		given(append(slices.Clone(helped), did(amira, "given", AnswerHelp{helpOf("help"), HelpThere}))...), when(amira, undone("given")),
		then(&HelpNeeded{Help: helpOf("help")}), sees(noor, openHelp, "call: a bus ticket")),
	rule("done is taken back",
		given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...), when(amira, undone("done")),
		then(&AgreementReopened{Agreement: agreementOf("call")}), sees(noor, deals, "we call them agreed")),
}

// asked is what Noor asked Amira of all kinds, the agreement between the others.
var asked = []step{
	did(noor, "first", WordStatement{Words: Say("she hopes"), About: amira, Kind: Guess}), call,
	did(noor, "second", WordStatement{Words: Say("she rests"), About: amira, Kind: Guess}),
}

var aheadRules = []line{
	rule("at calm one thing is asked of all kinds, the oldest; the others see all",
		given(asked...), when(amira, SetPace{Calm}), then(&PaceSet{Partner: amira, Pace: Calm}),
		sees(amira, asks, "first"), sees(amira, asksLater, "agreement call", "second"), sees(samira, asks, "agreement call")),
	rule("when it is answered the next has its turn: an agreement",
		given(append(slices.Clone(asked), paced(Calm))...), when(amira, ConfirmStatement{Statement: statement("first")}),
		then(&StatementConfirmed{Statement: statement("first")}), sees(amira, asks, "agreement call"), sees(amira, asksLater, "second")),
	rule("on pause nothing is asked, and all waits",
		given(asked...), when(amira, SetPace{Pause}), then(&PaceSet{Partner: amira, Pace: Pause}),
		sees(amira, asks), sees(amira, asksLater, "first", "agreement call", "second"), sees(samira, asks, "agreement call")),
	rule("at the ordinary pace nobody runs ahead",
		given(asked...), when(noor, NameTheme{Say("work")}),
		then(&ThemeNamed{Theme: theme("now"), About: noor, Name: Say("work")}), sees(noor, aheadOf), sees(amira, aheadOf)),
	rule("who asked, sees that it waits: a statement",
		given(asked[0]), when(amira, SetPace{Calm}), then(&PaceSet{Partner: amira, Pace: Calm}),
		sees(noor, aheadOf, "amira"), sees(samira, aheadOf), sees(joost, aheadOf), sees(amira, aheadOf)),
	rule("an agreement", given(call), when(amira, SetPace{Pause}), then(&PaceSet{Partner: amira, Pace: Pause}),
		sees(noor, aheadOf, "amira"), sees(samira, aheadOf), sees(joost, aheadOf)),
	rule("a feeling", given(own, fear), when(amira, SetPace{Pause}), then(&PaceSet{Partner: amira, Pace: Pause}),
		sees(noor, aheadOf, "amira"), sees(joost, aheadOf)),
	rule("until it is answered", given(call, paced(Calm)), when(amira, wants("call", WantNotNow)),
		then(answered("call", amira, AgreementAnswer{Want: WantNotNow})), sees(noor, aheadOf)),
	rule("who asked nothing sees nothing of what others ask",
		given(did(joost, "told", WordStatement{Words: Say("w"), About: amira})), when(amira, SetPace{Calm}),
		then(&PaceSet{Partner: amira, Pace: Calm}), sees(noor, aheadOf), sees(joost, aheadOf, "amira")),
}

func asksLater(s *Seen) []string {
	for i := range s.Agreements { // each by itself is as the lists say
		g := &s.Agreements[i]
		now, later := s.Waits(g)
		of := func(a Ask) bool { return a.Agreement != nil && a.Agreement.ID == g.ID }
		if now != slices.ContainsFunc(s.Asks(), of) || later != slices.ContainsFunc(s.AsksLater(), of) {
			return []string{"agreement " + labelOf(g.ID) + " is in another list than it waits in"}
		}
	}
	return listOf(s.AsksLater(), func(a Ask) string {
		if a.Agreement != nil {
			return "agreement " + labelOf(a.Agreement.ID)
		}
		return labelOf(a.Statement.ID)
	})
}

// agreementChapter is the plain rule for agreements: those whom it concerns
// see all of it, until it is taken away.
type agreementChapter struct {
	deals map[AgreementID]*chapterAgreement
	at    map[string]AgreementID // of each option and help
}

type chapterAgreement struct {
	with          []PartnerID
	words, unsaid []Words
	beside        map[string]Words // options and help that are there
	all           map[string]Words // and those that were
	gone          bool
}

func (c *agreementChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *AgreementProposed:
		c.deals[e.Agreement] = &chapterAgreement{
			with: e.With, words: []Words{e.Words}, beside: map[string]Words{}, all: map[string]Words{},
		}
	case *AgreementRenewed:
		c.deals[e.Agreement].words = append(c.deals[e.Agreement].words, e.Words)
	case *RenewalUndone:
		g := c.deals[e.Agreement]
		if e.Back {
			move(&g.unsaid, &g.words)
		} else {
			move(&g.words, &g.unsaid)
		}
	case *AgreementWithdrawn:
		c.deals[e.Agreement].gone = true
	case *AgreementRestored:
		c.deals[e.Agreement].gone = false
	case *OptionConsidered:
		c.put(e.Agreement, string(e.Option), e.Words)
	case *OptionWithdrawn:
		c.set(string(e.Option), false)
	case *OptionRestored:
		c.set(string(e.Option), true)
	case *HelpAsked:
		c.put(e.Agreement, string(e.Help), e.Words)
	case *HelpWithdrawn:
		c.set(string(e.Help), false)
	case *HelpNeeded:
		c.set(string(e.Help), true)
	}
}

func (c *agreementChapter) put(at AgreementID, id string, words Words) {
	c.at[id] = at
	c.deals[at].all[id], c.deals[at].beside[id] = words, words
}

func (c *agreementChapter) set(id string, there bool) {
	g := c.deals[c.at[id]]
	if delete(g.beside, id); there {
		g.beside[id] = g.all[id]
	}
}

func (g *chapterAgreement) isFor(viewer PartnerID) bool {
	return !g.gone && slices.Contains(g.with, viewer)
}

func (c *agreementChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for id, g := range c.deals {
		if !g.isFor(viewer) {
			continue
		}
		list = append(list, string(id))
		for beside := range g.beside {
			list = append(list, beside)
		}
	}
	return list
}

func (*agreementChapter) isSeen(seen *Seen) (list []string) {
	for _, g := range seen.Agreements {
		list = append(list, string(g.ID))
		for _, o := range g.Options {
			list = append(list, string(o.ID))
		}
		for _, h := range g.Helps {
			list = append(list, string(h.ID))
		}
	}
	return list
}

func (c *agreementChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, g := range c.deals {
		if !g.isFor(viewer) {
			continue
		}
		for _, words := range g.words {
			may[words] = true
		}
		for _, words := range g.beside {
			may[words] = true
		}
	}
}

func (c *agreementChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *AgreementProposed:
		return string(e.Agreement), true
	case *AgreementRenewed:
		return string(e.Agreement), true
	case *RenewalUndone:
		return string(e.Agreement), true
	case *AgreementWithdrawn:
		return string(e.Agreement), true
	case *AgreementRestored:
		return string(e.Agreement), true
	case *AgreementFulfilled:
		return string(e.Agreement), true
	case *AgreementReopened:
		return string(e.Agreement), true
	case *AgreementAnswered:
		return string(e.Agreement), true
	case *OptionConsidered:
		return string(e.Agreement), true
	case *HelpAsked:
		return string(e.Agreement), true
	case *OptionWithdrawn:
		return string(c.at[string(e.Option)]), true
	case *OptionRestored:
		return string(c.at[string(e.Option)]), true
	case *HelpGiven:
		return string(c.at[string(e.Help)]), true
	case *HelpNeeded:
		return string(c.at[string(e.Help)]), true
	case *HelpWithdrawn:
		return string(c.at[string(e.Help)]), true
	}
	return "", false
}

func (*agreementChapter) purged(e Event, _ PartnerID) Event { return e }

func learnAgreements(f Fact, add func(what, id string)) {
	switch e := f.Event.(type) {
	case *AgreementProposed:
		add("agreement", string(e.Agreement))
	case *OptionConsidered:
		add("option", string(e.Option))
	case *HelpAsked:
		add("help", string(e.Help))
	}
}

func lookAtAgreements(seen *Seen, add func(what, id string, about PartnerID)) {
	for _, g := range seen.Agreements {
		add("agreement", string(g.ID), g.Doer)
		for _, o := range g.Options {
			add("option", string(o.ID), o.By)
		}
		for _, h := range g.Helps {
			add("help", string(h.ID), h.By)
		}
	}
}

func drawAgreementWish(t *rapid.T, h *history, text func(string) Words) Wish {
	any := func() AgreementID { return drawID[AgreementID](t, h, "agreement") }
	own := func() AgreementID { return drawID[AgreementID](t, h, "agreement", "own") }
	propose := func() Wish {
		return ProposeAgreement{
			Words: text("deal"), Doer: evenly(t, "doer", []PartnerID{"", amira, noor, samira}), With: drawAudience(t),
			When: evenly(t, "when", []When{{}, {Day: "2026-12-01"}, {"2026-12-01", "09:30"}}),
		}
	}
	answer := func() Wish {
		able := []Able{"", "", AbleYes, AbleWithHelp, AbleNotYet}
		w := AnswerAgreement{Agreement: any(), Answer: AgreementAnswer{
			Want: evenly(t, "want", []Want{WantYes, WantYes, WantYes, WantNotNow, WantOtherwise, ""}), Can: evenly(t, "can", able),
		}}
		if evenly(t, "with help", []bool{false, false, true}) {
			w.Help = text("help")
		}
		if evenly(t, "with option", []bool{false, false, false, true}) {
			w.Option = text("option")
		}
		return w
	}
	if len(h.known["agreement"]) == 0 {
		return propose()
	}
	draw := []func() Wish{
		propose, answer, answer, answer, answer,
		func() Wish {
			return RenewAgreement{Agreement: any(), Words: text("deal"), Doer: evenly(t, "doer", []PartnerID{"", "", amira, samira})}
		},
		func() Wish { return WithdrawAgreement{any()} },
		func() Wish {
			return FulfilAgreement{Agreement: own(), Undone: evenly(t, "undone", []bool{false, false, true})}
		},
		func() Wish { return ConsiderOption{any(), text("option")} },
		func() Wish { return WithdrawOption{drawID[OptionID](t, h, "option", "own")} },
		func() Wish {
			return AnswerHelp{drawID[HelpID](t, h, "help", "own"), evenly(t, "help", []HelpStanding{HelpThere, HelpThere, HelpOpen, HelpGone})}
		},
	}
	return evenly(t, "about agreements", draw)()
}

func init() {
	chapters = append(chapters, func() chapter {
		return &agreementChapter{deals: map[AgreementID]*chapterAgreement{}, at: map[string]AgreementID{}}
	})
	moreLearned = append(moreLearned, learnAgreements)
	moreLooked = append(moreLooked, lookAtAgreements)
	moreWishes = append(moreWishes, drawAgreementWish, drawAgreementWish, drawAgreementWish, drawAgreementWish)
}
