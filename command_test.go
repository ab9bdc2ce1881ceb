package samenspel_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "samenspel"
)

func undone(label string) Undo { return Undo{Command: id(label)} }

var undoRules = []line{
	rule("the last act is taken back",
		given(own),
		when(amira, undone("own")),
		then(&StatementWithdrawn{Statement: statement("own")}),
		sees(amira, statements), sees(noor, statements)),
	rule("undoing an undo brings it back",
		given(own, did(amira, "back", undone("own"))),
		when(amira, undone("back")),
		then(&StatementRestored{Statement: statement("own")}),
		sees(noor, statements, "own"),
		sees(amira, undo, "now")),
	rule("the whole act is taken back, the last part first",
		given(rent, rentDown, did(amira, "after all", WordStatement{
			Words: Say("I need time"), Theme: theme("rent"), Layer: Need, Emotion: Say("fear")})),
		when(amira, undone("after all")),
		then(
			&EmotionReset{Emotion: emotion("after all"), To: Gone},
			&StatementWithdrawn{Statement: statement("after all")},
			&LayerSetAside{About: amira, Theme: theme("rent"), Layer: Need},
		),
		sees(noor, cell(amira, "rent", Need), "not here")),
	rule("an answer is taken back to what it was before",
		given(guess, confirms("guess"), did(amira, "mine", RewordStatement{Statement: statement("guess"), Words: Say("I keep it to myself")})),
		when(amira, undone("mine")),
		then(&AnswerUndone{Statement: statement("guess"), Answer: 2}),
		sees(noor, at("guess", standing), "confirmed"),
		sees(noor, at("guess", words), "she is ashamed")),
	rule("an answer that was taken back is brought back",
		given(guess, confirms("guess"), did(amira, "sorry", undone("guess confirmed"))),
		when(amira, undone("sorry")),
		then(&AnswerUndone{Statement: statement("guess"), Answer: 1, Back: true}),
		sees(noor, at("guess", standing), "confirmed")),
	rule("a refusal is taken back",
		given(guess, refuses("guess")),
		when(amira, undone("guess refused")),
		then(&AnswerUndone{Statement: statement("guess"), Answer: 1}),
		sees(noor, at("guess", standing), "asked")),
	rule("sharing is taken back",
		given(own, did(amira, "shared", shares("own", samira))),
		when(amira, undone("shared")),
		then(
			&StatementUnshared{Statement: statement("own"), With: samira},
			&StatementShared{Statement: statement("own"), With: noor},
		),
		sees(noor, statements, "own"), sees(samira, statements)),
	rule("not yet is taken back",
		given(own, did(amira, "hope", feels("own", "hope")), did(amira, "not yet", answers("hope", Open))),
		when(amira, undone("not yet")),
		then(&EmotionReset{Emotion: emotion("hope"), To: Open, Kept: -1}),
		sees(amira, at("own", kept), "0")),
	rule("a view that took the place of another gives it back",
		given(own, did(noor, "view", puts("own", "first")), did(noor, "view again", puts("own", "second"))),
		when(noor, undone("view again")),
		then(&ViewWithdrawn{View: viewBeside("view again")}, &ViewRestored{View: viewBeside("view")}),
		sees(amira, at("own", views), "noor: first")),
	rule("the order of themes is taken back; what was named since stays",
		given(named, did(amira, "sleep", NameTheme{Say("sleep")}), did(amira, "ordered", PutThemeFirst{theme("sleep")}),
			did(noor, "guessed", WordStatement{Words: Say("w"), About: amira, NewTheme: Say("work")})),
		when(amira, undone("ordered")),
		then(&ThemesOrdered{About: amira, Order: []ThemeID{theme("money"), theme("sleep")}}),
		sees(amira, themes(amira), "money", "sleep", "work")),
	rule("an invitation is taken back, and leaves no name behind",
		given(did(noor, "wout", invites(Colleague))),
		when(noor, undone("wout")),
		then(&GroundTold{Partner: wout}, &PartnerLeft{Partner: wout}),
		sees(noor, partners, "Noor here", "Amira here", "Samira here", "Joost here"),
		sees(noor, undo, "")),
	rule("an invitation that somebody came in by stays",
		given(did(noor, "wout", invites(Colleague)), did(wout, "wout joins", JoinAlliance{Partner: wout})),
		when(noor, undone("wout")),
		thenRefused("refused.undo_gone")),
	rule("joining is not taken back: one leaves",
		given(), when(amira, undone("amira joins")), thenRefused("refused.undo_gone")),
	rule("nor is leaving",
		given(did(noor, "out", LeaveAlliance{Partner: joost})), when(noor, undone("out")), thenRefused("refused.undo_gone")),
	rule("only the last act",
		given(own, did(amira, "note", WriteNote{Say("n")})), when(amira, undone("own")), thenRefused("refused.undo_gone")),
	rule("only one's own",
		given(own), when(noor, undone("own")), thenRefused("refused.undo_gone")),
	rule("an act that never was answers the same",
		given(own), when(noor, undone("never")), thenRefused("refused.undo_gone")),
	rule("what another answered stays",
		given(guess, confirms("guess")), when(joost, undone("guess")), thenRefused("refused.undo_gone"), sees(joost, undo, "")),
	rule("what another put a view beside stays",
		given(own, did(noor, "view", puts("own", "first"))), when(amira, undone("own")), thenRefused("refused.undo_gone")),
	rule("what its owner put a feeling at stays",
		given(guess, did(amira, "anger", feels("guess", "anger"))), when(joost, undone("guess")), thenRefused("refused.undo_gone")),
	rule("a question between two does not show in what a third may undo",
		given(did(joost, "told", WordStatement{Words: Say("w"), About: amira})),
		when(noor, feels("told", "fear")),
		then(&EmotionNoticed{Emotion: emotion("now"), Statement: statement("told"), About: amira, Word: Say("fear")}),
		sees(joost, undo, "told")),
	rule("a question that was answered stays",
		given(own, fear, did(amira, "no", answers("fear", Declined))),
		when(noor, undone("fear")),
		thenRefused("refused.undo_gone")),
	rule("beside what one no longer sees, nothing is undone: a view",
		given(own, did(noor, "view", puts("own", "first")), did(amira, "to nobody", shares("own"))),
		when(noor, undone("view")),
		thenRefused("refused.undo_gone"),
		sees(noor, undo, ""),
		sees(amira, at("own", views), "noor: first")),
	rule("beside what one no longer sees, nothing is undone: a question",
		given(own, fear, did(amira, "to nobody", shares("own"))),
		when(noor, undone("fear")),
		thenRefused("refused.undo_gone"),
		sees(noor, undo, "")),
	rule("what others do elsewhere does not matter",
		given(own, guess, did(noor, "note", WriteNote{Say("n")}), fear),
		when(amira, undone("own")),
		then(&StatementWithdrawn{Statement: statement("own")})),
	rule("a note is taken back",
		given(did(noor, "note", WriteNote{Say("n")})),
		when(noor, undone("note")),
		then(&NoteWithdrawn{Note: note("note")}),
		sees(noor, notes)),
}

