package web

import (
	"errors"

	"samenspel"
	"samenspel/account"
	"samenspel/house"
	"samenspel/web/page"
)

// emergencyRoutes are about looking in an emergency, where one has no place.
var emergencyRoutes = []Route{
	{get, "/emergency", Beginner, (*visit).emergencyForm, nil},
	{post, "/emergency", Beginner, (*visit).openEmergency, nil},
	{get, "/emergency/{alliance}", Beginner, (*visit).emergency, nil},
	{post, "/emergency/{alliance}/close", Beginner, (*visit).closeOwnEmergency, nil},
	{post, "/a/{alliance}/emergency/{emergency}/close", Partner, (*visit).closeEmergency, own},
}

// emergencyPage asks whom somebody looks for. It lists nobody but colleagues:
// who looks has to know whom they look for.
func (v *visit) emergencyPage() (page.Emergency, error) {
	form := v.r.PostForm
	p := page.Emergency{
		Frame: v.frame("/emergency", "title.emergency"), Of: samenspel.PersonID(form.Get("of")),
		For: valid(form.Get("for")), Beside: valid(form.Get("beside")), As: valid(form.Get("as")), Words: valid(form.Get("words")),
		Reason: samenspel.EmergencyReason(form.Get("reason")),
	}
	p.Post = p.Fresh("/emergency")
	people, err := v.Door.Professionals(v.r.Context())
	if err != nil {
		return p, err
	}
	for _, one := range people {
		if one.ID != v.session.Person {
			p.Colleagues = append(p.Colleagues, page.ProfessionalOf(p.Frame, one.ID, one.Name))
		}
	}
	open, err := v.House.Emergencies(v.r.Context(), v.session.Person, v.Now())
	for _, e := range open {
		p.Open = append(p.Open, e.Alliance)
	}
	return p, err
}

func (v *visit) emergencyForm() error {
	p, err := v.emergencyPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

// openEmergency looks for somebody at the tables of one colleague. What is not
// there and what is more than one get the same answer: nobody tries names.
func (v *visit) openEmergency() error {
	alliance, err := v.findInEmergency()
	if err == nil {
		err = v.openAt(alliance)
	}
	if errors.Is(err, samenspel.ErrNotFound) {
		err = &samenspel.Refusal{Class: samenspel.Invalid, Key: "emergency.not_found"}
	}
	if err != nil {
		p, no := v.emergencyPage()
		if no != nil {
			return no
		}
		return v.again(p.Frame, p, err)
	}
	return v.lead("/emergency/" + string(alliance))
}

func (v *visit) findInEmergency() (samenspel.AllianceID, error) {
	of := samenspel.PersonID(v.r.PostForm.Get("of"))
	colleague, err := v.Door.Person(v.r.Context(), of)
	if errors.Is(err, account.ErrNoEntry) || err == nil && !colleague.MayBegin {
		return "", samenspel.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	name, err := v.words("for", samenspel.MaxName)
	if err != nil {
		return "", err
	}
	beside, err := v.words("beside", samenspel.MaxName)
	if err != nil {
		return "", err
	}
	found, err := v.Workspace.FindInEmergency(v.r.Context(), of, name, beside)
	if err == nil && len(found) != 1 {
		err = samenspel.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}

// openAt opens one alliance. The fact comes first: who looked is told to the
// table also when the list that leads back to it could not be kept.
func (v *visit) openAt(alliance samenspel.AllianceID) error {
	form := v.r.PostForm
	me, err := v.person()
	if err != nil {
		return err
	}
	w := samenspel.OpenInEmergency{Name: me.Name, Reason: samenspel.EmergencyReason(form.Get("reason"))}
	for field, to := range map[string]*samenspel.Words{"for": &w.For, "beside": &w.Beside, "as": &w.As} {
		if *to, err = v.words(field, samenspel.MaxName); err != nil {
			return err
		}
	}
	if w.Words, err = v.words("words", samenspel.MaxWords); err != nil {
		return err
	}
	if err := v.Workspace.Do(v.r.Context(), v.session.Person, alliance, v.command(w)); err != nil {
		return err
	}
	return v.House.Open(v.r.Context(), house.Emergency{
		Person: v.session.Person, Alliance: alliance, Until: v.Now().Add(samenspel.EmergencyTime).UTC(),
	})
}

// emergency is what somebody sees in an emergency, to read and nothing else.
func (v *visit) emergency() error {
	seen, err := v.Workspace.SeeInEmergency(v.r.Context(), v.session.Person, v.alliance())
	if err != nil {
		return err
	}
	p := page.EmergencyLook{Frame: v.frame("/emergency/"+string(v.alliance()), "title.emergency"), Emergency: seen.Emergency}
	p.Frame.Seen, p.Frame.Bare = seen.Seen, true
	p.Post = page.Post{Command: v.NewID(), Back: "/start"}
	return v.show(p)
}

func (v *visit) closeOwnEmergency() error {
	seen, err := v.Workspace.SeeInEmergency(v.r.Context(), v.session.Person, v.alliance())
	if err == nil {
		err = v.do(samenspel.CloseEmergency{Emergency: seen.Emergency.ID})
	}
	if err != nil {
		return err
	}
	return v.lead("/start")
}

func (v *visit) closeEmergency() error {
	return v.act(samenspel.CloseEmergency{Emergency: samenspel.EmergencyID(v.r.PathValue("emergency"))}, "")
}
