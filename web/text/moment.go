package text

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"
)

// Clock says the time of day: "10 uur", "10.20 uur".
func (l *Language) Clock(t time.Time) string {
	if t.Minute() == 0 {
		return l.Say("date.hour", "Hour", t.Hour())
	}
	return l.Say("date.clock", "Hour", t.Hour(), "Minute", fmt.Sprintf("%02d", t.Minute()))
}

// WeekDay says a date with the day of the week: "donderdag 3 december".
func (l *Language) WeekDay(t, now time.Time) string {
	return l.Say("date.week_day", "Weekday", l.weekday(t), "Day", l.Day(t, now))
}

func (l *Language) weekday(t time.Time) string {
	return l.Say(fmt.Sprintf("date.weekday_%d", t.Weekday()))
}

// Moment says a day and a time: "donderdag 3 december om 10 uur".
func (l *Language) Moment(t, now time.Time) string {
	return l.Say("date.moment", "Day", l.WeekDay(t, now), "Clock", l.Clock(t))
}

// NearDay says a day as people do who are close to it: "vandaag", "morgen",
// in the coming week "donderdag", else with its date.
func (l *Language) NearDay(t, now time.Time) string {
	switch days := midnight(t).Sub(midnight(now)).Hours() / 24; {
	case days == 0:
		return l.Say("date.today")
	case days == 1:
		return l.Say("date.tomorrow")
	case days > 1 && days < 7:
		return l.weekday(t)
	}
	return l.WeekDay(t, now)
}

// midnight is a day without its zone, so that days are 24 hours apart.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// NearMoment is [Language.Moment] as people say it who are close to it:
// "donderdag om 10 uur".
func (l *Language) NearMoment(t, now time.Time) string {
	return l.Say("date.moment", "Day", l.NearDay(t, now), "Clock", l.Clock(t))
}

// Long says how long something takes: "een uur", "40 minuten".
func (l *Language) Long(minutes int) string {
	switch minutes {
	case 30, 60, 90:
		return l.Say(fmt.Sprintf("minutes.%d", minutes))
	}
	return l.Say("minutes.count", "N", minutes)
}

// Opening gives a text with a capital, to begin a line with.
func Opening(s string) string {
	if s == "" {
		return s
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
