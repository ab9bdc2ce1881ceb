package samenspel

import (
	"slices"
	"time"
)

// This file holds what people write down when they look back: a questionnaire
// that they have of their own, and what changed because somebody said it.

// ScaleID names the answers on one questionnaire.
type ScaleID string

// ChangeID names something that changed because somebody said it.
type ChangeID string

// The bounds of looking back, and its longest texts in characters.
const (
	maxScales  = 500 // of one partner
	maxChanges = 500 // of one partner
	MaxAnswers = 2_000
	MaxChange  = 500
)

// scale is answers on a questionnaire that is not ours, under its own name,
// as they were typed. Nothing is added up.
type scale struct {
	id        ScaleID
	talk      *talk
	by        PartnerID
	name      Words
	answers   Words
	alone     bool
	seenBy    []PartnerID
	at        time.Time
	withdrawn bool
}

func (c *scale) isFor(viewer PartnerID) bool {
	return !c.withdrawn && c.talk.shows(c.by, c.seenBy, viewer)
}

// EnterScale writes down answers on a questionnaire by its name.
type EnterScale struct {
	Dialogue DialogueID
	Name     Words
	Answers  Words
	Alone    bool
}

func (w EnterScale) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	if err != nil {
		return nil, err
	}
	mine := 0
	for _, c := range t.mirrors.scales {
		if c.by == t.by.id && !c.withdrawn {
			mine++
		}
	}
	switch {
	case w.Name.Empty():
		return nil, invalid("invalid.scale_name")
	case w.Answers.Empty():
		return nil, invalid("invalid.words_needed")
	case mine >= maxScales:
		return nil, refused("refused.too_many")
	}
	e := &ScaleEntered{Scale: ScaleID(t.cmd.ID), Dialogue: k.id, By: t.by.id, Alone: w.Alone, Name: w.Name, Answers: w.Answers}
	if !w.Alone {
		e.SeenBy = t.across(k)
	}
	return []Event{e}, nil
}

// ScaleEntered is the fact that somebody wrote down answers on a
// questionnaire.
type ScaleEntered struct {
	Scale    ScaleID     `json:"scale"`
	Dialogue DialogueID  `json:"dialogue"`
	By       PartnerID   `json:"by"`
	Alone    bool        `json:"alone,omitempty"`
	SeenBy   []PartnerID `json:"seen_by,omitempty"`
	Name     Words       `json:"-"`
	Answers  Words       `json:"-"`
}

// Kind is "scale.entered".
func (*ScaleEntered) Kind() string { return "scale.entered" }

// Holder is who answered.
func (e *ScaleEntered) Holder() PartnerID { return e.By }

// Sayings are the name of the questionnaire and the answers.
func (e *ScaleEntered) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "answers": &e.Answers}
}

func (e *ScaleEntered) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Scale)}
	if k := a.talks.of[e.Dialogue]; k != nil {
		r.in, r.undo = k, &ScaleWithdrawn{Scale: e.Scale}
		a.mirrors.scales = append(a.mirrors.scales, &scale{
			id: e.Scale, talk: k, by: e.By, name: e.Name, answers: e.Answers, alone: e.Alone, seenBy: e.SeenBy, at: f.At,
		})
	}
	return r
}

// WithdrawScale takes one's own answers on a questionnaire away.
type WithdrawScale struct{ Scale ScaleID }

func (w WithdrawScale) decide(t turn) ([]Event, error) {
	c := t.mirrors.scale(w.Scale)
	switch {
	case c == nil || !c.isFor(t.by.id):
		return nil, ErrNotFound
	case c.by != t.by.id:
		return nil, refused("refused.not_yours")
	}
	return []Event{&ScaleWithdrawn{Scale: c.id}}, nil
}

func (m *mirrors) scale(id ScaleID) *scale {
	if i := slices.IndexFunc(m.scales, func(c *scale) bool { return c.id == id }); i >= 0 {
		return m.scales[i]
	}
	return nil
}

// ScaleWithdrawn is the fact that somebody took such answers away.
type ScaleWithdrawn struct {
	Scale ScaleID `json:"scale"`
}

// Kind is "scale.withdrawn".
func (*ScaleWithdrawn) Kind() string { return "scale.withdrawn" }

func (e *ScaleWithdrawn) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawScale(e.Scale, true, &ScaleRestored{Scale: e.Scale})
}

// ScaleRestored is the fact that taking them away was undone.
type ScaleRestored struct {
	Scale ScaleID `json:"scale"`
}

// Kind is "scale.restored".
func (*ScaleRestored) Kind() string { return "scale.restored" }

func (e *ScaleRestored) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawScale(e.Scale, false, &ScaleWithdrawn{Scale: e.Scale})
}

func (a *Alliance) withdrawScale(id ScaleID, gone bool, undo Event) reversal {
	r := reversal{subject: string(id), undo: undo}
	if c := a.mirrors.scale(id); c != nil {
		c.withdrawn = gone
		r.in = c.talk
	}
	return r
}

// change is what is different now because somebody said something.
type change struct {
	id        ChangeID
	talk      *talk
	by        PartnerID
	because   StatementID // or ""
	words     Words
	seenBy    []PartnerID
	at        time.Time
	withdrawn bool
}

func (c *change) isFor(viewer PartnerID) bool {
	return !c.withdrawn && c.talk.shows(c.by, c.seenBy, viewer)
}

// TellChange tells what changed, and, if the actor wants, because of which
// words.
type TellChange struct {
	Dialogue DialogueID
	Words    Words
	Because  StatementID // or ""
}

