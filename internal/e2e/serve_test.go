package e2e

import (
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// TestFromZero begins with an empty folder and ends with two people at one
// table, also after the program was stopped and started again.
func TestFromZero(t *testing.T) {
	dir, b := t.TempDir(), browser.Start(t)
	d := serve(t, dir, "127.0.0.1:0")
	const first = "administrator (works once)"

	admin := b.Person(t, browser.Settings{})
	enter(admin, way{link: d.lines[first]}, "Ineke")
	ownKey(t, admin, "Ineke")
	admin.Follow("text=Beheer")
	admin.See("Er is nog niemand.")
	admin.Submit("text=Maak een link voor een professional")
	link := newWay(admin)
	closed(t, b, way{link: d.lines[first]})

	els := b.Person(t, browser.Settings{})
	enter(els, link, "Els")
	ownKey(t, els, "Els")
	els.See("Je doet nog nergens mee.")
	els.Follow("text=Begin iets nieuws")
	els.Fill("#title", "Samen verder")
	els.Submit("text=Open deze plek")
	const ambition = "Ik wil eerst luisteren."
	els.See("Wat vind jij belangrijk?")
	els.Fill("#w-meaning", ambition)
	els.Submit("main text=Bewaar")
	els.See("Het is bewaard. Alleen jij ziet het.")
	home := strings.TrimSuffix(browser.Eval[string](els, "location.origin + location.pathname"), "/invite")
	els.Go(home)
	els.See("Dag Els")

	nadia := b.Person(t, phone)
	enter(nadia, invite(els, home, "Nadia", "Wie hulp vraagt"), "")
	nadia.See("Dag Nadia")
	nadia.SeeNo(ambition)
	tell(nadia, nadia.URL(), told{words: "Ik kom kijken."})
	els.Go(home)
	els.See("Ik kom kijken.")
	els.Follow("main text=Deel wat jij belangrijk vindt")
	els.See("Nadia ziet dit dan.")
	els.Submit("text=Deel dit")
	nadia.See(ambition)
	admin.Go(home)
	admin.See("Deze pagina is er niet, of is niet voor jou.")
	admin.Expect("404")

	// People go elsewhere, so that nobody asks while the program is away.
	for _, p := range []*browser.Person{admin, els, nadia} {
		p.Go(at(home, "/help"))
	}
	d.stop()
	d = serve(t, dir, addr(home))
	if link, again := d.lines[first]; again {
		t.Errorf("a second administrator may come in by %s", link)
	}
	els.Go(home)
	els.See(ambition)
	els.See("Ik kom kijken.")
	nadia.Go(home)
	nadia.See("Ik kom kijken.")
	admin.Go(at(home, "/admin"))
	admin.See("Els")
	accessible(t, admin, "admin with a professional")

	// Who lost their device comes in again by a new link, which ends where they
	// were in before.
	els.Go(at(home, "/help"))
	admin.Submit(".rows text=Nieuwe link")
	again := b.Person(t, phone)
	enter(again, newWay(admin), "")
	ownKey(t, again, "Els")
	again.See("maakte een link voor jou")
	again.Submit("text=Ik weet ervan")
	again.Follow("text=Ga verder")
	again.Follow("text=Samen verder")
	again.See(ambition)
	els.Go(home)
	els.Expect("401")
}
