package paper

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"samenspel/lens"
)

// columns is how wide a report as text is.
const columns = 80

// maxNumbers is how many sentences a line of text names by number.
const maxNumbers = 8

// Text writes the report for a terminal.
func (r *Report) Text(w io.Writer) error {
	t := &text{outline: r.outline()}
	t.head()
	t.road()
	t.moments()
	for _, s := range t.Sections {
		t.section(s)
	}
	t.pace()
	t.line("")
	t.wrap(0, t.Say("foot"))
	_, err := w.Write(t.out.Bytes())
	return err
}

// text is a report for a terminal on its way.
type text struct {
	*outline
	out bytes.Buffer
}

func (t *text) line(s string) { fmt.Fprintln(&t.out, strings.TrimRight(s, " ")) }

// wrap writes words in lines that fit, each so far from the side.
func (t *text) wrap(indent int, said string) {
	line := ""
	flush := func() {
		t.line(strings.Repeat(" ", indent) + line)
		line = ""
	}
	for _, word := range strings.Fields(clean(said)) {
		for utf8.RuneCountInString(word) > columns-indent { // a word without end
			if line != "" {
				flush()
			}
			cut := len(string([]rune(word)[:columns-indent]))
			line, word = word[:cut], word[cut:]
			flush()
		}
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > columns-indent {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		flush()
	}
}

// clean takes out of what people said, or of names, what would steer a terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

func (t *text) heading(s, under string) {
	t.line("")
	t.wrap(0, s)
	t.line(strings.Repeat(under, min(columns, utf8.RuneCountInString(clean(s)))))
}

func (t *text) head() {
	t.line(t.Say("title"))
	t.line(strings.Repeat("=", utf8.RuneCountInString(t.Say("title"))))
	t.wrap(0, t.Lead()+" "+t.Say("points"))
	t.wrap(0, t.Made())
	if len(t.Cast) > 0 {
		t.wrap(0, t.People())
	}
	if len(t.Skips) > 0 {
		t.line("")
		t.line(t.Say("skips.head") + ":")
		for _, s := range t.AboutFile() {
			t.wrap(2, s)
		}
	}
}

// road writes the lanes in signs, and then in words.
func (t *text) road() {
	t.heading(t.Say("road.head"), "-")
	t.wrap(0, t.Course())
	t.line("")
	steps := lens.Shorter(t.Measures.Steps, beadsText)
	const names = 18
	for _, l := range inward {
		t.line(padded(t.Say("layer."+string(l)), names) + "  " + t.lane(steps, l))
	}
	for _, a := range lens.Response.Codes() {
		t.line(padded(t.answer(a), names) + "  " + t.rings(steps, a))
	}
	t.line("")
	t.line(t.Say("lanes.signs"))
	t.wrap(0, t.Voices())
	if len(t.Measures.Steps) > beadsText {
		t.wrap(0, t.Say("beads.many"))
	}
	t.line("")
	for _, part := range t.InWords() {
		t.wrap(0, part)
	}
	t.line("")
	t.wrap(0, t.Say("good.title")+": "+t.Say("good.about"))
	t.wrap(0, t.Say("connecting.title")+": "+t.Say("connecting.about"))
}

// lane is the line of one layer.
func (t *text) lane(steps []lens.Step, layer lens.Code) string {
	var b strings.Builder
	for _, s := range steps {
		switch {
		case s.Layer != layer:
			b.WriteString("·")
		case s.Side == lens.ProfessionalSide:
			b.WriteString("○")
		default:
			b.WriteString("●")
		}
	}
	return b.String()
}

// signs are the answers to a feeling.
var signs = map[lens.Code]rune{lens.Met: '◉', lens.Left: '◌', lens.Cleared: '⊘'}

// rings is the line of the feelings with one answer.
func (t *text) rings(steps []lens.Step, answer lens.Code) string {
	row := []rune(strings.Repeat(" ", len(steps)))
	for _, m := range t.Measures.Emotion.Moments {
		if at := int(lens.Along(steps, m.At) + .5); m.Answer == answer && at >= 0 && at < len(row) {
			row[at] = signs[answer]
		}
	}
	return string(row)
}

// padded gives a text so wide.
func padded(s string, wide int) string {
	return s + strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(s)))
}

func (t *text) moments() {
	t.heading(t.Say("moments.head"), "-")
	list := t.Moments()
	if len(list) == 0 {
		t.wrap(0, t.Say("emotion.none"))
		return
	}
	for _, i := range t.AnswerCounts() {
		t.item(i)
	}
	for _, m := range list {
		t.line("")
		t.line(m.Label + ", " + m.Where)
		t.said(m.Said)
		for _, q := range m.Reply {
			t.said(q)
		}
	}
	if more := t.MoreMoments(); more > 0 {
		t.line("")
		t.wrap(0, t.Say("moments.more", "N", more))
	}
}

func (t *text) said(q quote) { t.wrap(2, q.Who+": “"+q.Text+"”") }

func (t *text) section(s section) {
	t.heading(s.Head, "-")
	for _, g := range s.Groups {
		if g.Head != "" {
			t.wrap(0, g.Head)
		}
		for _, i := range g.Items {
			t.item(i)
		}
	}
	for _, note := range s.Notes {
		t.wrap(0, note)
	}
}

// item writes a count and in which sentences it is. Where the lens is not sure
// enough there is no number.
func (t *text) item(i item) {
	const label = 46
	count := fmt.Sprint(i.N)
	if i.Look {
		count = t.Say("item.look")
		if i.N == 0 {
			return
		}
	}
	line := padded("  "+clean(i.Label), label+2) + " " + fmt.Sprintf("%4s", count)
	if len(i.At) == 0 {
		t.line(line)
		return
	}
	at := i.At[:min(len(i.At), maxNumbers)]
	list := strings.Join(strings.Fields(strings.Trim(fmt.Sprint(at), "[]")), ", ")
	if len(at) < i.N {
		list += " …"
	}
	where := t.Say("item.sentences", "List", list)
	if utf8.RuneCountInString(line)+3+utf8.RuneCountInString(where) <= columns {
		t.line(line + "   " + where)
		return
	}
	t.line(line)
	t.wrap(6, where)
}

func (t *text) pace() {
	t.heading(t.Say("pace.head"), "-")
	p := t.Measures.Pace
	if p == nil {
		t.wrap(0, t.Say("pace.unchecked"))
		return
	}
	for _, s := range p.Speakers {
		t.wrap(0, fmt.Sprintf("%s: %s %d, %s %d, %s %d", t.name(s.Speaker), strings.ToLower(t.Say("pace.turns")), s.Turns,
			strings.ToLower(t.Say("pace.words")), s.Words, strings.ToLower(t.Say("pace.longest")), s.Longest))
	}
	for _, i := range t.PaceItems() {
		t.item(i)
	}
	for _, note := range t.PaceNotes() {
		t.wrap(0, note)
	}
}
