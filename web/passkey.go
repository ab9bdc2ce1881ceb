package web

import (
	"errors"
	"strings"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/account/passkey"
	"samenspel/web/page"
)

// passkeyRoutes are about coming in by a passkey.
var passkeyRoutes = []Route{
	{post, "/in/passkey", Everybody, (*visit).inByPasskey, nil},
	{post, "/me/passkey", Known, (*visit).newPasskey, nil},
	{get, "/me/passkey/{passkey}", Known, (*visit).passkeyForm, nil},
	{post, "/me/passkey/{passkey}", Known, (*visit).namePasskey, nil},
	{get, "/me/passkey/{passkey}/away", Known, (*visit).passkeyAwayForm, nil},
	{post, "/me/passkey/{passkey}/away", Known, (*visit).passkeyAway, nil},
}

// passkeyIn is what the page to come in offers of passkeys.
func (v *visit) passkeyIn() page.PasskeyIn { return page.PasskeyIn{There: v.party != nil} }

// ownPasskeys are the passkeys of who asks.
func (v *visit) ownPasskeys() (page.OwnPasskeys, error) {
	if v.party == nil {
		return page.OwnPasskeys{}, nil
	}
	list, err := v.Door.Passkeys(v.r.Context(), v.session.Person)
	if err != nil {
		return page.OwnPasskeys{}, err
	}
	own := page.OwnPasskeys{There: true, Full: len(list) >= account.MostPasskeys, Done: passkeyDone[v.r.URL.Query().Get("did")]}
	for _, k := range list {
		own.List = append(own.List, v.passkeyRow(k))
	}
	return own, nil
}

// passkeyDone is how the page says what was just done, by how the address does.
var passkeyDone = map[string]string{"passkey_made": "passkey.done_made", "passkey_away": "passkey.done_away"}

func (v *visit) passkeyRow(k account.Passkey) page.Passkey {
	row := page.Passkey{ID: string(k.ID), Name: k.Name, Made: v.here(k.Made), Trusted: k.Trusted()}
	if !k.LastUsed.IsZero() {
		row.Used = v.here(k.LastUsed)
	}
	return row
}

// inByPasskey asks the device for a passkey, and lets in who shows one. Each
// question is a page of its own, made when somebody asks for it: a page to come
// in may stand open for an hour, and a question only for some minutes.
func (v *visit) inByPasskey() error {
	if v.party == nil {
		return samenspel.ErrNotFound
	}
	if !v.r.PostForm.Has("answer") {
		return v.askPasskey()
	}
	k, err := v.shownPasskey()
	if errors.Is(err, account.ErrNoEntry) {
		v.noteRefused(accesslog.Line{Kind: accesslog.SignIn, What: "passkey"})
		return v.noPasskey("/in")
	}
	if err != nil {
		return err
	}
	v.keep(v.askedCookie(), "", 0)
	how := v.how(account.ByPasskey)
	if how.Staff, err = v.atWork(k.Person); err != nil {
		return err
	}
	if err := v.comeIn(k.Person, how); err != nil {
		return err
	}
	return v.lead(local(v.r.PostForm.Get("back"), "/"))
}

// askedCookie names the cookie of a browser that was asked for a passkey while
// nobody was known in it.
func (v *visit) askedCookie() string {
	if v.secure() {
		return "__Host-passkey"
	}
	return "passkey"
}

func (v *visit) askPasskey() error {
	holder := v.Door.NewHolder()
	challenge, err := v.Door.Challenge(v.r.Context(), account.ShowPasskey, "", holder)
	if err != nil {
		return err
	}
	options, err := v.party.ToShow(challenge)
	if err != nil {
		return err
	}
	v.keep(v.askedCookie(), holder, account.ChallengeLimit)
	form := v.r.PostForm
	return v.show(page.PasskeyShow{
		Frame: v.frame("/in", "title.welcome"), Options: options,
		Back: local(form.Get("back"), "/"), Shared: form.Get("shared") == "yes",
	})
}

// shownPasskey is the passkey that the form shows. The question that it
// answers is used up first, so that nothing is tried twice.
func (v *visit) shownPasskey() (account.Passkey, error) {
	shown, err := passkey.ParseShown(v.r.PostForm.Get("answer"))
	if err != nil {
		return account.Passkey{}, err
	}
	ctx := v.r.Context()
	if err := v.Door.Answered(ctx, shown.Challenge, account.ShowPasskey, "", v.cookie(v.askedCookie())); err != nil {
		return account.Passkey{}, err
	}
	k, handle, err := v.Door.PasskeyOf(ctx, shown.CredentialID)
	if err != nil {
		return account.Passkey{}, err
	}
	use, err := v.party.CheckShown(shown, k, handle)
	if err != nil {
		return account.Passkey{}, err
	}
	return k, v.Door.UsePasskey(ctx, k.ID, use)
}

// comeIn starts a session for somebody who showed who they are, and ends the
// one that this browser had: open pages of it find out at once.
func (v *visit) comeIn(person samenspel.PersonID, how account.How) error {
	ctx := v.r.Context()
	p, err := v.Door.Person(ctx, person)
	if err != nil {
		return err
	}
	token, session, err := v.Door.Start(ctx, p, how)
	if err != nil {
		return err
	}
	before := v.session.Person
	if err := v.letIn(token, session); err != nil || before == "" || before == person {
		return err
	}
	return v.Workspace.Wake(ctx, before)
}

// noPasskey says that a passkey opens nothing: with one page, whatever is
// wrong with it.
func (v *visit) noPasskey(to string) error {
	said := failureOf(account.ErrNoEntry)
	return v.showAs(said.status, page.PasskeyNo{Frame: v.frame(to, "title.trouble"), To: to})
}

