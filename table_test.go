package samenspel_test

import (
	"fmt"
	"testing"
	"time"

	. "samenspel"
)

// What is given in many lines: a dialogue of Noor with Amira and Samira, of
// which Joost does not know.
var (
	theTalk      = did(noor, "the talk", PlanDialogue{With: []PartnerID{amira, samira}})
	theTalkBegun = did(noor, "the talk begins", BeginDialogue{atTalk})
	theTalkOver  = did(amira, "the talk ends", EndDialogue{atTalk})
	atTalk       = DialogueID(id("the talk"))
	nowhere      = DialogueID(id("never planned"))
)

// atTheTable gives what was given after the talk began.
func atTheTable(steps ...step) []step {
	return given(append([]step{theTalk, theTalkBegun}, steps...)...)
}

// ofTalk shows something of the talk.
func ofTalk(show func(*SeenDialogue) []string) func(*Seen) []string {
	return func(s *Seen) []string {
		if d := s.Dialogue(atTalk); d != nil {
			return show(d)
		}
		return []string{"no such dialogue"}
	}
}

func howFar(d *SeenDialogue) []string  { return []string{string(d.Standing)} }
func theWord(d *SeenDialogue) []string { return []string{labelOf(d.Has)} }
func theCard(d *SeenDialogue) []string { return []string{labelOf(d.Card)} }
func onTable(d *SeenDialogue) []string {
	return listOf(d.Laid, func(l SeenLaid) string { return labelOf(l.Statement) + " by " + labelOf(l.By) })
}

// minutesAgo is when a step took place that was given so many before the last.
func minutesAgo(n int) time.Time { return now.Add(-time.Duration(n) * time.Minute) }

// laysNew words something at the table. Amira's door stands open for Noor.
func laysNew(label string, by PartnerID, w WordStatement) step {
	w.Words, w.Dialogue = Say(label), atTalk
	return did(by, label, w)
}

var holdingRules = []line{
	rule("a dialogue begins, for all who are in it",
		given(theTalk),
		when(samira, BeginDialogue{atTalk}),
		then(&DialogueBegun{Dialogue: atTalk}),
		sees(noor, ofTalk(howFar), "on"),
		sees(amira, ofTalk(howFar), "on"),
		sees(joost, ofTalk(howFar), "no such dialogue")),
	rule("it begins once", atTheTable(), when(amira, BeginDialogue{atTalk}), then()),
	rule("who is not in it does not find it", given(theTalk), when(joost, BeginDialogue{atTalk}), thenRefused("error.not_found")),
	rule("one that was never planned is not found", given(theTalk), when(noor, BeginDialogue{nowhere}), thenRefused("error.not_found")),
	rule("it ends when somebody says so",
		atTheTable(), when(amira, EndDialogue{atTalk}), then(&DialogueEnded{Dialogue: atTalk}),
		sees(noor, ofTalk(howFar), "over")),
	rule("it ends once", atTheTable(theTalkOver), when(noor, EndDialogue{atTalk}), then()),
	rule("what did not begin does not end", given(theTalk), when(noor, EndDialogue{atTalk}), thenRefused("refused.not_begun")),
	rule("one that is hidden does not end", atTheTable(), when(joost, EndDialogue{atTalk}), thenRefused("error.not_found")),
	rule("they may go on after all, from where they began",
		atTheTable(theTalkOver),
		when(samira, BeginDialogue{atTalk}),
		then(&DialogueReset{Dialogue: atTalk, Begun: minutesAgo(2)}),
		sees(noor, ofTalk(howFar), "on")),
	rule("beginning is undone",
		atTheTable(), when(noor, undone("the talk begins")), then(&DialogueReset{Dialogue: atTalk}),
		sees(amira, ofTalk(howFar), "planned")),
	rule("ending is undone",
		atTheTable(theTalkOver), when(amira, undone("the talk ends")),
		then(&DialogueReset{Dialogue: atTalk, Begun: minutesAgo(2)}),
		sees(noor, ofTalk(howFar), "on")),
	rule("whoever was taken out of it undoes nothing there",
		atTheTable(theTalkOver, did(samira, "on", BeginDialogue{atTalk}),
			did(noor, "without", PlanDialogue{Dialogue: atTalk, With: []PartnerID{amira}})),
		when(samira, undone("on")), thenRefused("refused.undo_gone")),
}

