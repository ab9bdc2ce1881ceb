package samenspel_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	. "samenspel"
)

// spoiled is the short transcript with one thing in it that cannot be.
func spoiled(name string, change func(*LayTranscript)) line {
	return rule("not with "+name, allSaid(), when(noor, lays(change)), thenRefused("invalid.transcript"))
}

var layingTranscriptRules = []line{
	rule("not before all said yes", talkBegan(asksTo, did(amira, "amira says", says(true))), when(noor, lays()), thenRefused("refused.transcript_not_all")),
	rule("not when one said rather not", talkBegan(asksTo, did(amira, "amira says", says(true)), did(samira, "no", says(false))),
		when(noor, lays()), thenRefused("refused.transcript_not_all")),
	rule("not twice", laidBefore(), when(noor, lays()), thenRefused("refused.transcript_laid")),
	rule("not by somebody outside it", allSaid(), when(joost, lays()), thenRefused("error.not_found")),
	rule("not when it was never asked", talkBegan(), when(noor, lays()), thenRefused("error.not_found")),
	rule("nor after the end", allSaid(did(noor, "end", EndAlliance{})), when(noor, lays()), thenRefused("refused.ended")),
	spoiled("no lines", func(w *LayTranscript) { w.Lines = nil }),
	spoiled("an empty line", func(w *LayTranscript) { w.Lines[1].Text = Words{} }),
	spoiled("a line that is too long", func(w *LayTranscript) { w.Lines[1].Text = Say(strings.Repeat("é", MaxLineText+1)) }),
	spoiled("a voice that is not there", func(w *LayTranscript) { w.Lines[1].Speaker = 3 }),
	spoiled("a turn that runs backwards", func(w *LayTranscript) { w.Lines[2].Turn = 1 }),
	spoiled("a time that runs backwards", func(w *LayTranscript) { w.Lines[0].End = 1 }),
	spoiled("a time before the beginning", func(w *LayTranscript) { w.Lines[0].Start = -1 }),
	spoiled("a code of another field", func(w *LayTranscript) { w.Lines[0].Codes[0].Code = "open" }),
	spoiled("words for a code", func(w *LayTranscript) { w.Lines[0].Codes[0].Code = "she lies" }),
	spoiled("somebody more than sure", func(w *LayTranscript) { w.Lines[0].Codes[0] = LineCode{"need", 1.01} }),
	spoiled("somebody sure of no number", func(w *LayTranscript) { w.Lines[0].Codes[0] = LineCode{"need", math.NaN()} }),
	spoiled("another reader", func(w *LayTranscript) { w.Lines[0].By = "oracle" }),
	spoiled("no version", func(w *LayTranscript) { w.Engine = "" }),
	spoiled("a voice of a partner outside it", func(w *LayTranscript) { w.Speakers[0].Partner = joost }),
	spoiled("a voice of nobody", func(w *LayTranscript) { w.Speakers[2].Role = "" }),
	spoiled("a voice of two", func(w *LayTranscript) { w.Speakers[0].Role = Professional }),
	spoiled("a label that is too long", func(w *LayTranscript) { w.Speakers[0].Label = Say(strings.Repeat("x", MaxName+1)) }),
	rule("not with too many lines", allSaid(), when(noor, lays(func(w *LayTranscript) { w.Lines = slices.Repeat(w.Lines[:1], MaxLines+1) })),
		thenRefused("invalid.transcript_long")),
	rule("nor with too much in them", allSaid(),
		when(noor, lays(func(w *LayTranscript) {
			w.Lines[0].Text = Say(strings.Repeat("x", MaxLineText))
			w.Lines = slices.Repeat(w.Lines[:1], 501)
		})), thenRefused("invalid.transcript_long")),
}

func corrects(n int, f LineField, code string) CorrectLine {
	return CorrectLine{Transcript: transcript("asks"), Line: n, Field: f, Code: code}
}

func corrected(by PartnerID, n int, f LineField, code string) *LineCorrected {
	return &LineCorrected{Transcript: transcript("asks"), Line: n, By: by, Field: f, Code: Say(code)}
}

