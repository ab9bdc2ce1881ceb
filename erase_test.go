package samenspel_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "samenspel"
)

// What is given in many lines: Amira asks that what Joost guessed goes, and
// that all about her goes.
var (
	erasureNamed = func(label string) ErasureID { return ErasureID(id(label)) }
	asksGone     = did(amira, "asks", AskErasure{Statement: statement("guess"), Words: Say("it is not so")})
	asksAll      = did(amira, "asks", AskErasure{Words: Say("I go on without")})
	freezes      = did(amira, "freezes", FreezeStatement{statement("guess")})
	answersYes   = AnswerErasure{Erasure: erasureNamed("asks"), Yes: true}
)

func erasures(s *Seen) []string {
	return listOf(s.Erasures, func(x SeenErasure) string {
		text := labelOf(x.ID) + " " + string(x.Standing)
		if x.MayAnswer {
			text += ", to answer"
		}
		if x.MayDrop {
			text += ", to take back"
		}
		return text
	})
}

func onIce(s *Seen) []string {
	return listOf(s.Frozen, func(st SeenStatement) string { return labelOf(st.ID) })
}

func whyNot(s *Seen) []string {
	return listOf(s.Erasures, func(x SeenErasure) string { return string(x.Ground) + ": " + x.Reason.Text() })
}

func whichDue(s *Seen) []string {
	return listOf(s.Erasures, func(x SeenErasure) string { return labelOf(x.Statement) + " due " + x.Due.Format(time.DateOnly) })
}

func takenAway(s *Seen) []string { return []string{fmt.Sprint(s.TakenAway)} }

func erasedNow(label string) *StatementErased {
	return &StatementErased{Statement: statement(label), About: amira, Erasure: erasureNamed("now")}
}

// underHold is a court that wants all to stay.
var underHold = did(noor, "hold", PutHold{HoldCourt})

var heldErasureRules = []line{
	rule("while something forbids it nobody erases", given(own, underHold), when(amira, EraseStatement{Statement: statement("own")}), thenRefused("refused.erase_held")),
	rule("nor all at once", given(own, underHold), when(amira, EraseOwnWords{}), thenRefused("refused.erase_held")),
	rule("nor by a yes", given(guess, asksGone, underHold), when(noor, answersYes), thenRefused("refused.erase_held")),
	rule("that somebody asked to erase forbids nothing", given(own, did(noor, "hold", PutHold{HoldRequest})), when(amira, EraseStatement{Statement: statement("own")}),
		then(&StatementErased{Statement: statement("own"), About: amira, Erasure: erasureNamed("now")})),
	rule("after it was lifted all can go", given(own, underHold, did(noor, "lift", LiftHold{HoldCourt})), when(amira, EraseStatement{Statement: statement("own")}),
		then(&StatementErased{Statement: statement("own"), About: amira, Erasure: erasureNamed("now")})),
}

func TestHeldErasureRules(t *testing.T) { play(t, heldErasureRules) }

func init() { tables = append(tables, heldErasureRules) }

