package samenspel_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "samenspel"
)

func about(w Wish, under string, l Layer) WordStatement {
	said := w.(WordStatement)
	said.Theme, said.Layer = theme(under), l
	return said
}

var (
	amirasWords = WordStatement{Words: Say("I want to owe nothing")}
	amirasQuote = WordStatement{Words: Say("I hate owing"), SaidBy: amira}
	noorsGuess  = WordStatement{Words: Say("she is ashamed"), About: amira, Kind: Guess}
	noorsSight  = WordStatement{Words: Say("she hides the post"), About: amira, Kind: Observation}
)

// A cell shows what comes nearest to the person's own words.
func TestCellState(t *testing.T) {
	said := did(noor, "guess", about(noorsGuess, "rent", Need))
	for _, c := range []struct {
		name  string
		given []step
		want  []string
	}{
		{"nobody said anything", nil, []string{"not asked"}},
		{"a guess", []step{said}, []string{"assumed", "guess"}},
		{"a guess, confirmed", []step{said, confirms("guess")}, []string{"confirmed", "guess"}},
		{"a guess, in the person's own words", []step{said, did(amira, "mine", RewordStatement{Statement: statement("guess"), Words: Say("w")})},
			[]string{"own words", "guess"}},
		{"a guess, refused", []step{said, refuses("guess")}, []string{"not asked"}},
		{"a guess, refused and confirmed after all", []step{said, refuses("guess"), confirms("guess")}, []string{"confirmed", "guess"}},
		{"a guess, confirmed and refused after all", []step{said, confirms("guess"), refuses("guess")}, []string{"not asked"}},
		{"a guess, withdrawn", []step{said, did(noor, "gone", WithdrawStatement{Statement: statement("guess")})}, []string{"not asked"}},
		{"an observation, confirmed", []step{did(noor, "sight", about(noorsSight, "rent", Need)), confirms("sight")}, []string{"confirmed", "sight"}},
		{"a retelling, confirmed: it comes under the person's own theme", []step{
			did(samira, "story", WordStatement{Words: Say("w"), About: amira, Layer: Need, NewTheme: Say("rent")}), confirms("story")},
			[]string{"confirmed", "story"}},
		{"a quote, not yet confirmed", []step{did(noor, "quote", about(amirasQuote, "rent", Need))}, []string{"assumed", "quote"}},
		{"a quote, confirmed", []step{did(noor, "quote", about(amirasQuote, "rent", Need)), confirms("quote")}, []string{"own words", "quote"}},
		{"own words", []step{did(amira, "own", about(amirasWords, "rent", Need))}, []string{"own words", "own"}},
		{"own words beside a guess", []step{said, did(amira, "own", about(amirasWords, "rent", Need))}, []string{"own words", "guess", "own"}},
		{"a guess beside a confirmed one", []step{said, did(noor, "sight", about(noorsSight, "rent", Need)), confirms("sight")},
			[]string{"confirmed", "guess", "sight"}},
		{"set aside", []step{rentDown}, []string{"not here"}},
		{"set aside after own words", []step{did(amira, "own", about(amirasWords, "rent", Need)), rentDown}, []string{"not here", "own"}},
		{"own words after it was set aside", []step{rentDown, did(amira, "own", about(amirasWords, "rent", Need))}, []string{"own words", "own"}},
		{"in another layer", []step{did(noor, "guess", about(noorsGuess, "rent", Meaning))}, []string{"not asked"}},
		{"in no layer yet", []step{did(noor, "guess", about(noorsGuess, "rent", ""))}, []string{"not asked"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := played(t, given(append([]step{rent}, c.given...)...), when(noor, WriteNote{Say("n")}))
			sees(noor, cell(amira, "rent", Need), c.want...).test(t, w)
		})
	}
}

