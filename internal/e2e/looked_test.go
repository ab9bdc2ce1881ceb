package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestWhoLooked has the professional look at what a vrager told. She reads
// that they did, and nobody else does.
func TestWhoLooked(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	const looked, chose = "Els keek naar jouw beeld.", "Jij koos dat ook Samir nieuwe woorden over jou meteen ziet."
	tell(c.nadia, c.home, told{words: "Ik zing in een koor."})
	c.nadia.Follow(".foot text=Wie heeft gekeken")
	c.nadia.See("Hier zie je wie naar iets van jou keek.")
	c.nadia.SeeNo(looked)

	c.els.Go(c.home)
	c.els.Follow("text=Bekijk het beeld")
	c.els.See("Het beeld van Nadia")
	c.nadia.Reload()
	c.nadia.See(looked)
	c.nadia.SeeNo(chose)
	c.nadia.Go(c.home)
	c.nadia.See("Els keek vandaag rond")

	c.nadia.Go(at(c.home, "people"))
	tick(c.nadia, "seen_by", "Samir")
	c.nadia.Submit("form[action$='/first'] text=Bewaar")
	c.nadia.Go(at(c.home, "looked"))
	c.nadia.See(chose)
	c.samir.Go(at(c.home, "looked"))
	c.samir.See("Wie heeft gekeken")
	c.samir.SeeNo("jouw beeld")
	c.samir.SeeNo("Nadia keek naar")
}
