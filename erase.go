package samenspel

import (
	"slices"
	"time"
)

// This file holds how words go for good: who may have them erased, and what
// is left when they are.

// ErasureID names one request to erase, or one erasing of one's own words.
type ErasureID string

// MaxErasureWords is how long a reason may be, in characters.
const MaxErasureWords = 1_000

// answerMonths is how long an answer to a request may take at most.
const answerMonths = 3

// maxErasures is how many requests of one partner may be open at once.
const maxErasures = 200

// ErasureStanding is how far a request is.
type ErasureStanding string

// The four standings of a request.
const (
	RequestOpen    ErasureStanding = "open"
	RequestDropped ErasureStanding = "dropped" // taken back by whoever asked
	RequestGranted ErasureStanding = "granted" // and done
	RequestRefused ErasureStanding = "refused"
)

// ErasureGround says why a request is refused.
type ErasureGround string

// The three grounds.
const (
	GroundDuty  ErasureGround = "duty"  // a law says how long it has to be kept
	GroundHold  ErasureGround = "hold"  // it is needed for something that is going on, such as a complaint
	GroundOther ErasureGround = "other" // somebody else would be harmed
)

// ErasureGrounds are the three, in the order of the screen.
var ErasureGrounds = [3]ErasureGround{GroundDuty, GroundHold, GroundOther}

// Valid reports whether g is one of the three.
func (g ErasureGround) Valid() bool { return slices.Contains(ErasureGrounds[:], g) }

// erasure is a request to erase, or the erasing of one's own words.
type erasure struct {
	id        ErasureID
	by        PartnerID   // who asked
	about     PartnerID   // whose world it is in
	wrote     PartnerID   // who wrote the statement down, or "" for all words about somebody
	statement StatementID // or "" for all words about somebody
	own       bool        // one's own words, gone at once
	words     Words
	at        time.Time
	standing  ErasureStanding
	answered  PartnerID
	done      time.Time // of the answer
	ground    ErasureGround
	reason    Words
	seqs      []int64 // of the facts by which words went
	gone      int     // how many statements went
}

// erasures are those of an alliance, and which keys have to be destroyed.
type erasures struct {
	order  []*erasure
	of     map[ErasureID]*erasure
	erased map[PartnerID]bool // whose words are all gone
	keys   map[PartnerID]ErasureID
	left   []PartnerID // keys whose words were there when they were folded in
}

func newErasures() erasures {
	return erasures{of: map[ErasureID]*erasure{}, erased: map[PartnerID]bool{}, keys: map[PartnerID]ErasureID{}}
}

var erasureKinds = []func() Event{
	func() Event { return new(ErasureAsked) },
	func() Event { return new(ErasureDropped) },
	func() Event { return new(ErasureAnswered) },
	func() Event { return new(StatementErased) },
	func() Event { return new(PersonErased) },
	func() Event { return new(StatementFrozen) },
	func() Event { return new(StatementUnfrozen) },
}

// holder is the name of the key under which a statement is sealed, with what
// stands beside it.
func (id StatementID) holder() PartnerID { return PartnerID("statement:" + string(id)) }

// holder is the name of the key under which the name of a theme is sealed.
func (id ThemeID) holder() PartnerID { return PartnerID("theme:" + string(id)) }

// deciders are who may answer for a world: the professionals at the table,
// but never the one whom it is about. Where there is none, whoever wrote it
// down; where there is nobody either, the vragers.
func (a *Alliance) deciders(about, wrote PartnerID) []PartnerID {
	here := func(role Role) (list []PartnerID) {
		for _, id := range a.order {
			if p := a.partners[id]; id != about && p.here() && p.role == role {
				list = append(list, id)
			}
		}
		return list
	}
	list := here(Professional)
	if len(list) == 0 && wrote != about && a.partners[wrote].here() {
		list = []PartnerID{wrote}
	}
	if len(list) == 0 {
		list = here(Vrager)
	}
	return list
}

// seesErasure: a request is for whom it is about, for whoever asked in their name,
// and for those who may answer it. One's own words go without anybody else.
func (a *Alliance) seesErasure(e *erasure, viewer PartnerID) bool {
	return viewer == e.about || !e.own && (viewer == e.by || slices.Contains(a.deciders(e.about, e.wrote), viewer))
}

// ownWords reports whether a statement is the person's own to erase: they
// wrote it down themselves, or brought it from elsewhere.
func (s *statement) ownWords() bool { return s.recordedBy == s.about || s.recordedBy == "" }

// mustStay reports whether something forbids to erase here for now, as a court or a
// complaint does. That somebody asked for erasure itself does not.
func (a *Alliance) mustStay() bool {
	return slices.ContainsFunc(a.keeping.holds, func(h Hold) bool { return h.Why != HoldRequest })
}

// asked reports whether somebody waits for an answer about erasure.
func (x *erasures) asked() bool {
	return slices.ContainsFunc(x.order, func(e *erasure) bool { return e.standing == RequestOpen })
}

// EraseStatement destroys the actor's own words about themselves, at once and
// for good.
type EraseStatement struct {
	Statement StatementID
	Turn      int
}

func (w EraseStatement) decide(t turn) ([]Event, error) {
	s, err := t.anyStatement(w.Statement, w.Turn)
	switch {
	case err != nil:
		return nil, err
	case s.about != t.by.id:
		return nil, refused("refused.erase")
	case !s.ownWords():
		return nil, refused("refused.erase_others")
	case t.mustStay():
		return nil, refused("refused.erase_held")
	}
	return []Event{&StatementErased{Statement: s.id, About: s.about, Erasure: ErasureID(t.cmd.ID)}}, nil
}

