package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestSamePlan has two people change the same plan at the same time. Both keep
// their words.
func TestSamePlan(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	talk := plan(c.els, c.home, "Nadia")
	for _, p := range []*browser.Person{c.els, c.nadia} {
		p.Go(talk + "/plan")
		p.See("Het gesprek veranderen")
	}
	c.els.Fill("#where", "In het buurthuis")
	c.els.Submit("main text=Bewaar")
	c.els.See("Het gesprek is veranderd.")
	c.els.See("In het buurthuis")

	c.nadia.Fill("#where", "Bij mij thuis")
	c.nadia.Fill("#support", "Mijn zus komt mee")
	c.nadia.Submit("main text=Bewaar")
	c.nadia.Expect("409")
	c.nadia.See("Zo staat het er nu")
	c.nadia.See("In het buurthuis")
	for field, words := range map[string]string{"#where": "Bij mij thuis", "#support": "Mijn zus komt mee"} {
		if got := browser.Eval[string](c.nadia, `document.querySelector("`+field+`").value`); got != words {
			t.Errorf("what was typed in %s came back as %q", field, got)
		}
	}
	still := same(t, c.els)
	c.nadia.Submit("main text=Bewaar")
	c.nadia.See("Het gesprek is veranderd.")
	c.els.See("Bij mij thuis")
	c.els.See("Mijn zus komt mee")

	// While one types, what the other put there comes beside it.
	c.els.Fill("#words", "De brieven")
	topic(c.nadia, "Mijn zoon", false)
	c.els.See("Mijn zoon")
	still()
	c.els.Submit("#add text=Zet erbij")
	for _, p := range []*browser.Person{c.els, c.nadia} {
		p.See("De brieven")
		p.See("Mijn zoon")
	}
}

// TestTalkWithoutScript goes through a dialogue on an old phone that runs no
// script, with somebody whose browser does.
func TestTalkWithoutScript(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, browser.Settings{Width: 320, Height: 640, NoScript: true})
	talk := plan(c.els, c.home, "Nadia")
	still := same(t, c.els)
	c.nadia.Go(c.home)
	c.nadia.Follow("main text=Zet er iets bij")
	topic(c.nadia, "De stapel post", false)
	fits(t, c.nadia, "preparation")
	c.els.See("De stapel post")
	table := begin(c.nadia)
	c.els.See("Jullie zijn nu in gesprek")
	still()

	c.els.Go(table)
	still = same(t, c.els)
	lay(c.nadia, "Ik durf de post niet open te maken.", "Ik")
	sees(c.els, "#card-words", "Ik durf de post niet open te maken.")
	c.nadia.Submit("#b-understand > form button")
	sees(c.els, "#b-understand > form button", "hier zijn we")
	handOver(c.nadia, "Els")
	c.els.See("Jij hebt het woord.")
	fits(t, c.nadia, "table")
	c.nadia.Submit("#close text=Klaar voor nu")
	c.els.See("Jullie zijn klaar voor nu.")
	still()

	if got := place(c.nadia); got != talk+"/back" {
		t.Errorf("the end of the dialogue leads to %s", got)
	}
	for _, question := range []string{"heard", "matter", "pace", "room", "trusted"} {
		choose(c.nadia, "mirror_"+question, "Soms")
	}
	c.nadia.Submit("main form text=Klaar voor nu")
	c.nadia.See("Bewaard. Je kunt het altijd veranderen.")
	c.nadia.See("Naast elkaar")
	fits(t, c.nadia, "looking back")

	c.els.Go(c.home)
	still = same(t, c.els)
	chafes(c.nadia, c.home, "Het ging wel snel.", "Els")
	fits(t, c.nadia, "friction")
	c.els.See("Het schuurt bij Nadia")
	still()
}

// TestTableByKeyboard is at the table without a mouse, until the mirror.
func TestTableByKeyboard(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, browser.Settings{})
	plan(c.els, c.home, "Nadia")
	c.nadia.Go(begin(c.els))
	nadia, still := keys{c.nadia, t}, same(t, c.els)
	nadia.to("Nieuwe woorden")
	nadia.Press("J", "a", "!")
	nadia.act("Enter")
	nadia.See("Het ligt op tafel.")
	sees(c.els, "#card-words", "Ja!")
	nadia.to("Nu jij, Els")
	nadia.act("Enter")
	c.els.See("Jij hebt het woord.")
	nadia.to("Begrijpen nog niet")
	nadia.act(" ")
	sees(c.els, "#b-understand > form button", "hier zijn we")
	nadia.to("Meer Samen doen")
	nadia.Press("Enter")
	nadia.to("De reden. Die mag leeg blijven.")
	nadia.Press("n", "u")
	nadia.to("Sla over")
	nadia.act("Enter")
	sees(c.els, "#b-together > form button", "nu niet: nu")
	nadia.to("Klaar voor nu")
	nadia.act(" ")
	nadia.See("Ongeveer drie minuten.")
	c.els.See("Jullie zijn klaar voor nu.")
	still()
	nadia.to("Nog niet")
	nadia.Press("ArrowRight")
	nadia.to("Klaar voor nu")
	nadia.act("Enter")
	nadia.See("Bewaard. Je kunt het altijd veranderen.")
	if got := browser.Eval[string](nadia.Person, `document.querySelector("[name=mirror_heard]:checked").value`); got != "sometimes" {
		t.Errorf("the arrow key chose %q", got)
	}
}
