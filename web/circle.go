package web

import (
	"bytes"
	"html/template"
	"strconv"

	"samenspel"
	"samenspel/figure"
	"samenspel/web/page"
	"samenspel/workspace"
)

// circleRoutes are about the people around somebody.
var circleRoutes = []Route{
	{get, "/a/{alliance}/around/{partner}", Partner, (*visit).around, ofMap},
	{get, "/a/{alliance}/around/{partner}/live", Partner, (*visit).aroundLive, ofMap},
	{post, "/a/{alliance}/around", Partner, (*visit).putNear, own},
	{post, "/a/{alliance}/around/share", Partner, (*visit).shareAround, own},
	{get, "/a/{alliance}/near/{near}", Partner, (*visit).near, ofNear},
	{post, "/a/{alliance}/near/{near}/move", Partner, (*visit).moveNear, ofNear},
	{post, "/a/{alliance}/near/{near}/tie", Partner, (*visit).tieNear, ofNear},
	{post, "/a/{alliance}/near/{near}/name", Partner, (*visit).nameNear, ofNear},
	{post, "/a/{alliance}/near/{near}/link", Partner, (*visit).linkNear, ofNear},
	{post, "/a/{alliance}/near/{near}/invite", Partner, (*visit).inviteNear, ofNear},
	{post, "/a/{alliance}/near/{near}/remove", Partner, (*visit).removeNear, ofNear},
}

// ofMap is of the map of the partner in the address. Who is not shown it looked
// at nothing.
func ofMap(v *visit) workspace.Look {
	return ofThose("around", func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if m := seen.AroundOf(samenspel.PartnerID(v.r.PathValue("partner"))); m != nil {
			return []samenspel.PartnerID{m.Owner}
		}
		return nil
	})(v)
}

// ofNear is of a page about somebody on the map of a partner.
func ofNear(v *visit) workspace.Look {
	return ofThose("around", func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if m, n := seen.Near(v.nearID()); n != nil {
			return []samenspel.PartnerID{m.Owner}
		}
		return nil
	})(v)
}

// mapPage is the map of a partner as it is seen now.
func (v *visit) mapPage(owner samenspel.PartnerID, form page.NearForm) page.Around {
	p := page.Around{Frame: v.inside("/around/"+string(owner), "around"), Owner: owner, Form: form}
	p.LiveURL = p.Path + "/live?"
	p.Post = p.Fresh(p.Path)
	if p.Map = v.seen.AroundOf(owner); p.Map != nil {
		p.Figure = v.mapOf("around", owner)
		p.Keys = v.tieKeys()
		p.Letters = figure.Letters(p.Map.People)
	}
	return p
}

// mapOf draws a map. What comes out of package figure is escaped there.
func (v *visit) mapOf(id string, owner samenspel.PartnerID) template.HTML {
	return template.HTML(figure.Around(id, v.seen, owner, v.text.Say)) //nolint:gosec // figure escapes
}

// tieKeys explains the lines.
func (v *visit) tieKeys() template.HTML {
	var out bytes.Buffer
	out.WriteString(`<ul class="keys">`)
	for _, kind := range samenspel.TieKinds {
		out.WriteString("<li>")
		out.Write(figure.TieSign(kind))
		out.WriteString(" <span>")
		template.HTMLEscape(&out, []byte(v.text.Say("tie."+string(kind))))
		out.WriteString("</span></li>")
	}
	out.WriteString("</ul>")
	return template.HTML(out.String()) //nolint:gosec // escaped above
}

// mapOwner is the partner in the address, when the reader may see their map.
func (v *visit) mapOwner() (samenspel.PartnerID, error) {
	owner := samenspel.PartnerID(v.r.PathValue("partner"))
	if v.seen.AroundOf(owner) == nil {
		return "", samenspel.ErrNotFound
	}
	return owner, nil
}

func (v *visit) around() error {
	owner, err := v.mapOwner()
	if err != nil {
		return err
	}
	return v.show(v.mapPage(owner, page.NearForm{Ring: 1}))
}

