package web

import (
	"slices"
	"strconv"

	"samenspel"
	"samenspel/web/page"
	"samenspel/workspace"
)

// agreementRoutes are about what partners will do.
var agreementRoutes = []Route{
	{get, "/a/{alliance}/agreements", Partner, (*visit).agreements, whole("agreements")},
	{get, "/a/{alliance}/agreements/live", Partner, (*visit).agreementsLive, whole("agreements")},
	{get, "/a/{alliance}/agreement", Partner, (*visit).proposeForm, whole("agreements")},
	{post, "/a/{alliance}/agreement", Partner, (*visit).propose, whole("agreements")},
	{get, "/a/{alliance}/agreement/{agreement}", Partner, (*visit).agreement, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/answer", Partner, (*visit).answerAgreement, ofAgreement},
	{get, "/a/{alliance}/agreement/{agreement}/renew", Partner, (*visit).renewForm, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/renew", Partner, (*visit).renewAgreement, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/option", Partner, (*visit).considerOption, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/done", Partner, (*visit).fulfil, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/reopen", Partner, (*visit).reopen, ofAgreement},
	{post, "/a/{alliance}/agreement/{agreement}/withdraw", Partner, (*visit).withdrawAgreement, ofAgreement},
	{get, "/a/{alliance}/agreement/{agreement}/calendar.ics", Partner, (*visit).calendar, taken(ofAgreement)},
	{post, "/a/{alliance}/option/{option}/withdraw", Partner, (*visit).withdrawOption, own},
	{post, "/a/{alliance}/help/{help}/given", Partner, (*visit).helpGiven, own},
	{post, "/a/{alliance}/help/{help}/needed", Partner, (*visit).helpNeeded, own},
	{post, "/a/{alliance}/help/{help}/withdraw", Partner, (*visit).withdrawHelp, own},
}

// agreementsPerPage is how many agreements a page shows.
const agreementsPerPage = 20

// ofAgreement is of a page about the agreement in the address, for those whom
// it concerns.
func ofAgreement(v *visit) workspace.Look {
	return ofThose("agreement", func(v *visit, seen *samenspel.Seen) (who []samenspel.PartnerID) {
		if a := seen.Agreement(v.agreementID()); a != nil {
			for _, answer := range a.Answers {
				who = append(who, answer.Partner)
			}
		}
		return who
	})(v)
}

func (v *visit) agreementsPage() page.Page {
	p := page.Agreements{Frame: v.inside("/agreements", "agreements")}
	list := v.seen.OpenAgreements()
	for i := range slices.Backward(v.seen.Agreements) {
		if a := &v.seen.Agreements[i]; !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	from, to, number := window(len(list), agreementsPerPage, v.r.URL.Query().Get("page"))
	p.Page, p.Newer = list[from:to], number-1
	if to < len(list) {
		p.Older = number + 1
	}
	p.LiveURL = p.Path + "/live?"
	if number > 1 {
		p.LiveURL += "page=" + strconv.Itoa(number) + "&"
	}
	return p
}

func (v *visit) agreements() error     { return v.show(v.agreementsPage()) }
func (v *visit) agreementsLive() error { return v.streamSeen(v.agreementsPage) }

// seenAgreement is the agreement in the address.
func (v *visit) seenAgreement() (*samenspel.SeenAgreement, error) {
	if a := v.seen.Agreement(v.agreementID()); a != nil {
		return a, nil
	}
	return nil, samenspel.ErrNotFound
}

func (v *visit) agreementID() samenspel.AgreementID {
	return samenspel.AgreementID(v.r.PathValue("agreement"))
}

// proposeForm is the empty form. Whom it concerns is ticked as it usually is:
// the vragers, and for a vrager the professionals; or as it was with another
// agreement that this one is to follow.
func (v *visit) proposeForm() error {
	form := page.ProposeForm{Doer: v.seen.You, With: map[samenspel.PartnerID]bool{}}
	usual := samenspel.Vrager
	if v.seen.Partner(v.seen.You).Role == samenspel.Vrager {
		usual = samenspel.Professional
	}
	for _, p := range v.seen.Partners {
		form.With[p.ID] = p.Role == usual
	}
	p := v.proposePage(form)
	if from := v.seen.Agreement(samenspel.AgreementID(v.r.URL.Query().Get("from"))); from != nil {
		p.Form = v.termsOf(p.Frame, from)
		p.Form.With = page.SetOf(p.Deal(from).With())
	}
	return v.show(p)
}

// termsOf fills a form with how an agreement stands.
func (v *visit) termsOf(f *page.Frame, a *samenspel.SeenAgreement) page.ProposeForm {
	return page.ProposeForm{Words: f.Said(a.Words), Day: a.When.Day, Time: a.When.Time, Doer: a.Doer}
}

func (v *visit) proposePage(form page.ProposeForm) page.Propose {
	p := page.Propose{Frame: v.inside("/agreement", "agreements"), Form: form}
	p.Back = v.cameFrom(p.Base() + "/agreements")
	p.Post = p.Fresh(p.Back)
	return p
}

// cameFrom is the page that led to a form.
func (v *visit) cameFrom(otherwise string) string {
	back := v.r.URL.Query().Get("back")
	if v.r.PostForm != nil && v.r.PostForm.Get("back") != "" {
		back = v.r.PostForm.Get("back")
	}
	return local(back, otherwise)
}

// typedTerms is a form to propose something as it was sent.
func (v *visit) typedTerms() page.ProposeForm {
	form := v.r.PostForm
	return page.ProposeForm{
		Words: valid(form.Get("words")), Day: valid(form.Get("day")), Time: valid(form.Get("time")),
		Doer: samenspel.PartnerID(form.Get("doer")), With: page.SetOf(v.with()),
	}
}

// with is whom an agreement is to concern.
func (v *visit) with() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, id := range v.r.PostForm["with"] {
		list = append(list, samenspel.PartnerID(id))
	}
	return list
}

// terms takes what is proposed from the form.
func (v *visit) terms() (words samenspel.Words, when samenspel.When, err error) {
	if words, err = v.words("words", samenspel.MaxWords); err != nil {
		return words, when, err
	}
	when, err = samenspel.ParseWhen(v.r.PostForm.Get("day"), v.r.PostForm.Get("time"))
	return words, when, err
}

func (v *visit) propose() error {
	words, when, err := v.terms()
	if err == nil {
		doer := samenspel.PartnerID(v.r.PostForm.Get("doer"))
		err = v.do(samenspel.ProposeAgreement{Words: words, Doer: doer, With: v.with(), When: when})
	}
	if err != nil {
		p := v.proposePage(v.typedTerms())
		return v.again(p.Frame, p, err)
	}
	return v.back("proposed")
}

// agreementPage is one agreement with the reader's own answer.
func (v *visit) agreementPage(string) (*page.Frame, page.Page, error) {
	a, err := v.seenAgreement()
	if err != nil {
		return nil, nil, err
	}
	p := page.Agreement{Frame: v.inside("/agreement/"+string(a.ID), "agreements"), A: a}
	p.Answer = page.FirstAnswering(p.Frame, a)
	p.Answer.Post, p.Option = p.Fresh(p.Path), p.Fresh(p.Path+"#options")
	p.Answer.Post.Turn = a.Turn
	if want := samenspel.Want(v.r.URL.Query().Get("want")); slices.Contains(samenspel.Wants[:], want) {
		p.Answer.Form.Want = want
	}
	switch form := v.r.PostForm; {
	case form == nil:
	case form.Has("words"):
		p.Words = valid(form.Get("words"))
	default:
		p.Answer.Form = page.AnswerForm{AgreementAnswer: v.answer(), Help: valid(form.Get("help")), Option: valid(form.Get("option"))}
	}
	return p.Frame, p, nil
}

func (v *visit) agreement() error { return v.form(v.agreementPage) }

// answer is what is chosen in the form.
func (v *visit) answer() samenspel.AgreementAnswer {
	able := func(field string) samenspel.Able { return samenspel.Able(v.r.PostForm.Get(field)) }
	return samenspel.AgreementAnswer{
		Want: samenspel.Want(v.r.PostForm.Get("want")), Can: able("can"), Know: able("know"), Room: able("room"),
	}
}

func (v *visit) answerAgreement() error {
	w := samenspel.AnswerAgreement{Agreement: v.agreementID(), Answer: v.answer(), Turn: v.turn()}
	var err error
	if w.Help, err = v.words("help", samenspel.MaxWords); err == nil {
		if w.Option, err = v.words("option", samenspel.MaxWords); err == nil {
			err = v.do(w)
		}
	}
	if a := v.seen.Agreement(w.Agreement); err != nil && a != nil && !a.MayAnswer {
		return err // its page has no form for what was typed
	}
	return v.settled(err, "answered", v.agreementPage)
}

func (v *visit) considerOption() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.ConsiderOption{Agreement: v.agreementID(), Words: words})
	}
	return v.settled(err, "option", v.agreementPage)
}

