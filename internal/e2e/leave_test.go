package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestTakeAlong takes what Nadia shared to another place, which begins with
// it there.
func TestTakeAlong(t *testing.T) {
	t.Parallel()
	d, there, b := demo(t), demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	const shared, hidden = "Ik bak brood voor de straat.", "Dit weet nog niemand."
	tell(c.nadia, c.home, told{words: shared, theme: "de straat"})
	tell(c.nadia, c.home, told{words: hidden})
	toggle(c.nadia, hidden, "Els")
	story := taken(c.nadia, c.home, "Om te geven")
	mark := c.nadia.Text("main p[translate=no]")

	other := b.Person(t, browser.Settings{})
	other.Go(there.lines["professional"])
	other.Follow("text=Neem een verhaal over")
	bring(other, story[:len(story)/8*4])
	other.See("Dit is geen heel ZIP-bestand. Vraag het bestand opnieuw. Er is niets veranderd.")
	other.Expect("422")
	bring(other, story)
	other.See("Dit verhaal is heel")
	other.See("Er staat 1 uitspraak in.")
	other.See(mark)
	other.SeeNo(shared)
	other.Fill("#title", "Hier verder")
	other.Submit("text=Neem over")
	other.See("Het verhaal is binnen.")
	other.Click("li:has(form[action$='/link']):not(:first-child) text=Meer doen")
	other.Submit("li:not(:first-child) form[action$='/link'] button")
	to := newWay(other)

	nadia := b.Person(t, phone)
	enter(nadia, to, "")
	nadia.See("Dag Nadia")
	nadia.See(shared)
	nadia.See("meegenomen van een andere plek.")
	nadia.SeeNo(hidden)
	c.nadia.Go(c.home) // what was taken along is still where it was
	c.nadia.See(shared)
	c.nadia.See(hidden)
}

// beyond is what no page asks or offers after the end.
var beyond = []string{
	"Klopt dit?", "Klopt niet", "Wil je dit?", "Stel iets voor", "Nu niet", "Ik wil het anders", "Het kan ook zo",
	"Bereid een gesprek voor", "Begin het gesprek", "Zet erbij", "Zet er iets bij", "Geef een stil teken", "Wat schuurt er?",
	"Nodig iemand uit", "Dit komt terug",
}

// offers sees that a page offers nothing new.
func offers(p *browser.Person) {
	p.Until(`!find('main a[href*="/tell"]') && !find('.bar a[href*="/tell"]')`)
	for _, more := range beyond {
		p.SeeNo(more)
	}
}

// TestEnd ends an alliance while others look on, and opens it again.
func TestEnd(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	const asked, own = "Je zingt graag.", "Ik zing in een koor."
	tell(c.nadia, c.home, told{words: own})
	tell(c.els, c.home, told{words: asked, about: "Nadia"})
	agreement := propose(c.els, c.home, "We gaan naar het koor.", "Ik", "Nadia")
	talk := plan(c.els, c.home, "Nadia")
	topic(c.els, "De muziek", false)
	c.els.Go(c.home)
	c.nadia.Go(c.home)
	c.nadia.See("Klopt dit?")
	c.nadia.See("Wil je dit?")

	still := same(t, c.els)
	c.nadia.Go(at(c.home, "more"))
	c.nadia.Follow("text=Deze plek afsluiten")
	c.nadia.See("Afsluiten is geen wissen.")
	c.nadia.Fill("#words", "Het was goed zo.")
	c.nadia.Submit("text=Ja, sluit af")
	c.nadia.See("Jij sloot deze plek af.")
	c.els.See("Nadia sloot deze plek af.")
	c.els.See("Het was goed zo.")
	still()

	for _, p := range []*browser.Person{c.els, c.nadia} {
		for _, page := range []string{"", "picture", "agreements", "dialogues", "friction", "notes", "themes", "people", "looked", "story"} {
			p.Go(at(c.home, page))
			p.See("Deze plek is afgesloten op")
			offers(p)
		}
		for address, words := range map[string]string{agreement: "We gaan naar het koor.", talk: "De muziek", talk + "/back": "Samen terugkijken"} {
			p.Go(address)
			p.See(words)
			offers(p)
		}
	}
	c.nadia.Go(c.home)
	c.nadia.See(own)
	still = same(t, c.nadia)

	c.els.Go(at(c.home, "more"))
	c.els.Follow("text=Weer openen")
	c.els.Submit("text=Ja, open weer")
	c.els.See("Deze plek is weer open.")
	c.nadia.See("Klopt dit?")
	c.nadia.SeeNo("Deze plek is afgesloten op")
	still()
	tell(c.nadia, c.home, told{words: "Ik ben er weer."})
}
