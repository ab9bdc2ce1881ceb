package e2e

import (
	"net/url"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// world has all that a tour along every page needs.
type world struct {
	demo, site *program
	invitation way    // that nobody uses up
	session    string // of the administrator of the site
}

func newWorld(t *testing.T, b *browser.Browser) *world {
	t.Helper()
	w := &world{demo: demo(t), site: serve(t, t.TempDir(), "127.0.0.1:0")}
	els, home := seat(t, b, w.demo, "professional", browser.Settings{})
	w.invitation = invite(els, home, "Roos", "Familie, vriend of buur")

	_, secret, _ := strings.Cut(w.site.lines["administrator (works once)"], "#")
	admin := visit(t, w.address("/door"))
	to, err := admin.post(w.address("/enter"), url.Values{"secret": {secret}, "name": {"Ineke"}})
	if err != nil {
		t.Fatal(err)
	}
	site, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range admin.client.Jar.Cookies(site) {
		w.session += c.Name + "=" + c.Value + "; path=/"
	}
	return w
}

// address is one of the site without a demo.
func (w *world) address(path string) string { return w.site.lines["samenspel"] + path }

// stop is a page of the tour.
type stop struct{ page, address string }

// look does something at a page of the tour.
type look func(t *testing.T, p *browser.Person, page string)

// tour leads somebody along every page there is, in every role.
func (w *world) tour(t *testing.T, b *browser.Browser, s browser.Settings, each look) {
	t.Helper()
	p := b.Person(t, s)
	at := func(p *browser.Person, page string) { each(t, p, page) }
	w.outside(p, at)
	browser.Eval[string](p, `document.cookie = "`+w.session+`"`)
	w.atWork(p, at)
	w.atTable(p, "vrager", at)
	w.atTable(p, "professional", at)
}

// outside are the pages for who is not known.
func (w *world) outside(p *browser.Person, each func(*browser.Person, string)) {
	for _, to := range []stop{{"welcome", "/"}, {"door", "/door"}, {"help", "/help"}, {"method", "/method"}} {
		p.Go(w.address(to.address))
		each(p, to.page)
	}
	p.Go(w.address("/nowhere"))
	p.Expect("404")
	each(p, "missing")
	p.Go(w.address("/start"))
	p.Expect("401")
	each(p, "unknown")
	p.Go(w.address("/door"))
	p.Fill("#secret", "een-link-die-er-niet-is")
	p.Fill("#code", "KKK 444")
	p.Submit("main form .main")
	p.Expect("403")
	each(p, "door-closed")
	p.Go(w.address("/door/not"))
	each(p, "door-not")
	knock(p, w.invitation)
	each(p, "enter")
}

// atWork are the pages of the administrator, and those to begin an alliance.
func (w *world) atWork(p *browser.Person, each func(*browser.Person, string)) {
	p.Go(w.address("/admin"))
	each(p, "admin")
	p.Submit("main form button")
	each(p, "link-by-administrator")
	p.Go(w.address("/settings"))
	each(p, "settings-known")
	p.Go(w.address("/"))
	each(p, "start-administrator")
}

// atTable are the pages of an alliance, for one role.
func (w *world) atTable(p *browser.Person, who string, each func(*browser.Person, string)) {
	home := arrive(p, w.demo.lines[who])
	p.Go(at(home, "picture"))
	picture := p.URL()
	stops := []stop{
		{"home", home}, {"picture", picture}, {"picture-then", picture + "?at=2"},
		{"tell", at(home, "tell")}, {"people", at(home, "people")},
	}
	forms := []string{"reword", "share", "place", "emotion"}
	if who == "professional" {
		forms = []string{"place", "view", "emotion"}
		stops = append(stops, stop{"invite", at(home, "invite")}, stop{"begin", at(home, "/begin")}, stop{"ambition", at(home, "ambition")})
	} else {
		stops = append(stops, stop{"layer", picture + "/behaviour"}, stop{"layer-none", picture + "/none"})
		for _, page := range []string{"more", "themes", "notes", "/start", "/settings"} {
			stops = append(stops, stop{name(page), at(home, page)})
		}
	}
	for _, form := range forms {
		stops = append(stops, stop{form, link(p, "/"+form+"?")})
	}
	p.Go(at(home, "people"))
	stops = append(stops, stop{"out", link(p, "/out")}, stop{"picture-empty", browser.Eval[string](p,
		`document.querySelector(".rows li:nth-child(4) a[href*='/picture/']").href`)})
	for _, to := range stops {
		p.Go(to.address)
		each(p, to.page+"-"+who)
	}
	p.Go(at(home, "tell"))
	p.Fill("#words", " ")
	p.Submit("main form button")
	p.Expect("422")
	each(p, "tell-trouble-"+who)
	p.Go(at(home, "people"))
	p.Click(`li:has(form[action$="/link"]) summary`)
	p.Submit(`form[action$="/link"] button`)
	each(p, "link-"+who)
}

// link is the first address on the page that holds a part.
func link(p *browser.Person, part string) string {
	return browser.Eval[string](p, `document.querySelector('main a[href*="`+part+`"]').href`)
}
