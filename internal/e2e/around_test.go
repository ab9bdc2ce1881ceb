package e2e

import (
	"fmt"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// TestAround draws who is around Nadia on her phone. Nobody else sees it until
// she shows it.
func TestAround(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	aisha := putNear(c.nadia, c.home, "Aisha", "erbij")
	around := place(c.nadia)
	c.hidden(around)

	c.nadia.Go(aisha)
	c.nadia.Submit("text=Dichterbij")
	c.nadia.See("Het staat nu op een andere plek.")
	sees(c.nadia, "main .facts", "dichtbij")
	c.nadia.Submit("text=Rechts om")
	c.nadia.See("Het staat nu op een andere plek.")
	c.nadia.Go(around)
	c.drag("Aisha", "verder weg")

	putNear(c.nadia, c.home, "Meneer Bos", "verder weg")
	c.nadia.Go(aisha)
	choose(c.nadia, "tie", "sterk")
	c.nadia.Submit("#tie text=Bewaar")
	c.nadia.See("De lijn is veranderd.")
	c.nadia.Click("text=Tussen Aisha en iemand anders")
	c.nadia.Click("details:has([name=from]) label:has([name=tie][value=strained])")
	c.nadia.Submit("details:has([name=from]) text=Bewaar")
	c.nadia.See("De lijn is veranderd.")
	sees(c.nadia, "main .facts", "Met jou: sterk")
	sees(c.nadia, "main .facts", "Met Meneer Bos: het schuurt")
	c.come(t, b, aisha)

	c.hidden(around)
	c.nadia.Go(around)
	tick(c.nadia, "seen_by", "Els")
	c.nadia.Submit("#share text=Bewaar")
	c.nadia.See("Het is veranderd wie dit ziet.")
	c.els.Go(at(c.home, "people"))
	c.els.Follow(fmt.Sprintf("main a[href=%q]", path(around)))
	c.els.See("Om Nadia heen")
	c.els.See("Meneer Bos")
	c.nadia.Submit("text=Ongedaan maken")
	// The open page learns that it is no longer hers, and becomes what it is
	// to anybody who may not see it.
	c.els.See("Deze pagina is er niet, of is niet voor jou.")
	c.els.SeeNo("Meneer Bos")
	c.els.Expect("404")
}

// hidden sees that the others find no drawing.
func (c company) hidden(around string) {
	for _, p := range []*browser.Person{c.els, c.samir} {
		p.Go(around)
		p.See("Deze pagina is er niet, of is niet voor jou.")
		p.Expect("404")
		p.Go(at(c.home, "people"))
		p.See("Nadia")
		p.Until(fmt.Sprintf(`!document.querySelector('main a[href=%q]')`, path(around)))
	}
}

// path is the part of an address that links on the site have.
func path(address string) string { return address[strings.Index(address, "/a/"):] }

// drag takes somebody straight away from the middle of the drawing to its edge.
func (c company) drag(name, ring string) {
	c.nadia.Wait("svg.around[data-moves]")
	way := browser.Eval[struct {
		ID          string
		Right, Down float64
	}](c.nadia, fmt.Sprintf(`(() => {
		const id = [...document.querySelectorAll("a[data-near-page]")].find((el) => el.innerText === %q).dataset.nearPage;
		const middle = (el) => {
			const box = el.getBoundingClientRect();
			return {x: box.left + box.width / 2, y: box.top + box.height / 2, wide: box.width};
		};
		const map = middle(document.querySelector("svg.around"));
		const at = middle(document.querySelector('svg.around [data-near="' + id + '"] .head'));
		const far = Math.hypot(at.x - map.x, at.y - map.y);
		const on = map.wide * 0.48 / far - 1;
		return {ID: id, Right: (at.x - map.x) * on, Down: (at.y - map.y) * on};
	})()`, name))
	before := browser.Eval[float64](c.nadia, "performance.timeOrigin")
	c.nadia.Drag(fmt.Sprintf(`svg.around .near[data-near="%s"]`, way.ID), way.Right, way.Down)
	c.nadia.Until(fmt.Sprintf("performance.timeOrigin !== %v && document.readyState === 'complete'", before))
	c.nadia.See("Het staat nu op een andere plek.")
	sees(c.nadia, "#n-"+way.ID, ring)
}

// come invites somebody from the drawing, and lets them in.
func (c company) come(t *testing.T, b *browser.Browser, near string) {
	t.Helper()
	c.nadia.Go(near)
	c.nadia.Submit("text=Nodig iemand uit")
	choose(c.nadia, "role", "Familie, vriend of buur")
	c.nadia.Submit("text=Maak de link")
	to := newWay(c.nadia)
	c.nadia.Go(near)
	sees(c.nadia, "main .facts", "is uitgenodigd")
	aisha := b.Person(t, phone)
	enter(aisha, to, "")
	aisha.See("Dag Aisha")
	aisha.SeeNo("Bos")
	c.nadia.Reload()
	sees(c.nadia, "main .facts", "doet mee")
}
