package samenspel_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	tables = append(tables, birthRules, authorityRules, stayRules)
	chapters = append(chapters, func() chapter {
		return &youngChapter{words: map[string]Words{}, roles: map[PartnerID]Role{}}
	})
	moreWishes = append(moreWishes, func(t *rapid.T, _ *history, text func(string) Words) Wish {
		who, other := evenly(t, "who", everybody[:4]), evenly(t, "other", everybody[:4])
		return evenly(t, "young", []Wish{
			TellBirth{who, now.AddDate(-evenly(t, "age", []int{11, 15, 16, 17}), 0, 0)}, TellAuthority{who, other, text("register")},
			TellAuthority{who, other, Words{}}, TellAble{who, rapid.Bool().Draw(t, "able"), text("reason")}, LetParentStay{other, rapid.Bool().Draw(t, "stays")},
		})
	})
}

// youngest shows what a viewer knows of Amira as a young person.
func youngest(s *Seen) (list []string) {
	for _, y := range s.Young {
		if !y.Birth.IsZero() {
			list = append(list, y.Birth.Format(time.DateOnly))
		}
		if y.Judged {
			list = append(list, "able "+map[bool]string{true: "yes", false: "no"}[y.Able]+": "+y.Reason.Text())
		}
		for _, p := range y.Parents {
			list = append(list, labelOf(p.Parent)+": "+p.Source.Text()+map[bool]string{true: " stays"}[p.Stays])
		}
	}
	return list
}

func born(label string, years, days int) step {
	return did(amira, label, TellBirth{amira, day0.AddDate(-years, 0, days)})
}

var (
	day0 = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // the day of the tables
	gave = did(noor, "gave", TellAuthority{amira, samira, Say("the register")})
)

var birthRules = []line{
	rule("a vrager says when she was born: she and the professional know it", given(), when(amira, TellBirth{amira, day0.AddDate(-14, 0, 0)}),
		then(&BirthTold{Partner: amira, Day: Say("2012-03-02")}), sees(amira, youngest, "2012-03-02"), sees(noor, youngest, "2012-03-02"),
		sees(samira, youngest), sees(joost, youngest), sees(amira, undo, "now")),
	rule("or the professional does", given(), when(noor, TellBirth{amira, day0.AddDate(-14, 0, 0)}), then(&BirthTold{Partner: amira, Day: Say("2012-03-02")})),
	rule("nobody else", given(), when(samira, TellBirth{amira, day0}), thenRefused("refused.young")),
	rule("of nobody at work", given(), when(noor, TellBirth{joost, day0}), thenRefused("refused.young")),
	rule("not in the future", given(), when(amira, TellBirth{amira, day0.AddDate(0, 0, 3)}), thenRefused("invalid.birth")),
	rule("nor long ago", given(), when(amira, TellBirth{amira, day0.AddDate(-140, 0, 0)}), thenRefused("invalid.birth")),
	rule("of somebody who is here", given(), when(noor, TellBirth{wout, day0}), thenRefused("error.not_found")),
	rule("twice the same changes nothing", given(born("born", 14, 0)), when(amira, TellBirth{amira, day0.AddDate(-14, 0, 0)}), then()),
	rule("it is taken away", given(born("born", 14, 0)), when(amira, TellBirth{Partner: amira}), then(&BirthTold{Partner: amira}), sees(noor, youngest)),
	rule("whether she can judge is said with a reason", given(), when(noor, TellAble{amira, true, Say("she asks it herself")}),
		then(&AbleTold{Partner: amira, Able: true, Told: true, Reason: Say("she asks it herself")}), sees(amira, youngest, "able yes: she asks it herself"), sees(samira, youngest)),
	rule("not without", given(), when(noor, TellAble{Partner: amira}), thenRefused("invalid.reason_needed")),
	rule("not by herself", given(), when(amira, TellAble{amira, true, Say("w")}), thenRefused("refused.young")),
	rule("not of who is not here", given(), when(noor, TellAble{wout, true, Say("w")}), thenRefused("error.not_found")),
	rule("twice the same is nothing", given(did(noor, "able", TellAble{amira, false, Say("w")})), when(noor, TellAble{amira, false, Say("w")}), then()),
}

