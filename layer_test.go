package samenspel_test

import (
	"testing"

	. "samenspel"
)

// What people choose from is complete, has no double, and knows itself.
func TestChoices(t *testing.T) {
	choices(t, Layers[:], Layer.Valid, Meaning, Commitment, Need, Behaviour)
	choices(t, StatementKinds[:], Kind.Valid, Quote, Retelling, Observation, Guess)
	choices(t, Roles[:], Role.Valid, Vrager, BonusPartner, Professional, Colleague)
	choices(t, Paces[:], Pace.Valid, Calm, Ordinary, Pause)
}

func choices[C ~string](t *testing.T, list []C, valid func(C) bool, want ...C) {
	t.Helper()
	if len(list) != len(want) {
		t.Errorf("%d choices, want %d", len(list), len(want))
	}
	for i, c := range want {
		if list[i] != c || !valid(c) {
			t.Errorf("choice %d is %q, valid %v; want %q", i, list[i], valid(c), c)
		}
	}
	for _, c := range []C{"", "unknown"} {
		if valid(c) {
			t.Errorf("%q is a valid choice", c)
		}
	}
}
