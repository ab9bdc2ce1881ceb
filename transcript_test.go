package samenspel_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "samenspel"
	"samenspel/lens"
)

func init() {
	tables = append(tables, askingTranscriptRules, answeringTranscriptRules, layingTranscriptRules, endingTranscriptRules,
		correctingRules, strikingRules, speakerRules, transcriptUndoRules)
}

func transcript(label string) TranscriptID { return TranscriptID(id(label)) }

// inAMonth is the end of the day up to which most of these are kept.
var inAMonth = time.Date(2026, 4, 2, 22, 0, 0, 0, time.UTC)

// asksTo asks whether the lens may read the talk.
var asksTo = did(noor, "asks", AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth})

func says(yes bool) AnswerTranscript {
	return AnswerTranscript{Transcript: transcript("asks"), Yes: yes}
}

func saysUntil(until time.Time) AnswerTranscript {
	w := says(true)
	w.Until = until
	return w
}

// allSaid is a talk of Noor, Amira and Samira that all three let be read.
func allSaid(steps ...step) []step {
	return talkBegan(append([]step{asksTo, did(amira, "amira says", says(true)), did(samira, "samira says", says(true))}, steps...)...)
}

// lays is a short transcript: Noor asks, Amira answers, an interpreter helps.
func lays(change ...func(*LayTranscript)) LayTranscript {
	w := LayTranscript{
		Transcript: transcript("asks"), Engine: "lens 1",
		Speakers: []Speaker{{Label: Say("SPK 0"), Partner: noor}, {Label: Say("SPK 1"), Partner: amira}, {Label: Say("SPK 2"), Role: BonusPartner}},
		Lines: []Line{
			{Turn: 1, Speaker: 0, Start: time.Second, End: 2 * time.Second, Text: Say("how was it?"), Codes: coded("question", "open", "act", "explore")},
			{Turn: 2, Speaker: 1, Start: 2 * time.Second, End: 5 * time.Second, Text: Say("hard, and quiet"), Codes: coded("layer", "need", "emotion", "named")},
			{Turn: 3, Speaker: 2, Text: Say("she means lonely"), By: BySuggester},
		},
	}
	for _, c := range change {
		c(&w)
	}
	return w
}

// coded gives codes by field and code, each surer than the one before.
func coded(pairs ...string) (c LineCodes) {
	for i := 0; i < len(pairs); i += 2 {
		for at, f := range LineFields() {
			if string(f) == pairs[i] {
				c[at] = LineCode{Code: pairs[i+1], Sure: 0.5 + float64(i)/10}
			}
		}
	}
	return c
}

// laidBefore is the same talk with its transcript.
func laidBefore(steps ...step) []step {
	return allSaid(append([]step{did(amira, "lays", lays())}, steps...)...)
}

// whetherRead shows what a viewer sees of asking.
func whetherRead(s *Seen) (list []string) {
	for _, t := range s.Transcripts {
		list = append(list, fmt.Sprintf("%s by %s, yours %q, all %v, until %s", labelOf(t.ID), labelOf(t.AskedBy), t.Yours, t.Agreed, t.Until.Format(time.DateOnly)))
	}
	return list
}

// readLines shows the lines of the transcripts.
func readLines(s *Seen) (list []string) {
	for _, t := range s.Transcripts {
		for _, l := range t.Lines {
			var codes []string
			for i, f := range LineFields() {
				if l.Codes[i].Code != "" {
					codes = append(codes, fmt.Sprint(f, "=", l.Codes[i].Code))
				}
			}
			for _, v := range l.Views {
				codes = append(codes, fmt.Sprint(labelOf(v.By), ":", v.Field, "=", v.Code))
			}
			text := l.Text.Text()
			if l.Struck {
				text += "(struck)"
			}
			list = append(list, strings.TrimRight(fmt.Sprintf("%d %s: %s %s", l.N, labelOf(l.Partner), text, strings.Join(codes, " ")), " "))
		}
	}
	return list
}

// voices shows who speaks, and whether somebody said that it is right.
func voices(s *Seen) (list []string) {
	for _, t := range s.Transcripts {
		for _, v := range t.Speakers {
			list = append(list, fmt.Sprint(v.Label.Text(), " ", labelOf(v.Partner), v.Role))
		}
		if t.Confirmed != "" {
			list = append(list, "right by "+labelOf(t.Confirmed))
		}
	}
	return list
}

var theLines = []string{
	"1 noor: how was it? question=open act=explore", "2 amira: hard, and quiet layer=need emotion=named", "3 : she means lonely",
}

