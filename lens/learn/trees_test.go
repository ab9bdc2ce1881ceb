package learn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens/learn"
)

// corners makes rows whose class depends on two figures together, which no
// line can part, and on whether a third is known.
func corners(rows int) (table [][]float64, class []int) {
	chance := rand.New(rand.NewPCG(5, 5))
	for range rows {
		x, y, z := chance.Float64(), chance.Float64(), math.NaN()
		c := 0
		switch {
		case chance.IntN(3) == 0:
			c, z = 2, chance.Float64()
		case (x < 0.5) != (y < 0.5):
			c = 1
		}
		table = append(table, []float64{x, y, z, chance.Float64()})
		class = append(class, c)
	}
	return table, class
}

func TestTreesLearnWhatNoLineCan(t *testing.T) {
	table, class := corners(2000)
	half := slices.Clone(class)
	for i := 1000; i < 2000; i++ {
		half[i] = learn.Skip
	}
	o := learn.DefaultTrees()
	o.Least, o.Rounds, o.Figures, o.Step = 5, 80, 1, 0.2
	trees, err := learn.Grow(table, half, 3, o)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]float64
	for _, row := range table {
		all = append(all, trees.Margins(row, nil))
	}
	if got := hits(class, func(i int) int { return learn.Best(all[i], nil) }); got < 0.93 {
		t.Errorf("%.2f found", got)
	}
	again, _ := learn.Grow(table, half, 3, o)
	for i, row := range table {
		if diff := cmp.Diff(all[i], again.Margins(row, nil)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestGrowRefuses(t *testing.T) {
	table, class := corners(5)
	for name, grow := range map[string]func() (*learn.Trees, error){
		"one class":      func() (*learn.Trees, error) { return learn.Grow(table, class, 1, learn.DefaultTrees()) },
		"too few codes":  func() (*learn.Trees, error) { return learn.Grow(table, class[:3], 3, learn.DefaultTrees()) },
		"a class beyond": func() (*learn.Trees, error) { return learn.Grow(table, []int{0, 1, 2, 3, 0}, 3, learn.DefaultTrees()) },
		"nothing": func() (*learn.Trees, error) {
			return learn.Grow(table, slices.Repeat([]int{learn.Skip}, 5), 3, learn.DefaultTrees())
		},
	} {
		if _, err := grow(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
