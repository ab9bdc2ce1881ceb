package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

func scaleOf(label string) ScaleID   { return ScaleID(id(label)) }
func changeOf(label string) ChangeID { return ChangeID(id(label)) }

func entersScale(name, answers string) EnterScale {
	return EnterScale{Dialogue: lookedOn("talk"), Name: Say(name), Answers: Say(answers)}
}

func tellsChange(words, because string) TellChange {
	w := TellChange{Dialogue: lookedOn("talk"), Words: Say(words)}
	if because != "" {
		w.Because = statement(because)
	}
	return w
}

func scalesSeen(s *Seen) []string {
	return listOf(s.Scales, func(c SeenScale) string {
		return fmt.Sprint(c.Name.Text(), ": ", c.Answers.Text(), " of ", labelOf(c.By), " mine ", c.Mine, " alone ", c.Alone)
	})
}

func changesSeen(s *Seen) []string {
	return listOf(s.Changes(), func(c SeenChange) string {
		return fmt.Sprint(c.Words.Text(), " of ", labelOf(c.By), " because ", labelOf(c.Because))
	})
}

func changesFor(s *Seen) (list []string) {
	for _, c := range s.Changed {
		list = append(list, listOf(c.SeenBy, labelOf)...)
	}
	return list
}

var scaleRules = []line{
	rule("a questionnaire under its own name, as it was typed",
		talkBegan(),
		when(amira, entersScale("Our list", "a 3, b 4")),
		then(&ScaleEntered{Scale: scaleOf("now"), Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira},
			Name: Say("Our list"), Answers: Say("a 3, b 4")}),
		sees(amira, scalesSeen, "Our list: a 3, b 4 of amira mine true alone false"),
		sees(noor, scalesSeen, "Our list: a 3, b 4 of amira mine false alone false"),
		sees(joost, scalesSeen)),
	rule("for me alone",
		talkBegan(),
		when(amira, EnterScale{Dialogue: lookedOn("talk"), Name: Say("n"), Answers: Say("x"), Alone: true}),
		then(&ScaleEntered{Scale: scaleOf("now"), Dialogue: lookedOn("talk"), By: amira, Alone: true, Name: Say("n"), Answers: Say("x")}),
		sees(amira, scalesSeen, "n: x of amira mine true alone true"),
		sees(noor, scalesSeen)),
	rule("it has a name", talkBegan(), when(amira, entersScale("", "x")), thenRefused("invalid.scale_name")),
	rule("it has answers", talkBegan(), when(amira, entersScale("n", "")), thenRefused("invalid.words_needed")),
	rule("who is not in the dialogue finds none", talkBegan(), when(joost, entersScale("n", "x")), thenRefused("error.not_found")),
	rule("not before the dialogue",
		given(did(noor, "talk", PlanDialogue{With: []PartnerID{amira}})), when(amira, entersScale("n", "x")), thenRefused("refused.not_begun")),
	rule("one partner enters five hundred",
		talkBegan(times(500, func(i int) step { return did(amira, fmt.Sprint("scale ", i), entersScale("n", "x")) })...),
		when(amira, entersScale("n", "x")), thenRefused("refused.too_many")),
	rule("one's own goes away",
		talkBegan(did(amira, "scale", entersScale("n", "x"))),
		when(amira, WithdrawScale{scaleOf("scale")}),
		then(&ScaleWithdrawn{Scale: scaleOf("scale")}),
		sees(amira, scalesSeen), sees(noor, scalesSeen)),
	rule("and comes back",
		talkBegan(did(amira, "scale", entersScale("n", "x")), did(amira, "gone", WithdrawScale{scaleOf("scale")})),
		when(amira, Undo{id("gone")}),
		then(&ScaleRestored{Scale: scaleOf("scale")}),
		sees(noor, scalesSeen, "n: x of amira mine false alone false")),
	rule("another's stays", talkBegan(did(amira, "scale", entersScale("n", "x"))), when(noor, WithdrawScale{scaleOf("scale")}), thenRefused("refused.not_yours")),
	rule("a hidden one is not found", talkBegan(did(amira, "scale", entersScale("n", "x"))), when(joost, WithdrawScale{scaleOf("scale")}), thenRefused("error.not_found")),
	rule("what went away is not found",
		talkBegan(did(amira, "scale", entersScale("n", "x")), did(amira, "gone", WithdrawScale{scaleOf("scale")})),
		when(amira, WithdrawScale{scaleOf("scale")}), thenRefused("error.not_found")),
	rule("one that does not exist is not found", talkBegan(), when(amira, WithdrawScale{scaleOf("scale")}), thenRefused("error.not_found")),
}

