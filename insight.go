package samenspel

import (
	"slices"
	"time"
)

// MaxSectors is how many themes a figure shows; further ones are listed.
const MaxSectors = 8

// Insight is how broad and deep the viewer's insight in one partner's world
// reaches: over the themes that this partner named, through the four layers
// (Van der Horst 2023). It says something of the insight, never of the person.
type Insight struct {
	About   PartnerID
	At      time.Time // zero for now
	Sectors []Sector  // at most [MaxSectors], in the person's own order
	Rest    []Sector
}

// Sector is one theme. The zero Theme gathers what has a layer but no theme
// of the person's own yet; it comes last.
type Sector struct {
	Theme ThemeID
	Name  Words
	Cells [4]Cell // as [Layers]: from the core outward
}

// Cell is one layer of one theme.
type Cell struct {
	State      CellState
	Statements []StatementID // what the viewer sees there, as they arrived
}

// Moment is a point in time at which a picture changed.
type Moment struct {
	At  time.Time
	seq int64
}

// Insight gives the picture of a partner as it is now.
func (s *Seen) Insight(about PartnerID) Insight { return s.insight(about, Moment{seq: -1}) }

// InsightAt gives the picture as it was after one of its [Seen.Moments].
func (s *Seen) InsightAt(about PartnerID, m Moment) Insight { return s.insight(about, m) }

// Moments are the points at which the viewer's picture of a partner changed,
// the oldest first. What the viewer may not see now makes no moment.
func (s *Seen) Moments(about PartnerID) []Moment {
	var list []Moment
	for i := range s.Statements {
		if st := &s.Statements[i]; st.About == about {
			for _, h := range st.history {
				list = append(list, Moment{At: h.at, seq: h.seq})
			}
		}
	}
	sectors := s.sectors(about, Moment{seq: -1})
	for _, th := range s.Themes {
		if !sectors[th.ID] {
			continue
		}
		if th.named != nil {
			list = append(list, Moment{At: th.named.at, seq: th.named.seq})
		}
		for _, turns := range th.aside {
			for _, t := range turns {
				list = append(list, Moment{At: t.at, seq: t.seq})
			}
		}
	}
	slices.SortFunc(list, func(a, b Moment) int { return int(a.seq - b.seq) })
	// The facts of one command are one moment: the last of them.
	var moments []Moment
	for _, m := range list {
		if n := len(moments); n > 0 && moments[n-1].At.Equal(m.At) {
			moments[n-1] = m
			continue
		}
		moments = append(moments, m)
	}
	return moments
}

// until gives how a statement stood at a moment, or false when it was not there.
func (s *SeenStatement) until(m Moment) (moment, bool) {
	for _, h := range slices.Backward(s.history) {
		if m.seq < 0 || h.seq <= m.seq {
			return h, h.standing != RefusedByMe
		}
	}
	return moment{}, false
}

// sectors are the themes that are the person's own at a moment: they named
// them, or they spoke or confirmed in them. To others only what they see said
// there by the person makes it so.
func (s *Seen) sectors(about PartnerID, m Moment) map[ThemeID]bool {
	own := map[ThemeID]bool{}
	for i := range s.Statements {
		st := &s.Statements[i]
		if st.About != about {
			continue
		}
		if h, there := st.until(m); there && h.standing != Asked {
			own[h.theme] = true
		}
	}
	for i := range s.Themes {
		th := &s.Themes[i]
		switch {
		case th.About != about:
			delete(own, th.ID)
		case th.named != nil && (m.seq < 0 || th.named.seq <= m.seq):
			own[th.ID] = true
		}
	}
	return own
}

func (s *Seen) insight(about PartnerID, m Moment) Insight {
	in := Insight{About: about, At: m.At}
	place := map[ThemeID]int{}
	sectors := s.sectors(about, m)
	for _, th := range s.Themes {
		if sectors[th.ID] {
			place[th.ID] = len(in.Sectors)
			in.Sectors = append(in.Sectors, Sector{Theme: th.ID, Name: th.Name})
		}
	}
	loose := Sector{}
	for i := range s.Statements {
		st := &s.Statements[i]
		h, there := st.until(m)
		if !there || st.About != about || h.layer == "" {
			continue
		}
		sector := &loose
		if n, ok := place[h.theme]; ok {
			sector = &in.Sectors[n]
		}
		cell := &sector.Cells[h.layer.index()]
		cell.Statements = append(cell.Statements, st.ID)
		cell.State = cell.State.with(h.standing.state(st.Kind))
	}
	for _, th := range s.Themes {
		n, ok := place[th.ID]
		for l := range th.aside {
			if ok && asideAt(th.aside[l], m) {
				in.Sectors[n].Cells[l].State = NotHere
			}
		}
	}
	if slices.ContainsFunc(loose.Cells[:], func(c Cell) bool { return len(c.Statements) > 0 }) {
		in.Sectors = append(in.Sectors, loose)
	}
	if len(in.Sectors) > MaxSectors {
		in.Sectors, in.Rest = in.Sectors[:MaxSectors:MaxSectors], in.Sectors[MaxSectors:]
	}
	return in
}

// with gives what a cell shows when one more statement stands in it: what
// comes nearest to the person's own words.
func (c CellState) with(other CellState) CellState { return max(c, other) }

func asideAt(turns []turning, m Moment) bool {
	for _, t := range slices.Backward(turns) {
		if m.seq < 0 || t.seq <= m.seq {
			return t.aside
		}
	}
	return false
}