var correctingRules = []line{
	rule("the code of the lens and what each says stand side by side, for all",
		laidBefore(did(noor, "noors", corrects(2, "layer", "commitment"))), when(amira, corrects(2, "layer", "meaning")),
		then(corrected(amira, 2, "layer", "meaning")),
		sees(samira, readLines, theLines[0], theLines[1]+" noor:layer=commitment amira:layer=meaning", theLines[2]),
		sees(noor, readLines, theLines[0], theLines[1]+" noor:layer=commitment amira:layer=meaning", theLines[2])),
	rule("the latest of each counts",
		laidBefore(did(amira, "first", corrects(2, "layer", "commitment"))), when(amira, corrects(2, "layer", "meaning")),
		then(corrected(amira, 2, "layer", "meaning")),
		sees(noor, readLines, theLines[0], theLines[1]+" amira:layer=meaning", theLines[2])),
	rule("and is taken back", laidBefore(did(amira, "first", corrects(2, "layer", "commitment"))), when(amira, corrects(2, "layer", "")),
		then(corrected(amira, 2, "layer", "")), sees(noor, readLines, theLines...)),
	rule("nothing taken back is nothing", laidBefore(), when(amira, corrects(2, "layer", "")), then()),
	rule("a code of another field is none", laidBefore(), when(amira, corrects(2, "layer", "open")), thenRefused("invalid.line_code")),
	rule("nor are words", laidBefore(), when(amira, corrects(2, "layer", "she lies")), thenRefused("invalid.line_code")),
	rule("nor is a field that is none", laidBefore(), when(amira, corrects(2, "mood", "")), thenRefused("invalid.line_code")),
	rule("a line that is not there", laidBefore(), when(amira, corrects(4, "layer", "need")), thenRefused("error.not_found")),
	rule("a line before the first", laidBefore(), when(amira, corrects(0, "layer", "need")), thenRefused("error.not_found")),
	rule("not by somebody outside it", laidBefore(), when(joost, corrects(2, "layer", "need")), thenRefused("error.not_found")),
	rule("not when nothing was laid", allSaid(), when(amira, corrects(1, "layer", "need")), thenRefused("error.not_found")),
	rule("not when it is gone", laidBefore(did(amira, "no", says(false))), when(noor, corrects(2, "layer", "need")), thenRefused("error.not_found")),
}

func strikes(n int) StrikeLine { return StrikeLine{transcript("asks"), n} }

var strikingRules = []line{
	rule("one's own words go, with what was said of them",
		laidBefore(did(noor, "noors", corrects(2, "layer", "commitment"))), when(amira, strikes(2)),
		then(&LineStruck{Transcript: transcript("asks"), Line: 2}),
		sees(noor, readLines, theLines[0], "2 amira: (struck)", theLines[2]), sees(amira, readLines, theLines[0], "2 amira: (struck)", theLines[2])),
	rule("nobody strikes another's", laidBefore(), when(noor, strikes(2)), thenRefused("refused.line_not_yours")),
	rule("nor those of somebody who is no partner", laidBefore(), when(noor, strikes(3)), thenRefused("refused.line_not_yours")),
	rule("what is struck is not struck again", laidBefore(did(amira, "gone", strikes(2))), when(amira, strikes(2)), thenRefused("refused.line_struck")),
	rule("nor corrected", laidBefore(did(amira, "gone", strikes(2))), when(noor, corrects(2, "layer", "need")), thenRefused("refused.line_struck")),
	rule("after the end one's own words can still be struck", laidBefore(did(noor, "end", EndAlliance{})), when(amira, strikes(2)),
		then(&LineStruck{Transcript: transcript("asks"), Line: 2}), sees(noor, readLines, theLines[0], "2 amira: (struck)", theLines[2])),
	rule("who spoke is corrected, and a struck line stays struck",
		laidBefore(did(amira, "gone", strikes(2))), when(noor, NameSpeaker{transcript("asks"), 1, samira, ""}),
		then(&SpeakerNamed{Transcript: transcript("asks"), Speaker: 1, Partner: samira}),
		sees(noor, readLines, theLines[0], "2 samira: (struck)", theLines[2])),
}

