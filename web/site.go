// Package web shows alliances to people with a browser, and takes what they
// do there to the two doors of package workspace. It knows who asks, in which
// language, and what to say when something cannot be.
package web

import (
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/account/organisation"
	"samenspel/account/passkey"
	"samenspel/house"
	"samenspel/meter"
	"samenspel/report"
	"samenspel/web/static"
	"samenspel/workspace"
)

// Site is the pages over one workspace. All fields up to Address are
// needed.
type Site struct {
	Door      *account.Door
	Workspace *workspace.Workspace
	House     house.Store
	Access    *accesslog.Log // who had access; one that has begun
	Now       func() time.Time
	NewID     func() string // UUIDs for the commands of forms
	Log       *slog.Logger
	// Signer signs what people take along.
	Signer report.Signer
	// Terms are how long alliances are kept, beside the organisation's own.
	Terms []samenspel.Regime
	// Address is where people reach this site, without a slash at the end:
	// "https://samenspel.example". With https, cookies go over that alone.
	Address string
	// Coder is the lens. Without it a transcript is laid without codes, and
	// nobody practises beside it.
	Coder Coder
	// Suggester may give other codes than the lens; nil where the organisation
	// chose none.
	Suggester Suggester
	// Organisation is the sign-in of the organisation itself; nil where there is
	// none.
	Organisation *organisation.SignIn
	// Contact is where people report a weakness, or "".
	Contact Contact
	// Demo lets invented people in: by what stands in the link, who they are.
	Demo map[string]samenspel.PersonID
	// Zone is where people are when they read a time; nil is UTC.
	Zone *time.Location
	// Proxy says that a proxy stands before the program, and writes behind
	// X-Forwarded-For where a request comes from.
	Proxy bool
	// Closing ends the open streams when the program stops.
	Closing <-chan struct{}
	// Ready says whether people can be served now; nil is always.
	Ready func() bool
	// Memory lets work in while there is room for it; nil lets all in.
	Memory Memory
	// Meter counts; nil counts nothing.
	Meter *meter.Meter
	// Wait is how long an answer may take before somebody hears that it is not
	// known yet; 0 is 15 seconds.
	Wait time.Duration

	forged  *http.CrossOriginProtection
	party   *passkey.Party // nil where browsers have no passkeys
	shelf   shelf
	tries   throttle         // to come in
	turns   chan struct{}    // one for each page that is made at this moment
	streams atomic.Int64     // live ones that are open
	recent  accesslog.Recent // looks at pages outside the alliances
	sheets  sheets
}

// Access is who a route is for. Whoever it is not for gets the same answer
// as for an address that is not there, or is asked to come in first.
type Access string

// The six kinds of access. Partner looks at the alliance in the address.
const (
	Everybody     Access = "everybody"
	Known         Access = "known"    // somebody with a session
	Beginner      Access = "beginner" // who may begin alliances
	Administrator Access = "administrator"
	Officer       Access = "officer" // who watches over privacy
	Partner       Access = "partner" // somebody at this table
)

// Route is one address of the site, as http.ServeMux writes it. There is no
// other way in: the tests walk this list.
type Route struct {
	Method string
	Path   string
	For    Access
	handle func(*visit) error
	Shows  Showing // on routes for partners
}

// The methods, short enough to keep the list below readable.
const (
	get  = http.MethodGet
	post = http.MethodPost
)

// Routes are all addresses but the files of package static.
func (s *Site) Routes() []Route {
	routes := slices.Concat(aroundRoutes, doorRoutes, tableRoutes, wordRoutes, planRoutes, holdRoutes, lookBackRoutes,
		lensRoutes, agreementRoutes, frictionRoutes, circleRoutes, lookRoutes, storyRoutes, practiceRoutes,
		signInRoutes, passkeyRoutes, organisationRoutes, emergencyRoutes, staffRoutes, logRoutes, eraseRoutes, keepingRoutes, consentRoutes, youngRoutes)
	if len(s.Demo) > 0 {
		routes = append(routes, Route{get, "/demo/{name}", Everybody, (*visit).demo, nil})
	}
	return routes
}

// aroundRoutes are what is around the alliances.
var aroundRoutes = []Route{
	{get, "/healthz", Everybody, (*visit).healthy, nil},
	{get, "/readyz", Everybody, (*visit).ready, nil},
	{get, "/.well-known/security.txt", Everybody, (*visit).security, nil},
	{get, "/{$}", Everybody, (*visit).front, nil},
	{get, "/help", Everybody, (*visit).help, nil},
	{get, "/method", Everybody, (*visit).method, nil},
	{get, "/settings", Everybody, (*visit).settings, nil},
	{post, "/settings", Everybody, (*visit).set, nil},
	{post, "/out", Everybody, (*visit).leaveSite, nil},
	{get, "/start", Known, (*visit).start, nil},
	{get, "/begin", Beginner, (*visit).beginForm, nil},
	{post, "/begin", Beginner, (*visit).begin, nil},
	{get, "/admin", Administrator, (*visit).admin, nil},
	{post, "/admin/link", Administrator, (*visit).linkProfessional, nil},
	{post, "/admin/link/{person}", Administrator, (*visit).linkBack, nil},
}