// EraseOwnWords destroys all that the actor themselves wrote about themselves,
// or only what of it they took away before.
type EraseOwnWords struct{ Withdrawn bool }

func (w EraseOwnWords) decide(t turn) ([]Event, error) {
	if t.mustStay() {
		return nil, refused("refused.erase_held")
	}
	var events []Event
	for _, s := range t.said {
		if s.about == t.by.id && s.ownWords() && !s.erased && (s.withdrawn || !w.Withdrawn) {
			events = append(events, &StatementErased{Statement: s.id, About: s.about, Erasure: ErasureID(t.cmd.ID)})
		}
	}
	return events, nil
}

// StatementErased is the fact that a statement was erased. The key of its
// words is destroyed with it, so it cannot be undone.
type StatementErased struct {
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	Erasure   ErasureID   `json:"erasure"`
}

// Kind is "statement.erased".
func (*StatementErased) Kind() string { return "statement.erased" }

func (e *StatementErased) apply(a *Alliance, f Fact) reversal {
	x := a.erasures.of[e.Erasure]
	if x == nil {
		x = a.erasures.add(&erasure{
			id: e.Erasure, by: f.By, about: e.About, statement: e.Statement, own: true,
			at: f.At, standing: RequestGranted, answered: f.By, done: f.At,
		})
	}
	if x.own && x.statement != e.Statement {
		x.statement = "" // more than one
	}
	x.seqs = append(x.seqs, f.Seq)
	x.gone++
	a.erasures.destroy(e.Statement.holder(), e.Erasure, false)
	for _, asked := range a.erasures.order {
		if asked.statement == e.Statement {
			asked.words = Words{} // they were about it, and lie under its key
		}
	}
	if s := a.statements[e.Statement]; s != nil {
		a.erase(s, e.Erasure, f)
	}
	return reversal{subject: string(e.Statement)}
}

// erase empties a statement, and all that stands beside it. A theme that its
// owner named along with words, and in which nothing else was ever said, goes
// with the last of them.
func (a *Alliance) erase(s *statement, by ErasureID, f Fact) {
	a.erasures.destroy(s.id.holder(), by, s.sealed)
	for i := range s.answers {
		s.answers[i].words = Words{}
	}
	s.erased, s.withdrawn, s.frozen = true, true, nil
	s.speaker, s.history = Words{}, nil
	if s.stands != nil {
		s.stands.undone = nil
	}
	for _, id := range s.beside().views {
		a.views[id].words = Words{}
	}
	for _, id := range s.beside().emotions {
		a.emotions[id].word = Words{}
	}
	in := a.themes[s.theme]
	a.move(s, "")
	a.touch(string(s.id)+"/seen", f)
	if in != nil && in.along && in.namedBy == s.about && len(in.said) == 0 {
		a.erasures.destroy(in.id.holder(), by, !in.name.Empty())
		in.name, in.withdrawn = Words{}, true
	}
}

// PersonErased is the fact that all words about somebody were erased. Their
// place stays, without a name.
type PersonErased struct {
	Partner PartnerID `json:"partner"`
	Erasure ErasureID `json:"erasure"`
}

// Kind is "person.erased".
func (*PersonErased) Kind() string { return "person.erased" }

func (e *PersonErased) apply(a *Alliance, f Fact) reversal {
	x := a.erasures.of[e.Erasure]
	if x == nil {
		return reversal{subject: string(e.Partner)}
	}
	x.seqs = append(x.seqs, f.Seq)
	for _, s := range a.said {
		if s.about == e.Partner && !s.erased {
			a.erase(s, e.Erasure, f)
			x.gone++
		}
	}
	p := a.partners[e.Partner]
	for _, id := range p.themes {
		th := a.themes[id]
		a.erasures.destroy(id.holder(), e.Erasure, !th.name.Empty())
		th.name, th.withdrawn = Words{}, true
	}
	for _, n := range a.notes {
		if n.by == p.id {
			n.words, n.withdrawn = Words{}, true
		}
	}
	a.erasures.erased[p.id] = true
	a.erasures.destroy(p.id, e.Erasure, !p.name.Empty())
	p.name, p.as, p.firstSeen = Words{}, Words{}, nil
	for _, asked := range a.erasures.order {
		if asked.about == p.id {
			asked.words, asked.reason = Words{}, Words{}
			if asked.standing == RequestOpen {
				asked.standing, asked.answered, asked.done = RequestGranted, f.By, f.At
			}
		}
	}
	return reversal{subject: string(e.Partner)}
}

func (x *erasures) add(e *erasure) *erasure {
	x.order = append(x.order, e)
	x.of[e.id] = e
	return e
}

// destroy notes a key that has to go, and whether there are words under it.
func (x *erasures) destroy(key PartnerID, by ErasureID, words bool) {
	if x.keys[key] == "" {
		x.keys[key] = by
	}
	if words && !slices.Contains(x.left, key) {
		x.left = append(x.left, key)
	}
}

// closed reports whether an event has words for which there is no key any
// more.
func (x *erasures) closed(e Event) bool {
	s, ok := e.(Spoken)
	if !ok || x.keys[s.Holder()] == "" {
		return false
	}
	for _, w := range s.Sayings() {
		if !w.Empty() {
			return true
		}
	}
	return false
}

// leftBy gives the place that somebody had in an alliance and left, for the
// two wishes that they keep: to ask that the words about them go, and to take
// that back.
func (a *Alliance) leftBy(person PersonID, w Wish) *partner {
	switch w.(type) {
	case AskErasure, DropErasure:
	default:
		return nil
	}
	for _, id := range slices.Backward(a.order) {
		if p := a.partners[id]; p.left && p.person == person && person != "" {
			return p
		}
	}
	return nil
}
