package samenspel_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "samenspel"
)

func init() { tables = append(tables, bringingRules) }

// before is when a story was told and taken along.
var before = now.Add(-72 * time.Hour)

// told is a story as Amira brings it, with one of each.
func aStory() Story {
	return Story{
		Origin: "origin", Made: before, Name: Say("Amira"), Pace: Calm,
		Themes: []StoryTheme{
			{Name: Say("rent"), Mine: true, Aside: []Layer{Meaning}},
			{Name: Say("sleep")},
		},
		Said: []StorySaying{
			{Words: Say("I want to owe nothing"), Kind: Quote, Layer: Need, Theme: 1, Said: before, Standing: Own,
				Emotions: []StoryEmotion{{Word: Say("hope"), At: before, Feeling: Open}}},
			{Words: Say("she does not sleep"), Kind: Retelling, Theme: 2, Said: before, Standing: Confirmed, Speaker: Say("Samira")},
			{Words: Say("I hide nothing"), First: Say("she hides the post"), Kind: Observation, Layer: Behaviour, Said: before,
				Standing: Reworded, Speaker: Say("Joost")},
			{Words: Say("she is ashamed"), Kind: Guess, Layer: Meaning, Said: before, Standing: Asked, Speaker: Say("Joost")},
		},
	}
}

func brings(change func(*Story)) BeginWithStory {
	story := aStory()
	if change != nil {
		change(&story)
	}
	return BeginWithStory{Title: Say("Anew"), Name: Say("Wout"), As: Say("school"), Story: story}
}

// part is the id of something that came along under a label.
func part[ID ~string](label, of string) ID { return ID(string(id(label)) + "." + of) }

// came shows a statement that came along: how it stands, who said it, and
// what the viewer may do with it.
func came(n int) func(*Seen) []string {
	return func(s *Seen) []string {
		st := s.Statement(part[StatementID]("now", fmt.Sprint("s", n)))
		if st == nil {
			return []string{"no such statement"}
		}
		return append([]string{string(st.Standing), string(st.Origin), st.Speaker.Text(), st.First.Text()}, rights(*st)...)
	}
}

func askedBy(s *Seen) []string {
	return listOf(s.Asks(), func(a Ask) string { return a.Statement.Words.Text() })
}

var bringingRules = []line{
	rule("a story begins an alliance: the professional sits, the person is invited, and all came along as it stood",
		givenNothing(),
		when(wout, brings(nil)),
		then(
			&AllianceBegun{Title: Say("Anew")},
			&PartnerJoined{Partner: seat("now"), Person: personOf(wout), Role: Professional, Name: Say("Wout"), As: Say("school")},
			&PartnerInvited{Partner: part[PartnerID]("now", "p"), Role: Vrager, By: seat("now"), Name: Say("Amira")},
			&StoryBrought{About: part[PartnerID]("now", "p"), Origin: "origin", Made: before},
			&PaceSet{Partner: part[PartnerID]("now", "p"), Pace: Calm},
			&ThemeBrought{Theme: part[ThemeID]("now", "t1"), About: part[PartnerID]("now", "p"), Mine: true, Name: Say("rent")},
			&LayerSetAside{About: part[PartnerID]("now", "p"), Theme: part[ThemeID]("now", "t1"), Layer: Meaning},
			&ThemeBrought{Theme: part[ThemeID]("now", "t2"), About: part[PartnerID]("now", "p"), Name: Say("sleep")},
			carried(1, StatementBrought{How: Quote, Layer: Need, Theme: part[ThemeID]("now", "t1"), Standing: Own, Words: Say("I want to owe nothing")}),
			&EmotionBrought{Emotion: part[EmotionID]("now", "s1.1"), Statement: part[StatementID]("now", "s1"),
				About: part[PartnerID]("now", "p"), At: before, Feeling: Open, Word: Say("hope")},
			carried(2, StatementBrought{How: Retelling, Theme: part[ThemeID]("now", "t2"), Standing: Confirmed, Words: Say("she does not sleep"), Speaker: Say("Samira")}),
			carried(3, StatementBrought{How: Observation, Layer: Behaviour, Standing: Reworded, Words: Say("I hide nothing"),
				First: Say("she hides the post"), Speaker: Say("Joost")}),
			carried(4, StatementBrought{How: Guess, Layer: Meaning, Standing: Asked, Words: Say("she is ashamed"), Speaker: Say("Joost")}),
		),
		sees(wout, partners, "Wout here", "Amira invited"),
		sees(wout, came(1), "own", "origin", "", "", "add"),
		sees(wout, came(2), "confirmed", "origin", "Samira", "", "add"),
		sees(wout, came(3), "reworded", "origin", "Joost", "she hides the post", "add"),
		sees(wout, came(4), "asked", "origin", "Joost", "", "add"),
		sees(wout, askedBy),
		sees(wout, undo, ""),
		sees(wout, sectors(part[PartnerID]("now", "p")), "rent", "sleep", "")),
	rule("a story begins an alliance once", given(), when(noor, brings(nil)), thenRefused("error.not_found")),
	rule("a stranger does not learn that there is an alliance", given(), when(bram, brings(nil)), thenRefused("error.not_found")),
	rule("such an alliance has a title too", givenNothing(), when(wout, BeginWithStory{Name: Say("Wout"), Story: aStory()}), thenRefused("invalid.title_needed")),
	rule("a story that does not hold together is not taken", givenNothing(),
		when(wout, brings(func(s *Story) { s.Said[1].Theme = 3 })), thenRefused("invalid.story"), seesNothing(wout)),
}

