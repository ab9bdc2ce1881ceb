package figure

import (
	"cmp"
	"slices"

	"samenspel"
)

// Layer is a layer of the method, for who draws without the rest of it.
type Layer = samenspel.Layer

// Whole draws the road of a whole conversation, once round the clock, so that
// it lies beside the two shapes that explain the method. Beads without a layer
// are left out. Title and description say the same in words. The id goes before
// the ids in the drawing and must be alone in the page.
func Whole(id string, beads []Bead, title, desc string, say Say) []byte {
	var d drawing
	d.open("fig road-fig", id, rectangle{-192, -192, 384, 384}, title, desc)
	for l := len(ringEnds) - 1; l >= 0; l-- {
		d.printf(`<circle class="%s lit" r="%s"/>`, layerClasses[l], number(ringEnds[l]))
	}
	d.once(layered(beads))
	d.ringNames(say, 0)
	return d.close()
}

// layered are the beads that have a layer.
func layered(beads []Bead) []Bead {
	var with []Bead
	for _, b := range beads {
		if ringOf(b.Layer) >= 0 {
			with = append(with, b)
		}
	}
	return with
}

// Answer is how a feeling was answered in a conversation.
type Answer uint8

// The answers to a feeling.
const (
	WasMet     Answer = iota // it got attention
	WasLeft                  // it was left lying
	WasCleared               // it was put out of the way
)

// Felt is a feeling on the lanes: where it was, and the answer to it.
type Felt struct {
	At     float64 // along the beads: 0 at the first, 1 at the second
	Answer Answer
}

// Mark says a time, or a place, above the lanes.
type Mark struct {
	At   float64 // as of [Felt]
	Text string
}

// Unrolled is the road of a conversation from left to right.
type Unrolled struct {
	Title, Desc string
	Beads       []Bead // each with a layer
	Felt        []Felt
	Marks       []Mark
}

// Sizes of the lanes, in units of the drawing.
const (
	lanesWide   = 960.0
	lanesFrom   = 150.0 // where the road begins: before it stand the names
	lanesTo     = 930.0
	laneTop     = 40.0
	laneHigh    = 52.0
	laneStep    = 56.0
	feltTop     = 290.0 // the first row of rings
	feltRow     = 30.0
	feltRadius  = 10.0
	ringsApart  = 26.0
	manyInLanes = 40
)

// Lanes draws the road of a conversation as lanes, a layer each, behaviour
// above; the rings below are the feelings. A ring is closed around a dot where
// the feeling got attention, has a gap where it was left, and is struck through
// where it was put out of the way.
func Lanes(id string, u Unrolled, say Say) []byte {
	var d drawing
	beads := layered(u.Beads)
	rows, last := rowsOf(u.Felt, len(beads))
	high := feltTop + feltRow*float64(last) + 22
	d.open("fig tl", id, rectangle{0, 0, lanesWide, high}, u.Title, u.Desc)
	for i := range samenspel.Layers {
		l := len(samenspel.Layers) - 1 - i
		y := laneTop + laneStep*float64(i)
		d.printf(`<rect class="%s lane" x="0" y="%s" width="%s" height="%s" rx="10"/>`, layerClasses[l], number(y), number(lanesWide), number(laneHigh))
		d.printf(`<text class="%s name" x="14" y="%s">`, layerClasses[l], number(y+31))
		d.escaped(say("layer." + string(samenspel.Layers[l])))
		d.printf(`</text>`)
	}
	for _, m := range u.Marks {
		d.printf(`<text class="axis" x="%s" y="24">`, number(rightward(m.At, len(beads))))
		d.escaped(m.Text)
		d.printf(`</text>`)
	}
	at := make([]point, len(beads))
	for i, b := range beads {
		at[i] = point{rightward(float64(i), len(beads)), laneOf(b.Layer)}
	}
	for i, f := range u.Felt {
		d.felt(f, at, feltTop+feltRow*float64(rows[i]))
	}
	d.through(at)
	size := "7"
	if len(beads) > manyInLanes {
		size = "5.4"
	}
	for i, b := range beads {
		d.printf(`<circle class="%s" cx="%s" cy="%s" r="%s"/>`, b.class(), number(at[i].x), number(at[i].y), size)
	}
	return d.close()
}

// laneOf is the middle of the lane of a layer.
func laneOf(l Layer) float64 {
	return laneTop + laneStep*float64(len(samenspel.Layers)-1-ringOf(l)) + laneHigh/2
}

// rightward is how far to the right a place along the beads is.
func rightward(at float64, beads int) float64 {
	last := float64(max(1, beads-1))
	return lanesFrom + (lanesTo-lanesFrom)*min(max(at, 0), last)/last
}

// rowsOf gives each ring the first row in which it does not touch another, and
// the last row that is used.
func rowsOf(felt []Felt, beads int) (rows []int, last int) {
	rows = make([]int, len(felt))
	order := make([]int, len(felt))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(felt[a].At, felt[b].At) })
	var ends []float64 // of each row
	for _, i := range order {
		x, row := rightward(felt[i].At, beads), 0
		for row < len(ends) && x-ends[row] < ringsApart {
			row++
		}
		if row == len(ends) {
			ends = append(ends, 0)
		}
		ends[row], rows[i] = x, row
		last = max(last, row)
	}
	return rows, last
}

// felt draws a ring, and a line down to it from the road.
func (d *drawing) felt(f Felt, road []point, y float64) {
	x := rightward(f.At, len(road))
	if near := int(f.At + .5); near >= 0 && near < len(road) {
		d.printf(`<path class="drop" d="M%s %sV%s"/>`, number(x), number(road[near].y), number(y-feltRadius-5))
	}
	d.answer(f.Answer, x, y)
}

// answer draws the ring of an answer around a point.
func (d *drawing) answer(a Answer, x, y float64) {
	if a == WasMet {
		d.printf(`<circle class="emoring" cx="%s" cy="%s" r="%s"/>`, number(x), number(y), number(feltRadius))
		d.printf(`<circle class="emofill" cx="%s" cy="%s" r="4.5"/>`, number(x), number(y))
		return
	}
	d.printf(`<path class="emoring" d="M%s %sA10 10 0 1 1 %s %s`, number(x+6.4), number(y-7.7), number(x-6.4), number(y-7.7))
	if a == WasCleared {
		d.printf("M%s %sL%s %s", number(x-13), number(y+8), number(x+13), number(y-8))
	}
	d.printf(`"/>`)
}

// AnswerSign draws the ring of an answer for where its words stand beside it.
// It is hidden from readers of the screen.
func AnswerSign(a Answer) []byte {
	var d drawing
	d.printf(`<svg class="fig ring" viewBox="-15 -15 30 30" aria-hidden="true">`)
	d.answer(a, 0, 0)
	return d.close()
}
