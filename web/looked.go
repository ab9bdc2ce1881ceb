package web

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"samenspel"
	"samenspel/web/page"
	"samenspel/workspace"
)

// lookRoutes are about who has looked.
var lookRoutes = []Route{
	{get, "/a/{alliance}/looked", Partner, (*visit).looked, own},
}

// Showing says what a route shows of others, for the line that tells them of
// it. Each route for partners has one: a look without is no look.
type Showing func(*visit) workspace.Look

// inList is the look at an alliance as one in a list.
const inList = "list"

// own is of a route that shows nothing of anybody else's world: the reader's
// own things, or an act that leads on.
func own(*visit) workspace.Look { return workspace.Look{} }

// whole is of a page about the place as a whole. Everybody at the table is
// told that somebody looked, and not at what: it may hold what is not for all.
func whole(what string) Showing {
	return func(*visit) workspace.Look { return workspace.Look{What: what} }
}

// acts is of a form that leads on when it is taken. Only when it is not, its
// page is shown again: then [visit.see] makes what the reader sees.
func acts(of Showing) Showing {
	return func(v *visit) workspace.Look {
		look := of(v)
		look.Acts = true
		return look
	}
}

// see makes what the reader sees, where a form was sent and nothing was made
// yet.
func (v *visit) see() (err error) {
	v.seen, err = v.Workspace.See(v.r.Context(), v.session.Person, v.alliance(), workspace.Look{})
	return err
}

// ofPartner is of a page about the world of the partner in the address.
func ofPartner(what string) Showing {
	return func(v *visit) workspace.Look {
		return workspace.Look{What: what, About: func(seen *samenspel.Seen) ([]samenspel.PartnerID, error) {
			p := seen.Partner(samenspel.PartnerID(v.r.PathValue("partner")))
			if p == nil {
				return v.notThere()
			}
			return []samenspel.PartnerID{p.ID}, nil
		}}
	}
}

// ofStatement is of a form over the statement in the address.
func ofStatement(what string) Showing {
	return func(v *visit) workspace.Look {
		return workspace.Look{What: what, About: func(seen *samenspel.Seen) ([]samenspel.PartnerID, error) {
			s := seen.Statement(v.statementID())
			if s == nil {
				return v.notThere()
			}
			return []samenspel.PartnerID{s.About}, nil
		}}
	}
}

// ofThose is of a page about something that some partners know of: they alone
// are told, so that the look leaves no trace for the others. Nobody at all
// means that this reader finds nothing there.
func ofThose(what string, who func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID) Showing {
	return func(v *visit) workspace.Look {
		return workspace.Look{What: what, About: func(seen *samenspel.Seen) ([]samenspel.PartnerID, error) {
			if list := who(v, seen); len(list) > 0 {
				return list, nil
			}
			return v.notThere()
		}}
	}
}

// notThere is of an address where this reader finds nothing. Whether a wish
// about it was taken before is for its rule to say.
func (v *visit) notThere() ([]samenspel.PartnerID, error) {
	if v.r.Method == http.MethodPost {
		return nil, nil
	}
	return nil, samenspel.ErrNotFound
}

// zone is where people plan, and read a time.
func (s *Site) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// here is a time as the people here read it.
func (s *Site) here(t time.Time) time.Time { return t.In(s.zone()) }

// looksPerPage is how many looks and changes a page folds into its lines.
const looksPerPage = 100

// looked is the page of who looked at the reader's world, and of what changed
// in who may see it.
func (v *visit) looked() error {
	p := page.Looked{Frame: v.inside("/looked", "looked")}
	if by := v.seen.Partner(samenspel.PartnerID(v.r.URL.Query().Get("by"))); by != nil && !by.You {
		p.Of = by.ID
	}
	since := placeIn(v.r.URL.Query().Get("before"))
	lines, err := v.Workspace.Looked(v.r.Context(), v.seen, p.Of, since.until, looksPerPage+since.skip+1)
	if err != nil {
		return err
	}
	all := v.glances(lines, p.Of, since.until)
	all = all[min(since.skip, len(all)):]
	if len(all) > looksPerPage {
		all = all[:looksPerPage]
		p.Before = since.after(all).String()
	}
	p.Days = p.Fold(all)
	return v.show(p)
}

// glances are looks and changes of rights in one list, the newest first.
func (v *visit) glances(lines []samenspel.Looked, of samenspel.PartnerID, until time.Time) []page.Glance {
	var all []page.Glance
	for _, l := range lines {
		all = append(all, page.GlanceOf(l))
	}
	for _, r := range slices.Backward(slices.Concat(v.seen.Comings, v.seen.Rights)) {
		at := r.At.Truncate(time.Millisecond)
		if (until.IsZero() || !at.After(until)) && (of == "" || r.By == of || slices.Contains(r.Who, of)) {
			all = append(all, page.Glance{At: at, Right: r})
		}
	}
	slices.SortStableFunc(all, func(x, y page.Glance) int { return y.At.Compare(x.At) })
	return all
}

// spot is where one page of the list ends: a moment, and how many of that
// moment were shown. It is made of what its reader sees, so that it tells
// nothing of what others did.
type spot struct {
	until time.Time
	skip  int
}

// mostSkipped bounds what an address can ask for.
const mostSkipped = 1000

func placeIn(address string) spot {
	var ms int64
	var s spot
	if _, err := fmt.Sscanf(address, "%d-%d", &ms, &s.skip); err != nil || ms <= 0 || s.skip < 0 || s.skip > mostSkipped {
		return spot{}
	}
	s.until = time.UnixMilli(ms).UTC()
	return s
}

func (s spot) String() string { return fmt.Sprintf("%d-%d", s.until.UnixMilli(), s.skip) }

// after is the spot behind a page of the list.
func (s spot) after(shown []page.Glance) spot {
	next := spot{until: shown[len(shown)-1].At}
	for _, g := range shown {
		if g.At.Equal(next.until) {
			next.skip++
		}
	}
	if next.until.Equal(s.until) {
		next.skip += s.skip
	}
	return next
}