func TestUndoRules(t *testing.T) { play(t, undoRules) }

// wishes is every wish, as if about what is named by one id.
func wishes(about CommandID) []Wish {
	st, th := StatementID(about), ThemeID(about)
	return []Wish{
		BeginAlliance{Title: Say("t"), Name: Say("n")}, JoinAlliance{Partner: PartnerID(about)},
		InvitePartner{Role: Vrager, Name: Say("n")}, LeaveAlliance{Partner: PartnerID(about)}, RenewEntry{Partner: PartnerID(about)},
		SetPace{Calm}, SetFirstSeen{By: []PartnerID{PartnerID(about)}},
		WordStatement{Words: Say("w"), About: PartnerID(about)}, WordStatement{Words: Say("w"), Theme: th},
		PlaceStatement{Statement: st, Layer: Need}, WithdrawStatement{Statement: st}, ShareStatement{Statement: st},
		ConfirmStatement{Statement: st}, RewordStatement{Statement: st, Words: Say("w")}, RefuseStatement{Statement: st},
		NameEmotion{Statement: st, Word: Say("w")}, AnswerEmotion{Emotion: EmotionID(about + ".1"), Answer: Open},
		NameTheme{Say("t")}, PutThemeFirst{th}, SetLayerAside{Theme: th, Layer: Need}, TakeLayerUp{Theme: th, Layer: Need},
		PutView{Statement: st, Words: Say("w")}, WithdrawView{ViewID(about)},
		WriteNote{Say("w")}, WithdrawNote{NoteID(about)}, Undo{about},
	}
}

// An alliance answers a stranger, and somebody who left, as if it were not
// there.
func TestWhoIsNotAtTheTable(t *testing.T) {
	w := played(t, given(own, did(joost, "joosts", own.wish)), did(joost, "goes", LeaveAlliance{Partner: joost}))
	for _, who := range []PartnerID{bram, joost} {
		for _, wish := range slices.Concat(wishes(id("own")), wishes(id("joosts"))) {
			events, err := w.do(personOf(who), Command{ID: id("now"), Arrived: now, Wish: wish})
			if len(events) != 0 || !errors.Is(err, ErrNotFound) {
				t.Errorf("%s, %T: %d events and %v, want %v", labelOf(who), wish, len(events), err, ErrNotFound)
			}
		}
		seesNothing(who).test(t, w)
	}
}

// An id that a partner may not know of is answered exactly as one that was
// never made.
func TestForeignIDsAreUnknownIDs(t *testing.T) {
	w := played(t, given(
		alone, did(amira, "shared", WordStatement{Words: Say("w"), Chosen: true, SeenBy: []PartnerID{noor, joost}}),
		named, did(amira, "fear", feels("alone", "fear")), did(noor, "view", puts("shared", "w")), did(noor, "question", feels("shared", "anger")),
		did(noor, "note", WriteNote{Say("n")}),
	), when(noor, NameTheme{Say("work")}))
	for _, foreign := range []string{"alone", "shared", "money", "fear", "view", "question", "note", "now"} {
		known := wishes(id(foreign))
		for i, unknown := range wishes(id("never made")) {
			cmd := Command{ID: id("samira tries"), Arrived: now}
			cmd.Wish = known[i]
			events, err := w.Decide(personOf(samira), cmd)
			cmd.Wish = unknown
			wantEvents, wantErr := w.Decide(personOf(samira), cmd)
			if len(events) != len(wantEvents) || !cmp.Equal(err, wantErr) {
				t.Errorf("%T of %q: %d events and %v, want %d and %v", unknown, foreign, len(events), err, len(wantEvents), wantErr)
			}
		}
	}
}
