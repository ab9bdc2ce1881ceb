package page

import (
	"fmt"
	"slices"
	"time"

	"samenspel"
)

// lookPages are the pages of looked.go in package web.
var lookPages = []Page{Looked{}}

// Looked is the page of who looked at the reader's world.
type Looked struct {
	*Frame
	Of     samenspel.PartnerID // of this one alone, or "" for all
	Days   []LookDay
	Before string // where the next page begins, or ""
}

// Query is the address of a page of the list, behind its path.
func (p Looked) Query(of samenspel.PartnerID, before string) string {
	query := "?by=" + string(of)
	if before != "" {
		query += "&before=" + before
	}
	return query
}

// Whom are the partners of whom the list can be alone.
func (p Looked) Whom() []samenspel.SeenPartner {
	return slices.DeleteFunc(slices.Clone(p.Seen.Partners), func(o samenspel.SeenPartner) bool { return o.You })
}

// Glance is one look, or one change of rights.
type Glance struct {
	At    time.Time
	Look  string // what the reader is told of a look, or ""
	Right samenspel.Right
}

// The ways in which a look is told. Which page of the place somebody looked at
// is not told, since it may be about what is not for all.
const (
	lookPicture = "picture" // at the reader's picture
	lookWords   = "words"   // at something else about the reader
	lookShared  = "shared"  // at what some partners have together: an agreement, a dialogue
	lookAround  = "around"  // at the place
	lookList    = "list"    // at the name of the place in a list
	lookNeed    = "need"    // at the place, in an emergency

	// And how it is told that something was taken along.
	lookStory = "story" // the reader's own story
	lookTaken = "taken" // a file or a paper of what some partners have together
)

// GlanceOf is how a look is told.
func GlanceOf(l samenspel.Looked) Glance {
	g := Glance{At: l.At, Look: lookWords, Right: samenspel.Right{By: l.By}}
	switch {
	case l.Act == "emergency":
		g.Look = lookNeed
	case l.Act != "" && l.What == "story":
		g.Look = lookStory
	case l.Act != "":
		g.Look = lookTaken
	case l.About == "" && l.What == "list":
		g.Look = lookList
	case l.About == "":
		g.Look = lookAround
	case l.What == "picture", l.What == "layer":
		g.Look = lookPicture
	case l.What == "agreement", l.What == "dialogue", l.What == "friction":
		g.Look = lookShared
	}
	return g
}

// LookDay is what one day has, the newest first.
type LookDay struct {
	At    time.Time
	Lines []LookLine
}

// LookLine is one line: what somebody did, once or more often on a day.
type LookLine struct {
	Glance
	First time.Time // the first time on that day
	Again bool      // it was more than once
	Who   []samenspel.PartnerID
	Words []*samenspel.SeenStatement // which words, as far as they are seen now
}

// Fold makes lines of glances, day by day. What one partner did several times
// on a day is one line.
func (p Looked) Fold(glances []Glance) []LookDay {
	var days []LookDay
	at := map[string]int{} // in the last day
	for _, g := range joined(glances) {
		if p.Seen.Partner(g.Right.By) == nil && p.Seen.Emergency(g.Right.By) == nil {
			continue
		}
		g.At = g.At.In(p.Now.Location())
		if n := len(days); n == 0 || !sameDay(days[n-1].At, g.At) {
			days = append(days, LookDay{At: g.At})
			clear(at)
		}
		day := &days[len(days)-1]
		key := fmt.Sprint(g.Look, g.Right.Kind, g.Right.By, g.Right.Who)
		n, known := at[key]
		if !known {
			n = len(day.Lines)
			at[key] = n
			day.Lines = append(day.Lines, LookLine{Glance: g})
		}
		day.Lines[n].add(p.Seen, g, known)
	}
	for i := range days {
		days[i].Lines = settled(days[i].Lines)
	}
	return days
}

// joined makes one of what was done with several partners in one act.
func joined(glances []Glance) []Glance {
	var list []Glance
	for _, g := range glances {
		if n := len(list) - 1; n >= 0 && g.Right.Statement != "" && list[n].At.Equal(g.At) &&
			list[n].Right.Statement == g.Right.Statement && list[n].Right.Kind == g.Right.Kind {
			list[n].Right.Who = slices.Concat(g.Right.Who, list[n].Right.Who) // the newest come first
			continue
		}
		list = append(list, g)
	}
	return list
}

// add takes one more of the same into a line.
func (l *LookLine) add(seen *samenspel.Seen, g Glance, again bool) {
	l.Again = l.Again || again && !g.At.Equal(l.First)
	l.First = g.At
	for _, who := range g.Right.Who {
		if seen.Partner(who) != nil && !slices.Contains(l.Who, who) {
			l.Who = append(l.Who, who)
		}
	}
	if s := seen.Statement(g.Right.Statement); s != nil && !slices.Contains(l.Words, s) {
		l.Words = append(l.Words, s)
	}
}

// settled leaves out that somebody saw the place in a list on a day on which
// they looked around in it.
func settled(lines []LookLine) []LookLine {
	around := map[samenspel.PartnerID]bool{}
	for _, l := range lines {
		if l.Look == lookAround {
			around[l.Right.By] = true
		}
	}
	return slices.DeleteFunc(lines, func(l LookLine) bool { return l.Look == lookList && around[l.Right.By] })
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// Tell says what was done, by whom and to whom.
func (p Looked) Tell(l LookLine) string {
	key := "looked." + l.Look
	if l.Look == "" {
		key = "looked.right." + string(l.Right.Kind)
		switch {
		case l.Right.Kind == samenspel.RightFirst && len(l.Who) == 0,
			l.Right.Kind == samenspel.RightWritten && len(l.Who) == 0:
			key += ".alone"
		case len(l.Who) == 1 && l.Who[0] == l.Right.By:
			key += ".self"
		case len(l.Who) == 1 && l.Who[0] == p.Seen.You:
			key += ".me"
		}
	}
	if l.Right.By == p.Seen.You {
		key += ".you"
	}
	return p.T(key, "Name", p.Name(l.Right.By), "Names", p.Names(l.Who), "N", len(l.Who))
}

// When says at what time.
func (p Looked) When(l LookLine) string {
	key := "looked.at"
	if l.Look != "" && l.Look != lookStory && l.Look != lookTaken {
		key = "looked.about" // a line stands for the minutes after it as well
	}
	if l.Again {
		key += ".again"
	}
	return p.T(key, "Clock", p.Clock(l.First))
}

// Clock says the time of a day.
//
//go:noinline
func (f *Frame) Clock(t time.Time) string {
	t = t.In(f.Now.Location())
	return f.T("looked.clock", "Hour", t.Hour(), "Minute", fmt.Sprintf("%02d", t.Minute()))
}

// Nearby says a day as people do: today, yesterday, or its date.
//
//go:noinline
func (f *Frame) Nearby(t time.Time) string {
	t = t.In(f.Now.Location())
	switch {
	case sameDay(t, f.Now):
		return f.T("looked.today")
	case sameDay(t, f.Now.AddDate(0, 0, -1)):
		return f.T("looked.yesterday")
	}
	return f.Day(t)
}

// LastLook says who looked at the reader's world last, or "".
func (p Alliance) LastLook() string {
	if p.Looked == nil || p.Seen.Partner(p.Looked.By) == nil {
		return ""
	}
	key := "looked.last." + GlanceOf(*p.Looked).Look
	return p.T(key, "Name", p.Name(p.Looked.By), "Day", p.Nearby(p.Looked.At), "Clock", p.Clock(p.Looked.At))
}
