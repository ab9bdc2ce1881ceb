package agree_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel/lens"
	"samenspel/lens/agree"
)

// read gives the codes of a line; a dot is an utterance without one.
func read(line string) []lens.Code {
	var codes []lens.Code
	for _, f := range strings.Fields(line) {
		if f == "." {
			f = ""
		}
		codes = append(codes, lens.Code(f))
	}
	return codes
}

// near complains where two figures differ after the third decimal.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 0.0005 {
		t.Errorf("%s is %.4f, want %.3f", what, got, want)
	}
}

// The worked examples of Krippendorff, "Computing Krippendorff's
// alpha-reliability" (2011), and the one with missing values that is often
// shown beside them.
func TestAlphaOfPublishedExamples(t *testing.T) {
	for _, example := range []struct {
		name     string
		readings []string
		want     float64
	}{
		{"two readers, two codes", []string{"0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"}, 0.095},
		{"two readers, five codes", []string{"a a b b d c c c e d d a", "b a b b b c c c e d d d"}, 0.692},
		{"four readers, missing", []string{
			"1 2 3 3 2 1 4 1 2 . . .",
			"1 2 3 3 2 2 4 1 2 5 . 3",
			". 3 3 3 2 3 4 2 2 5 1 .",
			"1 2 3 3 2 4 4 1 2 5 1",
		}, 0.743},
		{"three readers, much missing", []string{
			". . . . . 3 4 1 2 1 1 3 3 . 3",
			"1 . 2 1 3 3 4 3",
			". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
		}, 0.691},
	} {
		var readings [][]lens.Code
		for _, line := range example.readings {
			readings = append(readings, read(line))
		}
		near(t, example.name, agree.Alpha(readings...), example.want)
	}
}

// square makes two readings of two codes out of the four counts of a table.
func square(yesYes, yesNo, noYes, noNo int) (a, b []string) {
	for _, part := range []struct {
		n    int
		a, b string
	}{{yesYes, "yes", "yes"}, {yesNo, "yes", "no"}, {noYes, "no", "yes"}, {noNo, "no", "no"}} {
		a = append(a, slices.Repeat([]string{part.a}, part.n)...)
		b = append(b, slices.Repeat([]string{part.b}, part.n)...)
	}
	return a, b
}

// The fifty requests for a grant that textbooks show kappa with, and the pair
// with the same agreement and other shares.
func TestKappaOfTextbookExamples(t *testing.T) {
	a, b := square(20, 5, 10, 15)
	near(t, "fifty requests", agree.Kappa(a, b), 0.4)
	a, b = square(45, 15, 25, 15)
	near(t, "shares alike", agree.Kappa(a, b), 0.1304)
	a, b = square(25, 35, 5, 35)
	near(t, "shares apart", agree.Kappa(a, b), 0.2593)
}