var speakerRules = []line{
	rule("anybody in the dialogue says who spoke",
		laidBefore(), when(samira, NameSpeaker{transcript("asks"), 2, samira, ""}),
		then(&SpeakerNamed{Transcript: transcript("asks"), Speaker: 2, Partner: samira}),
		sees(noor, voices, "SPK 0 noor", "SPK 1 amira", "SPK 2 samira"),
		sees(noor, readLines, theLines[0], theLines[1], "3 samira: she means lonely")),
	rule("or that it was somebody else", laidBefore(), when(noor, NameSpeaker{transcript("asks"), 1, "", BonusPartner}),
		then(&SpeakerNamed{Transcript: transcript("asks"), Speaker: 1, Role: BonusPartner}), sees(noor, voices, "SPK 0 noor", "SPK 1 bonus", "SPK 2 bonus")),
	rule("as it stands changes nothing", laidBefore(), when(noor, NameSpeaker{transcript("asks"), 1, amira, ""}), then()),
	rule("nobody from outside", laidBefore(), when(noor, NameSpeaker{transcript("asks"), 1, joost, ""}), thenRefused("invalid.speaker")),
	rule("a voice that is not there", laidBefore(), when(noor, NameSpeaker{transcript("asks"), 3, amira, ""}), thenRefused("error.not_found")),
	rule("somebody says that it is right", laidBefore(), when(amira, ConfirmSpeakers{transcript("asks")}),
		then(&SpeakersConfirmed{Transcript: transcript("asks"), By: amira}),
		sees(noor, voices, "SPK 0 noor", "SPK 1 amira", "SPK 2 bonus", "right by amira")),
	rule("once is enough", laidBefore(did(amira, "right", ConfirmSpeakers{transcript("asks")})), when(noor, ConfirmSpeakers{transcript("asks")}), then()),
	rule("after a change it has to be said again",
		laidBefore(did(amira, "right", ConfirmSpeakers{transcript("asks")})), when(noor, NameSpeaker{transcript("asks"), 2, samira, ""}),
		then(&SpeakerNamed{Transcript: transcript("asks"), Speaker: 2, Partner: samira}),
		sees(noor, voices, "SPK 0 noor", "SPK 1 amira", "SPK 2 samira")),
	rule("nobody outside says who spoke", laidBefore(), when(joost, ConfirmSpeakers{transcript("asks")}), thenRefused("error.not_found")),
}

var transcriptUndoRules = []line{
	rule("a first answer is taken back to none", talkBegan(asksTo, did(amira, "amira says", says(true))), when(amira, undone("amira says")),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira}), sees(amira, whetherRead, `asks by noor, yours "", all false, until 2026-04-02`)),
	rule("what others answer does not show in it", talkBegan(asksTo, did(amira, "amira says", says(true)), did(samira, "no", says(false))),
		when(amira, undone("amira says")), then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira})),
	rule("a correction is taken back to the one before",
		laidBefore(did(amira, "first", corrects(2, "layer", "commitment")), did(amira, "second", corrects(2, "layer", "none"))), when(amira, undone("second")),
		then(corrected(amira, 2, "layer", "commitment")), sees(noor, readLines, theLines[0], theLines[1]+" amira:layer=commitment", theLines[2])),
	rule("struck words come back with what was said of them",
		laidBefore(did(noor, "noors", corrects(2, "layer", "meaning")), did(amira, "gone", strikes(2))), when(amira, undone("gone")),
		then(&LineStruck{Transcript: transcript("asks"), Line: 2, Back: true}), sees(noor, readLines, theLines[0], theLines[1]+" noor:layer=meaning", theLines[2])),
	rule("who spoke is taken back, with who had said that it is right",
		laidBefore(did(amira, "right", ConfirmSpeakers{transcript("asks")}), did(noor, "voice", NameSpeaker{transcript("asks"), 2, samira, ""})), when(noor, undone("voice")),
		then(&SpeakerNamed{Transcript: transcript("asks"), Speaker: 2, Role: BonusPartner, Right: amira}),
		sees(noor, voices, "SPK 0 noor", "SPK 1 amira", "SPK 2 bonus", "right by amira")),
	rule("laying is not undone: somebody takes back their yes", laidBefore(), when(amira, undone("lays")), thenRefused("refused.undo_gone"), sees(amira, undo, "")),
	rule("nor is asking", talkBegan(asksTo), when(noor, undone("asks")), thenRefused("refused.undo_gone")),
	rule("in what is gone nothing is undone",
		laidBefore(did(samira, "noors", corrects(2, "layer", "meaning")), did(amira, "no", says(false)),
			did(noor, "again", AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth})),
		when(samira, undone("noors")), thenRefused("refused.undo_gone"), sees(samira, undo, ""), sees(amira, undo, "")),
}

