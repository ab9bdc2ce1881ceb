package web

import (
	"errors"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/web/page"
)

// keepingRoutes are about how long a place is kept, and about its end for good.
var keepingRoutes = []Route{
	{get, "/a/{alliance}/keeping", Partner, (*visit).keeping, own},
	{post, "/a/{alliance}/keeping", Partner, (*visit).setRetention, own},
	{post, "/a/{alliance}/keeping/hold", Partner, (*visit).putHold, own},
	{post, "/a/{alliance}/keeping/lift", Partner, (*visit).liftHold, own},
	{post, "/a/{alliance}/keeping/propose", Partner, (*visit).proposeDestruction, own},
	{post, "/a/{alliance}/keeping/withdraw", Partner, (*visit).withdrawDestruction, own},
	{post, "/a/{alliance}/keeping/confirm", Partner, (*visit).confirmDestruction, own},

	{get, "/keeping", Beginner, (*visit).ownKeepings, nil},
	{get, "/keeping.csv", Beginner, (*visit).ownKeepingsCSV, nil},
	{post, "/keeping/{alliance}/confirm", Beginner, (*visit).confirmForOthers, nil},

	{get, "/officer/keeping", Officer, (*visit).allKeepings, nil},
	{get, "/officer/keeping.csv", Officer, (*visit).allKeepingsCSV, nil},
	{get, "/officer/keeping/{alliance}", Officer, (*visit).oneKeeping, nil},
	{post, "/officer/keeping/{alliance}/{act}", Officer, (*visit).actOnKeeping, nil},

	{get, "/gone", Known, (*visit).gone, nil},
	{get, "/gone/{gone}", Known, (*visit).proof, nil},
	{get, "/gone/{gone}/json", Known, (*visit).proofJSON, nil},

	{get, "/admin/terms", Administrator, (*visit).termsForm, nil},
	{post, "/admin/terms", Administrator, (*visit).addTerm, nil},
	{post, "/admin/terms/drop", Administrator, (*visit).dropTerm, nil},
}

// keepingTerms are all terms that this organisation works with.
func (v *visit) keepingTerms() (samenspel.Terms, error) {
	t := samenspel.Terms{Zone: v.zone(), Regimes: v.Terms[:len(v.Terms):len(v.Terms)]}
	own, err := v.House.Terms(v.r.Context())
	for _, one := range own {
		t.Regimes = append(t.Regimes, one.Regime())
	}
	return t, err
}

// keepingPage is how this place is kept, for everybody at its table.
func (v *visit) keepingPage() (page.Keeping, error) {
	terms, err := v.keepingTerms()
	p := page.Keeping{
		Frame: v.inside("/keeping", "keeping"), Terms: terms, Regime: v.seen.Keeping.Regime,
		Because: "", Mine: v.proposed(v.seen.Keeping.Plan), Strong: v.session.By.Strong(),
	}
	p.Because = p.Said(v.seen.Keeping.Because)
	if adult := v.seen.Keeping.Adult; !adult.IsZero() {
		p.Adult = adult.Format(time.DateOnly)
	}
	return p, err
}

// proposed reports whether who asks proposed the destruction.
func (v *visit) proposed(plan *samenspel.Destruction) bool {
	return plan != nil && plan.Person == v.session.Person
}

