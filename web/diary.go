package web

import (
	"fmt"
	"time"

	ical "github.com/arran4/golang-ical"

	"samenspel"
)

// appointment is what goes into somebody's diary.
type appointment struct {
	id      string
	made    time.Time
	changed int // how often, since
	summary string
	sure    bool

	day   time.Time // at midnight
	clock string    // "09:30" by the clock of its reader, or "": all day
	at    time.Time // instead of day and clock, a moment that is the same for all
	long  time.Duration
}

// diary answers with a file for a diary.
func (v *visit) diary(a appointment) error {
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="calendar.ics"`)
	_, _ = fmt.Fprint(v.w, a.file()) // the reader went away: nothing to do
	return nil
}

// file writes an appointment as iCalendar (RFC 5545). Nothing in it names this
// program.
func (a appointment) file() string {
	cal := ical.NewCalendar()
	cal.SetProductId("-//calendar//EN")
	event := cal.AddEvent(a.id)
	event.SetDtStampTime(a.made)
	event.SetSequence(a.changed)
	event.SetSummary(a.summary)
	event.SetClass(ical.ClassificationPrivate)
	event.SetStatus(ical.ObjectStatusTentative)
	if a.sure {
		event.SetStatus(ical.ObjectStatusConfirmed)
	}
	if !a.at.IsZero() {
		event.SetStartAt(a.at)
		if a.long > 0 {
			event.SetEndAt(a.at.Add(a.long))
		}
		return cal.Serialize(ical.WithNewLine("\r\n"))
	}
	event.SetAllDayStartAt(a.day)
	if at, err := time.Parse("15:04", a.clock); err == nil {
		local := a.day.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
		event.SetProperty(ical.ComponentPropertyDtStart, local.Format("20060102T150405"))
	}
	return cal.Serialize(ical.WithNewLine("\r\n"))
}

// talkCalendar is a dialogue for somebody's diary, without any words: it may be
// read by others there.
func (v *visit) talkCalendar() error {
	d, err := v.seenTalk()
	switch {
	case err != nil:
		return err
	case d.At.IsZero():
		return samenspel.ErrNotFound
	}
	a := appointment{
		id: string(d.ID), made: v.Now(), changed: d.Turn, summary: v.text.Say("agreement.neutral"), sure: true,
		at: d.At, long: time.Duration(d.Minutes) * time.Minute,
	}
	if d.DayOnly {
		a.at, a.day = time.Time{}, v.here(d.At)
	}
	return v.diary(a)
}
