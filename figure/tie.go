package figure

import (
	"math"
	"slices"

	"samenspel"
)

// tie draws the line of a tie, bent where it would run behind somebody else,
// and gives where it runs.
func (d *drawing) tie(tie samenspel.SeenTie, people []person, size float64) []point {
	var from, to point
	for _, p := range people {
		switch p.id {
		case tie.From:
			from = p.at
		case tie.To:
			to = p.at
		}
	}
	best, room := bow(from, to, 0), -1.0
	for _, bend := range []float64{0, 22, -22, 44, -44, 66, -66, 90, -90} {
		line := bow(from, to, bend)
		free := math.Inf(1)
		for _, p := range people {
			if p.id != tie.From && p.id != tie.To {
				free = min(free, distance(line, p.at)-size)
			}
		}
		if tie.From != "" {
			free = min(free, distance(line, point{})-mapCore)
		}
		if free >= 4 {
			best = line
			break
		}
		if free > room {
			best, room = line, free
		}
	}
	d.line(tie.As, best)
	return best
}

// bow is a line between two points that bends aside: a curve in short pieces.
func bow(from, to point, bend float64) []point {
	if bend == 0 {
		return []point{from, to}
	}
	const pieces = 24
	dx, dy := to.x-from.x, to.y-from.y
	long := math.Hypot(dx, dy)
	// the middle of the curve lies half as far aside as what pulls it
	pull := point{(from.x+to.x)/2 - 2*bend*dy/long, (from.y+to.y)/2 + 2*bend*dx/long}
	var line []point
	for i := range pieces + 1 {
		t := float64(i) / pieces
		line = append(line, point{
			(1-t)*(1-t)*from.x + 2*t*(1-t)*pull.x + t*t*to.x,
			(1-t)*(1-t)*from.y + 2*t*(1-t)*pull.y + t*t*to.y,
		})
	}
	return line
}

// distance is how near a line comes to a point.
func distance(line []point, to point) float64 {
	nearest := math.Inf(1)
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		dx, dy := b.x-a.x, b.y-a.y
		t := ((to.x-a.x)*dx + (to.y-a.y)*dy) / (dx*dx + dy*dy)
		t = min(1, max(0, t))
		nearest = min(nearest, math.Hypot(a.x+t*dx-to.x, a.y+t*dy-to.y))
	}
	return nearest
}

// line draws one kind of tie along points: one line, two beside each other, or
// a rough edge. The kinds differ without colour.
func (d *drawing) line(kind samenspel.TieKind, along []point) {
	class := "tie"
	if kind == samenspel.StrainedTie {
		class, along = "tie rough", rough(along)
	}
	strokes := []string{class}
	if kind == samenspel.StrongTie {
		strokes = []string{"tie strong", "tie inside"}
	}
	for _, stroke := range strokes {
		d.printf(`<path class="%s" d="M%v`, stroke, along[0])
		for _, p := range along[1:] {
			d.printf("L%v", p)
		}
		d.printf(`"/>`)
	}
}

// rough makes a line go to and fro, as two rough edges that meet.
func rough(along []point) []point {
	const step, aside = 4.6, 3.2
	zigzag, side, left := []point{along[0]}, 1.0, step
	for i := 1; i < len(along); i++ {
		a, b := along[i-1], along[i]
		long := math.Hypot(b.x-a.x, b.y-a.y)
		ux, uy := (b.x-a.x)/long, (b.y-a.y)/long
		for ; left < long; left += step {
			zigzag = append(zigzag, point{a.x + ux*left - uy*aside*side, a.y + uy*left + ux*aside*side})
			side = -side
		}
		left -= long
	}
	return append(zigzag, along[len(along)-1])
}

// box is where a label stands.
func (l label) box() rectangle {
	return rectangle{l.at.x - l.half.x, l.at.y - l.half.y, 2 * l.half.x, 2 * l.half.y}
}

// meets reports whether two rectangles share room.
func (r rectangle) meets(o rectangle) bool {
	return r.x < o.x+o.width && o.x < r.x+r.width && r.y < o.y+o.height && o.y < r.y+r.height
}

// obstacles are the faces, and the owner in the middle.
func obstacles(people []person, size float64) []rectangle {
	around := func(p point, r float64) rectangle { return rectangle{p.x - r, p.y - r, 2 * r, 2 * r} }
	taken := []rectangle{around(point{}, mapCore)}
	for _, p := range people {
		taken = append(taken, around(p.at, size+1))
	}
	return taken
}

// clear reports whether a label stands inside the drawing and free of all else.
func (l label) clear(taken []rectangle) bool {
	box := l.box()
	if box.x < -mapHalf || box.y < -mapHalf || box.x+box.width > mapHalf || box.y+box.height > mapHalf {
		return false
	}
	for _, other := range taken {
		if box.meets(other) {
			return false
		}
	}
	return true
}

// worded is a label of some lines, not placed yet.
func worded(lines []string) label {
	l := label{lines: lines, half: point{0, lineHeight * float64(len(lines)) / 2}}
	for _, line := range lines {
		l.half.x = max(l.half.x, width(line)/2+1)
	}
	return l
}

// along are small pieces of room on a line: a name is read better beside it.
func along(line []point) []rectangle {
	const piece, half = 6.0, 3.0
	var list []rectangle
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		long := math.Hypot(b.x-a.x, b.y-a.y)
		for at := 0.0; at < long; at += piece {
			x, y := a.x+(b.x-a.x)*at/long, a.y+(b.y-a.y)*at/long
			list = append(list, rectangle{x - half, y - half, 2 * half, 2 * half})
		}
	}
	return list
}

// beside finds a place for a name next to a face: under it, above it, to the
// sides; in full before shortened. Without one the letter has to do.
func beside(p person, size float64, taken []rectangle) (label, bool) {
	for _, room := range []float64{120, 84, 60} {
		l := worded(fit(p.name, room))
		down, side := size+l.half.y+2, size+l.half.x+3
		inside := func(x float64) float64 { return max(l.half.x-mapHalf, min(mapHalf-l.half.x, x)) }
		for _, at := range []point{
			{inside(p.at.x), p.at.y + down}, {inside(p.at.x), p.at.y - down},
			{p.at.x + side, p.at.y}, {p.at.x - side, p.at.y},
			{inside(p.at.x + l.half.x), p.at.y + down}, {inside(p.at.x - l.half.x), p.at.y + down},
			{inside(p.at.x + l.half.x), p.at.y - down}, {inside(p.at.x - l.half.x), p.at.y - down},
		} {
			if l.at = at; l.clear(taken) {
				return l, true
			}
		}
	}
	return label{}, false
}

// ringName says what a ring is, on its edge, where nobody stands; beside the
// lines if it can be.
func (d *drawing) ringName(name string, ring int, taken *[]rectangle, lines []rectangle) {
	l := worded([]string{name})
	l.half.y -= 1
	for _, others := range [][]rectangle{slices.Concat(*taken, lines), *taken} {
		for i := range 4 * samenspel.MapDirections {
			turn := float64((i+1)/2) * math.Pi / samenspel.MapDirections / 2
			if i%2 == 1 {
				turn = -turn
			}
			if l.at = polar(ringAt(ring)+ringWide/2-3, turn); l.clear(others) {
				*taken = append(*taken, l.box())
				d.lines(l.at, l.lines, "ring-name")
				return
			}
		}
	}
}
