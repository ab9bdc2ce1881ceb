package e2e

import (
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
	enter(admin, d.lines[first], "Ineke")
	admin.Follow("text=Beheer")
	admin.See("Er is nog niemand.")
	admin.Submit("text=Maak een link voor een professional")
	link := newLink(admin)
	closed(t, b, d.lines[first])

	els := b.Person(t, browser.Settings{})
	enter(els, link, "Els")
	els.See("Je doet nog nergens mee.")
	els.Follow("text=Begin iets nieuws")
	els.Fill("#title", "Samen verder")
	els.Submit("text=Open deze plek")
	els.See("Dag Els")
	home := els.URL()
	const ambition = "Ik wil eerst luisteren."
	tell(els, home, told{ambition, "", "Waar je voor staat", "mijn werk"})

	nadia := b.Person(t, phone)
	enter(nadia, invite(els, home, "Nadia", "Wie hulp vraagt"), "")
	nadia.See("Dag Nadia")
	nadia.SeeNo(ambition)
	tell(nadia, nadia.URL(), told{words: "Ik kom kijken."})
	els.Go(home)
	els.See("Ik kom kijken.")
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

	// Who lost their device comes in again by a new link.
	admin.Submit(".rows text=Nieuwe link")
	again := b.Person(t, phone)
	enter(again, newLink(admin), "")
	again.Follow("text=Samen verder")
	again.See(ambition)
}