func TestFiguresByHand(t *testing.T) {
	got := agree.Measure(read("x x x y y z . x"), read("x x y y x z z ."))
	want := agree.Figures{
		N: 6, Accuracy: 4.0 / 6, MacroF1: (4.0/6 + 0.5 + 1) / 3, Kappa: (4.0*6 - 14) / (36 - 14),
		Classes: []agree.Class{
			{Code: "x", N: 3, Found: 3, Precision: 2.0 / 3, Recall: 2.0 / 3, F1: 2.0 / 3},
			{Code: "y", N: 2, Found: 2, Precision: 0.5, Recall: 0.5, F1: 0.5},
			{Code: "z", N: 1, Found: 1, Precision: 1, Recall: 1, F1: 1},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingToCompare(t *testing.T) {
	none := agree.Measure(read(". x"), read("x ."))
	if diff := cmp.Diff(agree.Figures{Classes: []agree.Class{}}, none); diff != "" {
		t.Error(diff)
	}
	if a := agree.Alpha(read("x . y"), read(". x")); a != 0 {
		t.Errorf("alpha of nothing is %v", a)
	}
	if auc := agree.AUC(nil, []float64{1}); auc != 0.5 {
		t.Errorf("AUC beside an empty group is %v", auc)
	}
	if got := agree.Bootstrap(0, 10, 1, func([]int) float64 { return 1 }); got != (agree.Interval{}) {
		t.Errorf("interval over no conversations is %v", got)
	}
}

func TestAUC(t *testing.T) {
	for _, c := range []struct {
		lower, higher []float64
		want          float64
	}{
		{[]float64{1, 2}, []float64{3, 4}, 1},
		{[]float64{3, 4}, []float64{1, 2}, 0},
		{[]float64{0.1, 0.4}, []float64{0.35, 0.8}, 0.75},
		{[]float64{1, 1}, []float64{1}, 0.5},
		{[]float64{1, 2, 2, 5}, []float64{2, 6}, (1 + 1 + 4) / 8.0},
	} {
		if got := agree.AUC(c.lower, c.higher); got != c.want {
			t.Errorf("AUC of %v and %v is %v, want %v", c.lower, c.higher, got, c.want)
		}
	}
}

// drawReadings draws two readings of as many utterances, gaps among them.
func drawReadings(t *rapid.T) (a, b []string) {
	code := rapid.SampledFrom([]string{"", "p", "q", "r"})
	a = rapid.SliceOfN(code, 1, 40).Draw(t, "a")
	return a, rapid.SliceOfN(code, len(a), len(a)).Draw(t, "b")
}

// rename gives other names to the codes, in another order.
func rename(codes []string) []string {
	other := map[string]string{"": "", "p": "z", "q": "a", "r": "m"}
	var renamed []string
	for _, c := range codes {
		renamed = append(renamed, other[c])
	}
	return renamed
}

func TestAgreementHoldsItsProperties(t *testing.T) {
	close := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawReadings(t)
		ab, ba := agree.Measure(a, b), agree.Measure(b, a)
		if !close(ab.Kappa, ba.Kappa) || !close(ab.MacroF1, ba.MacroF1) || !close(agree.Alpha(a, b), agree.Alpha(b, a)) {
			t.Fatal("the order of the readers matters")
		}
		named := agree.Measure(rename(a), rename(b))
		if !close(ab.Kappa, named.Kappa) || !close(ab.MacroF1, named.MacroF1) || !close(agree.Alpha(a, b), agree.Alpha(rename(a), rename(b))) {
			t.Fatal("the names of the codes matter")
		}
		if self := agree.Measure(a, a); self.N > 0 && (self.Kappa != 1 || self.MacroF1 != 1 || agree.Alpha(a, a, a) != 1) {
			t.Fatalf("a reading does not agree with itself: %v", self)
		}
		if ab.Kappa > 1 || ab.MacroF1 < 0 || ab.MacroF1 > 1 || agree.Alpha(a, b) > 1 {
			t.Fatalf("out of bounds: %v", ab)
		}
	})
}

func TestAUCIsInvariant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 9), func(n int) float64 { return float64(n) }), 1, 20)
		low, high := draw.Draw(t, "low"), draw.Draw(t, "high")
		wins := 0.0
		for _, l := range low {
			for _, h := range high {
				switch {
				case h > l:
					wins++
				case h == l:
					wins += 0.5
				}
			}
		}
		if got, want := agree.AUC(low, high), wins/float64(len(low)*len(high)); math.Abs(got-want) > 1e-12 {
			t.Fatalf("AUC is %v, counting each pair gives %v", got, want)
		}
		if there, back := agree.AUC(low, high), agree.AUC(high, low); math.Abs(there+back-1) > 1e-12 {
			t.Fatalf("AUC there %v and back %v", there, back)
		}
	})
}

func TestBootstrap(t *testing.T) {
	var tables []*agree.Table[string]
	for i := range 30 {
		a, b := square(10+i%7, i%5, 3+i%3, 8)
		tables = append(tables, agree.Tabulate(a, b))
	}
	all := agree.NewTable[string](nil)
	for _, one := range tables {
		all.Join(one)
	}
	first := agree.MacroF1Interval(tables, 400, 7)
	if again := agree.MacroF1Interval(tables, 400, 7); again != first {
		t.Errorf("the same seed gives %v and %v", first, again)
	}
	if other := agree.MacroF1Interval(tables, 400, 8); other == first {
		t.Error("the seed does nothing")
	}
	if f := all.MacroF1(); !(first.Low < f && f < first.High) {
		t.Errorf("%v does not hold %v", first, f)
	}
	kappa := agree.KappaInterval(tables, 400, 7)
	if k := all.Kappa(); !(kappa.Low < k && k < kappa.High) {
		t.Errorf("%v does not hold %v", kappa, k)
	}
	if one := agree.KappaInterval(tables[:1], 400, 7); one.Low != one.High {
		t.Errorf("one conversation has no spread, got %v", one)
	}
}

// Of the mean of a hundred coins, nineteen of twenty draws lie within two
// standard errors of a tenth of a half.
func TestBootstrapKnowsTheSpreadOfAMean(t *testing.T) {
	got := agree.Bootstrap(100, 4000, 1, func(drawn []int) float64 {
		heads := 0
		for _, d := range drawn {
			heads += d % 2
		}
		return float64(heads) / 100
	})
	if math.Abs(got.Low-0.402) > 0.015 || math.Abs(got.High-0.598) > 0.015 {
		t.Errorf("interval %v, want about 0.40 to 0.60", got)
	}
}