var turnRules = []line{
	rule("at first nobody has the word", atTheTable(), when(noor, WriteNote{Say("n")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("n")}), sees(amira, ofTalk(theWord), "")),
	rule("now you: all in the dialogue see it",
		atTheTable(), when(noor, GiveTurn{atTalk, amira}), then(&TurnGiven{Dialogue: atTalk, To: amira}),
		sees(noor, ofTalk(theWord), "amira"),
		sees(samira, ofTalk(theWord), "amira")),
	rule("one may take it", atTheTable(), when(samira, GiveTurn{atTalk, samira}), then(&TurnGiven{Dialogue: atTalk, To: samira})),
	rule("who has it has it", atTheTable(did(noor, "to amira", GiveTurn{atTalk, amira})), when(samira, GiveTurn{atTalk, amira}), then()),
	rule("not to who is not in the dialogue", atTheTable(), when(noor, GiveTurn{atTalk, joost}), thenRefused("error.not_found")),
	rule("not to nobody", atTheTable(), when(noor, GiveTurn{atTalk, ""}), thenRefused("error.not_found")),
	rule("not to who left",
		atTheTable(did(samira, "samira leaves", LeaveAlliance{samira})), when(noor, GiveTurn{atTalk, samira}), thenRefused("error.not_found")),
	rule("not by who is not in the dialogue", atTheTable(), when(joost, GiveTurn{atTalk, amira}), thenRefused("error.not_found")),
	rule("not before it began", given(theTalk), when(noor, GiveTurn{atTalk, amira}), thenRefused("refused.not_begun")),
	rule("who leaves has it no longer",
		atTheTable(did(noor, "to samira", GiveTurn{atTalk, samira})),
		when(samira, LeaveAlliance{samira}), then(&PartnerLeft{Partner: samira}),
		sees(noor, ofTalk(theWord), "")),
	rule("giving it is undone",
		atTheTable(did(noor, "to amira", GiveTurn{atTalk, amira}), did(amira, "to samira", GiveTurn{atTalk, samira})),
		when(amira, undone("to samira")), then(&TurnGiven{Dialogue: atTalk, To: amira}),
		sees(noor, ofTalk(theWord), "amira")),
	rule("until another gave it on",
		atTheTable(did(noor, "to amira", GiveTurn{atTalk, amira}), did(amira, "to samira", GiveTurn{atTalk, samira})),
		when(noor, undone("to amira")), thenRefused("refused.undo_gone")),
}