var askingTranscriptRules = []line{
	rule("whoever asks says yes, and all in the dialogue see it; nobody else does",
		talkBegan(), when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}),
		then(&TranscriptAsked{Transcript: transcript("now"), Dialogue: lookedOn("talk"), By: noor, Until: inAMonth}),
		sees(noor, whetherRead, `now by noor, yours "yes", all false, until 2026-04-02`),
		sees(amira, whetherRead, `now by noor, yours "", all false, until 2026-04-02`),
		sees(joost, whetherRead), sees(noor, undo, "")),
	rule("after it is over as well", talkBegan(did(noor, "ends", EndDialogue{lookedOn("talk")})),
		when(samira, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}),
		then(&TranscriptAsked{Transcript: transcript("now"), Dialogue: lookedOn("talk"), By: samira, Until: inAMonth})),
	rule("not before it began", given(did(noor, "talk", PlanDialogue{With: []PartnerID{amira}})),
		when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}), thenRefused("refused.not_begun")),
	rule("not by somebody outside it", talkBegan(), when(joost, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}), thenRefused("error.not_found")),
	rule("until the end of tomorrow at least", talkBegan(),
		when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: now.Add(22 * time.Hour)}), thenRefused("invalid.transcript_until")),
	rule("for a year at most", talkBegan(),
		when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: now.Add(368 * 24 * time.Hour)}), thenRefused("invalid.transcript_until")),
	rule("not without a date", talkBegan(), when(noor, AskTranscript{Dialogue: lookedOn("talk")}), thenRefused("invalid.transcript_until")),
	rule("one at a time", talkBegan(asksTo),
		when(amira, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}), thenRefused("refused.transcript_asked")),
	rule("not when somebody left who was in it: they cannot say yes", talkBegan(did(samira, "goes", LeaveAlliance{samira})),
		when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}), thenRefused("refused.transcript_left")),
	rule("a no of before stands when it is asked again: nobody is asked twice",
		talkBegan(asksTo, did(amira, "no", says(false)), did(noor, "not now", says(false))),
		when(samira, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}),
		then(&TranscriptAsked{Transcript: transcript("now"), Dialogue: lookedOn("talk"), By: samira, Until: inAMonth}),
		sees(amira, whetherRead, `now by samira, yours "rather_not", all false, until 2026-04-02`),
		sees(samira, whetherRead, `now by samira, yours "yes", all false, until 2026-04-02`)),
	rule("and again after what was laid is gone",
		laidBefore(did(amira, "no", says(false))), when(noor, AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}),
		then(&TranscriptAsked{Transcript: transcript("now"), Dialogue: lookedOn("talk"), By: noor, Until: inAMonth}),
		sees(samira, whetherRead, `now by noor, yours "", all false, until 2026-04-02`), sees(samira, readLines)),
}

var answeringTranscriptRules = []line{
	rule("each for themselves; what another said is theirs",
		talkBegan(asksTo), when(amira, says(true)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira, Answer: TranscriptYes, Until: inAMonth}),
		sees(amira, whetherRead, `asks by noor, yours "yes", all false, until 2026-04-02`),
		sees(samira, whetherRead, `asks by noor, yours "", all false, until 2026-04-02`)),
	rule("rather not is an ordinary answer, that nobody else sees",
		talkBegan(asksTo), when(amira, says(false)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira, Answer: TranscriptRatherNot}),
		sees(amira, whetherRead, `asks by noor, yours "rather_not", all false, until 2026-04-02`),
		sees(noor, whetherRead, `asks by noor, yours "yes", all false, until 2026-04-02`)),
	rule("and may become a yes", talkBegan(asksTo, did(samira, "samira says", says(true)), did(amira, "no", says(false))), when(amira, says(true)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira, Answer: TranscriptYes, Until: inAMonth}),
		sees(noor, whetherRead, `asks by noor, yours "yes", all true, until 2026-04-02`)),
	rule("the earliest date counts, once all said yes",
		talkBegan(asksTo, did(amira, "earlier", saysUntil(inAMonth.AddDate(0, 0, -7)))), when(samira, saysUntil(inAMonth.AddDate(0, 0, -3))),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: samira, Answer: TranscriptYes, Until: inAMonth.AddDate(0, 0, -3)}),
		sees(noor, whetherRead, `asks by noor, yours "yes", all true, until 2026-03-26`)),
	rule("before that it is for who chose it",
		talkBegan(asksTo), when(amira, saysUntil(inAMonth.AddDate(0, 0, -7))),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira, Answer: TranscriptYes, Until: inAMonth.AddDate(0, 0, -7)}),
		sees(noor, whetherRead, `asks by noor, yours "yes", all false, until 2026-04-02`)),
	rule("no later than it was asked", talkBegan(asksTo), when(amira, saysUntil(inAMonth.Add(time.Hour))), thenRefused("invalid.transcript_until")),
	rule("nor in the past", talkBegan(asksTo), when(amira, saysUntil(now)), thenRefused("invalid.transcript_until")),
	rule("the same again changes nothing", talkBegan(asksTo, did(amira, "amira says", says(true))), when(amira, says(true)), then()),
	rule("nobody outside the dialogue answers", talkBegan(asksTo), when(joost, says(true)), thenRefused("error.not_found")),
	rule("who asked takes it back by their own no", talkBegan(asksTo), when(noor, says(false)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: noor, Answer: TranscriptRatherNot}),
		sees(noor, whetherRead), sees(amira, whetherRead)),
	rule("whoever comes into the dialogue is asked too", allSaid(),
		when(noor, PlanDialogue{Dialogue: lookedOn("talk"), With: []PartnerID{amira, samira, joost}}),
		then(&DialoguePlanned{Dialogue: lookedOn("talk"), By: noor, With: []PartnerID{noor, amira, samira, joost}}),
		sees(joost, whetherRead, `asks by noor, yours "", all false, until 2026-04-02`), sees(noor, whetherRead, `asks by noor, yours "yes", all false, until 2026-04-02`)),
	rule("when somebody leaves before it was laid, nobody can say it for them", allSaid(), when(samira, LeaveAlliance{samira}),
		then(&PartnerLeft{Partner: samira}), sees(noor, whetherRead, `asks by noor, yours "yes", all false, until 2026-04-02`)),
	rule("after the end of the alliance a yes is taken back",
		allSaid(did(noor, "end", EndAlliance{})), when(amira, says(false)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: amira, Answer: TranscriptRatherNot})),
	rule("and none given", talkBegan(asksTo, did(noor, "end", EndAlliance{})), when(amira, says(true)), thenRefused("refused.ended")),
}