func (w TellChange) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	if err != nil {
		return nil, err
	}
	e := &ChangeTold{
		Change: ChangeID(t.cmd.ID), Dialogue: k.id, By: t.by.id, SeenBy: t.across(k), Because: w.Because, Words: w.Words,
	}
	if w.Because != "" {
		s, err := t.statement(w.Because, 0)
		switch {
		case err != nil:
			return nil, err
		case s.now().standing == RefusedByMe:
			return nil, refused("refused.refused_statement")
		}
		e.About = s.about
	}
	mine := 0
	for _, c := range t.mirrors.changes {
		if c.by == t.by.id && !c.withdrawn {
			mine++
		}
	}
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case mine >= maxChanges:
		return nil, refused("refused.too_many")
	}
	return []Event{e}, nil
}

// ChangeTold is the fact that somebody told what changed.
type ChangeTold struct {
	Change   ChangeID    `json:"change"`
	Dialogue DialogueID  `json:"dialogue"`
	By       PartnerID   `json:"by"`
	SeenBy   []PartnerID `json:"seen_by,omitempty"`
	Because  StatementID `json:"because,omitempty"`
	About    PartnerID   `json:"about,omitempty"` // whose words those were
	Words    Words       `json:"-"`
}

// Kind is "change.told".
func (*ChangeTold) Kind() string { return "change.told" }

// Holder is whose words it came from, or else who told it.
func (e *ChangeTold) Holder() PartnerID {
	if e.About != "" {
		return e.About
	}
	return e.By
}

// Sayings are the words.
func (e *ChangeTold) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *ChangeTold) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Change)}
	if k := a.talks.of[e.Dialogue]; k != nil {
		r.in, r.undo = k, &ChangeWithdrawn{Change: e.Change}
		a.mirrors.changes = append(a.mirrors.changes, &change{
			id: e.Change, talk: k, by: e.By, because: e.Because, words: e.Words, seenBy: e.SeenBy, at: f.At,
		})
	}
	return r
}

// WithdrawChange takes back what one told oneself.
type WithdrawChange struct{ Change ChangeID }

func (w WithdrawChange) decide(t turn) ([]Event, error) {
	c := t.mirrors.change(w.Change)
	switch {
	case c == nil || !c.isFor(t.by.id):
		return nil, ErrNotFound
	case c.by != t.by.id:
		return nil, refused("refused.not_yours")
	}
	return []Event{&ChangeWithdrawn{Change: c.id}}, nil
}

func (m *mirrors) change(id ChangeID) *change {
	if i := slices.IndexFunc(m.changes, func(c *change) bool { return c.id == id }); i >= 0 {
		return m.changes[i]
	}
	return nil
}

// ChangeWithdrawn is the fact that somebody took back what they told.
type ChangeWithdrawn struct {
	Change ChangeID `json:"change"`
}

// Kind is "change.withdrawn".
func (*ChangeWithdrawn) Kind() string { return "change.withdrawn" }

func (e *ChangeWithdrawn) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawChange(e.Change, true, &ChangeRestored{Change: e.Change})
}

// ChangeRestored is the fact that taking it back was undone.
type ChangeRestored struct {
	Change ChangeID `json:"change"`
}

// Kind is "change.restored".
func (*ChangeRestored) Kind() string { return "change.restored" }

func (e *ChangeRestored) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawChange(e.Change, false, &ChangeWithdrawn{Change: e.Change})
}

func (a *Alliance) withdrawChange(id ChangeID, gone bool, undo Event) reversal {
	r := reversal{subject: string(id), undo: undo}
	if c := a.mirrors.change(id); c != nil {
		c.withdrawn = gone
		r.in = c.talk
	}
	return r
}

// SeenScale is answers on a questionnaire, as somebody typed them.
type SeenScale struct {
	ID       ScaleID
	Dialogue DialogueID
	By       PartnerID
	Name     Words
	Answers  Words
	At       time.Time
	Alone    bool        // nobody but the viewer sees it
	SeenBy   []PartnerID // of one's own: who sees it
	Mine     bool        // the viewer may withdraw it
}

// SeenChange is what changed because somebody said something.
type SeenChange struct {
	ID       ChangeID
	Dialogue DialogueID
	By       PartnerID
	Words    Words
	Because  StatementID // a statement that the viewer sees, or ""
	At       time.Time
	SeenBy   []PartnerID // of one's own: who sees it
	Mine     bool        // the viewer may withdraw it
}

func (a *Alliance) seeScales(s *Seen, you *partner) {
	for _, c := range a.mirrors.scales {
		if !c.isFor(you.id) {
			continue
		}
		seen := SeenScale{ID: c.id, Dialogue: c.talk.id, By: c.by, Name: c.name, Answers: c.answers, At: c.at}
		if c.by == you.id {
			seen.Mine, seen.Alone, seen.SeenBy = true, c.alone, slices.Clone(c.seenBy)
		}
		s.Scales = append(s.Scales, seen)
	}
}

func (a *Alliance) seeChanges(s *Seen, you *partner) {
	for _, c := range a.mirrors.changes {
		if !c.isFor(you.id) {
			continue
		}
		seen := SeenChange{ID: c.id, Dialogue: c.talk.id, By: c.by, Words: c.words, At: c.at}
		if st := a.statements[c.because]; st != nil && a.shows(st, you.id) && st.now().standing != RefusedByMe {
			seen.Because = st.id
		}
		if c.by == you.id {
			seen.Mine, seen.SeenBy = true, slices.Clone(c.seenBy)
		}
		s.Changed = append(s.Changed, seen)
	}
}

// Changes are what changed because somebody said it, the newest first.
func (s *Seen) Changes() []SeenChange {
	list := slices.Clone(s.Changed)
	slices.Reverse(list)
	return list
}
