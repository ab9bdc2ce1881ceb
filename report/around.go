package report

import (
	"html/template"
	"slices"

	"samenspel"
	"samenspel/figure"
)

// around is the map of the people around the person, as they drew it.
var around = section{
	name: "around",
	things: func(t *telling) []int {
		if len(t.near()) == 0 {
			return nil
		}
		return ones(1)
	},
	add: func(t *telling, d *Data) {
		if len(t.near()) > 0 {
			d.Around = t.circle()
		}
	},
}

// Around is who is around the person.
type Around struct {
	People []Near `json:"people"`
	Ties   []Tie  `json:"ties,omitempty"`
}

// Near is somebody around the person.
type Near struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	As        string            `json:"as,omitempty"`
	Ring      int               `json:"ring"`
	Direction int               `json:"direction"`
	Tie       samenspel.TieKind `json:"tie,omitempty"` // with the person
}

// Tie is how two of them are to each other.
type Tie struct {
	One   string            `json:"one"`
	Other string            `json:"other"`
	As    samenspel.TieKind `json:"as"`
}

// near are those on the person's own map.
func (t *telling) near() []samenspel.SeenNear {
	if m := t.Seen.AroundOf(t.You.ID); m != nil {
		return m.People
	}
	return nil
}

// localNear are the ids of the file for those on the map.
func (t *telling) localNear() map[samenspel.NearID]string {
	ids := map[samenspel.NearID]string{}
	for i, n := range t.near() {
		ids[n.ID] = localID("n", i)
	}
	return ids
}

func (t *telling) circle() *Around {
	ids, m := t.localNear(), t.Seen.AroundOf(t.You.ID)
	out := &Around{}
	place := map[samenspel.NearID]int{}
	for i, n := range m.People {
		place[n.ID] = i
		out.People = append(out.People, Near{ID: ids[n.ID], Name: said(n.Name), As: said(n.As), Ring: n.Ring, Direction: n.Direction})
	}
	for _, tie := range m.Ties {
		if tie.From == "" {
			out.People[place[tie.To]].Tie = tie.As
		} else {
			out.Ties = append(out.Ties, Tie{ids[tie.From], ids[tie.To], tie.As})
		}
	}
	return out
}

// Map draws the map. The ids of the place where the story comes from do not
// go along in the drawing either.
func (t *telling) Map() template.HTML {
	ids, own := t.localNear(), *t.Seen.AroundOf(t.You.ID)
	own.People, own.Ties = slices.Clone(own.People), slices.Clone(own.Ties)
	for i := range own.People {
		own.People[i].ID = samenspel.NearID(ids[own.People[i].ID])
	}
	for i, tie := range own.Ties {
		own.Ties[i].From, own.Ties[i].To = samenspel.NearID(ids[tie.From]), samenspel.NearID(ids[tie.To])
	}
	seen := *t.Seen
	seen.Around = []samenspel.SeenAround{own}
	return template.HTML(figure.Around("around", &seen, t.You.ID, t.Say)) //nolint:gosec // figure escapes
}

// Lines are the signs of the ties, with what they mean.
func (t *telling) Lines() []key {
	var list []key
	if len(t.Seen.AroundOf(t.You.ID).Ties) == 0 {
		return nil
	}
	for _, kind := range samenspel.TieKinds {
		list = append(list, key{template.HTML(figure.TieSign(kind)), t.T("tie." + string(kind))}) //nolint:gosec // a fixed drawing
	}
	return list
}

// someone is somebody on the list that says what the map says.
type someone struct {
	Near
	With []tied
}

// tied is how they are to another on the map.
type tied struct {
	Name string
	As   samenspel.TieKind
}

// People are those on the map, close by first.
func (t *telling) People() []someone {
	c := t.circle()
	var list []someone
	name := map[string]string{}
	for _, n := range c.People {
		name[n.ID] = n.Name
	}
	for _, n := range c.People {
		one := someone{Near: n}
		for _, tie := range c.Ties {
			switch n.ID {
			case tie.One:
				one.With = append(one.With, tied{name[tie.Other], tie.As})
			case tie.Other:
				one.With = append(one.With, tied{name[tie.One], tie.As})
			}
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b someone) int { return a.Ring - b.Ring })
	return list
}
