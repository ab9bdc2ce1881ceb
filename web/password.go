package web

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"rsc.io/qr"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/figure"
	"samenspel/web/page"
)

// host is what this place is called by its address.
func (v *visit) host() string {
	if u, err := url.Parse(v.Address); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "samenspel"
}

func (v *visit) passwordForm() error { return v.show(v.passwordPage()) }

func (v *visit) passwordPage() page.Password {
	return page.Password{
		Frame: v.frame("/me/password", "title.me"), Name: valid(v.r.PostForm.Get("name")), Least: account.LeastPassword,
		Asks: v.session.By == account.ByPassword,
	}
}

// passwordAgain shows the form with what is wrong. What was typed as a password
// does not come back.
func (v *visit) passwordAgain(status int, key string, most int) error {
	p := v.passwordPage()
	p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: key, Max: most}
	return v.showAs(status, p)
}

// proposePassword takes a name and a password that somebody chooses, and shows
// the second factor to go with it. Nothing is kept yet.
func (v *visit) proposePassword() error {
	form := v.r.PostForm
	if form.Get("password") != form.Get("again") {
		return v.passwordAgain(http.StatusUnprocessableEntity, "signin.not_same", 0)
	}
	if until, ok := v.tries.take(v.from(), v.Now()); !ok {
		return v.wait(until)
	}
	if v.session.By != account.ByPassword {
		if err := v.fresh(); err != nil {
			return err
		}
	} else { // who came in otherwise may have forgotten it
		var soon *account.TooSoonError
		switch err := v.Door.IsPassword(v.r.Context(), v.session.Person, form.Get("now")); {
		case errors.As(err, &soon):
			return v.wait(soon.Until)
		case errors.Is(err, account.ErrNoEntry):
			v.noteRefused(accesslog.Line{Kind: accesslog.SignIn, What: "password"})
			return v.passwordAgain(http.StatusForbidden, "signin.now_wrong", 0)
		case err != nil:
			return err
		}
	}
	setup, err := v.Door.Propose(v.r.Context(), v.session.Person, form.Get("name"), form.Get("password"), v.host())
	var weak account.Weak
	switch {
	case errors.As(err, &weak):
		most := map[account.Weak]int{account.WeakShort: account.LeastPassword, account.WeakLong: account.MostPassword}[weak]
		return v.passwordAgain(http.StatusUnprocessableEntity, "signin.weak."+string(weak), most)
	case errors.Is(err, account.ErrTaken):
		return v.passwordAgain(http.StatusConflict, "signin.taken", 0)
	case err != nil:
		return err
	}
	p, err := v.factorPage(setup)
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) factorPage(setup account.Setup) (page.Factor, error) {
	code, err := qr.Encode(setup.Address, qr.M)
	if err != nil {
		return page.Factor{}, errors.New("web: the second factor does not fit in a QR code")
	}
	say := func(key string, args ...any) string {
		return v.text.Say(map[string]string{"qr.title": "signin.qr_title", "qr.desc": "signin.qr_desc"}[key], args...)
	}
	return page.Factor{
		Frame: v.frame("/me/password", "title.me"), Step: setup.Step, Secret: setup.Secret,
		QR: template.HTML(figure.QR("qr", code.Size, code.Black, say)), //nolint:gosec // figure escapes
	}, nil
}

// setUpPassword keeps the password once the app gives the right code. The
// session goes on as a new one that is strong; the recovery codes stand on the
// answer and nowhere else.
func (v *visit) setUpPassword() error {
	ctx, step := v.r.Context(), v.r.PostForm.Get("step")
	codes, token, session, err := v.Door.SetUp(ctx, v.session.Person, step, v.r.PostForm.Get("code"), v.stillHow(account.ByPassword))
	switch {
	case errors.Is(err, account.ErrNoEntry):
		return v.factorAgain(step)
	case errors.Is(err, account.ErrStep):
		return v.passwordAgain(http.StatusForbidden, "signin.anew", 0)
	case errors.Is(err, account.ErrTaken):
		return v.passwordAgain(http.StatusConflict, "signin.taken", 0)
	case err != nil:
		return err
	}
	if err := v.letIn(token, session); err != nil {
		return err
	}
	return v.show(page.Codes{Frame: v.frame("/me", "title.me"), Codes: codes})
}

// factorAgain shows the second factor once more, for a code that was wrong.
func (v *visit) factorAgain(step string) error {
	setup, err := v.Door.Proposed(v.session.Person, step, v.host())
	if err != nil {
		return v.passwordAgain(http.StatusForbidden, "signin.anew", 0)
	}
	p, err := v.factorPage(setup)
	if err != nil {
		return err
	}
	p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: "signin.wrong_code"}
	return v.showAs(http.StatusForbidden, p)
}

