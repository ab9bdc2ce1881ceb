package paper

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"samenspel/figure"
)

// drawn is the stylesheet of a drawing that stands by itself: plain colours,
// which every program that shows drawings knows.
//
//go:embed drawing.css
var drawn string

// SVG writes the road of the conversation between the two shapes of the method
// as one drawing that needs nothing else.
func (r *Report) SVG(w io.Writer) error {
	o := r.outline()
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1240 520" font-family="sans-serif"><title>`)
	escaped(&b, o.Say("road.head"))
	fmt.Fprintf(&b, "</title><style>%s</style><rect class=\"room\" width=\"1240\" height=\"520\"/><rect class=\"sheet\" x=\"410\" y=\"14\" width=\"420\" height=\"492\" rx=\"28\"/>", drawn)
	for _, part := range []struct {
		svg          []byte
		x, y, size   float64
		title, about string
	}{
		{figure.GoodConversation("good", o.Say), 40, 60, 330, o.Say("good.title"), o.Say("good.about")},
		{o.whole(), 430, 26, 380, o.Say("road.title"), o.Course()},
		{figure.ConnectingDialogue("connecting", o.Say), 870, 60, 330, o.Say("connecting.title"), o.Say("connecting.about")},
	} {
		fmt.Fprintf(&b, `<svg x="%v" y="%v" width="%v" height="%v" `, part.x, part.y, part.size, part.size)
		b.Write(bytes.TrimPrefix(part.svg, []byte("<svg ")))
		middle := part.x + part.size/2
		fmt.Fprintf(&b, `<text class="title" x="%v" y="436">`, middle)
		escaped(&b, part.title)
		b.WriteString(`</text>`)
		for i, line := range lines(part.about, 42) {
			fmt.Fprintf(&b, `<text class="about" x="%v" y="%v">`, middle, 460+20*i)
			escaped(&b, line)
			b.WriteString(`</text>`)
		}
	}
	b.WriteString("</svg>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// lines breaks words into lines of so many letters.
func lines(words string, wide int) []string {
	var list []string
	for _, w := range strings.Fields(words) {
		if n := len(list); n > 0 && utf8.RuneCountInString(list[n-1])+1+utf8.RuneCountInString(w) <= wide {
			list[n-1] += " " + w
			continue
		}
		list = append(list, w)
	}
	return list
}

// escaped writes words into a drawing. Writing to memory does not fail.
func escaped(b *bytes.Buffer, s string) { _ = xml.EscapeText(b, []byte(s)) }