var layingRules = []line{
	rule("what is worded at the table lies there at once, for who may see it",
		atTheTable(),
		when(amira, WordStatement{Words: Say("w"), Dialogue: atTalk, Chosen: true, SeenBy: []PartnerID{noor, joost}}),
		then(
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
				SeenBy: []PartnerID{noor, joost}, Words: Say("w")},
			&WordsLaid{Dialogue: atTalk, Statement: statement("now")}),
		sees(amira, ofTalk(theCard), "now"),
		sees(noor, ofTalk(theCard), "now"),
		sees(noor, ofTalk(onTable), "now by amira"),
		sees(samira, ofTalk(theCard), ""),
		sees(samira, ofTalk(onTable)),
		sees(joost, ofTalk(onTable), "no such dialogue"),
		sees(joost, statements, "now")),
	rule("who does not see the last words sees those before, without a gap",
		atTheTable(
			laysNew("first", amira, WordStatement{Chosen: true, SeenBy: []PartnerID{noor, samira}}),
			laysNew("between", amira, WordStatement{Chosen: true, SeenBy: []PartnerID{noor}})),
		when(samira, WordStatement{Words: Say("w"), Dialogue: atTalk, Chosen: true}),
		then(
			&StatementWorded{Statement: statement("now"), About: samira, SaidBy: samira, How: Quote, Said: now, Words: Say("w")},
			&WordsLaid{Dialogue: atTalk, Statement: statement("now")}),
		sees(noor, ofTalk(theCard), "between"),
		sees(samira, ofTalk(theCard), "now"),
		sees(samira, ofTalk(onTable), "first by amira", "now by samira"),
		sees(noor, ofTalk(onTable), "first by amira", "between by amira")),
	rule("at a table that one does not know nothing is worded",
		atTheTable(), when(joost, WordStatement{Words: Say("w"), Dialogue: atTalk}), thenRefused("error.not_found"),
		sees(joost, statements)),
	rule("before it began nothing is worded there",
		given(theTalk), when(amira, WordStatement{Words: Say("w"), Dialogue: atTalk}), thenRefused("refused.not_begun"),
		sees(amira, statements)),
	rule("after it ended something may still be laid", atTheTable(theTalkOver),
		when(amira, WordStatement{Words: Say("w"), Dialogue: atTalk, Chosen: true}),
		then(
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now, Words: Say("w")},
			&WordsLaid{Dialogue: atTalk, Statement: statement("now")})),
	rule("wording and laying are undone as one",
		atTheTable(laysNew("first", amira, WordStatement{}), laysNew("second", amira, WordStatement{})),
		when(amira, undone("second")),
		then(&WordsTakenBack{Dialogue: atTalk, Laid: id("second")}, &StatementWithdrawn{Statement: statement("second")}),
		sees(noor, ofTalk(onTable), "first by amira"),
		sees(noor, statements, "first")),
	rule("and come back as one",
		atTheTable(laysNew("first", amira, WordStatement{}), laysNew("second", noor, WordStatement{About: amira}),
			laysNew("third", amira, WordStatement{}), did(amira, "third undone", Undo{id("third")})),
		when(amira, undone("third undone")),
		then(
			&StatementRestored{Statement: statement("third")},
			&WordsTakenBack{Dialogue: atTalk, Laid: id("third"), Back: true, Statement: statement("third"), By: amira, At: minutesAgo(2)}),
		sees(noor, ofTalk(onTable), "first by amira", "second by noor", "third by amira")),
	rule("what came back lies where it lay",
		atTheTable(laysNew("first", amira, WordStatement{}), did(amira, "first undone", Undo{id("first")}),
			laysNew("second", noor, WordStatement{About: amira})),
		when(amira, undone("first undone")),
		then(
			&StatementRestored{Statement: statement("first")},
			&WordsTakenBack{Dialogue: atTalk, Laid: id("first"), Back: true, Statement: statement("first"), By: amira, At: minutesAgo(3)}),
		sees(noor, ofTalk(onTable), "first by amira", "second by noor"),
		sees(noor, ofTalk(theCard), "second")),
	rule("a refused statement leaves the table",
		atTheTable(laysNew("first", amira, WordStatement{}), laysNew("second", noor, WordStatement{About: amira, Kind: Guess})),
		when(amira, RefuseStatement{Statement: statement("second")}),
		then(&StatementRefused{Statement: statement("second")}),
		sees(noor, ofTalk(onTable), "first by amira"),
		sees(amira, ofTalk(theCard), "first")),
	rule("so does one that is shared no longer",
		atTheTable(laysNew("first", amira, WordStatement{}), laysNew("second", amira, WordStatement{})),
		when(amira, shares("second")),
		then(&StatementUnshared{Statement: statement("second"), With: noor}),
		sees(noor, ofTalk(theCard), "first"),
		sees(amira, ofTalk(theCard), "second")),
}