// carried is a statement that came along, with what all have.
func carried(n int, e StatementBrought) *StatementBrought {
	e.Statement, e.About = part[StatementID]("now", fmt.Sprint("s", n)), part[PartnerID]("now", "p")
	e.Said, e.Origin, e.SeenBy = before, "origin", []PartnerID{seat("now")}
	return &e
}

func TestBringingRules(t *testing.T) { play(t, bringingRules) }

// The person takes their place, and has the say over all that came along.
func TestWhatCameAlongIsTheirs(t *testing.T) {
	guest := part[PartnerID]("now", "p")
	w := newWorld()
	n := 0
	do := func(by PartnerID, wish Wish) error {
		n++
		_, err := w.do(personOf(by), Command{ID: id(fmt.Sprint("came ", n)), Arrived: now.Add(time.Duration(n) * time.Minute), Wish: wish})
		return err
	}
	if _, err := w.do(personOf(wout), Command{ID: id("now"), Arrived: now, Wish: brings(nil)}); err != nil {
		t.Fatal(err)
	}
	if err := do(amira, JoinAlliance{Partner: guest, Alone: true}); err != nil {
		t.Fatal(err)
	}
	for _, look := range []look{
		sees(amira, came(1), "own", "origin", "", "", "reword", "share", "place", "withdraw"),
		sees(amira, came(4), "asked", "origin", "Joost", "", "answer", "reword", "share", "place", "withdraw"),
		sees(amira, askedBy, "she is ashamed"),
		sees(amira, sectors(guest), "rent", "sleep", ""),
		sees(amira, pace, "calm"),
	} {
		look.test(t, w)
	}
	said := func(n int) StatementID { return part[StatementID]("now", fmt.Sprint("s", n)) }
	for _, wish := range []Wish{
		RewordStatement{Statement: said(1), Words: Say("I want to owe nobody")},
		ShareStatement{Statement: said(2)},
		WithdrawStatement{Statement: said(3)},
		RefuseStatement{Statement: said(4)},
		AnswerEmotion{Emotion: part[EmotionID]("now", "s1.1"), Answer: Met},
	} {
		if err := do(amira, wish); err != nil {
			t.Errorf("%T: %v", wish, err)
		}
	}
	for _, look := range []look{
		sees(wout, came(1), "own", "origin", "", "", "add"), // first words of one's own are one's own
		sees(amira, came(1), "own", "origin", "", "I want to owe nothing", "reword", "share", "place", "withdraw"),
		sees(wout, came(2), "no such statement"),
		sees(wout, came(3), "no such statement"),
		sees(wout, came(4), "no such statement"),
	} {
		look.test(t, w)
	}
}