func (v *visit) renewPage(string) (*page.Frame, page.Page, error) {
	a, err := v.seenAgreement()
	if err != nil {
		return nil, nil, err
	}
	p := page.Renew{Frame: v.inside("/agreement/"+string(a.ID)+"/renew", "agreements"), A: a}
	p.Back = v.cameFrom(p.Base() + "/agreement/" + string(a.ID))
	p.Post = p.Fresh(p.Back)
	p.Post.Turn = a.Turn
	p.Form = v.termsOf(p.Frame, a)
	if v.r.PostForm != nil {
		p.Form = v.typedTerms()
	}
	return p.Frame, p, nil
}

func (v *visit) renewForm() error { return v.form(v.renewPage) }

func (v *visit) renewAgreement() error {
	words, when, err := v.terms()
	if err == nil {
		doer := samenspel.PartnerID(v.r.PostForm.Get("doer"))
		err = v.do(samenspel.RenewAgreement{Agreement: v.agreementID(), Words: words, Doer: doer, When: when, Turn: v.turn()})
	}
	return v.settled(err, "renewed", v.renewPage)
}

func (v *visit) fulfil() error {
	return v.act(samenspel.FulfilAgreement{Agreement: v.agreementID()}, "fulfilled")
}

func (v *visit) reopen() error {
	return v.act(samenspel.FulfilAgreement{Agreement: v.agreementID(), Undone: true}, "reopened")
}

