package figure_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel"
	"samenspel/figure"
)

// A face on a map says who it is, so that it can be moved.
func init() { known["g"] = append(known["g"], "data-near") }

// around is a map of Yara's with people of these names, all invented, each in
// the next ring and direction; two of them are partners.
func around(names ...string) *samenspel.Seen {
	seen := &samenspel.Seen{You: "yara", Partners: []samenspel.SeenPartner{
		{ID: "yara", Name: samenspel.Say("Yara"), You: true, Standing: samenspel.Here, Shape: 1},
		{ID: "hanan", Name: samenspel.Say("Hanan"), Standing: samenspel.Here, Shape: 2},
		{ID: "tom", Name: samenspel.Say("Tom"), Standing: samenspel.Invited, Shape: 4},
	}}
	m := samenspel.SeenAround{Owner: "yara"}
	for i, name := range names {
		n := samenspel.SeenNear{
			ID: samenspel.NearID(fmt.Sprint("near-", i)), Name: samenspel.Say(name), Ring: 1 + i*2%3, Direction: i * 7 % samenspel.MapDirections,
		}
		switch name {
		case "Hanan":
			n.Partner = "hanan"
		case "Tom":
			n.Partner = "tom"
		}
		m.People = append(m.People, n)
	}
	seen.Around = []samenspel.SeenAround{m}
	return seen
}

func tied(seen *samenspel.Seen, from, to int, as samenspel.TieKind) {
	id := func(i int) samenspel.NearID {
		if i < 0 {
			return ""
		}
		return samenspel.NearID(fmt.Sprint("near-", i))
	}
	seen.Around[0].Ties = append(seen.Around[0].Ties, samenspel.SeenTie{From: id(from), To: id(to), As: as})
}

var twelve = []string{"Hanan", "Sami", "my mother", "Tom", "Rosa", "Mieke", "Aunt Fatima", "Karim", "the neighbours", "Ank", "Said", "Mo"}

func circles(t *testing.T) map[string]*samenspel.Seen {
	t.Helper()
	some := around(twelve[:5]...)
	tied(some, -1, 0, samenspel.StrongTie)
	tied(some, -1, 1, samenspel.OrdinaryTie)
	tied(some, -1, 3, samenspel.StrainedTie)
	tied(some, 0, 2, samenspel.OrdinaryTie)
	tied(some, 1, 4, samenspel.StrainedTie)
	long := around(longNames...)
	tied(long, 2, 3, samenspel.StrongTie)
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprint(twelve[i%12], " ", i))
	}
	close := around(twelve...)
	for i := range close.Around[0].People {
		close.Around[0].People[i].Ring, close.Around[0].People[i].Direction = 1, i
	}
	return map[string]*samenspel.Seen{
		"around-none": around(), "around-5": some, "around-12": around(twelve...), "around-long": long,
		"around-40": around(many...), "around-close": close,
	}
}

func TestAroundGolden(t *testing.T) {
	drawn := map[string][]byte{}
	for name, seen := range circles(t) {
		drawn[name] = figure.Around("fig", seen, "yara", texts)
		if !bytes.Equal(drawn[name], figure.Around("fig", seen, "yara", texts)) {
			t.Errorf("%s is another drawing the second time", name)
		}
	}
	for _, kind := range samenspel.TieKinds {
		drawn["tie-"+string(kind)] = figure.TieSign(kind)
	}
	for name, got := range drawn {
		checkForm(t, got)
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
			t.Errorf("%s has changed (-golden +drawn):\n%s", name, diff)
		}
	}
}

// box is where something stands in a drawing.
type box struct {
	what                   string
	left, top, right, base float64
}

