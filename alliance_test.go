package samenspel_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "samenspel"
)

var allianceRules = []line{
	rule("whoever begins an alliance is its first professional",
		givenNothing(),
		when(wout, BeginAlliance{Title: Say("Around Amira"), Name: Say("Wout"), As: Say("school")}),
		then(
			&AllianceBegun{Title: Say("Around Amira")},
			&PartnerJoined{Partner: seat("now"), Person: personOf(wout), Role: Professional, Name: Say("Wout"), As: Say("school")},
		),
		sees(wout, title, "Around Amira"),
		sees(wout, partners, "Wout here"),
		sees(wout, undo, "")),
	rule("an alliance has a title",
		givenNothing(),
		when(wout, BeginAlliance{Name: Say("Wout")}),
		thenRefused("invalid.title_needed")),
	rule("whoever begins an alliance has a name",
		givenNothing(),
		when(wout, BeginAlliance{Title: Say("Around Amira")}),
		thenRefused("invalid.name_needed")),
	rule("an alliance begins once",
		given(),
		when(noor, BeginAlliance{Title: Say("Again"), Name: Say("Noor")}),
		thenRefused("error.not_found")),
	rule("a stranger cannot begin it anew, and does not learn that it exists",
		given(),
		when(bram, BeginAlliance{Title: Say("Again"), Name: Say("Bram")}),
		thenRefused("error.not_found"),
		seesNothing(bram)),
	rule("nothing can be done before it has begun",
		givenNothing(),
		when(noor, WriteNote{Words: Say("first")}),
		thenRefused("error.not_found"),
		seesNothing(noor)),
	rule("a repeated command changes nothing",
		given(did(noor, "now", WriteNote{Words: Say("call the school")})),
		when(noor, WriteNote{Words: Say("call the school")}),
		then(),
		sees(noor, notes, "call the school")),
	rule("a repeated command changes nothing, whatever it wishes the second time",
		given(did(noor, "now", WriteNote{Words: Say("call the school")})),
		when(noor, LeaveAlliance{Partner: amira}),
		then(),
		sees(noor, notes, "call the school")),
	rule("somebody else's command is not found",
		given(did(noor, "now", WriteNote{Words: Say("call the school")})),
		when(joost, WriteNote{Words: Say("call the school")}),
		thenRefused("error.not_found"),
		sees(joost, notes)),
}

func TestAllianceRules(t *testing.T) { play(t, allianceRules) }

func TestCommandIDs(t *testing.T) {
	for _, c := range []struct {
		id    CommandID
		valid bool
	}{
		{"01890a5d-ac96-774b-bcce-b302099a8057", true},
		{"", false},
		{"01890A5D-AC96-774B-BCCE-B302099A8057", false},
		{"01890a5dac96774bbcceb302099a8057", false},
		{"01890a5d-ac96-774b-bcce-b302099a805", false},
		{"01890a5d-ac96-774b-bcce-b302099a80577", false},
		{"01890a5d-ac96-774b-bcce_b302099a8057", false},
		{"01890a5d-ac96-774b-bcce-b302099a805g", false},
		{"{1890a5d-ac96-774b-bcce-b302099a805}", false},
	} {
		t.Run(string(c.id), func(t *testing.T) {
			if got := c.id.Valid(); got != c.valid {
				t.Errorf("Valid() = %v, want %v", got, c.valid)
			}
			_, err := NewAlliance("alliance").Decide(personOf(noor), Command{ID: c.id, Wish: BeginAlliance{Title: Say("t"), Name: Say("n")}})
			if c.valid != (err == nil) {
				t.Errorf("Decide: %v", err)
			}
			if !c.valid && !errors.Is(err, &Refusal{Class: Invalid, Key: "invalid.command"}) {
				t.Errorf("Decide: %v, want invalid.command", err)
			}
		})
	}
}

// played is the world after a table's line of givens and one more wish.
func played(t *testing.T, given []step, last step) *world {
	t.Helper()
	w, _, err := line{given: given, when: last}.play()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestFactsKnowTheirPlace(t *testing.T) {
	w := played(t, given(), when(noor, WriteNote{Words: Say("call the school")}))
	var got []string
	for _, f := range w.facts {
		got = append(got, fmt.Sprintf("%d %s %s", f.Seq, labelOf(f.By), f.Event.Kind()))
		if want := personOf(f.By); f.Person != want {
			t.Errorf("fact %d is of %q, want %q", f.Seq, f.Person, want)
		}
	}
	want := []string{
		"1 noor alliance.begun", "2 noor partner.joined",
		"3 noor partner.invited", "4 amira partner.joined", "5 amira first_seen.set",
		"6 amira partner.invited", "7 samira partner.joined", "8 samira first_seen.set",
		"9 noor partner.invited", "10 noor ground.told", "11 joost partner.joined", "12 joost first_seen.set",
		"13 noor note.written",
	}
	// The first place is made by the command that begins the alliance.
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if w.Seq() != 13 {
		t.Errorf("Seq() = %d, want 13", w.Seq())
	}
}

func TestAHoleInTheLogIsNoHistory(t *testing.T) {
	w := played(t, given(), when(noor, WriteNote{Words: Say("call the school")}))
	last := w.facts[len(w.facts)-1]
	for _, seq := range []int64{0, last.Seq - 1, last.Seq, last.Seq + 2} {
		f := last
		f.Seq = seq
		if err := w.Apply(f); err == nil {
			t.Errorf("fact %d was folded in after fact %d", seq, last.Seq)
		}
		if w.Seq() != last.Seq {
			t.Fatalf("Seq() = %d after a refused fact, want %d", w.Seq(), last.Seq)
		}
	}
}

// The same facts may be folded into two alliances, which then go their own
// ways.
func TestFactsAreShared(t *testing.T) {
	w := played(t, given(named, did(amira, "sleep", NameTheme{Say("sleep")}), did(amira, "son", NameTheme{Say("my son")})),
		when(amira, PutThemeFirst{theme("son")}))
	one, other := fold(t, w.facts), fold(t, w.facts)
	for world, name := range map[*world]string{one: "work", other: "rent"} {
		if _, err := world.do(personOf(amira), Command{ID: id(name), Arrived: now, Wish: NameTheme{Say(name)}}); err != nil {
			t.Fatal(err)
		}
	}
	sees(amira, themes(amira), "my son", "money", "sleep", "work").test(t, one)
	sees(amira, themes(amira), "my son", "money", "sleep", "rent").test(t, other)
}