var erasingRules = []line{
	rule("one's own words go at once, for everybody, with what stands beside them",
		given(own, did(noor, "view", puts("own", "I saw a light")), did(amira, "felt", NameEmotion{Statement: statement("own"), Word: Say("tired")})),
		when(amira, EraseStatement{Statement: statement("own")}),
		then(erasedNow("own")),
		sees(amira, statements), sees(noor, statements), sees(amira, sectors(amira)), sees(amira, undo, ""),
		sees(amira, erasures, "now granted"), sees(noor, erasures)),
	rule("what others wrote is asked for", given(guess), when(amira, EraseStatement{Statement: statement("guess")}), thenRefused("refused.erase_others")),
	rule("also when one put it in other words",
		given(guess, did(amira, "reworded", RewordStatement{Statement: statement("guess"), Words: Say("I am tired")})),
		when(amira, EraseStatement{Statement: statement("guess")}), thenRefused("refused.erase_others")),
	rule("words about another are not one's own", given(own), when(noor, EraseStatement{Statement: statement("own")}), thenRefused("refused.erase")),
	rule("hidden words are not found", given(alone), when(noor, EraseStatement{Statement: statement("alone")}), thenRefused("error.not_found")),
	rule("a form from before it changed is not taken", given(own), when(amira, EraseStatement{Statement: statement("own"), Turn: 9}), thenRefused("conflict.changed")),
	rule("it goes once", given(own, did(amira, "gone", EraseStatement{Statement: statement("own")})),
		when(amira, EraseStatement{Statement: statement("own")}), thenRefused("error.not_found")),
	rule("what was said at once before cannot be undone any more",
		given(own, did(noor, "view", puts("own", "first")), did(amira, "gone", EraseStatement{Statement: statement("own")})),
		when(noor, Undo{id("view")}), thenRefused("refused.undo_gone"), sees(noor, undo, "")),
	rule("sharing cannot be undone after it", given(own, did(amira, "shared", shares("own")), did(amira, "gone", EraseStatement{Statement: statement("own")})),
		when(amira, Undo{id("shared")}), thenRefused("refused.undo_gone")),
	rule("a theme that was named for these words alone goes with them",
		given(did(amira, "in", WordStatement{Words: Say("w"), Layer: Need, NewTheme: Say("door")})),
		when(amira, EraseStatement{Statement: statement("in")}), then(erasedNow("in")), sees(amira, themes(amira))),
	rule("one with other words in it stays",
		given(did(amira, "in", WordStatement{Words: Say("w"), Layer: Need, NewTheme: Say("door")}), did(amira, "too", WordStatement{Words: Say("x"), Theme: theme("in")})),
		when(amira, EraseStatement{Statement: statement("in")}), then(erasedNow("in")), sees(amira, themes(amira), "door")),
	rule("and one that was named by itself",
		given(did(amira, "named", NameTheme{Say("door")}), did(amira, "in", WordStatement{Words: Say("w"), Theme: theme("named")})),
		when(amira, EraseStatement{Statement: statement("in")}), then(erasedNow("in")), sees(amira, themes(amira), "door")),
	rule("what was taken away is still there to be erased", given(own), when(amira, WithdrawStatement{Statement: statement("own")}),
		then(&StatementWithdrawn{Statement: statement("own")}), sees(amira, takenAway, "1"), sees(noor, takenAway, "0")),
	rule("all that was taken away goes", given(own, alone, guess, did(amira, "away", WithdrawStatement{Statement: statement("own")})),
		when(amira, EraseOwnWords{Withdrawn: true}), then(erasedNow("own")), sees(amira, takenAway, "0"), sees(amira, statements, "alone", "guess")),
	rule("or all of one's own", given(own, alone, guess), when(amira, EraseOwnWords{}), then(erasedNow("own"), erasedNow("alone")),
		sees(amira, statements, "guess"), sees(amira, erasures, "now granted")),
	rule("after the end as well", given(own, ends), when(amira, EraseStatement{Statement: statement("own")}), then(erasedNow("own"))),
}

