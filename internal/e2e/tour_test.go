package e2e

import (
	"slices"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// stop is a page of the tour.
type stop struct{ page, address string }

// look does something at a page of the tour.
type look func(t *testing.T, p *browser.Person, page string)

// everybody is whose pages the whole tour leads along: those who are not at a
// table, and two who are.
var everybody = []string{"outside", "vrager", "professional"}

// tour leads somebody along every page there is, for each of these.
func (w *world) tour(t *testing.T, b *browser.Browser, s browser.Settings, who []string, each look) {
	t.Helper()
	p := b.Person(t, s)
	at := func(p *browser.Person, page string) { each(t, p, page) }
	for _, who := range who {
		if who == "outside" {
			w.outside(p, at)
			browser.Eval[string](p, `document.cookie = "`+w.session+`"`)
			w.atWork(p, at)
			continue
		}
		w.atTable(p, who, at)
		w.afterwards(p, who, at)
	}
}

// outside are the pages for who is not known.
func (w *world) outside(p *browser.Person, each func(*browser.Person, string)) {
	for _, to := range []stop{{"welcome", "/"}, {"door", "/door"}, {"in", "/in"}, {"help", "/help"}, {"method", "/method"}} {
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
	p.Go(w.invitation.link)
	p.Wait("#code")
	each(p, "door-code")
	knock(p, w.invitation)
	each(p, "enter")
}

// atWork are the pages of the administrator, and those to begin an alliance.
func (w *world) atWork(p *browser.Person, each func(*browser.Person, string)) {
	p.Go(w.address("/admin"))
	each(p, "admin")
	p.Submit("main form button")
	each(p, "link-by-administrator")
	for _, to := range []stop{
		{"activities", "/admin/activities"}, {"activities-en", "/admin/activities?in=en"},
		{"settings-known", "/settings"}, {"me", "/me"}, {"password", "/me/password"}, {"start-administrator", "/"},
		{"practice", "/practice"}, {"practice-read", "/practice/nl-004"}, {"practice-beside", "/practice/nl-004/beside"},
	} {
		p.Go(w.address(to.address))
		each(p, to.page)
	}
}

// atTable are the pages of an alliance, for one role.
func (w *world) atTable(p *browser.Person, who string, each func(*browser.Person, string)) {
	home := arrive(p, w.demo.lines[who])
	for _, to := range slices.Concat(w.pictures(p, home, who), w.talks(), w.betweens(home), w.people(p, home, who)) {
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
	p.Wait(".qr-box svg")
	each(p, "link-"+who)
	if who == "professional" {
		p.Go(at(home, "/import"))
		bring(p, w.story)
		p.Wait(`form[action="/import/begin"]`)
		each(p, "preview")
	}
}

// pictures are the pages about what was said.
func (w *world) pictures(p *browser.Person, home, who string) []stop {
	p.Go(at(home, "picture"))
	picture := p.URL()
	stops := []stop{{"home", home}, {"picture", picture}, {"picture-then", picture + "?at=2"}, {"tell", at(home, "tell")}}
	forms := []string{"reword", "share", "place", "emotion"}
	if who == "professional" {
		forms = []string{"place", "view", "emotion"}
	} else {
		stops = append(stops, stop{"layer", picture + "/behaviour"}, stop{"layer-none", picture + "/none"})
	}
	for _, form := range forms {
		stops = append(stops, stop{form, link(p, "/"+form+"?")})
	}
	return stops
}

// talks are the pages of a dialogue, from the plan to looking back.
func (w *world) talks() []stop {
	table := tableOf(w.on)
	home, _, _ := strings.Cut(w.on, "/dialogue/")
	return []stop{
		{"dialogues", at(home, "dialogues")}, {"plan", at(home, "dialogue/plan")},
		{"prepare", w.planned}, {"plan-change", w.planned + "/plan"}, {"cancel", w.planned + "/cancel"}, {"paper", w.planned + "/paper"},
		{"table-before", tableOf(w.planned)}, {"table", table}, {"table-turned", table + "?turned=1"}, {"rest", table + "/rest"},
		{"table-over", tableOf(w.held)}, {"held", w.held}, {"look-back", w.held + "/back"}, {"look-back-answered", w.answered + "/back"},
		{"look-back-on", w.on + "/back"}, {"look-back-before", w.planned + "/back"},
		{"lens-ask", w.on + "/lens"}, {"lens", w.read + "/lens"}, {"lens-text", w.read + "/lens/text"},
		{"lens-who", w.read + "/lens/who"}, {"lens-line", w.read + "/lens/line/23"},
	}
}

// betweens are the pages about what people do between dialogues.
func (w *world) betweens(home string) []stop {
	return []stop{
		{"agreements", at(home, "agreements")}, {"propose", at(home, "agreement")},
		{"agreement", w.agreement}, {"renew", w.agreement + "/renew"},
		{"frictions", at(home, "friction")}, {"friction-of-vrager", w.frictions[0]}, {"friction-of-professional", w.frictions[1]},
		{"looked", at(home, "looked")},
		{"story", at(home, "story")}, {"story-print", at(home, "story/print")}, {"story-print-me", at(home, "story/print?for=me")},
		{"end", at(home, "end")}, {"more", at(home, "more")},
	}
}

// people are the pages about who takes part and who is around, and of the
// reader alone.
func (w *world) people(p *browser.Person, home, who string) []stop {
	p.Go(at(home, "more"))
	stops := []stop{{"around-own", link(p, "/around/")}, {"around-of-vrager", w.around}, {"people", at(home, "people")}}
	if who == "professional" {
		stops = append(stops, stop{"invite", at(home, "invite")}, stop{"begin", at(home, "/begin")},
			stop{"ambition", at(home, "ambition")}, stop{"import", at(home, "/import")})
	} else {
		stops = append(stops, stop{"near", w.near})
		for _, page := range []string{"themes", "notes", "/start", "/settings"} {
			stops = append(stops, stop{name(page), at(home, page)})
		}
	}
	p.Go(at(home, "people"))
	return append(stops, stop{"out", link(p, "/out")}, stop{"picture-empty", browser.Eval[string](p,
		`document.querySelector(".rows li:nth-child(4) a[href*='/picture/']").href`)})
}

// afterwards are the pages that are otherwise where an alliance was ended.
func (w *world) afterwards(p *browser.Person, who string, each func(*browser.Person, string)) {
	home := arrive(p, w.past.lines[who])
	for _, to := range []stop{{"home", home}, {"picture", at(home, "picture")}, {"reopen", at(home, "end")}} {
		p.Go(to.address)
		each(p, to.page+"-afterwards-"+who)
	}
}

// link is the first address on the page that holds a part.
func link(p *browser.Person, part string) string {
	return browser.Eval[string](p, `document.querySelector('main a[href*="`+part+`"]').href`)
}
