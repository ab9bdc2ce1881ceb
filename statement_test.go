package samenspel_test

import (
	"fmt"
	"testing"
	"time"

	. "samenspel"
)

// What is given in many lines. Amira's door stands open for Noor alone, so
// Noor sees what is said about her, and whoever writes it.
var (
	quote = did(noor, "quote", WordStatement{Words: Say("the letters stay closed"), SaidBy: amira, Layer: Behaviour})
	guess = did(joost, "guess", WordStatement{Words: Say("she is ashamed"), About: amira, Kind: Guess, Layer: Need})
	own   = did(amira, "own", WordStatement{Words: Say("I want to sleep again"), Layer: Need})
	// alone is said by Amira to nobody yet.
	alone = did(amira, "alone", WordStatement{Words: Say("I am afraid of the door bell"), Layer: Need, Chosen: true})
)

func confirms(label string) step {
	return did(amira, label+" confirmed", ConfirmStatement{Statement: statement(label)})
}

func refuses(label string) step {
	return did(amira, label+" refused", RefuseStatement{Statement: statement(label)})
}

var wordingRules = []line{
	rule("only the words are needed: then it is the actor's own quote",
		given(),
		when(amira, WordStatement{Words: Say("I want to sleep again")}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("I want to sleep again")}),
		sees(amira, at("now", standing), "own"),
		sees(noor, at("now", words), "I want to sleep again"),
		sees(samira, statements),
		sees(amira, asks)),
	rule("of one's own words one chooses who sees them",
		given(),
		when(amira, WordStatement{Words: Say("I want to sleep again"), Chosen: true, SeenBy: []PartnerID{joost, samira, amira}}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
			SeenBy: []PartnerID{samira, joost}, Words: Say("I want to sleep again")}),
		sees(amira, at("now", seenBy), "samira", "joost"),
		sees(noor, statements),
		sees(samira, statements, "now")),
	rule("nobody is a choice as well",
		given(),
		when(amira, WordStatement{Words: Say("I want to sleep again"), Chosen: true}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
			Words: Say("I want to sleep again")}),
		sees(noor, statements),
		sees(amira, statements, "now")),
	rule("of another's world nobody chooses: their door holds, and the writer sees it",
		given(),
		when(joost, WordStatement{Words: Say("she is ashamed"), About: amira, Kind: Guess, Chosen: true, SeenBy: []PartnerID{samira}}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: joost, How: Guess, Said: now,
			SeenBy: []PartnerID{noor, joost}, Words: Say("she is ashamed")}),
		sees(amira, at("now", standing), "asked"),
		sees(amira, asks, "now"),
		sees(noor, statements, "now"),
		sees(joost, statements, "now"),
		sees(samira, statements)),
	rule("words said by another are about that one, and a quote",
		given(),
		when(noor, WordStatement{Words: Say("the letters stay closed"), SaidBy: amira}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("the letters stay closed")}),
		sees(amira, at("now", standing), "asked")),
	rule("words of one about another are a retelling",
		given(),
		when(noor, WordStatement{Words: Say("she does not sleep"), SaidBy: samira, About: amira}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: samira, How: Retelling, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("she does not sleep")}),
		sees(samira, statements)),
	rule("who is said to have spoken does not see it for that",
		given(),
		when(joost, WordStatement{Words: Say("she does not sleep"), SaidBy: samira, About: amira}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: samira, How: Retelling, Said: now,
			SeenBy: []PartnerID{noor, joost}, Words: Say("she does not sleep")}),
		sees(samira, statements)),
	rule("a guess is of the one who writes it",
		given(),
		when(noor, WordStatement{Words: Say("she is tired"), SaidBy: amira, Kind: Guess}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Guess, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("she is tired")})),
	rule("so is an observation",
		given(),
		when(noor, WordStatement{Words: Say("she looks away"), SaidBy: amira, Kind: Observation}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Observation, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("she looks away")})),
	rule("a professional fills in their own layers too, and begins with a closed door",
		given(),
		when(noor, WordStatement{Words: Say("nobody should stand alone"), Layer: Meaning}),
		then(&StatementWorded{Statement: statement("now"), About: noor, SaidBy: noor, How: Quote, Layer: Meaning, Said: now,
			Words: Say("nobody should stand alone")}),
		sees(amira, statements)),
	rule("something can be said about who is invited: the door is closed, the writer sees it",
		given(did(noor, "wout", invites(Vrager))),
		when(amira, WordStatement{Words: Say("he knows the landlord"), About: wout}),
		then(&StatementWorded{Statement: statement("now"), About: wout, SaidBy: amira, How: Retelling, Said: now,
			SeenBy: []PartnerID{amira}, Words: Say("he knows the landlord")}),
		sees(noor, statements)),
	rule("a feeling of one's own is named",
		given(),
		when(amira, WordStatement{Words: Say("the post came"), Emotion: Say("fear")}),
		then(
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
				SeenBy: []PartnerID{noor}, Words: Say("the post came")},
			&EmotionNamed{Emotion: emotion("now"), Statement: statement("now"), About: amira, Word: Say("fear")},
		),
		sees(noor, at("now", feelings), "fear open")),
	rule("a feeling of another is noticed",
		given(),
		when(joost, WordStatement{Words: Say("the post came"), SaidBy: amira, Emotion: Say("fear")}),
		then(
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
				SeenBy: []PartnerID{noor, joost}, Words: Say("the post came")},
			&EmotionNoticed{Emotion: emotion("now"), Statement: statement("now"), About: amira, Word: Say("fear")},
		),
		sees(amira, asks, "now", "feeling now"),
		sees(noor, at("now", feelings))),
	rule("a statement has words", given(), when(amira, WordStatement{Layer: Need}), thenRefused("invalid.words_needed")),
	rule("there are four layers", given(), when(amira, WordStatement{Words: Say("w"), Layer: "core"}), thenRefused("invalid.layer")),
	rule("there are four kinds", given(), when(amira, WordStatement{Words: Say("w"), Kind: "rumour"}), thenRefused("invalid.kind")),
	rule("a quote is of the one whom it is about",
		given(),
		when(noor, WordStatement{Words: Say("w"), About: amira, Kind: Quote}),
		thenRefused("invalid.quote_of_other")),
	rule("nothing is said about who is not there", given(), when(noor, WordStatement{Words: Say("w"), About: bram}), thenRefused("error.not_found")),
	rule("nothing is said by who is not there", given(), when(noor, WordStatement{Words: Say("w"), SaidBy: bram, About: amira}), thenRefused("error.not_found")),
	rule("nothing new is said about who left",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})),
		when(noor, WordStatement{Words: Say("w"), About: joost}),
		thenRefused("error.not_found")),
	rule("what who left has said may still be told",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})),
		when(noor, WordStatement{Words: Say("she asks for time"), About: amira, SaidBy: joost}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: joost, How: Retelling, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("she asks for time")})),
	rule("a theme that is not theirs is not found",
		given(did(noor, "work", NameTheme{Say("work")})),
		when(noor, WordStatement{Words: Say("w"), About: amira, Theme: theme("work")}),
		thenRefused("error.not_found")),
	rule("own words are not shared with who is not at the table",
		given(did(noor, "wout", invites(Vrager))),
		when(amira, WordStatement{Words: Say("w"), Chosen: true, SeenBy: []PartnerID{wout}}),
		thenRefused("error.not_found")),
	rule("one partner writes twenty thousand statements",
		given(times(20_000, func(i int) step { return did(amira, fmt.Sprint("said ", i), WordStatement{Words: Say("w")}) })...),
		when(amira, WordStatement{Words: Say("w")}),
		thenRefused("refused.too_many")),
	rule("what others wrote does not count: it may be hidden",
		given(times(20_000, func(i int) step { return did(amira, fmt.Sprint("said ", i), WordStatement{Words: Say("w")}) })...),
		when(joost, WordStatement{Words: Say("w")}),
		then(&StatementWorded{Statement: statement("now"), About: joost, SaidBy: joost, How: Quote, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("w")})),
}

