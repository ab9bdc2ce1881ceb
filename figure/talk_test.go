package figure_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"samenspel"
	"samenspel/figure"
)

// talk is a conversation of so many statements, which goes in and out.
func talk(n int) []figure.Bead {
	way := []samenspel.Layer{
		samenspel.Behaviour, samenspel.Behaviour, samenspel.Need, "", samenspel.Need, samenspel.Commitment,
		samenspel.Need, samenspel.Commitment, samenspel.Meaning, samenspel.Commitment, samenspel.Need,
	}
	beads := make([]figure.Bead, n)
	for i := range beads {
		beads[i] = figure.Bead{Layer: way[i%len(way)], Open: i%4 == 0}
	}
	return beads
}

// roads are the golden drawings of a conversation.
func roads() map[string]func() []byte {
	all := map[string]func() []byte{}
	for _, n := range []int{0, 1, 2, 14, 60, 300} {
		all[fmt.Sprint("road-", n)] = func() []byte { return figure.Road("road", talk(n), texts) }
	}
	return all
}

// parts gives the beads of a drawing and the paths of its road.
func parts(t *testing.T, svg []byte) (beads, paths []string) {
	t.Helper()
	for _, e := range checkForm(t, svg) {
		switch class := e.attrs["class"]; {
		case strings.Contains(class, "bead"):
			beads = append(beads, fmt.Sprint(class, e.attrs["cx"], " ", e.attrs["cy"], " ", e.attrs["r"]))
		case strings.HasPrefix(class, "road"):
			paths = append(paths, class+" "+e.attrs["d"])
		}
	}
	return beads, paths
}

// A conversation that goes on adds to its road: what was drawn stays to the
// byte. Only when it is very long do the first turns go.
func TestTheRoadGrows(t *testing.T) {
	for n := 1; n < 330; n++ {
		was, wasPaths := parts(t, figure.Road("road", talk(n), texts))
		is, isPaths := parts(t, figure.Road("road", talk(n+1), texts))
		if gone := figure.Drawn(n+1) - figure.Drawn(n); gone > 0 {
			was, wasPaths = was[gone:], wasPaths[1:]
			if gone != 24 {
				t.Fatalf("after %d statements %d go", n, gone)
			}
			// What led to the first bead that is left goes with it.
			_, wasPaths[0], _ = strings.Cut(wasPaths[0], "C")
			_, isPaths[0], _ = strings.Cut(isPaths[0], "C")
			wasPaths[0] = wasPaths[0][strings.Index(wasPaths[0], "C"):]
			isPaths[0] = "C" + isPaths[0]
		}
		if len(is) != len(was)+1 {
			t.Fatalf("after %d statements there are %d beads", n+1, len(is))
		}
		for i := range was {
			if was[i] != is[i] {
				t.Fatalf("statement %d moved bead %d from %s to %s", n+1, i, was[i], is[i])
			}
		}
		for i := range wasPaths {
			if !strings.HasPrefix(isPaths[i], wasPaths[i]) {
				t.Fatalf("statement %d drew turn %d anew", n+1, i)
			}
		}
	}
}

// Beads do not cover each other in the first turns, whatever the layers are,
// and all of the road is in the picture.
func TestBeadsKeepClear(t *testing.T) {
	for _, l := range append(samenspel.Layers[:], "") {
		beads := make([]figure.Bead, 2*24)
		for i := range beads {
			beads[i].Layer = l
		}
		type spot struct{ x, y, r float64 }
		var spots []spot
		for _, e := range parse(t, figure.Road("road", beads, texts)) {
			if !strings.Contains(e.attrs["class"], "bead") {
				continue
			}
			var s spot
			for name, to := range map[string]*float64{"cx": &s.x, "cy": &s.y, "r": &s.r} {
				v, err := strconv.ParseFloat(e.attrs[name], 64)
				if err != nil {
					t.Fatal(err)
				}
				*to = v
			}
			if far := math.Hypot(s.x, s.y) + s.r; far > 203 {
				t.Errorf("%q: a bead reaches to %.1f", l, far)
			}
			spots = append(spots, s)
		}
		for i, s := range spots {
			for j, o := range spots[:i] {
				if apart := math.Hypot(s.x-o.x, s.y-o.y); apart < max(s.r, o.r) {
					t.Errorf("%q: beads %d and %d are %.1f apart", l, j, i, apart)
				}
			}
		}
	}
}

// Where a bead lies says its layer, and how it is filled whose it is.
func TestBeadsSayLayerAndVoice(t *testing.T) {
	beads, _ := parts(t, figure.Road("road", []figure.Bead{
		{Layer: samenspel.Meaning}, {Layer: samenspel.Behaviour, Open: true}, {}, {Open: true},
	}, texts))
	for i, class := range []string{"z bead", "g bead pro", "rim bead", "rim bead pro"} {
		if !strings.HasPrefix(beads[i], class) {
			t.Errorf("bead %d is %s, want %s", i, beads[i], class)
		}
	}
}
