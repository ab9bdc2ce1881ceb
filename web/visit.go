package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/meter"
	"samenspel/web/page"
	"samenspel/web/static"
	"samenspel/web/text"
)

// mostBody is the largest form that is read: the longest text, each character
// written in the longest way, with room for the rest.
const mostBody = 16*samenspel.MaxWords + 16<<10

// visit is one request on its way to an answer.
type visit struct {
	*Site
	w       http.ResponseWriter
	r       *http.Request
	text    *text.Language
	session account.Session
	known   bool
	staff   string  // as what in the whole program, on routes for staff
	shows   Showing // on routes for partners, as the next
	seen    *samenspel.Seen
	pattern string // of the route
	faulted string // of what went wrong, as the reader and the log have it
}

// serve answers a request on one route: who is it, may they, and then what
// the route does. Whatever goes wrong is said in one place.
func (s *Site) serve(w http.ResponseWriter, r *http.Request, route Route) {
	v := &visit{Site: s, w: w, r: r, text: text.For(r), pattern: route.Path}
	if l := text.In(v.cookie("lang")); l != nil {
		v.text = l
	}
	defer v.bounded(route)()
	if err := v.through(route); err != nil {
		v.fail(route, err)
	}
}

// through finds out who asks, and does what the route does. A panic is a fault
// like any other: the next request is served, and what it would say is not
// told, since it could hold what somebody wrote.
func (v *visit) through(route Route) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			v.numbered().Error("a route panicked", "method", v.r.Method, "kind", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	done, err := v.letThrough(route)
	if err != nil {
		return v.crowded(route, err)
	}
	defer done()
	if err := v.admit(route); err != nil {
		return err
	}
	return route.handle(v)
}

// admit finds out who asks and whether the route is for them.
func (v *visit) admit(route Route) error {
	if v.r.Method == http.MethodPost {
		if err := v.readForm(route.most()); err != nil {
			return err
		}
	}
	if err := v.recognise(route); err != nil {
		return err
	}
	if route.For == Everybody {
		return nil
	}
	if !v.known {
		return errComeIn
	}
	if err := v.gate(route); err != nil {
		return err
	}
	if !isText(v.r.URL.Path) {
		return samenspel.ErrNotFound
	}
	switch route.For {
	case Partner:
		if v.shows = route.Shows; v.shows == nil {
			return errShows
		}
		look := v.showing(route)
		seen, err := v.Workspace.See(v.r.Context(), v.session.Person, v.alliance(), look)
		if !look.Acts {
			v.seen = seen
		}
		return err
	case Beginner, Administrator, Officer:
		p, err := v.person()
		if err != nil {
			return err
		}
		if route.For == Beginner && !p.MayBegin || route.For == Administrator && !p.Admin || route.For == Officer && !p.Officer {
			return samenspel.ErrNotFound
		}
		if route.For != Beginner && !v.session.By.Strong() {
			return errFirst
		}
		v.staff = staffWords[route.For]
		if err := v.come(); err != nil {
			return err
		}
	}
	return v.houseRead(route)
}

// recognise finds out who comes, if they have a session.
func (v *visit) recognise(route Route) error {
	c, err := v.r.Cookie(v.sessionCookie())
	if err != nil {
		return nil // there is none
	}
	who := v.Door.Who
	if route.need().work == meter.Stream {
		who = v.Door.Still // a page that stays open, while nobody may be there
	}
	session, err := who(v.r.Context(), c.Value)
	switch {
	case err == nil:
		v.session, v.known = session, true
		return v.come()
	case !errors.Is(err, account.ErrNoEntry):
		return err
	}
	return nil
}

// staffWords are as what somebody comes to a route for staff.
var staffWords = map[Access]string{
	Beginner: accesslog.ForProfessional, Administrator: accesslog.ForAdministrator, Officer: accesslog.ForOfficer,
}

// person is who asks, with their rights in the whole program.
func (v *visit) person() (account.Person, error) {
	return v.Door.Person(v.r.Context(), v.session.Person)
}

// readForm reads a form that comes from a page of this site. Of one with a file
// in it only the head is read: the rest is for whoever the route is for.
func (v *visit) readForm(most int64) error {
	// CrossOriginProtection lets through what carries neither header, for
	// programs that are no browser. Here only browsers write.
	if v.r.Header.Get("Sec-Fetch-Site") == "" && v.r.Header.Get("Origin") == "" {
		return errForged
	}
	if err := v.forged.Check(v.r); err != nil {
		return errForged
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, most)
	err := v.r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.too_long", Max: samenspel.MaxWords}
	case err != nil:
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.form"}
	case !isText(v.r.PostForm.Get("command")): // of which ids are made
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.form"}
	}
	apart(v.r.PostForm)
	return nil
}

// apart gives each value of a form memory of its own. As they were parsed they
// are pieces of what was sent: an id that is kept would keep all of it.
func apart(form url.Values) {
	for _, values := range form {
		for i, value := range values {
			values[i] = strings.Clone(value)
		}
	}
}

// isText reports whether every database can look for it. PostgreSQL knows no
// text with a zero byte in it, or with bytes that are no UTF-8.
func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

func (v *visit) alliance() samenspel.AllianceID {
	return samenspel.AllianceID(v.r.PathValue("alliance"))
}

