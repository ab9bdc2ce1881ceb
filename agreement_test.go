package samenspel_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "samenspel"
)

func agreementOf(label string) AgreementID { return AgreementID(id(label)) }
func optionOf(label string) OptionID       { return OptionID(id(label)) }
func helpOf(label string) HelpID           { return HelpID(id(label)) }

// call is what Noor proposes to Amira: that Amira calls, with Samira there.
var (
	callWish = ProposeAgreement{Words: Say("we call them"), Doer: amira, With: []PartnerID{samira}, When: When{Day: "2026-03-10"}}
	call     = did(noor, "call", callWish)
)

func wants(label string, want Want) AnswerAgreement {
	return AnswerAgreement{Agreement: agreementOf(label), Answer: AgreementAnswer{Want: want}}
}

func renews(label, words string, doer PartnerID) RenewAgreement {
	return RenewAgreement{Agreement: agreementOf(label), Words: Say(words), Doer: doer}
}

// allYes is the yes of all whom the call concerns; Noor's came with it.
var allYes = []step{call, did(amira, "amira yes", wants("call", WantYes)), did(samira, "samira yes", wants("call", WantYes))}

func answered(label string, p PartnerID, answer AgreementAnswer) Event {
	return &AgreementAnswered{Agreement: agreementOf(label), Partner: p, AgreementAnswer: answer}
}

var yes = AgreementAnswer{Want: WantYes}

// deals shows how the agreements stand that somebody sees.
func deals(s *Seen) []string {
	return listOf(s.Agreements, func(g SeenAgreement) string { return g.Words.Text() + " " + string(g.Standing) })
}

// deal shows something of one agreement.
func deal(label string, show func(*SeenAgreement) []string) func(*Seen) []string {
	return func(s *Seen) []string {
		if g := s.Agreement(agreementOf(label)); g != nil {
			return show(g)
		}
		return []string{"no such agreement"}
	}
}

func dealAnswers(g *SeenAgreement) []string {
	return listOf(g.Answers, func(a SeenAgreementAnswer) string {
		gone := map[bool]string{false: " left"}[a.Here]
		return fmt.Sprintf("%s %s %s %s %s%s", labelOf(a.Partner), a.Want, a.Can, a.Know, a.Room, gone)
	})
}

func dealEarlier(g *SeenAgreement) []string {
	return listOf(g.Earlier, func(tm SeenTerms) string { return labelOf(tm.By) + ": " + tm.Words.Text() })
}

func dealOptions(g *SeenAgreement) []string {
	return listOf(g.Options, func(o SeenOption) string { return labelOf(o.By) + ": " + o.Words.Text() })
}

func dealHelps(g *SeenAgreement) []string {
	return listOf(g.Helps, func(h SeenHelp) string {
		return labelOf(h.By) + ": " + h.Words.Text() + " " + string(h.Standing)
	})
}

func dealTerms(g *SeenAgreement) []string {
	return []string{labelOf(g.By), labelOf(g.Doer), g.When.Day, g.When.Time}
}

