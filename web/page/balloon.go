package page

import (
	"cmp"
	"fmt"
	"slices"

	"samenspel"
	"samenspel/house"
	"samenspel/web/text"
)

// BalloonPart is one activity as it hangs on the page.
type BalloonPart struct {
	Table
	samenspel.SeenBalloon
	house.Wording
	Hang
	Also bool // another one is entered as well, before this one
}

// Hang is where a balloon hangs: from 0 to 100 along the line and up. The
// page itself needs less: the order along the line, and how far from its place
// there.
type Hang struct {
	X, Y     int
	Side, Up int // -2 to 2, and -4 to 4
}

// How far one step moves a balloon, up and to the side, and what of the line
// one place takes.
const (
	oneStep  = 12
	oneSide  = 3
	onePlace = 100 / len(samenspel.Activities)
)

// What the wind does. In still air the five hang in a neat row. More people
// blow them past each other, what is complex to the side, and emotion up and
// down.
var (
	blownPast = [samenspel.MaxWind + 1][5]int{{0, 1, 2, 3, 4}, {1, 0, 2, 4, 3}, {3, 1, 4, 0, 2}}
	blownSide = [5]int{1, -1, 1, -1, 1}
	blownUp   = [5]int{-1, 2, -2, 1, -1}
)

// hanging gives where each balloon hangs, as [samenspel.Activities].
func hanging(balloons [5]samenspel.SeenBalloon, wind samenspel.Wind) (all [5]Hang) {
	for i, b := range balloons {
		slot := blownPast[wind.People][i]
		all[i].X = onePlace*slot + onePlace/2 + blownSide[i]*wind.Complexity*oneSide
		all[i].Y = 50 + blownUp[i]*wind.Emotion*oneStep
		if b.Spot.Moved {
			all[i].X, all[i].Y = b.Spot.X, b.Spot.Y
		}
	}
	for slot, i := range inLine(all) {
		all[i].Side = min(2, max(-2, (all[i].X-onePlace*slot-onePlace/2)/oneSide))
		all[i].Up = min(4, max(-4, (all[i].Y-50)/oneStep))
	}
	return all
}

// inLine gives which balloon hangs first along the line, second and so on.
func inLine(all [5]Hang) []int {
	order := []int{0, 1, 2, 3, 4}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].X, all[b].X) })
	return order
}

// Balloons are the five, as they hang along the line.
func (p Table) Balloons() []BalloonPart {
	all := hanging(p.D.Balloons, p.D.Wind)
	var list []BalloonPart
	entered := false
	for _, i := range inLine(all) {
		b := BalloonPart{Table: p, SeenBalloon: p.D.Balloons[i], Hang: all[i], Also: entered}
		b.Wording = wordingOf(p.Text, b.Activity, p.Words[b.Activity])
		entered = entered || b.Standing == samenspel.Entered
		list = append(list, b)
	}
	return list
}

// Moved gives where an activity of a dialogue hangs after one step: "left",
// "right", "up" or "down". It is false when there is no room that way.
func Moved(d *samenspel.SeenDialogue, act samenspel.Activity, step string) (samenspel.Spot, bool) {
	before := hanging(d.Balloons, d.Wind)
	i := slices.Index(samenspel.Activities[:], act)
	if i < 0 {
		return samenspel.Spot{}, false
	}
	after, order := before, inLine(before)
	to, at := &after[i], slices.Index(order, i)
	switch {
	case step == "up":
		to.Y = min(100, to.Y+oneStep)
	case step == "down":
		to.Y = max(0, to.Y-oneStep)
	case step == "left" && at > 0: // between the two that hang there
		next, beyond := before[order[at-1]].X, 0
		if at > 1 {
			beyond = before[order[at-2]].X
		}
		to.X = (beyond + next) / 2
	case step == "right" && at < len(order)-1:
		next, beyond := before[order[at+1]].X, 100
		if at < len(order)-2 {
			beyond = before[order[at+2]].X
		}
		to.X = (beyond + next + 1) / 2
	}
	moves := to.Y != before[i].Y || !slices.Equal(order, inLine(after))
	return samenspel.Spot{Moved: true, X: to.X, Y: to.Y}, moves
}

// Steps are the ways in which there is room to move.
func (b BalloonPart) Steps() []string {
	var list []string
	for _, step := range []string{"left", "right", "up", "down"} {
		if _, moves := Moved(b.D, b.Activity, step); moves {
			list = append(list, step)
		}
	}
	return list
}

// Now is how it stands, for the stylesheet.
func (b BalloonPart) Now() string {
	return map[samenspel.BalloonStanding]string{samenspel.Entered: "in", samenspel.Been: "been", samenspel.Skipped: "skip"}[b.Standing]
}

// Press is what pressing the balloon does: into it, or out of it.
func (b BalloonPart) Press() samenspel.BalloonStanding {
	if b.Standing == samenspel.Entered {
		return samenspel.Been
	}
	return samenspel.Entered
}

// Turn is for a button that turns this activity.
func (b BalloonPart) Turn(to string) Post {
	post := b.Act("turn", b.Activity, b.Standing, to)
	post.At = "b-" + string(b.Activity)
	return post
}

// Move is for the buttons that move it.
func (b BalloonPart) Move() Post {
	post := b.Act("move", b.Activity, b.Spot)
	post.At = "b-" + string(b.Activity)
	return post
}

// wordingOf gives the words for an activity: the organisation's where it chose
// them, else the program's. Whose they are follows from that, unless the
// organisation says it itself.
func wordingOf(l *text.Language, act samenspel.Activity, chosen house.Wording) house.Wording {
	w, word, line := chosen, "house", "house"
	if w.Name == "" {
		w.Name, word = l.Say("activity."+string(act)), "samenspel"
		if act == samenspel.Position {
			word = "method"
		}
	}
	if w.About == "" {
		w.About, line = l.Say(fmt.Sprintf("activity.%s.about", act)), "samenspel"
	}
	switch {
	case w.Origin != "":
	case word == line:
		w.Origin = l.Say(fmt.Sprintf("origin.both_%s", word))
	default:
		w.Origin = l.Say(fmt.Sprintf("origin.word_%s", word)) + " " + l.Say(fmt.Sprintf("origin.line_%s", line))
	}
	return w
}

// Origin says of which activities the words are whose.
type Origin struct {
	Names []string
	Said  string
}

// Origins are whose words the activities have, each origin once.
func (p Table) Origins() []Origin {
	var list []Origin
	for _, act := range samenspel.Activities {
		w := wordingOf(p.Text, act, p.Words[act])
		i := slices.IndexFunc(list, func(o Origin) bool { return o.Said == w.Origin })
		if i < 0 {
			i = len(list)
			list = append(list, Origin{Said: w.Origin})
		}
		list[i].Names = append(list[i].Names, w.Name)
	}
	return list
}

// Gust is one of the three winds, with the words for how hard it can blow.
type Gust struct {
	Name  string
	Now   int
	Words [samenspel.MaxWind + 1]string
}

// Gusts are the three winds.
func (p Table) Gusts() []Gust {
	gust := func(name string, now int, key string) Gust {
		g := Gust{Name: name, Now: now}
		for n := range g.Words {
			g.Words[n] = p.T(fmt.Sprintf(key, n))
		}
		return g
	}
	return []Gust{
		gust("people", p.D.Wind.People, "wind.people.%d"),
		gust("complexity", p.D.Wind.Complexity, "wind.complexity.%d"),
		gust("emotion", p.D.Wind.Emotion, "wind.emotion.%d"),
	}
}
