package figure

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
)

// point is a place in a drawing. The centre is 0,0; y grows downward.
type point struct{ x, y float64 }

// String gives the point as a path takes it.
func (p point) String() string { return number(p.x) + " " + number(p.y) }

// polar is the point at a distance from the centre, in a direction from the
// top with the clock.
func polar(radius, angle float64) point {
	sin, cos := math.Sincos(angle)
	return point{radius * sin, -radius * cos}
}

// number writes a length with at most one decimal.
func number(v float64) string {
	tenths := math.Round(v * 10)
	if tenths == 0 { // never "-0"
		return "0"
	}
	return strconv.FormatFloat(tenths/10, 'f', -1, 64)
}

type rectangle struct{ x, y, width, height float64 }

// drawing is an SVG on its way. Writing to memory does not fail.
type drawing struct{ out bytes.Buffer }

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// escaped writes text that may hold anything.
func (d *drawing) escaped(text string) { _ = xml.EscapeText(&d.out, []byte(text)) }

// open begins an image with its title and description.
func (d *drawing) open(class, id string, box rectangle, title, desc string) {
	d.printf(`<svg class="%s" viewBox="%s %s %s %s" role="img" aria-labelledby="%s-t %s-d"><title id="%s-t">`, class,
		number(box.x), number(box.y), number(box.width), number(box.height), id, id, id)
	d.escaped(title)
	d.printf(`</title><desc id="%s-d">`, id)
	d.escaped(desc)
	d.printf(`</desc>`)
}

func (d *drawing) close() []byte {
	d.printf(`</svg>`)
	return d.out.Bytes()
}

// wedge writes the path of a part of a ring between two directions. Its
// straight sides lie the gap away from those directions, so that the space
// between two wedges is as wide inside as outside.
func (d *drawing) wedge(inner, outer, from, to, gap float64) {
	in, out := math.Asin(gap/inner), math.Asin(gap/outer)
	r, s := number(outer), number(inner)
	d.printf("M%vA%s %s 0 0 1 %v", polar(outer, from+out), r, r, polar(outer, to-out))
	d.printf("L%vA%s %s 0 0 0 %vZ", polar(inner, to-in), s, s, polar(inner, from+in))
}

// band writes the path of a whole ring: out with the clock, in against it, so
// that the inside stays open.
func (d *drawing) band(inner, outer float64) {
	r, s := number(outer), number(inner)
	d.printf("M0-%sA%s %s 0 0 1 0 %sA%s %s 0 0 1 0-%sZ", r, r, r, r, r, r, r)
	d.printf("M0-%sA%s %s 0 0 0 0 %sA%s %s 0 0 0 0-%sZ", s, s, s, s, s, s, s)
}

// lines writes text around a point, line under line.
func (d *drawing) lines(at point, lines []string, class string) {
	const baseline = 5.5 // under the middle of the letters
	y := at.y + baseline - lineHeight*float64(len(lines)-1)/2
	for _, line := range lines {
		d.printf(`<text x="%s" y="%s"`, number(at.x), number(y))
		if class != "" {
			d.printf(` class="%s"`, class)
		}
		if rightToLeft(line) {
			d.printf(` direction="rtl"`)
		}
		d.printf(`>`)
		d.escaped(line)
		d.printf(`</text>`)
		y += lineHeight
	}
}
