package figure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samenspel"
)

// The map of the people around somebody, in units of the drawing.
const (
	mapHalf  = 208.0 // half of what is shown, to all sides
	mapCore  = 34.0  // the owner in the middle
	ringOne  = 74.0  // where the faces of the first ring stand
	ringWide = 49.0  // from one ring to the next
	labelled = 12    // with more people there are letters, and the names are in the list
)

// faceSizes are the radii of a face, the first that leaves room for all.
var faceSizes = [5]float64{17, 14.5, 12.5, 10.5, 9}

// person is somebody on the map as it is drawn.
type person struct {
	id     samenspel.NearID
	name   string
	letter string
	class  string
	shape  int
	ring   int
	angle  float64
	at     point
}

// Letters are the letters on faces: the first of each name, and a second
// where several begin alike and the letter stands for the name.
func Letters(people []samenspel.SeenNear) []string {
	first := func(n samenspel.SeenNear) (letter, rest string) {
		name := strings.TrimSpace(spelled(n.Name))
		end := firstLetter(name)
		return strings.ToUpper(name[:end]), name[end:]
	}
	times := map[string]int{}
	for _, n := range people {
		letter, _ := first(n)
		times[letter]++
	}
	var letters []string
	for _, n := range people {
		letter, rest := first(n)
		if len(people) > labelled && times[letter] > 1 && rest != "" && rest[0] != ' ' {
			letter += strings.ToLower(rest[:firstLetter(rest)])
		}
		letters = append(letters, letter)
	}
	return letters
}

// Around draws the map of the people around a partner, who must be one whose
// map is seen: three soft rings, the owner in the middle, a face for each, and
// a line for each tie. The id goes before the ids in the drawing.
func Around(id string, seen *samenspel.Seen, owner samenspel.PartnerID, say Say) []byte {
	m, name := seen.AroundOf(owner), spelled(seen.Partner(owner).Name)
	people, size := settle(people(seen, m))
	var d drawing
	desc := say("around.desc_none", "Name", name)
	if len(people) > 0 {
		desc = say("around.desc", "Name", name, "N", len(people))
	}
	d.open("fig around", id, rectangle{-mapHalf, -mapHalf, 2 * mapHalf, 2 * mapHalf}, say("around.of", "Name", name), desc)
	for ring := samenspel.MapRings; ring >= 1; ring-- {
		d.printf(`<circle class="halo" r="%s"/>`, number(ringAt(ring)+ringWide/2))
	}
	var lines []rectangle
	for _, tie := range m.Ties {
		lines = append(lines, along(d.tie(tie, people, size))...)
	}
	taken := obstacles(people, size)
	for ring := 1; ring <= samenspel.MapRings; ring++ {
		d.ringName(say("around.ring."+string(rune('0'+ring))), ring, &taken, lines)
	}
	d.core(name)
	for _, p := range people {
		d.person(p, size)
		if len(people) <= labelled {
			d.called(p, size, &taken, lines)
		}
		d.printf(`</g>`)
	}
	return d.close()
}

// TieSign draws one kind of tie for the list of what the lines mean.
func TieSign(kind samenspel.TieKind) []byte {
	var d drawing
	d.printf(`<svg class="fig" viewBox="-20 -16 40 32" aria-hidden="true">`)
	d.line(kind, []point{{-18, 0}, {18, 0}})
	return d.close()
}

// ringAt is how far the faces of a ring stand from the middle.
func ringAt(ring int) float64 { return ringOne + ringWide*float64(ring-1) }

// people are those on the map, with their looks.
func people(seen *samenspel.Seen, m *samenspel.SeenAround) []person {
	letters := Letters(m.People)
	var list []person
	for i, n := range m.People {
		p := person{
			id: n.ID, name: strings.Join(strings.Fields(spelled(n.Name)), " "), letter: letters[i], class: "named", shape: 1, ring: n.Ring,
			angle: 2 * math.Pi * float64(n.Direction) / samenspel.MapDirections,
		}
		if partner := seen.Partner(n.Partner); partner != nil {
			p.shape = partner.Shape
			switch {
			case partner.You:
				p.class = "here you"
			case partner.Standing == samenspel.Here:
				p.class = "here"
			case partner.Standing == samenspel.Invited:
				p.class = "asked"
			}
		}
		list = append(list, p)
	}
	return list
}

