package samenspel

import "slices"

// The map of the people around a partner: three rings, and in each a place
// for every direction of a day's clock. One place holds one.
const (
	MapRings      = 3  // 1 is close by
	MapDirections = 24 // from the top, with the clock
	maxNear       = 40 // on one map
	maxNearEver   = 400
)

// around are the maps of an alliance, each drawn by the one in its middle.
type around struct {
	maps map[PartnerID]*circle
	near map[NearID]*near
}

func newAround() around {
	return around{maps: map[PartnerID]*circle{}, near: map[NearID]*near{}}
}

// circle is one map.
type circle struct {
	owner  PartnerID
	people []*near
	ties   map[pair]TieKind
	with   map[PartnerID]bool // whom the owner shows it
}

// near is somebody on a map. Who they are to the alliance, if anything, is
// what the owner says.
type near struct {
	id      NearID
	owner   PartnerID
	name    Words
	as      Words
	partner PartnerID // "" while only named
	at      spot
	removed bool
}

// spot is a place on a map.
type spot struct{ ring, direction int }

func (s spot) valid() bool {
	return s.ring >= 1 && s.ring <= MapRings && s.direction >= 0 && s.direction < MapDirections
}

// circle is the map of a partner, to be changed by an event.
func (a *Alliance) circle(owner PartnerID) *circle {
	if a.around.maps[owner] == nil {
		a.around.maps[owner] = &circle{owner: owner, ties: map[pair]TieKind{}, with: map[PartnerID]bool{}}
	}
	return a.around.maps[owner]
}

// mapOf is the map of a partner, only to be looked at.
func (a *Alliance) mapOf(owner PartnerID) *circle {
	if c := a.around.maps[owner]; c != nil {
		return c
	}
	return &circle{owner: owner}
}

// seesMap: the map is its owner's; others see it when the owner shows it.
func (a *Alliance) seesMap(owner, viewer PartnerID) bool {
	return owner == viewer || a.mapOf(owner).with[viewer]
}

// near gives somebody on the actor's own map.
func (t turn) near(id NearID) (*near, error) {
	n := t.around.near[id]
	switch {
	case n == nil || n.removed || !t.seesMap(n.owner, t.by.id):
		return nil, ErrNotFound
	case n.owner != t.by.id:
		return nil, refused("refused.around")
	}
	return n, nil
}

// stands is who is on a map now.
func (c *circle) stands() []*near {
	return slices.DeleteFunc(slices.Clone(c.people), func(n *near) bool { return n.removed })
}

// free reports whether a place is nobody's, leaving one person out.
func (c *circle) free(at spot, but NearID) bool {
	return !slices.ContainsFunc(c.stands(), func(n *near) bool { return n.at == at && n.id != but })
}

// nearest is the free place in a ring that is nearest to a direction: first
// with the clock, then against it.
func (c *circle) nearest(at spot, but NearID) (spot, bool) {
	for step := range MapDirections/2 + 1 {
		for _, turned := range []int{at.direction + step, at.direction - step} {
			place := spot{at.ring, (turned + MapDirections) % MapDirections}
			if c.free(place, but) {
				return place, true
			}
		}
	}
	return spot{}, false
}

// airiest is the free place in a ring whose direction is furthest from that of
// everybody; and then from those in the same ring.
func (c *circle) airiest(ring int) (best spot, ok bool) {
	most := -1
	for d := range MapDirections {
		same, all := MapDirections, MapDirections
		for _, n := range c.stands() {
			apart := (d - n.at.direction + MapDirections) % MapDirections
			apart = min(apart, MapDirections-apart)
			all = min(all, apart)
			if n.at.ring == ring {
				same = min(same, apart)
			}
		}
		if air := all*MapDirections + same; same > 0 && air > most {
			most, best, ok = air, spot{ring, d}, true
		}
	}
	return best, ok
}

