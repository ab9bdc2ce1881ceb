package page

import (
	"slices"

	"samenspel"
)

// lookBackPages are the pages of lookback.go in package web.
var lookBackPages = []Page{LookBack{}}

// LookBack is the page to look back on a dialogue, together or alone. Its
// sections go in any order and may all stay empty.
//
// It is meant to take three minutes and at most 30 taps of each partner. What
// each thing on it costs: opening it 1; each statement about the reader 1;
// each feeling 1; the mirror 1 for each of five questions and 1 to be ready,
// with 1 more for "only me". For three statements, two feelings and the mirror
// that is 13. An agreement takes 1 here, or 6 on its own page with all that can be
// said of it, which brings it to 19. A test in package web counts them on the
// page itself, and a journey counts the taps of three people.
type LookBack struct {
	*Frame
	D      *samenspel.SeenDialogue
	Mirror MirrorForm
	Change ChangeForm
	Scale  ScaleForm
	Wrong  string // the form that the trouble is about: "mirror", "changed" or "scale"
}

// MirrorForm is the five answers, as they are kept or as they were sent.
type MirrorForm struct {
	Answers map[samenspel.MirrorQuestion]samenspel.MirrorWord
	Words   string
	Alone   bool
}

// ChangeForm is what was typed of what changed.
type ChangeForm struct {
	Words   string
	Because samenspel.StatementID
}

// ScaleForm is what was typed of a questionnaire of their own.
type ScaleForm struct {
	Name, Words string
	Alone       bool
}

// Begun reports whether there is something to look back on.
func (p LookBack) Begun() bool { return p.D.Standing == samenspel.On || p.D.Standing == samenspel.Over }

// Paused reports whether the reader is asked nothing now.
func (p LookBack) Paused() bool { return p.You().Pace == samenspel.Pause }

// Asks reports whether the page has its forms: nothing is asked of a vrager on
// pause, and of nobody after the end.
func (p LookBack) Asks() bool { return p.Begun() && !p.Paused() && !p.Seen.Ending.Ended }

// Questions are the five of the mirror.
func (p LookBack) Questions() []samenspel.MirrorQuestion { return samenspel.MirrorQuestions[:] }

// MirrorWords are the answers in one tap.
func (p LookBack) MirrorWords() []samenspel.MirrorWord {
	return append(samenspel.MirrorWords[:], samenspel.MirrorRatherNot)
}

// Across is who else is in the dialogue and at the table: who may see what
// the reader tells here.
func (p LookBack) Across() []samenspel.PartnerID {
	return slices.DeleteFunc(slices.Clone(p.D.With), func(id samenspel.PartnerID) bool {
		other := p.Seen.Partner(id)
		return id == p.Seen.You || other == nil || other.Standing != samenspel.Here
	})
}

// Send is for one of the forms of this page, which leads back to its place.
// Its id follows from the page, so that a region that is renewed beside it
// stays the same.
func (p LookBack) Send(what, at string) Post {
	post := p.Repeatable(what, p.D.ID)
	post.At = at
	return post
}

// The most that the page shows of each. It is for what was said just now; all
// of it stands in the pictures.
const (
	mostHeard   = 20
	mostEarlier = 3 // feelings of the reader from before this dialogue
	mostOpen    = 12
	mostChanged = 12
	mostBecause = 12
)

// HeardPart is a statement to look back on.
type HeardPart struct {
	WordPart
	Ask   bool // here the reader may answer it now
	Touch bool // the reader may say here that it touched
}

// Place is where on the site to come back to after a form about it.
func (h HeardPart) Place() string { return h.Path + "#s-" + string(h.S.ID) }

// No is for the button that says: that is not right. What it was about is
// gone then.
func (h HeardPart) No() Post {
	p := h.Answer("refuse")
	p.At = "heard"
	return p
}

