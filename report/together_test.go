package report_test

import (
	"html/template"
	"strings"
	"testing"

	"samenspel"
	"samenspel/report"
)

// together plays what Amira did with the others: an agreement that she said
// yes to and one that she did not, a dialogue with what came of it, frictions,
// and who is around her.
func (w *table) together(prof, vrager, sister samenspel.PartnerID, first samenspel.StatementID) {
	w.Helper()
	all := []samenspel.PartnerID{vrager, prof, sister}
	yes := samenspel.AgreementID(w.do(noor, samenspel.ProposeAgreement{
		Words: say("we ring the landlord"), Doer: prof, With: all, When: samenspel.When{Day: "2026-12-01", Time: "09:30"}}))
	w.do(amira, samenspel.AnswerAgreement{Agreement: yes, Help: say("sit with me when it rings"), Option: say("or I write a letter"),
		Answer: samenspel.AgreementAnswer{Want: samenspel.WantYes, Can: samenspel.AbleWithHelp}})
	w.do(samira, samenspel.AnswerAgreement{Agreement: yes, Help: say("help that Samira asked"), Option: say("an option of Samira"),
		Answer: samenspel.AgreementAnswer{Want: samenspel.WantNotNow}})
	no := samenspel.AgreementID(w.do(noor, samenspel.ProposeAgreement{Words: say("something Amira said no to"), Doer: vrager, With: all}))
	w.do(amira, samenspel.AnswerAgreement{Agreement: no, Answer: samenspel.AgreementAnswer{Want: samenspel.WantNotNow}})
	w.do(noor, samenspel.ProposeAgreement{Words: say("between Noor and Samira"), Doer: prof, With: []samenspel.PartnerID{prof, sister}})

	talk := samenspel.DialogueID(w.do(noor, samenspel.PlanDialogue{
		With: all, Where: say("at the home of Samira"), Support: say("an interpreter of Dari"), Minutes: 45, At: now}))
	w.do(amira, samenspel.PutTopic{Dialogue: talk, Words: say("about the letters")})
	w.do(amira, samenspel.PutTopic{Dialogue: talk, Words: say("a topic of mine alone"), Alone: true})
	w.do(samira, samenspel.PutTopic{Dialogue: talk, Words: say("a topic of Samira")})
	w.do(noor, samenspel.BeginDialogue{Dialogue: talk})
	w.do(amira, samenspel.LayWords{Dialogue: talk, Statement: first})
	w.do(samira, samenspel.AnswerMirror{Dialogue: talk, Line: say("a line of Samira")})
	w.do(amira, samenspel.AnswerMirror{Dialogue: talk, Line: say("I could say it"), Answers: [5]samenspel.MirrorWord{samenspel.MirrorYes, "", samenspel.MirrorRatherNot}})
	w.do(amira, samenspel.EnterScale{Dialogue: talk, Name: say("list of sleep"), Answers: say("mostly in the middle")})
	w.do(amira, samenspel.EnterScale{Dialogue: talk, Name: say("list for me"), Answers: say("kept to myself"), Alone: true})
	w.do(noor, samenspel.TellChange{Dialogue: talk, Words: say("Noor now rings first"), Because: first})
	w.do(amira, samenspel.TellChange{Dialogue: talk, Words: say("I open letters on Monday"), Because: first})
	w.do(noor, samenspel.TellChange{Dialogue: talk, Words: say("a change of Noor alone")})

	w.do(amira, samenspel.SignalFriction{To: []samenspel.PartnerID{sister}, Words: say("told to Samira only")})
	told := samenspel.FrictionID(w.do(amira, samenspel.SignalFriction{Everybody: true, Words: say("it went too fast"), Ground: first}))
	w.do(amira, samenspel.OfferRepair{Friction: told, Words: say("I ask for a break")})
	w.do(noor, samenspel.OfferRepair{Friction: told, Words: say("Noor goes slower")})
	theirs := samenspel.FrictionID(w.do(samira, samenspel.SignalFriction{Everybody: true, Words: say("a friction of Samira")}))
	w.do(amira, samenspel.OfferRepair{Friction: theirs, Words: say("I listen to my sister")})

	aunt := samenspel.NearID(w.do(amira, samenspel.PutNear{Name: say("aunt Leila"), As: say("bakes bread"), Ring: 1, Tie: samenspel.StrongTie}))
	near := samenspel.NearID(w.do(amira, samenspel.PutNear{Name: say("neighbour Jan"), Ring: 2}))
	w.do(amira, samenspel.TieNear{From: aunt, To: near, As: samenspel.StrainedTie})
}

// What of it goes along in both stories, what only in the story for herself,
// and what in neither.
var (
	alsoGiven = []string{"we ring the landlord", "sit with me when it rings", "or I write a letter", "about the letters", "I could say it",
		"list of sleep", "mostly in the middle", "I open letters on Monday", "it went too fast", "I ask for a break"}
	onlyMine = []string{"help that Samira asked", "an option of Samira", "something Amira said no to", "at the home of Samira", "an interpreter of Dari",
		"a topic of mine alone", "kept to myself", "Noor now rings first", "told to Samira only", "Noor goes slower", "I listen to my sister",
		"aunt Leila", "bakes bread", "neighbour Jan"}
	notMine = []string{"between Noor and Samira", "a topic of Samira", "a line of Samira", "a change of Noor alone", "a friction of Samira"}
)

