package samenspel_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	. "samenspel"
)

func init() {
	tables = append(tables, planningRules, cancellingRules, puttingTopicRules, turningTopicRules, presenceRules, preparingUndoRules)
}

func dialogueNamed(label string) DialogueID { return DialogueID(id(label)) }
func topicNamed(label string) TopicID       { return TopicID(id(label)) }

// thursday is when the dialogues in these rules take place.
var thursday = time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)

// planned is what Noor prepared with Amira and her sister.
var planned = did(noor, "talk", PlanDialogue{With: []PartnerID{amira, samira}, At: thursday, Minutes: 60, Where: Say("at Amira’s")})

func begins(by PartnerID) step {
	return did(by, "begun", BeginDialogue{Dialogue: dialogueNamed("talk")})
}

// puts a topic in it.
func topics(by PartnerID, label string, alone bool) step {
	return did(by, label, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say(label), Alone: alone})
}

// prepares changes the plan.
func prepares(with ...PartnerID) PlanDialogue {
	return PlanDialogue{Dialogue: dialogueNamed("talk"), With: with, At: thursday, Minutes: 60, Where: Say("at Amira’s")}
}

func wishesThere(who PartnerID, wish Presence) WishPresence {
	return WishPresence{Dialogue: dialogueNamed("talk"), Who: who, Wish: wish}
}

// What the lines look at.

func dialogues(s *Seen) []string {
	return listOf(s.Dialogues, func(d SeenDialogue) string { return labelOf(d.ID) })
}

func inTalk(show func(*SeenDialogue) []string) func(*Seen) []string {
	return func(s *Seen) []string {
		if d := s.Dialogue(dialogueNamed("talk")); d != nil {
			return show(d)
		}
		return []string{"no such dialogue"}
	}
}

func company(d *SeenDialogue) []string { return listOf(d.With, labelOf) }

func arranged(d *SeenDialogue) []string {
	at := d.At.Format(time.DateTime)
	if d.DayOnly {
		at = d.At.Format(time.DateOnly)
	}
	return []string{at, strconv.Itoa(d.Minutes), d.Where.Text(), d.Support.Text()}
}

func putIn(d *SeenDialogue) []string {
	return listOf(d.Topics, func(p SeenTopic) string {
		said := labelOf(p.By) + ": " + p.Words.Text()
		if p.Alone {
			said += " alone"
		}
		if p.Settled {
			said += " settled"
		}
		return said
	})
}

func whoWishes(d *SeenDialogue) []string {
	return listOf(d.Presence, func(p SeenPresence) string {
		said := fmt.Sprint(labelOf(p.By), ": ", labelOf(p.Who), " ", p.Wish)
		if len(p.SeenBy) > 0 {
			said += ", seen by " + strings.Join(listOf(p.SeenBy, labelOf), " ")
		}
		return said
	})
}

func confidants(d *SeenDialogue) []string { return listOf(d.Confidants, labelOf) }

func stillOpen(s *Seen) []string {
	return listOf(s.OpenTopics(), func(p SeenTopic) string { return p.Words.Text() })
}

// nextAndLast are the dialogue that is on or comes next, and the one that was
// over last.
func nextAndLast(s *Seen) []string {
	list := []string{"", ""}
	if d := s.NextDialogue(); d != nil {
		list[0] = labelOf(d.ID)
	}
	if d := s.LastDialogue(); d != nil {
		list[1] = labelOf(d.ID)
	}
	return list
}

