package web

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/web/page"
	"samenspel/workspace"
)

// door asks for the link and its code. It knows nothing of any link: whoever
// only looks, also a machine, finds out nothing and uses nothing up.
func (v *visit) door() error { return v.show(v.doorPage(account.Key{})) }

func (v *visit) doorPage(key account.Key) page.Door {
	p := page.Door{Frame: v.frame("/door", "title.welcome"), Secret: valid(key.Secret), Code: valid(key.Code)}
	p.Size = v.chosenSize(p.Size)
	return p
}

// notNow is for who would rather not come in. Nobody hears of it.
func (v *visit) notNow() error {
	return v.show(page.NotNow{Frame: v.frame("/door/not", "title.welcome")})
}

// knock holds a code against a link without using the link up, and asks what
// somebody is asked who comes in. With another language it does so again.
func (v *visit) knock() error {
	key := v.key()
	v.keepLooks()
	if v.r.PostForm.Has("lang") && key.Code == "" {
		return v.show(v.doorPage(key)) // only the language was chosen
	}
	link, err := v.tryKey(key)
	if err != nil {
		return v.notIn(key, err)
	}
	p, err := v.enterPage(link, key)
	if err != nil {
		return v.notIn(key, err)
	}
	return v.show(p)
}

// key is what somebody shows: the secret is what stands after # in a link, and
// somebody may paste the whole link.
func (v *visit) key() account.Key {
	form := v.r.PostForm
	secret := strings.TrimSpace(form.Get("secret"))
	if _, after, ok := strings.Cut(secret, "#"); ok {
		secret = after
	}
	return account.Key{Secret: secret, Code: strings.TrimSpace(form.Get("code")), Form: form.Get("command")}
}

// tryKey holds a key against the links there are. When that closes the link,
// who made it sees so at once.
func (v *visit) tryKey(key account.Key) (account.Link, error) {
	link, closed, err := v.Door.Look(v.r.Context(), key)
	if closed {
		if err := v.Workspace.Wake(v.r.Context(), link.MadeBy); err != nil {
			return account.Link{}, err
		}
	}
	return link, err
}

// enterPage asks what there is to ask, with what was typed already. The first
// time it proposes the name that the inviter has for them.
func (v *visit) enterPage(link account.Link, key account.Key) (page.Enter, error) {
	form := v.r.PostForm
	p := page.Enter{
		Frame: v.frame("/door", "title.welcome"), Purpose: string(link.Purpose), Secret: key.Secret, Code: key.Code, Form: key.Form,
		Words: valid(form.Get("name")), Alone: form.Get("alone") == "yes", Pace: samenspel.Pace(form.Get("pace")),
		Shared: form.Get("shared") == "yes",
	}
	p.Size = v.chosenSize(p.Size)
	if !p.Pace.Valid() {
		p.Pace = samenspel.Ordinary
	}
	if p.Form == "" {
		p.Form = v.NewID()
	}
	if link.Purpose != account.Partner {
		return p, nil
	}
	seat, err := v.seat(link)
	if err != nil {
		return page.Enter{}, err
	}
	p.Role = seat.Role
	if !form.Has("name") {
		p.Words = p.Said(seat.Name)
	}
	return p, nil
}

// seat is the place that a link is for. It is also there when its person took
// it already but did not get in, and for nobody else.
func (v *visit) seat(link account.Link) (samenspel.Seat, error) {
	seat, err := v.Workspace.SeatAt(v.r.Context(), link.Alliance, link.Partner)
	if !errors.Is(err, samenspel.ErrNotFound) {
		return seat, err
	}
	seen, err := v.Workspace.See(v.r.Context(), link.Person, link.Alliance, own(v))
	switch {
	case errors.Is(err, samenspel.ErrNotFound), err == nil && seen.You != link.Partner:
		return samenspel.Seat{}, account.ErrNoEntry // the invitation was taken back
	case err != nil:
		return samenspel.Seat{}, err
	}
	you := seen.Partner(seen.You)
	return samenspel.Seat{Role: you.Role, Name: you.Name}, nil
}

// chosenSize is the size of text that the form brought, so that it shows at
// once.
func (v *visit) chosenSize(now string) string {
	switch size := v.r.PostForm.Get("size"); {
	case size == "large" || size == "larger":
		return size
	case v.r.PostForm.Has("size"):
		return ""
	}
	return now
}

