package samenspel

import "slices"

// theme is a subject in one partner's world. Whoever speaks may name one, but
// it becomes a part of the picture only through the person's own words: when
// they name it, or confirm or word something in it.
type theme struct {
	id        ThemeID
	about     PartnerID
	name      Words
	namedBy   PartnerID
	since     moment
	withdrawn bool
	said      []*statement // what stands in it, seen or not
	by        CommandID    // that named it
	along     bool         // it was named along with words, not by itself
}

// place is one cell of a partner's picture.
type place struct {
	theme ThemeID
	layer Layer
}

// turning is one change of mind about a place.
type turning struct {
	moment
	aside bool
}

// setAside reports whether the partner does not want to talk about it here.
func (p *partner) setAside(at place) bool {
	turns := p.aside[at]
	return len(turns) > 0 && turns[len(turns)-1].aside
}

// theme gives a theme about somebody that the actor may know of, or nil.
func (t turn) theme(id ThemeID, about PartnerID) *theme {
	th := t.themes[id]
	if th == nil || th.about != about || !t.seesTheme(th, t.by.id) {
		return nil
	}
	return th
}

// named is a theme about somebody under this name that the viewer knows of:
// the one that the person named themselves before that of another.
func (a *Alliance) named(name Words, about, viewer PartnerID) *theme {
	var found *theme
	for _, id := range a.partners[about].themes {
		th := a.themes[id]
		if !th.name.same(name) || !a.seesTheme(th, viewer) {
			continue
		}
		if th.namedBy == about {
			return th
		}
		if found == nil {
			found = th
		}
	}
	return found
}

// theirs reports whether a theme is the person's own already: they named it,
// or they spoke or confirmed in it.
func (a *Alliance) theirs(th *theme) bool {
	if th.namedBy == th.about && !th.withdrawn {
		return true
	}
	return slices.ContainsFunc(th.said, func(s *statement) bool {
		answered := s.now().standing != Asked && s.now().standing != RefusedByMe
		return answered && a.sees(s, th.about)
	})
}

// move puts a statement in another theme, or in none.
func (a *Alliance) move(s *statement, to ThemeID) {
	if th := a.themes[s.theme]; th != nil {
		th.said = slices.DeleteFunc(th.said, func(other *statement) bool { return other == s })
	}
	s.theme = to
	if th := a.themes[to]; th != nil {
		s.theme = th.id
		th.said = append(th.said, s)
	}
}

// moveAlong is move, and notes whether the theme was named for these words.
func (a *Alliance) moveAlong(s *statement, to ThemeID, f Fact) {
	a.move(s, to)
	if th := a.themes[to]; th != nil && th.by == f.Command {
		th.along = true
	}
}

// seesTheme reports whether a viewer knows of a theme: they named it, or they
// see something said in it. That somebody undid the naming does not take it
// from under what others said there.
func (a *Alliance) seesTheme(th *theme, viewer PartnerID) bool {
	if th.namedBy == viewer && !th.withdrawn {
		return true
	}
	return slices.ContainsFunc(th.said, func(s *statement) bool { return a.shows(s, viewer) })
}

// NameTheme lets a partner name a subject in their own world.
type NameTheme struct{ Name Words }

