package samenspel_test

import (
	"fmt"
	"strings"
	"testing"

	. "samenspel"
)

func friction(label string) FrictionID { return FrictionID(id(label)) }
func repair(label string) RepairID     { return RepairID(id(label)) }

// chafes is what Amira lets everybody know, between her and Noor, and keeps
// to herself.
var (
	chafes = did(amira, "chafes", SignalFriction{Everybody: true, Words: Say("I was not heard")})
	toNoor = did(amira, "to noor", SignalFriction{To: []PartnerID{noor}})
	oneOwn = did(amira, "kept", SignalFriction{})
)

// frictionsOf shows each friction: whose, whom it was told, what lay under it
// and how it stands.
func frictionsOf(s *Seen) []string {
	return listOf(s.Frictions, func(f SeenFriction) string {
		line := labelOf(f.By) + " to " + strings.Join(listOf(f.To, labelOf), " ")
		if f.Everybody {
			line += " (everybody)"
		}
		if !f.Words.Empty() {
			line += ": " + f.Words.Text()
		}
		if f.Earlier != "" {
			line += ", again after " + labelOf(f.Earlier)
		}
		if f.Ground != "" {
			line += ", under it " + labelOf(f.Ground)
		}
		if f.Mended {
			line += ", good again"
		}
		return line
	})
}

func repairsOf(label string) func(*Seen) []string {
	return func(s *Seen) []string {
		f := s.Friction(friction(label))
		if f == nil {
			return []string{"no such friction"}
		}
		return listOf(f.Repairs, func(r SeenRepair) string { return labelOf(r.By) + ": " + r.Words.Text() })
	}
}

func openFrictions(s *Seen) []string {
	return listOf(s.OpenFrictions(), func(f *SeenFriction) string { return labelOf(f.ID) })
}

func signalled(label string, to ...PartnerID) *FrictionSignalled {
	return &FrictionSignalled{Friction: friction(label), By: amira, To: to}
}

var signallingRules = []line{
	rule("a silent sign is enough, to everybody who is here",
		given(),
		when(amira, SignalFriction{Everybody: true}),
		then(signalled("now")),
		sees(amira, frictionsOf, "amira to noor samira joost (everybody)"),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody)"),
		sees(joost, openFrictions, "now")),
	rule("with words, to one person: nobody else learns of it",
		given(),
		when(amira, SignalFriction{To: []PartnerID{noor}, Words: Say("it went too fast")}),
		then(&FrictionSignalled{Friction: friction("now"), By: amira, To: []PartnerID{noor}, Words: Say("it went too fast")}),
		sees(amira, frictionsOf, "amira to noor: it went too fast"),
		sees(noor, frictionsOf, "amira to noor: it went too fast"),
		sees(samira, frictionsOf),
		sees(joost, openFrictions)),
	rule("to some: each learns only that they were told",
		given(),
		when(amira, SignalFriction{To: []PartnerID{joost, noor, amira}}),
		then(signalled("now", noor, joost)),
		sees(amira, frictionsOf, "amira to noor joost"),
		sees(noor, frictionsOf, "amira to noor"),
		sees(joost, frictionsOf, "amira to joost"),
		sees(samira, frictionsOf)),
	rule("with nobody named it is one's own",
		given(),
		when(amira, SignalFriction{}),
		then(signalled("now", amira)),
		sees(amira, frictionsOf, "amira to "),
		sees(noor, frictionsOf)),
	rule("who comes later was not told",
		given(chafes, did(noor, "wout", InvitePartner{Role: Professional, Name: Say("Wout")})),
		when(wout, JoinAlliance{Partner: wout, Alone: true}),
		then(&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Professional, Name: Say("Wout")}),
		sees(wout, frictionsOf),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody): I was not heard")),
	rule("anybody may say it: a professional too",
		given(),
		when(noor, SignalFriction{To: []PartnerID{joost}}),
		then(&FrictionSignalled{Friction: friction("now"), By: noor, To: []PartnerID{joost}}),
		sees(joost, frictionsOf, "noor to joost")),
	rule("on pause one may say it, and nothing is asked by it",
		given(did(amira, "pause", SetPace{Pause}), did(noor, "noors", SignalFriction{Everybody: true})),
		when(amira, SignalFriction{To: []PartnerID{noor}}),
		then(signalled("now", noor)),
		sees(amira, asks)),
	rule("it came back: linked to the earlier one",
		given(chafes, did(amira, "good", MendFriction{friction("chafes")})),
		when(amira, SignalFriction{To: []PartnerID{noor}, Earlier: friction("chafes")}),
		then(&FrictionSignalled{Friction: friction("now"), By: amira, To: []PartnerID{noor}, Earlier: friction("chafes")}),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody): I was not heard, good again", "amira to noor, again after chafes"),
		sees(noor, openFrictions, "now")),
	rule("who does not know of the earlier one does not learn that there is one",
		given(toNoor),
		when(amira, SignalFriction{Everybody: true, Earlier: friction("to noor")}),
		then(&FrictionSignalled{Friction: friction("now"), By: amira, Earlier: friction("to noor")}),
		sees(joost, frictionsOf, "amira to noor samira joost (everybody)")),
	rule("an earlier one of another is not one's own",
		given(chafes), when(noor, SignalFriction{To: []PartnerID{amira}, Earlier: friction("chafes")}), thenRefused("refused.friction")),
	rule("one that is hidden is not found",
		given(toNoor), when(joost, SignalFriction{Earlier: friction("to noor")}), thenRefused("error.not_found")),
	rule("who is not here is not told", given(), when(amira, SignalFriction{To: []PartnerID{wout}}), thenRefused("error.not_found")),
	rule("one partner says it five hundred times",
		given(times(500, func(i int) step { return did(amira, fmt.Sprint("sign ", i), SignalFriction{}) })...),
		when(amira, SignalFriction{}),
		thenRefused("refused.too_many")),
	rule("how often others do is not felt",
		given(times(500, func(i int) step { return did(amira, fmt.Sprint("sign ", i), SignalFriction{}) })...),
		when(noor, SignalFriction{}),
		then(&FrictionSignalled{Friction: friction("now"), By: noor, To: []PartnerID{noor}})),
	rule("it can be undone",
		given(chafes), when(amira, Undo{id("chafes")}), then(&FrictionWithdrawn{Friction: friction("chafes")}), sees(noor, frictionsOf)),
	rule("once somebody answered, it is taken away in the open",
		given(chafes, did(noor, "sorry", OfferRepair{friction("chafes"), Say("I will listen")})),
		when(amira, Undo{id("chafes")}), thenRefused("refused.undo_gone")),
	rule("who said it takes it away",
		given(chafes, did(noor, "sorry", OfferRepair{friction("chafes"), Say("I will listen")})),
		when(amira, WithdrawFriction{friction("chafes")}),
		then(&FrictionWithdrawn{Friction: friction("chafes")}),
		sees(noor, frictionsOf)),
	rule("nobody else does", given(chafes), when(noor, WithdrawFriction{friction("chafes")}), thenRefused("refused.friction")),
	rule("what was taken away is not found",
		given(chafes, did(amira, "gone", WithdrawFriction{friction("chafes")})),
		when(noor, OfferRepair{friction("chafes"), Say("I will listen")}), thenRefused("error.not_found")),
}