var planningRules = []line{
	rule("nothing is needed but a vrager, where there is one; the planner is in it",
		given(),
		when(noor, PlanDialogue{With: []PartnerID{amira}}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: noor, With: []PartnerID{noor, amira}}),
		sees(noor, dialogues, "now"), sees(amira, dialogues, "now"), sees(samira, dialogues), sees(joost, dialogues)),
	rule("when, where, how long, and who comes along",
		given(),
		when(amira, PlanDialogue{With: []PartnerID{noor}, At: thursday, Minutes: 90, Where: Say("at home"), Support: Say("an interpreter")}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: amira, With: []PartnerID{noor, amira}, At: thursday,
			Minutes: 90, Where: Say("at home"), Support: Say("an interpreter")})),
	rule("a vrager may prepare one alone",
		given(), when(amira, PlanDialogue{}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: amira, With: []PartnerID{amira}}),
		sees(amira, dialogues, "now"), sees(noor, dialogues)),
	rule("a dialogue about somebody is with them",
		given(), when(noor, PlanDialogue{With: []PartnerID{samira, joost}}), thenRefused("refused.without_vrager")),
	rule("nor is the vrager taken out of it later",
		given(planned), when(noor, prepares(samira)), thenRefused("refused.without_vrager"),
		sees(amira, inTalk(company), "noor", "amira", "samira")),
	rule("where no vrager is left, the others talk",
		given(did(amira, "goes", LeaveAlliance{Partner: amira})),
		when(noor, PlanDialogue{With: []PartnerID{joost}}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: noor, With: []PartnerID{noor, joost}})),
	rule("who was invited and did not come yet may be in it",
		given(did(noor, "wout", invites(Colleague))),
		when(noor, PlanDialogue{With: []PartnerID{amira, wout}}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: noor, With: []PartnerID{noor, amira, wout}})),
	rule("an invitation that is taken back leaves nobody behind in it",
		given(did(noor, "wout", invites(Colleague)), did(noor, "talk", PlanDialogue{With: []PartnerID{amira, wout}})),
		when(noor, LeaveAlliance{Partner: wout}),
		then(&PartnerLeft{Partner: wout}),
		sees(amira, inTalk(company), "noor", "amira")),
	rule("who left is not asked",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})),
		when(noor, PlanDialogue{With: []PartnerID{amira, joost}}), thenRefused("error.not_found")),
	rule("somebody unknown is not asked",
		given(), when(noor, PlanDialogue{With: []PartnerID{amira, bram}}), thenRefused("error.not_found")),
	rule("it does not last less than nothing",
		given(), when(amira, PlanDialogue{Minutes: -1}), thenRefused("invalid.minutes")),
	rule("it does not last longer than a working day",
		given(), when(amira, PlanDialogue{Minutes: 481}), thenRefused("invalid.minutes")),
	rule("it may last that long",
		given(), when(amira, PlanDialogue{Minutes: 480}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: amira, With: []PartnerID{amira}, Minutes: 480})),
	rule("it is not long before us",
		given(), when(amira, PlanDialogue{At: time.Date(1999, 12, 31, 12, 0, 0, 0, time.UTC)}), thenRefused("invalid.when")),
	rule("it is not long after us",
		given(), when(amira, PlanDialogue{At: time.Date(3000, 1, 1, 12, 0, 0, 0, time.UTC)}), thenRefused("invalid.when")),
	rule("the day may be known before the hour",
		given(),
		when(amira, PlanDialogue{At: thursday, DayOnly: true}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: amira, With: []PartnerID{amira}, At: thursday, DayOnly: true})),
	rule("without a day there is no hour to be open",
		given(), when(amira, PlanDialogue{DayOnly: true}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("now"), By: amira, With: []PartnerID{amira}})),

	rule("everybody in it changes the plan; whose it was first stays",
		given(planned),
		when(samira, PlanDialogue{Dialogue: dialogueNamed("talk"), With: []PartnerID{amira, noor}, At: thursday, DayOnly: true, Support: Say("my aunt"), Turn: 1}),
		then(&DialoguePlanned{Dialogue: dialogueNamed("talk"), By: noor, With: []PartnerID{noor, amira, samira}, At: thursday, DayOnly: true, Support: Say("my aunt")}),
		sees(noor, inTalk(arranged), "2026-03-05", "0", "", "my aunt")),
	rule("a plan that changes nothing is no event",
		given(planned), when(amira, prepares(noor, samira)), then()),
	rule("who made the form before somebody else changed the plan is asked to look again",
		given(planned, did(amira, "later", prepares(noor))),
		when(noor, PlanDialogue{Dialogue: dialogueNamed("talk"), With: []PartnerID{amira}, Turn: 1}),
		thenRefused("conflict.changed"),
		sees(noor, inTalk(company), "noor", "amira")),
	rule("a plan that was undone is another plan too",
		given(planned, did(amira, "later", prepares(noor)), did(amira, "sorry", undone("later"))),
		when(noor, PlanDialogue{Dialogue: dialogueNamed("talk"), With: []PartnerID{amira}, Turn: 1}),
		thenRefused("conflict.changed")),
	rule("who is added sees it, and what the others want to talk about",
		given(planned, topics(amira, "rent", false), topics(amira, "father", true)),
		when(noor, prepares(amira, samira, joost)),
		then(&DialoguePlanned{Dialogue: dialogueNamed("talk"), By: noor, With: []PartnerID{noor, amira, samira, joost}, At: thursday, Minutes: 60, Where: Say("at Amira’s")}),
		sees(joost, inTalk(putIn), "amira: rent")),
	rule("who is left out sees it no longer",
		given(planned, topics(samira, "school", false)),
		when(amira, prepares(noor)),
		then(&DialoguePlanned{Dialogue: dialogueNamed("talk"), By: noor, With: []PartnerID{noor, amira}, At: thursday, Minutes: 60, Where: Say("at Amira’s")}),
		sees(samira, dialogues),
		sees(noor, inTalk(putIn), "samira: school")),
	rule("whoever is not in it does not find it",
		given(planned), when(joost, prepares(amira)), thenRefused("error.not_found")),
	rule("one that never was is not found",
		given(), when(noor, prepares(amira)), thenRefused("error.not_found")),
}

