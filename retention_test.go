package samenspel_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, also where the machine has none

	"pgregory.net/rapid"

	. "samenspel"
)

func since(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

// lawTerms are regimes as an organisation might have them, invented but for
// the change of one term on a date.
func lawTerms(zone *time.Location) Terms {
	return Terms{Zone: zone, Regimes: []Regime{
		{Word: "support", From: FromMade, Terms: []Term{{Since: since(2015), Years: 15}}},
		{Word: "youth", From: FromChanged, Terms: []Term{{Since: since(2015), Years: 15}, {Since: since(2020), Years: 20}}},
		{Word: "withdrawn", From: FromEnded, Terms: []Term{{Since: since(2015), Weeks: 6}}},
		{Word: "months", From: FromEnded, Terms: []Term{{Since: since(2015), Months: 1}}},
		{Word: "guardian", From: FromAdult, Terms: []Term{{Since: since(2015), Years: 30}}},
		{Word: "at once", From: FromEnded, Terms: []Term{{Since: since(2015), Days: -1}}},
		{Word: "later", From: FromEnded, Terms: []Term{{Since: since(2030), Years: 1}}},
	}}
}

func inZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestDue is the arithmetic: in days of the place, over leap days and the
// changes of the clock.
func TestDue(t *testing.T) {
	for _, c := range []struct {
		name, regime, zone, ended, adult, now string
		want                                  string // "" for none
	}{
		{"fifteen years, and then the next day", "support", "Europe/Amsterdam", "2026-11-24T10:00:00Z", "", "2026-11-26T10:00:00Z", "2041-11-24T23:00:00Z"},
		{"late in the evening it is the next day here", "support", "Europe/Amsterdam", "2026-11-24T23:30:00Z", "", "2026-11-26T10:00:00Z", "2041-11-25T23:00:00Z"},
		{"a leap day in a year without: its last day of February", "support", "Europe/Amsterdam", "2028-02-29T12:00:00Z", "", "2028-03-01T10:00:00Z", "2043-02-28T23:00:00Z"},
		{"a leap day in a leap year", "youth", "Europe/Amsterdam", "2028-02-29T12:00:00Z", "", "2028-03-01T10:00:00Z", "2048-02-29T23:00:00Z"},
		{"a month that is shorter", "months", "UTC", "2027-01-31T12:00:00Z", "", "2027-02-01T10:00:00Z", "2027-03-01T00:00:00Z"},
		{"a month over the new year", "months", "UTC", "2026-12-31T12:00:00Z", "", "2027-02-01T10:00:00Z", "2027-02-01T00:00:00Z"},
		{"six weeks over the spring change of the clock", "withdrawn", "Europe/Amsterdam", "2026-03-01T12:00:00Z", "", "2026-03-02T10:00:00Z", "2026-04-12T22:00:00Z"},
		{"six weeks over the autumn one", "withdrawn", "Europe/Amsterdam", "2026-10-01T12:00:00Z", "", "2026-10-02T10:00:00Z", "2026-11-12T23:00:00Z"},
		{"the night of the change itself", "at once", "Europe/Amsterdam", "2026-03-29T00:30:00Z", "", "2026-03-30T10:00:00Z", "2026-03-28T23:00:00Z"},
		{"a day that begins at one o'clock", "months", "America/Sao_Paulo", "2018-10-03T15:00:00Z", "", "2026-06-01T10:00:00Z", "2018-11-04T03:00:00Z"},
		{"ended on such a day", "at once", "America/Sao_Paulo", "2018-11-04T15:00:00Z", "", "2026-06-01T10:00:00Z", "2018-11-04T03:00:00Z"},
		{"a day that was left out", "months", "Pacific/Apia", "2011-11-29T20:00:00Z", "", "2026-06-01T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"before 2020 the youth term was shorter", "youth", "UTC", "2016-05-01T12:00:00Z", "", "2019-12-31T10:00:00Z", "2031-05-02T00:00:00Z"},
		{"since 2020 it is longer, also for what ended before", "youth", "UTC", "2016-05-01T12:00:00Z", "", "2020-01-01T00:00:00Z", "2036-05-02T00:00:00Z"},
		{"the first of January comes earlier here", "youth", "Europe/Amsterdam", "2016-05-01T12:00:00Z", "", "2019-12-31T23:00:00Z", "2036-05-01T22:00:00Z"},
		{"counted from the 18th birthday", "guardian", "UTC", "2026-05-01T12:00:00Z", "2030-08-09T00:00:00Z", "2026-06-01T10:00:00Z", "2060-08-10T00:00:00Z"},
		{"which may have passed", "guardian", "UTC", "2026-05-01T12:00:00Z", "2020-08-09T00:00:00Z", "2026-06-01T10:00:00Z", "2056-05-02T00:00:00Z"},
		{"no regime", "", "UTC", "2026-05-01T12:00:00Z", "", "2026-06-01T10:00:00Z", ""},
		{"one that nobody knows any more", "old", "UTC", "2026-05-01T12:00:00Z", "", "2026-06-01T10:00:00Z", ""},
		{"a term that does not hold yet", "later", "UTC", "2026-05-01T12:00:00Z", "", "2029-06-01T10:00:00Z", ""},
		{"it goes on", "support", "UTC", "", "", "2026-06-01T10:00:00Z", ""},
	} {
		k := Keeping{Regime: c.regime}
		if c.ended != "" {
			k.EndedAt = at3339(t, c.ended)
		}
		if c.adult != "" {
			k.Adult = at3339(t, c.adult)
		}
		got, ok := lawTerms(inZone(t, c.zone)).Due(k, at3339(t, c.now))
		if ok != (c.want != "") || ok && !got.Equal(at3339(t, c.want)) {
			t.Errorf("%s: %v %v, want %s", c.name, got.UTC(), ok, c.want)
		}
	}
	if _, ok := (Terms{Regimes: lawTerms(nil).Regimes}).Due(Keeping{Regime: "support", EndedAt: now}, now); !ok {
		t.Error("without a zone there is no day")
	}
}

func at3339(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// What is due begins a day of the place, and never comes before as many days
// have passed as the term has at least.
func TestDueIsNeverEarly(t *testing.T) {
	zones := []*time.Location{time.UTC, inZone(t, "Europe/Amsterdam"), inZone(t, "America/Sao_Paulo"), inZone(t, "Asia/Beirut"), inZone(t, "Pacific/Apia")}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		ended := time.Unix(rapid.Int64Range(946684800, 2524608000).Draw(t, "ended"), 0)
		term := Term{Since: since(1990), Years: rapid.IntRange(0, 40).Draw(t, "years"), Months: rapid.IntRange(0, 30).Draw(t, "months"),
			Weeks: rapid.IntRange(0, 60).Draw(t, "weeks"), Days: rapid.IntRange(0, 400).Draw(t, "days")}
		terms := Terms{Zone: zone, Regimes: []Regime{{Word: "r", From: FromEnded, Terms: []Term{term}}}}
		due, ok := terms.Due(Keeping{Regime: "r", EndedAt: ended}, ended)
		if !ok {
			t.Fatal("no date")
		}
		days := term.Years*365 + term.Months*28 + term.Weeks*7 + term.Days
		least := ended.Add(time.Duration(days)*24*time.Hour - 2*time.Hour)
		if zone.String() == "Pacific/Apia" { // which left out a day
			least = least.Add(-24 * time.Hour)
		}
		if due.Before(least) {
			t.Fatalf("due %v, before %v", due, least)
		}
		if before := due.Add(-time.Second).In(zone); before.Day() == due.In(zone).Day() {
			t.Fatalf("%v is within a day", due)
		}
		later, _ := terms.Due(Keeping{Regime: "r", EndedAt: ended.Add(26 * time.Hour)}, ended)
		if later.Before(due) {
			t.Fatalf("ended later, due earlier: %v and %v", later, due)
		}
	})
}
