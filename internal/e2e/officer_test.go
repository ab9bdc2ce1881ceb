package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestOfficer has somebody who watches over privacy read the log and the list
// of what is kept, on a phone and on a wide screen. What people said is on
// none of these pages.
func TestOfficer(t *testing.T) {
	t.Parallel()
	b, d := browser.Start(t), keyed(t)
	site := d.lines["samenspel"]

	ineke := b.Person(t, browser.Settings{})
	ineke.Device(true)
	enter(ineke, way{link: d.lines["administrator (works once)"]}, "Ineke")
	makeKey(ineke, site, "")
	ineke.See(keyReady)
	ineke.Go(site + "/admin")
	ineke.Submit("text=Maak een link voor een professional")
	forEls := newWay(ineke)
	ineke.Go(site + "/admin")
	ineke.Submit("form[action='/admin/officer'] button")
	forOmar := newWay(ineke)

	els := b.Person(t, browser.Settings{})
	els.Device(true)
	enter(els, forEls, "Els")
	makeKey(els, site, "")
	els.See(keyReady)
	els.Go(site + "/begin")
	els.Fill("#title", "Samen verder")
	els.Submit("text=Open deze plek")

	omar := b.Person(t, phone)
	omar.Device(true)
	enter(omar, forOmar, "Omar")
	makeKey(omar, site, "")
	omar.See(keyReady)
	omar.Go(site + "/start")
	omar.SeeNo("Begin iets nieuws")
	accessible(t, omar, "the start of an officer")
	for _, s := range []browser.Settings{phone, {Dark: true}} {
		p := omar
		if s.Dark {
			p = b.Person(t, s)
			p.Device(true)
			ineke.Go(site + "/admin")
			ineke.Submit("form[action='/admin/officer'] button")
			enter(p, newWay(ineke), "Olga")
			makeKey(p, site, "")
			p.See(keyReady)
		}
		for _, page := range []string{"/officer/keeping", "/log?view=sum", "/log"} {
			p.Go(site + page)
			p.SeeNo("Samen verder")
			accessible(t, p, page)
			fits(t, p, page)
		}
		p.See("Els")
		p.Follow("main a[href^='/officer/keeping/']")
		p.See("Hier werkt: Els")
		p.SeeNo("Samen verder")
		accessible(t, p, "a place as an officer sees it")
		fits(t, p, "a place as an officer sees it")
	}
	choose(omar, "why", "Er loopt een klacht.")
	omar.Submit("form[action$='/hold'] button")
	omar.See("Dit geldt niet meer")
	accessible(t, omar, "a place that is held")
}