var cancellingRules = []line{
	rule("everybody in it may cancel it",
		given(planned, topics(noor, "letters", false)),
		when(samira, CancelDialogue{dialogueNamed("talk")}),
		then(&DialogueCancelled{Dialogue: dialogueNamed("talk")}),
		sees(noor, dialogues), sees(amira, dialogues), sees(samira, undo, "now")),
	rule("one that has begun is not cancelled any more",
		given(planned, begins(amira)), when(noor, CancelDialogue{dialogueNamed("talk")}), thenRefused("refused.begun")),
	rule("nor one that is over",
		given(planned, begins(amira), did(amira, "over", EndDialogue{dialogueNamed("talk")})),
		when(noor, CancelDialogue{dialogueNamed("talk")}), thenRefused("refused.begun")),
	rule("whoever is not in it does not find it",
		given(planned), when(joost, CancelDialogue{dialogueNamed("talk")}), thenRefused("error.not_found")),
	rule("one that was cancelled is not found",
		given(planned, did(amira, "not", CancelDialogue{dialogueNamed("talk")})),
		when(noor, CancelDialogue{dialogueNamed("talk")}), thenRefused("error.not_found")),
	rule("in one that was cancelled nobody puts anything",
		given(planned, did(amira, "not", CancelDialogue{dialogueNamed("talk")})),
		when(noor, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("letters")}), thenRefused("error.not_found")),
	rule("in one that was cancelled nothing is found any more",
		given(planned, topics(noor, "letters", false), did(amira, "not", CancelDialogue{dialogueNamed("talk")})),
		when(noor, WithdrawTopic{topicNamed("letters")}), thenRefused("error.not_found")),
}