// PutNear puts somebody on the actor's map, where there is most air. A partner
// needs no name: they have one.
type PutNear struct {
	Name    Words
	As      Words // who that is to the actor
	Ring    int
	Partner PartnerID
	Tie     TieKind // between the two of them, or ""
}

func (w PutNear) decide(t turn) ([]Event, error) {
	c := t.mapOf(t.by.id)
	name, err := w.settle(t)
	if err != nil {
		return nil, err
	}
	if len(c.stands()) >= maxNear || len(c.people) >= maxNearEver {
		return nil, refused("refused.too_many")
	}
	at, ok := c.airiest(w.Ring)
	if !ok {
		return nil, refused("refused.around_full")
	}
	id := NearID(t.cmd.ID)
	events := []Event{&NearPut{
		Near: id, Owner: t.by.id, Ring: at.ring, Direction: at.direction, Partner: w.Partner, Name: name, As: w.As,
	}}
	if w.Tie != "" {
		events = append(events, &NearTied{Owner: t.by.id, From: "", To: id, As: w.Tie})
	}
	return events, nil
}

// settle checks the wish and gives the name.
func (w PutNear) settle(t turn) (Words, error) {
	name := w.Name
	if w.Partner != "" {
		p := t.partners[w.Partner]
		if !p.awaited() || p == t.by {
			return name, ErrNotFound
		}
		if name.Empty() {
			name = p.name
		}
	}
	switch {
	case name.Empty():
		return name, invalid("invalid.name_needed")
	case w.Ring < 1 || w.Ring > MapRings:
		return name, invalid("invalid.ring")
	case w.Tie != "" && !w.Tie.Valid():
		return name, invalid("invalid.tie")
	}
	return name, nil
}

// NearPut is the fact that somebody came on a map.
type NearPut struct {
	Near      NearID    `json:"near"`
	Owner     PartnerID `json:"owner"`
	Ring      int       `json:"ring"`
	Direction int       `json:"direction"`
	Partner   PartnerID `json:"partner,omitempty"`
	Name      Words     `json:"-"`
	As        Words     `json:"-"`
}

// Kind is "around.put".
func (*NearPut) Kind() string { return "around.put" }

// Holder is whose map it is.
func (e *NearPut) Holder() PartnerID { return e.Owner }

// Sayings are the name and who they are.
func (e *NearPut) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "as": &e.As}
}

func (e *NearPut) apply(a *Alliance, _ Fact) reversal {
	n := &near{id: e.Near, owner: e.Owner, name: e.Name, as: e.As, partner: e.Partner, at: spot{e.Ring, e.Direction}}
	c := a.circle(e.Owner)
	c.people = append(c.people, n)
	a.around.near[n.id] = n
	return reversal{subject: string(n.id), undo: &NearRemoved{Near: n.id}}
}

// MoveNear puts somebody elsewhere on the actor's map: on this place, or the
// free one next to it.
type MoveNear struct {
	Near      NearID
	Ring      int
	Direction int
}

func (w MoveNear) decide(t turn) ([]Event, error) {
	n, err := t.near(w.Near)
	if err != nil {
		return nil, err
	}
	to := spot{w.Ring, w.Direction}
	if !to.valid() {
		return nil, invalid("invalid.ring")
	}
	to, ok := t.mapOf(n.owner).nearest(to, n.id)
	switch {
	case !ok:
		return nil, refused("refused.around_full")
	case to == n.at:
		return nil, nil
	}
	return []Event{&NearMoved{Near: n.id, Ring: to.ring, Direction: to.direction}}, nil
}

// NearMoved is the fact that somebody stands elsewhere on a map.
type NearMoved struct {
	Near      NearID `json:"near"`
	Ring      int    `json:"ring"`
	Direction int    `json:"direction"`
}

// Kind is "around.moved".
func (*NearMoved) Kind() string { return "around.moved" }

