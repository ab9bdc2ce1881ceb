package e2e

import (
	"net/http"
	"testing"

	"samenspel/internal/browser"
)

// TestFriction follows a silent sign to one person until it is good again, and
// then the time that it comes back.
func TestFriction(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	still := same(t, c.els)
	c.nadia.See("Een stil teken ziet alleen Els.")
	c.nadia.Submit("text=Geef een stil teken")
	c.nadia.See("Het is gezegd.")
	c.els.See("Het schuurt bij Nadia")
	still()
	c.samir.SeeNo("Het schuurt bij Nadia")

	c.els.Follow("text=Het schuurt bij Nadia")
	c.els.See("Een stil teken, zonder woorden.")
	c.els.SeeNo("Het is weer goed") // that is for her to say
	first := place(c.els)
	c.samir.Go(first)
	c.samir.See("Deze pagina is er niet, of is niet voor jou.")
	c.samir.Expect("404")
	if status := send(c.els, first+"/mended"); status != http.StatusForbidden {
		t.Errorf("who did not feel it said that it is good again: %d", status)
	}
	c.els.Expect("403")
	c.els.Fill("#words", "Ik bel voortaan eerst.")
	c.els.Submit("text=Zet het erbij")
	c.els.See("Je woorden staan erbij.")

	c.nadia.Follow("text=Het schuurt bij jou")
	c.nadia.See("Ik bel voortaan eerst.")
	c.els.Go(at(c.home, "friction"))
	still = same(t, c.els)
	c.nadia.Submit("text=Het is weer goed")
	c.nadia.See("Fijn dat het weer goed is.")
	c.els.See("Bij Nadia is het weer goed")
	still()
	c.again(t)
}

// again tells that it came back, with what lay under it.
func (c company) again(t *testing.T) {
	t.Helper()
	const under = "Ik wil dat iemand me eerst belt."
	tell(c.nadia, c.home, told{words: under})
	c.nadia.Go(at(c.home, "friction"))
	c.nadia.Follow("text=Bij jou is het weer goed")
	c.nadia.Follow("text=Het schuurt weer")
	c.nadia.Fill("#words", "Weer een brief.")
	tick(c.nadia, "seen_by", "Els")
	choose(c.nadia, "ground", under)
	still := same(t, c.els)
	c.nadia.Submit("main text=Het schuurt")
	c.nadia.See("Het is gezegd.")
	c.els.See("Het kwam terug.")
	still()
	c.els.Follow("text=Het schuurt bij Nadia")
	c.els.See("Weer een brief.")
	c.els.See("Dit zat eronder")
	c.els.See(under)
	c.nadia.Follow("#frictions text=Het schuurt bij jou")
	c.nadia.Submit("text=Het is weer goed")
	c.nadia.See("Fijn dat het weer goed is.")
	c.els.Reload()
	c.els.See("Bij Nadia is het weer goed")
	c.els.Go(c.home)
	c.els.See("Dag Els")
	c.els.SeeNo("Het schuurt bij Nadia")
}
