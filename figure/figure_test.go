package figure_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/figure"
)

var update = flag.Bool("update", false, "write the golden files anew")

func drawings(t *testing.T) map[string]func() []byte {
	t.Helper()
	draw := func(subjects ...subject) func() []byte {
		in := insight(t, subjects...)
		return func() []byte { return figure.Insight("fig", in, "Yara", texts) }
	}
	all := map[string]func() []byte{
		"insight-empty":       draw(),
		"insight-1":           draw(sixSubjects[:1]...),
		"insight-2":           draw(sixSubjects[:2]...),
		"insight-3":           draw(sixSubjects[2:5]...),
		"insight-5":           draw(sixSubjects[1:]...),
		"insight-6":           draw(sixSubjects...),
		"insight-8-long":      draw(named(longNames...)...),
		"insight-no-theme":    draw(subject{"", []word{own(samenspel.Need)}}, subject{"money", nil}),
		"good-conversation":   func() []byte { return figure.GoodConversation("good", texts) },
		"connecting-dialogue": func() []byte { return figure.ConnectingDialogue("connect", texts) },
	}
	maps.Copy(all, roads())
	maps.Copy(all, wholes())
	for _, state := range samenspel.CellStates {
		all["sign-"+figure.Class(state)] = func() []byte { return figure.Sign(state) }
	}
	return all
}

