package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

// balloon shows one activity of the talk.
func balloon(act Activity) func(*Seen) []string {
	return ofTalk(func(d *SeenDialogue) []string {
		for _, b := range d.Balloons {
			if b.Activity == act {
				return []string{string(b.Standing), b.Reason.Text(), labelOf(b.By)}
			}
		}
		return nil
	})
}

// hangs shows where somebody hung an activity of the talk.
func hangs(act Activity) func(*Seen) []string {
	return ofTalk(func(d *SeenDialogue) []string {
		for _, b := range d.Balloons {
			if b.Activity == act {
				return []string{fmt.Sprint(b.Spot)}
			}
		}
		return nil
	})
}

func blows(d *SeenDialogue) []string { return []string{fmt.Sprint(d.Wind)} }

func turns(act Activity, to BalloonStanding) TurnActivity {
	return TurnActivity{Dialogue: atTalk, Activity: act, To: to}
}

var skips = TurnActivity{Dialogue: atTalk, Activity: Attune, To: Skipped, Reason: Say("Amira is tired")}

var activityRules = []line{
	rule("two say why at the same time: the second is told, and nobody's words go",
		atTheTable(did(samira, "skips", skips)),
		when(amira, TurnActivity{Dialogue: atTalk, Activity: Attune, To: Skipped, Reason: Say("we did this")}),
		thenRefused("conflict.changed")),
	rule("an activity is entered: all in the dialogue see it",
		atTheTable(),
		when(amira, turns(Position, Entered)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Position, By: amira, To: Entered}),
		sees(noor, balloon(Position), "entered", "", ""),
		sees(samira, balloon(Position), "entered", "", ""),
		sees(noor, balloon(DrawIn), "not_yet", "", ""),
		sees(joost, balloon(Position), "no such dialogue")),
	rule("several at once, in any order",
		atTheTable(did(noor, "together", turns(Together, Entered))),
		when(amira, turns(Understand, Entered)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Understand, By: amira, To: Entered}),
		sees(noor, balloon(Together), "entered", "", ""),
		sees(noor, balloon(Understand), "entered", "", "")),
	rule("it is left", atTheTable(did(noor, "in", turns(DrawIn, Entered))),
		when(samira, turns(DrawIn, Been)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: DrawIn, By: samira, To: Been}),
		sees(noor, balloon(DrawIn), "been", "", "")),
	rule("and returned to", atTheTable(did(noor, "been", turns(DrawIn, Been))),
		when(amira, turns(DrawIn, Entered)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: DrawIn, By: amira, To: Entered})),
	rule("where one is one is", atTheTable(did(noor, "in", turns(DrawIn, Entered))), when(amira, turns(DrawIn, Entered)), then()),
	rule("it is skipped, and a reason may stand with it",
		atTheTable(), when(samira, skips),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: samira, To: Skipped, Reason: Say("Amira is tired")}),
		sees(amira, balloon(Attune), "skipped", "Amira is tired", "samira")),
	rule("the reason may stay empty",
		atTheTable(), when(samira, turns(Attune, Skipped)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: samira, To: Skipped})),
	rule("only skipping has a reason",
		atTheTable(), when(samira, TurnActivity{Dialogue: atTalk, Activity: Attune, To: Been, Reason: Say("done")}),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: samira, To: Been})),
	rule("the reason may become another",
		atTheTable(did(samira, "skips", skips)), when(amira, turns(Attune, Skipped)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: amira, To: Skipped}),
		sees(noor, balloon(Attune), "skipped", "", "amira")),
	rule("skipping is taken back, by anybody, and the reason is gone",
		atTheTable(did(samira, "skips", skips)), when(noor, turns(Attune, NotYet)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: noor, To: NotYet}),
		sees(amira, balloon(Attune), "not_yet", "", "")),
	rule("an activity of no method", atTheTable(), when(noor, turns("planning", Entered)), thenRefused("invalid.activity")),
	rule("there is no other standing", atTheTable(), when(noor, turns(Position, "finished")), thenRefused("invalid.activity")),
	rule("not in a dialogue that is hidden", atTheTable(), when(joost, turns(Position, Entered)), thenRefused("error.not_found")),
	rule("not before it began", given(theTalk), when(noor, turns(Position, Entered)), thenRefused("refused.not_begun")),
	rule("after it ended as well, looking back",
		atTheTable(theTalkOver), when(noor, turns(Position, Been)),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Position, By: noor, To: Been})),
	rule("undoing gives back what somebody else had said of it",
		atTheTable(did(samira, "skips", skips), did(noor, "in", turns(Attune, Entered))),
		when(noor, undone("in")),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Attune, By: samira, To: Skipped, Reason: Say("Amira is tired")}),
		sees(amira, balloon(Attune), "skipped", "Amira is tired", "samira")),
	rule("another balloon does not stand in the way of undoing",
		atTheTable(did(noor, "in", turns(Position, Entered)), did(amira, "other", turns(DrawIn, Entered))),
		when(noor, undone("in")),
		then(&ActivityTurned{Dialogue: atTalk, Activity: Position, To: NotYet})),
	rule("the same balloon does",
		atTheTable(did(noor, "in", turns(Position, Entered)), did(amira, "out", turns(Position, Been))),
		when(noor, undone("in")), thenRefused("refused.undo_gone")),
}

func moves(act Activity, x, y int) MoveActivity {
	return MoveActivity{Dialogue: atTalk, Activity: act, Spot: Spot{Moved: true, X: x, Y: y}}
}