var layingAgainRules = []line{
	rule("words of before are laid down again: the talk comes back to them",
		atTheTable(own, laysNew("first", amira, WordStatement{})),
		when(noor, LayWords{atTalk, statement("own")}),
		then(&WordsLaid{Dialogue: atTalk, Statement: statement("own")}),
		sees(amira, ofTalk(onTable), "first by amira", "own by noor"),
		sees(amira, ofTalk(theCard), "own")),
	rule("what lies there lies there",
		atTheTable(laysNew("first", amira, WordStatement{})), when(noor, LayWords{atTalk, statement("first")}), then()),
	rule("what is hidden from the actor cannot be laid",
		atTheTable(alone), when(noor, LayWords{atTalk, statement("alone")}), thenRefused("error.not_found")),
	rule("what is hidden from others may be laid, and they see nothing of it",
		atTheTable(own, alone, did(noor, "laid", LayWords{atTalk, statement("own")})),
		when(amira, LayWords{atTalk, statement("alone")}),
		then(&WordsLaid{Dialogue: atTalk, Statement: statement("alone")}),
		sees(noor, ofTalk(theCard), "own"),
		sees(noor, undo, "laid"),
		sees(amira, ofTalk(theCard), "alone")),
	rule("what was refused is not laid",
		atTheTable(guess, refuses("guess")), when(amira, LayWords{atTalk, statement("guess")}), thenRefused("refused.refused_statement")),
	rule("on a table that one does not know",
		atTheTable(did(amira, "for joost", WordStatement{Words: Say("w"), Chosen: true, SeenBy: []PartnerID{joost}})),
		when(joost, LayWords{atTalk, statement("for joost")}), thenRefused("error.not_found")),
	rule("what is on ice lies on no table",
		atTheTable(own, did(noor, "laid", LayWords{atTalk, statement("own")})),
		when(amira, FreezeStatement{statement("own")}),
		then(&StatementFrozen{Statement: statement("own"), By: amira, At: now}),
		sees(amira, ofTalk(onTable)), sees(noor, ofTalk(onTable))),
	rule("before it began", given(theTalk, own), when(amira, LayWords{atTalk, statement("own")}), thenRefused("refused.not_begun")),
	rule("one partner lays two thousand on a table",
		atTheTable(append([]step{own, alone}, times(2000, func(i int) step {
			return did(amira, fmt.Sprint("laid ", i), LayWords{atTalk, statement([]string{"own", "alone"}[i%2])})
		})...)...),
		when(amira, LayWords{atTalk, statement("own")}), thenRefused("refused.too_many")),
	rule("how much others laid is not felt",
		atTheTable(append([]step{own, alone}, times(2000, func(i int) step {
			return did(amira, fmt.Sprint("laid ", i), LayWords{atTalk, statement([]string{"own", "alone"}[i%2])})
		})...)...),
		when(noor, WordStatement{Words: Say("w"), Dialogue: atTalk, Chosen: true}),
		then(
			&StatementWorded{Statement: statement("now"), About: noor, SaidBy: noor, How: Quote, Said: now, Words: Say("w")},
			&WordsLaid{Dialogue: atTalk, Statement: statement("now")})),
	rule("laying down again is undone",
		atTheTable(own, laysNew("first", amira, WordStatement{}), did(noor, "again", LayWords{atTalk, statement("own")})),
		when(noor, undone("again")), then(&WordsTakenBack{Dialogue: atTalk, Laid: id("again")}),
		sees(amira, ofTalk(onTable), "first by amira")),
	rule("unless the words are no longer for who laid them",
		atTheTable(own, did(noor, "again", LayWords{atTalk, statement("own")}), did(amira, "hides", shares("own"))),
		when(noor, undone("again")), thenRefused("refused.undo_gone")),
}

func init() { tables = append(tables, holdingRules, turnRules, layingRules, layingAgainRules) }

func TestHoldingRules(t *testing.T)     { play(t, holdingRules) }
func TestTurnRules(t *testing.T)        { play(t, turnRules) }
func TestLayingRules(t *testing.T)      { play(t, layingRules) }
func TestLayingAgainRules(t *testing.T) { play(t, layingAgainRules) }