func (v *visit) keeping() error {
	p, err := v.keepingPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

// retentionWish is the regime that a form chose, with what goes with it.
func (v *visit) retentionWish() (w samenspel.SetRetention, err error) {
	if w.Terms, err = v.keepingTerms(); err != nil {
		return w, err
	}
	w.Regime = v.r.PostForm.Get("regime")
	if w.Because, err = v.words("words", samenspel.MaxLine); err != nil {
		return w, err
	}
	if typed := v.r.PostForm.Get("adult"); typed != "" {
		if w.Adult, _, err = parseMoment(typed, "", time.UTC); err != nil {
			return w, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.adult"}
		}
		y, m, d := w.Adult.Date()
		w.Adult = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return w, nil
}

func (v *visit) setRetention() error {
	w, err := v.retentionWish()
	if err == nil {
		err = v.do(w)
	}
	if err == nil {
		return v.back("retain_keeping")
	}
	p, no := v.keepingPage()
	if no != nil {
		return no
	}
	if !p.Seen.Keeping.MaySet {
		return err // without its form
	}
	form := v.r.PostForm
	p.Regime, p.Because, p.Adult = form.Get("regime"), valid(form.Get("words")), valid(form.Get("adult"))
	return v.again(p.Frame, p, err)
}

func (v *visit) why() samenspel.HoldWhy { return samenspel.HoldWhy(v.r.PostForm.Get("why")) }

func (v *visit) putHold() error  { return v.act(samenspel.PutHold{Why: v.why()}, "retain_hold") }
func (v *visit) liftHold() error { return v.act(samenspel.LiftHold{Why: v.why()}, "retain_lifted") }

func (v *visit) proposeDestruction() error {
	terms, err := v.keepingTerms()
	if err != nil {
		return err
	}
	return v.act(samenspel.ProposeDestruction{Terms: terms}, "retain_proposed")
}

func (v *visit) withdrawDestruction() error {
	return v.act(samenspel.WithdrawDestruction{}, "retain_kept_on")
}

// confirming is the wish to confirm what the form was about. It takes a
// session that began with more than a link: a link could be somebody else's.
func (v *visit) confirming() (w samenspel.ConfirmDestruction, err error) {
	if w.Terms, err = v.keepingTerms(); err != nil {
		return w, err
	}
	if !v.session.By.Strong() {
		return w, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.strong"}
	}
	w.Proposal = samenspel.CommandID(v.r.PostForm.Get("proposal"))
	return w, nil
}

func (v *visit) confirmDestruction() error {
	w, err := v.confirming()
	if v.seen.Keeping.Plan == nil || !v.seen.Keeping.MaySet {
		w.Proposal, err = "", nil // its rule says what is wrong
	}
	if err != nil {
		return err
	}
	return v.act(w, "retain_confirmed")
}

// forOrganisation takes a wish of somebody who acts for the organisation.
func (v *visit) forOrganisation(as samenspel.Office, w samenspel.Wish, did string) error {
	err := v.Workspace.Do(v.r.Context(), v.session.Person, v.alliance(), v.command(samenspel.ForOrganisation{As: as, Wish: w}))
	if err != nil {
		return err
	}
	return v.back(did)
}

// confirmForOthers is a professional who confirms what one at another table
// proposed. Where nothing is proposed there is nothing for them.
func (v *visit) confirmForOthers() error {
	k, err := v.Workspace.Keeping(v.r.Context(), v.alliance())
	if err == nil && k.Plan == nil {
		err = samenspel.ErrNotFound
	}
	if err != nil {
		return err
	}
	w, err := v.confirming()
	if err != nil {
		return err
	}
	return v.forOrganisation(samenspel.AnotherProfessional, w, "retain_confirmed")
}

// oneKeeping is how one place is kept, for the privacy officer.
func (v *visit) oneKeeping() error {
	k, err := v.Workspace.Keeping(v.r.Context(), v.alliance())
	if err != nil {
		return err
	}
	p, err := v.officePage(k)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) officePage(k samenspel.Keeping) (page.KeepingOne, error) {
	p := page.KeepingOne{Frame: v.frame("/officer/keeping/"+string(k.Alliance), "title.keeping"), Mine: v.proposed(k.Plan), Strong: v.session.By.Strong()}
	var err error
	if p.Terms, err = v.keepingTerms(); err != nil {
		return p, err
	}
	p.Row, err = v.keepingRow(p.Terms, k)
	return p, err
}

// actOnKeeping is what the privacy officer does.
func (v *visit) actOnKeeping() error {
	if _, err := v.Workspace.Keeping(v.r.Context(), v.alliance()); err != nil {
		return err
	}
	switch v.r.PathValue("act") {
	case "hold":
		return v.officerActs(samenspel.PutHold{Why: v.why()}, "retain_hold", nil)
	case "lift":
		return v.officerActs(samenspel.LiftHold{Why: v.why()}, "retain_lifted", nil)
	case "regime":
		w, err := v.retentionWish()
		w.Because = samenspel.Words{} // an officer says no words here
		return v.officerActs(w, "retain_keeping", err)
	case "end":
		return v.officerActs(samenspel.EndAlliance{}, "ended", nil)
	case "propose":
		terms, err := v.keepingTerms()
		return v.officerActs(samenspel.ProposeDestruction{Terms: terms}, "retain_proposed", err)
	case "withdraw":
		return v.officerActs(samenspel.WithdrawDestruction{}, "retain_kept_on", nil)
	case "confirm":
		w, err := v.confirming()
		return v.officerActs(w, "retain_confirmed", err)
	}
	return samenspel.ErrNotFound
}

// officerActs takes a wish of the privacy officer, unless its form was wrong.
func (v *visit) officerActs(w samenspel.Wish, did string, wrong error) error {
	if wrong != nil {
		return wrong
	}
	return v.forOrganisation(samenspel.PrivacyOfficer, w, did)
}

// staffName is the name of somebody at work as the door has it, or "".
func (v *visit) staffName(person samenspel.PersonID) (samenspel.Words, error) {
	p, err := v.Door.Person(v.r.Context(), person)
	if errors.Is(err, account.ErrNoEntry) {
		err = nil
	}
	return p.Name, err
}