func dealRights(g *SeenAgreement) (list []string) {
	for name, may := range map[string]bool{"answer": g.MayAnswer, "fulfil": g.MayFulfil, "withdraw": g.MayWithdraw} {
		if may {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func awaited(g *SeenAgreement) []string { return listOf(g.Awaited(), labelOf) }

func openHelp(s *Seen) []string {
	return listOf(s.OpenHelp(), func(h OpenHelp) string { return labelOf(h.Agreement.ID) + ": " + h.Help.Words.Text() })
}

func openAgreements(s *Seen) []string {
	return listOf(s.OpenAgreements(), func(g *SeenAgreement) string { return labelOf(g.ID) })
}

func aheadOf(s *Seen) []string { return listOf(s.AheadOf(), labelOf) }

var proposingRules = []line{
	rule("one proposes what another does: it waits for those whom it concerns, and is not there for others",
		given(), when(noor, callWish),
		then(
			&AgreementProposed{
				Agreement: agreementOf("now"), Doer: amira, With: []PartnerID{noor, amira, samira},
				When: When{Day: "2026-03-10"}, Words: Say("we call them"),
			},
			answered("now", noor, yes),
		),
		sees(amira, deals, "we call them asked"), sees(samira, deals, "we call them asked"), sees(joost, deals),
		sees(amira, asks, "agreement now"), sees(samira, asks, "agreement now"), sees(noor, asks), sees(joost, asks),
		sees(amira, deal("now", dealAnswers), "noor yes   ", "amira    ", "samira    "),
		sees(amira, deal("now", dealTerms), "noor", "amira", "2026-03-10", ""),
		sees(amira, deal("now", awaited), "amira", "samira"),
		sees(noor, deal("now", dealRights), "answer", "withdraw"), sees(amira, deal("now", dealRights), "answer"),
		sees(noor, openAgreements, "now"), sees(joost, openAgreements)),
	rule("without a doer one does it oneself; alone it is agreed at once, and nobody else's",
		given(), when(samira, ProposeAgreement{Words: Say("I walk every day")}),
		then(
			&AgreementProposed{Agreement: agreementOf("now"), Doer: samira, With: []PartnerID{samira}, Words: Say("I walk every day")},
			answered("now", samira, yes),
		),
		sees(samira, deals, "I walk every day agreed"), sees(amira, deals), sees(noor, deals)),
	rule("it has words", given(), when(noor, ProposeAgreement{Doer: amira}), thenRefused("invalid.words_needed")),
	rule("who does it is at the table", given(), when(noor, ProposeAgreement{Words: Say("w"), Doer: wout}), thenRefused("error.not_found")),
	rule("whom it concerns is at the table: not somebody invited",
		given(did(noor, "wout", invites(Colleague))),
		when(noor, ProposeAgreement{Words: Say("w"), With: []PartnerID{wout}}), thenRefused("error.not_found")),
	rule("a day is a day", given(), when(noor, ProposeAgreement{Words: Say("w"), When: When{Day: "2026-02-30"}}), thenRefused("invalid.day")),
	rule("of this age", given(), when(noor, ProposeAgreement{Words: Say("w"), When: When{Day: "0206-02-03"}}), thenRefused("invalid.day")),
	rule("a time is a time", given(), when(noor, ProposeAgreement{Words: Say("w"), When: When{Day: "2026-02-03", Time: "9:30"}}), thenRefused("invalid.time")),
	rule("a time has a day", given(), when(noor, ProposeAgreement{Words: Say("w"), When: When{Time: "09:30"}}), thenRefused("invalid.day_needed")),
	rule("one partner proposes a thousand",
		given(times(1000, func(i int) step { return did(noor, fmt.Sprint("proposed ", i), ProposeAgreement{Words: Say("w")}) })...),
		when(noor, callWish), thenRefused("refused.too_many")),
}

var answeringAgreementRules = []line{
	rule("it is agreed with the last yes",
		given(allYes[:2]...), when(samira, wants("call", WantYes)),
		then(answered("call", samira, yes)),
		sees(noor, deals, "we call them agreed"), sees(samira, asks),
		sees(amira, deal("call", dealRights), "answer", "fulfil"), sees(noor, deal("call", dealRights), "answer")),
	rule("one who takes the yes back makes it no agreement",
		given(allYes...), when(amira, wants("call", WantNotNow)),
		then(answered("call", amira, AgreementAnswer{Want: WantNotNow})),
		sees(noor, deals, "we call them resting"), sees(noor, openAgreements), sees(noor, deal("call", awaited), "amira")),
	rule("not now, while others did not answer",
		given(call), when(amira, wants("call", WantNotNow)),
		then(answered("call", amira, AgreementAnswer{Want: WantNotNow})),
		sees(noor, deals, "we call them asked"), sees(samira, asks, "agreement call"), sees(amira, asks)),
	rule("differently keeps it open, with how",
		given(allYes[0], allYes[2]),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Answer: AgreementAnswer{Want: WantOtherwise}, Option: Say("we write")}),
		then(
			answered("call", amira, AgreementAnswer{Want: WantOtherwise}),
			&OptionConsidered{Option: optionOf("now") + ".1", Agreement: agreementOf("call"), By: amira, Words: Say("we write")},
		),
		sees(noor, deals, "we call them asked"), sees(noor, deal("call", dealOptions), "amira: we write")),
	rule("yes, with help: the help stays in sight, whatever is agreed",
		given(allYes[0], allYes[2]),
		when(amira, AnswerAgreement{
			Agreement: agreementOf("call"), Answer: AgreementAnswer{Want: WantYes, Can: AbleWithHelp, Know: AbleNotYet, Room: AbleYes},
			Help: Say("somebody who reads along"),
		}),
		then(
			answered("call", amira, AgreementAnswer{Want: WantYes, Can: AbleWithHelp, Know: AbleNotYet, Room: AbleYes}),
			&HelpAsked{Help: helpOf("now"), Agreement: agreementOf("call"), By: amira, Words: Say("somebody who reads along")},
		),
		sees(noor, deals, "we call them agreed"),
		sees(noor, deal("call", dealHelps), "amira: somebody who reads along open"),
		sees(noor, openHelp, "call: somebody who reads along"), sees(joost, openHelp)),
	rule("what an answer leaves empty stays",
		given(call, did(amira, "can", AnswerAgreement{Agreement: agreementOf("call"), Answer: AgreementAnswer{Can: AbleNotYet}})),
		when(amira, wants("call", WantYes)),
		then(answered("call", amira, AgreementAnswer{Want: WantYes, Can: AbleNotYet}))),
	rule("the same answer again is none", given(allYes...), when(amira, wants("call", WantYes)), then()),
	rule("an empty answer is none", given(call), when(amira, wants("call", "")), then(), sees(amira, asks, "agreement call")),
	rule("there is no other answer: want", given(call), when(amira, wants("call", "perhaps")), thenRefused("invalid.agreement_answer")),
	rule("there is no other answer: room", given(call),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Answer: AgreementAnswer{Room: "perhaps"}}), thenRefused("invalid.agreement_answer")),
	rule("whom it does not concern does not find it", given(call), when(joost, wants("call", WantYes)), thenRefused("error.not_found")),
	rule("who leaves no longer decides, and keeps what they said",
		given(append(slices.Clone(allYes[:2]), did(samira, "samira no", wants("call", WantNotNow)))...),
		when(samira, LeaveAlliance{samira}),
		then(&PartnerLeft{Partner: samira}),
		sees(noor, deals, "we call them agreed"),
		sees(noor, deal("call", dealAnswers), "noor yes   ", "amira yes   ", "samira not_now    left")),
	rule("without its doer nothing is agreed",
		given(allYes...), when(amira, LeaveAlliance{amira}), then(&PartnerLeft{Partner: amira}),
		sees(noor, deals, "we call them asked"), sees(noor, asks)),
	rule("a form from before it was proposed anew is seen",
		given(call, did(noor, "anew", renews("call", "we write", ""))),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Answer: yes, Turn: 1}), thenRefused("conflict.changed")),
	rule("a form from after it is taken",
		given(call, did(noor, "anew", renews("call", "we write", ""))),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Answer: yes, Turn: 2}), then(answered("call", amira, yes))),
	rule("of help one partner asks fifty",
		given(append([]step{call}, times(50, func(i int) step {
			return did(amira, fmt.Sprint("help ", i), AnswerAgreement{Agreement: agreementOf("call"), Help: Say("h")})
		})...)...),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Help: Say("h")}), thenRefused("refused.too_many")),
	rule("of options in an answer too",
		given(append([]step{call}, times(50, func(i int) step {
			return did(amira, fmt.Sprint("option ", i), ConsiderOption{agreementOf("call"), Say("o")})
		})...)...),
		when(amira, AnswerAgreement{Agreement: agreementOf("call"), Option: Say("o")}), thenRefused("refused.too_many")),
}