func (v *visit) cookie(name string) string {
	if c, err := v.r.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

// frame is what a page of this visit has around it. Path is its own address.
func (v *visit) frame(path, key string) *page.Frame {
	f := &page.Frame{
		Text: v.text, Now: v.here(v.Now()), Key: key, Path: path, Signed: v.known, Seen: v.seen,
		NewID: v.NewID, Demo: len(v.Demo) > 0,
	}
	if theme := v.cookie("theme"); theme == "light" || theme == "dark" {
		f.Theme = theme
	}
	if size := v.cookie("size"); size == "large" || size == "larger" {
		f.Size = size
	}
	if v.seen != nil {
		f.Brand = v.seen.Title
	}
	if did := v.r.URL.Query().Get("did"); did != "" && len(did) < 32 && v.text.Has("did."+did) {
		f.Done = "did." + did
	}
	return f
}

// inside is the frame of a page of the alliance; at says where in the bar.
func (v *visit) inside(path, at string) *page.Frame {
	f := v.frame("/a/"+string(v.seen.Alliance)+path, "title."+at)
	f.At = at
	return f
}

// show answers with a page.
func (v *visit) show(p page.Page) error { return v.showAs(http.StatusOK, p) }

func (v *visit) showAs(status int, p page.Page) error {
	made, err := v.render(p)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Length", strconv.Itoa(len(made)))
	v.w.WriteHeader(status)
	_, _ = v.w.Write(made) // the reader went away: nothing to do
	return nil
}

// command is the wish of a form, under the id that the form brought.
func (v *visit) command(w samenspel.Wish) samenspel.Command {
	return samenspel.Command{ID: samenspel.CommandID(v.r.PostForm.Get("command")), Arrived: v.Now().UTC(), Wish: w}
}

// do takes a wish to the alliance of this visit.
func (v *visit) do(w samenspel.Wish) error {
	return v.Workspace.Do(v.r.Context(), v.session.Person, v.alliance(), v.command(w))
}

// act takes a wish, and leads back to where the button was.
func (v *visit) act(w samenspel.Wish, did string) error {
	if err := v.do(w); err != nil {
		return err
	}
	return v.back(did)
}

// back leads to the page that a form came from, saying what was done.
func (v *visit) back(did string) error {
	to, err := url.Parse(local(v.r.PostForm.Get("back"), v.home()))
	if err != nil {
		return err
	}
	query := to.Query()
	query.Del("did")
	if did != "" {
		query.Set("did", did)
	}
	to.RawQuery = query.Encode()
	return v.lead(to.String())
}

func (v *visit) home() string {
	if v.seen != nil || v.shows != nil && v.r.Method == http.MethodPost {
		return "/a/" + string(v.alliance())
	}
	return "/"
}

func (v *visit) lead(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// local gives an address when it is one of this site, else the other. A second
// slash that hides as %2F would come out when the address is written anew.
func local(address, otherwise string) string {
	u, err := url.Parse(address)
	bad := err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || len(address) > 1024 ||
		!strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.HasPrefix(u.Path, "//") ||
		strings.ContainsAny(address, "\\\r\n\t")
	if bad {
		return otherwise
	}
	return address
}

// words takes a text from the form.
func (v *visit) words(field string, most int) (samenspel.Words, error) {
	return samenspel.ParseWords(v.r.PostForm.Get(field), most)
}

func (v *visit) secure() bool { return strings.HasPrefix(v.Address, "https://") }

func (v *visit) sessionCookie() string {
	if v.secure() {
		return "__Host-samenspel"
	}
	return "samenspel"
}

// noteIn notes that somebody came in.
func (v *visit) noteIn(token string, s account.Session) error {
	from, err := v.origin()
	if err != nil {
		return err
	}
	from.Person, from.Device, from.Session = s.Person, s.Device, s.ID
	return v.Note(v.r.Context(), from.In(accesslog.Line{Kind: accesslog.SignIn, What: string(s.By)}))
}

// letIn gives the browser its session, and ends the one that it had, whosever
// that was: a token from before opens nothing afterwards. That somebody came in
// is noted first: when it cannot be, the session ends and they are not in. On a
// device of others the cookie goes when the browser closes.
func (v *visit) letIn(token string, s account.Session) error {
	if err := v.noteIn(token, s); err != nil {
		return errors.Join(err, v.Door.End(v.r.Context(), token))
	}
	if err := v.Door.End(v.r.Context(), v.cookie(v.sessionCookie())); err != nil {
		return err
	}
	if err := v.Workspace.Wake(v.r.Context(), s.Person); err != nil {
		return err
	}
	v.session, v.known = s, true
	limit := account.OtherLimit
	switch {
	case s.Shared:
		limit = 0
	case s.Staff:
		limit = account.StaffLimit
	}
	v.keep(v.sessionCookie(), token, limit)
	return nil
}

// keep puts a cookie on the device.
func (v *visit) keep(name, value string, limit time.Duration) {
	c := &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(limit.Seconds()),
		HttpOnly: true, Secure: v.secure(), SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// guarded puts on every answer what protects its reader.
func (s *Site) guarded(next http.Handler) http.Handler {
	fixed := map[string]string{
		"Content-Security-Policy":      static.CSP,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), interest-cohort=()",
		"Cache-Control":                "no-store",
	}
	if strings.HasPrefix(s.Address, "https://") {
		fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range fixed {
			w.Header().Set(name, value)
		}
		hurry(w, r)
		next.ServeHTTP(w, r)
	})
}
