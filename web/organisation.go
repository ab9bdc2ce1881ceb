package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/account/organisation"
	"samenspel/web/page"
)

// organisationRoutes are about coming in by the sign-in of one's organisation.
// It begins by a link, because a form may lead to no other site.
var organisationRoutes = []Route{
	{get, "/in/organisation", Everybody, (*visit).toOrganisation, nil},
	{get, backFromOrganisation, Everybody, (*visit).fromOrganisation, nil},
	{get, "/me/organisation", Known, (*visit).toTie, nil},
	{post, "/me/organisation/untie", Known, (*visit).untie, nil},
}

// backFromOrganisation is where the organisation sends people back to.
const backFromOrganisation = "/in/organisation/back"

// awayLimit is how long somebody may be at the sign-in of their organisation.
const awayLimit = 10 * time.Minute

// errAnew says that what came back was not begun in this browser, or too long
// ago, or came back before.
var errAnew = errors.New("web: this sign-in was not begun here, or is over")

// away is what a browser keeps, sealed, of who is at the sign-in of their
// organisation.
type away struct {
	Question organisation.Question
	Ends     time.Time
	Back     string
	Shared   bool
	Session  []byte // the hash of the session in which tying began, or nil
}

// awaySeal is the purpose under which it is sealed.
const awaySeal = "sign-in of an organisation"

// organisationIn is what the page to come in offers of it.
func (v *visit) organisationIn() page.OrganisationIn {
	if v.Organisation == nil {
		return page.OrganisationIn{}
	}
	return page.OrganisationIn{Name: v.Organisation.Name()}
}

// ownOrganisation is what who asks has of it.
func (v *visit) ownOrganisation() (page.OwnOrganisation, error) {
	if v.Organisation == nil {
		return page.OwnOrganisation{}, nil
	}
	by := v.Organisation
	since, tied, err := v.Door.TiedSince(v.r.Context(), v.session.Person, by.Issuer())
	if err != nil {
		return page.OwnOrganisation{}, err
	}
	return page.OwnOrganisation{Name: by.Name(), Tied: tied, Since: v.here(since), MayUntie: v.session.By.Strong()}, nil
}

// toOrganisation sends somebody to the sign-in of their organisation.
func (v *visit) toOrganisation() error {
	query := v.r.URL.Query()
	return v.sendAway(away{Back: local(query.Get("back"), "/"), Shared: query.Get("shared") == "yes"})
}

// toTie sends somebody there who is in, to tie who they are there to who they
// are here. Only our own page begins it: otherwise another site could have
// somebody tie what is not theirs.
func (v *visit) toTie() error {
	if v.Organisation == nil {
		return samenspel.ErrNotFound
	}
	if v.r.Header.Get("Sec-Fetch-Site") != "same-origin" {
		return errForged
	}
	if err := v.ownKey(); err != nil {
		return err
	}
	return v.sendAway(away{Back: "/me", Session: v.sessionMark()})
}

// sessionMark is by what the session of this browser is known again.
func (v *visit) sessionMark() []byte {
	sum := sha256.Sum256([]byte(v.cookie(v.sessionCookie())))
	return sum[:]
}

func (v *visit) sendAway(a away) error {
	if v.Organisation == nil {
		return samenspel.ErrNotFound
	}
	address, question, err := v.Organisation.Ask(v.r.Context(), v.Address+backFromOrganisation)
	if err != nil {
		return v.notByOrganisation(a, err)
	}
	a.Question, a.Ends = question, v.Now().Add(awayLimit)
	plain, err := json.Marshal(a)
	if err != nil {
		return err
	}
	sealed, err := v.Door.Sealer.Seal(awaySeal, plain)
	if err != nil {
		return err
	}
	v.keep(v.awayCookie(), base64.RawURLEncoding.EncodeToString(sealed), awayLimit)
	return v.lead(address)
}

func (v *visit) awayCookie() string { return v.sessionCookie() + "-organisation" }

// wasAway is what this browser keeps of who was away, or errAnew.
func (v *visit) wasAway() (away, error) {
	var a away
	sealed, err := base64.RawURLEncoding.DecodeString(v.cookie(v.awayCookie()))
	if err != nil || len(sealed) == 0 {
		return away{}, errAnew
	}
	plain, err := v.Door.Sealer.Open(awaySeal, sealed)
	if err != nil || json.Unmarshal(plain, &a) != nil || !v.Now().Before(a.Ends) {
		return away{}, errAnew
	}
	return a, nil
}

