package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// fingers is somebody whose taps are counted: each click, and the one that
// puts the finger in a field.
type fingers struct {
	*browser.Person
	name string
	taps int
}

// most is how many taps looking back may cost somebody.
const most = 30

func (f *fingers) Click(sel string) {
	f.taps++
	f.Person.Click(sel)
}

func (f *fingers) Follow(link string) {
	f.taps++
	f.Person.Follow(link)
}

func (f *fingers) Submit(button string) {
	f.taps++
	f.Person.Submit(button)
}

func (f *fingers) Fill(sel, text string) {
	f.taps++
	f.Person.Fill(sel, text)
}

// choose picks what stands at a radio or a box of a form.
func (f *fingers) choose(field, label string) {
	f.taps++
	choose(f.Person, field, label)
}

// tick leaves exactly those with these names ticked.
func (f *fingers) tick(field string, names ...string) {
	f.taps += tick(f.Person, field, names...)
}

// mirror answers the five questions and is ready.
func (f *fingers) mirror(answers ...string) {
	for i, question := range []string{"heard", "matter", "pace", "room", "trusted"} {
		f.choose("mirror_"+question, answers[i])
	}
	f.Submit("text=Klaar voor nu")
	f.See("Bewaard. Je kunt het altijd veranderen.")
}

// few sees that it cost somebody no more taps than it may.
func (f *fingers) few(t *testing.T) {
	t.Helper()
	t.Logf("looking back cost %s %d taps", f.name, f.taps)
	if f.taps == 0 || f.taps > most {
		t.Errorf("looking back cost %s %d taps, not between 1 and %d", f.name, f.taps, most)
	}
}
