package samenspel

import (
	"slices"
	"time"
)

// This file holds how long an alliance is kept: by which regime, from when on,
// and until when. The terms themselves are data and come from outside.

// Count is what a term is counted from.
type Count string

// What a law counts from. An alliance goes as a whole and nothing is added
// after its end, so the last thing made, the last change and the end fall
// together: the end is never earlier than either.
const (
	FromMade    Count = "made"    // receipt or making
	FromChanged Count = "changed" // the last change
	FromEnded   Count = "ended"   // the end
	FromAdult   Count = "adult"   // the 18th birthday, if that comes after the end
)

// Counts are the four.
var Counts = [4]Count{FromMade, FromChanged, FromEnded, FromAdult}

// Valid reports whether c is one of the four.
func (c Count) Valid() bool { return slices.Contains(Counts[:], c) }

// Term is how long something is kept, from the day on which that holds. A term
// in force today holds for what was made before it too.
type Term struct {
	Since                      time.Time // a day
	Years, Months, Weeks, Days int
}

// Regime is a reason to keep, with its terms by date.
type Regime struct {
	Word    string            // stable, in the log
	Names   map[string]string // by language; of one's own the same in all
	Law     string
	Article string
	From    Count
	Terms   []Term // the earliest first
	Source  string
	Own     bool // the organisation's
}

// At is the term that holds on the day of a moment, or nil.
func (r *Regime) At(now time.Time) *Term {
	var last *Term
	for i := range r.Terms {
		if !day(r.Terms[i].Since, now.Location()).After(now) {
			last = &r.Terms[i]
		}
	}
	return last
}

// Terms are all regimes that an organisation works with, and where its days
// begin. Whoever has them gives them with a wish, as they give the time.
type Terms struct {
	Regimes []Regime
	Zone    *time.Location
}

// Regime gives one by its word, or nil.
func (t Terms) Regime(word string) *Regime {
	for i := range t.Regimes {
		if t.Regimes[i].Word == word {
			return &t.Regimes[i]
		}
	}
	return nil
}

// Due is the first moment at which an alliance may be destroyed, by the terms
// that hold now. Without a regime, or while the alliance goes on, there is
// none.
func (t Terms) Due(k Keeping, now time.Time) (due time.Time, ok bool) {
	zone := t.Zone
	if zone == nil {
		zone = time.UTC
	}
	r := t.Regime(k.Regime)
	if r == nil || k.EndedAt.IsZero() {
		return time.Time{}, false
	}
	term := r.At(now.In(zone))
	if term == nil {
		return time.Time{}, false
	}
	from := day(k.EndedAt.In(zone), zone)
	if grown := day(k.Adult, zone); r.From == FromAdult && grown.After(from) {
		from = grown
	}
	return term.after(from), true
}

// after is the beginning of the day after the last one of a term. A day that
// a month does not have counts as the last one that it has.
func (t Term) after(from time.Time) time.Time {
	y, m, d := from.Date()
	y, m = y+t.Years, m+time.Month(t.Months)
	if last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day(); d > last {
		d = last
	}
	return begins(y, m, d+7*t.Weeks+t.Days+1, from.Location())
}

// day is the beginning of a date in a zone.
func day(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.Date()
	return begins(y, m, d, zone)
}

// begins is the first moment of a day in a zone. Where clocks are put on at
// midnight a day begins when that is done, and not an hour earlier.
func begins(y int, m time.Month, d int, zone *time.Location) time.Time {
	at := time.Date(y, m, d, 0, 0, 0, 0, zone)
	stands := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	if _, change := at.ZoneBounds(); stands.Before(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) && !change.IsZero() {
		return change
	}
	return at
}