// settle finds the largest faces that fit, and moves them apart along their
// ring where two would touch.
func settle(list []person) ([]person, float64) {
	size := faceSizes[len(faceSizes)-1]
	var count [samenspel.MapRings + 1]int
	for _, p := range list {
		count[p.ring]++
	}
	for _, s := range faceSizes {
		fits := true
		for ring := 1; ring <= samenspel.MapRings; ring++ {
			fits = fits && float64(count[ring])*apart(ring, s) <= 2*math.Pi
		}
		if fits {
			size = s
			break
		}
	}
	for ring := 1; ring <= samenspel.MapRings; ring++ {
		var on []*person
		for i := range list {
			if list[i].ring == ring {
				on = append(on, &list[i])
			}
		}
		spread(on, apart(ring, size))
	}
	for i := range list {
		list[i].at = polar(ringAt(list[i].ring), list[i].angle)
	}
	return list, size
}

// apart is the least angle between two faces of a ring.
func apart(ring int, size float64) float64 {
	const air = 1.0 // between two faces
	return 2 * math.Asin((size+air)/ringAt(ring))
}

// spread moves neighbours away from each other until there is enough between
// all; each pair gives way alike, so that nobody is pushed aside.
func spread(on []*person, least float64) {
	slices.SortStableFunc(on, func(a, b *person) int { return cmp.Compare(a.angle, b.angle) })
	if float64(len(on))*least > .98*2*math.Pi { // as good as full: evenly
		for i, p := range on {
			p.angle = on[0].angle + 2*math.Pi*float64(i)/float64(len(on))
		}
		return
	}
	for range 400 {
		moved := false
		for i, p := range on {
			next, round := on[(i+1)%len(on)], 0.0
			if i == len(on)-1 {
				round = 2 * math.Pi
			}
			if short := least - (next.angle + round - p.angle); short > 1e-6 && len(on) > 1 {
				p.angle -= short / 2
				next.angle += short / 2
				moved = true
			}
		}
		if !moved {
			return
		}
	}
}

// face draws somebody's shape, as it is everywhere else: a circle, a soft
// square, or a circle with one corner.
func (d *drawing) face(p person, r float64) {
	corners := [4]float64{r, r, r, r}
	switch p.shape {
	case 2:
		corners = [4]float64{.64 * r, .64 * r, .64 * r, .64 * r}
	case 3:
		corners[3] = .24 * r
	case 4:
		corners[0] = .24 * r
	}
	turn := func(k float64, to point) { d.printf("A%s %s 0 0 1 %v", number(k), number(k), to) }
	x, y := p.at.x, p.at.y
	d.printf(`<path class="head %s" d="M%v`, p.class, point{x - r + corners[0], y - r})
	d.printf("L%v", point{x + r - corners[1], y - r})
	turn(corners[1], point{x + r, y - r + corners[1]})
	d.printf("L%v", point{x + r, y + r - corners[2]})
	turn(corners[2], point{x + r - corners[2], y + r})
	d.printf("L%v", point{x - r + corners[3], y + r})
	turn(corners[3], point{x - r, y + r - corners[3]})
	d.printf("L%v", point{x - r, y - r + corners[0]})
	turn(corners[0], point{x - r + corners[0], y - r})
	d.printf(`Z"/>`)
}

// person draws a face with its letter, and leaves room for the name.
func (d *drawing) person(p person, size float64) {
	d.printf(`<g class="near" data-near="`)
	d.escaped(string(p.id))
	d.printf(`">`)
	d.face(p, size)
	class := "letter " + p.class
	if size < faceSizes[1] {
		class += " small"
	}
	d.printf(`<text x="%s" y="%s" class="%s">`, number(p.at.x), number(p.at.y+size*.32), class)
	d.escaped(p.letter)
	d.printf(`</text>`)
}

// called writes a name where there is room, beside the lines if it can be.
func (d *drawing) called(p person, size float64, taken *[]rectangle, lines []rectangle) {
	l, ok := beside(p, size, slices.Concat(*taken, lines))
	if !ok {
		l, ok = beside(p, size, *taken)
	}
	if ok {
		*taken = append(*taken, l.box())
		d.lines(l.at, l.lines, "called")
	}
}
