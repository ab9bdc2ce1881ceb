package page

import (
	"cmp"
	"slices"

	"samenspel"
)

// frictionPages are the pages of friction.go in package web.
var frictionPages = []Page{Friction{}, Frictions{}}

// Frictions is all that chafes of which the reader knows, and the form to
// signal something.
type Frictions struct {
	*Frame
	Post Post
	Form FrictionForm
}

// FrictionForm is what was filled in to signal something, as typed.
type FrictionForm struct {
	Words     string
	Everybody bool
	SeenBy    map[samenspel.PartnerID]bool
	Earlier   samenspel.FrictionID
	Ground    samenspel.StatementID
}

// More reports whether more than the words and for whom was filled in.
func (p Frictions) More() bool { return p.Form.Earlier != "" || p.Form.Ground != "" }

// Now are those that are open, Good those that are good again, the newest first.
func (p Frictions) Now() []FrictionPart  { return p.frictions(false, 0) }
func (p Frictions) Good() []FrictionPart { return p.frictions(true, 50) }

// Own are the reader's own, to link one that came back to.
func (p Frictions) Own() []FrictionPart {
	const most = 8
	own := slices.DeleteFunc(append(p.frictions(false, 0), p.frictions(true, 0)...), func(f FrictionPart) bool { return !f.Mine() })
	slices.SortStableFunc(own, func(a, b FrictionPart) int { return b.F.Since.Compare(a.F.Since) })
	chosen := slices.IndexFunc(own, func(f FrictionPart) bool { return f.F.ID == p.Form.Earlier })
	if chosen >= most {
		own[most-1] = own[chosen]
	}
	return own[:min(len(own), most)]
}

// frictions are those that are good again or not, the newest first; at most
// so many, or all.
func (f *Frame) frictions(mended bool, most int) []FrictionPart {
	var list []FrictionPart
	for i := len(f.Seen.Frictions) - 1; i >= 0 && (most == 0 || len(list) < most); i-- {
		if one := &f.Seen.Frictions[i]; one.Mended == mended {
			list = append(list, FrictionPart{Frame: f, F: one})
		}
	}
	return list
}

// Grounds are the reader's own words that may lie under something: those with
// a feeling at them first, then needs, and the newest.
//
//go:noinline
func (f *Frame) Grounds() []WordPart {
	const most = 8
	var list []WordPart
	for i := len(f.Seen.Statements) - 1; i >= 0; i-- {
		s := &f.Seen.Statements[i]
		if s.About == f.Seen.You && s.Standing != samenspel.Asked && s.Standing != samenspel.RefusedByMe {
			list = append(list, f.Word(s))
		}
	}
	deep := func(w WordPart) int {
		switch {
		case w.Felt():
			return 0
		case w.S.Layer == samenspel.Need:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b WordPart) int { return cmp.Compare(deep(a), deep(b)) })
	return list[:min(len(list), most)]
}

// Felt reports whether their owner named or recognised a feeling at the words.
func (w WordPart) Felt() bool {
	return slices.ContainsFunc(w.S.Emotions, func(e samenspel.SeenEmotion) bool {
		return e.Feeling == samenspel.Open || e.Feeling == samenspel.Met
	})
}

// SignTo is whom a silent sign goes to: who sees at once what is said about
// the reader, as far as they are here.
func (p Alliance) SignTo() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, o := range p.Others() {
		if slices.Contains(p.You().FirstSeen, o.ID) {
			list = append(list, o.ID)
		}
	}
	return list
}

// Chafing are the open frictions on the page of today. On pause it does not
// bring them.
func (p Alliance) Chafing() []FrictionPart {
	if p.You().Pace == samenspel.Pause {
		return nil
	}
	return p.frictions(false, 3)
}

// FrictionPart is something that chafes, on a page.
type FrictionPart struct {
	*Frame
	F *samenspel.SeenFriction
}

// Mine reports whether the reader signalled it.
func (f FrictionPart) Mine() bool { return f.F.By == f.Seen.You }

// First is when it chafed the first time, as far as the reader knows, or nil
// when it did not come back.
func (f FrictionPart) First() *samenspel.SeenFriction {
	var first *samenspel.SeenFriction
	for at := f.Seen.Friction(f.F.Earlier); at != nil; at = f.Seen.Friction(at.Earlier) {
		first = at
	}
	return first
}

// Act is for a button about this friction.
func (f FrictionPart) Act(what string) Post { return f.Repeatable("friction", what, f.F.ID) }

// Gone is for the button that takes it away: this page goes with it.
func (f FrictionPart) Gone() Post {
	p := f.Act("withdraw")
	p.Back = f.Base() + "/friction"
	return p
}

// Friction is one thing that chafes: what was said, what lay under it, what
// helps.
type Friction struct {
	FrictionPart
	Post  Post
	Words string
}

// Asks reports whether the page may ask: never on pause.
func (p Friction) Asks() bool { return p.You().Pace != samenspel.Pause }

// Under is what lay under it, or nil.
func (p Friction) Under() *WordPart {
	if s := p.Seen.Statement(p.F.Ground); s != nil {
		w := quietWord(p.Frame, s)
		return &w
	}
	return nil
}

// Felt are the feelings at what lay under it.
func (p Friction) Felt() []EmotionPart {
	var list []EmotionPart
	if w := p.Under(); w != nil {
		for _, e := range w.S.Emotions {
			if e.Feeling == samenspel.Open || e.Feeling == samenspel.Met {
				list = append(list, p.Feeling(w.S, e))
			}
		}
	}
	return list
}
