package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

func init() {
	tables = append(tables, answeringMirrorRules, seeingMirrorRules, scaleRules, changeRules)
}

func lookedOn(label string) DialogueID { return DialogueID(id(label)) }

// talkBegan is a dialogue of Noor, Amira and Samira that began.
func talkBegan(steps ...step) []step {
	return given(append([]step{
		did(noor, "talk", PlanDialogue{With: []PartnerID{amira, samira}}),
		did(noor, "begins", BeginDialogue{lookedOn("talk")}),
	}, steps...)...)
}

func tells(words ...MirrorWord) AnswerMirror {
	w := AnswerMirror{Dialogue: lookedOn("talk")}
	copy(w.Answers[:], words)
	return w
}

func alsoAlone(w AnswerMirror) AnswerMirror {
	w.Alone = true
	return w
}

func saying(w AnswerMirror, line string) AnswerMirror {
	w.Line = Say(line)
	return w
}

// mirrored shows what is seen of a dialogue's mirrors: who, the answers and
// the line.
func mirrored(label string) func(*Seen) []string {
	return func(s *Seen) (list []string) {
		for _, m := range s.Answered {
			if m.Dialogue == lookedOn(label) {
				list = append(list, fmt.Sprint(labelOf(m.By), " ", m.Answers, " ", m.Line.Text()))
			}
		}
		return list
	}
}

// facesOn shows who stands on which word of one question.
func facesOn(label string, q MirrorQuestion) func(*Seen) []string {
	return func(s *Seen) (list []string) {
		for _, row := range s.Mirrors(lookedOn(label)) {
			for i, word := range MirrorWords {
				if row.Question == q && len(row.On[i]) > 0 {
					list = append(list, fmt.Sprint(word, " ", listOf(row.On[i], labelOf)))
				}
			}
		}
		return list
	}
}

// ownMirror shows for whom one's own answers are.
func ownMirror(label string) func(*Seen) []string {
	return func(s *Seen) []string {
		m := s.Mirror(lookedOn(label))
		if m == nil {
			return []string{"none"}
		}
		return append([]string{fmt.Sprint("alone ", m.Alone)}, listOf(m.SeenBy, labelOf)...)
	}
}

// mirrorBefore is the dialogue that another one is held beside.
func mirrorBefore(label string) func(*Seen) []string {
	return func(s *Seen) []string {
		if d := s.MirrorBefore(s.Dialogue(lookedOn(label))); d != nil {
			return []string{labelOf(d.ID)}
		}
		return nil
	}
}

var answeringMirrorRules = []line{
	rule("all five at once, for those who are there and ready themselves",
		talkBegan(),
		when(amira, saying(tells(MirrorYes, MirrorSometimes, MirrorNotYet, MirrorRatherNot), "it was good")),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}, Line: Say("it was good"),
			Answers: [5]MirrorWord{MirrorYes, MirrorSometimes, MirrorNotYet, MirrorRatherNot}}),
		sees(amira, mirrored("talk"), "amira [yes sometimes not_yet rather_not ] it was good"),
		sees(amira, ownMirror("talk"), "alone false", "noor", "samira"),
		sees(noor, mirrored("talk")),
		sees(noor, ownMirror("talk"), "none"),
		sees(joost, mirrored("talk")),
		sees(amira, undo, "now")),
	rule("all may stay empty: ready is enough",
		talkBegan(),
		when(amira, tells()),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}})),
	rule("a later answer stands in the place of the earlier",
		talkBegan(did(noor, "ready", tells()), did(amira, "first", tells(MirrorYes))),
		when(amira, tells(MirrorNotYet)),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}, Answers: [5]MirrorWord{MirrorNotYet}}),
		sees(noor, facesOn("talk", MirrorHeard), "not_yet [amira]")),
	rule("the same answer changes nothing",
		talkBegan(did(amira, "first", tells(MirrorYes))), when(amira, tells(MirrorYes)), then()),
	rule("undone, the earlier answer stands",
		talkBegan(did(noor, "ready", tells()), did(amira, "first", saying(tells(MirrorYes), "one")), did(amira, "second", tells())),
		when(amira, Undo{id("second")}),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira},
			Answers: [5]MirrorWord{MirrorYes}, Line: Say("one")}),
		sees(noor, facesOn("talk", MirrorHeard), "yes [amira]")),
	rule("a first answer undone is none",
		talkBegan(did(noor, "ready", tells()), did(amira, "first", tells(MirrorYes))),
		when(amira, Undo{id("first")}),
		then(&MirrorTakenBack{Dialogue: lookedOn("talk"), By: amira}),
		sees(noor, facesOn("talk", MirrorHeard)),
		sees(amira, mirrored("talk"))),
	rule("an answer that there is not", talkBegan(), when(amira, tells("often")), thenRefused("invalid.mirror")),
	rule("who is not in the dialogue finds none", talkBegan(), when(joost, tells(MirrorYes)), thenRefused("error.not_found")),
	rule("a dialogue that does not exist", given(), when(amira, tells(MirrorYes)), thenRefused("error.not_found")),
	rule("it is looked back on once it has begun",
		given(did(noor, "talk", PlanDialogue{With: []PartnerID{amira}})), when(amira, tells()), thenRefused("refused.not_begun")),
	rule("it is looked back on while it is over as well",
		talkBegan(did(noor, "ends", EndDialogue{lookedOn("talk")})),
		when(amira, alsoAlone(tells(MirrorYes))),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, Alone: true, Answers: [5]MirrorWord{MirrorYes}})),
}