var renewingAgreementRules = []line{
	rule("anybody whom it concerns proposes it anew: the others answer afresh, what stood there stays to be read",
		given(allYes...),
		when(samira, RenewAgreement{Agreement: agreementOf("call"), Words: Say("we write"), Doer: samira, When: When{"2026-03-11", "09:30"}}),
		then(
			&AgreementRenewed{Agreement: agreementOf("call"), Doer: samira, When: When{"2026-03-11", "09:30"}, Words: Say("we write")},
			answered("call", samira, yes),
		),
		sees(noor, deals, "we write asked"), sees(noor, deal("call", dealEarlier), "noor: we call them"),
		sees(noor, deal("call", dealAnswers), "noor    ", "amira    ", "samira yes   "),
		sees(noor, deal("call", dealTerms), "samira", "samira", "2026-03-11", "09:30"),
		sees(noor, asks, "agreement call"), sees(joost, deals)),
	rule("help that was asked for stays in sight",
		given(call, did(amira, "help", AnswerAgreement{Agreement: agreementOf("call"), Help: Say("a bus ticket")})),
		when(noor, renews("call", "we write", "")),
		then(&AgreementRenewed{Agreement: agreementOf("call"), Doer: amira, Words: Say("we write")}, answered("call", noor, yes)),
		sees(noor, openHelp, "call: a bus ticket")),
	rule("options stay to be read",
		given(call, did(samira, "option", ConsiderOption{agreementOf("call"), Say("we mail")})),
		when(noor, renews("call", "we write", "")),
		then(&AgreementRenewed{Agreement: agreementOf("call"), Doer: amira, Words: Say("we write")}, answered("call", noor, yes)),
		sees(amira, deal("call", dealOptions), "samira: we mail")),
	rule("it has words", given(call), when(amira, renews("call", "", "")), thenRefused("invalid.words_needed")),
	rule("a day is a day", given(call), when(amira, RenewAgreement{Agreement: agreementOf("call"), Words: Say("w"), When: When{Day: "tomorrow"}}), thenRefused("invalid.day")),
	rule("who does it is one of those whom it concerns", given(call), when(amira, renews("call", "w", joost)), thenRefused("refused.doer_elsewhere")),
	rule("and at the table", given(call), when(amira, renews("call", "w", wout)), thenRefused("error.not_found")),
	rule("when the doer left, another does it",
		given(append(slices.Clone(allYes), did(amira, "gone", LeaveAlliance{amira}))...),
		when(noor, renews("call", "w", "")), thenRefused("refused.doer_left")),
	rule("as it stands already, nothing is new",
		given(call), when(amira, RenewAgreement{Agreement: agreementOf("call"), Words: callWish.Words, When: callWish.When}), then()),
	rule("what is done begins again",
		given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...),
		when(noor, RenewAgreement{Agreement: agreementOf("call"), Words: callWish.Words, When: callWish.When}),
		then(&AgreementRenewed{Agreement: agreementOf("call"), Doer: amira, When: callWish.When, Words: callWish.Words}, answered("call", noor, yes)),
		sees(amira, deals, "we call them asked")),
	rule("two at the same time: the second sees what the first wrote, and nothing is lost",
		given(call, did(samira, "first", renews("call", "we write", ""))),
		when(amira, RenewAgreement{Agreement: agreementOf("call"), Words: Say("we mail"), Turn: 1}), thenRefused("conflict.changed")),
	rule("whom it does not concern does not find it", given(call), when(joost, renews("call", "w", joost)), thenRefused("error.not_found")),
	rule("it is proposed two hundred times",
		given(append([]step{call}, times(199, func(i int) step { return did(noor, fmt.Sprint("anew ", i), renews("call", fmt.Sprint("w", i), "")) })...)...),
		when(amira, renews("call", "w", "")), thenRefused("refused.too_many")),
}