func TestLayingTranscriptRules(t *testing.T) { play(t, layingTranscriptRules) }
func TestCorrectingRules(t *testing.T)       { play(t, correctingRules) }
func TestStrikingRules(t *testing.T)         { play(t, strikingRules) }
func TestSpeakerRules(t *testing.T)          { play(t, speakerRules) }
func TestTranscriptUndoRules(t *testing.T)   { play(t, transcriptUndoRules) }

// Everybody in the dialogue sees what was laid, the same, to the last code.
func TestWhatWasLaidIsSeenByAll(t *testing.T) {
	w := played(t, allSaid(), when(amira, lays()))
	for _, viewer := range []PartnerID{noor, amira, samira} {
		seen, err := w.See(personOf(viewer))
		if err != nil {
			t.Fatal(err)
		}
		tr := seen.Transcript(lookedOn("talk"))
		if tr == nil || !tr.Laid || tr.LaidBy != amira || tr.Engine != "lens 1" || len(tr.Lines) != 3 {
			t.Fatalf("%s sees %+v", labelOf(viewer), tr)
		}
		want := lays()
		for i, l := range want.Lines {
			got := tr.Lines[i]
			if got.Text != l.Text || got.Codes != l.Codes || got.Start != l.Start || got.End != l.End || got.Turn != l.Turn || got.N != i+1 {
				t.Errorf("%s: line %d is %+v", labelOf(viewer), i+1, got)
			}
			if seen.MayStrike(got) != (got.Partner == viewer) || got.Quotable() != (got.Partner != "") {
				t.Errorf("%s: what may be done with line %d", labelOf(viewer), i+1)
			}
		}
		if tr.Lines[0].By != ByLens || tr.Lines[2].By != BySuggester || tr.Lines[1].Codes.Of("emotion").Sure != 0.7 {
			t.Errorf("%s: who gave the codes", labelOf(viewer))
		}
	}
	if seen, _ := w.See(personOf(joost)); len(seen.Transcripts) != 0 {
		t.Error("somebody outside sees it")
	}
}

// What somebody saw stays as it was, whatever is done to it later.
func TestALookIsNotChangedByWhatFollows(t *testing.T) {
	w := played(t, laidBefore(), when(noor, corrects(1, "layer", "need")))
	before, _ := w.See(personOf(noor))
	lines := readLines(before)
	for label, wish := range map[string]Wish{"a": corrects(1, "layer", "meaning"), "b": strikes(1), "c": NameSpeaker{transcript("asks"), 1, samira, ""}} {
		if _, err := w.do(personOf(noor), Command{ID: id(label), Arrived: now, Wish: wish}); err != nil && !errors.Is(err, &Refusal{Class: Refused, Key: "refused.line_struck"}) {
			t.Fatal(label, err)
		}
	}
	if !slices.Equal(lines, readLines(before)) {
		t.Errorf("they saw %q and now %q", lines, readLines(before))
	}
}

// The longest transcript that is taken goes into the log in pieces, each of
// which the log can write, and comes out whole.
func TestALongTranscriptGoesInPieces(t *testing.T) {
	long := lays(func(w *LayTranscript) {
		w.Lines = slices.Repeat(w.Lines[1:2], MaxLines)
		for i := range w.Lines {
			w.Lines[i].Text = Say(strings.Repeat("<\"", 50) + strings.Repeat("é", i%100))
		}
	})
	w := played(t, allSaid(), when(noor, long))
	laid := 0
	for _, f := range w.facts {
		if e, ok := f.Event.(*LinesLaid); ok {
			laid++
			if len(e.Lines.Text()) > 256<<10 {
				t.Errorf("a piece of %d bytes", len(e.Lines.Text()))
			}
		}
	}
	seen, _ := w.See(personOf(amira))
	got := seen.Transcripts[0].Lines
	if laid < 2 || len(got) != MaxLines || got[MaxLines-1].Text != long.Lines[MaxLines-1].Text {
		t.Errorf("%d pieces, %d lines", laid, len(got))
	}
}

// overdue is what an alliance says has to go.
func overdue(w *world, at time.Time) []Event { return w.Overdue(at) }

