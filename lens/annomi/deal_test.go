package annomi

import (
	"fmt"
	"slices"
	"testing"
)

// A video is in one part with all its rows, and parts are about as large.
func TestDealKeepsVideosWhole(t *testing.T) {
	var rows []Row
	for v := range 40 {
		rows = append(rows, slices.Repeat([]Row{{Video: fmt.Sprint(v)}}, 5+v%7)...)
	}
	of, err := deal(rows, 10)
	if err != nil {
		t.Fatal(err)
	}
	partOf, size := map[string]int{}, make([]int, 10)
	for i, r := range rows {
		if p, ok := partOf[r.Video]; ok && p != of[i] {
			t.Fatalf("video %s is in parts %d and %d", r.Video, p, of[i])
		}
		partOf[r.Video] = of[i]
		size[of[i]]++
	}
	if slices.Max(size)-slices.Min(size) > 11 {
		t.Errorf("parts of %v rows", size)
	}
}
