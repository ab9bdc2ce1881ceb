package samenspel

import (
	"slices"
	"time"
)

// frozen is that somebody put a statement on ice.
type frozen struct {
	by PartnerID
	at time.Time
}

// FreezeStatement puts a statement on ice: the one whom it is about, and those
// who may decide about it, can still read it. It is in no figure, list or
// export, and nothing can be done with it.
type FreezeStatement struct{ Statement StatementID }

func (w FreezeStatement) decide(t turn) ([]Event, error) {
	s, err := t.anyStatement(w.Statement, 0)
	switch {
	case err != nil:
		return nil, err
	case !t.mayFreeze(s, t.by.id):
		return nil, refused("refused.freeze")
	case s.frozen != nil:
		return nil, nil
	}
	return []Event{&StatementFrozen{Statement: s.id, By: t.by.id, At: t.cmd.Arrived}}, nil
}

// mayFreeze: the one whom it is about, and who may decide about it and sees
// it, when they are asked to.
func (a *Alliance) mayFreeze(s *statement, p PartnerID) bool {
	return p == s.about || a.sees(s, p) && slices.Contains(a.deciders(s.about, s.recordedBy), p)
}

// mayUnfreeze: the one whom it is about always; somebody else only what they
// froze themselves.
func (a *Alliance) mayUnfreeze(s *statement, p PartnerID) bool {
	return s.frozen != nil && (p == s.about || p == s.frozen.by && a.mayFreeze(s, p))
}

// StatementFrozen is the fact that somebody put a statement on ice.
type StatementFrozen struct {
	Statement StatementID `json:"statement"`
	By        PartnerID   `json:"by"`
	At        time.Time   `json:"at"`
}

// Kind is "statement.frozen".
func (*StatementFrozen) Kind() string { return "statement.frozen" }

func (e *StatementFrozen) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Statement)}
	if s := a.statements[e.Statement]; s != nil && !s.erased {
		s.frozen = &frozen{by: e.By, at: e.At}
		s.turn++
		r.undo = &StatementUnfrozen{Statement: s.id}
	}
	return r
}

// UnfreezeStatement takes a statement off the ice: it is again what it was.
type UnfreezeStatement struct{ Statement StatementID }

func (w UnfreezeStatement) decide(t turn) ([]Event, error) {
	s, err := t.anyStatement(w.Statement, 0)
	switch {
	case err != nil:
		return nil, err
	case s.frozen == nil:
		return nil, nil
	case !t.mayUnfreeze(s, t.by.id):
		return nil, refused("refused.freeze")
	}
	return []Event{&StatementUnfrozen{Statement: s.id}}, nil
}

// StatementUnfrozen is the fact that a statement came off the ice.
type StatementUnfrozen struct {
	Statement StatementID `json:"statement"`
}

// Kind is "statement.unfrozen".
func (*StatementUnfrozen) Kind() string { return "statement.unfrozen" }

func (e *StatementUnfrozen) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Statement)}
	if s := a.statements[e.Statement]; s != nil && s.frozen != nil {
		r.undo = &StatementFrozen{Statement: s.id, By: s.frozen.by, At: s.frozen.at}
		s.frozen = nil
		s.turn++
	}
	return r
}

// seeFrozen gives a viewer what is on ice and is for them.
func (a *Alliance) seeFrozen(seen *Seen, you PartnerID) {
	table := audience{a: a}
	for _, s := range a.said {
		if s.frozen != nil && a.sees(s, you) {
			seen.Frozen = append(seen.Frozen, SeenStatement{})
			a.show(&seen.Frozen[len(seen.Frozen)-1], s, you, &table)
		}
	}
}

// OnIce gives a statement that is on ice by id, or nil.
func (s *Seen) OnIce(id StatementID) *SeenStatement {
	for i := range s.Frozen {
		if s.Frozen[i].ID == id {
			return &s.Frozen[i]
		}
	}
	return nil
}

// showFrozen fills in what a viewer sees and may do of a freeze. What is on
// ice can be read, erased and let go, and nothing else.
func (a *Alliance) showFrozen(seen *SeenStatement, s *statement, you PartnerID, table *audience) {
	seen.MayFreeze = s.frozen == nil && (you == s.about || table.decides(s, you))
	if s.frozen == nil {
		return
	}
	seen.FrozenBy, seen.FrozenAt = s.frozen.by, s.frozen.at
	seen.MayUnfreeze = a.mayUnfreeze(s, you)
	seen.MayAnswer, seen.MayReword, seen.MayShare = false, false, false
	seen.MayPlace, seen.MayWithdraw, seen.MayAdd = false, false, false
}
