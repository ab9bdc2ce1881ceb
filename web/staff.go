package web

import (
	"errors"

	"samenspel"
	"samenspel/account"
	"samenspel/house"
	"samenspel/web/page"
)

// staffRoutes are about who works here, and who answers for this house.
var staffRoutes = []Route{
	{get, "/admin/person/{person}", Administrator, (*visit).staffForm, nil},
	{post, "/admin/person/{person}", Administrator, (*visit).setStaff, nil},
	{get, "/admin/organisation", Administrator, (*visit).organisationForm, nil},
	{post, "/admin/organisation", Administrator, (*visit).setOrganisation, nil},
}

// staff is the person in the address, who has rights in the whole program or
// had them.
func (v *visit) staff() (account.Person, error) {
	p, err := v.Door.Person(v.r.Context(), samenspel.PersonID(v.r.PathValue("person")))
	if errors.Is(err, account.ErrNoEntry) || err == nil && !p.MayBegin && !p.Admin && !p.Officer && !p.Closed {
		err = samenspel.ErrNotFound
	}
	return p, err
}

func (v *visit) staffPage(of account.Person) page.Staff {
	p := page.Staff{
		Frame: v.frame("/admin/person/"+string(of.ID), "title.admin"), You: of.ID == v.session.Person,
		MayBegin: of.MayBegin, Admin: of.Admin, Officer: of.Officer, Closed: of.Closed,
	}
	p.Of = page.ProfessionalOf(p.Frame, of.ID, of.Name)
	p.Post = p.Fresh("/admin")
	return p
}

func (v *visit) staffForm() error {
	of, err := v.staff()
	if err != nil {
		return err
	}
	return v.show(v.staffPage(of))
}

// setStaff changes what somebody may. All they had open ends at once, their
// live pages too. Nobody shuts themselves out.
func (v *visit) setStaff() error {
	of, err := v.staff()
	if err != nil {
		return err
	}
	has := func(field string) bool { return v.r.PostForm.Get(field) == "yes" }
	rights := account.Rights{MayBegin: has("begin"), Admin: has("admin"), Officer: has("officer"), Closed: has("closed")}
	if of.ID == v.session.Person && (rights.Closed || !rights.Admin) {
		err = &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.own_rights"}
	} else {
		err = v.Door.SetRights(v.r.Context(), of.ID, rights)
	}
	if errors.Is(err, account.ErrLastAdministrator) {
		err = &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.last_administrator"}
	}
	if err != nil {
		of.MayBegin, of.Admin, of.Officer, of.Closed = rights.MayBegin, rights.Admin, rights.Officer, rights.Closed
		p := v.staffPage(of)
		return v.again(p.Frame, p, err)
	}
	if err := v.Workspace.Wake(v.r.Context(), of.ID); err != nil {
		return err
	}
	return v.lead("/admin")
}

func (v *visit) organisationSettings(o house.Organisation) page.Organisation {
	p := page.Organisation{Frame: v.frame("/admin/organisation", "title.admin"), Organisation: o}
	p.Post = p.Fresh("/admin")
	return p
}

func (v *visit) organisationForm() error {
	o, err := v.House.Organisation(v.r.Context())
	if err != nil {
		return err
	}
	return v.show(v.organisationSettings(o))
}

func (v *visit) setOrganisation() error {
	form := v.r.PostForm
	o, err := house.ParseOrganisation(form.Get("name"), form.Get("contact"), form.Get("officer"), form.Get("complain"))
	if err != nil {
		p := v.organisationSettings(house.Organisation{
			Name: valid(form.Get("name")), Contact: valid(form.Get("contact")), Officer: valid(form.Get("officer")), Complain: valid(form.Get("complain")),
		})
		return v.again(p.Frame, p, err)
	}
	if err := v.House.Keep(v.r.Context(), o); err != nil {
		return err
	}
	return v.lead("/admin")
}
