package e2e

import (
	"net"
	"slices"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// keyed runs the program where browsers have passkeys without TLS: at the name
// of the machine itself, and not at its number.
func keyed(t *testing.T) *program {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, port, _ := strings.Cut(addr, ":")
	return start(t, "samenspel", "serve", "--data", t.TempDir(), "--addr", addr, "--url", "http://localhost:"+port)
}

const (
	withKey  = "text=Kom binnen met je sleutel"
	noKey    = "Deze sleutel past hier niet"
	keyReady = "Je sleutel is klaar."
)

// makeKey makes a passkey with this name.
func makeKey(p *browser.Person, site, name string) {
	p.Go(site + "/me")
	p.Submit("text=Maak een sleutel")
	p.Fill("#name", name)
	p.Click("form[data-asks] text=Maak een sleutel")
}

// out ends the session of this browser.
func out(p *browser.Person, site string) {
	p.Go(site + "/help")
	p.Submit(".foot form button")
}

// byKey comes in with a passkey. The page that asks goes on by itself.
func byKey(p *browser.Person, site string) {
	p.Go(site + "/in")
	p.Click(withKey)
}

// refused sees that a passkey opens nothing.
func refused(p *browser.Person) {
	p.See(noKey)
	p.Expect("403")
}

// TestPasskeys has an administrator, a professional and somebody who asks for
// help come in with a device of their own, in a real browser.
func TestPasskeys(t *testing.T) {
	t.Parallel()
	b, d := browser.Start(t), keyed(t)
	site := d.lines["samenspel"]

	ineke := b.Person(t, browser.Settings{})
	laptop := ineke.Device(true)
	enter(ineke, way{link: d.lines["administrator (works once)"]}, "Ineke")
	makeKey(ineke, site, "Laptop")
	ineke.See(keyReady)
	ineke.See("Laptop")
	accessible(t, ineke, "me, with a key")
	if names := laptop.Names(); !slices.Equal(names, []string{"Laptop"}) {
		t.Errorf("on the device it is called %q", names)
	}
	out(ineke, site)
	byKey(ineke, site)
	ineke.Follow("text=Beheer")
	ineke.Submit("text=Maak een link voor een professional")
	link := newWay(ineke)

	makeKey(ineke, site, "Nog een")
	ineke.See("Op dit apparaat staat al een sleutel van jou.")
	accessible(t, ineke, "a key that is there")
	takeAway(t, ineke, site)

	els := b.Person(t, browser.Settings{})
	tablet := els.Device(true)
	enter(els, link, "Els")
	makeKey(els, site, "")
	els.See(keyReady)
	out(els, site)
	byKey(els, site)
	els.Follow("text=Begin iets nieuws")
	els.Fill("#title", "Samen verder")
	els.Submit("text=Open deze plek")
	els.See("Wat vind jij belangrijk?")
	home := strings.TrimSuffix(browser.Eval[string](els, "location.origin + location.pathname"), "/ambition")

	nadia := b.Person(t, phone)
	nadia.Device(true)
	enter(nadia, invite(els, home, "Nadia", "Wie hulp vraagt"), "")
	nadia.See("Dag Nadia")
	makeKey(nadia, site, "")
	nadia.See(keyReady)
	out(nadia, site)
	byKey(nadia, site)
	nadia.See("Dag Nadia")

	tablet.Rewind()
	byKey(els, site)
	refused(els)
	accessible(t, els, "a key that does not fit")
	els.Go(site + "/me")
	els.See("Misschien is er een kopie van.")
	accessible(t, els, "me, with a copied key")
	fits(t, els, "me, with a copied key")
}

// takeAway has somebody call their one passkey otherwise and take it away. It
// opens nothing from then on, and they are still in.
func takeAway(t *testing.T, p *browser.Person, site string) {
	t.Helper()
	p.Go(site + "/me")
	p.Follow(".rows a[href^='/me/passkey/']")
	accessible(t, p, "the name of a key")
	p.Fill("#name", "Werk")
	p.Submit("text=Bewaar")
	p.See("Werk")
	p.SeeNo("Laptop")
	p.Follow(".rows a[href$='/away']")
	p.See("Haal je deze sleutel weg?")
	accessible(t, p, "away with a key")
	p.Submit("text=Ja, haal weg")
	p.See("De sleutel is weg.")
	p.See("Je hebt nog geen sleutel.")
	byKey(p, site)
	refused(p)
	p.Go(site + "/admin")
	p.See("Beheer")
}

// TestDevicesThatDoNotLook: a passkey that opens without a finger, a face or a
// PIN is none here, neither when it is made nor later.
func TestDevicesThatDoNotLook(t *testing.T) {
	t.Parallel()
	b, d := browser.Start(t), keyed(t)
	site := d.lines["samenspel"]
	mira := b.Person(t, browser.Settings{Width: 390})
	enter(mira, way{link: d.lines["administrator (works once)"]}, "Mira")

	tab := mira.Tab()
	tab.Device(false)
	makeKey(tab, site, "")
	tab.See("Het lukte niet.")
	accessible(t, tab, "a key that was not made")
	fits(t, tab, "a key that was not made")

	tab = mira.Tab()
	phone := tab.Device(true)
	makeKey(tab, site, "")
	tab.See(keyReady)
	phone.Blind()
	byKey(tab, site)
	refused(tab)

	none := mira.Tab()
	none.Device(true) // that has no passkey
	byKey(none, site)
	none.See("Het lukte niet.")
	accessible(t, none, "a key that was not shown")
	fits(t, none, "a key that was not shown")
	none.Follow("text=Kom anders binnen")
	accessible(t, none, "in")
	fits(t, none, "in")
}

// TestWithoutScriptThereIsNoKey: what cannot work there is not offered.
func TestWithoutScriptThereIsNoKey(t *testing.T) {
	t.Parallel()
	b, d := browser.Start(t), keyed(t)
	site := d.lines["samenspel"]
	plain := b.Person(t, browser.Settings{NoScript: true})
	plain.Go(site + "/in")
	plain.See("Dan heb je een link en een code nodig.")
	plain.SeeNo("Kom binnen met je sleutel")

	old := b.Person(t, browser.Settings{}) // at an address where a browser has none
	old.Go(strings.Replace(site, "localhost", "127.0.0.1", 1) + "/in")
	old.See("Dan heb je een link en een code nodig.")
}