func (v *visit) withdrawAgreement() error {
	return v.act(samenspel.WithdrawAgreement{Agreement: v.agreementID()}, "withdrawn")
}

func (v *visit) withdrawOption() error {
	return v.act(samenspel.WithdrawOption{Option: samenspel.OptionID(v.r.PathValue("option"))}, "withdrawn")
}

func (v *visit) helpGiven() error {
	return v.act(samenspel.AnswerHelp{Help: v.helpID(), Answer: samenspel.HelpThere}, "help_there")
}

func (v *visit) helpNeeded() error {
	return v.act(samenspel.AnswerHelp{Help: v.helpID(), Answer: samenspel.HelpOpen}, "help_open")
}

func (v *visit) withdrawHelp() error {
	return v.act(samenspel.AnswerHelp{Help: v.helpID(), Answer: samenspel.HelpGone}, "withdrawn")
}

func (v *visit) helpID() samenspel.HelpID { return samenspel.HelpID(v.r.PathValue("help")) }

// calendar is an agreement for somebody's diary. What leaves for another
// program may be read by others: the words go along only when they ask so.
func (v *visit) calendar() error {
	a, err := v.seenAgreement()
	if err != nil {
		return err
	}
	day, dated := a.When.Date()
	if !dated {
		return samenspel.ErrNotFound
	}
	summary := v.text.Say("agreement.neutral")
	if v.r.URL.Query().Get("words") == "1" {
		summary = v.frame("", "title.agreements").Said(a.Words)
	}
	return v.diary(appointment{
		id: string(a.ID), made: a.At, changed: len(a.Earlier), summary: summary,
		sure: a.Standing == samenspel.AgreementAgreed || a.Standing == samenspel.AgreementDone,
		day:  day, clock: a.When.Time,
	})
}