// laid are the statements that were laid on the table, as they were first.
func (p LookBack) laid() []*samenspel.SeenStatement {
	place := map[samenspel.StatementID]int{}
	for _, l := range p.D.Laid {
		if _, again := place[l.Statement]; !again {
			place[l.Statement] = len(place)
		}
	}
	list := make([]*samenspel.SeenStatement, len(place))
	for i := range p.Seen.Statements {
		if at, there := place[p.Seen.Statements[i].ID]; there {
			list[at] = &p.Seen.Statements[i]
		}
	}
	return slices.DeleteFunc(list, func(s *samenspel.SeenStatement) bool { return s == nil })
}

func waits(s *samenspel.SeenStatement) bool {
	return s.MayAnswer && s.Standing == samenspel.Asked
}

// Heard are the last of them, with those that wait for the reader among them,
// asked at the reader's pace.
func (p LookBack) Heard() []HeardPart {
	list := p.laid()
	for i := 0; i < len(list) && len(list) > mostHeard; {
		if waits(list[i]) {
			i++
			continue
		}
		list = slices.Delete(list, i, i+1)
	}
	if len(list) > mostHeard {
		list = list[:mostHeard] // all wait: the next come as these are answered
	}
	var parts []HeardPart
	asked := 0
	for _, s := range list {
		h := HeardPart{WordPart: quietWord(p.Frame, s), Touch: s.About == p.Seen.You && !waits(s) && p.Asks()}
		if waits(s) && p.mayAsk(asked) {
			h.Ask = true
			asked++
		}
		parts = append(parts, h)
	}
	return parts
}

// MoreHeard reports whether more was laid on the table than is shown.
func (p LookBack) MoreHeard() bool { return len(p.laid()) > mostHeard }

// mayAsk reports whether the reader's pace allows one more question.
func (p LookBack) mayAsk(asked int) bool {
	switch p.You().Pace {
	case samenspel.Pause:
		return false
	case samenspel.Calm:
		return asked == 0
	}
	return true
}

// FeltPart is a feeling to look back on.
type FeltPart struct {
	EmotionPart
	Ask bool // here the reader may answer it now
}

// Send is for a button that answers it.
func (f FeltPart) Send(what string) Post {
	p := f.Act(what)
	p.At = "e-" + string(f.E.ID)
	return p
}

// Felt are the feelings at what was said in this dialogue, and then the
// reader's own that were open before, asked at the reader's pace.
func (p LookBack) Felt() []FeltPart {
	asked := 0
	for _, h := range p.Heard() {
		if h.Ask {
			asked++
		}
	}
	var parts []FeltPart
	add := func(s *samenspel.SeenStatement, e samenspel.SeenEmotion) {
		f := FeltPart{EmotionPart: p.Feeling(s, e)}
		if e.MayAnswer && (e.Feeling == samenspel.Open || e.Feeling == samenspel.Noticed) && p.mayAsk(asked) {
			f.Ask = true
			asked++
		}
		parts = append(parts, f)
	}
	here := map[samenspel.StatementID]bool{}
	for _, s := range p.laid() {
		here[s.ID] = true
		for _, e := range s.Emotions {
			if e.Feeling != samenspel.Declined && len(parts) < mostHeard {
				add(s, e)
			}
		}
	}
	earlier := 0
	for _, o := range p.Seen.OpenEmotions() {
		if o.Statement.About == p.Seen.You && !here[o.Statement.ID] && earlier < mostEarlier && p.mayAsk(asked) {
			add(o.Statement, *o.Emotion)
			earlier++
		}
	}
	return parts
}

// OpenTopics are what somebody wanted to talk about in this dialogue, and did
// not say is talked through.
func (p LookBack) OpenTopics() []samenspel.SeenTopic {
	list := slices.DeleteFunc(slices.Clone(p.D.Topics), func(t samenspel.SeenTopic) bool { return t.Settled })
	return list[:min(len(list), mostOpen)]
}

// among reports whether all of these are in the dialogue: what is between some
// of them and others is not laid open where they look back together.
func (p LookBack) among(list []samenspel.PartnerID) bool {
	return !slices.ContainsFunc(list, func(id samenspel.PartnerID) bool { return !slices.Contains(p.D.With, id) })
}