var askingErasureRules = []line{
	rule("who it is about asks; who may answer sees it, and nobody else",
		given(guess), when(amira, AskErasure{Statement: statement("guess"), Words: Say("it is not so")}),
		then(&ErasureAsked{Erasure: erasureNamed("now"), About: amira, Statement: statement("guess"), Wrote: joost, Words: Say("it is not so")}),
		sees(amira, erasures, "now open, to take back"), sees(noor, erasures, "now open, to answer"), sees(joost, erasures), sees(samira, erasures),
		sees(amira, whichDue, "guess due 2026-06-02"), sees(noor, whichDue, "guess due 2026-06-02")),
	rule("who may answer is not shown words that they do not see",
		given(guess, did(amira, "to nobody", shares("guess"))), when(amira, AskErasure{Statement: statement("guess")}),
		then(&ErasureAsked{Erasure: erasureNamed("now"), About: amira, Statement: statement("guess"), Wrote: joost}), sees(noor, whichDue, " due 2026-06-02")),
	rule("one's own words go without asking", given(own), when(amira, AskErasure{Statement: statement("own")}), thenRefused("refused.erase_own")),
	rule("nobody asks for another", given(guess), when(joost, AskErasure{Statement: statement("guess")}), thenRefused("refused.erase")),
	rule("hidden words are not asked for", given(alone), when(noor, AskErasure{Statement: statement("alone")}), thenRefused("error.not_found")),
	rule("it is asked once", given(guess, asksGone), when(amira, AskErasure{Statement: statement("guess")}), then()),
	rule("it is taken back", given(guess, asksGone), when(amira, DropErasure{erasureNamed("asks")}),
		then(&ErasureDropped{Erasure: erasureNamed("asks")}), sees(noor, erasures, "asks dropped")),
	rule("once", given(guess, asksGone, did(amira, "back", DropErasure{erasureNamed("asks")})), when(amira, DropErasure{erasureNamed("asks")}), then()),
	rule("by who asked", given(guess, asksGone), when(noor, DropErasure{erasureNamed("asks")}), thenRefused("refused.not_yours")),
	rule("not once it was answered", given(guess, asksGone, did(noor, "yes", answersYes)), when(amira, DropErasure{erasureNamed("asks")}), thenRefused("conflict.changed")),
	rule("a hidden request is not found", given(guess, asksGone), when(joost, DropErasure{erasureNamed("asks")}), thenRefused("error.not_found")),
	rule("a yes erases at once", given(guess, asksGone), when(noor, answersYes),
		then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: amira, Yes: true},
			&StatementErased{Statement: statement("guess"), About: amira, Erasure: erasureNamed("asks")}),
		sees(amira, statements), sees(joost, statements), sees(amira, erasures, "asks granted"), sees(noor, undo, "")),
	rule("a no says why", given(guess, asksGone), when(noor, AnswerErasure{Erasure: erasureNamed("asks"), Ground: GroundDuty, Words: Say("the law keeps it")}),
		then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: amira, Ground: GroundDuty, Words: Say("the law keeps it")}),
		sees(amira, whyNot, "duty: the law keeps it"), sees(amira, statements, "guess")),
	rule("with a ground", given(guess, asksGone), when(noor, AnswerErasure{Erasure: erasureNamed("asks"), Words: Say("no")}), thenRefused("invalid.erasure_ground")),
	rule("and in words", given(guess, asksGone), when(noor, AnswerErasure{Erasure: erasureNamed("asks"), Ground: GroundHold}), thenRefused("invalid.erasure_reason")),
	rule("the one whom it is about does not answer", given(guess, asksGone), when(amira, answersYes), thenRefused("refused.erase_answer")),
	rule("it is answered once", given(guess, asksGone, did(noor, "yes", answersYes)), when(noor, answersYes), thenRefused("conflict.changed")),
	rule("after a no it may be asked again",
		given(guess, asksGone, did(noor, "no", AnswerErasure{Erasure: erasureNamed("asks"), Ground: GroundHold, Words: Say("a complaint")})),
		when(amira, AskErasure{Statement: statement("guess")}),
		then(&ErasureAsked{Erasure: erasureNamed("now"), About: amira, Statement: statement("guess"), Wrote: joost})),
	rule("of the only professional whoever wrote it answers",
		given(did(samira, "of noor", WordStatement{Words: Say("she is late"), About: noor, Kind: Observation}), did(noor, "asks", AskErasure{Statement: statement("of noor")})),
		when(samira, answersYes), then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: noor, Yes: true},
			&StatementErased{Statement: statement("of noor"), About: noor, Erasure: erasureNamed("asks")})),
	rule("and where who wrote it left, the vrager",
		given(did(samira, "of noor", WordStatement{Words: Say("she is late"), About: noor, Kind: Observation}), did(noor, "asks", AskErasure{Statement: statement("of noor")}),
			did(samira, "leaves", LeaveAlliance{samira})),
		when(amira, answersYes), then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: noor, Yes: true},
			&StatementErased{Statement: statement("of noor"), About: noor, Erasure: erasureNamed("asks")})),
	rule("one asks for at most so many at once",
		given(slices.Concat(times(201, func(i int) step {
			return did(joost, fmt.Sprint("guess ", i), WordStatement{Words: Say("w"), About: amira, Kind: Guess})
		}), times(200, func(i int) step {
			return did(amira, fmt.Sprint("asks ", i), AskErasure{Statement: statement(fmt.Sprint("guess ", i))})
		}))...),
		when(amira, AskErasure{Statement: statement("guess 200")}), thenRefused("refused.too_many")),
}

