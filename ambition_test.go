package samenspel_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, ambitionRules)
	moreWishes = append(moreWishes,
		func(t *rapid.T, _ *history, text func(string) Words) Wish {
			w := WordAmbition{}
			for i := range w.Words {
				if rapid.Bool().Draw(t, "said") {
					w.Words[i] = text("ambition " + string(Layers[i]))
				}
			}
			return w
		},
		func(t *rapid.T, h *history, _ func(string) Words) Wish {
			w := ShareAmbition{With: drawAudience(t)}
			for range rapid.IntRange(0, 3).Draw(t, "shared together") {
				w.Statements = append(w.Statements, drawID[StatementID](t, h, "statement", "own"))
			}
			return w
		})
}

// ofNow is the id of a statement of the command under test.
func ofNow(n string) StatementID { return StatementID(string(id("now")) + "." + n) }

func ambition(meaning, need string) WordAmbition {
	return WordAmbition{Words: [4]Words{Say(meaning), {}, Say(need), {}}}
}

func ambitionWorded(by PartnerID, at StatementID, l Layer, words string) *StatementWorded {
	return &StatementWorded{Statement: at, About: by, SaidBy: by, How: Quote, Layer: l, Said: now, Words: Say(words)}
}

// noors is what Noor said of herself, for herself alone.
var noors = did(noor, "noors", WordStatement{Words: Say("I want to listen first"), Layer: Meaning, Chosen: true})

var ambitionRules = []line{
	rule("whoever begins says what they stand for, in their own layers, for themselves alone",
		given(did(noor, "first seen", SetFirstSeen{By: []PartnerID{joost}})),
		when(noor, ambition("I want to listen first", "I need time")),
		then(
			ambitionWorded(noor, ofNow("1"), Meaning, "I want to listen first"),
			ambitionWorded(noor, ofNow("3"), Need, "I need time"),
		),
		sees(noor, undo, "now"),
		sees(amira, statements),
		sees(joost, statements)),
	rule("to say nothing of it is ordinary", given(), when(noor, WordAmbition{}), then()),
	rule("whoever comes may do the same", given(), when(joost, ambition("to be fair", "")),
		then(ambitionWorded(joost, ofNow("1"), Meaning, "to be fair")), sees(noor, statements)),
	rule("what others wrote does not count: it may be hidden",
		given(times(20_000, func(i int) step { return did(amira, fmt.Sprint("said ", i), WordStatement{Words: Say("w")}) })...),
		when(noor, ambition("I want to listen first", "")),
		then(ambitionWorded(noor, ofNow("1"), Meaning, "I want to listen first"))),
	rule("one act shares it",
		given(noors, own),
		when(noor, ShareAmbition{Statements: []StatementID{statement("noors"), statement("noors")}, With: []PartnerID{amira}}),
		then(&StatementShared{Statement: statement("noors"), With: amira}),
		sees(amira, at("noors", words), "I want to listen first"),
		sees(joost, statements),
		sees(noor, undo, "now")),
	rule("who sees it already goes on seeing it",
		given(noors, did(noor, "joost too", ShareStatement{Statement: statement("noors"), SeenBy: []PartnerID{joost}})),
		when(noor, ShareAmbition{Statements: []StatementID{statement("noors")}, With: []PartnerID{amira, joost, noor}}),
		then(&StatementShared{Statement: statement("noors"), With: amira}),
		sees(joost, at("noors", words), "I want to listen first")),
	rule("nobody shares what is another's",
		given(own), when(noor, ShareAmbition{Statements: []StatementID{statement("own")}, With: []PartnerID{joost}}),
		thenRefused("refused.share")),
	rule("what is hidden is not found",
		given(alone), when(noor, ShareAmbition{Statements: []StatementID{statement("alone")}, With: []PartnerID{joost}}),
		thenRefused("error.not_found")),
	rule("with who is not here it is not shared",
		given(noors, did(noor, "wout", invites(Colleague))),
		when(noor, ShareAmbition{Statements: []StatementID{statement("noors")}, With: []PartnerID{wout}}),
		thenRefused("error.not_found")),
	rule("together is not without end",
		given(noors), when(noor, ShareAmbition{Statements: make([]StatementID, 25)}), thenRefused("refused.too_many")),
}