// notIn shows the door again to who brought a key that does not open: one page
// for each reason. Who is in by this very link goes to where it led.
func (v *visit) notIn(key account.Key, err error) error {
	if !errors.Is(err, account.ErrNoEntry) && !errors.Is(err, account.ErrCode) {
		return err
	}
	if v.known {
		link, err := v.Door.UsedBy(v.r.Context(), key.Secret, v.session.Person)
		if err == nil {
			return v.leadIn(link)
		}
		if !errors.Is(err, account.ErrNoEntry) {
			return err
		}
	}
	if errors.Is(err, account.ErrNoEntry) {
		v.noteRefused(accesslog.Line{Kind: accesslog.SignIn, What: string(account.ByLink)})
	}
	p, said := v.doorPage(key), failureOf(err)
	p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: said.key}
	return v.showAs(said.status, p)
}

// leadIn leads to where a link lets somebody in.
func (v *visit) leadIn(link account.Link) error {
	if link.Purpose == account.Partner {
		return v.lead("/a/" + string(link.Alliance))
	}
	return v.lead("/")
}

// entering keeps the commands of the door apart from all others.
var entering = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel:enter"))

// enter lets somebody in. Joining comes first, under an id that belongs to the
// link: when the rest fails, the link still opens and joins nobody twice.
func (v *visit) enter() error {
	key := v.key()
	link, err := v.tryKey(key)
	if err != nil {
		return v.notIn(key, err)
	}
	v.keepLooks()
	name, err := v.words("name", samenspel.MaxName)
	if err == nil && link.Purpose == account.Partner {
		err = v.join(link, name)
	}
	if err != nil {
		return v.enterAgain(link, key, err)
	}
	staff, err := v.atWork(link.Person)
	if err != nil {
		return err
	}
	how := v.how(account.ByLink)
	how.Staff = staff
	token, session, err := v.Door.Enter(v.r.Context(), key, name, how)
	if err != nil {
		return v.enterAgain(link, key, err)
	}
	if err := v.letIn(token, session); err != nil {
		return err
	}
	return v.leadIn(link)
}

// enterAgain asks again with what was typed, also when it was no fault of the
// one who typed it: the same button then lets them in.
func (v *visit) enterAgain(link account.Link, key account.Key, wrong error) error {
	var no *samenspel.Refusal
	if !errors.As(wrong, &no) && !errors.Is(wrong, workspace.ErrFull) && !errors.Is(wrong, workspace.ErrStopped) && !errors.Is(wrong, workspace.ErrAway) {
		return v.notIn(key, wrong)
	}
	p, err := v.enterPage(link, key)
	if err != nil {
		return v.notIn(key, err)
	}
	said := failureOf(wrong)
	p.Frame.Trouble = &page.Trouble{Frame: p.Frame, Key: said.key, Max: said.most}
	if typed := v.r.PostForm.Get("name"); !utf8.ValidString(typed) {
		p.Words = ""
	}
	return v.showAs(said.status, p)
}

// join takes the place that a link is for.
func (v *visit) join(link account.Link, name samenspel.Words) error {
	form := v.r.PostForm
	cmd := samenspel.Command{
		ID:      samenspel.CommandID(uuid.NewSHA1(entering, []byte(link.ID)).String()),
		Arrived: v.Now().UTC(),
		Wish: samenspel.JoinAlliance{
			Partner: link.Partner, Name: name, Alone: form.Get("alone") == "yes", Pace: samenspel.Pace(form.Get("pace")),
		},
	}
	err := v.Workspace.Do(v.r.Context(), link.Person, link.Alliance, cmd)
	if errors.Is(err, samenspel.ErrNotFound) {
		return account.ErrNoEntry // the invitation was taken back
	}
	return err
}

// atWork tells whether somebody sits at any table for their work: their
// sessions are shorter.
func (v *visit) atWork(person samenspel.PersonID) (bool, error) {
	ids, err := v.Workspace.AlliancesOf(v.r.Context(), person)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		seen, err := v.Workspace.See(v.r.Context(), person, id, own(v))
		if errors.Is(err, samenspel.ErrNotFound) {
			continue // left in this very moment
		}
		if err != nil {
			return false, err
		}
		if role := seen.Partner(seen.You).Role; role == samenspel.Professional || role == samenspel.Colleague {
			return true, nil
		}
	}
	return false, nil
}

// doorRoutes are how somebody comes in, and what comes first for who begins.
var doorRoutes = []Route{
	{get, "/door", Everybody, (*visit).door, nil},
	{get, "/door/not", Everybody, (*visit).notNow, nil},
	{post, "/door", Everybody, (*visit).knock, nil},
	{post, "/enter", Everybody, (*visit).enter, nil},
	{post, "/a/{alliance}/people/{partner}/close", Partner, (*visit).closeLink, own},
	{get, "/a/{alliance}/ambition", Partner, (*visit).ambitionForm, own},
	{post, "/a/{alliance}/ambition", Partner, (*visit).wordAmbition, own},
	{post, "/a/{alliance}/ambition/share", Partner, (*visit).shareAmbition, own},
}
