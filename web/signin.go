package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"samenspel/account"
	"samenspel/web/page"
)

// signInRoutes are how somebody comes in who was here before, and what they
// come in with.
var signInRoutes = []Route{
	{get, "/in", Everybody, (*visit).signIn, nil},
	{post, "/in/password", Everybody, (*visit).signInPassword, nil},
	{post, "/in/code", Everybody, (*visit).signInCode, nil},
	{get, "/me", Known, (*visit).me, nil},
	{get, firstPage, Known, (*visit).first, nil},
	{get, "/me/password", Known, (*visit).passwordForm, nil},
	{post, "/me/password", Known, (*visit).proposePassword, nil},
	{post, "/me/password/code", Known, (*visit).setUpPassword, nil},
	{post, "/me/password/remove", Known, (*visit).dropPassword, nil},
	{post, "/me/recovery", Known, (*visit).newRecovery, nil},
	{post, "/me/session", Known, (*visit).endSession, nil},
	{post, "/me/only", Known, (*visit).setOnlyOwn, nil},
	{post, "/me/known", Known, (*visit).knowBackIns, nil},
}

// signInPage offers every way in that is there.
func (v *visit) signInPage(back string) page.SignIn {
	return page.SignIn{
		Frame: v.frame("/in", "title.welcome"), Back: local(back, "/"),
		Passkey: v.passkeyIn(), Organisation: v.organisationIn(),
	}
}

func (v *visit) signIn() error { return v.show(v.signInPage(v.r.URL.Query().Get("back"))) }

// signInPassword takes a name and a password, and asks for the second factor.
// Nobody is in yet.
func (v *visit) signInPassword() error {
	name, password := v.r.PostForm.Get("name"), v.r.PostForm.Get("password")
	if name == "" || password == "" {
		return v.signInAgain(http.StatusUnprocessableEntity, "signin.empty")
	}
	if until, ok := v.tries.take(v.from(), v.Now()); !ok {
		return v.wait(until)
	}
	step, err := v.Door.FirstStep(v.r.Context(), name, password)
	var soon *account.TooSoonError
	switch {
	case errors.As(err, &soon):
		return v.wait(soon.Until)
	case errors.Is(err, account.ErrNoEntry):
		return v.signInAgain(http.StatusForbidden, "signin.wrong")
	case err != nil:
		return err
	}
	return v.show(v.codePage(step))
}

// signInAgain shows the page again with what is wrong. It is the same for a
// name that nobody has.
func (v *visit) signInAgain(status int, key string) error {
	p := v.signInPage(v.r.PostForm.Get("back"))
	p.Password = page.PasswordIn{Name: valid(v.r.PostForm.Get("name")), Shared: v.r.PostForm.Get("shared") == "yes"}
	p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: key}
	return v.showAs(status, p)
}

// codePage asks for the second factor.
func (v *visit) codePage(step string) page.SignInCode {
	return page.SignInCode{
		Frame: v.frame("/in", "title.welcome"), Step: step,
		Back: local(v.r.PostForm.Get("back"), "/"), Shared: v.r.PostForm.Get("shared") == "yes",
	}
}

// signInCode takes the second factor, and lets in.
func (v *visit) signInCode() error {
	step := v.r.PostForm.Get("step")
	person, err := v.Door.Stepping(step)
	if err != nil {
		return v.signInStep(step, err)
	}
	if until, ok := v.tries.take(v.from(), v.Now()); !ok {
		return v.wait(until)
	}
	how := v.how(account.ByPassword)
	if how.Staff, err = v.atWork(person); err != nil {
		return err
	}
	token, session, err := v.Door.SecondStep(v.r.Context(), step, v.r.PostForm.Get("code"), how)
	if err != nil {
		return v.signInStep(step, err)
	}
	if err := v.letIn(token, session); err != nil {
		return err
	}
	return v.lead(local(v.r.PostForm.Get("back"), "/"))
}

// signInStep says what is wrong with the second step.
func (v *visit) signInStep(step string, err error) error {
	var soon *account.TooSoonError
	switch {
	case errors.As(err, &soon):
		return v.wait(soon.Until)
	case errors.Is(err, account.ErrNoEntry):
		p := v.codePage(step)
		p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: "signin.wrong_code"}
		return v.showAs(http.StatusForbidden, p)
	case errors.Is(err, account.ErrStep):
		return v.signInAgain(http.StatusForbidden, "signin.anew")
	}
	return err
}

// wait says when somebody may try again.
func (v *visit) wait(until time.Time) error {
	seconds := int(until.Sub(v.Now()).Seconds()) + 1
	v.w.Header().Set("Retry-After", strconv.Itoa(max(1, seconds)))
	// Up to the whole minute: the time that stands there is never too early.
	p := page.Wait{Frame: v.frame("/in", "title.welcome"), Until: v.here(until.Add(time.Minute - time.Nanosecond).Truncate(time.Minute))}
	return v.showAs(http.StatusTooManyRequests, p)
}

// me is the page of what somebody comes in with, and where they are in.
func (v *visit) me() error {
	p, err := v.mePage("/me")
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) mePage(path string) (p page.Me, err error) {
	p = page.Me{Frame: v.frame(path, "title.me")}
	if p.Passkeys, err = v.ownPasskeys(); err != nil {
		return page.Me{}, err
	}
	if p.Organisation, err = v.ownOrganisation(); err != nil {
		return page.Me{}, err
	}
	if p.Password, err = v.ownPassword(); err != nil {
		return page.Me{}, err
	}
	if p.Sessions, err = v.ownSessions(); err != nil {
		return page.Me{}, err
	}
	p.Told, err = v.backIns()
	return p, err
}

// ownPassword says whether who asks has a password, and what they may do.
func (v *visit) ownPassword() (page.OwnPassword, error) {
	own := page.OwnPassword{Strong: v.session.By.Strong()}
	var err error
	own.Since, own.Left, err = v.Door.Password(v.r.Context(), v.session.Person)
	if own.There = err == nil; err != nil && !errors.Is(err, account.ErrNoEntry) {
		return own, err
	}
	ways, err := v.Door.OwnWays(v.r.Context(), v.session.Person)
	if err != nil {
		return own, err
	}
	own.AnyWay = ways > 0
	own.Only, err = v.Door.OnlyOwn(v.r.Context(), v.session.Person)
	return own, err
}

// ownSessions are where who asks is in, this one first.
func (v *visit) ownSessions() (page.OwnSessions, error) {
	list, err := v.Door.Sessions(v.r.Context(), v.session.Person)
	if err != nil {
		return page.OwnSessions{}, err
	}
	var own page.OwnSessions
	for _, s := range list {
		row := page.SessionRow{ID: s.ID, Device: s.Device, By: string(s.By), Made: s.Made, Used: s.LastUsed, This: s.ID == v.session.ID, Shared: s.Shared}
		if row.This {
			own.List = append([]page.SessionRow{row}, own.List...)
			continue
		}
		own.List = append(own.List, row)
	}
	return own, nil
}

// backIns are the times that somebody came in here by another's link.
func (v *visit) backIns() ([]page.BackIn, error) {
	list, err := v.Door.BackIns(v.r.Context(), v.session.Person)
	if err != nil {
		return nil, err
	}
	var told []page.BackIn
	for _, b := range list {
		maker, err := v.Door.Person(v.r.Context(), b.MadeBy)
		if err != nil && !errors.Is(err, account.ErrNoEntry) {
			return nil, err
		}
		told = append(told, page.BackIn{Name: maker.Name, At: b.At})
	}
	return told, nil
}