// badRest are packages in which something is wrong of what stays in the file:
// it is read all the same.
func badRest(t testing.TB) map[string]refusal {
	t.Helper()
	wrong := map[string][2]string{
		"an unknown standing":             {`"standing": "resting"`, `"standing": "broken"`},
		"a standing of something else":    {`"standing": "on"`, `"standing": "agreed"`},
		"no day":                          {`"day": "2026-12-01"`, `"day": "2026-13-01"`},
		"a time in another form":          {`"time": "09:30"`, `"time": "9.30"`},
		"an unknown answer":               {`"want": "yes"`, `"want": "no"`},
		"an unknown way to be able":       {`"can": "with_help"`, `"can": "never"`},
		"no words for help":               {`"words": "sit with me when it rings"`, `"words": ""`},
		"a field that is not there":       {`"want": "yes"`, `"want": "yes", "mark": "7"`},
		"a dialogue of a year":            {`"minutes": 45`, `"minutes": 500000`},
		"half a minute":                   {`"minutes": 45`, `"minutes": 45.5`},
		"a dialogue nobody knows":         {`"dialogue": "d1"`, `"dialogue": "d7"`},
		"words on the table from nowhere": {"\"laid\": [\n    \"s1\"", "\"laid\": [\n    \"s99\""},
		"an unknown word of the mirror":   {`"heard": "yes"`, `"heard": "8"`},
		"an unknown question":             {`"heard": "yes"`, `"total": "yes"`},
		"a change from nowhere":           {`"because": "s1"`, `"because": "s99"`},
		"a friction twice":                {`"id": "f2"`, `"id": "f1"`},
		"a ground from nowhere":           {`"ground": "s1"`, `"ground": "d1"`},
		"a ring too far":                  {`"ring": 2`, `"ring": 4`},
		"an unknown tie":                  {`"as": "strained"`, `"as": "broken"`},
		"a tie with nobody":               {`"other": "n2"`, `"other": "n9"`},
		"somebody twice":                  {`"id": "n2"`, `"id": "n1"`},
		"somebody with no name":           {`"name": "aunt Leila"`, `"name": ""`},
		"an empty note":                   {`"words": "a note of mine"`, `"words": ""`},
	}
	all := map[string]refusal{}
	for name, c := range wrong {
		all[name] = refusal{zipOf(t, restory(t, replace(c[0], c[1]))), "data"}
	}
	all["a topic too long"] = refusal{zipOf(t, restory(t, replace("about the letters", strings.Repeat("w", samenspel.MaxTopic+1)))), "words"}
	all["a name with a control character"] = refusal{zipOf(t, restory(t, replace("neighbour Jan", `\u0007`))), "words"}
	return all
}

// A long story is printed in parts: each thing stands in one of them, once,
// and none of the parts is too long.
func TestALongStoryComesInParts(t *testing.T) {
	w := told(t)
	for range 900 {
		w.do(amira, samenspel.WordStatement{Words: say("one of many"), Layer: samenspel.Need})
	}
	for range 30 {
		w.do(amira, samenspel.WriteNote{Words: say("a note of many")})
	}
	c := choice(w.see(amira), true, "en")
	all, most := "", 0
	first := part(t, c, 1)
	if first.Of < 3 {
		t.Fatalf("a long story is in %d parts", first.Of)
	}
	for n := 1; n <= first.Of; n++ {
		p := part(t, c, n)
		if p.N != n || p.Of != first.Of {
			t.Errorf("part %d is %d of %d", n, p.N, p.Of)
		}
		all, most = all+string(p.Body), max(most, strings.Count(string(p.Body), "<article"))
	}
	for words, times := range map[string]int{
		"one of many<": 900, "a note of many<": 30, `id="part-picture"`: 1, `class="lead"`: 1,
		">only for me<": 1, "Only Amira &lt;b&gt; read these notes": 1, `<b dir="auto">aunt Leila<`: 1, "told to Samira only": 1,
	} {
		if got := strings.Count(all, words); got != times {
			t.Errorf("%s stands there %d times, want %d", words, got, times)
		}
	}
	if most > 400 {
		t.Errorf("%d things in one part", most)
	}
	for n, want := range map[int]int{-3: 1, 0: 1, first.Of + 9: first.Of} {
		if got := part(t, c, n); got.N != want {
			t.Errorf("part %d is %d, want %d", n, got.N, want)
		}
	}
	if short := part(t, choice(told(t).see(amira), true, "en"), 1); short.Of != 1 {
		t.Errorf("a short story is in %d parts", short.Of)
	}
}

func part(t *testing.T, c report.Choice, n int) *report.Part {
	t.Helper()
	p, err := report.Document(c, n)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What somebody said no to, and where nothing is agreed because another said
// no, is not told by one of them to a third: it is open.
func TestAStoryToGiveDoesNotTellWhoSaidNo(t *testing.T) {
	w := told(t)
	w.do(noor, samenspel.AnswerAgreement{Agreement: w.see(noor).Agreements[0].ID, Answer: samenspel.AgreementAnswer{Want: samenspel.WantYes}})
	for whole, standing := range map[bool]string{true: "resting", false: "asked"} {
		files, err := report.Files(choice(w.see(amira), whole, "en"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name == "story.json" && !strings.Contains(string(f.Data), `"standing": "`+standing+`"`) {
				t.Errorf("whole %v: it is not %s", whole, standing)
			}
			if !whole && f.Name == "agreements.html" && strings.Contains(string(f.Data), template.HTMLEscapeString("not now")) {
				t.Error("somebody said: not now")
			}
		}
	}
}