var placingRules = []line{
	rule("the owner places it",
		given(own),
		when(amira, PlaceStatement{Statement: statement("own"), Layer: Meaning}),
		then(&StatementPlaced{Statement: statement("own"), Layer: Meaning}),
		sees(noor, at("own", where), "meaning", ""),
		sees(amira, undo, "now")),
	rule("whoever wrote it places it while it waits, in a theme with a name of theirs",
		given(quote),
		when(noor, PlaceStatement{Statement: statement("quote"), Layer: Behaviour, NewTheme: Say("money"), Turn: 1}),
		then(
			&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")},
			&StatementPlaced{Statement: statement("quote"), Layer: Behaviour, Theme: theme("now")},
		),
		sees(amira, at("quote", where), "behaviour", "now")),
	rule("to no layer and no theme is a place as well",
		given(own),
		when(amira, PlaceStatement{Statement: statement("own")}),
		then(&StatementPlaced{Statement: statement("own")})),
	rule("where it is already, nothing changes",
		given(own), when(amira, PlaceStatement{Statement: statement("own"), Layer: Need}), then()),
	rule("whoever wrote it does not place it once it was answered",
		given(quote, confirms("quote")),
		when(noor, PlaceStatement{Statement: statement("quote"), Layer: Need}),
		thenRefused("refused.place")),
	rule("who only sees it does not place it",
		given(own), when(noor, PlaceStatement{Statement: statement("own"), Layer: Meaning}), thenRefused("refused.place")),
	rule("there are four layers to place it in",
		given(own), when(amira, PlaceStatement{Statement: statement("own"), Layer: "core"}), thenRefused("invalid.layer")),
	rule("a hidden one is not found",
		given(own), when(joost, PlaceStatement{Statement: statement("own"), Layer: Meaning}), thenRefused("error.not_found")),
	rule("a theme of another is not found",
		given(own, did(noor, "work", NameTheme{Say("work")})),
		when(amira, PlaceStatement{Statement: statement("own"), Theme: theme("work")}),
		thenRefused("error.not_found")),
	rule("a form from before a change is seen to be old",
		given(quote, did(noor, "moved", PlaceStatement{Statement: statement("quote"), Layer: Need})),
		when(amira, PlaceStatement{Statement: statement("quote"), Layer: Meaning, Turn: 1}),
		thenRefused("conflict.changed")),
}