// fromOrganisation is where somebody comes back. An answer to another question
// uses nothing up: anybody can send a browser here.
func (v *visit) fromOrganisation() error {
	if v.Organisation == nil {
		return samenspel.ErrNotFound
	}
	a, err := v.wasAway()
	answer := v.r.URL.Query()
	if err == nil && (v.r.Method != http.MethodGet || !a.Question.Answers(answer)) {
		err = errAnew
	}
	if err != nil {
		return v.notByOrganisation(a, err)
	}
	v.keep(v.awayCookie(), "", 0)
	by, ctx := v.Organisation, v.r.Context()
	if err := v.Door.SpendSignIn(ctx, a.Question.State, a.Ends); err != nil {
		return v.notByOrganisation(a, err)
	}
	subject, err := by.Subject(ctx, v.Address+backFromOrganisation, a.Question, answer)
	if err != nil {
		return v.notByOrganisation(a, err)
	}
	who := account.Identity{Issuer: by.Issuer(), Subject: subject}
	if a.Session != nil {
		return v.tie(a, who)
	}
	return v.enterBy(a, who)
}

// enterBy lets in whose identity it is. Whoever was in here before is out.
func (v *visit) enterBy(a away, who account.Identity) error {
	person, err := v.Door.Identified(v.r.Context(), who)
	if err == nil {
		how := v.how(account.ByOrganisation)
		how.Shared = a.Shared
		if how.Staff, err = v.atWork(person); err != nil {
			return err
		}
		err = v.comeIn(person, how)
	}
	if errors.Is(err, account.ErrNoEntry) {
		return v.showAs(http.StatusForbidden, page.NotTied{Frame: v.frame("/in", "title.welcome")})
	}
	if err != nil {
		return err
	}
	return v.lead(local(a.Back, "/"))
}

// tie ties an identity to who began it, in the same session, and renews that.
func (v *visit) tie(a away, who account.Identity) error {
	if !v.known || string(a.Session) != string(v.sessionMark()) {
		return v.notByOrganisation(a, errAnew)
	}
	if err := v.ownKey(); err != nil {
		return err
	}
	token, session, err := v.Door.Tie(v.r.Context(), who, v.cookie(v.sessionCookie()), v.stillHow(account.ByOrganisation))
	if err != nil {
		return v.notByOrganisation(a, err)
	}
	if err := v.letIn(token, session); err != nil {
		return err
	}
	return v.lead(a.Back)
}

// untie takes the tie away.
func (v *visit) untie() error {
	if v.Organisation == nil {
		return samenspel.ErrNotFound
	}
	if err := v.ownKey(); err != nil {
		return err
	}
	if err := v.Door.Untie(v.r.Context(), v.session.Person, v.Organisation.Issuer()); err != nil {
		return lastWay(err)
	}
	return v.lead("/me")
}

// notByOrganisation says why it did not work, in words that tell nothing of
// the answer. What the administrator of the machine can do something about is
// in the log: the errors of package organisation hold our own words only.
func (v *visit) notByOrganisation(a away, err error) error {
	status, key := http.StatusForbidden, ""
	switch {
	case errors.Is(err, errAnew), errors.Is(err, account.ErrNoEntry):
		key = "organisation.anew"
	case errors.Is(err, organisation.ErrDenied):
		key = "organisation.denied"
	case errors.Is(err, organisation.ErrLevel):
		key = "organisation.level"
	case errors.Is(err, organisation.ErrAnswer):
		key = "organisation.answer"
	case errors.Is(err, account.ErrTied):
		status, key = http.StatusConflict, "organisation.tied_already"
	case errors.Is(err, organisation.ErrAway):
		status, key = http.StatusServiceUnavailable, "organisation.away"
	default:
		return err
	}
	v.noteRefused(accesslog.Line{Kind: accesslog.SignIn, What: "organisation"})
	if errors.Is(err, organisation.ErrAway) || errors.Is(err, organisation.ErrAnswer) || errors.Is(err, organisation.ErrLevel) {
		v.numbered().Warn("nobody came in by the organisation's sign-in", "reason", err)
	}
	p := page.NotByOrganisation{Frame: v.frame("/in", "title.welcome"), Name: v.Organisation.Name(), Key: key, Back: "/in"}
	if a.Session != nil {
		p.Back = "/me"
	}
	return v.showAs(status, p)
}