var changeRules = []line{
	rule("because somebody said it",
		talkBegan(own),
		when(noor, tellsChange("we call in the afternoon", "own")),
		then(&ChangeTold{Change: changeOf("now"), Dialogue: lookedOn("talk"), By: noor, SeenBy: []PartnerID{amira, samira},
			Because: statement("own"), About: amira, Words: Say("we call in the afternoon")}),
		sees(amira, changesSeen, "we call in the afternoon of noor because own"),
		sees(noor, changesSeen, "we call in the afternoon of noor because own"),
		sees(noor, changesFor, "amira", "samira"),
		sees(amira, changesFor)),
	rule("those words are for who may see them",
		talkBegan(own),
		when(noor, tellsChange("we call in the afternoon", "own")),
		then(&ChangeTold{Change: changeOf("now"), Dialogue: lookedOn("talk"), By: noor, SeenBy: []PartnerID{amira, samira},
			Because: statement("own"), About: amira, Words: Say("we call in the afternoon")}),
		sees(samira, changesSeen, "we call in the afternoon of noor because "),
		sees(joost, changesSeen)),
	rule("shared no longer, the words go and the change stays",
		talkBegan(own, did(noor, "changed", tellsChange("we call later", "own"))),
		when(amira, shares("own")),
		then(&StatementUnshared{Statement: statement("own"), With: noor}),
		sees(noor, changesSeen, "we call later of noor because ")),
	rule("refused, the words go and the change stays",
		talkBegan(guess, did(noor, "changed", tellsChange("we call later", "guess"))),
		when(amira, RefuseStatement{Statement: statement("guess")}),
		then(&StatementRefused{Statement: statement("guess")}),
		sees(amira, changesSeen, "we call later of noor because ")),
	rule("on ice, the words go and the change stays",
		talkBegan(own, did(noor, "changed", tellsChange("we call later", "own"))),
		when(amira, FreezeStatement{statement("own")}),
		then(&StatementFrozen{Statement: statement("own"), By: amira, At: now}),
		sees(amira, changesSeen, "we call later of noor because "),
		sees(noor, changesSeen, "we call later of noor because ")),
	rule("without words of anybody",
		talkBegan(),
		when(amira, tellsChange("we sit outside", "")),
		then(&ChangeTold{Change: changeOf("now"), Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}, Words: Say("we sit outside")}),
		sees(samira, changesSeen, "we sit outside of amira because ")),
	rule("the newest first",
		talkBegan(did(noor, "one", tellsChange("one", ""))),
		when(amira, tellsChange("two", "")),
		then(&ChangeTold{Change: changeOf("now"), Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}, Words: Say("two")}),
		sees(noor, changesSeen, "two of amira because ", "one of noor because ")),
	rule("it has words", talkBegan(), when(noor, tellsChange("", "")), thenRefused("invalid.words_needed")),
	rule("because of hidden words is not found", talkBegan(alone), when(noor, tellsChange("w", "alone")), thenRefused("error.not_found")),
	rule("because of what was not right",
		talkBegan(guess, refuses("guess")), when(amira, tellsChange("w", "guess")), thenRefused("refused.refused_statement")),
	rule("who is not in the dialogue finds none", talkBegan(), when(joost, tellsChange("w", "")), thenRefused("error.not_found")),
	rule("not before the dialogue",
		given(did(noor, "talk", PlanDialogue{With: []PartnerID{amira}})), when(amira, tellsChange("w", "")), thenRefused("refused.not_begun")),
	rule("one partner tells five hundred",
		talkBegan(times(500, func(i int) step { return did(noor, fmt.Sprint("change ", i), tellsChange("w", "")) })...),
		when(noor, tellsChange("w", "")), thenRefused("refused.too_many")),
	rule("one's own goes away",
		talkBegan(did(noor, "changed", tellsChange("w", ""))),
		when(noor, WithdrawChange{changeOf("changed")}),
		then(&ChangeWithdrawn{Change: changeOf("changed")}),
		sees(amira, changesSeen)),
	rule("and comes back",
		talkBegan(did(noor, "changed", tellsChange("w", "")), did(noor, "gone", WithdrawChange{changeOf("changed")})),
		when(noor, Undo{id("gone")}),
		then(&ChangeRestored{Change: changeOf("changed")}),
		sees(amira, changesSeen, "w of noor because ")),
	rule("another's stays", talkBegan(did(noor, "changed", tellsChange("w", ""))), when(amira, WithdrawChange{changeOf("changed")}), thenRefused("refused.not_yours")),
	rule("a hidden one is not found", talkBegan(did(noor, "changed", tellsChange("w", ""))), when(joost, WithdrawChange{changeOf("changed")}), thenRefused("error.not_found")),
	rule("one that does not exist is not found", talkBegan(), when(noor, WithdrawChange{changeOf("changed")}), thenRefused("error.not_found")),
}

func TestScaleRules(t *testing.T)  { play(t, scaleRules) }
func TestChangeRules(t *testing.T) { play(t, changeRules) }