var erasingPersonRules = []line{
	rule("all words about somebody go; their place stays, without a name",
		given(own, guess, did(amira, "note", WriteNote{Say("mine")}), asksAll), when(noor, answersYes),
		then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: amira, Yes: true}, &PartnerLeft{Partner: amira},
			&PersonErased{Partner: amira, Erasure: erasureNamed("asks")}),
		seesNothing(amira), sees(noor, statements), sees(samira, partners, "Noor here", " left", "Samira here", "Joost here")),
	rule("what they wrote about others stays theirs",
		given(did(amira, "of noor", WordStatement{Words: Say("she listens"), About: noor}), asksAll), when(noor, answersYes),
		then(&ErasureAnswered{Erasure: erasureNamed("asks"), About: amira, Yes: true}, &PartnerLeft{Partner: amira},
			&PersonErased{Partner: amira, Erasure: erasureNamed("asks")}),
		sees(noor, statements, "of noor")),
	rule("who left still asks", given(own, did(amira, "leaves", LeaveAlliance{amira})), when(amira, AskErasure{}),
		then(&ErasureAsked{Erasure: erasureNamed("now"), About: amira}), sees(noor, erasures, "now open, to answer")),
	rule("and takes it back", given(own, did(amira, "leaves", LeaveAlliance{amira}), asksAll), when(amira, DropErasure{erasureNamed("asks")}),
		then(&ErasureDropped{Erasure: erasureNamed("asks")})),
	rule("and does nothing else", given(own, did(amira, "leaves", LeaveAlliance{amira})), when(amira, EraseStatement{Statement: statement("own")}), thenRefused("error.not_found")),
	rule("a stranger asks nothing", given(own), when(bram, AskErasure{}), thenRefused("error.not_found")),
	rule("who may answer writes down that somebody who left asked",
		given(own, did(samira, "leaves", LeaveAlliance{samira})), when(noor, AskErasure{About: samira}),
		then(&ErasureAsked{Erasure: erasureNamed("now"), About: samira})),
	rule("not for who is here", given(own), when(noor, AskErasure{About: samira}), thenRefused("refused.erase")),
	rule("nor does anybody else", given(did(samira, "leaves", LeaveAlliance{samira})), when(joost, AskErasure{About: samira}), thenRefused("refused.erase")),
	rule("nor for an invitation", given(did(noor, "wout", invites(Vrager))), when(noor, AskErasure{About: wout}), thenRefused("error.not_found")),
	rule("what they began with words of theirs is begun anew",
		given(did(samira, "the talk", PlanDialogue{With: []PartnerID{amira, noor}, Where: Say("at mine")}), did(samira, "leaves", LeaveAlliance{samira}),
			did(noor, "asks", AskErasure{About: samira}), did(noor, "yes", answersYes)),
		when(noor, PlanDialogue{Dialogue: atTalk, With: []PartnerID{amira}, Where: Say("here")}), thenRefused("refused.erased")),
}

