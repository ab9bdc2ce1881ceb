package figure

import (
	"math"
	"slices"

	"samenspel"
)

// Figure is a drawing, and the same facts for a table beside it.
type Figure struct {
	SVG   string
	Facts []Fact // the sectors as they are drawn, then the themes beyond
}

// Fact is one theme: a row of the table.
type Fact struct {
	Theme string            // the whole name; not escaped
	Cells [4]samenspel.Cell // as [samenspel.Layers]: from the core outward
}

// rings are where the layers lie, as [samenspel.Layers].
var rings = [4]struct{ inner, outer float64 }{{36, 68}, {71, 101}, {104, 131}, {134, rim}}

const (
	place = 30.0  // radius of the open place in the middle, where the name stands
	rim   = 159.0 // radius of the whole
	seam  = 1.5   // half of what stays open between two sectors
)

// look is how a cell shows its state: by weight, outline and sign. The margin
// is half the width of its line, so that all cells are of one size.
type look struct {
	class  string
	margin float64
	shade  string // the class in which a sign stands out on it
	sign   string // a path around the origin, or none
}

var looks = [...]look{
	samenspel.NotAsked:       {class: "none", margin: .5},
	samenspel.Assumed:        {"guess", .85, "sign", "M-3.5 -3a3.6 3.6 0 1 1 5.2 3.2q-1.7 .9 -1.7 2.8M0 7v.1"},
	samenspel.ConfirmedWords: {"conf", 1.2, "sign", "M-5.5 .5l4 4l7 -8.5"},
	samenspel.OwnWords:       {"own", 2.5, "sign on", "M-1.5 -4.5q-4 2 -4 6v2.5h3.5v-3.5h-3.2M6 -4.5q-4 2 -4 6v2.5h3.5v-3.5h-3.2"},
	samenspel.NotHere:        {"not", 2.5, "sign off", "M-6 0h12"},
}

// Insight draws how broad and deep the insight in one partner's world is:
// rings are the layers with meaning at the core, sectors the themes, and the
// partner's name stands in the middle. While there is no theme the rings are
// open and carry their names.
func Insight(in samenspel.Insight, name samenspel.Words, t Texts) Figure {
	facts := factsOf(in, t.NoTheme)
	drawn := facts[:len(in.Sectors)]
	labels := labelsOf(drawn)
	var d drawing
	d.open("insight", areaOf(labels), t)
	for layer, ring := range rings {
		if len(drawn) == 0 {
			d.dotted(ring.outer)
			d.layerName(layer, ring.inner+8, t)
		} else {
			d.ring(layer, drawn)
		}
	}
	for _, l := range labels {
		d.label(l)
	}
	d.add(`<circle class="me" r="%v"/><text class="who" y="5.5" unicode-bidi="plaintext">%s</text>`,
		unit(place), escaped(calledShort(plain(name))))
	return Figure{SVG: d.close(), Facts: facts}
}

// Key draws how a cell of a state looks, to stand before its name in a list.
// It says nothing to a screen reader: the name does.
func Key(state samenspel.CellState) string {
	var d drawing
	shown := looks[state]
	cell := around(point{}, 37-2*shown.margin, 29-2*shown.margin)
	d.add(`<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="-20 -16 40 32" aria-hidden="true"><g class="%s">`, layerClasses[1])
	d.add(`<path class="%s" d="M%vH%vV%vH%vZ"/>`, shown.class, point{cell.left, cell.top}, unit(cell.right), unit(cell.bottom), unit(cell.left))
	d.sign(shown, point{})
	d.add(`</g>`)
	return d.close()
}

// ring writes the cells of one layer, around the clock.
func (d *drawing) ring(layer int, facts []Fact) {
	d.add(`<g class="%s">`, layerClasses[layer])
	for i, f := range facts {
		shown := looks[f.Cells[layer].State]
		from, to := sectorOf(i, len(facts))
		cell := sector{from, to, rings[layer].inner, rings[layer].outer}
		d.add(`<path class="%s" d="%s"/>`, shown.class, cell.path(shown.margin))
		d.sign(shown, cell.middle())
	}
	d.add(`</g>`)
}

func (d *drawing) sign(shown look, p point) {
	if shown.sign != "" {
		d.add(`<path class="%s" transform="translate(%v)" d="%s"/>`, shown.shade, p, shown.sign)
	}
}

// sectorOf gives the angles of a sector. The first lies around the top. Four
// and eight are turned by half a sector: beside the figure, where the page is
// narrow, no name has to stand.
func sectorOf(i, count int) (from, to float64) {
	angle := 2 * math.Pi / float64(count)
	from = (float64(i) - .5) * angle
	if count%4 == 0 {
		from += angle / 2
	}
	return from, from + angle
}

// factsOf gives the whole names and all states, of what is drawn and beyond.
func factsOf(in samenspel.Insight, noTheme string) []Fact {
	var facts []Fact
	for _, s := range slices.Concat(in.Sectors, in.Rest) {
		f := Fact{Theme: noTheme, Cells: s.Cells}
		if s.Theme != "" {
			f.Theme = plain(s.Name)
		}
		facts = append(facts, f)
	}
	return facts
}

// plain gives words in the clear, on their way to a drawing or its table.
func plain(w samenspel.Words) string { return w.Text() }