var withdrawingRules = []line{
	rule("whoever wrote it takes it back while it waits",
		given(guess),
		when(joost, WithdrawStatement{Statement: statement("guess"), Turn: 1}),
		then(&StatementWithdrawn{Statement: statement("guess")}),
		sees(amira, statements), sees(noor, statements), sees(joost, statements), sees(amira, asks)),
	rule("once it was answered, whoever wrote it does not",
		given(guess, confirms("guess")),
		when(joost, WithdrawStatement{Statement: statement("guess")}),
		thenRefused("refused.withdraw")),
	rule("nor once it was refused",
		given(guess, refuses("guess")),
		when(joost, WithdrawStatement{Statement: statement("guess")}),
		thenRefused("refused.withdraw")),
	rule("the owner always takes it back: their own",
		given(own), when(amira, WithdrawStatement{Statement: statement("own")}),
		then(&StatementWithdrawn{Statement: statement("own")}), sees(noor, statements)),
	rule("the owner always takes it back: what another wrote",
		given(guess), when(amira, WithdrawStatement{Statement: statement("guess")}),
		then(&StatementWithdrawn{Statement: statement("guess")}), sees(joost, statements)),
	rule("the owner always takes it back: what they confirmed",
		given(guess, confirms("guess")), when(amira, WithdrawStatement{Statement: statement("guess")}),
		then(&StatementWithdrawn{Statement: statement("guess")}), sees(joost, statements)),
	rule("who only sees it does not take it back",
		given(own), when(noor, WithdrawStatement{Statement: statement("own")}), thenRefused("refused.withdraw")),
	rule("a withdrawn one is nobody's",
		given(own, did(amira, "back", WithdrawStatement{Statement: statement("own")})),
		when(amira, WithdrawStatement{Statement: statement("own")}),
		thenRefused("error.not_found")),
	rule("a form from before an answer is seen to be old",
		given(guess, confirms("guess")),
		when(joost, WithdrawStatement{Statement: statement("guess"), Turn: 1}),
		thenRefused("conflict.changed")),
}

func TestWordingRules(t *testing.T)     { play(t, wordingRules) }
func TestPlacingRules(t *testing.T)     { play(t, placingRules) }
func TestWithdrawingRules(t *testing.T) { play(t, withdrawingRules) }

// A device says when something was said; its clock may be wrong.
func TestWhenItWasSaid(t *testing.T) {
	for _, c := range []struct {
		name       string
		made, want time.Time
	}{
		{"the device does not say", time.Time{}, now},
		{"before it arrived", now.Add(-48 * time.Hour), now.Add(-48 * time.Hour)},
		{"in the future", now.Add(time.Second), now},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := played(t, given(), when(noor, WriteNote{Words: Say("n")}))
			_, err := w.do(personOf(amira), Command{ID: id("said"), Made: c.made, Arrived: now, Wish: WordStatement{Words: Say("w")}})
			if err != nil {
				t.Fatal(err)
			}
			seen, err := w.See(personOf(amira))
			if err != nil {
				t.Fatal(err)
			}
			if got := seen.Statement(statement("said")).Said; !got.Equal(c.want) {
				t.Errorf("said at %v, want %v", got, c.want)
			}
		})
	}
}
