package text_test

import (
	"testing"
	"time"

	"samenspel/web/text"
)

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 26, 22, 0, 0, 0, time.UTC) // a Thursday
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	nl, en := text.In("nl"), text.In("en")
	for _, c := range []struct{ got, want string }{
		{nl.Clock(at(26, 10, 0)), "10 uur"},
		{nl.Clock(at(26, 0, 0)), "0 uur"},
		{nl.Clock(at(26, 10, 5)), "10.05 uur"},
		{en.Clock(at(26, 10, 5)), "10:05"},
		{en.Clock(at(26, 9, 0)), "9:00"},
		{nl.Moment(at(33, 10, 0), now), "donderdag 3 december om 10 uur"},
		{nl.Moment(at(33, 10, 20), now), "donderdag 3 december om 10.20 uur"},
		{en.Moment(at(33, 10, 20), now), "Thursday 3 December at 10:20"},
		{nl.Moment(at(26, 10, 20).AddDate(1, 0, 0), now), "vrijdag 26 november 2027 om 10.20 uur"},
		{nl.WeekDay(at(29, 0, 0), now), "zondag 29 november"},
		{nl.NearDay(at(26, 1, 0), now), "vandaag"},
		{nl.NearDay(at(27, 1, 0), now), "morgen"},
		{nl.NearDay(at(28, 1, 0), now), "zaterdag"},
		{nl.NearDay(at(32, 1, 0), now), "woensdag"},
		{nl.NearDay(at(33, 1, 0), now), "donderdag 3 december"}, // today's name would confuse
		{nl.NearDay(at(25, 23, 0), now), "woensdag 25 november"},
		{en.NearDay(at(27, 1, 0), now), "tomorrow"},
		{nl.NearMoment(at(28, 9, 30), now), "zaterdag om 9.30 uur"},
		{nl.Long(30), "een half uur"}, {nl.Long(60), "een uur"}, {nl.Long(90), "anderhalf uur"}, {nl.Long(45), "45 minuten"}, {nl.Long(1), "1 minuut"},
		{text.Opening("donderdag"), "Donderdag"}, {text.Opening("één"), "Één"}, {text.Opening(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
}
