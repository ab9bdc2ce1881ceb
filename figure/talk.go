package figure

import (
	"math"

	"samenspel"
)

// Bead is one statement on the road of a conversation.
type Bead struct {
	Layer samenspel.Layer // "" while nobody said which
	Open  bool            // of a professional or a colleague; else of a vrager or a bonuspartner
}

// The road of one conversation runs around the clock: a turn has so many
// places, and the next turn goes on between them. Where a bead lies follows
// from how many came before it and from nothing else, so that the road grows
// and is never drawn anew.
const (
	places   = 24
	turns    = 12 // that are drawn; of a longer talk the first ones go, whole
	rim      = 194.0
	roadHalf = 204.0 // of the drawing
)

// between is where a turn lies, so that its beads come between those of the
// turns before: how far from a place to the next, and from the middle of a ring.
var between = [turns]struct{ ahead, outward float64 }{
	{0, 0}, {.5, -7}, {.25, 7}, {.75, -11}, {.125, 4}, {.625, -4},
	{.375, 11}, {.875, -13}, {.1875, 9}, {.6875, -9}, {.4375, 2}, {.8125, -2},
}

// Drawn gives from which bead on a road of so many is drawn.
func Drawn(beads int) (from int) {
	last := max(0, beads-1) / places
	return max(0, last-turns+1) * places
}

// Road draws the way of one conversation through the layers, a bead for each
// statement in the order in which they were laid down, with a ring around the
// newest. The id goes before the ids in the drawing and must be alone in the
// page.
func Road(id string, beads []Bead, say Say) []byte {
	var d drawing
	desc := say("road.desc")
	if len(beads) == 0 {
		desc = say("road.desc_empty")
	}
	d.open("fig road-fig", id, rectangle{-roadHalf, -roadHalf, 2 * roadHalf, 2 * roadHalf}, say("road.title"), desc)
	for l := len(ringEnds) - 1; l >= 0; l-- {
		d.printf(`<circle class="%s lit" r="%s"/>`, layerClasses[l], number(ringEnds[l]))
	}
	from := Drawn(len(beads))
	for start := from; start < len(beads); start += places {
		d.turn(beads, max(from, start-1), min(start+places, len(beads)))
	}
	for i := from; i < len(beads); i++ {
		d.bead(i, beads[i])
	}
	if last := len(beads) - 1; last >= 0 {
		at := lies(last, beads[last]).point()
		d.printf(`<circle class="now" cx="%s" cy="%s" r="%s"/>`, number(at.x), number(at.y), number(size(last)+5.8))
	}
	return d.close()
}

// lying is where a bead lies: how far from the core, and in which direction.
type lying struct{ radius, angle float64 }

func (l lying) point() point { return polar(l.radius, l.angle) }

// toward is a point beside the bead in the direction of the clock, or against
// it: the road passes each bead as the clock runs.
func (l lying) toward(length float64) point {
	sin, cos := math.Sincos(l.angle)
	at := l.point()
	return point{at.x + cos*length, at.y + sin*length}
}

// lies gives the place of a bead by how many came before.
func lies(i int, b Bead) lying {
	turn := i / places
	gap := between[turn%turns]
	angle := 2 * math.Pi * (float64(turn) + (float64(i%places)+.5+gap.ahead)/places)
	if l := ringOf(b.Layer); l >= 0 {
		return lying{roadRuns[l] + gap.outward, angle}
	}
	return lying{rim + gap.outward/4, angle}
}

// ringOf is the ring of a layer, counted from the core, or -1 for none.
func ringOf(l samenspel.Layer) int {
	for i, layer := range samenspel.Layers {
		if layer == l {
			return i
		}
	}
	return -1
}

// size is how large a bead is: those of later turns find less room.
func size(i int) float64 {
	return [...]float64{6.2, 5.2, 4.2, 3.4}[min(i/places, 3)]
}

// turn draws the road through some of the beads, all of one turn but the
// first. Each piece follows from its two ends alone.
func (d *drawing) turn(beads []Bead, from, to int) {
	if to-from < 2 {
		return
	}
	class := "road"
	if to > places {
		class = "road thin"
	}
	d.printf(`<path class="%s" d="M%v`, class, lies(from, beads[from]).point())
	for i := from; i < to-1; i++ {
		const pull = .4
		a, b := lies(i, beads[i]), lies(i+1, beads[i+1])
		step := (b.angle - a.angle) * pull
		d.printf("C%v %v %v", a.toward(a.radius*step), b.toward(-b.radius*step), b.point())
	}
	d.printf(`"/>`)
}

// bead draws a statement: full or open, in its ring or, while nobody said
// which layer, on the rim.
func (d *drawing) bead(i int, b Bead) {
	class, r := "rim bead", min(size(i), 4.4)
	if l := ringOf(b.Layer); l >= 0 {
		class, r = layerClasses[l]+" bead", size(i)
	}
	if b.Open {
		class += " pro"
	}
	at := lies(i, b).point()
	d.printf(`<circle class="%s" cx="%s" cy="%s" r="%s"/>`, class, number(at.x), number(at.y), number(r))
}
