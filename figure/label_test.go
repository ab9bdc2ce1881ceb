package figure

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samenspel"
)

// Whatever the names are, a label stays in the drawing, off the rings, beside
// its own sector and off the other labels.
func TestLabelsKeepClear(t *testing.T) {
	for n := 1; n <= samenspel.MaxSectors; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				word := rapid.StringMatching(`[a-zA-ZéW]{1,40}`)
				labels := make([]label, n)
				for i := range labels {
					name := strings.Join(rapid.SliceOfN(word, 1, 5).Draw(t, "words"), " ")
					labels[i] = place(name, middle(i, n), outerRadius(n))
				}
				checkLabels(t, labels)
			})
		})
	}
}

func checkLabels(t *rapid.T, labels []label) {
	n, outer := len(labels), outerRadius(len(labels))
	for i, l := range labels {
		x, y := math.Abs(l.at.x), math.Abs(l.at.y)
		if x+l.half.x > halfWidth+.1 {
			t.Errorf("label %d of %d leaves the drawing: %+v", i, n, l)
		}
		if math.Hypot(max(0, x-l.half.x), max(0, y-l.half.y)) < outer+air-.1 {
			t.Errorf("label %d of %d touches the rings: %+v", i, n, l)
		}
		off := math.Remainder(math.Atan2(l.at.x, -l.at.y)-middle(i, n), 2*math.Pi)
		if math.Abs(off) > math.Pi/float64(n) {
			t.Errorf("label %d of %d stands beside another sector: %+v", i, n, l)
		}
		for j, other := range labels[:i] {
			if math.Abs(l.at.x-other.at.x) < l.half.x+other.half.x && math.Abs(l.at.y-other.at.y) < l.half.y+other.half.y {
				t.Errorf("labels %d and %d of %d overlap: %+v %+v", j, i, n, other, l)
			}
		}
	}
}
