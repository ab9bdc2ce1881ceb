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
	return free + (2*math.Pi-2*free)*float64(statement)/float64(of-1)
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

// road draws the way through the layers and a bead for each statement: full
// of a vrager or a bonuspartner, open of a professional.
func (d *drawing) road(letters string) {
	beads := make([]point, len(letters))
	for i, letter := range letters {
		radius := roadRuns[layerOf(letter)]
		if layerOf(letter) == 3 { // two voices, beside each other
			radius -= 5
			if unicode.IsUpper(letter) {
				radius += 10
			}
		}
		beads[i] = polar(radius, direction(i, len(letters)))
	}
	d.printf(`<path class="road" d="M%v`, beads[0])
	for i := range len(beads) - 1 {
		before, after := beads[max(i-1, 0)], beads[min(i+2, len(beads)-1)]
		d.printf("C%v %v %v", bend(beads[i], before, beads[i+1]), bend(beads[i+1], after, beads[i]), beads[i+1])
	}
	d.printf(`"/>`)
	for i, letter := range letters {
		class := layerClasses[layerOf(letter)] + " bead"
		if unicode.IsUpper(letter) {
			class += " pro"
		}
		d.printf(`<circle class="%s" cx="%s" cy="%s" r="6.2"/>`, class, number(beads[i].x), number(beads[i].y))
	}
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
