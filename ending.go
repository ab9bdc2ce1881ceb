package samenspel

import (
	"slices"
	"time"
)

// ending is whether an alliance was ended, and what was brought into it when
// it began.
type ending struct {
	ended   bool
	by      PartnerID
	at      time.Time
	words   Words
	story   *brought
	origins map[StatementID]Origin // of the statements that came along
}

func newEnding() ending { return ending{origins: map[StatementID]Origin{}} }

var endingKinds = []func() Event{
	func() Event { return new(AllianceEnded) },
	func() Event { return new(AllianceReopened) },
	func() Event { return new(StoryBrought) },
	func() Event { return new(ThemeBrought) },
	func() Event { return new(StatementBrought) },
	func() Event { return new(EmotionBrought) },
}

// SeenEnding is whether an alliance was ended, which everybody in it sees.
type SeenEnding struct {
	Ended bool
	By    PartnerID
	At    time.Time
	Words Words // what was said with it, or none

	MayEnd    bool
	MayReopen bool
}

// seeEnding comes last: after the end nothing is asked of anybody, whatever
// stands open.
func (a *Alliance) seeEnding(s *Seen, you *partner) {
	e := &a.ending
	s.Ending = SeenEnding{Ended: e.ended, MayEnd: you.mayEnd() && !e.ended, MayReopen: you.mayEnd() && e.ended}
	if e.ended {
		s.Ending.By, s.Ending.At, s.Ending.Words = e.by, e.at, e.words
	}
	a.seeStory(s)
	if !e.ended {
		return
	}
	for i := range s.Statements {
		st := &s.Statements[i]
		st.MayAnswer, st.MayReword, st.MayPlace, st.MayAdd = false, false, false, false
		for j := range st.Emotions {
			st.Emotions[j].MayAnswer = false
		}
	}
	for i := range s.Agreements {
		g := &s.Agreements[i]
		g.MayAnswer, g.MayFulfil, g.MayWithdraw = false, false, false
	}
}

// mayEnd: the vrager whose question it is, and a professional. The others are
// guests, and may leave.
func (p *partner) mayEnd() bool { return p.role == Vrager || p.role == Professional }

// lasting reports whether a wish can still be had after the end. It adds
// nothing and asks nothing: people keep the say over what is theirs, come to
// read it, and go.
func lasting(w Wish) bool {
	switch w := w.(type) {
	case AnswerTranscript:
		return !w.Yes
	case ShareStatement, SetFirstSeen, ShareAround, ShowTopic,
		WithdrawStatement, WithdrawView, WithdrawNote, WithdrawTopic, WithdrawFriction, WithdrawRepair,
		EraseStatement, EraseOwnWords, AskErasure, DropErasure, AnswerErasure, FreezeStatement, UnfreezeStatement,
		WithdrawScale, WithdrawChange, WithdrawOption, RemoveNear, StrikeLine,
		WithdrawRelease, WithdrawCare, SetRetention, PutHold, LiftHold, ProposeDestruction, ConfirmDestruction, WithdrawDestruction, ForOrganisation,
		JoinAlliance, RenewEntry, LeaveAlliance, Undo, CloseEmergency, EndAlliance, ReopenAlliance:
		return true
	}
	return false
}

// EndAlliance ends the alliance: from then on nothing new is asked or worded.
// All that was said stays, for whom it was for.
type EndAlliance struct{ Words Words }

func (w EndAlliance) decide(t turn) ([]Event, error) {
	switch {
	case t.by != nil && !t.by.mayEnd(): // whoever acts for the organisation has no place
		return nil, refused("refused.end")
	case t.ending.ended && !w.Words.Empty() && w.Words != t.ending.words:
		return nil, ErrChanged // somebody was first, with words of their own
	case t.ending.ended:
		return nil, nil
	}
	return []Event{&AllianceEnded{By: t.place(), At: t.cmd.Arrived, Words: w.Words}}, nil
}

// AllianceEnded is the fact that somebody ended the alliance. It says when
// itself, so that an end that was undone and brought back is the same end.
type AllianceEnded struct {
	By    PartnerID `json:"by"`
	At    time.Time `json:"at"`
	Words Words     `json:"-"`
}

// Kind is "alliance.ended".
func (*AllianceEnded) Kind() string { return "alliance.ended" }

// Holder is who ended it: these are their words to the others.
func (e *AllianceEnded) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *AllianceEnded) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *AllianceEnded) apply(a *Alliance, _ Fact) reversal {
	a.ending.ended, a.ending.by, a.ending.at, a.ending.words = true, e.By, e.At, e.Words
	return reversal{subject: "ending", undo: &AllianceReopened{}}
}

// ReopenAlliance opens an ended alliance again.
type ReopenAlliance struct{}

func (w ReopenAlliance) decide(t turn) ([]Event, error) {
	switch {
	case !t.by.mayEnd():
		return nil, refused("refused.end")
	case !t.ending.ended:
		return nil, nil
	}
	return []Event{&AllianceReopened{}}, nil
}

// AllianceReopened is the fact that an ended alliance goes on.
type AllianceReopened struct{}

// Kind is "alliance.reopened".
func (*AllianceReopened) Kind() string { return "alliance.reopened" }

func (e *AllianceReopened) apply(a *Alliance, _ Fact) reversal {
	r := a.keeping.unplan(&AllianceEnded{By: a.ending.by, At: a.ending.at, Words: a.ending.words})
	a.ending.ended, r.subject = false, "ending"
	return r
}

// Mine reports whether the viewer named this theme of theirs themselves.
func (t SeenTheme) Mine() bool { return t.named != nil }

// Withheld reports whether nobody but its owner sees a statement, or whether
// they said that it is not right: what they keep back when they hand their
// story over. It is for the owner to ask; others do not know.
func (s SeenStatement) Withheld() bool { return s.Standing == RefusedByMe || len(s.SeenBy) == 0 }

// SetAside are the layers of this theme that the person does not want to talk
// about here, from the core outward.
func (t SeenTheme) SetAside() []Layer {
	return slices.DeleteFunc(slices.Clone(Layers[:]), func(l Layer) bool { return !t.Aside(l) })
}
