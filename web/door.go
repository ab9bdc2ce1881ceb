package web

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"samenspel"
	"samenspel/account"
	"samenspel/web/page"
	"samenspel/web/text"
	"samenspel/workspace"
)

func (v *visit) healthy() error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = v.w.Write([]byte("ok\n"))
	return nil
}

// front leads somebody with one alliance straight to it.
func (v *visit) front() error {
	if !v.known {
		return v.show(page.Welcome{Frame: v.frame("/", "title.welcome")})
	}
	p, err := v.person()
	if err != nil {
		return err
	}
	told, err := v.Door.BackIns(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	if len(told) > 0 && v.session.By.Strong() {
		return v.lead("/me") // where it is told
	}
	ids, err := v.Workspace.AlliancesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	if len(ids) == 1 && !p.MayBegin && !p.Admin {
		return v.lead("/a/" + string(ids[0]))
	}
	return v.lead("/start")
}

func (v *visit) start() error {
	p, err := v.person()
	if err != nil {
		return err
	}
	ids, err := v.Workspace.AlliancesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	list := page.Start{Frame: v.frame("/start", "title.start"), MayBegin: p.MayBegin, Admin: p.Admin}
	tables, err := v.seeAll(ids)
	if err != nil {
		return err
	}
	for _, seen := range tables {
		f := page.Frame{Text: v.text, Seen: seen}
		var others []samenspel.PartnerID
		for _, o := range f.Others() {
			others = append(others, o.ID)
		}
		list.Tables = append(list.Tables, page.TableRow{Seen: seen, Who: f.Names(others)})
	}
	return v.show(list)
}

// atOnce is how many alliances of a list are looked at side by side, so that
// their lines are written together.
const atOnce = 16

// seeAll looks at several alliances as at a list.
func (v *visit) seeAll(ids []samenspel.AllianceID) ([]*samenspel.Seen, error) {
	tables, errs := make([]*samenspel.Seen, len(ids)), make([]error, len(ids))
	room := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, id := range ids {
		room <- struct{}{}
		all.Go(func() {
			tables[i], errs[i] = v.Workspace.See(v.r.Context(), v.session.Person, id, workspace.Look{What: inList})
			if errors.Is(errs[i], samenspel.ErrNotFound) {
				errs[i] = nil // left in this very moment
			}
			<-room
		})
	}
	all.Wait()
	return slices.DeleteFunc(tables, func(s *samenspel.Seen) bool { return s == nil }), errors.Join(errs...)
}

func (v *visit) help() error {
	topics := []string{"seen", "words", "layers", "pace", "undo", "exit", "back"}
	house, err := v.House.Organisation(v.r.Context())
	if err != nil {
		return err
	}
	return v.show(page.Help{Frame: v.frame("/help", "title.help"), Topics: topics, House: house})
}

func (v *visit) settings() error {
	p := page.Settings{Frame: v.frame("/settings", "title.settings")}
	p.Back = local(v.r.URL.Query().Get("back"), "/")
	return v.show(p)
}

// lookKept is how long a device remembers its language and looks.
const lookKept = 365 * 24 * time.Hour

func (v *visit) set() error {
	v.keepLooks()
	return v.lead(local(v.r.PostForm.Get("back"), "/"))
}

// keepLooks remembers the language and the looks that a form brought.
func (v *visit) keepLooks() {
	form := v.r.PostForm
	if l := text.In(form.Get("lang")); l != nil {
		v.keep("lang", l.Tag, lookKept)
		v.text = l
	}
	for name, known := range map[string]string{"theme": " light dark ", "size": " large larger "} {
		if !form.Has(name) {
			continue
		}
		value := form.Get(name)
		if value == "" || strings.Contains(known, " "+value+" ") {
			v.keep(name, value, lookKept)
		}
	}
}

// leaveSite ends the session, here or on every device. Pages that are open
// elsewhere find out at once.
func (v *visit) leaveSite() error {
	if v.known {
		var err error
		if v.r.PostForm.Get("everywhere") == "yes" {
			err = v.Door.EndAll(v.r.Context(), v.session.Person)
		} else {
			err = v.Door.End(v.r.Context(), v.cookie(v.sessionCookie()))
		}
		if err == nil {
			err = v.Workspace.Wake(v.r.Context(), v.session.Person)
		}
		if err != nil {
			return err
		}
	}
	v.keep(v.sessionCookie(), "", 0)
	v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return v.lead("/")
}

// demo lets one of the invented people in.
func (v *visit) demo() error {
	person, ok := v.Demo[v.r.PathValue("name")]
	if !ok {
		return samenspel.ErrNotFound
	}
	p, err := v.Door.Person(v.r.Context(), person)
	if err != nil {
		return err
	}
	token, session, err := v.Door.Start(v.r.Context(), p, v.how(account.ByDemo))
	if err != nil {
		return err
	}
	if err := v.letIn(token, session); err != nil {
		return err
	}
	return v.lead("/")
}

func (v *visit) admin() error {
	people, err := v.Door.Staff(v.r.Context())
	if err != nil {
		return err
	}
	p := page.Admin{Frame: v.frame("/admin", "title.admin")}
	p.Post = p.Fresh("/admin")
	for _, one := range people {
		who := page.ProfessionalOf(p.Frame, one.ID, one.Name)
		who.MayBegin, who.Admin, who.Officer, who.Closed = one.MayBegin, one.Admin, one.Officer, one.Closed
		p.Staff = append(p.Staff, who)
	}
	return v.show(p)
}

func (v *visit) beginForm() error {
	p := page.Begin{Frame: v.frame("/begin", "title.start")}
	p.Post = p.Fresh("/start")
	if person, err := v.person(); err == nil {
		p.OwnName = p.Said(person.Name)
	}
	return v.show(p)
}

// begin opens an alliance under the id of the command, so that a form that
// is sent twice opens one.
func (v *visit) begin() error {
	form := v.r.PostForm
	wish, err := v.beginWish()
	if err == nil {
		err = v.Workspace.Do(v.r.Context(), v.session.Person, samenspel.AllianceID(form.Get("command")), v.command(wish))
	}
	if err != nil {
		p := page.Begin{Frame: v.frame("/begin", "title.start"), Words: valid(form.Get("title")), OwnName: valid(form.Get("name")), As: valid(form.Get("as"))}
		p.Post = p.Fresh("/start")
		return v.again(p.Frame, p, err)
	}
	return v.lead("/a/" + form.Get("command") + "/ambition")
}

func (v *visit) beginWish() (w samenspel.BeginAlliance, err error) {
	if w.Title, err = v.words("title", samenspel.MaxName); err != nil {
		return w, err
	}
	if w.Name, err = v.words("name", samenspel.MaxName); err != nil {
		return w, err
	}
	w.As, err = v.words("as", samenspel.MaxName)
	return w, err
}

// valid gives typed text back to its form, unless it is no text.
func valid(typed string) string {
	if !utf8.ValidString(typed) {
		return ""
	}
	return typed
}
