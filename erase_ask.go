package samenspel

import "slices"

// AskErasure asks to erase words that others wrote about the actor, or all
// words about them. For somebody who left, whoever may answer can write down
// that they asked.
type AskErasure struct {
	Statement StatementID // or "": all words about somebody
	About     PartnerID   // "": the actor
	Words     Words       // why, or none
}

func (w AskErasure) decide(t turn) ([]Event, error) {
	e := &ErasureAsked{Erasure: ErasureID(t.cmd.ID), About: t.by.id, Statement: w.Statement, Words: w.Words}
	if w.Statement == "" {
		if err := w.mayAskAll(t, e); err != nil {
			return nil, err
		}
	} else {
		s, err := t.anyStatement(w.Statement, 0)
		switch {
		case err != nil:
			return nil, err
		case s.about != t.by.id:
			return nil, refused("refused.erase")
		case s.ownWords():
			return nil, refused("refused.erase_own")
		}
		e.Wrote = s.recordedBy
	}
	open := 0
	for _, x := range t.erasures.order {
		if x.about != e.About || x.standing != RequestOpen {
			continue
		}
		if open++; x.statement == e.Statement {
			return nil, nil
		}
	}
	if open >= maxErasures {
		return nil, refused("refused.too_many")
	}
	return []Event{e}, nil
}

// mayAskAll: somebody asks for themselves; for who left and cannot come in any
// more, one of those who may answer.
func (w AskErasure) mayAskAll(t turn, e *ErasureAsked) error {
	if w.About == "" || w.About == t.by.id {
		return nil
	}
	p := t.partners[w.About]
	switch {
	case p == nil || p.person == "":
		return ErrNotFound
	case p.here() || t.erasures.erased[p.id] || !slices.Contains(t.deciders(p.id, ""), t.by.id):
		return refused("refused.erase")
	}
	e.About = p.id
	return nil
}

// ErasureAsked is the fact that somebody asked to erase words.
type ErasureAsked struct {
	Erasure   ErasureID   `json:"erasure"`
	About     PartnerID   `json:"about"`
	Statement StatementID `json:"statement,omitempty"`
	Wrote     PartnerID   `json:"wrote,omitempty"`
	Words     Words       `json:"-"`
}

// Kind is "erasure.asked".
func (*ErasureAsked) Kind() string { return "erasure.asked" }

// Holder is the statement, so that what was said of it goes with it; or the
// one whose words they are.
func (e *ErasureAsked) Holder() PartnerID {
	if e.Statement != "" {
		return e.Statement.holder()
	}
	return e.About
}

// Sayings are the words.
func (e *ErasureAsked) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *ErasureAsked) apply(a *Alliance, f Fact) reversal {
	a.erasures.add(&erasure{
		id: e.Erasure, by: f.By, about: e.About, statement: e.Statement, wrote: e.Wrote,
		words: e.Words, at: f.At, standing: RequestOpen,
	})
	return reversal{subject: string(e.Erasure)}
}

// DropErasure takes a request back, as long as nobody answered it.
type DropErasure struct{ Erasure ErasureID }

func (w DropErasure) decide(t turn) ([]Event, error) {
	x, err := t.erasure(w.Erasure)
	switch {
	case err != nil:
		return nil, err
	case t.by.id != x.about && t.by.id != x.by:
		return nil, refused("refused.not_yours")
	case x.standing == RequestDropped:
		return nil, nil
	case x.standing != RequestOpen:
		return nil, ErrChanged
	}
	return []Event{&ErasureDropped{Erasure: x.id}}, nil
}

// erasure gives a request that the actor may see.
func (t turn) erasure(id ErasureID) (*erasure, error) {
	x := t.erasures.of[id]
	if x == nil || !t.seesErasure(x, t.by.id) {
		return nil, ErrNotFound
	}
	return x, nil
}

// ErasureDropped is the fact that a request was taken back.
type ErasureDropped struct {
	Erasure ErasureID `json:"erasure"`
}

// Kind is "erasure.dropped".
func (*ErasureDropped) Kind() string { return "erasure.dropped" }

func (e *ErasureDropped) apply(a *Alliance, f Fact) reversal {
	if x := a.erasures.of[e.Erasure]; x != nil {
		x.standing, x.done = RequestDropped, f.At
	}
	return reversal{subject: string(e.Erasure)}
}

// AnswerErasure is the answer of somebody who may decide. A yes erases at
// once; a no says why, in a ground and in words.
type AnswerErasure struct {
	Erasure ErasureID
	Yes     bool
	Ground  ErasureGround // of a no
	Words   Words         // of a no
}

func (w AnswerErasure) decide(t turn) ([]Event, error) {
	x, err := t.erasure(w.Erasure)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(t.deciders(x.about, x.wrote), t.by.id):
		return nil, refused("refused.erase_answer")
	case x.standing != RequestOpen:
		return nil, ErrChanged
	case !w.Yes && !w.Ground.Valid():
		return nil, invalid("invalid.erasure_ground")
	case !w.Yes && w.Words.Empty():
		return nil, invalid("invalid.erasure_reason")
	}
	if w.Yes && t.mustStay() {
		return nil, refused("refused.erase_held")
	}
	if !w.Yes {
		return []Event{&ErasureAnswered{Erasure: x.id, About: x.about, Ground: w.Ground, Words: w.Words}}, nil
	}
	events := []Event{&ErasureAnswered{Erasure: x.id, About: x.about, Yes: true}}
	if x.statement != "" {
		return append(events, &StatementErased{Statement: x.statement, About: x.about, Erasure: x.id}), nil
	}
	if t.partners[x.about].here() {
		events = append(events, &PartnerLeft{Partner: x.about})
	}
	return append(events, &PersonErased{Partner: x.about, Erasure: x.id}), nil
}

// ErasureAnswered is the fact that a request was answered.
type ErasureAnswered struct {
	Erasure ErasureID     `json:"erasure"`
	About   PartnerID     `json:"about"`
	Yes     bool          `json:"yes,omitempty"`
	Ground  ErasureGround `json:"ground,omitempty"`
	Words   Words         `json:"-"`
}

// Kind is "erasure.answered".
func (*ErasureAnswered) Kind() string { return "erasure.answered" }

// Holder is the one who gets the answer.
func (e *ErasureAnswered) Holder() PartnerID { return e.About }

// Sayings are the words.
func (e *ErasureAnswered) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *ErasureAnswered) apply(a *Alliance, f Fact) reversal {
	if x := a.erasures.of[e.Erasure]; x != nil {
		x.standing, x.answered, x.done, x.ground, x.reason = RequestRefused, f.By, f.At, e.Ground, e.Words
		if e.Yes {
			x.standing = RequestGranted
		}
	}
	return reversal{subject: string(e.Erasure)}
}
