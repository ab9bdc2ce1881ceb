package web

import (
	"errors"
	"html/template"

	"rsc.io/qr"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/figure"
	"samenspel/web/page"
)

func (v *visit) linkProfessional() error {
	return v.newLink(account.Link{Purpose: account.Professional}, page.Link{About: "link.professional", Back: "/admin"})
}

// linkBack lets a professional in again who lost the way in.
func (v *visit) linkBack() error {
	person := samenspel.PersonID(v.r.PathValue("person"))
	p, err := v.Door.Person(v.r.Context(), person)
	if errors.Is(err, account.ErrNoEntry) || err == nil && !p.MayBegin {
		return samenspel.ErrNotFound
	}
	if err != nil {
		return err
	}
	return v.newLink(account.Link{Purpose: account.Back, Person: person}, page.Link{About: "link.back", Back: "/admin"})
}

// newLink makes a way in and shows it, once, on the answer to the form itself:
// it is kept nowhere, and no address leads to it. The sheet for on paper is
// part of that page, since no other page could have it.
func (v *visit) newLink(l account.Link, p page.Link) error {
	l.MadeBy = v.session.Person
	if err := v.note(accesslog.Line{
		Kind: accesslog.Link, What: string(l.Purpose), Alliance: l.Alliance, Whom: l.Partner, Object: string(l.Person),
	}); err != nil {
		return err
	}
	key, made, err := v.Door.MakeLink(v.r.Context(), l)
	if err != nil {
		return err
	}
	p.Frame = v.frame(p.Back, "title.people")
	p.Door, p.Secret, p.Code, p.Expires = v.Address+"/door", key.Secret, key.Code, made.Expires
	if p.QR, err = v.qr("qr", p.Address()); err != nil {
		return err
	}
	if p.Role != "" {
		if p.PaperQR, err = v.qr("paper-qr", p.Address()); err != nil {
			return err
		}
	}
	if l.Alliance != "" { // others who look at the people see that there is a link
		if err := v.Workspace.Wake(v.r.Context(), v.session.Person); err != nil {
			return err
		}
	}
	return v.show(p)
}

// qr draws an address for a camera. M is the level for what is clean and near.
func (v *visit) qr(id, address string) (template.HTML, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return "", errors.New("web: the address of the site does not fit in a QR code")
	}
	return template.HTML(figure.QR(id, code.Size, code.Black, v.text.Say)), nil //nolint:gosec // figure escapes
}

// closeLink withdraws the link to a place, and leaves the place.
func (v *visit) closeLink() error {
	partner, err := v.partner()
	if err != nil {
		return err
	}
	if !partner.MayRenew {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.renew"}
	}
	if err := v.note(accesslog.Line{
		Kind: accesslog.Link, What: "closed", Action: accesslog.Delete, Alliance: v.alliance(), Whom: partner.ID,
	}); err != nil {
		return err
	}
	if err := v.Door.Withdraw(v.r.Context(), v.alliance(), partner.ID); err != nil {
		return err
	}
	if err := v.Workspace.Wake(v.r.Context(), v.session.Person); err != nil {
		return err
	}
	return v.back("")
}

// ways says how the links to each place stand, for who may make a new one.
func (v *visit) ways() map[samenspel.PartnerID]page.Way {
	links, err := v.Door.Links(v.r.Context(), v.seen.Alliance)
	if err != nil {
		// The people are there to be seen; only their links are not known now.
		v.numbered().Error("the links of an alliance cannot be read", "error", err)
		return nil
	}
	ways := map[samenspel.PartnerID]page.Way{}
	for _, p := range v.seen.Partners {
		link, there := links[p.ID]
		if !p.MayRenew || !there && p.Standing != samenspel.Invited {
			continue
		}
		w := page.Way{State: "none", Until: link.Expires}
		switch {
		case !there:
		case link.Closed():
			w.State = "closed"
		case link.Open(v.Now()):
			w.State = "open"
		default:
			w.State = "expired"
		}
		ways[p.ID] = w
	}
	return ways
}
