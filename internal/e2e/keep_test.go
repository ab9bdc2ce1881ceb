package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestKeeping follows how long a place stays, what somebody says yes to, and a
// scratch pad: what one does, the others see at once or not at all.
func TestKeeping(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})
	nadia, _ := seat(t, b, d, "vrager", phone)

	nadia.Go(at(home, "keeping"))
	nadia.See("Niemand heeft gezegd hoe lang deze plek blijft.")
	nadia.SeeNo("Houd alles vast")
	els.Go(at(home, "keeping"))
	choose(els, "regime", "Hulp vanuit de Wmo · 15 jaar")
	els.Fill("#words", "Dit hoort bij de hulp van het wijkteam.")
	els.Submit("#choose ~ form button")
	els.See("Het staat er zo.")
	nadia.Reload()
	nadia.See("Deze plek wordt bewaard. Na het afsluiten nog 15 jaar.")
	nadia.See("Dit hoort bij de hulp van het wijkteam.")
	choose(els, "why", "Er loopt een klacht.")
	els.Submit(`form[action$="/hold"] button`)
	nadia.Reload()
	nadia.See("Er gaat nu niets weg")
	els.Submit(`form[action$="/lift"] button`)
	els.SeeNo("Er gaat nu niets weg")

	nadia.Go(at(home, "consents"))
	nadia.Click("section:has(#release) summary")
	nadia.Fill("#to", "Mijn huisarts")
	nadia.Fill("#what", "Hoe ik slaap")
	nadia.Submit("text=Dit mag")
	nadia.See("Dit geldt tot je het terugneemt.")
	els.Go(at(home, "consents"))
	els.See("Mijn huisarts")
	samir, _ := seat(t, b, d, "bonus", phone)
	samir.Go(at(home, "consents"))
	samir.SeeNo("Mijn huisarts")
	nadia.Submit("text=Neem terug")
	nadia.SeeNo("Mijn huisarts")
	els.Reload()
	els.SeeNo("Mijn huisarts")

	nadia.Go(at(home, "scratch"))
	nadia.Fill("#words", "Vragen over de brief.")
	nadia.Submit("main form .main")
	nadia.See("Nog 14 dagen, dan is het leeg.")
	nadia.Submit("text=Zet het hier neer")
	nadia.See("Je kladblok is leeg.")
	nadia.Go(home)
	nadia.See("Vragen over de brief.")
	els.Go(home)
	els.SeeNo("Vragen over de brief.")
}