// tableRoutes are the pages of one alliance and its people.
var tableRoutes = []Route{
	{get, "/a/{alliance}", Partner, (*visit).today, whole("home")},
	{get, "/a/{alliance}/live", Partner, (*visit).todayLive, whole("home")},
	{post, "/a/{alliance}/undo", Partner, (*visit).undo, own},
	{post, "/a/{alliance}/pace", Partner, (*visit).pace, own},
	{get, "/a/{alliance}/more", Partner, (*visit).more, own},

	{get, "/a/{alliance}/picture", Partner, (*visit).firstPicture, own},
	{get, "/a/{alliance}/picture/{partner}", Partner, (*visit).picture, ofPartner("picture")},
	{get, "/a/{alliance}/picture/{partner}/live", Partner, (*visit).pictureLive, ofPartner("picture")},
	{get, "/a/{alliance}/picture/{partner}/{layer}", Partner, (*visit).layer, ofPartner("layer")},

	{get, "/a/{alliance}/people", Partner, (*visit).people, whole("people")},
	{get, "/a/{alliance}/people/live", Partner, (*visit).peopleLive, whole("people")},
	{post, "/a/{alliance}/first", Partner, (*visit).firstSeen, own},
	{get, "/a/{alliance}/invite", Partner, (*visit).inviteForm, own},
	{post, "/a/{alliance}/invite", Partner, (*visit).invite, own},
	{post, "/a/{alliance}/people/{partner}/link", Partner, (*visit).renew, own},
	{get, "/a/{alliance}/people/{partner}/out", Partner, (*visit).outForm, own},
	{post, "/a/{alliance}/people/{partner}/out", Partner, (*visit).out, own},
}

// wordRoutes are about what was said in an alliance.
var wordRoutes = []Route{
	{get, "/a/{alliance}/tell", Partner, (*visit).tellForm, whole("tell")},
	{post, "/a/{alliance}/tell", Partner, (*visit).tell, acts(whole("tell"))},
	{post, "/a/{alliance}/statement/{statement}/confirm", Partner, (*visit).confirm, own},
	{post, "/a/{alliance}/statement/{statement}/refuse", Partner, (*visit).refuse, own},
	{post, "/a/{alliance}/statement/{statement}/withdraw", Partner, (*visit).withdraw, own},
	{get, "/a/{alliance}/statement/{statement}/reword", Partner, (*visit).rewordForm, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/statement/{statement}/reword", Partner, (*visit).reword, ofStatement(workspace.Words)},
	{get, "/a/{alliance}/statement/{statement}/share", Partner, (*visit).shareForm, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/statement/{statement}/share", Partner, (*visit).share, ofStatement(workspace.Words)},
	{get, "/a/{alliance}/statement/{statement}/place", Partner, (*visit).placeForm, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/statement/{statement}/place", Partner, (*visit).place, ofStatement(workspace.Words)},
	{get, "/a/{alliance}/statement/{statement}/view", Partner, (*visit).viewForm, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/statement/{statement}/view", Partner, (*visit).view, ofStatement(workspace.Words)},
	{get, "/a/{alliance}/statement/{statement}/emotion", Partner, (*visit).emotionForm, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/statement/{statement}/emotion", Partner, (*visit).emotion, ofStatement(workspace.Words)},
	{post, "/a/{alliance}/view/{view}/withdraw", Partner, (*visit).withdrawView, own},
	{post, "/a/{alliance}/emotion/{emotion}/{answer}", Partner, (*visit).answerEmotion, own},

	{get, "/a/{alliance}/themes", Partner, (*visit).themes, own},
	{post, "/a/{alliance}/theme", Partner, (*visit).nameTheme, own},
	{post, "/a/{alliance}/theme/{theme}/first", Partner, (*visit).themeFirst, own},
	{post, "/a/{alliance}/theme/{theme}/aside", Partner, (*visit).setAside, own},
	{post, "/a/{alliance}/theme/{theme}/up", Partner, (*visit).takeUp, own},
	{get, "/a/{alliance}/notes", Partner, (*visit).notes, own},
	{post, "/a/{alliance}/notes", Partner, (*visit).writeNote, own},
	{post, "/a/{alliance}/note/{note}/withdraw", Partner, (*visit).withdrawNote, own},
}

// Handler serves the site.
func (s *Site) Handler() http.Handler {
	s.turns = make(chan struct{}, max(4, 2*runtime.NumCPU()))
	s.forged, s.party = http.NewCrossOriginProtection(), passkey.At(s.Address)
	mux := http.NewServeMux()
	for _, r := range s.Routes() {
		mux.HandleFunc(r.Method+" "+r.Path, s.counted(r))
	}
	missing := s.counted(Route{Path: "(none)", For: Everybody, handle: func(*visit) error { return samenspel.ErrNotFound }})
	mux.Handle(static.Prefix, static.HandlerOr(missing))
	mux.Handle("/", missing)
	return s.guarded(mux)
}