func TestGolden(t *testing.T) {
	for name, draw := range drawings(t) {
		t.Run(name, func(t *testing.T) {
			got := draw()
			if !bytes.Equal(got, draw()) {
				t.Error("the second time it is another drawing")
			}
			path := filepath.Join("testdata", name+".svg")
			if *update {
				if err := os.WriteFile(path, broken(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; run with -update to write it", err)
			}
			if diff := cmp.Diff(string(want), string(broken(got))); diff != "" {
				t.Errorf("the drawing has changed (-golden +drawn):\n%s", diff)
			}
		})
	}
}

// broken puts each element on its own line, for who reads the golden file.
func broken(svg []byte) []byte {
	return append(bytes.ReplaceAll(svg, []byte("><"), []byte(">\n<")), '\n')
}

// element is a part of a drawing, with the text directly in it.
type element struct {
	name, text string
	attrs      map[string]string
}

// parse reads a drawing as strict XML.
func parse(t *testing.T, svg []byte) []element {
	t.Helper()
	var list []element
	var open []int
	for read := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := read.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open, list = append(open, len(list)), append(list, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			list[open[len(open)-1]].text += string(token)
		}
	}
}

// known are the elements and attributes that a drawing is made of. No style,
// script, link or address is among them.
var known = map[string][]string{
	"svg":    {"class", "viewBox", "role", "aria-labelledby", "aria-hidden"},
	"title":  {"id"},
	"desc":   {"id"},
	"g":      {"class"},
	"path":   {"class", "d", "transform"},
	"circle": {"class", "cx", "cy", "r"},
	"text":   {"x", "y", "class", "direction"},
	"rect":   {"class", "x", "y", "width", "height", "rx"},
}

// checkForm holds a drawing against what every drawing must be.
func checkForm(t *testing.T, svg []byte) []element {
	t.Helper()
	list := parse(t, svg)
	ids := map[string]string{}
	for _, e := range list {
		allowed, ok := known[e.name]
		if !ok {
			t.Errorf("element %s in a drawing", e.name)
		}
		for name := range e.attrs {
			if !slices.Contains(allowed, name) {
				t.Errorf("attribute %s on %s", name, e.name)
			}
		}
		if id := e.attrs["id"]; id != "" {
			ids[id] = e.text
		}
	}
	if list[0].attrs["aria-hidden"] == "true" {
		return list
	}
	if list[0].attrs["role"] != "img" {
		t.Error("the drawing is no image to a screen reader")
	}
	refs := strings.Fields(list[0].attrs["aria-labelledby"])
	if len(refs) != 2 {
		t.Errorf("labelled by %q, want title and description", refs)
	}
	for _, id := range refs {
		if ids[id] == "" {
			t.Errorf("nothing said at %q", id)
		}
	}
	return list
}

func TestForm(t *testing.T) {
	for name, draw := range drawings(t) {
		t.Run(name, func(t *testing.T) { checkForm(t, draw()) })
	}
}

func TestIdsBeginWithTheGivenOne(t *testing.T) {
	in := insight(t, sixSubjects...)
	for _, e := range parse(t, figure.Insight("today", in, "Yara", texts)) {
		if id, ok := e.attrs["id"]; ok && !strings.HasPrefix(id, "today-") {
			t.Errorf("id %q", id)
		}
	}
}

// The cells of a drawing are the cells of the insight.
func TestCellsAgreeWithTheInsight(t *testing.T) {
	for _, subjects := range [][]subject{sixSubjects, sixSubjects[:1], sixSubjects[3:], named(longNames...), nil} {
		t.Run(fmt.Sprint(len(subjects)), func(t *testing.T) {
			in := insight(t, subjects...)
			want, got := map[string]int{}, map[string]int{}
			for _, s := range in.Sectors {
				for _, c := range s.Cells {
					want[figure.Class(c.State)]++
				}
			}
			for _, e := range parse(t, figure.Insight("fig", in, "Yara", texts)) {
				for _, state := range samenspel.CellStates {
					if e.attrs["class"] == figure.Class(state) {
						got[figure.Class(state)]++
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("cells per state (-insight +drawn):\n%s", diff)
			}
		})
	}
}

// Without colour the five states still differ: no two have the same sign, and
// the one without a sign is the one where nothing was asked.
func TestStatesDifferWithoutColour(t *testing.T) {
	signs := map[string]samenspel.CellState{}
	for _, state := range samenspel.CellStates {
		sign := ""
		for _, e := range parse(t, figure.Sign(state)) {
			if strings.HasPrefix(e.attrs["class"], "sign") {
				sign = e.attrs["d"]
			}
		}
		if other, taken := signs[sign]; taken {
			t.Errorf("states %d and %d have the same sign", state, other)
		}
		if (sign == "") != (state == samenspel.NotAsked) {
			t.Errorf("state %d has the sign %q", state, sign)
		}
		signs[sign] = state
	}
}

// An earlier moment is drawn by the same facts as when it was now.
func TestAnEarlierMomentIsDrawnAsItWas(t *testing.T) {
	then := insight(t, sixSubjects[:2]...)
	seen, about := atTable(t, sixSubjects...)
	var found bool
	for _, m := range seen.Moments(about) {
		drawn := figure.Insight("fig", seen.InsightAt(about, m), "Yara", texts)
		found = found || bytes.Equal(drawn, figure.Insight("fig", then, "Yara", texts))
	}
	if !found {
		t.Error("no moment is drawn as two of the six subjects were")
	}
}

// written gives the lines of text that a drawing shows.
func written(t *testing.T, svg []byte) []string {
	t.Helper()
	var lines []string
	for _, e := range parse(t, svg) {
		if e.name == "text" {
			lines = append(lines, e.text)
		}
	}
	return lines
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"money", []string{"money"}},
		{"the school of Sami", []string{"the school of", "Sami"}},
		{"the school of my youngest daughter", []string{"the school of my", "youngest daughter"}},
		{"the school of my youngest daughter in town", []string{"the school of my", "youngest…"}},
		{"Arbeidsongeschiktheidsverzekering", []string{"Arbeidsongesch…"}},
		{"<script>alert('x')</script>", []string{"<script>alert('x'…"}},
		{`"A" & <b>`, []string{`"A" & <b>`}},
		{"  two \n words ", []string{"two words"}},
		{"العمل", []string{"العمل"}},
		{"👩🏽‍👩🏽‍👧🏽", []string{"👩🏽‍👩🏽‍👧🏽"}},
		{"not\uffffXML", []string{"not\ufffdXML"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			svg := figure.Insight("fig", insight(t, subject{c.name, nil}), "Yara", texts)
			checkForm(t, svg)
			if diff := cmp.Diff(append([]string{"Yara"}, c.want...), written(t, svg)); diff != "" {
				t.Errorf("texts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheNameInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"Yara", []string{"Yara"}},
		{"Aunt Fatima", []string{"Aunt", "Fatima"}},
		{"Wilhelmina", []string{"W"}},
		{"É\u0301lisabeth-Marie", []string{"É\u0301"}},
		{"محمد", []string{"محمد"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := written(t, figure.Insight("fig", insight(t, subject{"money", nil}), c.name, texts))
			if diff := cmp.Diff(append(c.want, "money"), got); diff != "" {
				t.Errorf("texts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDirectionOfText(t *testing.T) {
	for name, want := range map[string]string{"money": "", "العمل": "rtl", "12 עבודה": "rtl", "work عمل": ""} {
		t.Run(name, func(t *testing.T) {
			for _, e := range parse(t, figure.Insight("fig", insight(t, subject{name, nil}), "Yara", texts)) {
				if e.text == name && e.attrs["direction"] != want {
					t.Errorf("direction %q, want %q", e.attrs["direction"], want)
				}
			}
		})
	}
}

func FuzzNames(f *testing.F) {
	for _, name := range longNames {
		f.Add(name, "Yara")
	}
	f.Add("<script>", `"><svg onload="x">`)
	f.Add("\u202eevil", "\u200d\u200d")
	f.Fuzz(func(t *testing.T, theme, person string) {
		if !utf8.ValidString(theme) || !utf8.ValidString(person) {
			t.Skip("words are UTF-8")
		}
		in := samenspel.Insight{Sectors: []samenspel.Sector{{Theme: "theme", Name: samenspel.Say(theme)}, {}}}
		checkForm(t, figure.Insight("fig", in, person, texts))
	})
}

func BenchmarkInsight(b *testing.B) {
	in := samenspel.Insight{}
	for i, name := range longNames {
		s := samenspel.Sector{Theme: samenspel.ThemeID(name), Name: samenspel.Say(name)}
		for l := range s.Cells {
			s.Cells[l].State = samenspel.CellStates[(i+l)%len(samenspel.CellStates)]
		}
		in.Sectors = append(in.Sectors, s)
	}
	b.ReportAllocs()
	for b.Loop() {
		figure.Insight("fig", in, "Yara", texts)
	}
}
