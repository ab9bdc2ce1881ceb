package web

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the zones, also where the machine has none

	"samenspel"
)

// amsterdam is where most of these people meet.
func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseMoment(t *testing.T) {
	zone := amsterdam(t)
	for _, c := range []struct {
		day, hour string
		want      string // in UTC, "" for nothing chosen, "no" for what cannot be read
		dayOnly   bool
	}{
		{"", "", "", false},
		{"  ", "\t", "", false},
		{"2026-12-03", "10:00", "2026-12-03T09:00:00Z", false},
		{"2026-07-03", "10:00", "2026-07-03T08:00:00Z", false}, // summer time
		{"03-12-2026", "10.20", "2026-12-03T09:20:00Z", false},
		{"3-12-2026", "9:05", "2026-12-03T08:05:00Z", false},
		{"3/12/2026", "10", "2026-12-03T09:00:00Z", false},
		{" 3.12.2026 ", " 10:00:30 ", "2026-12-03T09:00:00Z", false},
		{"2026-12-03", "00:00", "2026-12-02T23:00:00Z", false},
		{"2026-12-03", "", "2026-12-03T11:00:00Z", true},
		{"2026-03-29", "02:30", "2026-03-29T01:30:00Z", false}, // an hour that this day did not have
		{"2028-02-29", "10:00", "2028-02-29T09:00:00Z", false},
		{"2026-02-29", "10:00", "no", false},
		{"31-11-2026", "", "no", false},
		{"", "10:00", "no", false}, // of which day?
		{"2026-12-03", "25:00", "no", false},
		{"2026-12-03", "half elf", "no", false},
		{"donderdag", "10:00", "no", false},
		{"3-12-26", "10:00", "no", false},
		{"0000-01-01", "10:00", "no", false},
		{"12026-01-01", "10:00", "no", false},
		{"2026-12-03\x00", "10:00", "no", false},
	} {
		at, dayOnly, err := parseMoment(c.day, c.hour, zone)
		got := at.UTC().Format(time.RFC3339)
		switch {
		case errors.Is(err, errWhen):
			got = "no"
		case err != nil:
			t.Errorf("%q %q: %v", c.day, c.hour, err)
		case at.IsZero():
			got = ""
		}
		if got != c.want || dayOnly != c.dayOnly {
			t.Errorf("%q %q is %q, %v; want %q, %v", c.day, c.hour, got, dayOnly, c.want, c.dayOnly)
		}
	}
}

func TestParseMinutes(t *testing.T) {
	for asked, want := range map[string]int{"": 0, "  ": 0, "60": 60, " 45 ": 45, "0480": 480, "9999": 9999, "0": -1, "-1": -1, "een uur": -1, "1.5": -1, "99999999999": -1, "६०": -1} {
		got, err := parseMinutes(asked)
		if err != nil {
			got = -1
			if !errors.Is(err, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.minutes"}) {
				t.Errorf("%q: %v", asked, err)
			}
		}
		if got != want {
			t.Errorf("%q is %d, want %d", asked, got, want)
		}
	}
}

// FuzzMoment: whatever is typed, it is read as a moment that a form can show
// again and that is read as the same one, or not at all.
func FuzzMoment(f *testing.F) {
	for _, seed := range [][2]string{
		{"2026-12-03", "10:00"}, {"3-12-2026", "10.20"}, {"3/12/2026", ""}, {"3.12.2026", "9"}, {"", "10:00"}, {"2026-10-25", "02:30"}, {"9999-12-31", "23:59:59"},
	} {
		f.Add(seed[0], seed[1])
	}
	zone := amsterdam(f)
	f.Fuzz(func(t *testing.T, day, hour string) {
		at, dayOnly, err := parseMoment(day, hour, zone)
		if err != nil || at.IsZero() {
			if !at.IsZero() || dayOnly || err != nil && !errors.Is(err, errWhen) {
				t.Errorf("%q %q: %v, %v, %v", day, hour, at, dayOnly, err)
			}
			return
		}
		if at.Second() != 0 || at.Nanosecond() != 0 || at.Year() < 1000 || at.Year() > 9999 {
			t.Errorf("%q %q is %v", day, hour, at)
		}
		shown := at.In(zone).Format("15:04")
		if dayOnly {
			shown = ""
		}
		again, _, err := parseMoment(at.In(zone).Format(time.DateOnly), shown, zone)
		// An hour that comes twice in the night when the clock goes back is the first of the two.
		if gap := again.Sub(at).Abs(); err != nil || gap != 0 && gap != time.Hour {
			t.Errorf("%q %q is %v, and shown again %v, %v", day, hour, at, again, err)
		}
	})
}