func under(label string, s StatementID) GroundFriction { return GroundFriction{friction(label), s} }

var groundingRules = []line{
	rule("what lay under it is shown only to who may see those words",
		given(own, chafes),
		when(amira, under("chafes", statement("own"))),
		then(&FrictionGrounded{Friction: friction("chafes"), Statement: statement("own")}),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody): I was not heard, under it own"),
		sees(joost, frictionsOf, "amira to noor samira joost (everybody): I was not heard")),
	rule("it may be said at once",
		given(own),
		when(amira, SignalFriction{To: []PartnerID{noor}, Ground: statement("own")}),
		then(signalled("now", noor), &FrictionGrounded{Friction: friction("now"), Statement: statement("own")}),
		sees(noor, frictionsOf, "amira to noor, under it own")),
	rule("it may be said no longer",
		given(own, chafes, did(amira, "ground", under("chafes", statement("own")))),
		when(amira, under("chafes", "")),
		then(&FrictionGrounded{Friction: friction("chafes")}),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody): I was not heard")),
	rule("the same again changes nothing",
		given(own, chafes, did(amira, "ground", under("chafes", statement("own")))),
		when(amira, under("chafes", statement("own"))), then()),
	rule("it can be undone",
		given(own, chafes, did(amira, "ground", under("chafes", statement("own")))),
		when(amira, Undo{id("ground")}), then(&FrictionGrounded{Friction: friction("chafes")})),
	rule("what others wrote lies under it when it is right",
		given(guess, chafes, did(amira, "yes", ConfirmStatement{Statement: statement("guess")})),
		when(amira, under("chafes", statement("guess"))),
		then(&FrictionGrounded{Friction: friction("chafes"), Statement: statement("guess")})),
	rule("a guess is no ground yet", given(guess, chafes), when(amira, under("chafes", statement("guess"))), thenRefused("refused.friction_ground")),
	rule("nor at once", given(guess), when(amira, SignalFriction{Ground: statement("guess")}), thenRefused("refused.friction_ground")),
	rule("what was refused later lies under it no more",
		given(guess, chafes, did(amira, "yes", ConfirmStatement{Statement: statement("guess")}), did(amira, "ground", under("chafes", statement("guess")))),
		when(amira, RefuseStatement{Statement: statement("guess")}),
		then(&StatementRefused{Statement: statement("guess")}),
		sees(amira, frictionsOf, "amira to noor samira joost (everybody): I was not heard"),
		sees(joost, frictionsOf, "amira to noor samira joost (everybody): I was not heard")),
	rule("nor what is on ice, until it is off it",
		given(own, chafes, did(amira, "ground", under("chafes", statement("own")))),
		when(amira, FreezeStatement{statement("own")}),
		then(&StatementFrozen{Statement: statement("own"), By: amira, At: now}),
		sees(amira, frictionsOf, "amira to noor samira joost (everybody): I was not heard"),
		sees(noor, frictionsOf, "amira to noor samira joost (everybody): I was not heard")),
	rule("words about another are no ground", given(own, did(noor, "noors", SignalFriction{})), when(noor, under("noors", statement("own"))), thenRefused("refused.friction_ground")),
	rule("hidden words are not found", given(own, did(joost, "joosts", SignalFriction{})), when(joost, under("joosts", statement("own"))), thenRefused("error.not_found")),
	rule("nobody says it for another", given(own, chafes), when(noor, under("chafes", statement("own"))), thenRefused("refused.friction")),
}

