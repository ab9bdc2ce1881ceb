package samenspel_test

import (
	"testing"

	. "samenspel"
)

// What a viewer sees is found by id; what they do not see is not.
func TestFindingByID(t *testing.T) {
	w := played(t, given(rent), alone)
	seen, err := w.See(personOf(noor))
	if err != nil {
		t.Fatal(err)
	}
	if p := seen.Partner(amira); p == nil || p.ID != amira {
		t.Errorf("Partner(amira) = %v", p)
	}
	if st := seen.Statement(statement("rent")); st == nil || st.ID != statement("rent") {
		t.Errorf("Statement(rent) = %v", st)
	}
	if th := seen.Theme(theme("rent")); th == nil || th.ID != theme("rent") {
		t.Errorf("Theme(rent) = %v", th)
	}
	if seen.Partner(bram) != nil || seen.Statement(statement("alone")) != nil || seen.Theme(theme("alone")) != nil {
		t.Error("found what is not seen")
	}
}

// Partners are told apart by one of four shapes, in the order of the table.
func TestShapes(t *testing.T) {
	w := played(t, given(did(noor, "wout", invites(Vrager))), when(noor, WriteNote{Say("n")}))
	seen, err := w.See(personOf(samira))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 2, 3, 4, 1} {
		if p := seen.Partners[i]; p.Shape != want || p.You != (p.ID == samira) {
			t.Errorf("%s: shape %d, you %v; want shape %d", labelOf(p.ID), p.Shape, p.You, want)
		}
	}
}
