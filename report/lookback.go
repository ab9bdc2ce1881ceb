package report

import (
	"time"

	"samenspel"
)

// lookback is what the person answered and wrote when they looked back, and
// what changed because they said something.
var lookback = section{
	name:   "lookback",
	things: func(t *telling) []int { return ones(len(t.looks())) },
	add: func(t *telling, d *Data) {
		for _, l := range t.looks() {
			l.add(d)
		}
	},
}

// Mirror is what the person answered after a dialogue.
type Mirror struct {
	Dialogue string        `json:"dialogue"`
	Answers  MirrorAnswers `json:"answers"`
	Line     string        `json:"line,omitempty"`
	Alone    bool          `json:"alone,omitempty"`
}

// MirrorAnswers are in words; what was left empty is not there.
type MirrorAnswers struct {
	Heard   samenspel.MirrorWord `json:"heard,omitempty"`
	Trusted samenspel.MirrorWord `json:"trusted,omitempty"`
	Room    samenspel.MirrorWord `json:"room,omitempty"`
	Pace    samenspel.MirrorWord `json:"pace,omitempty"`
	Matter  samenspel.MirrorWord `json:"matter,omitempty"`
}

// Scale is what the person filled in on a questionnaire.
type Scale struct {
	Dialogue string    `json:"dialogue"`
	Name     string    `json:"name"`
	Answers  string    `json:"answers"`
	At       time.Time `json:"at"`
	Alone    bool      `json:"alone,omitempty"`
}

// Change is what is different since somebody said something.
type Change struct {
	Dialogue string    `json:"dialogue"`
	Words    string    `json:"words"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at"`
	Because  string    `json:"because,omitempty"`
}

// look is one of the three.
type look struct {
	*telling
	Begins bool // the first of its kind on the page
	Mirror *samenspel.SeenMirror
	Scale  *samenspel.SeenScale
	Change *samenspel.SeenChange
}

// looks are the person's own mirrors, then their scales, then what they told
// that changed, and what others told that changed because of them.
func (t *telling) looks() []look {
	var list []look
	for i := range t.Seen.Answered {
		if m := &t.Seen.Answered[i]; m.By == t.You.ID {
			list = append(list, look{telling: t, Mirror: m})
		}
	}
	for i := range t.Seen.Scales {
		if c := &t.Seen.Scales[i]; c.By == t.You.ID {
			list = append(list, look{telling: t, Scale: c})
		}
	}
	for i := range t.Seen.Changed {
		if c := &t.Seen.Changed[i]; c.By == t.You.ID || t.in[c.Because] != nil {
			list = append(list, look{telling: t, Change: c})
		}
	}
	return list
}

// Looks are those of this part of a document.
func (t *telling) Looks() []look {
	list := cut(t.looks(), t.from, t.to)
	for i := range list {
		list[i].Begins = i == 0 || list[i].kind() != list[i-1].kind()
	}
	return list
}

func (l look) kind() int {
	switch {
	case l.Mirror != nil:
		return 1
	case l.Scale != nil:
		return 2
	}
	return 3
}

func (l look) add(d *Data) {
	switch {
	case l.Mirror != nil:
		m := l.Mirror
		d.Mirrors = append(d.Mirrors, Mirror{
			Dialogue: l.local[m.Dialogue], Line: said(m.Line), Alone: m.Alone,
			Answers: MirrorAnswers{m.Answers[0], m.Answers[1], m.Answers[2], m.Answers[3], m.Answers[4]}, // as MirrorQuestions
		})
	case l.Scale != nil:
		c := l.Scale
		d.Scales = append(d.Scales, Scale{l.local[c.Dialogue], said(c.Name), said(c.Answers), c.At.UTC(), c.Alone})
	default:
		c := l.Change
		d.Changes = append(d.Changes, Change{l.local[c.Dialogue], said(c.Words), l.Name(c.By), c.At.UTC(), l.local[c.Because]})
	}
}

// Day is when the dialogue began after which it was answered.
func (l look) Day() string {
	if d := l.Seen.Dialogue(l.Mirror.Dialogue); d != nil {
		return l.On(d.Begun)
	}
	return ""
}

// Because is which words of the person's world it came from, or nil.
func (l look) Because() *saying { return l.word(l.Change.Because) }

// word is something in the person's world, as far as it goes along.
func (t *telling) word(id samenspel.StatementID) *saying {
	if s := t.in[id]; s != nil {
		return &saying{t, s}
	}
	return nil
}

// asked is one question with its answer.
type asked struct {
	Question samenspel.MirrorQuestion
	Word     samenspel.MirrorWord
}

// Asked are the questions that were answered.
func (l look) Asked() []asked {
	var list []asked
	for i, q := range samenspel.MirrorQuestions {
		if w := l.Mirror.Answers[i]; w != "" {
			list = append(list, asked{q, w})
		}
	}
	return list
}