func TestWhatIsOverdue(t *testing.T) {
	gone := func(why TranscriptEnd) []Event {
		return []Event{&TranscriptGone{Transcript: transcript("asks"), Why: why}}
	}
	for _, c := range []struct {
		name string
		w    *world
		at   time.Time
		want []Event
	}{
		{"nothing while all want it", played(t, laidBefore(), when(noor, corrects(1, "layer", "need"))), inAMonth.Add(-1), nil},
		{"at its date", played(t, laidBefore(), when(noor, corrects(1, "layer", "need"))), inAMonth, gone(DateCame)},
		{"at the earliest date", played(t, laidBefore(), when(amira, saysUntil(now.Add(time.Hour)))), now.Add(time.Hour), gone(DateCame)},
		{"an asking that nobody answered", played(t, talkBegan(), did(noor, "asks", asksTo.wish)), inAMonth, gone(DateCame)},
		{"a yes taken back", played(t, laidBefore(), when(amira, says(false))), now, gone(NotAllWant)},
		{"somebody left", played(t, laidBefore(), when(samira, LeaveAlliance{samira})), now, gone(NotAllWant)},
		{"a no to an asking leaves it", played(t, talkBegan(asksTo), when(samira, says(false))), now, nil},
		{"an asking taken back", played(t, talkBegan(asksTo), when(noor, says(false))), now, gone(NotAllWant)},
	} {
		got := overdue(c.w, c.at)
		if !slices.EqualFunc(got, c.want, func(x, y Event) bool { return *x.(*TranscriptGone) == *y.(*TranscriptGone) }) {
			t.Errorf("%s: %v", c.name, got)
		}
		for _, f := range c.w.Facts("", Command{ID: id("sweep"), Arrived: c.at}, got) {
			if err := c.w.Apply(f); err != nil {
				t.Fatal(err)
			}
		}
		if again := overdue(c.w, c.at); len(got) > 0 && len(again) > 0 {
			t.Errorf("%s: overdue again: %v", c.name, again)
		}
	}
}

// After its date nobody sees it, whether or not anything was written down.
func TestNobodySeesItAfterItsDate(t *testing.T) {
	w := played(t, laidBefore(), when(amira, saysUntil(now.Add(time.Hour))))
	for _, c := range []struct {
		at   time.Time
		want int
	}{{now.Add(time.Hour - 1), 1}, {now.Add(time.Hour), 0}} {
		seen, err := w.See(personOf(noor))
		if err != nil {
			t.Fatal(err)
		}
		if seen.LeaveOut(c.at); len(seen.Transcripts) != c.want {
			t.Errorf("at %v: %d transcripts", c.at, len(seen.Transcripts))
		}
		_, err = w.Decide(personOf(noor), Command{ID: id("late"), Arrived: c.at, Wish: corrects(1, "layer", "need")})
		if (err == nil) != (c.want == 1) {
			t.Errorf("a correction at %v: %v", c.at, err)
		}
	}
}

// Whoever said yes to what went knows that it did, and no more; an asking that
// went was nothing yet.
func TestWhoKnewOfItKnowsThatItWent(t *testing.T) {
	for _, c := range []struct {
		name string
		w    *world
		want map[PartnerID]int
	}{
		{"while it is there", played(t, laidBefore(), when(noor, corrects(1, "layer", "need"))), map[PartnerID]int{}},
		{"after a yes was taken back", played(t, laidBefore(), when(amira, says(false))), map[PartnerID]int{noor: 1, amira: 1, samira: 1}},
		{"an asking alone", played(t, talkBegan(asksTo), when(noor, says(false))), map[PartnerID]int{}},
	} {
		for _, f := range c.w.Facts("", Command{ID: id("sweep"), Arrived: now}, overdue(c.w, now)) {
			if err := c.w.Apply(f); err != nil {
				t.Fatal(err)
			}
		}
		for _, viewer := range []PartnerID{noor, amira, samira, joost} {
			seen, err := c.w.See(personOf(viewer))
			if err != nil {
				t.Fatal(err)
			}
			if len(seen.ReadBefore) != c.want[viewer] {
				t.Errorf("%s: %s knows of %v", c.name, labelOf(viewer), seen.ReadBefore)
			}
		}
	}
}
