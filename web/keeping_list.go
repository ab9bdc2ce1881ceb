package web

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/web/page"
)

// keepingRow is how one place is kept, with the names of who is at work there.
func (v *visit) keepingRow(terms samenspel.Terms, k samenspel.Keeping) (page.KeepingRow, error) {
	row := page.KeepingRow{Keeping: k, Mine: v.proposed(k.Plan)}
	row.Due, row.HasDue = terms.Due(k, v.Now())
	for _, person := range k.Professionals {
		name, err := v.staffName(person)
		if err != nil {
			return row, err
		}
		row.Staff = append(row.Staff, name)
	}
	return row, nil
}

// year is the one that a list is about: this year, or the one in the address.
func (v *visit) year() int {
	now := v.here(v.Now()).Year()
	if year, err := strconv.Atoi(v.r.URL.Query().Get("year")); err == nil && year >= now-100 && year <= now+100 {
		return year
	}
	return now
}

// rows are those of a list whose term passed or passes by the end of its year,
// the earliest first; then those that nobody at work is left of.
func (v *visit) rows(terms samenspel.Terms, list []samenspel.Keeping) (due, left []page.KeepingRow, err error) {
	end := time.Date(v.year()+1, 1, 1, 0, 0, 0, 0, v.zone())
	for _, k := range list {
		row, err := v.keepingRow(terms, k)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case row.HasDue && !row.Due.After(end):
			due = append(due, row)
		case len(k.Professionals) == 0:
			left = append(left, row)
		}
	}
	slices.SortStableFunc(due, func(a, b page.KeepingRow) int { return a.Due.Compare(b.Due) })
	return due, left, nil
}

// officerList is all that the privacy officer watches over.
func (v *visit) officerList() ([]samenspel.Keeping, error) {
	staff, err := v.Door.Professionals(v.r.Context())
	if err != nil {
		return nil, err
	}
	var ids []samenspel.PersonID
	for _, p := range staff {
		ids = append(ids, p.ID)
	}
	return v.Workspace.Kept(v.r.Context(), ids)
}

func (v *visit) allKeepings() error {
	list, err := v.officerList()
	if err != nil {
		return err
	}
	p := page.KeepingList{Frame: v.frame("/officer/keeping", "title.keeping"), Officer: true}
	return v.keepingList(p, list)
}

// keepingList fills a list and shows it.
func (v *visit) keepingList(p page.KeepingList, list []samenspel.Keeping) error {
	terms, err := v.keepingTerms()
	if err != nil {
		return err
	}
	p.Year, p.Terms = v.year(), terms
	if p.Due, p.Left, err = v.rows(terms, list); err != nil {
		return err
	}
	return v.show(p)
}

// ownKeepings are those of the professional who asks, and what others proposed
// that they may confirm.
func (v *visit) ownKeepings() error {
	list, err := v.Workspace.KeptOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	p := page.KeepingList{Frame: v.frame("/keeping", "title.keeping"), Strong: v.session.By.Strong()}
	terms, err := v.keepingTerms()
	if err != nil {
		return err
	}
	all, err := v.Workspace.Proposed(v.r.Context())
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.Plan.Confirmed || v.proposed(k.Plan) || slices.Contains(k.Professionals, v.session.Person) {
			continue
		}
		row, err := v.keepingRow(terms, k)
		if err != nil {
			return err
		}
		p.Others = append(p.Others, row)
	}
	return v.keepingList(p, list)
}

func (v *visit) ownKeepingsCSV() error {
	list, err := v.Workspace.KeptOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	return v.keepingCSV(list)
}

func (v *visit) allKeepingsCSV() error {
	list, err := v.officerList()
	if err != nil {
		return err
	}
	return v.keepingCSV(list)
}

// keepingCSV answers with a list as CSV (RFC 4180): dates, ids, the names of
// staff and words from lists.
func (v *visit) keepingCSV(list []samenspel.Keeping) error {
	terms, err := v.keepingTerms()
	if err != nil {
		return err
	}
	due, left, err := v.rows(terms, list)
	if err != nil {
		return err
	}
	frame := &page.Frame{Text: v.text}
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return v.here(t).Format(time.DateOnly)
	}
	table := [][]string{{"id", "staff", "begun", "ended", "regime", "destroy_from", "hold", "plan"}}
	for _, r := range slices.Concat(due, left) {
		var names, holds []string
		for _, n := range r.Staff {
			names = append(names, frame.Said(n))
		}
		for _, h := range r.Keeping.Holds {
			holds = append(holds, string(h.Why))
		}
		plan := ""
		if p := r.Keeping.Plan; p != nil {
			plan = "proposed"
			if p.Confirmed {
				plan = "confirmed"
			}
		}
		table = append(table, []string{string(r.Keeping.Alliance), harmless(strings.Join(names, "; ")), day(r.Keeping.Begun), day(r.Keeping.EndedAt),
			r.Keeping.Regime, day(r.Due), strings.Join(holds, " "), plan})
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="list.csv"`)
	out := csv.NewWriter(v.w)
	out.UseCRLF = true
	_ = out.WriteAll(table) // the reader went away: nothing to do
	return nil
}

// harmless is a cell that a spreadsheet does not take for a formula.
func harmless(cell string) string {
	if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}
