package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/web/page"
)

// logRoutes are what a privacy officer reads.
var logRoutes = []Route{
	{get, "/log", Officer, (*visit).accessLog, nil},
	{get, "/log.csv", Officer, (*visit).accessCSV, nil},
	{post, "/admin/officer", Administrator, (*visit).linkOfficer, nil},
}

// accessPerPage is how many lines a page folds into its rows.
const accessPerPage = 100

// mostInCSV bounds a file. Who needs more asks for a shorter time.
const mostInCSV = 200_000

// asked is what the address asks, as typed and as a question. What is no day,
// no kind and no outcome asks nothing.
func (v *visit) asked() (page.AccessAsked, accesslog.Question) {
	query := v.r.URL.Query()
	typed := func(name string) string {
		value := strings.TrimSpace(query.Get(name))
		if len(value) > mostID || !isText(value) {
			return ""
		}
		return value
	}
	a := page.AccessAsked{
		Person: typed("person"), Session: typed("session"), Device: typed("device"), Alliance: typed("alliance"),
		Kind: typed("kind"), Outcome: typed("outcome"), From: typed("from"), Until: typed("until"), Sum: typed("view") == "sum",
	}
	q := accesslog.Question{
		Person: samenspel.PersonID(a.Person), Session: a.Session, Device: a.Device, Alliance: samenspel.AllianceID(a.Alliance),
		Kind: accesslog.Kind(a.Kind), Outcome: accesslog.Outcome(a.Outcome),
	}
	if day, err := time.ParseInLocation(time.DateOnly, a.From, v.zone()); err == nil {
		q.From = day
	}
	if day, err := time.ParseInLocation(time.DateOnly, a.Until, v.zone()); err == nil {
		q.Until = day.AddDate(0, 0, 1).Add(-time.Millisecond)
	}
	return a, q
}

// accessLog is the page of who did what. That somebody searched it is a line.
func (v *visit) accessLog() error {
	asked, q := v.asked()
	if err := v.noteSearch(accesslog.Search, asked); err != nil {
		return err
	}
	ctx, p := v.r.Context(), page.AccessLog{Frame: v.frame("/log", "title.looked"), Asked: asked}
	err := v.staffOf(&p)
	if err == nil {
		p.Alerts, err = v.alerts()
	}
	if err != nil {
		return err
	}
	if asked.Sum {
		q.Most = page.MostSums
		p.Sums, err = v.Access.Sum(ctx, q)
		p.None = len(p.Sums) == 0
	} else {
		err = v.readLines(&p, q)
	}
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) readLines(p *page.AccessLog, q accesslog.Question) error {
	q.Behind, q.Most = lineIn(v.r.URL.Query().Get("behind")), accessPerPage+1
	lines, err := v.Access.Find(v.r.Context(), q)
	if err != nil {
		return err
	}
	if len(lines) > accessPerPage {
		lines = lines[:accessPerPage]
		last := lines[accessPerPage-1]
		p.Older = fmt.Sprintf("%d-%d", last.At.UnixMilli(), last.N)
	}
	p.Days, p.None = p.Fold(lines), len(lines) == 0
	return nil
}

// noteSearch writes what somebody looked for in the access log.
func (v *visit) noteSearch(kind accesslog.Kind, a page.AccessAsked) error {
	if a.Query() == "" && kind == accesslog.Search {
		return nil // houseRead has it
	}
	l := accesslog.Line{Kind: kind, What: "log", Alliance: samenspel.AllianceID(a.Alliance), Object: a.Person}
	if a.Session != "" {
		l.Object = a.Session
	}
	return v.note(l)
}

// staffOf puts the names of the staff on the page: of nobody else.
func (v *visit) staffOf(p *page.AccessLog) error {
	staff, err := v.Door.Staff(v.r.Context())
	if err != nil {
		return err
	}
	p.Names = map[samenspel.PersonID]string{}
	for _, one := range staff {
		row := page.ProfessionalOf(p.Frame, one.ID, one.Name)
		p.Staff = append(p.Staff, row)
		p.Names[one.ID] = row.Name
	}
	return nil
}

// alertsFor is how long the program goes on saying what it saw.
const alertsFor = 7 * 24 * time.Hour

func (v *visit) alerts() ([]accesslog.Line, error) {
	return v.Access.Find(v.r.Context(), accesslog.Question{Kind: accesslog.Alert, From: v.Now().Add(-alertsFor), Most: 20})
}

// accessCSV gives the lines of a question under the names of the standard. They
// go as they are read: a file of any length takes the room of one page.
func (v *visit) accessCSV() error {
	asked, q := v.asked()
	if err := v.noteSearch(accesslog.Export, asked); err != nil {
		return err
	}
	p := page.AccessLog{Frame: v.frame("/log", "title.looked")}
	if err := v.staffOf(&p); err != nil {
		return err
	}
	source, err := v.Access.Source(v.r.Context())
	if err != nil {
		return err
	}
	q.Most = 1000
	lines, err := v.Access.Find(v.r.Context(), q)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="log.csv"`)
	if v.r.Method == http.MethodHead {
		return nil
	}
	return v.writeCSV(csv.NewWriter(v.w), lines, q, source, p.Names)
}

func (v *visit) writeCSV(to *csv.Writer, lines []accesslog.Line, q accesslog.Question, source string, names map[samenspel.PersonID]string) error {
	err := to.Write(accesslog.Fields)
	for written := 0; err == nil && len(lines) > 0; {
		for _, l := range lines {
			if err = to.Write(l.Record(source, names[l.Person])); err != nil {
				return nil // the reader went away
			}
		}
		if to.Flush(); to.Error() != nil {
			return nil
		}
		if written += len(lines); len(lines) < q.Most {
			break
		}
		if written >= mostInCSV {
			v.numbered().Error("a file of the access log was longer than it may be", "lines", written)
			panic(http.ErrAbortHandler)
		}
		last := lines[len(lines)-1]
		q.Behind = accesslog.Place{At: last.At, N: last.N}
		if lines, err = v.Access.Find(v.r.Context(), q); err != nil {
			v.numbered().Error("a file of the access log was cut off", "error", err)
			panic(http.ErrAbortHandler) // half a file must not look whole
		}
	}
	to.Flush()
	return nil
}

// lineIn is the place in the list that an address says.
func lineIn(address string) accesslog.Place {
	var ms, n int64
	if _, err := fmt.Sscanf(address, "%d-%d", &ms, &n); err != nil || ms < 0 || n <= 0 {
		return accesslog.Place{}
	}
	return accesslog.Place{At: time.UnixMilli(ms).UTC(), N: n}
}

// linkOfficer lets somebody in who watches over privacy.
func (v *visit) linkOfficer() error {
	return v.newLink(account.Link{Purpose: account.Officer}, page.Link{About: "accesslog.link", Back: "/admin"})
}
