package web

import (
	"time"

	"samenspel"
	"samenspel/web/page"
)

// consentRoutes are about consent in its separate kinds, and the scratch pad.
var consentRoutes = []Route{
	{get, "/a/{alliance}/consents", Partner, (*visit).consents, whole("people")},
	{post, "/a/{alliance}/consents/basis", Partner, (*visit).setBasis, own},
	{post, "/a/{alliance}/consents/release", Partner, (*visit).giveRelease, own},
	{post, "/a/{alliance}/consents/care", Partner, (*visit).agreeToCare, own},
	{post, "/a/{alliance}/consents/withdraw", Partner, (*visit).withdrawConsent, own},
	{get, "/a/{alliance}/scratch", Partner, (*visit).scratch, own},
	{post, "/a/{alliance}/scratch", Partner, (*visit).writeScratch, own},
	{post, "/a/{alliance}/scratch/lay", Partner, (*visit).layScratch, own},
	{post, "/a/{alliance}/scratch/throw", Partner, (*visit).throwScratch, own},
}

// The forms of the page.
const (
	ofBasis   = "basis"
	ofRelease = "release"
	ofCare    = "care"
)

func (v *visit) consentsPage() page.Consents {
	return page.Consents{Frame: v.inside("/consents", "consents"), Ground: v.seen.Consents.Basis}
}

func (v *visit) consents() error { return v.show(v.consentsPage()) }

// consented leads back when a wish was taken, and else shows the page again
// with what was typed in one of its forms.
func (v *visit) consented(err error, did, form string) error {
	if err == nil {
		return v.back(did)
	}
	p := v.consentsPage()
	if c := p.Seen.Consents; form == ofBasis && !c.MayBasis || form != ofBasis && !c.MayGive {
		return err // without its form
	}
	typed := v.r.PostForm
	p.Wrong, p.Ground = form, samenspel.BasisGround(typed.Get("reason"))
	p.To, p.What, p.Until = valid(typed.Get("to")), valid(typed.Get("words")), valid(typed.Get("until"))
	return v.again(p.Frame, p, err)
}

func (v *visit) setBasis() error {
	w := samenspel.SetBasis{Ground: samenspel.BasisGround(v.r.PostForm.Get("reason"))}
	var err error
	if w.Purpose, err = v.words("words", samenspel.MaxLine); err == nil {
		err = v.do(w)
	}
	return v.consented(err, "consent_basis", ofBasis)
}

// untilTheEndOf is the end of the day that a form names, or zero for none.
func (v *visit) untilTheEndOf(field string) (time.Time, error) {
	day, _, err := parseMoment(v.r.PostForm.Get(field), "", v.zone())
	if err != nil || day.IsZero() {
		return time.Time{}, err
	}
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, v.zone()), nil
}

func (v *visit) giveRelease() error {
	var w samenspel.GiveRelease
	var err error
	if w.To, err = v.words("to", samenspel.MaxName); err == nil {
		w.What, err = v.words("words", samenspel.MaxLine)
	}
	if err == nil {
		w.Until, err = v.untilTheEndOf("until")
	}
	if err == nil {
		err = v.do(w)
	}
	return v.consented(err, "consent_release", ofRelease)
}

func (v *visit) agreeToCare() error {
	var w samenspel.AgreeToCare
	var err error
	if w.What, err = v.words("words", samenspel.MaxLine); err == nil {
		w.Until, err = v.untilTheEndOf("until")
	}
	if err == nil {
		err = v.do(w)
	}
	return v.consented(err, "consent_care", ofCare)
}

// withdrawConsent is the one button that takes one back.
func (v *visit) withdrawConsent() error {
	id := samenspel.ConsentID(v.r.PostForm.Get("consent"))
	if v.r.PostForm.Get("kind") == "care" {
		return v.act(samenspel.WithdrawCare{Care: id}, "consent_withdrawn")
	}
	return v.act(samenspel.WithdrawRelease{Release: id}, "consent_withdrawn")
}

func (v *visit) scratchPage() page.Scratch {
	p := page.Scratch{Frame: v.inside("/scratch", "scratch")}
	p.Post = p.Fresh(p.Path)
	return p
}

func (v *visit) scratch() error { return v.show(v.scratchPage()) }

func (v *visit) writeScratch() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.WriteScratch{Words: words})
	}
	if err == nil {
		return v.back("scratch_written")
	}
	p := v.scratchPage()
	if p.Seen.Ending.Ended {
		return err // without its form
	}
	p.Words = valid(v.r.PostForm.Get("words"))
	return v.again(p.Frame, p, err)
}

func (v *visit) layScratch() error {
	return v.act(samenspel.LayScratch{Scratch: samenspel.ScratchID(v.r.PostForm.Get("scratch"))}, "scratch_laid")
}

func (v *visit) throwScratch() error {
	return v.act(samenspel.ThrowScratch{Scratch: samenspel.ScratchID(v.r.PostForm.Get("scratch"))}, "scratch_thrown")
}