var puttingTopicRules = []line{
	rule("this I want to talk about: all in the dialogue see it",
		given(planned),
		when(amira, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("rent")}),
		then(&TopicPut{Topic: topicNamed("now"), Dialogue: dialogueNamed("talk"), By: amira, Words: Say("rent")}),
		sees(noor, inTalk(putIn), "amira: rent"), sees(samira, inTalk(putIn), "amira: rent"), sees(joost, dialogues)),
	rule("for now I keep it to myself",
		given(planned),
		when(amira, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("father"), Alone: true}),
		then(&TopicPut{Topic: topicNamed("now"), Dialogue: dialogueNamed("talk"), By: amira, Words: Say("father"), Alone: true}),
		sees(amira, inTalk(putIn), "amira: father alone"), sees(noor, inTalk(putIn))),
	rule("it has words",
		given(planned), when(amira, PutTopic{Dialogue: dialogueNamed("talk")}), thenRefused("invalid.words_needed")),
	rule("in a dialogue of others it is not found",
		given(planned), when(joost, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("rent")}), thenRefused("error.not_found")),
	rule("one may be added while the dialogue is on",
		given(planned, begins(noor)),
		when(samira, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("school")}),
		then(&TopicPut{Topic: topicNamed("now"), Dialogue: dialogueNamed("talk"), By: samira, Words: Say("school")})),
	rule("one partner puts sixty in a dialogue",
		given(append([]step{planned}, times(60, func(i int) step { return topics(noor, fmt.Sprint("topic ", i), false) })...)...),
		when(noor, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("one more")}),
		thenRefused("refused.too_many")),
	rule("what was taken away does not count, nor what others put",
		given(append(append([]step{planned}, times(60, func(i int) step { return topics(noor, fmt.Sprint("topic ", i), i%2 > 0) })...),
			did(noor, "less", WithdrawTopic{topicNamed("topic 7")}), topics(amira, "rent", true))...),
		when(noor, PutTopic{Dialogue: dialogueNamed("talk"), Words: Say("one more")}),
		then(&TopicPut{Topic: topicNamed("now"), Dialogue: dialogueNamed("talk"), By: noor, Words: Say("one more")})),
}

var turningTopicRules = []line{
	rule("it is shown to the others after all",
		given(planned, topics(amira, "father", true)),
		when(amira, ShowTopic{Topic: topicNamed("father")}),
		then(&TopicShown{Topic: topicNamed("father")}),
		sees(noor, inTalk(putIn), "amira: father")),
	rule("or kept to oneself again",
		given(planned, topics(amira, "rent", false)),
		when(amira, ShowTopic{Topic: topicNamed("rent"), Alone: true}),
		then(&TopicShown{Topic: topicNamed("rent"), Alone: true}),
		sees(noor, inTalk(putIn)), sees(amira, inTalk(putIn), "amira: rent alone")),
	rule("shown twice is shown",
		given(planned, topics(amira, "rent", false)), when(amira, ShowTopic{Topic: topicNamed("rent")}), then()),
	rule("another does not show it",
		given(planned, topics(amira, "rent", false)), when(noor, ShowTopic{Topic: topicNamed("rent"), Alone: true}), thenRefused("refused.topic")),
	rule("what is kept is not found by another",
		given(planned, topics(amira, "father", true)), when(noor, ShowTopic{Topic: topicNamed("father")}), thenRefused("error.not_found")),

	rule("whoever put it says that it is talked through",
		given(planned, topics(amira, "rent", false), begins(noor)),
		when(amira, SettleTopic{Topic: topicNamed("rent"), Settled: true}),
		then(&TopicSettled{Topic: topicNamed("rent"), Settled: true}),
		sees(noor, inTalk(putIn), "amira: rent settled")),
	rule("or that it is not yet",
		given(planned, topics(amira, "rent", false), did(amira, "settled", SettleTopic{topicNamed("rent"), true})),
		when(amira, SettleTopic{Topic: topicNamed("rent")}),
		then(&TopicSettled{Topic: topicNamed("rent")}),
		sees(noor, inTalk(putIn), "amira: rent")),
	rule("talked through twice is talked through",
		given(planned, topics(amira, "rent", false), did(amira, "settled", SettleTopic{topicNamed("rent"), true})),
		when(amira, SettleTopic{Topic: topicNamed("rent"), Settled: true}), then()),
	rule("nobody says that for another",
		given(planned, topics(amira, "rent", false)), when(noor, SettleTopic{topicNamed("rent"), true}), thenRefused("refused.topic")),
	rule("what is not talked through comes back when the dialogue is over",
		given(planned, topics(amira, "rent", false), topics(amira, "father", true), topics(samira, "school", false), begins(noor),
			did(samira, "settled", SettleTopic{topicNamed("school"), true})),
		when(noor, EndDialogue{dialogueNamed("talk")}),
		then(&DialogueEnded{Dialogue: dialogueNamed("talk")}),
		sees(amira, stillOpen, "rent", "father"), sees(noor, stillOpen, "rent"), sees(joost, stillOpen)),

	rule("whoever put it takes it away",
		given(planned, topics(amira, "rent", false)),
		when(amira, WithdrawTopic{topicNamed("rent")}),
		then(&TopicWithdrawn{Topic: topicNamed("rent")}),
		sees(noor, inTalk(putIn)), sees(amira, inTalk(putIn))),
	rule("nobody takes it away for another",
		given(planned, topics(amira, "rent", false)), when(noor, WithdrawTopic{topicNamed("rent")}), thenRefused("refused.topic")),
	rule("what was taken away is not found",
		given(planned, topics(amira, "rent", false), did(amira, "gone", WithdrawTopic{topicNamed("rent")})),
		when(amira, SettleTopic{topicNamed("rent"), true}), thenRefused("error.not_found")),
	rule("whoever is out of the dialogue does not find their own in it",
		given(planned, topics(samira, "school", false), did(amira, "without", prepares(noor))),
		when(samira, WithdrawTopic{topicNamed("school")}), thenRefused("error.not_found")),
	rule("one that never was is not found",
		given(planned), when(amira, WithdrawTopic{topicNamed("never")}), thenRefused("error.not_found")),
}