// newPasskey asks the device to make a passkey, and keeps the one that it made.
func (v *visit) newPasskey() error {
	if v.party == nil {
		return samenspel.ErrNotFound
	}
	if err := v.fresh(); err != nil {
		return err
	}
	if !v.r.PostForm.Has("answer") {
		return v.askNewPasskey(nil)
	}
	name, err := v.passkeyCalled()
	if err != nil {
		return v.askNewPasskey(err)
	}
	made, err := v.madePasskey()
	if err == nil {
		_, err = v.Door.AddPasskey(v.r.Context(), v.session.Person, name, made)
	}
	switch {
	case errors.Is(err, account.ErrNoEntry):
		return v.noPasskey("/me")
	case errors.Is(err, account.ErrManyPasskeys):
		return v.lead("/me")
	case err != nil:
		return err
	}
	if !v.session.By.Strong() {
		// Whoever has the link that let them in, or a copy of the cookie from
		// before, is not in by this passkey.
		if err := v.comeIn(v.session.Person, v.stillHow(account.ByPasskey)); err != nil {
			return err
		}
	}
	return v.lead("/me?did=passkey_made")
}

// passkeyCalled is the name that was typed for a passkey; it may be empty.
func (v *visit) passkeyCalled() (samenspel.Words, error) {
	if strings.TrimSpace(v.r.PostForm.Get("name")) == "" {
		return samenspel.Words{}, nil
	}
	return v.words("name", samenspel.MaxName)
}

// askNewPasskey shows the page that makes a passkey, with what is wrong with
// the name that was typed on the one before.
func (v *visit) askNewPasskey(wrong error) error {
	ctx := v.r.Context()
	own, err := v.Door.Passkeys(ctx, v.session.Person)
	if err != nil {
		return err
	}
	if len(own) >= account.MostPasskeys {
		return v.lead("/me")
	}
	handle, err := v.Door.Handle(ctx, v.session.Person)
	if err != nil {
		return err
	}
	challenge, err := v.Door.Challenge(ctx, account.MakePasskey, v.session.Person, v.cookie(v.sessionCookie()))
	if err != nil {
		return err
	}
	p := page.PasskeyMake{Frame: v.frame("/me", "title.me"), Name: valid(v.r.PostForm.Get("name"))}
	p.Options, err = v.party.ToMake(passkey.Owner{Handle: handle, Label: p.T("passkey.of", "Day", p.Day(p.Now)), Own: own}, challenge)
	if err != nil {
		return err
	}
	if wrong != nil {
		return v.again(p.Frame, p, wrong)
	}
	return v.show(p)
}

// madePasskey is what the device made, if it was asked to in this session.
func (v *visit) madePasskey() (account.PublicHalf, error) {
	made, err := passkey.ParseMade(v.r.PostForm.Get("answer"))
	if err != nil {
		return account.PublicHalf{}, err
	}
	ctx, person := v.r.Context(), v.session.Person
	if err := v.Door.Answered(ctx, made.Challenge, account.MakePasskey, person, v.cookie(v.sessionCookie())); err != nil {
		return account.PublicHalf{}, err
	}
	handle, err := v.Door.Handle(ctx, person)
	if err != nil {
		return account.PublicHalf{}, err
	}
	return v.party.Check(made, handle)
}

// ownPasskey is the passkey in the address, if it is of who asks.
func (v *visit) ownPasskey() (account.Passkey, error) {
	k, err := v.Door.Passkey(v.r.Context(), v.session.Person, v.passkeyID())
	return k, notThere(err)
}

func (v *visit) passkeyID() account.PasskeyID { return account.PasskeyID(v.r.PathValue("passkey")) }

// notThere gives the answer of an address that is not there for what somebody
// does not have.
func notThere(err error) error {
	if errors.Is(err, account.ErrNoEntry) {
		return samenspel.ErrNotFound
	}
	return err
}

func (v *visit) passkeyForm() error {
	k, err := v.ownPasskey()
	if err != nil {
		return err
	}
	p := page.PasskeyName{Frame: v.frame("/me", "title.me"), Key: v.passkeyRow(k)}
	p.Typed = p.Said(k.Name)
	return v.show(p)
}

// namePasskey gives a passkey another name; an empty one is none.
func (v *visit) namePasskey() error {
	k, err := v.ownPasskey()
	if err != nil {
		return err
	}
	name, err := v.passkeyCalled()
	if err != nil {
		p := page.PasskeyName{Frame: v.frame("/me", "title.me"), Key: v.passkeyRow(k), Typed: valid(v.r.PostForm.Get("name"))}
		return v.again(p.Frame, p, err)
	}
	if err := v.Door.NamePasskey(v.r.Context(), v.session.Person, k.ID, name); err != nil {
		return notThere(err)
	}
	return v.lead("/me")
}

func (v *visit) passkeyAwayForm() error {
	k, err := v.ownPasskey()
	if err != nil {
		return err
	}
	return v.show(page.PasskeyAway{Frame: v.frame("/me", "title.me"), Key: v.passkeyRow(k)})
}

// passkeyAway takes a passkey away. It opens nothing from then on.
func (v *visit) passkeyAway() error {
	k, err := v.ownPasskey()
	if err == nil {
		err = v.ownKey()
	}
	if err == nil && k.Trusted() { // another opens nothing anyway
		err = v.Door.MayDrop(v.r.Context(), v.session.Person)
	}
	if err != nil {
		return lastWay(err)
	}
	if err := v.Door.RemovePasskey(v.r.Context(), v.session.Person, k.ID); err != nil {
		return notThere(err)
	}
	return v.lead("/me?did=passkey_away")
}
