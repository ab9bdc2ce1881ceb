package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/web/text"
)

// planPages are the pages of plan.go in package web.
var planPages = []Page{Dialogues{}, Plan{}, Dialogue{}, CancelPlan{}, TalkPaper{}}

// zone is where people make their plans.
func (f *Frame) zone() *time.Location { return f.Now.Location() }

// TalkPart is a dialogue on a page.
type TalkPart struct {
	*Frame
	D *samenspel.SeenDialogue
}

// Talk gives a dialogue with the frame that it is shown in.
func (f *Frame) Talk(d *samenspel.SeenDialogue) TalkPart { return TalkPart{f, d} }

// ComesBefore orders dialogues as people look for them: what is on, then
// what is to come by its time, what has no time yet, and what should have been
// by now and did not begin. What is over comes last.
func ComesBefore(x, y *samenspel.SeenDialogue, now time.Time) int {
	rank := func(d *samenspel.SeenDialogue) int {
		switch {
		case d.Standing == samenspel.On:
			return 0
		case d.Standing == samenspel.Over:
			return 4
		case d.At.IsZero():
			return 2
		case d.At.Before(now.Add(-24 * time.Hour)):
			return 3
		}
		return 1
	}
	switch {
	case rank(x) != rank(y) || rank(x) == 4:
		return cmp.Compare(rank(x), rank(y))
	case rank(x) == 0: // somebody forgot to end the other
		return y.Begun.Compare(x.Begun)
	}
	return x.At.Compare(y.At)
}

// NextTalk is the dialogue that is on or comes next, or nil.
//
//go:noinline
func (f *Frame) NextTalk() *TalkPart {
	var next *samenspel.SeenDialogue
	for i := range f.Seen.Dialogues {
		d := &f.Seen.Dialogues[i]
		if d.Standing != samenspel.Over && (next == nil || ComesBefore(d, next, f.Now) < 0) {
			next = d
		}
	}
	if next == nil {
		return nil
	}
	return &TalkPart{f, next}
}

// LastTalk is the dialogue that was over last, while that is not long ago, or
// nil.
//
//go:noinline
func (f *Frame) LastTalk() *TalkPart {
	d := f.Seen.LastDialogue()
	if d == nil || f.Now.Sub(d.Over) > lately {
		return nil
	}
	return &TalkPart{f, d}
}

// Path is the address of the dialogue.
func (k TalkPart) Path() string { return k.Base() + "/dialogue/" + string(k.D.ID) }

// On reports whether it is held now.
func (k TalkPart) On() bool { return k.D.Standing == samenspel.On }

// Soon reports whether it may well begin now: it has no day, or its time is
// less than half a day away.
func (k TalkPart) Soon() bool {
	return k.D.At.IsZero() || k.D.At.Sub(k.Now).Abs() < 12*time.Hour
}

// When says the day and the time, as far as they are chosen.
func (k TalkPart) When() string {
	at, now := k.D.At.In(k.zone()), k.Now
	switch {
	case k.D.At.IsZero():
		return k.T("dialogue.no_day")
	case k.D.DayOnly:
		return text.Opening(k.Text.WeekDay(at, now))
	}
	return text.Opening(k.Text.Moment(at, now))
}

// Near says it as people do who are close to it: "Donderdag om 10 uur".
func (k TalkPart) Near() string {
	at, now := k.D.At.In(k.zone()), k.Now
	switch {
	case k.D.At.IsZero():
		return k.T("dialogue.some_day")
	case k.D.DayOnly:
		return text.Opening(k.Text.NearDay(at, now))
	}
	return text.Opening(k.Text.NearMoment(at, now))
}

// OverDay is the day on which it was held.
func (k TalkPart) OverDay() string { return k.Day(k.D.Over.In(k.zone())) }

// Long says how long it takes.
func (k TalkPart) Long() string { return k.Text.Long(k.D.Minutes) }

// Company are those whom it is with, besides the reader.
func (k TalkPart) Company() []samenspel.PartnerID {
	return slices.DeleteFunc(slices.Clone(k.D.With), func(id samenspel.PartnerID) bool {
		p := k.Seen.Partner(id)
		return p == nil || p.You
	})
}

// SeenBy are those of them who still take part: they see what is in it.
func (k TalkPart) SeenBy() []samenspel.PartnerID {
	return slices.DeleteFunc(k.Company(), func(id samenspel.PartnerID) bool { return k.Seen.Partner(id).Standing == samenspel.Left })
}