var presenceRules = []line{
	rule("this one should be there: all in the dialogue see it, the one it is about as well",
		given(planned),
		when(amira, wishesThere(samira, There)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira, Wish: There}),
		sees(noor, inTalk(whoWishes), "amira: samira there"), sees(samira, inTalk(whoWishes), "amira: samira there"), sees(joost, dialogues)),
	rule("this one rather not: only who sees first what is said about me",
		given(planned),
		when(amira, wishesThere(samira, RatherNot)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira, Wish: RatherNot, SeenBy: []PartnerID{noor}}),
		sees(amira, inTalk(confidants), "noor"),
		sees(amira, inTalk(whoWishes), "amira: samira rather_not, seen by noor"),
		sees(noor, inTalk(whoWishes), "amira: samira rather_not"),
		sees(samira, inTalk(whoWishes))),
	rule("never the one it is about, also when they see first what is said about me",
		given(planned),
		when(amira, wishesThere(noor, RatherNot)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: noor, Wish: RatherNot}),
		sees(amira, inTalk(whoWishes), "amira: noor rather_not"), sees(noor, inTalk(whoWishes)), sees(samira, inTalk(whoWishes))),
	rule("nor who is not in the dialogue",
		given(planned, did(amira, "first", SetFirstSeen{By: []PartnerID{noor, joost}})),
		when(amira, wishesThere(samira, RatherNot)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira, Wish: RatherNot, SeenBy: []PartnerID{noor}}),
		sees(amira, inTalk(confidants), "noor")),
	rule("nor who comes into it later",
		given(planned, did(amira, "first", SetFirstSeen{By: []PartnerID{noor, joost}}), did(amira, "rather", wishesThere(samira, RatherNot))),
		when(noor, prepares(amira, samira, joost)),
		then(&DialoguePlanned{Dialogue: dialogueNamed("talk"), By: noor, With: []PartnerID{noor, amira, samira, joost}, At: thursday, Minutes: 60, Where: Say("at Amira’s")}),
		sees(joost, inTalk(whoWishes)), sees(noor, inTalk(whoWishes), "amira: samira rather_not"), sees(amira, inTalk(confidants), "noor", "joost")),
	rule("about somebody at the table who is not in the dialogue",
		given(planned),
		when(amira, wishesThere(joost, There)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: joost, Wish: There}),
		sees(joost, dialogues)),
	rule("about oneself it is an answer: all in the dialogue see it",
		given(planned),
		when(samira, wishesThere(samira, RatherNot)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: samira, Who: samira, Wish: RatherNot, SeenBy: []PartnerID{noor, amira}}),
		sees(noor, inTalk(whoWishes), "samira: samira rather_not"), sees(amira, inTalk(whoWishes), "samira: samira rather_not"),
		sees(samira, inTalk(whoWishes), "samira: samira rather_not, seen by noor amira")),
	rule("one mind at a time",
		given(planned, did(amira, "there", wishesThere(samira, There))),
		when(amira, wishesThere(samira, RatherNot)),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira, Wish: RatherNot, SeenBy: []PartnerID{noor}}),
		sees(samira, inTalk(whoWishes)), sees(noor, inTalk(whoWishes), "amira: samira rather_not")),
	rule("it is taken back",
		given(planned, did(amira, "rather", wishesThere(samira, RatherNot))),
		when(amira, wishesThere(samira, "")),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira}),
		sees(amira, inTalk(whoWishes)), sees(noor, inTalk(whoWishes))),
	rule("said twice is said", given(planned, did(amira, "there", wishesThere(samira, There))), when(amira, wishesThere(samira, There)), then()),
	rule("nothing to take back", given(planned), when(amira, wishesThere(samira, "")), then()),
	rule("there is no third wish", given(planned), when(amira, wishesThere(samira, "perhaps")), thenRefused("invalid.presence")),
	rule("in a dialogue of others it is not found", given(planned), when(joost, wishesThere(samira, There)), thenRefused("error.not_found")),
	rule("about somebody unknown it is not found", given(planned), when(amira, wishesThere(bram, There)), thenRefused("error.not_found")),
	rule("about who left it is not found",
		given(planned, did(joost, "goes", LeaveAlliance{Partner: joost})), when(amira, wishesThere(joost, There)), thenRefused("error.not_found")),
}

