// Package web shows alliances to people with a browser, and takes what they
// do there to the two doors of package workspace. It knows who asks, in which
// language, and what to say when something cannot be.
package web

import (
	"log/slog"
	"net/http"
	"slices"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/report"
	"samenspel/web/static"
	"samenspel/workspace"
)

// Site is the pages over one workspace. All fields but Demo are needed.
type Site struct {
	Door      *account.Door
	Workspace *workspace.Workspace
	Now       func() time.Time
	NewID     func() string // UUIDs for the commands of forms
	Log       *slog.Logger
	// Signer signs what people take along.
	Signer report.Signer
	// Address is where people reach this site, without a slash at the end:
	// "https://samenspel.example". With https, cookies go over that alone.
	Address string
	// Demo lets invented people in: by what stands in the link, who they are.
	Demo map[string]samenspel.PersonID
	// Closing ends the open streams when the program stops.
	Closing <-chan struct{}

	forged *http.CrossOriginProtection
	shelf  shelf
}

// Access is who a route is for. Whoever it is not for gets the same answer
// as for an address that is not there, or is asked to come in first.
type Access string

// The five kinds of access. Partner looks at the alliance in the address.
const (
	Everybody     Access = "everybody"
	Known         Access = "known"    // somebody with a session
	Beginner      Access = "beginner" // who may begin alliances
	Administrator Access = "administrator"
	Partner       Access = "partner" // somebody at this table
)

// Route is one address of the site, as http.ServeMux writes it. There is no
// other way in: the tests walk this list.
type Route struct {
	Method string
	Path   string
	For    Access
	handle func(*visit) error
}

// The methods, short enough to keep the list below readable.
const (
	get  = http.MethodGet
	post = http.MethodPost
)

// Routes are all addresses but the files of package static.
func (s *Site) Routes() []Route {
	routes := slices.Concat(aroundRoutes, tableRoutes, wordRoutes, planRoutes, holdRoutes, lookBackRoutes,
		agreementRoutes, frictionRoutes, circleRoutes, lookRoutes, storyRoutes)
	if len(s.Demo) > 0 {
		routes = append(routes, Route{get, "/demo/{name}", Everybody, (*visit).demo})
	}
	return routes
}

// aroundRoutes are what is around the alliances.
var aroundRoutes = []Route{
	{get, "/healthz", Everybody, (*visit).healthy},
	{get, "/{$}", Everybody, (*visit).front},
	{get, "/help", Everybody, (*visit).help},
	{get, "/method", Everybody, (*visit).method},
	{get, "/settings", Everybody, (*visit).settings},
	{post, "/settings", Everybody, (*visit).set},
	{get, "/door", Everybody, (*visit).door},
	{post, "/door", Everybody, (*visit).knock},
	{post, "/enter", Everybody, (*visit).enter},
	{post, "/out", Everybody, (*visit).leaveSite},
	{get, "/start", Known, (*visit).start},
	{get, "/begin", Beginner, (*visit).beginForm},
	{post, "/begin", Beginner, (*visit).begin},
	{get, "/admin", Administrator, (*visit).admin},
	{post, "/admin/link", Administrator, (*visit).linkProfessional},
	{post, "/admin/link/{person}", Administrator, (*visit).linkBack},
}