func TestAmbitionRules(t *testing.T) { play(t, ambitionRules) }

// TestAmbition: what the professional kept to themselves from before the
// vrager came is theirs to share, and nothing else is offered.
func TestAmbition(t *testing.T) {
	w := newWorld()
	at := func(minute int, by PartnerID, label string, wish Wish) {
		t.Helper()
		arrived := now.Add(time.Duration(minute) * time.Minute)
		if _, err := w.do(personOf(by), Command{ID: id(label), Arrived: arrived, Wish: wish}); err != nil {
			t.Fatalf("%s: %v", label, err)
		}
	}
	offered := func(by PartnerID) []StatementID {
		t.Helper()
		seen, err := w.See(personOf(by))
		if err != nil {
			t.Fatal(err)
		}
		var ids []StatementID
		for _, s := range seen.Ambition() {
			ids = append(ids, s.ID)
		}
		return ids
	}
	check := func(what string, by PartnerID, want ...StatementID) {
		t.Helper()
		got := offered(by)
		if len(got) != len(want) || len(want) > 0 && got[0] != want[0] {
			t.Errorf("%s: %v is offered, want %v", what, got, want)
		}
	}
	at(0, noor, "noor", BeginAlliance{Title: Say("together"), Name: Say("Noor")})
	at(1, noor, "ambition", ambition("I want to listen first", ""))
	first := StatementID(string(id("ambition")) + ".1")
	check("before the vrager comes", noor)
	at(2, noor, "amira", InvitePartner{Role: Vrager, Name: Say("Amira")})
	check("while she is invited", noor)
	at(3, amira, "joins", JoinAlliance{Partner: amira})
	check("when she came", noor, first)
	at(4, noor, "later", WordStatement{Words: Say("for me alone"), Chosen: true})
	at(4, amira, "hers", WordStatement{Words: Say("mine"), SeenBy: []PartnerID{noor}, Chosen: true})
	check("what came later is not", noor, first)
	check("the vrager", amira)
	at(5, noor, "shared", ShareAmbition{Statements: []StatementID{first}, With: []PartnerID{amira}})
	check("when it is shared", noor)
}

// The door asks what an invitation says of a place.
func TestSeatAt(t *testing.T) {
	w := played(t, given(did(noor, "wout", invites(Vrager))), when(joost, LeaveAlliance{Partner: joost}))
	for _, c := range []struct {
		name string
		at   PartnerID
		want Seat
	}{
		{"who is invited", wout, Seat{Role: Vrager, Name: Say("Wout")}},
		{"who is here", amira, Seat{}},
		{"who left", joost, Seat{}},
		{"a place that is not there", bram, Seat{}},
	} {
		if got, ok := w.SeatAt(c.at); got != c.want || ok != (c.want != Seat{}) {
			t.Errorf("%s: %v, %t, want %v", c.name, got, ok, c.want)
		}
	}
}

// Everybody sees who asked whom to the table, and since when they are there.
func TestSince(t *testing.T) {
	w := played(t, given(did(noor, "wout", invites(Vrager))), when(noor, WriteNote{Words: Say("n")}))
	seen, err := w.See(personOf(joost))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range seen.Partners {
		if invitedBy := map[bool]PartnerID{true: noor}[p.ID != noor]; p.ID != samira && p.InvitedBy != invitedBy {
			t.Errorf("%s was invited by %q", p.ID, p.InvitedBy)
		}
		if p.JoinedAt.IsZero() != (p.ID == wout) {
			t.Errorf("%s joined at %v", p.ID, p.JoinedAt)
		}
	}
}
