package house_test

import (
	"errors"
	"strings"
	"testing"

	"samenspel"
	"samenspel/house"
)

func TestParseWording(t *testing.T) {
	got, err := house.ParseWording("  Kennismaken ", "Zeg wie je bent.\r\n", "Wijkteam <Oost>")
	if want := (house.Wording{"Kennismaken", "Zeg wie je bent.", "Wijkteam <Oost>"}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := house.ParseWording(" ", "", "\n"); err != nil || got != (house.Wording{}) {
		t.Errorf("nothing is %+v, %v", got, err)
	}
	for key, typed := range map[string][3]string{
		"invalid.too_long": {strings.Repeat("é", house.MaxName+1)},
		"invalid.utf8":     {"", "\xff"},
		"invalid.control":  {"", "", "\x00"},
	} {
		var no *samenspel.Refusal
		if got, err := house.ParseWording(typed[0], typed[1], typed[2]); !errors.As(err, &no) || no.Key != key || got != (house.Wording{}) {
			t.Errorf("%q gives %+v, %v", typed, got, err)
		}
	}
	for _, typed := range [][3]string{
		{strings.Repeat("é", house.MaxName)}, {"", strings.Repeat("é", house.MaxAbout)}, {"", "", strings.Repeat("é", house.MaxOrigin)},
	} {
		if _, err := house.ParseWording(typed[0], typed[1], typed[2]); err != nil {
			t.Errorf("what just fits: %v", err)
		}
	}
}
