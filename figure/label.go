package figure

import (
	"math"
	"strings"
)

// Letters on a phone are 18 units high, elsewhere less: what fits there fits
// everywhere.
const (
	lineHeight = 20.0
	maxLines   = 2
	sideRoom   = 92.0  // for a line of a label that gave way to a corner
	cornerRoom = 120.0 // for one in a corner by itself
	middleRoom = 160.0 // for one over or under the middle
	air        = 6.0   // between a label and the rings
)

// label is the name of a sector beside the rings.
type label struct {
	lines []string
	at    point // the middle of the text
	half  point // half its width and height
}

// place puts a label just outside the rings in the direction of its sector.
// One that would stand to the side, where a phone has no room, moves to the
// corner above or below; that is still beside its own sector.
func place(text string, direction, outer float64) label {
	const corner = .6 // the least cosine of a label's direction
	sin, cos := math.Sincos(direction)
	room := cornerRoom
	switch {
	case math.Abs(sin) < .01:
		room, sin = middleRoom, 0
	case math.Abs(cos) < corner:
		room, sin, cos = sideRoom, math.Copysign(math.Sqrt(1-corner*corner), sin), math.Copysign(corner, cos)
	}
	l := label{lines: fit(text, room)}
	for _, line := range l.lines {
		l.half.x = max(l.half.x, width(line)/2)
	}
	l.half.y = lineHeight * float64(len(l.lines)) / 2

	free := outer + air
	distance := free + l.half.x*math.Abs(sin) + l.half.y*math.Abs(cos)
	x, y := distance*math.Abs(sin), distance*math.Abs(cos)
	if most := halfWidth - l.half.x; x > most {
		x = most
		inward := x - l.half.x
		y = max(y, l.half.y+math.Sqrt(max(0, free*free-inward*inward)))
	}
	l.at = point{math.Copysign(x, sin), -math.Copysign(y, cos)}
	return l
}

// extent is how far rings and labels reach up and down.
func extent(labels []label, outer float64) (top, bottom float64) {
	const margin = 4
	top, bottom = -outer-margin, outer+margin
	for _, l := range labels {
		top = min(top, l.at.y-l.half.y-margin)
		bottom = max(bottom, l.at.y+l.half.y+margin)
	}
	return top, bottom
}

// inCore is a person's name as it stands in the middle: in full where it fits,
// else its first letter, as on the person's face elsewhere.
func inCore(name string) []string {
	const one, two = 72, 66 // how wide one line may be, and each of two
	whole := strings.Join(strings.Fields(name), " ")
	if width(whole) <= one {
		return []string{whole}
	}
	if lines := fit(whole, two); strings.Join(lines, " ") == whole {
		return lines
	}
	return []string{whole[:firstLetter(whole)]}
}

// fit breaks a text into at most two lines that are no wider than the room.
// What does not fit goes by whole words, and only a word that is too wide by
// itself is cut.
func fit(text string, room float64) []string {
	var lines []string
	for words := strings.Fields(text); len(words) > 0; {
		line := words[0]
		words = words[1:]
		for len(words) > 0 && width(line+" "+words[0]) <= room {
			line += " " + words[0]
			words = words[1:]
		}
		more := len(words) > 0 && len(lines)+1 == maxLines
		if more || width(line) > room {
			return append(lines, shorten(line, room))
		}
		lines = append(lines, line)
	}
	return lines
}

// shorten takes words, or at last letters, from the end until dots fit.
func shorten(line string, room float64) string {
	const dots = "…"
	for line != "" && width(line+dots) > room {
		if space := strings.LastIndexByte(line, ' '); space >= 0 {
			line = line[:space]
		} else {
			line = line[:lastLetter(line)]
		}
	}
	return line + dots
}
