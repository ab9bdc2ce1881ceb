package lens_test

import (
	"slices"
	"testing"
	"time"

	"samenspel/lens"
)

func TestMostly(t *testing.T) {
	for _, one := range []struct {
		spoken       [5]int
		mostly, also []lens.Code
	}{
		{},
		{spoken: [5]int{9}},
		{spoken: [5]int{9, 3}, mostly: []lens.Code{lens.AtBehaviour}},
		{spoken: [5]int{0, 6, 2, 0, 1}, mostly: []lens.Code{lens.AtBehaviour}, also: []lens.Code{lens.AtNeed, lens.AtMeaning}},
		{spoken: [5]int{0, 2, 2, 2, 0}, mostly: []lens.Code{lens.AtBehaviour, lens.AtNeed}, also: []lens.Code{lens.AtCommitment}},
		{spoken: [5]int{0, 1, 0, 5, 0}, mostly: []lens.Code{lens.AtCommitment}, also: []lens.Code{lens.AtBehaviour}},
	} {
		mostly, also := lens.Mostly(one.spoken)
		if !slices.Equal(mostly, one.mostly) || !slices.Equal(also, one.also) {
			t.Errorf("%v: mostly %v, also %v; want %v and %v", one.spoken, mostly, also, one.mostly, one.also)
		}
	}
}

func TestAlong(t *testing.T) {
	steps := []lens.Step{{From: 2, To: 4}, {From: 7, To: 7}}
	for n, want := range map[int]float64{1: -.5, 2: 0, 4: 0, 5: .5, 7: 1, 9: 1} {
		if got := lens.Along(steps, n); got != want {
			t.Errorf("utterance %d lies at %v, want %v", n, got, want)
		}
	}
}

func TestMinutes(t *testing.T) {
	var steps []lens.Step
	for i := range 30 {
		steps = append(steps, lens.Step{Start: lens.Clock(time.Duration(i) * 2 * time.Minute)})
	}
	m := &lens.Measures{Length: lens.Clock(time.Hour)}
	var minutes []int
	for _, one := range m.Minutes(steps, 5) {
		minutes = append(minutes, one.Minute)
	}
	if want := []int{0, 16, 30, 46}; !slices.Equal(minutes, want) {
		t.Errorf("minutes %v, want %v", minutes, want)
	}
}