// boxes are the faces and the texts of a map: a face by its path, a text by
// about how wide its letters are.
func boxes(t *testing.T, svg []byte) (faces, names []box) {
	t.Helper()
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, e := range parse(t, svg) {
		switch {
		case strings.HasPrefix(e.attrs["class"], "head"):
			b := box{e.attrs["class"], math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
			for _, part := range strings.FieldsFunc(e.attrs["d"], func(r rune) bool { return strings.ContainsRune("MLAZ", r) }) {
				fields := strings.Fields(part)
				x, y := number(fields[len(fields)-2]), number(fields[len(fields)-1])
				b.left, b.right, b.top, b.base = min(b.left, x), max(b.right, x), min(b.top, y), max(b.base, y)
			}
			faces = append(faces, b)
		case e.attrs["class"] == "called" || e.attrs["class"] == "ring-name":
			x, y, half := number(e.attrs["x"]), number(e.attrs["y"]), 4.2*float64(len([]rune(e.text)))
			names = append(names, box{e.text, x - half, y - 12, x + half, y + 3})
		}
	}
	return faces, names
}

func (b box) meets(o box) bool {
	return b.left < o.right-.3 && o.left < b.right-.3 && b.top < o.base-.3 && o.top < b.base-.3
}

// apart complains of what stands over each other. Faces are round: they are
// held against each other by their middles.
func apart(t interface{ Errorf(string, ...any) }, faces, names []box) {
	for i, a := range faces {
		for _, b := range faces[:i] {
			between := math.Hypot((a.left+a.right-b.left-b.right)/2, (a.top+a.base-b.top-b.base)/2)
			if between < a.right-a.left {
				t.Errorf("two faces are %.1f apart and %.1f wide", between, a.right-a.left)
			}
		}
	}
	for i, a := range names {
		for _, b := range slices.Concat(faces, names[:i]) {
			if a.meets(b) {
				t.Errorf("%s stands over %s", a.what, b.what)
			}
		}
	}
}

func TestNothingOnAMapStandsOverAnother(t *testing.T) {
	for name, seen := range circles(t) {
		t.Run(name, func(t *testing.T) {
			faces, names := boxes(t, figure.Around("fig", seen, "yara", texts))
			apart(t, faces, names)
			if len(faces) != len(seen.Around[0].People) {
				t.Errorf("%d faces of %d people", len(faces), len(seen.Around[0].People))
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "people")
		names := rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(twelve), "Wilhelmina van den Berg")), n, n).Draw(t, "names")
		seen := around(names...)
		taken := map[[2]int]bool{}
		for i := range seen.Around[0].People {
			p := &seen.Around[0].People[i]
			for {
				p.Ring, p.Direction = rapid.IntRange(1, 3).Draw(t, "ring"), rapid.IntRange(0, 23).Draw(t, "direction")
				if !taken[[2]int{p.Ring, p.Direction}] {
					break
				}
			}
			taken[[2]int{p.Ring, p.Direction}] = true
		}
		faces, texts := boxesOf(t, seen)
		apart(t, faces, texts)
	})
}

// boxesOf is boxes within a property.
func boxesOf(t *rapid.T, seen *samenspel.Seen) (faces, names []box) {
	var inner testing.T
	faces, names = boxes(&inner, figure.Around("fig", seen, "yara", texts))
	if inner.Failed() {
		t.Fatal("no drawing")
	}
	return faces, names
}

// Up to twelve people who stand apart are all called by name.
func TestUpToTwelveHaveNames(t *testing.T) {
	svg := figure.Around("fig", around(twelve...), "yara", texts)
	said := strings.Join(written(t, svg), " ")
	for _, name := range twelve {
		if !strings.Contains(said, strings.Fields(name)[0]) {
			t.Errorf("%s has no name on the map", name)
		}
	}
	var many []string
	for i := range 13 {
		many = append(many, fmt.Sprint("name", i))
	}
	if said := strings.Join(written(t, figure.Around("fig", around(many...), "yara", texts)), " "); strings.Contains(said, "name1") {
		t.Error("with more the names are in the list alone")
	}
}

// Without colour the three ties differ: by how many lines, or by their form.
func TestTiesDifferWithoutColour(t *testing.T) {
	forms := map[string]bool{}
	for _, kind := range samenspel.TieKinds {
		form := ""
		for _, e := range parse(t, figure.TieSign(kind)) {
			form += e.attrs["d"] + ";"
		}
		forms[form] = true
	}
	if len(forms) != len(samenspel.TieKinds) {
		t.Errorf("%d forms of %d ties", len(forms), len(samenspel.TieKinds))
	}
}

func TestLetters(t *testing.T) {
	few := []string{"Sami", "Said", "Rosa", "my mother", "S", "Éva", "👩🏽‍👧🏽 x"}
	many := append(slices.Clone(few), "1", "2", "3", "4", "5", "6")
	for names, want := range map[*[]string][]string{
		&few:  {"S", "S", "R", "M", "S", "É", "👩🏽‍👧🏽"},
		&many: {"Sa", "Sa", "R", "M", "S", "É", "👩🏽‍👧🏽", "1", "2", "3", "4", "5", "6"},
	} {
		if diff := cmp.Diff(want, figure.Letters(around(*names...).Around[0].People)); diff != "" {
			t.Errorf("letters (-want +got):\n%s", diff)
		}
	}
}
