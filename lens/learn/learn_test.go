package learn_test

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel/lens/learn"
)

// talk makes rows whose first features tell the class, most of the time, among
// many that tell nothing.
func talk(rows, classes int, seed uint64) (made []learn.Row, class []int) {
	chance := rand.New(rand.NewPCG(seed, 1))
	for range rows {
		c := chance.IntN(classes)
		if chance.IntN(3) == 0 {
			c = 0 // one class is larger
		}
		var r learn.Row
		add := func(h uint32) {
			r.Index = append(r.Index, h*2654435761)
			r.Value = append(r.Value, 0.4)
		}
		told := c
		if chance.IntN(10) == 0 {
			told = chance.IntN(classes)
		}
		add(uint32(told))
		add(uint32(100 + told*10 + chance.IntN(10)))
		for range 6 {
			add(uint32(1000 + chance.IntN(300)))
		}
		made = append(made, r)
		class = append(class, c)
	}
	return made, class
}

// taught trains on the first half of rows.
func taught(t testing.TB, rows []learn.Row, class []int, classes int) *learn.Weights {
	t.Helper()
	half := slices.Clone(class)
	for i := len(half) / 2; i < len(half); i++ {
		half[i] = learn.Skip
	}
	w, err := learn.Train(learn.Examples{Matrix: learn.NewMatrix(rows, 1), Classes: classes, Class: half}, learn.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// hits is the share of the second half whose class is found.
func hits(class []int, choose func(i int) int) float64 {
	n, half := 0, len(class)/2
	for i := half; i < len(class); i++ {
		if choose(i) == class[i] {
			n++
		}
	}
	return float64(n) / float64(len(class)-half)
}

func TestWhatIsLearntHoldsForRowsNotSeen(t *testing.T) {
	for _, classes := range []int{2, 3, 5} {
		rows, class := talk(2000, classes, uint64(classes))
		w := taught(t, rows, class, classes)
		got := hits(class, func(i int) int { return learn.Best(w.Margins(i, nil), nil) })
		if got < 0.88 {
			t.Errorf("%d classes: %.2f found, while 9 of 10 rows tell theirs", classes, got)
		}
		shuffled := slices.Clone(class)
		rand.New(rand.NewPCG(1, 2)).Shuffle(1000, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		w = taught(t, rows, shuffled, classes)
		if none := hits(class, func(i int) int { return learn.Best(w.Margins(i, nil), nil) }); none > got-0.2 {
			t.Errorf("%d classes: %.2f found after learning nonsense, %.2f after learning", classes, none, got)
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	rows, class := talk(10, 2, 1)
	m := learn.NewMatrix(rows, 1)
	for name, ex := range map[string]learn.Examples{
		"one class":       {Matrix: m, Classes: 1, Class: class},
		"too few classes": {Matrix: m, Classes: 2, Class: class[:9]},
		"a class beyond":  {Matrix: m, Classes: 2, Class: append([]int{2}, class[1:]...)},
		"weights for few": {Matrix: m, Classes: 2, Class: class, Weight: []float32{1}},
		"nothing":         {Matrix: m, Classes: 2, Class: slices.Repeat([]int{learn.Skip}, 10)},
	} {
		if _, err := learn.Train(ex, learn.Defaults()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A row of weight nought is a row that is not there, and one of weight two is
// there twice.
func TestWeightsOfRows(t *testing.T) {
	rows, class := talk(200, 3, 4)
	m := learn.NewMatrix(rows, 1)
	o := learn.Defaults()
	o.Rounds = 60
	weight := slices.Repeat([]float32{1}, 200)
	for i := range 50 {
		weight[i] = 0
	}
	skipped := slices.Clone(class)
	for i := range 50 {
		skipped[i] = learn.Skip
	}
	o.Scale, o.Balance = 0, 0
	a, _ := learn.Train(learn.Examples{Matrix: m, Classes: 3, Class: class, Weight: weight}, o)
	b, _ := learn.Train(learn.Examples{Matrix: m, Classes: 3, Class: skipped}, o)
	if diff := cmp.Diff(a.Of, b.Of); diff != "" {
		t.Error(diff)
	}
	for i := range 50 {
		weight[i] = 2
	}
	twice := learn.NewMatrix(append(slices.Clone(rows), rows[:50]...), 1)
	a, _ = learn.Train(learn.Examples{Matrix: m, Classes: 3, Class: class, Weight: weight}, o)
	b, _ = learn.Train(learn.Examples{Matrix: twice, Classes: 3, Class: append(slices.Clone(class), class[:50]...)}, o)
	for i := range 200 {
		x, y := a.Margins(i, nil), b.Margins(i, nil)
		for c := range x {
			if math.Abs(x[c]-y[c]) > 0.01 {
				t.Fatalf("row %d: %v with weight two, %v twice", i, x, y)
			}
		}
	}
}

// join makes two heads of what was learnt.
func join(t testing.TB, keep int) (*learn.Linear, []learn.Row, []int) {
	t.Helper()
	rows, class := talk(1200, 3, 9)
	first := taught(t, rows, class, 3)
	two := make([]int, len(class))
	for i, c := range class {
		two[i] = min(c, 1)
	}
	second := taught(t, rows[:1200:1200], two, 2)
	l, err := learn.Join([]learn.Head{
		{Name: "three", Classes: []string{"a", "b", "c"}, Heat: 1.5, Shift: []float64{0, 0.25, 0}},
		{Name: "two", Classes: []string{"a", "other"}, Heat: 1},
	}, []*learn.Weights{first, second}, keep)
	if err != nil {
		t.Fatal(err)
	}
	return l, rows, class
}

func TestBytesOfWeightsSayNearlyTheSame(t *testing.T) {
	rows, class := talk(1200, 3, 9)
	w := taught(t, rows, class, 3)
	l, _, _ := join(t, 1<<20)
	var sums []float32
	for i, r := range rows {
		sums = l.Sum(r.Index, r.Value, sums)
		got, want := l.Margins(0, sums, nil), w.Margins(i, nil)
		for c := range want {
			if math.Abs(got[c]-want[c]) > 0.05 {
				t.Fatalf("row %d: margins %v in bytes, %v before", i, got, want)
			}
		}
	}
}

func TestKeepingFewFeaturesKeepsTheLoudest(t *testing.T) {
	l, rows, class := join(t, 40)
	if n := l.Features(); n == 0 || n > 40 {
		t.Fatalf("%d features kept of at most 40", n)
	}
	var sums []float32
	got := hits(class, func(i int) int {
		sums = l.Sum(rows[i].Index, rows[i].Value, sums)
		c, _ := l.Choose(0, sums, nil)
		return c
	})
	if got < 0.85 {
		t.Errorf("%.2f found", got)
	}
}

func TestFileGivesBackTheSame(t *testing.T) {
	l, rows, _ := join(t, 1<<20)
	file := l.Bytes()
	back, err := learn.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, _ := join(t, 1<<20); !bytes.Equal(again.Bytes(), file) || !bytes.Equal(back.Bytes(), file) {
		t.Error("the same input gives other bytes")
	}
	if diff := cmp.Diff(l.Heads(), back.Heads(), cmp.AllowUnexported(learn.Head{})); diff != "" {
		t.Error(diff)
	}
	for _, r := range rows {
		if diff := cmp.Diff(l.Sum(r.Index, r.Value, nil), back.Sum(r.Index, r.Value, nil)); diff != "" {
			t.Fatal(diff)
		}
	}
	if _, err := back.Head("four"); !errors.Is(err, learn.ErrNoHead) {
		t.Errorf("a head that is not there: %v", err)
	}
	if n, err := back.Head("two"); n != 1 || err != nil {
		t.Errorf("head two is %d, %v", n, err)
	}
}

func FuzzOpen(f *testing.F) {
	l, _, _ := join(f, 50)
	f.Add(l.Bytes())
	f.Add([]byte("lens-linear-1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		l, err := learn.Open(file)
		if err != nil {
			return
		}
		sums := l.Sum([]uint32{0, 1, math.MaxUint32}, []float32{1, 1, 1}, nil)
		for h := range l.Heads() {
			l.Choose(h, sums, nil)
		}
	})
}

func TestChances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		margins := rapid.SliceOfN(rapid.Float64Range(-50, 50), 2, 8).Draw(t, "margins")
		best := learn.Best(margins, nil)
		p := learn.Chances(slices.Clone(margins), rapid.Float64Range(0.1, 5).Draw(t, "heat"))
		sum := 0.0
		for _, x := range p {
			sum += x
		}
		if math.Abs(sum-1) > 1e-9 || p[best] < slices.Max(p) {
			t.Fatalf("chances %v of margins %v", p, margins)
		}
	})
}

// Margins that are three times too bold need a heat of a third.
func TestHeatFindsHowBoldMarginsAre(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 3))
	var margins [][]float64
	var class []int
	for range 20000 {
		m := 4 * (chance.Float64() - 0.5)
		c := 0
		if chance.Float64() < 1/(1+math.Exp(-m)) {
			c = 1
		}
		margins = append(margins, []float64{-1.5 * m, 1.5 * m})
		class = append(class, c)
	}
	if got := learn.Heat(margins, class); math.Abs(got-1.0/3) > 0.02 {
		t.Errorf("heat %.3f, want a third", got)
	}
}

func TestShiftHelpsARareClass(t *testing.T) {
	var margins [][]float64
	var class []int
	for i := range 300 {
		c := 0
		if i%10 == 0 {
			c = 1
		}
		margins = append(margins, []float64{0.5, 0.2*float64(c) + 0.001*float64(i%7)})
		class = append(class, c)
	}
	shift := learn.Shift(margins, class, 2)
	for i, m := range margins {
		if learn.Best(m, shift) != class[i] {
			t.Fatalf("shift %v does not find row %d", shift, i)
		}
	}
	if none := learn.Shift([][]float64{{1, 0}, {0, 1}}, []int{0, 1}, 2); !slices.Equal(none, []float64{0, 0}) {
		t.Errorf("shifts %v where nothing is to gain", none)
	}
}

func TestSumAllocatesNothing(t *testing.T) {
	l, rows, _ := join(t, 1<<20)
	sums, chances := make([]float32, 0, 8), make([]float64, 0, 8)
	if n := testing.AllocsPerRun(100, func() {
		sums = l.Sum(rows[0].Index, rows[0].Value, sums)
		l.Choose(0, sums, chances)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
