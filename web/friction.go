package web

import (
	"samenspel"
	"samenspel/web/page"
	"samenspel/workspace"
)

// frictionRoutes are about what chafes.
var frictionRoutes = []Route{
	{get, "/a/{alliance}/friction", Partner, (*visit).frictions, whole("frictions")},
	{get, "/a/{alliance}/friction/live", Partner, (*visit).frictionsLive, whole("frictions")},
	{post, "/a/{alliance}/friction", Partner, (*visit).signal, whole("frictions")},
	{get, "/a/{alliance}/friction/{friction}", Partner, (*visit).friction, ofFriction},
	{post, "/a/{alliance}/friction/{friction}/repair", Partner, (*visit).offerRepair, ofFriction},
	{post, "/a/{alliance}/friction/{friction}/ground", Partner, (*visit).groundFriction, ofFriction},
	{post, "/a/{alliance}/friction/{friction}/mended", Partner, (*visit).mend, ofFriction},
	{post, "/a/{alliance}/friction/{friction}/open", Partner, (*visit).reopenFriction, ofFriction},
	{post, "/a/{alliance}/friction/{friction}/withdraw", Partner, (*visit).withdrawFriction, ofFriction},
	{post, "/a/{alliance}/repair/{repair}/withdraw", Partner, (*visit).withdrawRepair, own},
}

// ofFriction is of a page about the friction in the address, for whose it is.
func ofFriction(v *visit) workspace.Look {
	return ofThose("friction", func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if f := seen.Friction(samenspel.FrictionID(v.r.PathValue("friction"))); f != nil {
			return []samenspel.PartnerID{f.By}
		}
		return nil
	})(v)
}

func (v *visit) frictionsPage(form page.FrictionForm) page.Frictions {
	p := page.Frictions{Frame: v.inside("/friction", "friction"), Form: form}
	p.LiveURL = p.Path + "/live?"
	p.Post = p.Fresh(p.Path)
	return p
}

// frictions is the list with the empty form. For whom it is, is chosen as for
// what is said about the reader; an address may name the one that came back.
func (v *visit) frictions() error {
	form := page.FrictionForm{SeenBy: page.SetOf(v.seen.Partner(v.seen.You).FirstSeen)}
	if f := v.seen.Friction(samenspel.FrictionID(v.r.URL.Query().Get("earlier"))); f != nil && f.By == v.seen.You {
		form.Earlier, form.Everybody, form.SeenBy = f.ID, f.Everybody, nil
		if !f.Everybody {
			form.SeenBy = page.SetOf(f.To)
		}
	}
	return v.show(v.frictionsPage(form))
}

func (v *visit) frictionsLive() error {
	return v.stream(func() page.Page { return v.frictionsPage(page.FrictionForm{}) })
}

// signal lets know that it chafes: with words or without.
func (v *visit) signal() error {
	form := v.r.PostForm
	w := samenspel.SignalFriction{
		Everybody: form.Get("everybody") == "yes", To: v.seenBy(),
		Earlier: samenspel.FrictionID(form.Get("earlier")), Ground: samenspel.StatementID(form.Get("ground")),
	}
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		w.Words = words
		err = v.do(w)
	}
	if err != nil {
		p := v.frictionsPage(page.FrictionForm{
			Words: valid(form.Get("words")), Everybody: w.Everybody, SeenBy: page.SetOf(w.To), Earlier: w.Earlier, Ground: w.Ground,
		})
		return v.again(p.Frame, p, err)
	}
	return v.back("friction")
}

func (v *visit) frictionID() samenspel.FrictionID {
	return samenspel.FrictionID(v.r.PathValue("friction"))
}

func (v *visit) frictionPage(typed string) (*page.Frame, page.Page, error) {
	f := v.seen.Friction(v.frictionID())
	if f == nil {
		return nil, nil, samenspel.ErrNotFound
	}
	frame := v.inside("/friction/"+string(f.ID), "friction")
	return frame, page.Friction{
		FrictionPart: page.FrictionPart{Frame: frame, F: f}, Post: frame.Fresh(frame.Path), Words: typed,
	}, nil
}

func (v *visit) friction() error { return v.form(v.frictionPage) }

func (v *visit) offerRepair() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.OfferRepair{Friction: v.frictionID(), Words: words})
	}
	return v.settled(err, "repair", v.frictionPage)
}

func (v *visit) groundFriction() error {
	ground := samenspel.StatementID(v.r.PostForm.Get("ground"))
	return v.act(samenspel.GroundFriction{Friction: v.frictionID(), Statement: ground}, "ground")
}

func (v *visit) mend() error {
	return v.act(samenspel.MendFriction{Friction: v.frictionID()}, "friction_mended")
}

func (v *visit) reopenFriction() error {
	return v.act(samenspel.ReopenFriction{Friction: v.frictionID()}, "friction_open")
}

func (v *visit) withdrawFriction() error {
	return v.act(samenspel.WithdrawFriction{Friction: v.frictionID()}, "withdrawn")
}

func (v *visit) withdrawRepair() error {
	return v.act(samenspel.WithdrawRepair{Repair: samenspel.RepairID(v.r.PathValue("repair"))}, "withdrawn")
}
