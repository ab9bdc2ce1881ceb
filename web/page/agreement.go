package page

import (
	"fmt"
	"slices"

	"samenspel"
)

// agreementPages are the pages of agreement.go in package web.
var agreementPages = []Page{Agreement{}, Agreements{}, Propose{}, Renew{}}

// Deal is an agreement on a page.
type Deal struct {
	*Frame
	A     *samenspel.SeenAgreement
	Whole bool // with the help that was given, and what takes things away
}

// Deal gives an agreement with the frame that it is shown in.
func (f *Frame) Deal(a *samenspel.SeenAgreement) Deal { return Deal{Frame: f, A: a} }

// dealWhole is an agreement where it stands by itself.
func dealWhole(f *Frame, a *samenspel.SeenAgreement) Deal { return Deal{Frame: f, A: a, Whole: true} }

// URL is the address of its own page.
func (d Deal) URL() string { return d.Base() + "/agreement/" + string(d.A.ID) }

// Act is for a button that does something with this agreement as it stands
// here.
func (d Deal) Act(what string) Post {
	p := d.Repeatable(what, d.A.ID, d.A.Turn)
	p.Turn, p.At = d.A.Turn, "g-"+string(d.A.ID)
	return p
}

// Leaving is for a button after which this agreement has no page.
func (d Deal) Leaving(what string) Post {
	p := d.Act(what)
	p.Back, p.At = d.Base()+"/agreements", ""
	return p
}

// HelpAct is for a button about help that was asked for.
func (d Deal) HelpAct(what string, id samenspel.HelpID) Post {
	p := d.Repeatable(what, id)
	p.At = "g-" + string(d.A.ID)
	return p
}

// Asking reports whether the reader is asked about it now, at their pace.
func (d Deal) Asking() bool {
	now, _ := d.Seen.Waits(d.A)
	return now
}

// Later reports whether the reader's pace keeps the question for later.
func (d Deal) Later() bool {
	_, later := d.Seen.Waits(d.A)
	return later
}

// SaidOf is one thing that a partner says of an agreement.
type SaidOf struct {
	Key string // "want_yes", "can_with_help" …
	Yes bool
}

// SaidBy lists what a partner says of it.
func (d Deal) SaidBy(answer samenspel.SeenAgreementAnswer) []SaidOf {
	var list []SaidOf
	if answer.Want != "" {
		list = append(list, SaidOf{"want_" + string(answer.Want), answer.Want == samenspel.WantYes})
	}
	for _, able := range []struct {
		what string
		able samenspel.Able
	}{{"can", answer.Can}, {"know", answer.Know}, {"room", answer.Room}} {
		if able.able != "" {
			list = append(list, SaidOf{able.what + "_" + string(able.able), able.able == samenspel.AbleYes})
		}
	}
	return list
}

// HelpOf is the help that a partner asked for: what is needed still, and by
// itself also what was given.
func (d Deal) HelpOf(p samenspel.PartnerID) []samenspel.SeenHelp {
	return slices.DeleteFunc(slices.Clone(d.A.Helps), func(h samenspel.SeenHelp) bool {
		return h.By != p || h.Standing != samenspel.HelpOpen && !d.Whole
	})
}

// Helping is help on a page.
type Helping struct {
	D Deal
	H samenspel.SeenHelp
}

// Helping gives help with the agreement that it stands at.
func (d Deal) Helping(h samenspel.SeenHelp) Helping { return Helping{d, h} }

// On says when it is to be, or "".
//
//go:noinline
func (f *Frame) On(w samenspel.When) string {
	date, ok := w.Date()
	if !ok {
		return ""
	}
	day := f.T(fmt.Sprintf("agreement.weekday_%d", date.Weekday()), "Day", f.Day(date))
	if w.Time == "" {
		return day
	}
	return f.T("agreement.at", "Day", day, "Time", w.Time)
}

// AwaitedNames are those without whose yes it is no agreement.
func (d Deal) AwaitedNames() string {
	var names []string
	for _, id := range d.A.Awaited() {
		if id == d.Seen.You {
			names = append([]string{d.T("agreement.you")}, names...)
			continue
		}
		names = append(names, d.Name(id))
	}
	return d.Text.List(names)
}

// Silent reports whether those who did not say yes said nothing yet. Whoever
// said something else is not named as the one for whom it waits; nor is the
// reader whose pace keeps it for later.
func (d Deal) Silent() bool {
	if d.Later() {
		return false
	}
	return !slices.ContainsFunc(d.A.Awaited(), func(p samenspel.PartnerID) bool { return d.A.Answer(p).Want != "" })
}

// DoerHere reports whether who does it is still at the table.
func (d Deal) DoerHere() bool { return d.Seen.Partner(d.A.Doer).Standing == samenspel.Here }