var endingTranscriptRules = []line{
	rule("one yes taken back, and it is gone for everybody",
		laidBefore(), when(samira, says(false)),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: samira, Answer: TranscriptRatherNot}),
		sees(noor, whetherRead), sees(noor, readLines), sees(amira, readLines), sees(samira, whetherRead)),
	rule("whoever leaves takes their yes along", laidBefore(), when(samira, LeaveAlliance{samira}),
		then(&PartnerLeft{Partner: samira}), sees(noor, whetherRead), sees(amira, readLines)),
	rule("whoever is taken out of the dialogue as well",
		laidBefore(), when(noor, PlanDialogue{Dialogue: lookedOn("talk"), With: []PartnerID{amira}}),
		then(&DialoguePlanned{Dialogue: lookedOn("talk"), By: noor, With: []PartnerID{noor, amira}}), sees(noor, whetherRead), sees(samira, whetherRead)),
	rule("whoever comes into it never said yes",
		laidBefore(), when(noor, PlanDialogue{Dialogue: lookedOn("talk"), With: []PartnerID{amira, samira, joost}}),
		then(&DialoguePlanned{Dialogue: lookedOn("talk"), By: noor, With: []PartnerID{noor, amira, samira, joost}}), sees(noor, whetherRead), sees(joost, whetherRead)),
	rule("who was never in it leaves it as it is", laidBefore(), when(joost, LeaveAlliance{joost}), then(&PartnerLeft{Partner: joost}), sees(noor, readLines, theLines...)),
	rule("the end of the alliance leaves it to its date and to each of them",
		laidBefore(), when(noor, EndAlliance{}), then(&AllianceEnded{By: noor, At: now}), sees(samira, readLines, theLines...)),
	rule("an earlier date can be chosen when it is there",
		laidBefore(), when(samira, saysUntil(now.Add(time.Hour))),
		then(&TranscriptAnswered{Transcript: transcript("asks"), By: samira, Answer: TranscriptYes, Until: now.Add(time.Hour)}),
		sees(noor, whetherRead, `asks by noor, yours "yes", all true, until 2026-03-02`)),
}

func TestAskingTranscriptRules(t *testing.T)    { play(t, askingTranscriptRules) }
func TestAnsweringTranscriptRules(t *testing.T) { play(t, answeringTranscriptRules) }
func TestEndingTranscriptRules(t *testing.T)    { play(t, endingTranscriptRules) }

// The root may not know the lens, so it has its own table of codes.
func TestLineFieldsAreThoseOfTheLens(t *testing.T) {
	for i, f := range lens.Fields() {
		own := LineFields()[i]
		codes := listOf(f.Codes(), func(c lens.Code) string { return string(c) })
		if string(own) != f.String() || strings.Join(own.Codes(), " ") != strings.Join(codes, " ") {
			t.Errorf("%s %v, in the lens %s %v", own, own.Codes(), f, codes)
		}
	}
	if len(lens.Fields()) != NumLineFields || LineField("mood").Codes() != nil {
		t.Error("a field too many")
	}
	if string(ByLens) != string(lens.ByLens) || string(BySuggester) != string(lens.BySuggester) {
		t.Error("the readers go by other names")
	}
}
