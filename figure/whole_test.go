package figure_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"samenspel"
	"samenspel/figure"
)

// unrolled is a conversation of so many parts, with feelings in it.
func unrolled(n int) figure.Unrolled {
	u := figure.Unrolled{Title: "Where <attention> was", Desc: "In words.", Beads: talk(n)}
	for i := range n / 5 {
		u.Felt = append(u.Felt, figure.Felt{At: float64(i*4 + 1), Answer: figure.Answer(i % 3)})
	}
	for i := 0; i < n; i += 10 {
		u.Marks = append(u.Marks, figure.Mark{At: float64(i), Text: fmt.Sprint(i, " min")})
	}
	return u
}

// wholes are the golden drawings of whole conversations.
func wholes() map[string]func() []byte {
	all := map[string]func() []byte{}
	for _, n := range []int{0, 1, 2, 20, 60} {
		all[fmt.Sprint("whole-", n)] = func() []byte {
			return figure.Whole("whole", talk(n), "This <conversation>", "In words.", texts)
		}
		all[fmt.Sprint("lanes-", n)] = func() []byte { return figure.Lanes("lanes", unrolled(n), texts) }
	}
	for a, name := range []string{"met", "left", "cleared"} {
		all["felt-"+name] = func() []byte { return figure.AnswerSign(figure.Answer(a)) }
	}
	return all
}

// placed are the beads of a drawing with their place.
func placed(t *testing.T, svg []byte) (classes []string, x, y []float64) {
	t.Helper()
	for _, e := range checkForm(t, svg) {
		if !strings.Contains(e.attrs["class"], "bead") {
			continue
		}
		cx, errX := strconv.ParseFloat(e.attrs["cx"], 64)
		cy, errY := strconv.ParseFloat(e.attrs["cy"], 64)
		if errX != nil || errY != nil {
			t.Fatal(errX, errY)
		}
		classes, x, y = append(classes, e.attrs["class"]), append(x, cx), append(y, cy)
	}
	return classes, x, y
}

// What a bead says stands in its place: to the right is later, lower is
// deeper, open is of a professional.
func TestLanesSayLayerTimeAndVoice(t *testing.T) {
	beads := []figure.Bead{
		{Layer: samenspel.Behaviour, Open: true}, {}, {Layer: samenspel.Need}, {Layer: samenspel.Commitment, Open: true}, {Layer: samenspel.Meaning},
	}
	classes, x, y := placed(t, figure.Lanes("lanes", figure.Unrolled{Title: "t", Desc: "d", Beads: beads}, texts))
	want := []string{"g bead pro", "h bead", "k bead pro", "z bead"}
	if fmt.Sprint(classes) != fmt.Sprint(want) {
		t.Fatalf("beads %v, want %v", classes, want)
	}
	for i := 1; i < len(x); i++ {
		if x[i] <= x[i-1] || y[i] <= y[i-1] {
			t.Errorf("bead %d is at %v %v, after %v %v", i, x[i], y[i], x[i-1], y[i-1])
		}
	}
}

// The three answers differ without colour, and rings do not touch.
func TestRings(t *testing.T) {
	signs := map[string]bool{}
	for a := range 3 {
		signs[string(figure.AnswerSign(figure.Answer(a)))] = true
	}
	for _, e := range parse(t, figure.AnswerSign(figure.WasMet)) {
		if e.name == "circle" && (e.attrs["cx"] != "0" || e.attrs["cy"] != "0") {
			t.Errorf("the sign is around %s %s", e.attrs["cx"], e.attrs["cy"])
		}
	}
	if len(signs) != 3 {
		t.Errorf("%d signs for three answers", len(signs))
	}
	u := unrolled(30)
	u.Felt = nil
	for i := range 90 {
		u.Felt = append(u.Felt, figure.Felt{At: float64(i%29) + .3, Answer: figure.WasMet})
	}
	type spot struct{ x, y float64 }
	var rings []spot
	for _, e := range checkForm(t, figure.Lanes("lanes", u, texts)) {
		if e.attrs["class"] == "emoring" {
			x, _ := strconv.ParseFloat(e.attrs["cx"], 64)
			y, _ := strconv.ParseFloat(e.attrs["cy"], 64)
			for _, r := range rings {
				if (r.x-x)*(r.x-x)+(r.y-y)*(r.y-y) < 20*20 {
					t.Fatalf("rings at %v and %v touch", r, spot{x, y})
				}
			}
			rings = append(rings, spot{x, y})
		}
	}
	if len(rings) != 90 {
		t.Errorf("%d rings for 90 feelings", len(rings))
	}
}
