package web

import (
	"time"

	"samenspel"
	"samenspel/web/page"
)

// youngRoutes are about who is not grown.
var youngRoutes = []Route{
	{get, "/a/{alliance}/young", Partner, (*visit).young, whole("people")},
	{post, "/a/{alliance}/young/birth", Partner, (*visit).tellBirth, own},
	{post, "/a/{alliance}/young/authority", Partner, (*visit).tellAuthority, own},
	{post, "/a/{alliance}/young/able", Partner, (*visit).tellAble, own},
	{post, "/a/{alliance}/young/stay", Partner, (*visit).letParentStay, own},
}

func (v *visit) youngPage() page.Young { return page.Young{Frame: v.inside("/young", "young")} }

func (v *visit) young() error { return v.show(v.youngPage()) }

// who is the partner that a form is about.
func (v *visit) who(field string) samenspel.PartnerID {
	return samenspel.PartnerID(v.r.PostForm.Get(field))
}

// told leads back when a wish was taken, and else shows the page again.
func (v *visit) told(err error, did string) error {
	if err == nil {
		return v.back(did)
	}
	p := v.youngPage()
	p.Wrong, p.Typed = v.who("who"), valid(v.r.PostForm.Get("words"))
	return v.again(p.Frame, p, err)
}

func (v *visit) tellBirth() error {
	w := samenspel.TellBirth{Partner: v.who("who")}
	day, _, err := parseMoment(v.r.PostForm.Get("birth"), "", time.UTC)
	if err == nil && !day.IsZero() {
		y, m, d := day.Date()
		w.Day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if err == nil {
		err = v.do(w)
	}
	return v.told(err, "young_birth")
}

func (v *visit) tellAuthority() error {
	w := samenspel.TellAuthority{Child: v.who("who"), Parent: v.who("parent")}
	var err error
	if w.Source, err = v.words("words", samenspel.MaxLine); err == nil {
		err = v.do(w)
	}
	return v.told(err, "young_authority")
}

func (v *visit) tellAble() error {
	able := v.r.PostForm.Get("able")
	w := samenspel.TellAble{Partner: v.who("who"), Able: able == "yes"}
	var err error
	if able != "yes" && able != "no" {
		err = &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.form"}
	} else if w.Reason, err = v.words("words", samenspel.MaxLine); err == nil {
		err = v.do(w)
	}
	return v.told(err, "young_able")
}

func (v *visit) letParentStay() error {
	return v.act(samenspel.LetParentStay{Parent: v.who("parent"), Stays: v.r.PostForm.Get("stays") == "yes"}, "young_stay")
}