// tableRoutes are the pages of one alliance and its people.
var tableRoutes = []Route{
	{get, "/a/{alliance}", Partner, (*visit).today},
	{get, "/a/{alliance}/live", Partner, (*visit).todayLive},
	{post, "/a/{alliance}/undo", Partner, (*visit).undo},
	{post, "/a/{alliance}/pace", Partner, (*visit).pace},
	{get, "/a/{alliance}/more", Partner, (*visit).more},

	{get, "/a/{alliance}/picture", Partner, (*visit).firstPicture},
	{get, "/a/{alliance}/picture/{partner}", Partner, (*visit).picture},
	{get, "/a/{alliance}/picture/{partner}/live", Partner, (*visit).pictureLive},
	{get, "/a/{alliance}/picture/{partner}/{layer}", Partner, (*visit).layer},

	{get, "/a/{alliance}/people", Partner, (*visit).people},
	{get, "/a/{alliance}/people/live", Partner, (*visit).peopleLive},
	{post, "/a/{alliance}/first", Partner, (*visit).firstSeen},
	{get, "/a/{alliance}/invite", Partner, (*visit).inviteForm},
	{post, "/a/{alliance}/invite", Partner, (*visit).invite},
	{post, "/a/{alliance}/people/{partner}/link", Partner, (*visit).renew},
	{get, "/a/{alliance}/people/{partner}/out", Partner, (*visit).outForm},
	{post, "/a/{alliance}/people/{partner}/out", Partner, (*visit).out},
}

// wordRoutes are about what was said in an alliance.
var wordRoutes = []Route{
	{get, "/a/{alliance}/tell", Partner, (*visit).tellForm},
	{post, "/a/{alliance}/tell", Partner, (*visit).tell},
	{post, "/a/{alliance}/statement/{statement}/confirm", Partner, (*visit).confirm},
	{post, "/a/{alliance}/statement/{statement}/refuse", Partner, (*visit).refuse},
	{post, "/a/{alliance}/statement/{statement}/withdraw", Partner, (*visit).withdraw},
	{get, "/a/{alliance}/statement/{statement}/reword", Partner, (*visit).rewordForm},
	{post, "/a/{alliance}/statement/{statement}/reword", Partner, (*visit).reword},
	{get, "/a/{alliance}/statement/{statement}/share", Partner, (*visit).shareForm},
	{post, "/a/{alliance}/statement/{statement}/share", Partner, (*visit).share},
	{get, "/a/{alliance}/statement/{statement}/place", Partner, (*visit).placeForm},
	{post, "/a/{alliance}/statement/{statement}/place", Partner, (*visit).place},
	{get, "/a/{alliance}/statement/{statement}/view", Partner, (*visit).viewForm},
	{post, "/a/{alliance}/statement/{statement}/view", Partner, (*visit).view},
	{get, "/a/{alliance}/statement/{statement}/emotion", Partner, (*visit).emotionForm},
	{post, "/a/{alliance}/statement/{statement}/emotion", Partner, (*visit).emotion},
	{post, "/a/{alliance}/view/{view}/withdraw", Partner, (*visit).withdrawView},
	{post, "/a/{alliance}/emotion/{emotion}/{answer}", Partner, (*visit).answerEmotion},

	{get, "/a/{alliance}/themes", Partner, (*visit).themes},
	{post, "/a/{alliance}/theme", Partner, (*visit).nameTheme},
	{post, "/a/{alliance}/theme/{theme}/first", Partner, (*visit).themeFirst},
	{post, "/a/{alliance}/theme/{theme}/aside", Partner, (*visit).setAside},
	{post, "/a/{alliance}/theme/{theme}/up", Partner, (*visit).takeUp},
	{get, "/a/{alliance}/notes", Partner, (*visit).notes},
	{post, "/a/{alliance}/notes", Partner, (*visit).writeNote},
	{post, "/a/{alliance}/note/{note}/withdraw", Partner, (*visit).withdrawNote},
}

// Handler serves the site.
func (s *Site) Handler() http.Handler {
	s.forged = http.NewCrossOriginProtection()
	mux := http.NewServeMux()
	for _, r := range s.Routes() {
		mux.HandleFunc(r.Method+" "+r.Path, func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, r) })
	}
	missing := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.serve(w, req, Route{Path: "(none)", For: Everybody, handle: func(*visit) error { return samenspel.ErrNotFound }})
	})
	mux.Handle(static.Prefix, static.HandlerOr(missing))
	mux.Handle("/", missing)
	return s.guarded(mux)
}
