package samenspel

import "slices"

// MirrorQuestion is one of the five plain questions on the alliance. They are
// the project's own, the same for every side, and not validated: something to
// talk about, nothing to add up.
type MirrorQuestion string

// The five questions.
const (
	MirrorHeard   MirrorQuestion = "heard"
	MirrorTrusted MirrorQuestion = "trusted"
	MirrorRoom    MirrorQuestion = "room" // to choose
	MirrorPace    MirrorQuestion = "pace"
	MirrorMatter  MirrorQuestion = "matter" // we matter to each other
)

// MirrorQuestions are the five, as they are asked.
var MirrorQuestions = [5]MirrorQuestion{MirrorHeard, MirrorTrusted, MirrorRoom, MirrorPace, MirrorMatter}

// MirrorWord is an answer in one tap. The empty one is as good as any.
type MirrorWord string

// The three words that are shown side by side, and an ordinary no.
const (
	MirrorNotYet    MirrorWord = "not_yet"
	MirrorSometimes MirrorWord = "sometimes"
	MirrorYes       MirrorWord = "yes"
	MirrorRatherNot MirrorWord = "rather_not"
)

// MirrorWords are the three on which faces stand.
var MirrorWords = [3]MirrorWord{MirrorNotYet, MirrorSometimes, MirrorYes}

func (w MirrorWord) valid() bool {
	return w == "" || w == MirrorRatherNot || slices.Contains(MirrorWords[:], w)
}

// MaxLine is the longest open line of a mirror, in characters.
const MaxLine = 300

// mirror is what one partner answered after one dialogue.
type mirror struct {
	answers [5]MirrorWord // as [MirrorQuestions]
	line    Words
	alone   bool
	seenBy  []PartnerID // who was there to see it; once they answered themselves
}

func (m *mirror) same(e *MirrorAnswered) bool {
	return m.answers == e.Answers && m.line == e.Line && m.alone == e.Alone && slices.Equal(m.seenBy, e.SeenBy)
}

// mirrors are all that look back on dialogues: the answers of each, scales
// that people have of their own, and what changed.
type mirrors struct {
	of      map[DialogueID]map[PartnerID]*mirror
	scales  []*scale // as they were entered
	changes []*change
}

func newMirrors() mirrors { return mirrors{of: map[DialogueID]map[PartnerID]*mirror{}} }

var mirrorKinds = []func() Event{
	func() Event { return new(MirrorAnswered) },
	func() Event { return new(MirrorTakenBack) },
	func() Event { return new(ScaleEntered) },
	func() Event { return new(ScaleWithdrawn) },
	func() Event { return new(ScaleRestored) },
	func() Event { return new(ChangeTold) },
	func() Event { return new(ChangeWithdrawn) },
	func() Event { return new(ChangeRestored) },
}

// across is who else is in a dialogue and at the table: who may see what the
// actor tells to all there. Who comes in later sees nothing of before.
func (t turn) across(k *talk) []PartnerID {
	return slices.DeleteFunc(slices.Clone(k.with), func(p PartnerID) bool {
		return p == t.by.id || !t.partners[p].here()
	})
}

// shows reports whether what somebody told in a dialogue is for a viewer.
func (k *talk) shows(by PartnerID, seenBy []PartnerID, viewer PartnerID) bool {
	return k.isFor(viewer) && (viewer == by || slices.Contains(seenBy, viewer))
}

// seesMirror: nobody is steered by what another answered, so nobody sees it
// before they are ready themselves.
func (a *Alliance) seesMirror(k *talk, by, viewer PartnerID) bool {
	of := a.mirrors.of[k.id]
	return of[by] != nil && of[viewer] != nil && k.shows(by, of[by].seenBy, viewer)
}

// AnswerMirror answers the five questions after a dialogue, all of them at
// once, in the place of what the actor answered before. All may stay empty:
// that says "ready" and no more.
type AnswerMirror struct {
	Dialogue DialogueID
	Answers  [5]MirrorWord
	Line     Words
	Alone    bool // nobody else sees it
}

func (w AnswerMirror) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	if err != nil {
		return nil, err
	}
	for _, answer := range w.Answers {
		if !answer.valid() {
			return nil, invalid("invalid.mirror")
		}
	}
	e := &MirrorAnswered{Dialogue: k.id, By: t.by.id, Answers: w.Answers, Alone: w.Alone, Line: w.Line}
	if !w.Alone {
		e.SeenBy = t.across(k)
	}
	if m := t.mirrors.of[k.id][t.by.id]; m != nil && m.same(e) {
		return nil, nil
	}
	return []Event{e}, nil
}

// MirrorAnswered is the fact that somebody answered the mirror of a dialogue,
// for the first time or anew.
type MirrorAnswered struct {
	Dialogue DialogueID    `json:"dialogue"`
	By       PartnerID     `json:"by"`
	Answers  [5]MirrorWord `json:"answers"`
	Alone    bool          `json:"alone,omitempty"`
	SeenBy   []PartnerID   `json:"seen_by,omitempty"`
	Line     Words         `json:"-"`
}