func (w NameTheme) decide(t turn) ([]Event, error) {
	if w.Name.Empty() {
		return nil, invalid("invalid.theme_needed")
	}
	if th := t.named(w.Name, t.by.id, t.by.id); th != nil && t.theirs(th) {
		return nil, nil
	}
	e, err := t.nameTheme(t.by, w.Name)
	if err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// nameTheme makes a new theme under the command's own id.
func (t turn) nameTheme(about *partner, name Words) (*ThemeNamed, error) {
	named := 0
	for _, id := range about.themes {
		if t.themes[id].namedBy == t.by.id {
			named++
		}
	}
	if named >= maxThemes {
		return nil, refused("refused.too_many")
	}
	return &ThemeNamed{Theme: ThemeID(t.cmd.ID), About: about.id, Name: name}, nil
}

// ThemeNamed is the fact that a subject got a name.
type ThemeNamed struct {
	Theme ThemeID   `json:"theme"`
	About PartnerID `json:"about"`
	Name  Words     `json:"-"`
}

// Kind is "theme.named".
func (*ThemeNamed) Kind() string { return "theme.named" }

// Holder is the theme itself: it can go with the last words in it.
func (e *ThemeNamed) Holder() PartnerID { return e.Theme.holder() }

// Sayings is the name.
func (e *ThemeNamed) Sayings() map[string]*Words { return map[string]*Words{"name": &e.Name} }

func (e *ThemeNamed) apply(a *Alliance, f Fact) reversal {
	a.themes[e.Theme] = &theme{id: e.Theme, about: e.About, name: e.Name, namedBy: f.By, since: moment{seq: f.Seq, at: f.At}, by: f.Command}
	if p := a.partners[e.About]; p != nil {
		p.themes = append(p.themes, e.Theme)
	}
	return reversal{subject: string(e.Theme), undo: &ThemeWithdrawn{Theme: e.Theme}}
}

// ThemeWithdrawn is the fact that naming a theme was undone.
type ThemeWithdrawn struct {
	Theme ThemeID `json:"theme"`
}

// Kind is "theme.withdrawn".
func (*ThemeWithdrawn) Kind() string { return "theme.withdrawn" }

func (e *ThemeWithdrawn) apply(a *Alliance, _ Fact) reversal {
	if th := a.themes[e.Theme]; th != nil {
		th.withdrawn = true
	}
	return reversal{subject: string(e.Theme), undo: &ThemeRestored{Theme: e.Theme}}
}

// ThemeRestored is the fact that withdrawing a theme was undone.
type ThemeRestored struct {
	Theme ThemeID `json:"theme"`
}

// Kind is "theme.restored".
func (*ThemeRestored) Kind() string { return "theme.restored" }

func (e *ThemeRestored) apply(a *Alliance, _ Fact) reversal {
	if th := a.themes[e.Theme]; th != nil {
		th.withdrawn = false
	}
	return reversal{subject: string(e.Theme), undo: &ThemeWithdrawn{Theme: e.Theme}}
}

// PutThemeFirst lets a partner put one of their themes before the others.
type PutThemeFirst struct{ Theme ThemeID }

func (w PutThemeFirst) decide(t turn) ([]Event, error) {
	if t.theme(w.Theme, t.by.id) == nil {
		return nil, ErrNotFound
	}
	if t.by.themes[0] == w.Theme {
		return nil, nil
	}
	order := []ThemeID{w.Theme}
	for _, id := range t.by.themes {
		if id != w.Theme {
			order = append(order, id)
		}
	}
	return []Event{&ThemesOrdered{About: t.by.id, Order: order}}, nil
}

// ThemesOrdered is the fact that a partner put their themes in this order.
type ThemesOrdered struct {
	About PartnerID `json:"about"`
	Order []ThemeID `json:"order"`
}

// Kind is "themes.ordered".
func (*ThemesOrdered) Kind() string { return "themes.ordered" }

func (e *ThemesOrdered) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.About) + "/themes"}
	if p := a.partners[e.About]; p != nil {
		before := p.themes
		r.undo = &ThemesOrdered{About: e.About, Order: before}
		p.themes = slices.Clone(e.Order)
		for _, id := range before { // one that was named since the undone order
			if !slices.Contains(p.themes, id) {
				p.themes = append(p.themes, id)
			}
		}
	}
	return r
}

// SetLayerAside says: about this I do not want to talk here. Nobody asks why.
type SetLayerAside struct {
	Theme ThemeID
	Layer Layer
}

func (w SetLayerAside) decide(t turn) ([]Event, error) {
	at, err := t.ownPlace(w.Theme, w.Layer)
	if err != nil || t.by.setAside(at) {
		return nil, err
	}
	return []Event{&LayerSetAside{About: t.by.id, Theme: w.Theme, Layer: w.Layer}}, nil
}

// TakeLayerUp opens again what was set aside.
type TakeLayerUp struct {
	Theme ThemeID
	Layer Layer
}

func (w TakeLayerUp) decide(t turn) ([]Event, error) {
	at, err := t.ownPlace(w.Theme, w.Layer)
	if err != nil || !t.by.setAside(at) {
		return nil, err
	}
	return []Event{&LayerTakenUp{About: t.by.id, Theme: w.Theme, Layer: w.Layer}}, nil
}

// ownPlace is a cell of the actor's own picture.
func (t turn) ownPlace(id ThemeID, l Layer) (place, error) {
	if !l.Valid() {
		return place{}, invalid("invalid.layer")
	}
	if t.theme(id, t.by.id) == nil {
		return place{}, ErrNotFound
	}
	return place{theme: id, layer: l}, nil
}

// LayerSetAside is the fact that a partner does not want to talk about a
// layer of a theme here.
type LayerSetAside struct {
	About PartnerID `json:"about"`
	Theme ThemeID   `json:"theme"`
	Layer Layer     `json:"layer"`
}

// Kind is "layer.set_aside".
func (*LayerSetAside) Kind() string { return "layer.set_aside" }

func (e *LayerSetAside) apply(a *Alliance, f Fact) reversal {
	return a.turnPlace(e.About, place{e.Theme, e.Layer}, f, true,
		&LayerTakenUp{About: e.About, Theme: e.Theme, Layer: e.Layer})
}

// LayerTakenUp is the fact that a partner talks about it after all.
type LayerTakenUp struct {
	About PartnerID `json:"about"`
	Theme ThemeID   `json:"theme"`
	Layer Layer     `json:"layer"`
}

// Kind is "layer.taken_up".
func (*LayerTakenUp) Kind() string { return "layer.taken_up" }

func (e *LayerTakenUp) apply(a *Alliance, f Fact) reversal {
	return a.turnPlace(e.About, place{e.Theme, e.Layer}, f, false,
		&LayerSetAside{About: e.About, Theme: e.Theme, Layer: e.Layer})
}

func (a *Alliance) turnPlace(about PartnerID, at place, f Fact, aside bool, undo Event) reversal {
	if p := a.partners[about]; p != nil {
		p.aside[at] = append(p.aside[at], turning{moment: moment{seq: f.Seq, at: f.At}, aside: aside})
	}
	return reversal{subject: string(about) + "/" + string(at.theme) + "/" + string(at.layer), undo: undo}
}
