package samenspel_test

import (
	"strconv"

	. "samenspel"
)

// What a line of a table looks at: each aspect is a list of labels or words.

func statements(s *Seen) []string {
	return listOf(s.Statements, func(st SeenStatement) string { return labelOf(st.ID) })
}

func asks(s *Seen) []string {
	return listOf(s.Asks(), func(a Ask) string {
		if a.Agreement != nil {
			return "agreement " + labelOf(a.Agreement.ID)
		}
		if a.Emotion != nil {
			return "feeling " + labelOf(a.Emotion.ID)
		}
		return labelOf(a.Statement.ID)
	})
}

func partners(s *Seen) []string {
	return listOf(s.Partners, func(p SeenPartner) string { return p.Name.Text() + " " + string(p.Standing) })
}

func partner(id PartnerID, show func(SeenPartner) []string) func(*Seen) []string {
	return func(s *Seen) []string {
		if p := s.Partner(id); p != nil {
			return show(*p)
		}
		return []string{"no such partner"}
	}
}

func as(p SeenPartner) []string        { return []string{p.As.Text()} }
func ownPace(p SeenPartner) []string   { return []string{string(p.Pace)} }
func firstSeen(p SeenPartner) []string { return listOf(p.FirstSeen, labelOf) }

func renewedBy(p SeenPartner) []string { return []string{labelOf(p.RenewedBy)} }

func seeOut(s *Seen) []string {
	return whom(s, func(p SeenPartner) bool { return p.MaySeeOut })
}

func renew(s *Seen) []string {
	return whom(s, func(p SeenPartner) bool { return p.MayRenew })
}

func whom(s *Seen, may func(SeenPartner) bool) (list []string) {
	for _, p := range s.Partners {
		if may(p) {
			list = append(list, labelOf(p.ID))
		}
	}
	return list
}

func title(s *Seen) []string { return []string{s.Title.Text()} }
func pace(s *Seen) []string  { return []string{string(s.Pace)} }
func undo(s *Seen) []string  { return []string{labelOf(s.Undo)} }
func notes(s *Seen) []string {
	return listOf(s.Notes, func(n SeenNote) string { return n.Words.Text() })
}

// at shows something of one statement.
func at(label string, show func(SeenStatement) []string) func(*Seen) []string {
	return func(s *Seen) []string {
		if st := s.Statement(statement(label)); st != nil {
			return show(*st)
		}
		return []string{"no such statement"}
	}
}

func standing(st SeenStatement) []string { return []string{string(st.Standing)} }
func words(st SeenStatement) []string    { return []string{st.Words.Text()} }
func first(st SeenStatement) []string    { return []string{st.First.Text()} }
func seenBy(st SeenStatement) []string   { return listOf(st.SeenBy, labelOf) }
func shared(st SeenStatement) []string   { return listOf(st.Shared, labelOf) }
func where(st SeenStatement) []string    { return []string{string(st.Layer), labelOf(st.Theme)} }

func views(st SeenStatement) []string {
	return listOf(st.Views, func(v SeenView) string { return labelOf(v.By) + ": " + v.Words.Text() })
}

func feelings(st SeenStatement) []string {
	return listOf(st.Emotions, func(e SeenEmotion) string { return e.Word.Text() + " " + string(e.Feeling) })
}

func turn(st SeenStatement) []string { return []string{strconv.Itoa(st.Turn)} }

func kept(st SeenStatement) []string {
	return listOf(st.Emotions, func(e SeenEmotion) string { return strconv.Itoa(e.Kept) })
}

func rights(st SeenStatement) (list []string) {
	for _, right := range []struct {
		name string
		may  bool
	}{
		{"answer", st.MayAnswer}, {"reword", st.MayReword}, {"share", st.MayShare},
		{"place", st.MayPlace}, {"withdraw", st.MayWithdraw}, {"add", st.MayAdd},
	} {
		if right.may {
			list = append(list, right.name)
		}
	}
	return list
}

func themes(about PartnerID) func(*Seen) []string {
	return func(s *Seen) (list []string) {
		for _, th := range s.Themes {
			if th.About == about {
				list = append(list, th.Name.Text())
			}
		}
		return list
	}
}

// setAside are the layers of a theme that its owner does not talk about here.
func setAside(label string) func(*Seen) []string {
	return func(s *Seen) (list []string) {
		for _, l := range Layers {
			if s.Theme(theme(label)).Aside(l) {
				list = append(list, string(l))
			}
		}
		return list
	}
}

// sectors are the names of the picture; "" is what has no theme yet.
func sectors(about PartnerID) func(*Seen) []string {
	return func(s *Seen) []string {
		return listOf(s.Insight(about).Sectors, func(sector Sector) string { return sector.Name.Text() })
	}
}

// cell shows the state of one cell and what stands in it.
func cell(about PartnerID, theme string, l Layer) func(*Seen) []string {
	return func(s *Seen) []string {
		for _, sector := range s.Insight(about).Sectors {
			if sector.Name.Text() == theme {
				c := cellOf(sector, l)
				return append([]string{stateNames[c.State]}, listOf(c.Statements, labelOf)...)
			}
		}
		return []string{"no such sector"}
	}
}

func cellOf(s Sector, l Layer) Cell {
	for i, known := range Layers {
		if l == known {
			return s.Cells[i]
		}
	}
	return Cell{}
}

var stateNames = map[CellState]string{
	NotAsked: "not asked", Assumed: "assumed", ConfirmedWords: "confirmed", OwnWords: "own words", NotHere: "not here",
}
