package housetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/house"
)

func hasTerms(t *testing.T, s house.Store, want ...house.Term) {
	t.Helper()
	got, err := s.Terms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
}

// termsKept: terms come in the order of their words, one for each word, and
// stay after reopening.
func termsKept(t *testing.T, s Opened) {
	hasTerms(t, s)
	first := house.Term{Word: "own-a", Name: "Eigen \"regel\" <1>", Source: "besluit 3", From: samenspel.FromEnded, Years: 2, Months: 3, Weeks: 4}
	second := house.Term{Word: "own-b", Name: "Nog één", From: samenspel.FromAdult, Years: 1}
	for _, one := range []house.Term{second, {Word: "own-a", Name: "oud", From: samenspel.FromMade, Weeks: 1}, first} {
		if err := s.AddTerm(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	hasTerms(t, s, first, second)
	over, end := context.WithCancel(t.Context())
	end()
	if err := s.DropTerm(over, "own-a"); err == nil {
		t.Error("dropped with a context that is over")
	}
	if err := s.AddTerm(over, house.Term{Word: "own-c", From: samenspel.FromMade}); err == nil {
		t.Error("added with a context that is over")
	}
	again := s.Reopen()
	hasTerms(t, again, first, second)
	for _, word := range []string{"own-a", "own-a", "nothing"} {
		if err := again.DropTerm(t.Context(), word); err != nil {
			t.Fatal(err)
		}
	}
	hasTerms(t, again, second)
}