func (e *NearMoved) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Near)}
	if n := a.around.near[e.Near]; n != nil {
		r.undo = &NearMoved{Near: n.id, Ring: n.at.ring, Direction: n.at.direction}
		n.at = spot{e.Ring, e.Direction}
	}
	return r
}

// NameNear says anew how somebody on the actor's map is called, and who that is.
type NameNear struct {
	Near NearID
	Name Words
	As   Words
}

func (w NameNear) decide(t turn) ([]Event, error) {
	n, err := t.near(w.Near)
	switch {
	case err != nil:
		return nil, err
	case w.Name.Empty():
		return nil, invalid("invalid.name_needed")
	case w.Name == n.name && w.As == n.as:
		return nil, nil
	}
	return []Event{&NearNamed{Near: n.id, Owner: n.owner, Name: w.Name, As: w.As}}, nil
}

// NearNamed is the fact that somebody on a map is called otherwise.
type NearNamed struct {
	Near  NearID    `json:"near"`
	Owner PartnerID `json:"owner"`
	Name  Words     `json:"-"`
	As    Words     `json:"-"`
}

// Kind is "around.named".
func (*NearNamed) Kind() string { return "around.named" }

// Holder is whose map it is.
func (e *NearNamed) Holder() PartnerID { return e.Owner }

// Sayings are the name and who they are.
func (e *NearNamed) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "as": &e.As}
}

func (e *NearNamed) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Near)}
	if n := a.around.near[e.Near]; n != nil {
		r.undo = &NearNamed{Near: n.id, Owner: n.owner, Name: n.name, As: n.as}
		n.name, n.as = e.Name, e.As
	}
	return r
}

// LinkNear says which partner somebody on the actor's map is; without a
// partner that they are none.
type LinkNear struct {
	Near    NearID
	Partner PartnerID
}

func (w LinkNear) decide(t turn) ([]Event, error) {
	n, err := t.near(w.Near)
	switch {
	case err != nil:
		return nil, err
	case w.Partner != "" && (!t.partners[w.Partner].awaited() || w.Partner == t.by.id):
		return nil, ErrNotFound
	case w.Partner == n.partner:
		return nil, nil
	}
	return []Event{&NearLinked{Near: n.id, Partner: w.Partner}}, nil
}

// NearLinked is the fact that somebody on a map is known to be a partner.
type NearLinked struct {
	Near    NearID    `json:"near"`
	Partner PartnerID `json:"partner,omitempty"`
}

// Kind is "around.linked".
func (*NearLinked) Kind() string { return "around.linked" }

func (e *NearLinked) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Near)}
	if n := a.around.near[e.Near]; n != nil {
		r.undo = &NearLinked{Near: n.id, Partner: n.partner}
		n.partner = e.Partner
	}
	return r
}

// RemoveNear takes somebody off the actor's map, with their ties.
type RemoveNear struct{ Near NearID }

func (w RemoveNear) decide(t turn) ([]Event, error) {
	n, err := t.near(w.Near)
	if err != nil {
		return nil, err
	}
	return []Event{&NearRemoved{Near: n.id}}, nil
}

// NearRemoved is the fact that somebody is off a map.
type NearRemoved struct {
	Near NearID `json:"near"`
}

// Kind is "around.removed".
func (*NearRemoved) Kind() string { return "around.removed" }

func (e *NearRemoved) apply(a *Alliance, _ Fact) reversal {
	if n := a.around.near[e.Near]; n != nil {
		n.removed = true
	}
	return reversal{subject: string(e.Near), undo: &NearRestored{Near: e.Near}}
}

// NearRestored is the fact that taking them off was undone.
type NearRestored struct {
	Near NearID `json:"near"`
}

// Kind is "around.restored".
func (*NearRestored) Kind() string { return "around.restored" }

func (e *NearRestored) apply(a *Alliance, _ Fact) reversal {
	if n := a.around.near[e.Near]; n != nil {
		n.removed = false
	}
	return reversal{subject: string(e.Near), undo: &NearRemoved{Near: e.Near}}
}