// StillChafes are the frictions that are open and that all in the dialogue may
// know of, each on a line without words.
func (p LookBack) StillChafes() []FrictionPart {
	list := slices.DeleteFunc(p.frictions(false, 0), func(f FrictionPart) bool {
		untold := slices.ContainsFunc(p.D.With, func(id samenspel.PartnerID) bool { return id != f.F.By && !slices.Contains(f.F.To, id) })
		return untold && !f.F.Everybody || !slices.Contains(p.D.With, f.F.By)
	})
	return list[:min(len(list), mostOpen)]
}

// StillHelp is the help that somebody asked for and did not get.
func (p LookBack) StillHelp() []samenspel.OpenHelp {
	list := slices.DeleteFunc(p.Seen.OpenHelp(), func(h samenspel.OpenHelp) bool { return !p.among(concerned(h.Agreement)) })
	return list[:min(len(list), mostOpen)]
}

// Deals are the agreements that are open: what they talk about doing now.
func (p LookBack) Deals() []Deal {
	var list []Deal
	for _, a := range p.Seen.OpenAgreements() {
		if p.among(concerned(a)) && len(list) < mostOpen {
			list = append(list, p.Deal(a))
		}
	}
	return list
}

func concerned(a *samenspel.SeenAgreement) []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, answer := range a.Answers {
		list = append(list, answer.Partner)
	}
	return list
}

// StillOpen are the open feelings of those in the dialogue that do not stand
// under what touched: the worlds of others are not laid open here.
func (p LookBack) StillOpen() []EmotionPart {
	shown := map[samenspel.EmotionID]bool{}
	for _, f := range p.Felt() {
		shown[f.E.ID] = true
	}
	var list []EmotionPart
	for _, o := range p.Seen.OpenEmotions() {
		if !shown[o.Emotion.ID] && slices.Contains(p.D.With, o.Statement.About) && len(list) < mostOpen {
			list = append(list, p.Feeling(o.Statement, *o.Emotion))
		}
	}
	return list
}

// SideRow is one question with the answers of all sides, now and after an
// earlier dialogue.
type SideRow struct {
	Question samenspel.MirrorQuestion
	Now      [3][]samenspel.PartnerID
	Before   *[3][]samenspel.PartnerID // nil without an earlier dialogue
}

// Side are the answers side by side, once the reader is ready; else none.
func (p LookBack) Side() []SideRow {
	if p.Seen.Mirror(p.D.ID) == nil {
		return nil
	}
	var rows []SideRow
	for _, row := range p.Seen.Mirrors(p.D.ID) {
		rows = append(rows, SideRow{Question: row.Question, Now: row.On})
	}
	if before := p.Before(); before != nil {
		for i, row := range p.Seen.Mirrors(before.ID) {
			rows[i].Before = &row.On
		}
	}
	return rows
}

// Before is the earlier dialogue that this one is held beside, or nil.
func (p LookBack) Before() *samenspel.SeenDialogue { return p.Seen.MirrorBefore(p.D) }

// OthersReady reports whether the reader sees an answer of somebody else.
func (p LookBack) OthersReady() bool {
	return slices.ContainsFunc(p.Seen.Answered, func(m samenspel.SeenMirror) bool {
		return m.Dialogue == p.D.ID && m.By != p.Seen.You
	})
}

// Lines are the open lines of all sides.
func (p LookBack) Lines() []samenspel.SeenMirror {
	return slices.DeleteFunc(slices.Clone(p.Seen.Answered), func(m samenspel.SeenMirror) bool {
		return m.Dialogue != p.D.ID || m.Line.Empty()
	})
}

// Scales are the questionnaires that belong to this dialogue.
func (p LookBack) Scales() []samenspel.SeenScale {
	list := slices.DeleteFunc(slices.Clone(p.Seen.Scales), func(c samenspel.SeenScale) bool { return c.Dialogue != p.D.ID })
	return list[max(0, len(list)-mostChanged):]
}