var withdrawingAgreementRules = []line{
	rule("who proposed it takes it away, for everybody",
		given(call), when(noor, WithdrawAgreement{agreementOf("call")}),
		then(&AgreementWithdrawn{Agreement: agreementOf("call")}),
		sees(noor, deals), sees(amira, deals), sees(amira, asks)),
	rule("not when another answered", given(call, did(amira, "no", wants("call", WantNotNow))),
		when(noor, WithdrawAgreement{agreementOf("call")}), thenRefused("refused.agreement_stays"), sees(noor, deal("call", dealRights), "answer")),
	rule("not when another put an option beside it",
		given(call, did(amira, "option", ConsiderOption{agreementOf("call"), Say("we write")})),
		when(noor, WithdrawAgreement{agreementOf("call")}), thenRefused("refused.agreement_stays")),
	rule("not when another asked for help",
		given(call, did(amira, "help", AnswerAgreement{Agreement: agreementOf("call"), Help: Say("h")})),
		when(noor, WithdrawAgreement{agreementOf("call")}), thenRefused("refused.agreement_stays")),
	rule("not when another proposed it anew",
		given(call, did(amira, "anew", renews("call", "we write", ""))),
		when(noor, WithdrawAgreement{agreementOf("call")}), thenRefused("refused.agreement_stays")),
	rule("nobody takes away what another proposed", given(call),
		when(amira, WithdrawAgreement{agreementOf("call")}), thenRefused("refused.agreement_withdraw")),
	rule("what was taken away is not found", given(call, did(noor, "away", WithdrawAgreement{agreementOf("call")})),
		when(amira, wants("call", WantYes)), thenRefused("error.not_found")),
}

