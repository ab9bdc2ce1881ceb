package figure

import (
	"math"
	"strings"
	"unicode"

	"samenspel"
)

// The two shapes that explain the method, after Van der Horst (2023), in our
// own drawing. Each is the road of a conversation: it runs with the clock, and
// the nearer to the middle, the deeper the layer. A letter is a statement by
// the class of its layer; the professional speaks where it is a capital.
const (
	goodRoad       = "GgGhGgGgGHhGgGgGhGgGg"
	connectingRoad = "GkzKhkzKGkzKhkzKGkzKhkzKg"
)

// Radii of the layers in these two, as [samenspel.Layers]: where each ring
// ends, and where the road is in it.
var (
	ringEnds = [4]float64{64, 106, 146, 184}
	roadRuns = [4]float64{46, 86, 126, 165}
)

// GoodConversation draws the ordinary good conversation: the road stays with
// behaviour and touches a part of the needs; what is deeper stays hidden.
func GoodConversation(id string, say Say) []byte {
	d := openRoad(id, "good", say)
	d.printf(`<path class="g lit" d="`)
	d.band(ringEnds[2], ringEnds[3])
	d.printf(`"/>`)
	for _, s := range touched(goodRoad, "h") {
		d.printf(`<path class="h half" d="`)
		d.wedge(ringEnds[1], ringEnds[2], s.from, s.to, 0)
		d.printf(`"/>`)
	}
	for l := range 3 {
		d.printf(`<circle class="dim" r="%s"/>`, number(ringEnds[l]-1))
	}
	d.road(goodRoad)
	d.ringNames(say, 2)
	return d.close()
}

// ConnectingDialogue draws the connecting dialogue: the road goes in and out
// through all four layers, all the time. The insight is broad and deep.
func ConnectingDialogue(id string, say Say) []byte {
	d := openRoad(id, "connecting", say)
	for l := len(ringEnds) - 1; l >= 0; l-- {
		d.printf(`<circle class="%s lit" r="%s"/>`, layerClasses[l], number(ringEnds[l]))
	}
	d.road(connectingRoad)
	d.ringNames(say, 0)
	return d.close()
}

func openRoad(id, keys string, say Say) *drawing {
	var d drawing
	d.open("fig road-fig", id, rectangle{-192, -192, 384, 384}, say(keys+".title"), say(keys+".desc"))
	return &d
}

// ringNames writes the names of the layers in their rings; those below reached
// are hidden and have no colour.
func (d *drawing) ringNames(say Say, reached int) {
	for l, layer := range samenspel.Layers {
		at, class := point{0, -roadRuns[l]}, "ring-name"
		if l == 0 { // in the core, between the beads
			at.y = -6
		}
		if l >= reached {
			class += " " + layerClasses[l]
		}
		d.lines(at, []string{say("layer." + string(layer))}, class)
	}
}

// direction is where on the clock a statement of a road stands. The top stays
// free for the names of the rings: there the talk begins and ends.
func direction(statement, of int) float64 {
	const free = 2 * math.Pi * 31 / 360
	return free + (2*math.Pi-2*free)*float64(statement)/float64(max(1, of-1))
}

// reach is a part of the clock.
type reach struct{ from, to float64 }

// touched gives the parts of a road that are in a layer.
func touched(road, class string) []reach {
	var parts []reach
	half := direction(1, len(road)) - direction(0, len(road))
	for i, letter := range road {
		if strings.ToLower(string(letter)) != class {
			continue
		}
		from, to := direction(i, len(road))-half*.8, direction(i, len(road))+half*.8
		if n := len(parts); n > 0 && parts[n-1].to > from {
			parts[n-1].to = to
			continue
		}
		parts = append(parts, reach{from, to})
	}
	return parts
}

// road draws the road that the letters stand for.
func (d *drawing) road(letters string) {
	beads := make([]Bead, 0, len(letters))
	for _, letter := range letters {
		beads = append(beads, Bead{samenspel.Layers[layerOf(letter)], unicode.IsUpper(letter)})
	}
	d.once(beads)
}

// manyBeads are more than lie beside each other at their full size.
const manyBeads = 36

// once draws a way through the layers that goes round the clock once, and a
// bead for each part of it: full of a vrager or a bonuspartner, open of a
// professional.
func (d *drawing) once(beads []Bead) {
	at := make([]point, len(beads))
	for i, b := range beads {
		radius := roadRuns[ringOf(b.Layer)]
		if b.Layer == samenspel.Behaviour { // two voices, beside each other
			radius -= 5
			if b.Open {
				radius += 10
			}
		}
		at[i] = polar(radius, direction(i, len(beads)))
	}
	d.through(at)
	size := "6.2"
	if len(beads) > manyBeads {
		size = "4.8"
	}
	for i, b := range beads {
		d.printf(`<circle class="%s" cx="%s" cy="%s" r="%s"/>`, b.class(), number(at[i].x), number(at[i].y), size)
	}
}

// class is how the stylesheet knows a bead.
func (b Bead) class() string {
	class := layerClasses[ringOf(b.Layer)] + " bead"
	if b.Open {
		class += " pro"
	}
	return class
}

// through draws a smooth line through points.
func (d *drawing) through(at []point) {
	if len(at) < 2 {
		return
	}
	d.printf(`<path class="road" d="M%v`, at[0])
	for i := range len(at) - 1 {
		before, after := at[max(i-1, 0)], at[min(i+2, len(at)-1)]
		d.printf("C%v %v %v", bend(at[i], before, at[i+1]), bend(at[i+1], after, at[i]), at[i+1])
	}
	d.printf(`"/>`)
}

// bend is the control point beside a bead on the way to the next one: a curve
// through all beads that leaves each in the direction of its neighbours.
func bend(at, behind, ahead point) point {
	const pull = 1.0 / 6
	return point{at.x + (ahead.x-behind.x)*pull, at.y + (ahead.y-behind.y)*pull}
}

// layerOf is the layer of a letter of a road, counted from the core.
func layerOf(letter rune) int {
	for l, class := range layerClasses {
		if class == string(unicode.ToLower(letter)) {
			return l
		}
	}
	panic("figure: a road with an unknown letter")
}
