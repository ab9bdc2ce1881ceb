package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

func feels(label, word string) NameEmotion {
	return NameEmotion{Statement: statement(label), Word: Say(word)}
}

// fear is what Noor noticed at what Amira said to her.
var fear = did(noor, "fear", feels("own", "fear"))

func answers(label string, answer Feeling) AnswerEmotion {
	return AnswerEmotion{Emotion: emotion(label), Answer: answer}
}

var namingEmotionRules = []line{
	rule("the owner names what they feel: it is open, for all who see the statement",
		given(own),
		when(amira, feels("own", "hope")),
		then(&EmotionNamed{Emotion: emotion("now"), Statement: statement("own"), About: amira, Word: Say("hope")}),
		sees(amira, at("own", feelings), "hope open"),
		sees(noor, at("own", feelings), "hope open"),
		sees(amira, asks)),
	rule("another notices it: a question between the two",
		given(own, did(amira, "shared", shares("own", noor, joost))),
		when(noor, feels("own", "fear")),
		then(&EmotionNoticed{Emotion: emotion("now"), Statement: statement("own"), About: amira, Word: Say("fear")}),
		sees(amira, at("own", feelings), "fear noticed"),
		sees(noor, at("own", feelings), "fear noticed"),
		sees(joost, at("own", feelings)),
		sees(amira, asks, "feeling now"),
		sees(noor, asks)),
	rule("it has a word", given(own), when(amira, feels("own", "")), thenRefused("invalid.emotion_needed")),
	rule("at a hidden statement it is not found", given(own), when(joost, feels("own", "fear")), thenRefused("error.not_found")),
	rule("at a refused statement nobody asks on",
		given(guess, refuses("guess")), when(joost, feels("guess", "anger")), thenRefused("refused.refused_statement")),
	rule("at a refused statement the owner may still say what it did to them",
		given(guess, refuses("guess")),
		when(amira, feels("guess", "anger")),
		then(&EmotionNamed{Emotion: emotion("now"), Statement: statement("guess"), About: amira, Word: Say("anger")}),
		sees(joost, at("guess", feelings), "anger open")),
	rule("one partner puts twenty-four at a statement",
		given(append([]step{own}, times(24, func(i int) step { return did(noor, fmt.Sprint("asked ", i), feels("own", "fear")) })...)...),
		when(noor, feels("own", "fear")),
		thenRefused("refused.too_many")),
	rule("how many others ask is not felt",
		given(append([]step{own}, times(24, func(i int) step { return did(noor, fmt.Sprint("asked ", i), feels("own", "fear")) })...)...),
		when(amira, feels("own", "hope")),
		then(&EmotionNamed{Emotion: emotion("now"), Statement: statement("own"), About: amira, Word: Say("hope")})),
}

var answeringEmotionRules = []line{
	rule("yes, I felt that: it is open, for all who see the statement",
		given(own, did(amira, "shared", shares("own", noor, joost)), fear),
		when(amira, answers("fear", Open)),
		then(&EmotionRecognised{Emotion: emotion("fear")}),
		sees(noor, at("own", feelings), "fear open"),
		sees(joost, at("own", feelings), "fear open"),
		sees(amira, asks)),
	rule("that was not so: it stays between the two",
		given(own, did(amira, "shared", shares("own", noor, joost)), fear),
		when(amira, answers("fear", Declined)),
		then(&EmotionDeclined{Emotion: emotion("fear")}),
		sees(noor, at("own", feelings), "fear declined"),
		sees(amira, at("own", feelings), "fear declined"),
		sees(joost, at("own", feelings)),
		sees(amira, asks)),
	rule("who declined may change their mind",
		given(own, fear, did(amira, "no", answers("fear", Declined))),
		when(amira, answers("fear", Open)),
		then(&EmotionRecognised{Emotion: emotion("fear")}),
		sees(noor, at("own", feelings), "fear open")),
	rule("it was met: only its owner says so",
		given(own, did(amira, "hope", feels("own", "hope"))),
		when(amira, answers("hope", Met)),
		then(&EmotionMet{Emotion: emotion("hope")}),
		sees(noor, at("own", feelings), "hope met")),
	rule("nobody clears it away for another: met",
		given(own, did(amira, "hope", feels("own", "hope"))), when(noor, answers("hope", Met)), thenRefused("refused.emotion")),
	rule("nobody answers for another: not even who asked",
		given(own, fear), when(noor, answers("fear", Open)), thenRefused("refused.emotion")),
	rule("not yet: it stays, and that is fine",
		given(own, did(amira, "hope", feels("own", "hope")), did(amira, "not yet", answers("hope", Open))),
		when(amira, answers("hope", Open)),
		then(&EmotionKeptOpen{Emotion: emotion("hope")}),
		sees(noor, at("own", feelings), "hope open"),
		sees(noor, at("own", kept), "2")),
	rule("what was met may open again",
		given(own, did(amira, "hope", feels("own", "hope")), did(amira, "met", answers("hope", Met))),
		when(amira, answers("hope", Open)),
		then(&EmotionRecognised{Emotion: emotion("hope")}),
		sees(noor, at("own", feelings), "hope open")),
	rule("met twice is met",
		given(own, did(amira, "hope", feels("own", "hope")), did(amira, "met", answers("hope", Met))),
		when(amira, answers("hope", Met)),
		then()),
	rule("a question is answered before it can be met",
		given(own, fear), when(amira, answers("fear", Met)), thenRefused("invalid.emotion_answer")),
	rule("what is one's own is not declined",
		given(own, did(amira, "hope", feels("own", "hope"))), when(amira, answers("hope", Declined)), thenRefused("invalid.emotion_answer")),
	rule("what is open does not become a question again",
		given(own, did(amira, "hope", feels("own", "hope"))), when(amira, answers("hope", Noticed)), thenRefused("invalid.emotion_answer")),
	rule("there is no other answer",
		given(own, fear), when(amira, answers("fear", Gone)), thenRefused("invalid.emotion_answer")),
	rule("a question between two is not found by a third",
		given(own, did(amira, "shared", shares("own", noor, joost)), fear),
		when(joost, answers("fear", Open)),
		thenRefused("error.not_found")),
	rule("at a hidden statement it is not found",
		given(own, did(amira, "hope", feels("own", "hope"))), when(joost, answers("hope", Met)), thenRefused("error.not_found")),
	rule("one that was undone is not found",
		given(own, fear, did(noor, "undone", Undo{id("fear")})), when(amira, answers("fear", Open)), thenRefused("error.not_found")),
}

func TestNamingEmotionRules(t *testing.T)    { play(t, namingEmotionRules) }
func TestAnsweringEmotionRules(t *testing.T) { play(t, answeringEmotionRules) }