func (v *visit) aroundLive() error {
	owner, err := v.mapOwner()
	if err != nil {
		return err
	}
	return v.stream(func() page.Page { return v.mapPage(owner, page.NearForm{}) })
}

func (v *visit) putNear() error {
	form := v.r.PostForm
	w := samenspel.PutNear{
		Ring: v.number("ring"), Partner: samenspel.PartnerID(form.Get("member")), Tie: samenspel.TieKind(form.Get("tie")),
	}
	var err error
	if w.Name, w.As, err = v.called(); err == nil {
		err = v.do(w)
	}
	if err != nil {
		p := v.mapPage(v.seen.You, page.NearForm{
			Name: valid(form.Get("name")), As: valid(form.Get("as")), Ring: w.Ring, Partner: w.Partner, Tie: w.Tie,
		})
		return v.again(p.Frame, p, err)
	}
	return v.back("near")
}

// called is a name and who that is.
func (v *visit) called() (name, as samenspel.Words, err error) {
	if name, err = v.words("name", samenspel.MaxName); err == nil {
		as, err = v.words("as", samenspel.MaxName)
	}
	return name, as, err
}

// number is a whole number from the form, or -1.
func (v *visit) number(field string) int {
	n, err := strconv.Atoi(v.r.PostForm.Get(field))
	if err != nil {
		return -1
	}
	return n
}

func (v *visit) shareAround() error {
	return v.act(samenspel.ShareAround{SeenBy: v.seenBy()}, "shared")
}

func (v *visit) nearID() samenspel.NearID { return samenspel.NearID(v.r.PathValue("near")) }

// ownNear is somebody on the reader's own map.
func (v *visit) ownNear() (*samenspel.SeenAround, *samenspel.SeenNear, error) {
	m, n := v.seen.Near(v.nearID())
	switch {
	case n == nil:
		return nil, nil, samenspel.ErrNotFound
	case m.Owner != v.seen.You:
		return nil, nil, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.around"}
	}
	return m, n, nil
}

func (v *visit) nearPage() (page.Near, error) {
	m, n, err := v.ownNear()
	if err != nil {
		return page.Near{}, err
	}
	p := page.Near{NearPart: page.NearPart{Frame: v.inside("/near/"+string(n.ID), "around"), Map: m, N: n}}
	p.Called, p.As = p.Said(n.Name), p.Said(n.As)
	p.Figure = v.mapOf("around", m.Owner)
	return p, nil
}

func (v *visit) near() error {
	p, err := v.nearPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) moveNear() error {
	return v.act(samenspel.MoveNear{Near: v.nearID(), Ring: v.number("ring"), Direction: v.number("direction")}, "near_moved")
}

func (v *visit) tieNear() error {
	form := v.r.PostForm
	w := samenspel.TieNear{From: samenspel.NearID(form.Get("from")), To: v.nearID(), As: samenspel.TieKind(form.Get("tie"))}
	return v.act(w, "tie")
}

func (v *visit) nameNear() error {
	name, as, err := v.called()
	if err == nil {
		err = v.do(samenspel.NameNear{Near: v.nearID(), Name: name, As: as})
	}
	if err != nil {
		p, missing := v.nearPage()
		if missing != nil {
			return err
		}
		p.Called, p.As = valid(v.r.PostForm.Get("name")), valid(v.r.PostForm.Get("as"))
		return v.again(p.Frame, p, err)
	}
	return v.back("told")
}

func (v *visit) linkNear() error {
	return v.act(samenspel.LinkNear{Near: v.nearID(), Partner: samenspel.PartnerID(v.r.PostForm.Get("member"))}, "told")
}

// inviteNear is the form to invite, with the name that is on the map. It is
// asked for by a form, so that no name is in an address.
func (v *visit) inviteNear() error {
	_, n, err := v.ownNear()
	if err != nil {
		return err
	}
	p := v.invitePage()
	if len(p.Roles()) == 0 {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.invite"}
	}
	p.Words, p.Near = p.Said(n.Name), n.ID
	return v.show(p)
}

func (v *visit) removeNear() error {
	return v.act(samenspel.RemoveNear{Near: v.nearID()}, "withdrawn")
}