// With are the others who see it.
func (d Deal) With() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, answer := range d.A.Answers {
		if answer.Here && answer.Partner != d.Seen.You {
			list = append(list, answer.Partner)
		}
	}
	return list
}

// AnswerForm is what was filled in to answer an agreement.
type AnswerForm struct {
	samenspel.AgreementAnswer
	Help, Option string // as typed
}

// Answering is the form to answer an agreement for oneself.
type Answering struct {
	Deal
	Post Post
	Form AnswerForm
}

// FirstAnswering is that form on a page with live regions, where nothing is
// typed yet.
func FirstAnswering(f *Frame, a *samenspel.SeenAgreement) Answering {
	d := f.Deal(a)
	return Answering{Deal: d, Post: d.Act("answer"), Form: AnswerForm{AgreementAnswer: a.Answer(f.Seen.You)}}
}

// AbleAsked is one question of that form: "can", "know" or "room".
type AbleAsked struct {
	*Frame
	Name string
	Now  samenspel.Able
}

// Key is the name of an answer to it among the texts.
func (q AbleAsked) Key(a samenspel.Able) string { return q.Name + "_" + string(a) }

// Asked makes such a question.
func (p Answering) Asked(name string, now samenspel.Able) AbleAsked {
	return AbleAsked{p.Frame, name, now}
}

// Open reports whether more was said than what is always asked.
func (p Answering) Open() bool {
	return p.Form.Know != "" || p.Form.Room != "" || p.Form.Option != "" || p.Form.Want == samenspel.WantOtherwise
}

// Paused reports whether the reader is on pause: nothing asks them.
//
//go:noinline
func (f *Frame) Paused() bool { return f.You().Pace == samenspel.Pause }

// Ahead are the vragers who go slowly, and for whom something waits that the
// reader asked.
//
//go:noinline
func (f *Frame) Ahead() []*samenspel.SeenPartner {
	var list []*samenspel.SeenPartner
	for _, id := range f.Seen.AheadOf() {
		list = append(list, f.Seen.Partner(id))
	}
	return list
}

// Agreements are all that concern the reader, a page at a time: what is open
// first, the newest first.
type Agreements struct {
	*Frame
	Page         []*samenspel.SeenAgreement
	Newer, Older int // numbers of pages, or 0
}

// Standing gives those on this page that stand in one of these ways.
func (p Agreements) Standing(ways ...samenspel.AgreementStanding) []Deal {
	var list []Deal
	for _, a := range p.Page {
		if slices.Contains(ways, a.Standing) {
			list = append(list, p.Deal(a))
		}
	}
	return list
}

// Agreement is one agreement, with one's own answer.
type Agreement struct {
	*Frame
	A      *samenspel.SeenAgreement
	Answer Answering
	Words  string // of an option, as typed
	Option Post
}

// Answered reports whether the reader said already whether they want it.
func (p Agreement) Answered() bool { return p.A.Answer(p.Seen.You).Want != "" }

// Closed reports whether the form is folded up: on pause nothing is asked, and
// who answered already is not asked again.
func (p Agreement) Closed() bool {
	changes := p.Trouble != nil || p.Answer.Form.Want != p.A.Answer(p.Seen.You).Want
	return !changes && (p.Paused() || p.Answered())
}

// ProposeForm is what was filled in to propose something, as typed.
type ProposeForm struct {
	Words, Day, Time string
	Doer             samenspel.PartnerID
	With             map[samenspel.PartnerID]bool
}

// Propose is the form to propose what partners will do.
type Propose struct {
	*Frame
	Post Post
	Back string
	Form ProposeForm
}

// Renew is the form to propose it otherwise.
type Renew struct {
	*Frame
	Post Post
	Back string
	A    *samenspel.SeenAgreement
	Form ProposeForm
}

// Doers are who may do it: those whom it concerns and who are here.
func (p Renew) Doers() []samenspel.SeenPartner {
	return slices.DeleteFunc(p.Here(), func(o samenspel.SeenPartner) bool {
		return !slices.ContainsFunc(p.A.Answers, func(a samenspel.SeenAgreementAnswer) bool { return a.Partner == o.ID })
	})
}

// Deals are the newest open agreements that ask the reader nothing.
func (p Alliance) Deals() []Deal {
	const most = 2
	var list []Deal
	for _, a := range p.Seen.OpenAgreements() {
		if d := p.Deal(a); len(list) < most && !d.Asking() && !d.Later() {
			list = append(list, d)
		}
	}
	return list
}

// LookAnyway is where the questions are that the reader's pace keeps for later.
func (p Alliance) LookAnyway() string {
	later := p.Seen.AsksLater()
	if len(later) > 0 && !slices.ContainsFunc(later, func(a samenspel.Ask) bool { return a.Agreement == nil }) {
		return p.Base() + "/agreements"
	}
	return p.Base() + "/picture/" + string(p.Seen.You)
}
