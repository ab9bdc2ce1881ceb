package learn

import (
	"math"
	"testing"
)

func TestExpAndLogAreThoseOfTheBooks(t *testing.T) {
	for x := -40.0; x < 40; x += 0.0137 {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 1e-13*want {
			t.Fatalf("exp(%v) is %v, want %v", x, got, want)
		}
		if got := log(math.Exp(x)); math.Abs(got-x) > 1e-12*max(1, math.Abs(x)) {
			t.Fatalf("log(exp(%v)) is %v", x, got)
		}
	}
	if exp(-1000) != 0 || math.IsInf(exp(1000), 0) || !math.IsNaN(exp(math.NaN())) {
		t.Error("the ends of exp")
	}
	if got := sigmoid(-3); math.Abs(got-0.0474258731775668) > 1e-15 {
		t.Errorf("sigmoid(-3) is %v", got)
	}
}
