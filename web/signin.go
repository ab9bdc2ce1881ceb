package web

import "samenspel/web/page"

// signInRoutes are how somebody comes in who was here before, and what they
// come in with.
var signInRoutes = []Route{
	{get, "/in", Everybody, (*visit).signIn, nil},
	{get, "/me", Known, (*visit).me, nil},
}

// signInPage offers every way in that is there.
func (v *visit) signInPage() page.SignIn {
	return page.SignIn{
		Frame: v.frame("/in", "title.welcome"), Back: local(v.r.URL.Query().Get("back"), "/"),
		Passkey: v.passkeyIn(), Organisation: v.organisationIn(),
	}
}

func (v *visit) signIn() error { return v.show(v.signInPage()) }

// me is the page of what somebody comes in with, and where they are in.
func (v *visit) me() error {
	p := page.Me{Frame: v.frame("/me", "title.me")}
	var err error
	if p.Passkeys, err = v.ownPasskeys(); err != nil {
		return err
	}
	if p.Organisation, err = v.ownOrganisation(); err != nil {
		return err
	}
	return v.show(p)
}