// Kind is "mirror.answered".
func (*MirrorAnswered) Kind() string { return "mirror.answered" }

// Holder is who answered.
func (e *MirrorAnswered) Holder() PartnerID { return e.By }

// Sayings is the open line.
func (e *MirrorAnswered) Sayings() map[string]*Words { return map[string]*Words{"line": &e.Line} }

func (e *MirrorAnswered) apply(a *Alliance, _ Fact) reversal {
	return a.reflect(e.Dialogue, e.By, &mirror{answers: e.Answers, line: e.Line, alone: e.Alone, seenBy: e.SeenBy})
}

// MirrorTakenBack is the fact that a first answer was undone.
type MirrorTakenBack struct {
	Dialogue DialogueID `json:"dialogue"`
	By       PartnerID  `json:"by"`
}

// Kind is "mirror.taken_back".
func (*MirrorTakenBack) Kind() string { return "mirror.taken_back" }

func (e *MirrorTakenBack) apply(a *Alliance, _ Fact) reversal {
	return a.reflect(e.Dialogue, e.By, nil)
}

// reflect puts somebody's mirror in the place of the one before.
func (a *Alliance) reflect(id DialogueID, by PartnerID, m *mirror) reversal {
	r := reversal{subject: string(id) + "/mirror/" + string(by)}
	k := a.talks.of[id]
	if k == nil {
		return r
	}
	of := a.mirrors.of[id]
	if of == nil {
		of = map[PartnerID]*mirror{}
		a.mirrors.of[id] = of
	}
	r.in = k
	r.undo = &MirrorTakenBack{Dialogue: id, By: by}
	if before := of[by]; before != nil {
		r.undo = &MirrorAnswered{
			Dialogue: id, By: by, Answers: before.answers, Alone: before.alone, SeenBy: before.seenBy, Line: before.line,
		}
	}
	if m == nil {
		delete(of, by)
	} else {
		of[by] = m
	}
	return r
}

// SeenMirror is what one partner answered after one dialogue.
type SeenMirror struct {
	Dialogue DialogueID
	By       PartnerID
	Answers  [5]MirrorWord // as [MirrorQuestions]
	Line     Words
	Alone    bool        // nobody but the viewer sees it
	SeenBy   []PartnerID // of one's own: who sees it once they are ready themselves
}

func (a *Alliance) seeMirrors(s *Seen, you *partner) {
	for _, id := range a.talks.order {
		k, of := a.talks.of[id], a.mirrors.of[id]
		if of[you.id] == nil {
			continue
		}
		for _, by := range a.order {
			if a.seesMirror(k, by, you.id) {
				s.Answered = append(s.Answered, of[by].seen(id, by, you.id))
			}
		}
	}
	a.seeScales(s, you)
	a.seeChanges(s, you)
}

func (m *mirror) seen(id DialogueID, by, you PartnerID) SeenMirror {
	seen := SeenMirror{Dialogue: id, By: by, Answers: m.answers, Line: m.line}
	if by == you {
		seen.Alone, seen.SeenBy = m.alone, slices.Clone(m.seenBy)
	}
	return seen
}

// Mirror is what the viewer answered after a dialogue, or nil.
func (s *Seen) Mirror(id DialogueID) *SeenMirror {
	for i := range s.Answered {
		if m := &s.Answered[i]; m.Dialogue == id && m.By == s.You {
			return m
		}
	}
	return nil
}

// MirrorRow is one question with who stands on which word. It is no measure:
// whoever left it empty, or would rather not say, stands nowhere.
type MirrorRow struct {
	Question MirrorQuestion
	On       [3][]PartnerID // as [MirrorWords]
}

// Mirrors are the answers of all sides after a dialogue, side by side.
func (s *Seen) Mirrors(id DialogueID) [5]MirrorRow {
	var rows [5]MirrorRow
	for i, q := range MirrorQuestions {
		rows[i].Question = q
		for _, m := range s.Answered {
			if on := slices.Index(MirrorWords[:], m.Answers[i]); m.Dialogue == id && on >= 0 {
				rows[i].On[on] = append(rows[i].On[on], m.By)
			}
		}
	}
	return rows
}

// MirrorBefore is the last dialogue before another after which the viewer
// answered too, or nil: to see what changed.
func (s *Seen) MirrorBefore(d *SeenDialogue) *SeenDialogue {
	var last *SeenDialogue
	for _, m := range s.Answered {
		if m.By != s.You {
			continue
		}
		earlier := s.Dialogue(m.Dialogue)
		if earlier.Begun.Before(d.Begun) && (last == nil || earlier.Begun.After(last.Begun)) {
			last = earlier
		}
	}
	return last
}