var freezingRules = []line{
	rule("on ice it is for the one whom it is about, and for who may decide; it is in no figure and in no question",
		given(guess), when(amira, FreezeStatement{statement("guess")}), then(&StatementFrozen{Statement: statement("guess"), By: amira, At: now}),
		sees(amira, onIce, "guess"), sees(noor, onIce, "guess"), sees(joost, onIce), sees(joost, statements), sees(amira, statements), sees(amira, asks),
		sees(amira, sectors(amira)), sees(amira, undo, "now")),
	rule("who decides is shown no more than before", given(alone), when(amira, FreezeStatement{statement("alone")}),
		then(&StatementFrozen{Statement: statement("alone"), By: amira, At: now}), sees(noor, onIce)),
	rule("the professional does it on request", given(guess), when(noor, FreezeStatement{statement("guess")}),
		then(&StatementFrozen{Statement: statement("guess"), By: noor, At: now})),
	rule("nobody else", given(guess), when(joost, FreezeStatement{statement("guess")}), thenRefused("refused.freeze")),
	rule("hidden words are not found", given(alone), when(noor, FreezeStatement{statement("alone")}), thenRefused("error.not_found")),
	rule("once", given(guess, freezes), when(amira, FreezeStatement{statement("guess")}), then()),
	rule("nothing is done with it", given(guess, freezes), when(amira, ConfirmStatement{Statement: statement("guess")}), thenRefused("refused.frozen")),
	rule("nor with what was felt at it",
		given(own, did(amira, "felt", NameEmotion{Statement: statement("own"), Word: Say("tired")}), did(amira, "freezes", FreezeStatement{statement("own")})),
		when(amira, AnswerEmotion{Emotion: emotion("felt"), Answer: Met}), thenRefused("refused.frozen")),
	rule("but it may be erased", given(own, did(amira, "freezes", FreezeStatement{statement("own")})), when(amira, EraseStatement{Statement: statement("own")}), then(erasedNow("own"))),
	rule("off the ice it is what it was", given(guess, freezes), when(amira, UnfreezeStatement{statement("guess")}),
		then(&StatementUnfrozen{Statement: statement("guess")}), sees(joost, statements, "guess"), sees(amira, asks, "guess")),
	rule("what the person froze nobody else lets go", given(guess, freezes), when(noor, UnfreezeStatement{statement("guess")}), thenRefused("refused.freeze")),
	rule("who froze it on request may", given(guess, did(noor, "freezes", FreezeStatement{statement("guess")})), when(noor, UnfreezeStatement{statement("guess")}),
		then(&StatementUnfrozen{Statement: statement("guess")})),
	rule("what is not on ice is not let go", given(guess), when(amira, UnfreezeStatement{statement("guess")}), then()),
	rule("what is hidden is not let go", given(alone), when(noor, UnfreezeStatement{statement("alone")}), thenRefused("error.not_found")),
	rule("it is undone", given(guess, freezes), when(amira, Undo{id("freezes")}), then(&StatementUnfrozen{Statement: statement("guess")})),
}

func init() {
	tables = append(tables, erasingRules, askingErasureRules, erasingPersonRules, freezingRules)
}

func TestErasingRules(t *testing.T)       { play(t, erasingRules) }
func TestAskingErasureRules(t *testing.T) { play(t, askingErasureRules) }
func TestErasingPersonRules(t *testing.T) { play(t, erasingPersonRules) }
func TestFreezingRules(t *testing.T)      { play(t, freezingRules) }

// Whatever was erased is read by nobody ever again, whatever anybody does
// after it, and its key is among those to be destroyed.
func TestWhatIsErasedIsReadByNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := map[StatementID][]Words{}
		var gone []StatementID
		known := 0
		drawHistory(t, 40, func(h *history, next func() deed) {
			next()
			for ; known < len(h.facts); known++ {
				switch e := h.facts[known].Event.(type) {
				case *StatementWorded:
					said[e.Statement] = append(said[e.Statement], e.Words)
				case *StatementReworded:
					said[e.Statement] = append(said[e.Statement], e.Words)
				case *ViewPut:
					said[e.Statement] = append(said[e.Statement], e.Words)
				case *StatementErased:
					gone = append(gone, e.Statement)
				}
			}
			for _, of := range gone {
				if !slices.Contains(h.Remains(), PartnerID("statement:"+of)) {
					t.Fatalf("the key of %s is to be destroyed", labelOf(of))
				}
				for viewer, seen := range lookAround(h.Alliance) {
					for _, words := range readable(reflect.ValueOf(seen)) {
						if slices.Contains(said[of], words) {
							t.Fatalf("%s reads words of %s, which was erased", labelOf(viewer), labelOf(of))
						}
					}
				}
			}
			if len(gone) > 0 {
				checkDestroyed(t, h)
			}
		})
	})
}

// checkDestroyed: read from a log in which the words are gone, everybody sees
// the same, and nothing is left to be destroyed.
func checkDestroyed(t *rapid.T, h *history) {
	keys := h.Remains()
	again := fold(t, erased(h.facts, keys))
	if left := again.Remains(); len(left) != 0 {
		t.Fatalf("destroyed, and still to be destroyed: %v", left)
	}
	if diff := cmp.Diff(lookAround(h.Alliance), lookAround(again.Alliance), inside); diff != "" {
		t.Fatalf("what is seen (-with the words that are gone +without):\n%s", legible(diff))
	}
}