var movingRules = []line{
	rule("a balloon is hung elsewhere: all in the dialogue see it",
		atTheTable(), when(amira, moves(Together, 10, 90)),
		then(&ActivityMoved{Dialogue: atTalk, Activity: Together, Spot: Spot{Moved: true, X: 10, Y: 90}}),
		sees(noor, hangs(Together), "{true 10 90}"),
		sees(noor, hangs(Position), "{false 0 0}"),
		sees(joost, hangs(Together), "no such dialogue")),
	rule("and let go", atTheTable(did(amira, "moved", moves(Together, 10, 90))),
		when(noor, MoveActivity{Dialogue: atTalk, Activity: Together, Spot: Spot{X: 3}}),
		then(&ActivityMoved{Dialogue: atTalk, Activity: Together}),
		sees(amira, hangs(Together), "{false 0 0}")),
	rule("where it hangs it hangs", atTheTable(did(amira, "moved", moves(Together, 10, 90))), when(noor, moves(Together, 10, 90)), then()),
	rule("to the edge", atTheTable(), when(amira, moves(Together, 0, 100)),
		then(&ActivityMoved{Dialogue: atTalk, Activity: Together, Spot: Spot{Moved: true, Y: 100}})),
	rule("not off the left", atTheTable(), when(amira, moves(Together, -1, 0)), thenRefused("invalid.activity")),
	rule("not off the right", atTheTable(), when(amira, moves(Together, 101, 0)), thenRefused("invalid.activity")),
	rule("not below", atTheTable(), when(amira, moves(Together, 0, -1)), thenRefused("invalid.activity")),
	rule("not above", atTheTable(), when(amira, moves(Together, 0, 101)), thenRefused("invalid.activity")),
	rule("no other balloon", atTheTable(), when(amira, moves("planning", 1, 1)), thenRefused("invalid.activity")),
	rule("not in a dialogue that is hidden", atTheTable(), when(joost, moves(Position, 1, 1)), thenRefused("error.not_found")),
	rule("not before it began", given(theTalk), when(amira, moves(Position, 1, 1)), thenRefused("refused.not_begun")),
	rule("moving is undone, to where another had hung it",
		atTheTable(did(amira, "moved", moves(Together, 10, 90)), did(noor, "again", moves(Together, 50, 50))),
		when(noor, undone("again")),
		then(&ActivityMoved{Dialogue: atTalk, Activity: Together, Spot: Spot{Moved: true, X: 10, Y: 90}})),
	rule("entering it does not stand in the way",
		atTheTable(did(amira, "moved", moves(Together, 10, 90)), did(noor, "in", turns(Together, Entered))),
		when(amira, undone("moved")), then(&ActivityMoved{Dialogue: atTalk, Activity: Together})),
}

func blow(people, complexity, emotion int) SetWind {
	return SetWind{Dialogue: atTalk, Wind: Wind{People: people, Complexity: complexity, Emotion: emotion}}
}

var windRules = []line{
	rule("the air is still at first", atTheTable(), when(noor, blow(0, 0, 0)), then(), sees(amira, ofTalk(blows), "{0 0 0}")),
	rule("somebody says how the wind blows: all in the dialogue see it",
		atTheTable(), when(amira, blow(1, 0, 2)),
		then(&WindSet{Dialogue: atTalk, Wind: Wind{People: 1, Emotion: 2}}),
		sees(noor, ofTalk(blows), "{1 0 2}"),
		sees(joost, ofTalk(blows), "no such dialogue")),
	rule("it blows as it blows", atTheTable(did(amira, "wind", blow(1, 0, 2))), when(noor, blow(1, 0, 2)), then()),
	rule("not harder than it can: people", atTheTable(), when(noor, blow(3, 0, 0)), thenRefused("invalid.wind")),
	rule("not harder than it can: complexity", atTheTable(), when(noor, blow(0, 3, 0)), thenRefused("invalid.wind")),
	rule("not less than still", atTheTable(), when(noor, blow(0, 0, -1)), thenRefused("invalid.wind")),
	rule("not in a dialogue that is hidden", atTheTable(), when(joost, blow(1, 1, 1)), thenRefused("error.not_found")),
	rule("not before it began", given(theTalk), when(noor, blow(1, 1, 1)), thenRefused("refused.not_begun")),
	rule("it is undone", atTheTable(did(amira, "wind", blow(1, 0, 2)), did(noor, "storm", blow(2, 2, 2))),
		when(noor, undone("storm")), then(&WindSet{Dialogue: atTalk, Wind: Wind{People: 1, Emotion: 2}})),
	rule("until another set it", atTheTable(did(amira, "wind", blow(1, 0, 2)), did(noor, "storm", blow(2, 2, 2))),
		when(amira, undone("wind")), thenRefused("refused.undo_gone")),
}

func init() { tables = append(tables, activityRules, movingRules, windRules) }

func TestActivityRules(t *testing.T) { play(t, activityRules) }
func TestMovingRules(t *testing.T)   { play(t, movingRules) }
func TestWindRules(t *testing.T)     { play(t, windRules) }

func TestActivities(t *testing.T) {
	choices(t, Activities[:], Activity.Valid, Position, DrawIn, Understand, Attune, Together)
	if got := (Wind{People: 2, Complexity: 1, Emotion: 2}).Strength(); got != 5 {
		t.Errorf("the wind is %d strong, want 5", got)
	}
}

// The words of why something was skipped are of the one who skipped it.
func TestHolderOfAReason(t *testing.T) {
	if got := (&ActivityTurned{By: samira}).Holder(); got != samira {
		t.Errorf("held by %q", labelOf(got))
	}
}
