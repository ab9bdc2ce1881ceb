package samenspel

import (
	"cmp"
	"slices"
)

// TieKind is how two people on a map are to each other, as its owner sees it.
type TieKind string

// The three kinds of tie.
const (
	OrdinaryTie TieKind = "ordinary"
	StrongTie   TieKind = "strong"
	StrainedTie TieKind = "strained" // it chafes between them
)

// TieKinds are the three, in the order of the screen.
var TieKinds = [3]TieKind{OrdinaryTie, StrongTie, StrainedTie}

// Valid reports whether k is one of the three.
func (k TieKind) Valid() bool { return slices.Contains(TieKinds[:], k) }

// pair is two people on a map, the smaller id first; "" is its owner.
type pair struct{ one, other NearID }

func pairOf(a, b NearID) pair {
	if a > b {
		a, b = b, a
	}
	return pair{a, b}
}

// TieNear says how two people on the actor's map are to each other. From
// empty is the actor; without a kind it says so no longer.
type TieNear struct {
	From, To NearID
	As       TieKind
}

func (w TieNear) decide(t turn) ([]Event, error) {
	if _, err := t.near(w.To); err != nil {
		return nil, err
	}
	if w.From != "" {
		if _, err := t.near(w.From); err != nil {
			return nil, err
		}
	}
	if w.From == w.To || (w.As != "" && !w.As.Valid()) {
		return nil, invalid("invalid.tie")
	}
	between := pairOf(w.From, w.To)
	switch was := t.mapOf(t.by.id).ties[between]; {
	case was == w.As:
		return nil, nil
	case w.As == "":
		return []Event{&NearUntied{Owner: t.by.id, From: between.one, To: between.other}}, nil
	}
	return []Event{&NearTied{Owner: t.by.id, From: between.one, To: between.other, As: w.As}}, nil
}

// NearTied is the fact that the owner of a map said how two are to each other.
type NearTied struct {
	Owner PartnerID `json:"owner"`
	From  NearID    `json:"from,omitempty"` // "": the owner
	To    NearID    `json:"to"`
	As    TieKind   `json:"as"`
}

// Kind is "around.tied".
func (*NearTied) Kind() string { return "around.tied" }

func (e *NearTied) apply(a *Alliance, _ Fact) reversal {
	return a.tie(e.Owner, pairOf(e.From, e.To), e.As)
}

// NearUntied is the fact that the owner says it no longer.
type NearUntied struct {
	Owner PartnerID `json:"owner"`
	From  NearID    `json:"from,omitempty"`
	To    NearID    `json:"to"`
}

// Kind is "around.untied".
func (*NearUntied) Kind() string { return "around.untied" }

func (e *NearUntied) apply(a *Alliance, _ Fact) reversal {
	return a.tie(e.Owner, pairOf(e.From, e.To), "")
}

func (a *Alliance) tie(owner PartnerID, between pair, as TieKind) reversal {
	ties := a.circle(owner).ties
	r := reversal{subject: string(owner) + "/" + string(between.one) + "/" + string(between.other)}
	if was := ties[between]; was != "" {
		r.undo = &NearTied{Owner: owner, From: between.one, To: between.other, As: was}
	} else {
		r.undo = &NearUntied{Owner: owner, From: between.one, To: between.other}
	}
	if as == "" {
		delete(ties, between)
	} else {
		ties[between] = as
	}
	return r
}

// ShareAround says who sees the actor's map, all of them and all of it.
type ShareAround struct{ SeenBy []PartnerID }

func (w ShareAround) decide(t turn) ([]Event, error) {
	if err := t.atTable(w.SeenBy); err != nil {
		return nil, err
	}
	c := t.mapOf(t.by.id)
	var events []Event
	for _, id := range t.order {
		with := id != c.owner && slices.Contains(w.SeenBy, id)
		switch {
		case with && !c.with[id]:
			events = append(events, &AroundShared{Owner: c.owner, With: id})
		case !with && c.with[id] && t.partners[id].here():
			events = append(events, &AroundUnshared{Owner: c.owner, With: id})
		}
	}
	return events, nil
}

// AroundShared is the fact that somebody may see a map.
type AroundShared struct {
	Owner PartnerID `json:"owner"`
	With  PartnerID `json:"with"`
}

// Kind is "around.shared".
func (*AroundShared) Kind() string { return "around.shared" }