var fulfillingRules = []line{
	rule("who does it says that it was done",
		given(allYes...), when(amira, FulfilAgreement{Agreement: agreementOf("call")}),
		then(&AgreementFulfilled{Agreement: agreementOf("call")}),
		sees(noor, deals, "we call them done"), sees(noor, openAgreements), sees(amira, deal("call", dealRights), "fulfil")),
	rule("nobody says it for another", given(allYes...), when(noor, FulfilAgreement{Agreement: agreementOf("call")}), thenRefused("refused.agreement_fulfil")),
	rule("what is not agreed is not done", given(call), when(amira, FulfilAgreement{Agreement: agreementOf("call")}), thenRefused("refused.not_agreed")),
	rule("done twice is done", given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...),
		when(amira, FulfilAgreement{Agreement: agreementOf("call")}), then()),
	rule("after all not", given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...),
		when(amira, FulfilAgreement{Agreement: agreementOf("call"), Undone: true}),
		then(&AgreementReopened{Agreement: agreementOf("call")}), sees(noor, deals, "we call them agreed")),
	rule("when the doer left, any of the others says it was not",
		given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}), did(amira, "gone", LeaveAlliance{amira}))...),
		when(noor, FulfilAgreement{Agreement: agreementOf("call"), Undone: true}),
		then(&AgreementReopened{Agreement: agreementOf("call")}), sees(noor, deals, "we call them asked")),
	rule("what is done is not answered",
		given(append(slices.Clone(allYes), did(amira, "done", FulfilAgreement{Agreement: agreementOf("call")}))...),
		when(noor, wants("call", WantNotNow)), thenRefused("refused.agreement_done")),
	rule("whom it does not concern does not find it", given(allYes...),
		when(joost, FulfilAgreement{Agreement: agreementOf("call")}), thenRefused("error.not_found")),
}

var (
	considered = []step{call, did(samira, "option", ConsiderOption{agreementOf("call"), Say("we write")})}
	helped     = []step{call, did(amira, "help", AnswerAgreement{Agreement: agreementOf("call"), Help: Say("a bus ticket")})}
)

