package samenspel_test

import (
	"testing"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, endingRules, afterTheEndRules)
	chapters = append(chapters, func() chapter { return &endChapter{} })
	moreWishes = append(moreWishes, func(t *rapid.T, _ *history, text func(string) Words) Wish {
		if evenly(t, "end or go on", []bool{false, false, false, true}) {
			return EndAlliance{text("farewell")}
		}
		return ReopenAlliance{}
	})
}

// ended shows who ended the alliance, and with which words.
func ended(s *Seen) []string {
	if !s.Ending.Ended {
		return nil
	}
	return []string{labelOf(s.Ending.By), s.Ending.Words.Text()}
}

func mayEnd(s *Seen) (list []string) {
	if s.Ending.MayEnd {
		list = append(list, "end")
	}
	if s.Ending.MayReopen {
		list = append(list, "reopen")
	}
	return list
}

// ends is Noor who ends it.
var ends = did(noor, "end", EndAlliance{Say("thank you all")})

var endingRules = []line{
	rule("a professional ends it: everybody sees it, by whom and with which words",
		given(own),
		when(noor, EndAlliance{Say("thank you all")}),
		then(&AllianceEnded{By: noor, At: now, Words: Say("thank you all")}),
		sees(amira, ended, "noor", "thank you all"),
		sees(joost, ended, "noor", "thank you all"),
		sees(amira, mayEnd, "reopen"),
		sees(samira, mayEnd),
		sees(noor, undo, "now")),
	rule("a vrager ends it, without a word",
		given(),
		when(amira, EndAlliance{}),
		then(&AllianceEnded{By: amira, At: now}),
		sees(noor, ended, "amira", "")),
	rule("a guest leaves, and ends nothing", given(), when(samira, EndAlliance{}), thenRefused("refused.end"), sees(samira, ended), sees(samira, mayEnd)),
	rule("a colleague neither", given(), when(joost, EndAlliance{}), thenRefused("refused.end")),
	rule("two end it with words: the second is told that somebody was first", given(ends), when(amira, EndAlliance{Say("goodbye")}),
		thenRefused("conflict.changed"), sees(amira, ended, "noor", "thank you all")),
	rule("it ends once", given(ends), when(amira, EndAlliance{}), then(), sees(amira, ended, "noor", "thank you all")),
	rule("who may end it opens it again", given(ends), when(amira, ReopenAlliance{}), then(&AllianceReopened{}),
		sees(noor, ended), sees(noor, mayEnd, "end")),
	rule("a guest does not open it again", given(ends), when(samira, ReopenAlliance{}), thenRefused("refused.end")),
	rule("what was not ended is not opened again", given(), when(amira, ReopenAlliance{}), then()),
	rule("the end is undone", given(ends), when(noor, Undo{id("end")}), then(&AllianceReopened{}), sees(amira, ended)),
	rule("and an undone end brought back, as it was",
		given(ends, did(noor, "undone", Undo{id("end")})),
		when(noor, Undo{id("undone")}),
		then(&AllianceEnded{By: noor, At: now.Add(-2 * 60e9), Words: Say("thank you all")}),
		sees(amira, ended, "noor", "thank you all")),
	rule("to a stranger an ended alliance is none", given(ends), when(bram, BeginAlliance{Title: Say("t"), Name: Say("n")}), thenRefused("error.not_found")),
}

var afterTheEndRules = []line{
	rule("nothing new is worded", given(ends), when(amira, WordStatement{Words: Say("w")}), thenRefused("refused.ended")),
	rule("nobody is invited", given(ends), when(noor, invites(Vrager)), thenRefused("refused.ended")),
	rule("nothing is asked, and what was asked waits no more",
		given(guess), when(noor, EndAlliance{}), then(&AllianceEnded{By: noor, At: now}),
		sees(amira, asks), sees(amira, at("guess", rights), "share", "withdraw"), sees(joost, at("guess", rights), "withdraw")),
	rule("nothing is answered", given(guess, ends), when(amira, ConfirmStatement{Statement: statement("guess")}), thenRefused("refused.ended")),
	rule("what is hidden and what is not there get the same answer",
		given(own, ends), when(joost, RefuseStatement{Statement: statement("own")}), thenRefused("refused.ended")),
	rule("sharing goes on", given(own, ends), when(amira, shares("own", noor, joost)),
		then(&StatementShared{Statement: statement("own"), With: joost}), sees(joost, statements, "own")),
	rule("so does taking one's words back", given(own, ends), when(amira, WithdrawStatement{Statement: statement("own")}),
		then(&StatementWithdrawn{Statement: statement("own")}), sees(noor, statements)),
	rule("and leaving", given(ends), when(samira, LeaveAlliance{Partner: samira}), then(&PartnerLeft{Partner: samira})),
	rule("and coming in again, to read", given(ends), when(noor, RenewEntry{Partner: amira}), then(&EntryRenewed{Partner: amira})),
	rule("who was invited still comes in to read what is theirs",
		given(did(noor, "wout", invites(Vrager)), ends), when(wout, JoinAlliance{Partner: wout, Alone: true}),
		then(&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Vrager, Name: Say("Wout")})),
	rule("after it was opened again all goes on",
		given(ends, did(amira, "open", ReopenAlliance{})), when(amira, NameTheme{Say("rent")}),
		then(&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("rent")})),
}

func TestEndingRules(t *testing.T)      { play(t, endingRules) }
func TestAfterTheEndRules(t *testing.T) { play(t, afterTheEndRules) }

// After the end, whatever somebody does, nobody sees more than the end left:
// no new words, no questions.
func TestNothingIsAddedAfterTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after := false
		drawHistory(t, 40, func(h *history, next func() deed) {
			d := next()
			for _, f := range d.facts {
				switch f.Event.(type) {
				case *AllianceReopened:
					after = false
				case *AllianceEnded:
					after = true
				case *StatementWorded, *StatementConfirmed, *StatementReworded, *StatementRefused, *StatementPlaced,
					*ThemeNamed, *ViewPut, *EmotionNamed, *EmotionNoticed, *NoteWritten, *PartnerInvited:
					_, undone := d.cmd.Wish.(Undo) // one's own, brought back
					if after && !undone {
						t.Fatalf("after the end: %s", d)
					}
				}
			}
			for viewer, seen := range lookAround(h.Alliance) {
				if seen.Ending.Ended != after || after && len(seen.Asks()) > 0 {
					t.Fatalf("%s: ended %v, %d questions", labelOf(viewer), seen.Ending.Ended, len(seen.Asks()))
				}
			}
		})
	})
}

// endChapter is the plain rule of the end: everybody sees it while it stands.
type endChapter struct {
	ended bool
	words Words
}

func (c *endChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *AllianceEnded:
		c.ended, c.words = true, e.Words
	case *AllianceReopened:
		c.ended = false
	}
}

func (c *endChapter) mayBeSeen(PartnerID) (list []string) {
	if c.ended {
		list = append(list, "the end")
	}
	return list
}

func (c *endChapter) isSeen(seen *Seen) (list []string) {
	if seen.Ending.Ended {
		list = append(list, "the end")
	}
	return list
}

func (c *endChapter) mayRead(_ PartnerID, may map[Words]bool) {
	if c.ended {
		may[c.words] = true
	}
}

func (c *endChapter) of(f Fact) (string, bool) {
	switch f.Event.(type) {
	case *AllianceEnded, *AllianceReopened:
		return "", true
	}
	return "", false
}

func (c *endChapter) purged(e Event, _ PartnerID) Event { return e }
