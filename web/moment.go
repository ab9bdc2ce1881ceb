package web

import (
	"strconv"
	"strings"
	"time"

	"samenspel"
)

// What people write for a day and a time where their browser has no calendar
// to choose from. The first of each is what a browser with one sends.
var (
	dayForms  = []string{"2006-01-02", "2-1-2006", "2/1/2006", "2.1.2006"}
	hourForms = []string{"15:04", "15.04", "15:04:05", "15"}
)

// errWhen is a day or a time that nobody can read.
var errWhen = &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.when"}

// parseMoment reads a day and a time in a zone. Both may be empty. With a day
// alone, some hour of that day is given and dayOnly is true; a time without a
// day says nothing yet and cannot be read.
func parseMoment(day, hour string, zone *time.Location) (at time.Time, dayOnly bool, err error) {
	day, hour = strings.TrimSpace(day), strings.TrimSpace(hour)
	if day == "" && hour == "" {
		return time.Time{}, false, nil
	}
	date, ok := parseAny(dayForms, day)
	if !ok || date.Year() < 1000 {
		return time.Time{}, false, errWhen
	}
	clock := time.Date(0, 1, 1, 12, 0, 0, 0, time.UTC)
	if hour != "" {
		if clock, ok = parseAny(hourForms, hour); !ok {
			return time.Time{}, false, errWhen
		}
	}
	return time.Date(date.Year(), date.Month(), date.Day(), clock.Hour(), clock.Minute(), 0, 0, zone), hour == "", nil
}

func parseAny(forms []string, s string) (time.Time, bool) {
	for _, form := range forms {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseMinutes reads how long something takes; empty is 0. The rule for how
// long it may be is the domain's.
func parseMinutes(s string) (int, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || n == 0 {
		return 0, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.minutes"}
	}
	return int(n), nil
}
