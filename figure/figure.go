// Package figure draws what an alliance shows: how broad and deep the insight
// in one partner's world reaches, and the two shapes of a conversation that
// explain the method. It only thinks: the same facts and texts give the same
// SVG, to the byte.
//
// The drawings stand inline in a page and take every colour, line and letter
// from its stylesheet by class. Each is one image with a title and a
// description; the page says the same facts in a table beside it.
package figure

import (
	"math"

	"samenspel"
)

// Say gives a text on screen by its key. Args are pairs: the name of a place
// in the text and what goes there.
type Say func(key string, args ...any) string

// layerClasses are the layers in the stylesheet, as [samenspel.Layers].
var layerClasses = [4]string{"z", "k", "h", "g"}

// look is how a cell in one state is drawn. The five differ by weight, outline
// and sign; colour only repeats the layer.
type look struct {
	class string
	inset float64 // from the middle of the gap to the path, by the weight of its line
	sign  string  // the mark in the cell, drawn around 0,0; "" for none
	ink   string  // the class of the mark
}

var looks = [5]look{
	samenspel.NotAsked:       {class: "none", inset: 2.2},
	samenspel.Assumed:        {"guess", 2.4, "M-3.5-3a3.6 3.6 0 1 1 5.2 3.2q-1.7.9-1.7 2.8M0 7v.1", "sign"},
	samenspel.ConfirmedWords: {"conf", 2.6, "M-5.5.5l4 4l7-8.5", "sign"},
	samenspel.OwnWords:       {"own", 4, "M-1.5-4.5q-4 2-4 6v2.5h3.5v-3.5h-3.2M6-4.5q-4 2-4 6v2.5h3.5v-3.5h-3.2", "sign on"},
	samenspel.NotHere:        {"not", 4, "M-6 0h12", "sign off"},
}

// Class is the class that every cell in a state has, and nothing else in a
// figure: the cells of a drawing can be counted by it.
func Class(state samenspel.CellState) string { return looks[state].class }

// Rings around the core, in units of the drawing.
const (
	coreRadius = 38.0 // the circle with the name
	ringsFrom  = 44.0 // where the first ring begins
	wide       = 172.0
	narrow     = 146.0 // when many labels need the corners
	halfWidth  = 204.0 // of the drawing; a phone shows about 0.78 pixel a unit
)

// Insight draws *breed en diep*: a ring for each layer with meaning at the
// core, a sector for each theme, the person's name in the middle. The id goes
// before the ids in the drawing and must be alone in the page. Without sectors
// it is the empty figure: four rings that wait.
func Insight(id string, in samenspel.Insight, name string, say Say) []byte {
	if len(in.Sectors) == 0 {
		return empty(id, name, say)
	}
	n, outer := len(in.Sectors), outerRadius(len(in.Sectors))
	labels, themes := make([]label, n), 0
	for i, s := range in.Sectors {
		text := say("figure.no_theme")
		if s.Theme != "" {
			themes++
			text = spelled(s.Name)
		}
		labels[i] = place(text, middle(i, n), outer)
	}
	desc := say("figure.desc_no_theme", "Name", name)
	if themes > 0 {
		desc = say("figure.desc", "Name", name, "N", themes)
	}
	top, bottom := extent(labels, outer)

	var d drawing
	d.open("fig insight", id, rectangle{-halfWidth, top, 2 * halfWidth, bottom - top}, say("figure.title", "Name", name), desc)
	for i, s := range in.Sectors {
		for l, c := range s.Cells {
			d.cell(l, c.State, middle(i, n), math.Pi/float64(n), outer)
		}
	}
	d.core(name)
	for _, l := range labels {
		d.lines(l.at, l.lines, "")
	}
	return d.close()
}

// Sign draws a cell in one state for the list of what the signs mean. It is
// hidden from readers of the screen: the words stand beside it.
func Sign(state samenspel.CellState) []byte {
	var d drawing
	look := looks[state]
	d.printf(`<svg class="fig" viewBox="-20 -16 40 32" aria-hidden="true"><g class="k">`)
	x, y := number(20-look.inset), number(16-look.inset)
	d.printf(`<path class="%s" d="M-%s-%sH%sV%sH-%sZ"/>`, look.class, x, y, x, y, x)
	d.mark(look, point{})
	d.printf(`</g>`)
	return d.close()
}

// empty draws four rings with the names of the layers around the person's
// name. Nothing is missing in it.
func empty(id, name string, say Say) []byte {
	var d drawing
	const room = wide + 14
	d.open("fig insight", id, rectangle{-halfWidth, -room, 2 * halfWidth, 2 * room},
		say("figure.empty_title", "Name", name), say("figure.empty_desc", "Name", name))
	for l := range samenspel.Layers {
		_, to := ring(l, wide)
		d.printf(`<circle class="dim" r="%s"/>`, number(to))
	}
	d.core(name)
	for l, layer := range samenspel.Layers {
		_, to := ring(l, wide)
		d.lines(point{0, -to}, []string{say("layer." + string(layer))}, "ring-name "+layerClasses[l])
	}
	return d.close()
}

// outerRadius is the radius of the whole for a number of sectors.
func outerRadius(sectors int) float64 {
	if sectors > 6 {
		return narrow
	}
	return wide
}

// ring gives the radii between which a layer lies, counted from the core.
func ring(layer int, outer float64) (from, to float64) {
	width := (outer - ringsFrom) / float64(len(samenspel.Layers))
	from = ringsFrom + width*float64(layer)
	return from, from + width
}

// middle is the direction of a sector: an angle from the top, with the clock.
// The first of four and of eight begins at the top instead of standing there,
// so that no label is straight to the side, where there is no room.
func middle(sector, of int) float64 {
	at := float64(sector)
	if of%4 == 0 {
		at += .5
	}
	return 2 * math.Pi * at / float64(of)
}

// cell draws one layer of one theme, half being half the angle of the sector.
func (d *drawing) cell(layer int, state samenspel.CellState, middle, half, outer float64) {
	look := looks[state]
	from, to := ring(layer, outer)
	d.printf(`<g class="%s"><path class="%s" d="`, layerClasses[layer], look.class)
	if half == math.Pi {
		d.band(from+look.inset, to-look.inset)
	} else {
		d.wedge(from+look.inset, to-look.inset, middle-half, middle+half, look.inset)
	}
	d.printf(`"/>`)
	d.mark(look, polar((from+to)/2, middle))
	d.printf(`</g>`)
}

// mark draws the sign of a state.
func (d *drawing) mark(look look, at point) {
	switch {
	case look.sign == "":
	case at == point{}:
		d.printf(`<path class="%s" d="%s"/>`, look.ink, look.sign)
	default:
		d.printf(`<path class="%s" transform="translate(%v)" d="%s"/>`, look.ink, at, look.sign)
	}
}

// core draws the circle in the middle with the name of the person.
func (d *drawing) core(name string) {
	d.printf(`<circle class="me" r="%s"/>`, number(coreRadius))
	d.lines(point{}, inCore(name), "")
}