var besideAgreementRules = []line{
	rule("an option stands beside it", given(call), when(samira, ConsiderOption{agreementOf("call"), Say("we write")}),
		then(&OptionConsidered{Option: optionOf("now"), Agreement: agreementOf("call"), By: samira, Words: Say("we write")}),
		sees(amira, deal("call", dealOptions), "samira: we write"), sees(joost, deals)),
	rule("it has words", given(call), when(samira, ConsiderOption{Agreement: agreementOf("call")}), thenRefused("invalid.words_needed")),
	rule("whom it does not concern does not find it", given(call), when(joost, ConsiderOption{agreementOf("call"), Say("w")}), thenRefused("error.not_found")),
	rule("of options one partner names fifty",
		given(append([]step{call}, times(50, func(i int) step {
			return did(amira, fmt.Sprint("option ", i), ConsiderOption{agreementOf("call"), Say("o")})
		})...)...),
		when(amira, ConsiderOption{agreementOf("call"), Say("o")}), thenRefused("refused.too_many")),
	rule("who named it takes it away", given(considered...), when(samira, WithdrawOption{optionOf("option")}),
		then(&OptionWithdrawn{Option: optionOf("option")}), sees(amira, deal("call", dealOptions))),
	rule("nobody else does", given(considered...), when(noor, WithdrawOption{optionOf("option")}), thenRefused("refused.option")),
	rule("a stranger to it does not find it", given(considered...), when(joost, WithdrawOption{optionOf("option")}), thenRefused("error.not_found")),
	rule("nor does anybody find what was taken away",
		given(append(slices.Clone(considered), did(samira, "away", WithdrawOption{optionOf("option")}))...),
		when(samira, WithdrawOption{optionOf("option")}), thenRefused("error.not_found")),

	rule("that help was given is said by who asked", given(helped...), when(amira, AnswerHelp{helpOf("help"), HelpThere}),
		then(&HelpGiven{Help: helpOf("help")}), sees(noor, openHelp), sees(noor, deal("call", dealHelps), "amira: a bus ticket there")),
	rule("nobody else says it", given(helped...), when(noor, AnswerHelp{helpOf("help"), HelpThere}), thenRefused("refused.help"),
		sees(noor, openHelp, "call: a bus ticket")),
	rule("it is needed after all",
		given(append(slices.Clone(helped), did(amira, "given", AnswerHelp{helpOf("help"), HelpThere}))...),
		when(amira, AnswerHelp{helpOf("help"), HelpOpen}), then(&HelpNeeded{Help: helpOf("help")}), sees(noor, openHelp, "call: a bus ticket")),
	rule("who asked takes it back", given(helped...), when(amira, AnswerHelp{helpOf("help"), HelpGone}),
		then(&HelpWithdrawn{Help: helpOf("help")}), sees(noor, deal("call", dealHelps))),
	rule("needed twice is needed", given(helped...), when(amira, AnswerHelp{helpOf("help"), HelpOpen}), then()),
	rule("there is no other answer", given(helped...), when(amira, AnswerHelp{helpOf("help"), "perhaps"}), thenRefused("invalid.help_answer")),
	rule("a stranger to it does not find it", given(helped...), when(joost, AnswerHelp{helpOf("help"), HelpThere}), thenRefused("error.not_found")),
	rule("nor does anybody find what was taken back",
		given(append(slices.Clone(helped), did(amira, "away", AnswerHelp{helpOf("help"), HelpGone}))...),
		when(amira, AnswerHelp{helpOf("help"), HelpThere}), thenRefused("error.not_found")),
}

func init() {
	tables = append(tables, proposingRules, answeringAgreementRules, renewingAgreementRules, withdrawingAgreementRules,
		fulfillingRules, besideAgreementRules, agreementUndoRules, aheadRules)
}

func TestProposingRules(t *testing.T)            { play(t, proposingRules) }
func TestAnsweringAgreementRules(t *testing.T)   { play(t, answeringAgreementRules) }
func TestRenewingAgreementRules(t *testing.T)    { play(t, renewingAgreementRules) }
func TestWithdrawingAgreementRules(t *testing.T) { play(t, withdrawingAgreementRules) }
func TestFulfillingRules(t *testing.T)           { play(t, fulfillingRules) }
func TestBesideAgreementRules(t *testing.T)      { play(t, besideAgreementRules) }
func TestAgreementUndoRules(t *testing.T)        { play(t, agreementUndoRules) }
func TestAheadRules(t *testing.T)                { play(t, aheadRules) }

