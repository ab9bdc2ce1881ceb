package housetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/house"
)

func organisationKept(t *testing.T, s Opened) {
	is := func(in house.Store, want house.Organisation) {
		t.Helper()
		got, err := in.Organisation(t.Context())
		if err != nil || got != want {
			t.Errorf("the organisation is %+v, %v, want %+v", got, err, want)
		}
	}
	is(s, house.Organisation{})
	for _, o := range []house.Organisation{
		{Name: "Wijkteam \"Oost\"", Contact: "bel 0800", Officer: "Kim", Complain: "de klachtencommissie"},
		{Name: "Wijkteam West"},
	} {
		if err := s.Keep(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		is(s, o)
	}
	is(s.Reopen(), house.Organisation{Name: "Wijkteam West"})
}

func emergenciesKept(t *testing.T, s Opened) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	later, first := house.Emergency{Person: "bram", Alliance: "a", Until: noon.Add(time.Hour)}, house.Emergency{Person: "bram", Alliance: "b", Until: noon.Add(time.Minute)}
	are := func(in house.Store, person samenspel.PersonID, at time.Time, want ...house.Emergency) {
		t.Helper()
		got, err := in.Emergencies(t.Context(), person, at)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("of %s at %v (-want +got):\n%s", person, at, diff)
		}
	}
	are(s, "bram", noon)
	for _, e := range []house.Emergency{later, first, {Person: "noor", Alliance: "a", Until: noon.Add(time.Hour)}} {
		if err := s.Open(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	are(s, "bram", noon, first, later)
	are(s, "bram", noon.Add(time.Minute), later)
	later.Until = noon.Add(24 * time.Hour)
	if err := s.Open(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	again := s.Reopen()
	are(again, "bram", noon.Add(2*time.Hour), later)
	are(again, "noor", noon.Add(time.Hour))
}
