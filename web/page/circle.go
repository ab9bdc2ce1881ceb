package page

import (
	"html/template"
	"slices"

	"samenspel"
)

// circlePages are the pages of circle.go in package web.
var circlePages = []Page{Around{}, Near{}}

// Around is the map of the people around one partner.
type Around struct {
	*Frame
	Owner   samenspel.PartnerID
	Map     *samenspel.SeenAround // nil when the reader sees it no longer
	Figure  template.HTML
	Keys    template.HTML
	Letters []string // on the faces, as the people of the map
	Post    Post
	Form    NearForm
}

// NearForm is what was filled in to put somebody on the map, as typed.
type NearForm struct {
	Name, As string
	Ring     int
	Partner  samenspel.PartnerID
	Tie      samenspel.TieKind
}

// Mine reports whether it is the reader's own map: only they draw on it.
func (p Around) Mine() bool { return p.Owner == p.Seen.You }

// SeenBy is whom the reader shows their map.
func (p Around) SeenBy() map[samenspel.PartnerID]bool { return SetOf(p.Map.SeenBy) }

// Missing are the partners who are not on the map yet.
func (p Around) Missing() []samenspel.SeenPartner { return missing(p.Frame, p.Map) }

func missing(f *Frame, m *samenspel.SeenAround) []samenspel.SeenPartner {
	return slices.DeleteFunc(f.Present(), func(o samenspel.SeenPartner) bool {
		there := func(n samenspel.SeenNear) bool { return n.Partner == o.ID }
		return o.You || slices.ContainsFunc(m.People, there)
	})
}

// People are those on the map, close by first.
func (p Around) People() []NearPart {
	var list []NearPart
	for i := range p.Map.People {
		part := NearPart{Frame: p.Frame, Map: p.Map, N: &p.Map.People[i]}
		part.Letter = p.Letters[i]
		list = append(list, part)
	}
	slices.SortStableFunc(list, func(a, b NearPart) int { return a.N.Ring - b.N.Ring })
	return list
}

// NearPart is somebody on a map, on a page.
type NearPart struct {
	*Frame
	Map    *samenspel.SeenAround
	N      *samenspel.SeenNear
	Letter string
}

// Mark is the sign by which they stand on the map.
func (n NearPart) Mark() Face {
	face := Face{Shape: 1, Letter: n.Letter}
	if p := n.Seen.Partner(n.N.Partner); p != nil {
		face.Shape, face.You = p.Shape, p.You
	}
	return face
}

// Standing is how they are at the table, or "" for who is only named.
func (n NearPart) Standing() samenspel.PartnerStanding {
	if p := n.Seen.Partner(n.N.Partner); p != nil {
		return p.Standing
	}
	return ""
}

// Tie is how the owner of the map says it is between the two, or "".
func (n NearPart) Tie() samenspel.TieKind {
	for _, tie := range n.Map.Ties {
		if tie.From == "" && tie.To == n.N.ID {
			return tie.As
		}
	}
	return ""
}

// TieRow is how it is between somebody and another on the map.
type TieRow struct {
	ID   samenspel.NearID
	Name samenspel.Words
	As   samenspel.TieKind
}

// With are the others on the map, and how it is with each, where that is said.
func (n NearPart) With() []TieRow {
	var rows []TieRow
	for _, o := range n.Map.People {
		if o.ID == n.N.ID {
			continue
		}
		row := TieRow{ID: o.ID, Name: o.Name}
		for _, tie := range n.Map.Ties {
			if (tie.From == n.N.ID && tie.To == o.ID) || (tie.To == n.N.ID && tie.From == o.ID) {
				row.As = tie.As
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Act is for a button about them.
func (n NearPart) Act(what string) Post { return n.Repeatable("near", what, n.N.ID) }

// Near is the page of its owner about somebody on their map.
type Near struct {
	NearPart
	Figure template.HTML
	Called string // as typed
	As     string
}

// Move is one step on the map.
type Move struct {
	What            string
	Ring, Direction int
}

// Moves are the steps that somebody can make: a ring closer or further, and
// to either side, past whoever stands there.
func (p Near) Moves() []Move {
	var moves []Move
	at := p.N
	if at.Ring > 1 {
		moves = append(moves, Move{"closer", at.Ring - 1, at.Direction})
	}
	if at.Ring < samenspel.MapRings {
		moves = append(moves, Move{"further", at.Ring + 1, at.Direction})
	}
	return append(moves, Move{"left", at.Ring, p.beside(-1)}, Move{"right", at.Ring, p.beside(1)})
}

// Step is for a button that moves them: the page comes back to the map.
func (p Near) Step(what string) Post {
	post := p.Act(what)
	post.At = "where"
	return post
}

// beside is the next free direction to one side.
func (p Near) beside(step int) int {
	d := p.N.Direction
	for range samenspel.MapDirections {
		d = (d + step + samenspel.MapDirections) % samenspel.MapDirections
		taken := func(n samenspel.SeenNear) bool { return n.Ring == p.N.Ring && n.Direction == d }
		if !slices.ContainsFunc(p.Map.People, taken) {
			return d
		}
	}
	return p.N.Direction
}

// MayInvite reports whether the reader may ask them to the table.
func (p Near) MayInvite() bool {
	return p.N.Partner == "" && len(p.You().Role.Invites()) > 0 && !p.Seen.Ending.Ended
}

// Missing are the partners whom they may turn out to be.
func (p Near) Missing() []samenspel.SeenPartner { return missing(p.Frame, p.Map) }

// Gone is for the button that takes them off the map: this page goes as well.
func (p Near) Gone() Post {
	post := p.Act("remove")
	post.Back = p.Base() + "/around/" + string(p.Seen.You)
	return post
}