var authorityRules = []line{
	rule("who has authority is written down with its source", given(), when(noor, gave.wish),
		then(&AuthorityTold{Child: amira, Parent: samira, Source: Say("the register")}), sees(amira, youngest, "samira: the register"), sees(noor, youngest, "samira: the register"), sees(samira, youngest)),
	rule("by a professional", given(), when(samira, gave.wish), thenRefused("refused.young")),
	rule("of two who are here", given(), when(noor, TellAuthority{amira, wout, Say("w")}), thenRefused("error.not_found")),
	rule("not of oneself", given(), when(noor, TellAuthority{amira, amira, Say("w")}), thenRefused("error.not_found")),
	rule("not of a colleague", given(), when(noor, TellAuthority{amira, joost, Say("w")}), thenRefused("refused.young")),
	rule("it is taken away", given(gave), when(noor, TellAuthority{Child: amira, Parent: samira}), then(&AuthorityTold{Child: amira, Parent: samira, Gone: true}), sees(amira, youngest)),
	rule("where there is none nothing is", given(), when(noor, TellAuthority{Child: amira, Parent: samira}), then()),
	rule("twice the same is nothing", given(gave), when(noor, gave.wish), then()),
}

var stayRules = []line{
	rule("a young person lets a parent stay, from three months before", given(born("born", 16, 60), gave), when(amira, LetParentStay{samira, true}),
		then(&ParentStays{Child: amira, Parent: samira, Stays: true}), sees(noor, youngest, "2010-05-01", "samira: the register stays")),
	rule("not earlier", given(born("born", 15, 0), gave), when(amira, LetParentStay{samira, true}), thenRefused("refused.young_early")),
	rule("not without a day of birth", given(gave), when(amira, LetParentStay{samira, true}), thenRefused("refused.young_early")),
	rule("only a parent", given(born("born", 16, 60)), when(amira, LetParentStay{samira, true}), thenRefused("error.not_found")),
	rule("nobody says it for them", given(born("born", 16, 60), gave), when(noor, LetParentStay{samira, true}), thenRefused("error.not_found")),
	rule("twice the same is nothing", given(born("born", 16, 60), gave), when(amira, LetParentStay{samira, false}), then()),
}

func TestBirthRules(t *testing.T)     { play(t, birthRules) }
func TestAuthorityRules(t *testing.T) { play(t, authorityRules) }
func TestStayRules(t *testing.T)      { play(t, stayRules) }