var seeingMirrorRules = []line{
	rule("nobody is steered: others' answers come once one is ready",
		talkBegan(did(noor, "noor's", tells(MirrorSometimes)), did(samira, "samira's", saying(tells(MirrorYes), "we laughed"))),
		when(amira, tells(MirrorYes)),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, SeenBy: []PartnerID{noor, samira}, Answers: [5]MirrorWord{MirrorYes}}),
		sees(amira, facesOn("talk", MirrorHeard), "sometimes [noor]", "yes [amira samira]"),
		sees(amira, mirrored("talk"), "noor [sometimes    ] ", "amira [yes    ] ", "samira [yes    ] we laughed")),
	rule("ready with nothing is ready",
		talkBegan(did(noor, "noor's", tells(MirrorSometimes))),
		when(amira, alsoAlone(tells())),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, Alone: true}),
		sees(amira, facesOn("talk", MirrorHeard), "sometimes [noor]"),
		sees(noor, mirrored("talk"), "noor [sometimes    ] ")),
	rule("for me alone: the others do not see that there is an answer",
		talkBegan(did(noor, "noor's", tells())),
		when(amira, alsoAlone(tells(MirrorNotYet))),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, Alone: true, Answers: [5]MirrorWord{MirrorNotYet}}),
		sees(amira, ownMirror("talk"), "alone true"),
		sees(noor, mirrored("talk"), "noor [    ] "),
		sees(noor, facesOn("talk", MirrorHeard))),
	rule("a shared answer may become one's own alone",
		talkBegan(did(noor, "noor's", tells()), did(amira, "shared", tells(MirrorNotYet))),
		when(amira, alsoAlone(tells(MirrorNotYet))),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: amira, Alone: true, Answers: [5]MirrorWord{MirrorNotYet}}),
		sees(noor, mirrored("talk"), "noor [    ] ")),
	rule("who is asked to the dialogue later sees nothing of before",
		talkBegan(did(amira, "amira's", tells(MirrorYes)), did(noor, "with joost", PlanDialogue{Dialogue: lookedOn("talk"), With: []PartnerID{amira, samira, joost}})),
		when(joost, tells()),
		then(&MirrorAnswered{Dialogue: lookedOn("talk"), By: joost, SeenBy: []PartnerID{noor, amira, samira}}),
		sees(joost, mirrored("talk"), "joost [    ] ")),
	rule("who is no longer in the dialogue sees nothing of it",
		talkBegan(did(samira, "samira's", tells(MirrorYes))),
		when(noor, PlanDialogue{Dialogue: lookedOn("talk"), With: []PartnerID{amira}}),
		then(&DialoguePlanned{Dialogue: lookedOn("talk"), By: noor, With: []PartnerID{noor, amira}}),
		sees(samira, mirrored("talk"))),
	rule("an earlier dialogue may be held beside it",
		talkBegan(did(amira, "amira's", tells(MirrorNotYet)),
			did(noor, "second", PlanDialogue{With: []PartnerID{amira}}), did(noor, "second begins", BeginDialogue{lookedOn("second")}),
			did(noor, "third", PlanDialogue{With: []PartnerID{amira}}), did(noor, "third begins", BeginDialogue{lookedOn("third")})),
		when(amira, AnswerMirror{Dialogue: lookedOn("third"), Answers: [5]MirrorWord{MirrorYes}}),
		then(&MirrorAnswered{Dialogue: lookedOn("third"), By: amira, SeenBy: []PartnerID{noor}, Answers: [5]MirrorWord{MirrorYes}}),
		sees(amira, mirrorBefore("third"), "talk"),
		sees(amira, facesOn("talk", MirrorHeard), "not_yet [amira]"),
		sees(amira, facesOn("third", MirrorHeard), "yes [amira]"),
		sees(amira, mirrorBefore("talk"))),
}

func TestAnsweringMirrorRules(t *testing.T) { play(t, answeringMirrorRules) }
func TestSeeingMirrorRules(t *testing.T)    { play(t, seeingMirrorRules) }
