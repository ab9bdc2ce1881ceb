package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

func puts(label, words string) PutView {
	return PutView{Statement: statement(label), Words: Say(words)}
}

func put(label, at, words string) *ViewPut {
	return &ViewPut{View: viewBeside(label), Statement: statement(at), About: amira, Words: Say(words)}
}

var viewRules = []line{
	rule("a view stands beside the words; both are seen by all who see the statement",
		given(own, did(amira, "shared", shares("own", noor, samira))),
		when(noor, puts("own", "I saw a light on at four")),
		then(put("now", "own", "I saw a light on at four")),
		sees(amira, at("own", views), "noor: I saw a light on at four"),
		sees(samira, at("own", views), "noor: I saw a light on at four"),
		sees(amira, at("own", words), "I want to sleep again"),
		sees(amira, at("own", standing), "own")),
	rule("a partner has one view there: the new one takes the place of the old",
		given(own, did(noor, "view", puts("own", "first")), did(noor, "view again", puts("own", "second"))),
		when(noor, puts("own", "third")),
		then(&ViewWithdrawn{View: viewBeside("view again")}, put("now", "own", "third")),
		sees(amira, at("own", views), "noor: third")),
	rule("views of several stand side by side",
		given(own, did(amira, "shared", shares("own", noor, samira)), did(noor, "view", puts("own", "first"))),
		when(samira, puts("own", "second")),
		then(put("now", "own", "second")),
		sees(amira, at("own", views), "noor: first", "samira: second")),
	rule("a view has words", given(own), when(noor, puts("own", "")), thenRefused("invalid.words_needed")),
	rule("beside one's own words one puts none", given(own), when(amira, puts("own", "w")), thenRefused("refused.view")),
	rule("beside what was refused nobody puts one",
		given(guess, refuses("guess")), when(joost, puts("guess", "still")), thenRefused("refused.view")),
	rule("beside a hidden one it is not found", given(own), when(joost, puts("own", "w")), thenRefused("error.not_found")),
	rule("who put it takes it away",
		given(own, did(noor, "view", puts("own", "first"))),
		when(noor, WithdrawView{viewBeside("view")}),
		then(&ViewWithdrawn{View: viewBeside("view")}),
		sees(amira, at("own", views))),
	rule("nobody else does, not even the owner",
		given(own, did(noor, "view", puts("own", "first"))),
		when(amira, WithdrawView{viewBeside("view")}),
		thenRefused("refused.withdraw"),
		sees(amira, at("own", views), "noor: first")),
	rule("what was taken away is not found",
		given(own, did(noor, "view", puts("own", "first")), did(noor, "gone", WithdrawView{viewBeside("view")})),
		when(noor, WithdrawView{viewBeside("view")}),
		thenRefused("error.not_found")),
	rule("beside what one no longer sees, one's own view is not found",
		given(own, did(noor, "view", puts("own", "first")), did(amira, "to nobody", shares("own"))),
		when(noor, WithdrawView{viewBeside("view")}),
		thenRefused("error.not_found")),
}

var noteRules = []line{
	rule("a note is one's own: nobody else sees it or that it is there",
		given(),
		when(noor, WriteNote{Say("call the school")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("call the school")}),
		sees(noor, notes, "call the school"),
		sees(amira, notes), sees(samira, notes), sees(joost, notes)),
	rule("the last one comes first",
		given(did(noor, "one", WriteNote{Say("one")}), did(amira, "hers", WriteNote{Say("hers")})),
		when(noor, WriteNote{Say("two")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("two")}),
		sees(noor, notes, "two", "one"),
		sees(amira, notes, "hers")),
	rule("a note has words", given(), when(noor, WriteNote{}), thenRefused("invalid.words_needed")),
	rule("a partner keeps two thousand notes",
		given(times(2000, func(i int) step { return did(noor, fmt.Sprint("note ", i), WriteNote{Say("n")}) })...),
		when(noor, WriteNote{Say("n")}),
		thenRefused("refused.too_many")),
	rule("who wrote it takes it away",
		given(did(noor, "one", WriteNote{Say("one")})),
		when(noor, WithdrawNote{note("one")}),
		then(&NoteWithdrawn{Note: note("one")}),
		sees(noor, notes)),
	rule("what was taken away is not found",
		given(did(noor, "one", WriteNote{Say("one")}), did(noor, "gone", WithdrawNote{note("one")})),
		when(noor, WithdrawNote{note("one")}),
		thenRefused("error.not_found")),
	rule("another's note is not found",
		given(did(noor, "one", WriteNote{Say("one")})), when(amira, WithdrawNote{note("one")}), thenRefused("error.not_found")),
}

func TestViewRules(t *testing.T) { play(t, viewRules) }
func TestNoteRules(t *testing.T) { play(t, noteRules) }