// Topics are what people want to talk about, with the frame they are shown in.
func (k TalkPart) Topics() []TopicPart {
	var list []TopicPart
	for i := range k.D.Topics {
		list = append(list, TopicPart{k, &k.D.Topics[i]})
	}
	return list
}

// Still are the topics that are not talked through, the first few of them.
func (k TalkPart) Still() []TopicPart {
	const most = 5
	list := slices.DeleteFunc(k.Topics(), func(p TopicPart) bool { return p.P.Settled })
	return list[:min(most, len(list))]
}

// Paced are the vragers in the dialogue: they choose the pace.
func (k TalkPart) Paced() []samenspel.SeenPartner {
	return slices.DeleteFunc(k.Here(), func(p samenspel.SeenPartner) bool {
		return p.Role != samenspel.Vrager || !slices.Contains(k.D.With, p.ID)
	})
}

// PaceOf says the pace of a vrager.
func (k TalkPart) PaceOf(p samenspel.SeenPartner) string {
	said := strings.ToLower(k.T("pace." + string(p.Pace)))
	if p.You {
		return k.T("dialogue.your_pace", "Pace", said)
	}
	return k.T("dialogue.pace", "Name", k.Said(p.Name), "Pace", said)
}

// TopicPart is something that somebody wants to talk about.
type TopicPart struct {
	TalkPart
	P *samenspel.SeenTopic
}

// Act is for a button at this topic.
func (p TopicPart) Act(what string) Post {
	post := p.Repeatable(what, p.P.ID)
	post.At = "topics"
	return post
}

// Dialogues is the list of the dialogues that the reader is in.
type Dialogues struct {
	*Frame
	List         []*samenspel.SeenDialogue
	Newer, Older int // numbers of pages, or 0
}

// PlanForm is what was filled in on the form to prepare a dialogue, as typed.
type PlanForm struct {
	Date, Time, Minutes, Own, Where, Support string
	With                                     map[samenspel.PartnerID]bool
}

// Plan is the form to prepare a dialogue, or to change how it was prepared.
type Plan struct {
	*Frame
	Post         Post
	D            *samenspel.SeenDialogue // nil for a new one
	Action, Back string
	Form         PlanForm
	Overtaken    bool // somebody else changed it while the reader typed
}

// Lengths are how long it may take, to choose from.
func (p Plan) Lengths() []int { return []int{30, 60, 90} }

// LengthOf says one of them.
func (p Plan) LengthOf(minutes int) string { return text.Opening(p.Text.Long(minutes)) }

// Chosen reports whether one of them stands in the form.
func (p Plan) Chosen(minutes int) bool {
	return p.Form.Own == "" && p.Form.Minutes == strconv.Itoa(minutes)
}

// Guests are those who can be in it besides the reader.
func (p Plan) Guests() []samenspel.SeenPartner {
	return slices.DeleteFunc(p.Present(), func(o samenspel.SeenPartner) bool { return o.You })
}

// Stands is the form with the plan as it stands.
func (p Plan) Stands() PlanForm {
	d := p.D
	form := PlanForm{Where: p.Said(d.Where), Support: p.Said(d.Support), With: SetOf(d.With)}
	if at := d.At.In(p.zone()); !d.At.IsZero() {
		form.Date = at.Format(time.DateOnly)
		if !d.DayOnly {
			form.Time = at.Format("15:04")
		}
	}
	switch {
	case slices.Contains(p.Lengths(), d.Minutes):
		form.Minutes = strconv.Itoa(d.Minutes)
	case d.Minutes > 0:
		form.Own = strconv.Itoa(d.Minutes)
	}
	return form
}

// CancelPlan asks whether a dialogue does not take place.
type CancelPlan struct {
	*Frame
	Post Post
	D    *samenspel.SeenDialogue
}

// TalkPaper is a dialogue on paper: what all in it may see, and room to write.
type TalkPaper struct {
	*Frame
	D *samenspel.SeenDialogue
}

// Shown are the topics that all in the dialogue may see and that are not
// talked through.
func (p TalkPaper) Shown() []samenspel.SeenTopic {
	return slices.DeleteFunc(slices.Clone(p.D.Topics), func(t samenspel.SeenTopic) bool { return t.Alone || t.Settled })
}

// Lines are empty lines to write on.
func (p TalkPaper) Lines(n int) []struct{} { return make([]struct{}, n) }

// Read reports whether there is a transcript of the dialogue, which goes when
// others come into it or somebody goes out of it.
func (p Plan) Read() bool {
	if p.D == nil {
		return false
	}
	t := p.Seen.Transcript(p.D.ID)
	return t != nil && t.Laid
}