// freshFor is how long ago somebody may have shown who they are when they change
// what they come in with: somebody else may sit at a screen that was left open.
const freshFor = 15 * time.Minute

// fresh refuses who has not shown who they are lately, by a way of their own.
// Who came in by a link has just been let in by somebody.
func (v *visit) fresh() error {
	if v.session.By.Strong() && v.Now().Sub(v.session.Made) >= freshFor {
		return errStale
	}
	return nil
}

// ownKey refuses who has a way in of their own and came in by another's link:
// that does not change what is theirs. It also refuses who came in long ago.
func (v *visit) ownKey() error {
	if v.session.By.Strong() {
		return v.fresh()
	}
	ways, err := v.Door.OwnWays(v.r.Context(), v.session.Person)
	if err == nil && ways > 0 {
		err = &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.own_key"}
	}
	return err
}

// newRecovery makes recovery codes anew and shows them, once.
func (v *visit) newRecovery() error {
	if err := v.ownKey(); err != nil {
		return err
	}
	codes, err := v.Door.NewRecovery(v.r.Context(), v.session.Person)
	if errors.Is(err, account.ErrNoEntry) {
		err = samenspel.ErrNotFound
	}
	if err != nil {
		return err
	}
	return v.show(page.Codes{Frame: v.frame("/me", "title.me"), Codes: codes})
}

// dropPassword takes the password away, unless it is the last own way in of
// somebody who may not be without.
func (v *visit) dropPassword() error {
	if err := v.ownKey(); err != nil {
		return err
	}
	if err := v.Door.DropPassword(v.r.Context(), v.session.Person); err != nil {
		return lastWay(notThere(err))
	}
	return v.toMe("password_gone")
}

// lastWay is a no to whoever would take their last way in away.
func lastWay(err error) error {
	if errors.Is(err, account.ErrLastWay) {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.last_way"}
	}
	return err
}

// endSession ends one session of who asks. Pages that are open there find out
// at once. An id that is none of theirs is as one that ended.
func (v *visit) endSession() error {
	id := v.r.PostForm.Get("session")
	if id == v.session.ID {
		return v.leaveSite()
	}
	err := v.Door.EndOne(v.r.Context(), v.session.Person, id)
	if err == nil {
		err = v.Workspace.Wake(v.r.Context(), v.session.Person)
	}
	if err != nil {
		return err
	}
	return v.toMe("session_out")
}

// setOnlyOwn lets somebody choose that no partner makes a way back for them.
func (v *visit) setOnlyOwn() error {
	if err := v.ownKey(); err != nil {
		return err
	}
	only := v.r.PostForm.Get("only") == "yes"
	err := v.Door.SetOnlyOwn(v.r.Context(), v.session.Person, only)
	if errors.Is(err, account.ErrNoEntry) {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.no_own_way"}
	}
	if err == nil {
		err = v.Workspace.Wake(v.r.Context(), v.session.Person) // links that were open are closed
	}
	if err != nil {
		return err
	}
	if only {
		return v.toMe("only_own")
	}
	return v.toMe("not_only_own")
}

// knowBackIns is when somebody knows of who came in by another's link. Who
// came in like that cannot say it.
func (v *visit) knowBackIns() error {
	if !v.session.By.Strong() {
		if err := v.ownKey(); err != nil {
			return err
		}
	}
	until, err := time.Parse(time.RFC3339Nano, v.r.PostForm.Get("until"))
	if err != nil {
		return v.toMe("")
	}
	if err := v.Door.KnowBackIns(v.r.Context(), v.session.Person, until); err != nil {
		return err
	}
	return v.toMe("")
}

// toMe leads to the page of what somebody comes in with, saying what was done.
func (v *visit) toMe(did string) error {
	if did == "" {
		return v.lead("/me")
	}
	return v.lead("/me?did=" + did)
}

// takesLinks refuses a new link for somebody at the table who comes in by
// their own key alone, before it is told to all that one was made.
func (v *visit) takesLinks(partner samenspel.PartnerID) error {
	p := v.seen.Partner(partner)
	if p == nil || !p.MayRenew || p.Standing == samenspel.Invited {
		return nil // not this rule
	}
	person, err := v.Workspace.PersonAt(v.r.Context(), v.seen.Alliance, partner)
	if err != nil {
		return err
	}
	only, err := v.Door.OnlyOwn(v.r.Context(), person)
	if err == nil && only {
		err = account.ErrOwnOnly
	}
	return err
}