// preparingUndoRules are the ways back.
var preparingUndoRules = []line{
	rule("preparing is taken back",
		given(planned), when(noor, undone("talk")),
		then(&DialogueCancelled{Dialogue: dialogueNamed("talk")}), sees(amira, dialogues), sees(noor, undo, "now")),
	rule("a change of the plan is taken back",
		given(planned, did(amira, "later", PlanDialogue{Dialogue: dialogueNamed("talk"), With: []PartnerID{noor}, DayOnly: true, At: thursday})),
		when(amira, undone("later")),
		then(&DialoguePlanned{Dialogue: dialogueNamed("talk"), By: noor, With: []PartnerID{noor, amira, samira}, At: thursday, Minutes: 60, Where: Say("at Amira’s")}),
		sees(samira, inTalk(arranged), "2026-03-05 09:00:00", "60", "at Amira’s", "")),
	rule("not when another changed it since",
		given(planned, did(amira, "later", prepares(noor))), when(noor, undone("talk")), thenRefused("refused.undo_gone")),
	rule("nor when it has begun: what people talk in is not taken from under them",
		given(planned, begins(amira)), when(noor, undone("talk")), thenRefused("refused.undo_gone"),
		sees(noor, undo, ""), sees(amira, dialogues, "talk")),
	rule("nor does bringing it back and beginning it leave that way open",
		given(planned, did(noor, "gone", undone("talk")), did(noor, "back", undone("gone")), begins(amira)),
		when(noor, undone("back")), thenRefused("refused.undo_gone")),
	rule("cancelling is taken back, with all that was in it",
		given(planned, topics(amira, "rent", false), did(samira, "not", CancelDialogue{dialogueNamed("talk")})),
		when(samira, undone("not")),
		then(&DialogueRestored{Dialogue: dialogueNamed("talk")}),
		sees(noor, inTalk(putIn), "amira: rent")),
	rule("and undone again",
		given(planned, did(samira, "not", CancelDialogue{dialogueNamed("talk")}), did(samira, "after all", undone("not"))),
		when(samira, undone("after all")),
		then(&DialogueCancelled{Dialogue: dialogueNamed("talk")}), sees(noor, dialogues)),
	rule("whoever is out of it takes nothing back in it",
		given(planned, topics(samira, "school", false), did(amira, "without", prepares(noor))),
		when(samira, undone("school")), thenRefused("refused.undo_gone"), sees(samira, undo, "")),
	rule("putting a topic is taken back",
		given(planned, topics(amira, "rent", false)), when(amira, undone("rent")),
		then(&TopicWithdrawn{Topic: topicNamed("rent")}), sees(noor, inTalk(putIn))),
	rule("taking it away is taken back",
		given(planned, topics(amira, "rent", false), did(amira, "gone", WithdrawTopic{topicNamed("rent")})),
		when(amira, undone("gone")),
		then(&TopicRestored{Topic: topicNamed("rent")}), sees(noor, inTalk(putIn), "amira: rent")),
	rule("showing is taken back",
		given(planned, topics(amira, "father", true), did(amira, "shown", ShowTopic{Topic: topicNamed("father")})),
		when(amira, undone("shown")),
		then(&TopicShown{Topic: topicNamed("father"), Alone: true}), sees(noor, inTalk(putIn))),
	rule("talked through is taken back",
		given(planned, topics(amira, "rent", false), did(amira, "settled", SettleTopic{topicNamed("rent"), true})),
		when(amira, undone("settled")),
		then(&TopicSettled{Topic: topicNamed("rent")}), sees(noor, inTalk(putIn), "amira: rent")),
	rule("a wish is taken back to the one before, with who saw that",
		given(planned, did(amira, "rather", wishesThere(samira, RatherNot)), did(amira, "there", wishesThere(samira, There))),
		when(amira, undone("there")),
		then(&PresenceWished{Dialogue: dialogueNamed("talk"), By: amira, Who: samira, Wish: RatherNot, SeenBy: []PartnerID{noor}}),
		sees(samira, inTalk(whoWishes)), sees(noor, inTalk(whoWishes), "amira: samira rather_not")),
	rule("what is hidden from another does not stand in the way of their undo",
		given(planned, topics(noor, "letters", false), did(amira, "rather", wishesThere(noor, RatherNot)), topics(amira, "father", true)),
		when(noor, undone("letters")),
		then(&TopicWithdrawn{Topic: topicNamed("letters")})),
}