// An agreement, an option and help of others are answered exactly as ones
// that were never made.
func TestForeignAgreementsAreUnknown(t *testing.T) {
	w := played(t, given(append(slices.Clone(considered), helped[1])...), when(noor, WriteNote{Say("n")}))
	about := func(label string) []Wish {
		g := agreementOf(label)
		return []Wish{
			AnswerAgreement{Agreement: g, Answer: yes}, AnswerAgreement{Agreement: g, Turn: 99}, RenewAgreement{Agreement: g, Words: Say("w")},
			RenewAgreement{Agreement: g}, WithdrawAgreement{g}, FulfilAgreement{Agreement: g}, FulfilAgreement{Agreement: g, Undone: true},
			ConsiderOption{g, Say("w")}, ConsiderOption{Agreement: g}, WithdrawOption{optionOf(label)},
			AnswerHelp{helpOf(label), HelpThere}, AnswerHelp{helpOf(label), "perhaps"},
		}
	}
	for _, foreign := range []string{"call", "option", "help"} {
		for i, unknown := range about("never made") {
			for _, wish := range []Wish{about(foreign)[i], unknown} {
				events, err := w.Decide(personOf(joost), Command{ID: id("joost tries"), Arrived: now, Wish: wish})
				if len(events) != 0 || !errors.Is(err, ErrNotFound) {
					t.Errorf("%T of %q: %d events and %v", wish, foreign, len(events), err)
				}
			}
		}
	}
}

func TestParseWhen(t *testing.T) {
	for _, c := range []struct {
		day, at string
		want    When
		key     string
	}{
		{"", "", When{}, ""},
		{"2026-12-01", "", When{Day: "2026-12-01"}, ""},
		{" 2026-12-01 ", " 09:30 ", When{"2026-12-01", "09:30"}, ""},
		{"1-12-2026", "9.30", When{"2026-12-01", "09:30"}, ""},
		{"01/12/2026", "14", When{"2026-12-01", "14:00"}, ""},
		{"1.12.2026", "09:30:00", When{"2026-12-01", "09:30"}, ""},
		{"2026-02-30", "", When{}, "invalid.day"},
		{"1-12-26", "", When{}, "invalid.day"},
		{"1999-12-31", "", When{}, "invalid.day"},
		{"2200-01-01", "", When{}, "invalid.day"},
		{"tomorrow", "", When{}, "invalid.day"},
		{"2026-12-01", "25:00", When{}, "invalid.time"},
		{"2026-12-01", "soon", When{}, "invalid.time"},
		{"", "09:30", When{}, "invalid.day_needed"},
	} {
		got, err := ParseWhen(c.day, c.at)
		var refusal *Refusal
		key := ""
		if errors.As(err, &refusal) {
			key = refusal.Key
		}
		if key != c.key || c.key == "" && got != c.want {
			t.Errorf("%q %q: %v and %q, want %v and %q", c.day, c.at, got, key, c.want, c.key)
		}
	}
}

// FuzzParseWhen: what is taken is a day and a time, and is taken again as it
// is.
func FuzzParseWhen(f *testing.F) {
	for _, c := range [][2]string{{"2026-12-01", "09:30"}, {"1-12-2026", "9.30"}, {"", "9"}, {"0000-00-00", "24:00"}, {"2026-12-01\x00", "٩:٣٠"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, day, at string) {
		got, err := ParseWhen(day, at)
		var refusal *Refusal
		switch {
		case err != nil && !errors.As(err, &refusal):
			t.Fatalf("%q %q: %v is no refusal", day, at, err)
		case err != nil:
			return
		}
		if again, err := ParseWhen(got.Day, got.Time); err != nil || again != got {
			t.Errorf("%q %q became %v, and that %v, %v", day, at, got, again, err)
		}
		if d, ok := got.Date(); ok && d.Format("2006-01-02") != got.Day {
			t.Errorf("%q is %v", got.Day, d)
		}
		if diff := cmp.Diff(got.Day == "" && got.Time != "", false); diff != "" {
			t.Errorf("%q %q became a time without a day", day, at)
		}
	})
}