// Whatever does not hold together is not taken, and nothing begins.
func TestStoriesThatAreNotWhole(t *testing.T) {
	for name, change := range map[string]func(*Story){
		"without an origin":          func(s *Story) { s.Origin = "" },
		"an origin that is too long": func(s *Story) { s.Origin = Origin(strings.Repeat("o", 65)) },
		"without a time":             func(s *Story) { s.Made = time.Time{} },
		"from the future":            func(s *Story) { s.Made = now.Add(48 * time.Hour) },
		"without a name":             func(s *Story) { s.Name = Words{} },
		"an unknown pace":            func(s *Story) { s.Pace = "gallop" },
		"too many themes":            func(s *Story) { s.Themes = make([]StoryTheme, 121) },
		"a theme without a name":     func(s *Story) { s.Themes[0].Name = Words{} },
		"a layer that is not there":  func(s *Story) { s.Themes[0].Aside = []Layer{"soul"} },
		"without words":              func(s *Story) { s.Said[0].Words = Words{} },
		"an unknown kind":            func(s *Story) { s.Said[0].Kind = "rumour" },
		"an unknown layer":           func(s *Story) { s.Said[0].Layer = "soul" },
		"an unknown theme":           func(s *Story) { s.Said[0].Theme = -1 },
		"said in the future":         func(s *Story) { s.Said[0].Said = now.Add(48 * time.Hour) },
		"an unknown standing":        func(s *Story) { s.Said[0].Standing = "true" },
		"what was refused":           func(s *Story) { s.Said[3].Standing = RefusedByMe },
		"own words of another":       func(s *Story) { s.Said[0].Speaker = Say("Joost") },
		"reworded from nothing":      func(s *Story) { s.Said[2].First = Words{} },
		"a feeling without a word":   func(s *Story) { s.Said[0].Emotions[0].Word = Words{} },
		"a feeling that is asked":    func(s *Story) { s.Said[0].Emotions[0].Feeling = Noticed },
		"too many feelings":          func(s *Story) { s.Said[0].Emotions = make([]StoryEmotion, 25) },
		"too many statements":        func(s *Story) { s.Said = make([]StorySaying, 20_001) },
	} {
		t.Run(name, func(t *testing.T) {
			rule(name, givenNothing(), when(wout, brings(change)), thenRefused("invalid.story"), seesNothing(wout)).test(t)
		})
	}
}

// What was withheld is what nobody else sees, and what its owner refused.
func TestWithheld(t *testing.T) {
	w := played(t, given(own, guess, did(amira, "alone", WordStatement{Words: Say("mine"), Chosen: true})), when(amira, RefuseStatement{Statement: statement("guess")}))
	seen, err := w.See(personOf(amira))
	if err != nil {
		t.Fatal(err)
	}
	for label, want := range map[string]bool{"own": false, "guess": true, "alone": true} {
		if got := seen.Statement(statement(label)).Withheld(); got != want {
			t.Errorf("%s is withheld: %v", label, got)
		}
	}
}

// What came along is sealed as what is said here; the words at an end are of
// who ended it.
func TestHoldersOfWhatCameAlong(t *testing.T) {
	for want, e := range map[PartnerID]Spoken{
		"theme:th": &ThemeBrought{Theme: "th", About: amira}, "statement:s": &StatementBrought{Statement: "s", About: amira},
		"statement:of": &EmotionBrought{Statement: "of", About: amira}, amira: &AllianceEnded{By: amira},
	} {
		if e.Holder() != want {
			t.Errorf("%s is held by %q", e.Kind(), labelOf(e.Holder()))
		}
	}
}
