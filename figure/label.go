package figure

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	half    = 200.0 // of the width of the figure of insight
	letters = 18.0  // the largest size of a theme's name, as on a phone
	leading = 20.0  // from line to line
	air     = 5.0   // between a name and what is drawn
	far     = 16.0  // a name that lies further than this from its sector hangs on a thread
)

// widest is how long a line of a theme's name may be, by the number of themes.
var widest = [...]float64{1: 320, 320, 150, 150, 112, 112, 100, 100}

// label is the name of a theme at its sector.
type label struct {
	lines []string
	box
	rim point // the middle of the outer side of its sector
}

// labelsOf puts the names of the themes around the figure: level, outside the
// circle, within the width, none over another.
func labelsOf(facts []Fact) []label {
	labels := make([]label, len(facts))
	for i, f := range facts {
		from, to := sectorOf(i, len(facts))
		labels[i] = labelAt((from+to)/2, linesOf(f.Theme, widest[len(facts)]))
	}
	// Those at the sides have the least room. Others give way, up or down.
	order := make([]*label, len(labels))
	for i := range labels {
		order[i] = &labels[i]
	}
	slices.SortStableFunc(order, func(a, b *label) int { return int(math.Abs(a.rim.y) - math.Abs(b.rim.y)) })
	for i, l := range order {
		for _, other := range order[:i] {
			if l.overlaps(other.box) {
				l.move(other.box)
			}
		}
	}
	return labels
}

// labelAt puts a name outside the circle at an angle: straight out from the
// middle, or further up or down where it would leave the width.
func labelAt(angle float64, lines []string) label {
	var width float64
	for _, line := range lines {
		width = max(width, letters*ems(line))
	}
	height := leading * float64(len(lines))
	sin, cos := math.Sincos(angle)
	away := rim + air + math.Abs(sin)*width/2 + math.Abs(cos)*height/2
	l := label{lines: lines, box: around(at(angle, away), width, height), rim: at(angle, rim)}
	if over := max(l.right-half, -half-l.left); over > 0 {
		inward := math.Copysign(over, -sin)
		l.left, l.right = l.left+inward, l.right+inward
		// What remains beside the middle says how far down the circle lets it.
		beside := min(max(l.left, -l.right, 0), rim+air)
		clear := math.Sqrt((rim+air)*(rim+air) - beside*beside)
		l.move(box{top: -clear, bottom: clear})
	}
	return l
}

// move puts the label clear of a box, up in the upper half and else down.
func (l *label) move(from box) {
	height := l.bottom - l.top
	if l.rim.y < 0 {
		l.bottom = min(l.bottom, from.top)
		l.top = l.bottom - height
	} else {
		l.top = max(l.top, from.bottom)
		l.bottom = l.top + height
	}
}

// label writes a name, and the thread to its sector where that is far.
func (d *drawing) label(l label) {
	end := point{(l.left + l.right) / 2, l.bottom}
	if l.rim.y > 0 {
		end.y = l.top
	}
	if math.Abs(end.y-l.rim.y) > far && !l.beside(l.rim) {
		d.add(`<path class="thread" d="M%vL%v"/>`, end, l.rim)
	}
	for i, line := range l.lines {
		d.add(`<text x="%v" y="%v" unicode-bidi="plaintext">%s</text>`,
			unit(end.x), unit(l.top+leading*float64(i)+15), escaped(line))
	}
}

// areaOf is what of the figure is in sight: the whole width where there are
// names, and the circle with some air.
func areaOf(labels []label) box {
	const most = rim + air
	if len(labels) == 0 {
		return around(point{}, 2*most, 2*most)
	}
	area := around(point{}, 2*half, 2*most)
	for _, l := range labels {
		area.top, area.bottom = min(area.top, l.top), max(area.bottom, l.bottom)
	}
	return area
}

// linesOf breaks a name between its words into one or two lines. What does not
// fit is left out, which a … shows; a word is cut only where it is alone.
func linesOf(name string, widest float64) []string {
	widest /= letters
	words := strings.Fields(name)
	var lines []string
	for len(words) > 0 {
		fit := len(words)
		for fit > 1 && ems(strings.Join(words[:fit], " ")) > widest {
			fit--
		}
		line := strings.Join(words[:fit], " ")
		...
	}
	return lines
}