// TestRulesByAge: who decides, on the day before a birthday and on it.
func TestRulesByAge(t *testing.T) {
	leap, plain := time.Date(2012, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(2012, 6, 15, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		birth time.Time
		on    string
		want  AgeRules
	}{
		{plain, "2024-06-14", UnderTwelve}, {plain, "2024-06-15", FromTwelve}, {plain, "2028-06-14", FromTwelve}, {plain, "2028-06-15", FromSixteen},
		{plain, "2030-06-14", FromSixteen}, {plain, "2030-06-15", FromEighteen},
		{leap, "2024-02-28", UnderTwelve}, {leap, "2024-02-29", FromTwelve}, {leap, "2028-02-28", FromTwelve}, {leap, "2028-02-29", FromSixteen},
		{leap, "2030-02-28", FromSixteen}, {leap, "2030-03-01", FromEighteen},
	} {
		for _, clock := range []string{"T00:00:00+02:00", "T23:59:59+02:00"} {
			if got := RulesAt(c.birth, at3339(t, c.on+clock)); got != c.want {
				t.Errorf("born %s, on %s%s: %s, want %s", c.birth.Format(time.DateOnly), c.on, clock, got, c.want)
			}
		}
	}
	for on, want := range map[string]int{"2028-05-14": 0, "2028-05-15": 16, "2028-06-15": 16, "2028-08-14": 16, "2028-08-15": 0, "2024-06-15": 12, "2030-07-01": 18} {
		if got := (SeenYoung{Birth: plain}).Review(at3339(t, on+"T12:00:00Z")); got != want {
			t.Errorf("on %s: %d is looked at, want %d", on, got, want)
		}
	}
	if (SeenYoung{}).Review(now) != 0 {
		t.Error("without a birthday something is looked at")
	}
}

// On the sixteenth birthday a parent's access stops, unless the young person
// lets them stay, and everybody is told. A parent whose own question it is
// keeps their place.
func TestAtSixteenAParentsAccessStops(t *testing.T) {
	child := did(amira, "born", TellBirth{amira, day0.AddDate(-16, 0, 1)}) // sixteen tomorrow
	vragers := []step{did(noor, "wout", InvitePartner{Role: Vrager, Name: Say("Wout")}), did(wout, "wout joins", JoinAlliance{Partner: wout}),
		did(noor, "of wout", TellAuthority{amira, wout, Say("w")})}
	for _, c := range []struct {
		name  string
		given []step
		at    time.Time
		want  int
	}{
		{"the day before", []step{child, gave}, day0.AddDate(0, 0, 1).Add(-time.Second), 0},
		{"on the day", []step{child, gave}, day0.AddDate(0, 0, 1), 1},
		{"years later", []step{child, gave}, day0.AddDate(9, 0, 0), 1},
		{"they may stay", []step{child, gave, did(amira, "stay", LetParentStay{samira, true})}, day0.AddDate(0, 0, 1), 0},
		{"and no longer", []step{child, gave, did(amira, "stay", LetParentStay{samira, true}), did(amira, "no", LetParentStay{samira, false})}, day0.AddDate(0, 0, 1), 1},
		{"no authority", []step{child}, day0.AddDate(0, 0, 1), 0},
		{"authority taken away", []step{child, gave, did(noor, "none", TellAuthority{Child: amira, Parent: samira})}, day0.AddDate(0, 0, 1), 0},
		{"no birthday", []step{gave}, day0.AddDate(0, 0, 1), 0},
		{"a parent whose question it is", append(vragers, child), day0.AddDate(0, 0, 1), 0},
	} {
		w := played(t, given(c.given...), when(noor, PutHold{HoldOther}))
		events := w.Overdue(c.at)
		if len(events) != c.want || w.Barred(personOf(samira), c.at) != (c.want == 1) || w.Barred(personOf(amira), c.at) {
			t.Errorf("%s: %d access stops, want %d", c.name, len(events), c.want)
			continue
		}
		if c.want == 0 {
			continue
		}
		for _, f := range w.Facts("", Command{ID: id("sweep"), Arrived: c.at}, events) {
			if err := w.Apply(f); err != nil {
				t.Fatal(err)
			}
		}
		seesNothing(samira).test(t, w)
		for _, viewer := range []PartnerID{amira, noor, joost} {
			seen, err := w.See(personOf(viewer))
			if err != nil {
				t.Fatal(err)
			}
			last := seen.Comings[len(seen.Comings)-1]
			if last.Kind != RightLeft || len(last.Who) != 1 || last.Who[0] != samira || last.By != samira {
				t.Errorf("%s: %s is told %+v", c.name, labelOf(viewer), last)
			}
		}
		if len(w.Overdue(c.at)) != 0 {
			t.Errorf("%s: it stops twice", c.name)
		}
	}
}

// youngChapter is the plain rule: what is known of a young person is for them
// and for the professionals.
type youngChapter struct {
	words map[string]Words // by what it is of whom
	roles map[PartnerID]Role
}

func (c *youngChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *PartnerJoined:
		c.roles[e.Partner] = e.Role
	case *BirthTold:
		c.words["young "+string(e.Partner)+" birth"] = e.Day
	case *AbleTold:
		c.words["young "+string(e.Partner)+" able"] = e.Reason
	case *AuthorityTold:
		c.words["young "+string(e.Child)+" under "+string(e.Parent)] = e.Source
	}
}

func (c *youngChapter) sees(of string, viewer PartnerID) bool {
	mine := "young " + string(viewer) + " "
	return !c.words[of].Empty() && (c.roles[viewer] == Professional || len(of) > len(mine) && of[:len(mine)] == mine)
}

func (c *youngChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for of := range c.words {
		if c.sees(of, viewer) {
			list = append(list, of)
		}
	}
	return list
}

func (c *youngChapter) isSeen(seen *Seen) (list []string) {
	for _, y := range seen.Young {
		of := "young " + string(y.Partner) + " "
		if !y.Birth.IsZero() {
			list = append(list, of+"birth")
		}
		if y.Judged {
			list = append(list, of+"able")
		}
		for _, p := range y.Parents {
			list = append(list, of+"under "+string(p.Parent))
		}
	}
	return list
}

func (c *youngChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for of, words := range c.words {
		if c.sees(of, viewer) {
			may[words] = true
		}
	}
}

func (c *youngChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *BirthTold:
		return "young " + string(e.Partner) + " birth", true
	case *AbleTold:
		return "young " + string(e.Partner) + " able", true
	case *AuthorityTold:
		return "young " + string(e.Child) + " under " + string(e.Parent), true
	case *ParentStays:
		return "young " + string(e.Child) + " under " + string(e.Parent), true
	case *AuthorityEnded:
		return "", true
	}
	return "", false
}

func (c *youngChapter) purged(e Event, _ PartnerID) Event { return e }