func TestWhichDialogueIsNext(t *testing.T) {
	plan := func(label string, at time.Time) step { return did(amira, label, PlanDialogue{At: at}) }
	begin := func(label string) step {
		return did(amira, label+" begins", BeginDialogue{dialogueNamed(label)})
	}
	end := func(label string) step {
		return did(amira, label+" ends", EndDialogue{dialogueNamed(label)})
	}
	for _, c := range []struct {
		name  string
		given []step
		want  []string
	}{
		{"none", nil, []string{"", ""}},
		{"the first by its time", []step{plan("later", thursday.AddDate(0, 0, 7)), plan("sooner", thursday), plan("some time", time.Time{})}, []string{"sooner", ""}},
		{"one without a time, where no other is", []step{plan("some time", time.Time{})}, []string{"some time", ""}},
		{"one that is on goes first", []step{plan("sooner", thursday), plan("on", time.Time{}), begin("on")}, []string{"on", ""}},
		{"what is over is not next", []step{plan("over", thursday), begin("over"), end("over")}, []string{"", "over"}},
		{"the last that was over", []step{plan("one", thursday), plan("other", thursday), begin("other"), begin("one"), end("one"), end("other")}, []string{"", "other"}},
		{"one that goes on after all", []step{plan("over", thursday), begin("over"), end("over"), did(amira, "on", BeginDialogue{dialogueNamed("over")})}, []string{"over", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			sees(amira, nextAndLast, c.want...).test(t, played(t, given(c.given...), when(noor, WriteNote{Say("n")})))
		})
	}
}

func TestPlanningRules(t *testing.T)      { play(t, planningRules) }
func TestCancellingRules(t *testing.T)    { play(t, cancellingRules) }
func TestPuttingTopicRules(t *testing.T)  { play(t, puttingTopicRules) }
func TestTurningTopicRules(t *testing.T)  { play(t, turningTopicRules) }
func TestPresenceRules(t *testing.T)      { play(t, presenceRules) }
func TestPreparingUndoRules(t *testing.T) { play(t, preparingUndoRules) }