func offers(label, words string) OfferRepair { return OfferRepair{friction(label), Say(words)} }

func offered(by PartnerID, at, words string) *RepairOffered {
	return &RepairOffered{Repair: repair("now"), Friction: friction(at), By: by, Words: Say(words)}
}

var mendingRules = []line{
	rule("who was told may say what they will do",
		given(chafes),
		when(noor, offers("chafes", "I will ask first")),
		then(offered(noor, "chafes", "I will ask first")),
		sees(amira, repairsOf("chafes"), "noor: I will ask first"),
		sees(joost, repairsOf("chafes"), "noor: I will ask first")),
	rule("whose it is may say what helped",
		given(toNoor),
		when(amira, offers("to noor", "a walk")),
		then(offered(amira, "to noor", "a walk")),
		sees(noor, repairsOf("to noor"), "amira: a walk")),
	rule("told one by one, they do not learn of each other by what they do",
		given(did(amira, "to two", SignalFriction{To: []PartnerID{noor, joost}})),
		when(noor, offers("to two", "I will ask first")),
		then(offered(noor, "to two", "I will ask first")),
		sees(amira, repairsOf("to two"), "noor: I will ask first"),
		sees(noor, repairsOf("to two"), "noor: I will ask first"),
		sees(joost, repairsOf("to two"))),
	rule("it has words", given(chafes), when(noor, offers("chafes", "")), thenRefused("invalid.words_needed")),
	rule("who was not told finds nothing", given(toNoor), when(joost, offers("to noor", "what?")), thenRefused("error.not_found")),
	rule("one partner says twenty-four things about one",
		given(append([]step{chafes}, times(24, func(i int) step { return did(noor, fmt.Sprint("offer ", i), offers("chafes", "again")) })...)...),
		when(noor, offers("chafes", "again")), thenRefused("refused.too_many")),
	rule("who said it takes it away",
		given(chafes, did(noor, "offer", offers("chafes", "I will ask first"))),
		when(noor, WithdrawRepair{repair("offer")}),
		then(&RepairWithdrawn{Repair: repair("offer")}),
		sees(amira, repairsOf("chafes"))),
	rule("nobody else does", given(chafes, did(noor, "offer", offers("chafes", "first"))), when(amira, WithdrawRepair{repair("offer")}), thenRefused("refused.repair")),
	rule("what is between two others is not found",
		given(did(amira, "to two", SignalFriction{To: []PartnerID{noor, joost}}), did(noor, "offer", offers("to two", "first"))),
		when(joost, WithdrawRepair{repair("offer")}), thenRefused("error.not_found")),
	rule("only whose it is says that it is good again",
		given(chafes),
		when(amira, MendFriction{friction("chafes")}),
		then(&FrictionMended{Friction: friction("chafes")}),
		sees(joost, frictionsOf, "amira to noor samira joost (everybody): I was not heard, good again"),
		sees(joost, openFrictions)),
	rule("nobody says it for another", given(chafes), when(noor, MendFriction{friction("chafes")}), thenRefused("refused.friction")),
	rule("who was not told finds nothing to mend", given(toNoor), when(joost, MendFriction{friction("to noor")}), thenRefused("error.not_found")),
	rule("good twice is good", given(chafes, did(amira, "good", MendFriction{friction("chafes")})), when(amira, MendFriction{friction("chafes")}), then()),
	rule("it may open again",
		given(chafes, did(amira, "good", MendFriction{friction("chafes")})),
		when(amira, ReopenFriction{friction("chafes")}),
		then(&FrictionReopened{Friction: friction("chafes")}),
		sees(joost, openFrictions, "chafes")),
	rule("what is open stays open", given(chafes), when(amira, ReopenFriction{friction("chafes")}), then()),
	rule("nobody opens it for another",
		given(chafes, did(amira, "good", MendFriction{friction("chafes")})), when(noor, ReopenFriction{friction("chafes")}), thenRefused("refused.friction")),
	rule("also of what is one's own alone nobody finds anything",
		given(oneOwn), when(noor, ReopenFriction{friction("kept")}), thenRefused("error.not_found")),
}

func init() { tables = append(tables, signallingRules, groundingRules, mendingRules) }

func TestSignallingFrictionRules(t *testing.T) { play(t, signallingRules) }
func TestGroundingFrictionRules(t *testing.T)  { play(t, groundingRules) }
func TestMendingFrictionRules(t *testing.T)    { play(t, mendingRules) }
