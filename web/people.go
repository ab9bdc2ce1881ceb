package web

import (
	"samenspel"
	"samenspel/account"
	"samenspel/web/page"
)

func (v *visit) peoplePage() page.Page {
	p := page.People{Frame: v.inside("/people", "people"), Ways: v.ways()}
	p.LiveURL = p.Path + "/live?"
	return p
}

func (v *visit) people() error     { return v.show(v.peoplePage()) }
func (v *visit) peopleLive() error { return v.stream(v.peoplePage) }

func (v *visit) firstSeen() error {
	return v.act(samenspel.SetFirstSeen{By: v.seenBy()}, "first")
}

func (v *visit) invitePage() page.Invite {
	p := page.Invite{Frame: v.inside("/invite", "people")}
	p.Post = p.Fresh(p.Base() + "/people")
	return p
}

func (v *visit) inviteForm() error {
	if err := v.goingOn(); err != nil {
		return err
	}
	p := v.invitePage()
	if len(p.Roles()) == 0 {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.invite"}
	}
	return v.show(p)
}

// invite lays a place and shows the link to it. The place has the command's
// own id, so a form that is sent twice invites one person.
func (v *visit) invite() error {
	form := v.r.PostForm
	wish, err := v.inviting()
	if err == nil {
		err = v.do(wish)
	}
	if err != nil {
		p := v.invitePage()
		p.Words, p.As, p.Role = valid(form.Get("name")), valid(form.Get("as")), samenspel.Role(form.Get("role"))
		p.Near = samenspel.NearID(form.Get("near"))
		return v.again(p.Frame, p, err)
	}
	return v.wayIn(samenspel.PartnerID(form.Get("command")))
}

func (v *visit) inviting() (w samenspel.InvitePartner, err error) {
	w.Role, w.Near = samenspel.Role(v.r.PostForm.Get("role")), samenspel.NearID(v.r.PostForm.Get("near"))
	if w.Name, err = v.words("name", samenspel.MaxName); err != nil {
		return w, err
	}
	w.As, err = v.words("as", samenspel.MaxName)
	return w, err
}

// renew makes a new way in for a partner. Everybody sees that it was done.
func (v *visit) renew() error {
	partner := samenspel.PartnerID(v.r.PathValue("partner"))
	if err := v.takesLinks(partner); err != nil {
		return err
	}
	if err := v.do(samenspel.RenewEntry{Partner: partner}); err != nil {
		return err
	}
	return v.wayIn(partner)
}

// wayIn makes a link to a place. That a command was taken says nothing here,
// since it may have been taken before and for something else: what counts is
// what the reader may do with this place as it stands now.
func (v *visit) wayIn(partner samenspel.PartnerID) error {
	var err error
	if v.seen, err = v.Workspace.See(v.r.Context(), v.session.Person, v.alliance(), own(v)); err != nil {
		return err
	}
	p := v.seen.Partner(partner)
	if p == nil || !p.MayRenew {
		return samenspel.ErrNotFound
	}
	back := "/a/" + string(v.seen.Alliance) + "/people"
	if p.Standing == samenspel.Invited {
		return v.newLink(account.Link{Purpose: account.Partner, Alliance: v.seen.Alliance, Partner: p.ID},
			page.Link{About: "link.partner", Back: back, Role: p.Role})
	}
	person, err := v.Workspace.PersonAt(v.r.Context(), v.seen.Alliance, p.ID)
	if err != nil {
		return err
	}
	return v.newLink(account.Link{Purpose: account.Back, Person: person, Alliance: v.seen.Alliance, Partner: p.ID},
		page.Link{About: "link.back", Back: back})
}

func (v *visit) outForm() error {
	partner, err := v.partner()
	if err != nil {
		return err
	}
	if !partner.You && !partner.MaySeeOut {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.see_out"}
	}
	p := page.Out{Frame: v.inside("/people/"+string(partner.ID)+"/out", "people"), Partner: partner.ID}
	p.Post = p.Fresh(p.Base() + "/people")
	return v.show(p)
}

// out ends a place at the table. Links to it that were not opened close too.
func (v *visit) out() error {
	partner := samenspel.PartnerID(v.r.PathValue("partner"))
	if err := v.do(samenspel.LeaveAlliance{Partner: partner}); err != nil {
		return err
	}
	if err := v.Door.Withdraw(v.r.Context(), v.alliance(), partner); err != nil {
		return err
	}
	if partner == v.seen.You {
		return v.lead("/")
	}
	return v.back("out")
}
