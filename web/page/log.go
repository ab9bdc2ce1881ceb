package page

import (
	"net/url"
	"time"

	"samenspel"
	"samenspel/accesslog"
)

// logPages are the pages of log.go in package web.
var logPages = []Page{AccessLog{}}

// AccessLog is what a privacy officer reads: who did what. It has ids in the
// place of people who are not staff, and never a word that was said.
type AccessLog struct {
	*Frame
	Asked  AccessAsked
	Staff  []Professional
	Names  map[samenspel.PersonID]string // of the staff
	Days   []AccessDay
	Sums   []accesslog.Sum
	Alerts []accesslog.Line
	Older  string // where the next page begins, or ""
	None   bool
}

// AccessAsked is what was asked, as typed.
type AccessAsked struct {
	Person, Session, Device, Alliance, Kind, Outcome, From, Until string
	Sum                                                           bool
}

// AccessDay is what one day has, the newest first.
type AccessDay struct {
	At    time.Time
	Lines []AccessRow
}

// AccessRow is one line, or several that say the same one after the other.
type AccessRow struct {
	accesslog.Line
	First time.Time
	Count int
}

// Query is the address of a list, behind its path.
func (a AccessAsked) Query() string {
	query := url.Values{}
	for name, value := range map[string]string{"person": a.Person, "session": a.Session, "device": a.Device, "alliance": a.Alliance,
		"kind": a.Kind, "outcome": a.Outcome, "from": a.From, "until": a.Until} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if a.Sum {
		query.Set("view", "sum")
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

// Cut is how many lines were summed up, where there may be more; else 0.
func (p AccessLog) Cut() int {
	count := 0
	for _, s := range p.Sums {
		count += s.Count
	}
	if count < accesslog.MostSummed && len(p.Sums) < MostSums {
		return 0
	}
	return count
}

// MostSums bounds how many sums a page has.
const MostSums = 500

// Behind is the address of what is older.
func (p AccessLog) Behind() string {
	query := p.Asked.Query()
	if query == "" {
		return "?behind=" + p.Older
	}
	return query + "&behind=" + p.Older
}

// Kinds are the kinds of act that can be asked for.
func (p AccessLog) Kinds() []accesslog.Kind { return accesslog.Kinds }

// Outcomes are the outcomes that can be asked for.
func (p AccessLog) Outcomes() []accesslog.Outcome { return accesslog.Outcomes }

// Fold makes days of lines. What somebody did several times one after the other
// on a day is one row.
func (p AccessLog) Fold(lines []accesslog.Line) []AccessDay {
	var days []AccessDay
	for _, l := range lines {
		l.At = l.At.In(p.Now.Location())
		if n := len(days); n == 0 || !sameDay(days[n-1].At, l.At) {
			days = append(days, AccessDay{At: l.At})
		}
		day := &days[len(days)-1]
		if n := len(day.Lines); n > 0 && sameRow(day.Lines[n-1].Line, l) {
			day.Lines[n-1].First = l.At
			day.Lines[n-1].Count++
			continue
		}
		day.Lines = append(day.Lines, AccessRow{Line: l, First: l.At, Count: 1})
	}
	return days
}

// sameRow reports whether two lines say the same of another moment.
func sameRow(a, b accesslog.Line) bool {
	a.N, a.Chain, a.Seq, a.Link, a.At = b.N, b.Chain, b.Seq, b.Link, b.At
	return a.Kind == b.Kind && a.What == b.What && a.Outcome == b.Outcome && a.Person == b.Person && a.Partner == b.Partner &&
		a.Session == b.Session && a.Alliance == b.Alliance && a.About == b.About && a.Object == b.Object && a.Whom == b.Whom
}

// Who says who it was: somebody of the staff by name, else by id.
func (p AccessLog) Who(id samenspel.PersonID) string {
	switch name := p.Names[id]; {
	case name != "":
		return name
	case id == "":
		return p.T("accesslog.nobody")
	}
	return string(id)
}

// As says as what somebody did it.
func (p AccessLog) As(role, staff string) string {
	switch {
	case role != "":
		return p.T("role." + role)
	case staff != "":
		return p.T("accesslog.staff." + staff)
	}
	return ""
}

// Clocks says when: once, or from when until when.
func (p AccessLog) Clocks(first, last time.Time) string {
	if first.Equal(last) {
		return p.Clock(last)
	}
	return p.T("accesslog.span", "First", p.Clock(first), "Last", p.Clock(last))
}

// Span says the days and times of several lines.
func (p AccessLog) Span(first, last time.Time) string {
	return p.T("accesslog.span", "First", p.Day(first)+" "+p.Clock(first), "Last", p.Day(last)+" "+p.Clock(last))
}

// AccessIDs are the ids of a line, to ask on with.
type AccessIDs struct {
	*Frame
	Person   samenspel.PersonID // whose session it is
	Alliance samenspel.AllianceID
	About    samenspel.PartnerID
	Session  string
	Object   string
}

// IDs are the ids of a line.
func (p AccessLog) IDs(person samenspel.PersonID, alliance samenspel.AllianceID, about samenspel.PartnerID, session, object string) AccessIDs {
	return AccessIDs{p.Frame, person, alliance, about, session, object}
}