func (e *AroundShared) apply(a *Alliance, _ Fact) reversal {
	a.circle(e.Owner).with[e.With] = true
	return reversal{subject: string(e.Owner) + "/around", undo: &AroundUnshared{Owner: e.Owner, With: e.With}}
}

// AroundUnshared is the fact that somebody may see it no longer.
type AroundUnshared struct {
	Owner PartnerID `json:"owner"`
	With  PartnerID `json:"with"`
}

// Kind is "around.unshared".
func (*AroundUnshared) Kind() string { return "around.unshared" }

func (e *AroundUnshared) apply(a *Alliance, _ Fact) reversal {
	delete(a.circle(e.Owner).with, e.With)
	return reversal{subject: string(e.Owner) + "/around", undo: &AroundShared{Owner: e.Owner, With: e.With}}
}

// aroundKinds are those of the people around a partner.
var aroundKinds = []func() Event{
	func() Event { return new(NearPut) },
	func() Event { return new(NearMoved) },
	func() Event { return new(NearNamed) },
	func() Event { return new(NearLinked) },
	func() Event { return new(NearRemoved) },
	func() Event { return new(NearRestored) },
	func() Event { return new(NearTied) },
	func() Event { return new(NearUntied) },
	func() Event { return new(AroundShared) },
	func() Event { return new(AroundUnshared) },
}

// SeenAround is the map of the people around one partner. The viewer's own is
// always there, others' when they show it.
type SeenAround struct {
	Owner  PartnerID
	People []SeenNear // as they were put
	Ties   []SeenTie
	SeenBy []PartnerID // for its owner: who sees it besides them
}

// SeenNear is somebody on a map.
type SeenNear struct {
	ID        NearID
	Name      Words
	As        Words
	Ring      int
	Direction int
	Partner   PartnerID // "" for who is only named
}

// SeenTie is how two people on a map are to each other.
type SeenTie struct {
	From, To NearID // From is "" for the owner
	As       TieKind
}

func (a *Alliance) seeAround(s *Seen, you *partner) {
	s.Around = append(s.Around, a.seenAround(s, you.id))
	for _, id := range a.order {
		if id != you.id && a.seesMap(id, you.id) {
			s.Around = append(s.Around, a.seenAround(s, id))
		}
	}
}

func (a *Alliance) seenAround(s *Seen, owner PartnerID) SeenAround {
	seen := SeenAround{Owner: owner}
	c := a.mapOf(owner)
	place := map[NearID]int{"": 0}
	for i, n := range c.stands() {
		place[n.id] = i + 1
		of := SeenNear{ID: n.id, Name: n.name, As: n.as, Ring: n.at.ring, Direction: n.at.direction}
		if s.Partner(n.partner) != nil { // not an invitation that was taken back
			of.Partner = n.partner
		}
		seen.People = append(seen.People, of)
	}
	for between, as := range c.ties {
		from, one := place[between.one]
		to, other := place[between.other]
		switch {
		case !one || !other: // one of them is off the map
		case from < to:
			seen.Ties = append(seen.Ties, SeenTie{From: between.one, To: between.other, As: as})
		default:
			seen.Ties = append(seen.Ties, SeenTie{From: between.other, To: between.one, As: as})
		}
	}
	slices.SortFunc(seen.Ties, func(x, y SeenTie) int {
		return cmp.Or(cmp.Compare(place[x.From], place[y.From]), cmp.Compare(place[x.To], place[y.To]))
	})
	if owner == s.You {
		for _, id := range a.order {
			if c.with[id] && a.partners[id].here() {
				seen.SeenBy = append(seen.SeenBy, id)
			}
		}
	}
	return seen
}

// AroundOf gives the map of a partner, or nil where the viewer does not see it.
func (s *Seen) AroundOf(owner PartnerID) *SeenAround {
	for i := range s.Around {
		if s.Around[i].Owner == owner {
			return &s.Around[i]
		}
	}
	return nil
}

// Near gives somebody on a map that the viewer sees, with the map, or nil.
func (s *Seen) Near(id NearID) (*SeenAround, *SeenNear) {
	for i := range s.Around {
		for j := range s.Around[i].People {
			if s.Around[i].People[j].ID == id {
				return &s.Around[i], &s.Around[i].People[j]
			}
		}
	}
	return nil, nil
}