var insightRules = []line{
	rule("what has a layer and no theme stands apart, last",
		given(rent, own),
		when(noor, WriteNote{Say("n")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("n")}),
		sees(noor, sectors(amira), "rent", ""),
		sees(noor, cell(amira, "", Need), "own words", "own")),
	rule("what has neither is not in the picture yet",
		given(),
		when(amira, amirasWords),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Said: now,
			SeenBy: []PartnerID{noor}, Words: Say("I want to owe nothing")}),
		sees(amira, sectors(amira))),
	rule("insight is the viewer's: to who sees nothing, nothing",
		given(rent, named),
		when(noor, WriteNote{Say("n")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("n")}),
		sees(amira, sectors(amira), "rent", "money"),
		sees(noor, sectors(amira), "rent"),
		sees(joost, sectors(amira))),
	rule("at calm one thing is asked at a time, the oldest",
		given(guess, quote, did(noor, "fear", feels("guess", "fear"))),
		when(amira, SetPace{Calm}),
		then(&PaceSet{Partner: amira, Pace: Calm}),
		sees(amira, asks, "guess")),
	rule("on pause nothing is asked",
		given(guess, quote),
		when(amira, SetPace{Pause}),
		then(&PaceSet{Partner: amira, Pace: Pause}),
		sees(amira, asks)),
	rule("at the ordinary pace all is asked, as it arrived",
		given(guess, quote, did(noor, "fear", feels("guess", "fear")), did(amira, "pause", SetPace{Pause})),
		when(amira, SetPace{Ordinary}),
		then(&PaceSet{Partner: amira, Pace: Ordinary}),
		sees(amira, asks, "guess", "feeling fear", "quote"),
		sees(noor, asks), sees(joost, asks)),
	rule("the pace of a vrager does not hush the questions to others",
		given(did(amira, "pause", SetPace{Pause})),
		when(noor, WordStatement{Words: Say("w"), About: samira}),
		then(&StatementWorded{Statement: statement("now"), About: samira, SaidBy: noor, How: Retelling, Said: now,
			SeenBy: []PartnerID{noor, amira}, Words: Say("w")}),
		sees(samira, asks, "now")),
}

func TestInsightRules(t *testing.T) { play(t, insightRules) }

func TestAFigureHoldsEightSectors(t *testing.T) {
	steps := times(10, func(i int) step { return did(amira, fmt.Sprint("theme ", i), NameTheme{Say(fmt.Sprint(i))}) })
	w := played(t, given(append(steps, own)...), when(noor, WriteNote{Say("n")}))
	in := insightOf(t, w, amira, amira)
	if len(in.Sectors) != MaxSectors || len(in.Rest) != 3 {
		t.Fatalf("%d sectors and %d in the rest, want %d and 3", len(in.Sectors), len(in.Rest), MaxSectors)
	}
	if last := in.Rest[2]; last.Theme != "" || cellOf(last, Need).State != OwnWords {
		t.Errorf("the last sector is %q, want what has no theme", last.Theme)
	}
}

func insightOf(t *testing.T, w *world, viewer, about PartnerID) Insight {
	t.Helper()
	seen, err := w.See(personOf(viewer))
	if err != nil {
		t.Fatal(err)
	}
	return seen.Insight(about)
}

// The picture at each of its moments, as Noor sees it grow.
func TestThePictureGrows(t *testing.T) {
	w := played(t, given(
		rent,
		did(noor, "guess", about(noorsGuess, "rent", Need)),
		alone,
		refuses("guess"), confirms("guess"), rentDown,
		did(amira, "moved", PlaceStatement{Statement: statement("guess"), Theme: theme("rent"), Layer: Meaning}),
	), did(amira, "up", TakeLayerUp{Theme: theme("rent"), Layer: Need}))
	seen, err := w.See(personOf(noor))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range seen.Moments(amira) {
		in := seen.InsightAt(amira, m)
		if len(in.Sectors) != 1 || !in.At.Equal(m.At) {
			t.Fatalf("%d sectors at %v, want 1 at %v", len(in.Sectors), in.At, m.At)
		}
		need, core := cellOf(in.Sectors[0], Need), cellOf(in.Sectors[0], Meaning)
		got = append(got, fmt.Sprintf("need %s, meaning %s", stateNames[need.State], stateNames[core.State]))
	}
	want := []string{
		"need not asked, meaning not asked", // the rent
		"need assumed, meaning not asked",   // the guess
		"need not asked, meaning not asked", // refused
		"need confirmed, meaning not asked", // confirmed after all
		"need not here, meaning not asked",  // set aside
		"need not here, meaning confirmed",  // moved
		"need not asked, meaning confirmed", // taken up
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the picture at each moment (-want +got):\n%s", diff)
	}
}

// A theme is a part of the picture from when its owner named it.
func TestThemesComeOneByOne(t *testing.T) {
	w := played(t, given(named, rent), did(amira, "sleep", NameTheme{Say("sleep")}))
	seen, err := w.See(personOf(amira))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, m := range seen.Moments(amira) {
		got = append(got, listOf(seen.InsightAt(amira, m).Sectors, func(s Sector) string { return s.Name.Text() }))
	}
	want := [][]string{{"money"}, {"money", "rent"}, {"money", "rent", "sleep"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the sectors at each moment (-want +got):\n%s", diff)
	}
}
