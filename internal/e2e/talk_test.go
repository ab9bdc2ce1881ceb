package e2e

import (
	"fmt"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// TestWholeDialogue goes with three people through a dialogue, from the plan
// to what changed because somebody said something. Two of them came in through
// the door; one of these has a phone. What one does, the others see by itself.
func TestWholeDialogue(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	c := gather(t, b, d, phone)
	talk := c.prepare(t)
	table := c.sitDown(t)
	if table != tableOf(talk) {
		t.Errorf("the table is at %s, the dialogue at %s", table, talk)
	}
	c.talk(t)
	c.float(t)
	els := &fingers{Person: c.els, name: "Els"}
	nadia := &fingers{Person: c.nadia, name: "Nadia"}
	samir := &fingers{Person: c.samir, name: "Samir"}
	finish(t, els, nadia, samir)
	lookBack(t, els, nadia)
	agree(t, els, nadia, samir)
	mirror(t, els, nadia, samir)
	changed(t, els, nadia)
	for _, f := range []*fingers{els, nadia, samir} {
		f.few(t)
	}
	c.help(t)
}

// prepare plans a dialogue and puts in it what they want to talk about.
func (c company) prepare(t *testing.T) (talk string) {
	t.Helper()
	still := same(t, c.nadia)
	talk = plan(c.els, c.home, "Nadia", "Samir")
	c.nadia.See("Jullie volgende gesprek")
	still()
	c.nadia.Follow("main text=Zet er iets bij")
	still = same(t, c.els)
	topic(c.nadia, "De stapel post", false)
	c.els.See("De stapel post")
	c.samir.See("De stapel post")
	topic(c.nadia, "Mijn zoon", true)
	c.nadia.See("Alleen jij ziet dit.")
	topic(c.nadia, "De tuin", false)
	c.els.See("De tuin")
	c.els.SeeNo("Mijn zoon") // the topic after it is there already
	still()
	return talk
}

// sitDown begins the dialogue, and brings the others to the table.
func (c company) sitDown(t *testing.T) (table string) {
	t.Helper()
	c.nadia.Go(c.home)
	still := same(t, c.nadia)
	table = begin(c.els)
	c.nadia.See("Jullie zijn nu in gesprek")
	still()
	for _, p := range []*browser.Person{c.nadia, c.samir} {
		p.Follow("text=Ga naar de tafel")
		p.See("Er ligt nog niets op tafel.")
	}
	return table
}

// talk lays words of two people on the table, and hands the word over.
func (c company) talk(t *testing.T) {
	t.Helper()
	still := same(t, c.nadia)
	lay(c.els, "Ik wil weten wat jou helpt.", "")
	sees(c.nadia, "#card-words", "Ik wil weten wat jou helpt.")
	handOver(c.els, "Nadia")
	c.nadia.See("Jij hebt het woord.")
	c.samir.See("Nadia heeft het woord.")

	// Who has the word is who the words are of, whoever writes them down.
	c.els.Click("[data-say] text=Erbij, als je wilt")
	c.els.Fill("#feel", "bang")
	lay(c.els, "De post maakt me bang.", "")
	sees(c.nadia, "#card-words", "De post maakt me bang.")
	sees(c.nadia, "#card", "bang")
	still()
	lay(c.nadia, "Samen openen wil ik wel.", "")
	sees(c.els, "#card-words", "Samen openen wil ik wel.")
	c.samir.SeeNo("Samen openen wil ik wel.") // she shows it to Els alone
	c.samir.SeeNo("De post maakt me bang.")
}

// float enters a balloon, leaves it, goes back to it, and skips another.
func (c company) float(t *testing.T) {
	t.Helper()
	still := same(t, c.samir)
	const understand, together = "#b-understand > form button", "#b-together > form button"
	c.nadia.Submit(understand)
	sees(c.samir, understand, "hier zijn we")
	c.els.Submit(understand)
	sees(c.samir, understand, "daar waren we")
	c.nadia.Submit(understand)
	sees(c.samir, understand, "hier zijn we")
	c.els.Click("#m-together summary")
	c.els.Fill("#why-together", "eerst praten")
	c.els.Submit("#m-together text=Sla over")
	sees(c.samir, together, "nu niet: eerst praten")
	still()
}

// finish turns the screen down for a while. Then it is enough, and all look back.
func finish(t *testing.T, els, nadia, samir *fingers) {
	t.Helper()
	nadia.Person.Follow("text=Scherm even neer")
	nadia.See("Kijk elkaar maar aan.")
	nadia.Person.Follow("text=Terug naar de tafel")
	still := same(t, nadia.Person)
	els.Submit("#close text=Klaar voor nu")
	nadia.See("Jullie zijn klaar voor nu.")
	still()
	for _, f := range []*fingers{nadia, samir} {
		f.Follow("text=Kijk samen terug")
	}
	for _, f := range []*fingers{els, nadia, samir} {
		f.See("Ongeveer drie minuten.")
	}
}

// lookBack asks whether what was heard is right, and what touched got enough
// attention.
func lookBack(t *testing.T, els, nadia *fingers) {
	t.Helper()
	still := same(t, els.Person)
	sees(els.Person, "#open", "De stapel post")
	nadia.Submit("#heard text=Klopt")
	sees(els.Person, "#heard", "Nadia zei: klopt")
	nadia.Submit("#touched text=Ja, dat voelde ik")
	sees(els.Person, "#touched", "Dit is nog open.")
	nadia.Submit("#touched text=Ja, genoeg")
	sees(els.Person, "#touched", "Dit kreeg genoeg aandacht.")
	still()
}

// agree proposes something that is agreed when the last of three said yes.
func agree(t *testing.T, els, nadia, samir *fingers) {
	t.Helper()
	const words = "We openen samen de post."
	els.Follow("#agreed text=Stel iets voor")
	els.Fill("#words", words)
	els.choose("doer", "Nadia")
	els.tick("with", "Nadia", "Samir")
	els.Submit("text=Stel dit voor")
	els.See("Je voorstel staat er.")
	still := same(t, els.Person)
	const yet, agreed = "Nog geen afspraak.", "Afgesproken."
	sees(els.Person, "#agreed", yet)

	sees(nadia.Person, "#agreed", words)
	nadia.Follow("#agreed text=Anders")
	nadia.choose("want", "Ja")
	nadia.choose("can", "Met hulp")
	nadia.Fill("input[name=help]", "Kom je naast me zitten?")
	nadia.Submit("#answer text=Bewaar")
	nadia.See("Je antwoord staat erbij.")
	sees(els.Person, "#agreed", "kan dit met hulp")
	sees(els.Person, "#agreed", "Dat wordt het pas als Samir ja zegt.")
	sees(els.Person, "#open", "Kom je naast me zitten?")
	samir.Submit("#agreed text=Ja")
	sees(els.Person, "#agreed", agreed)
	still()
	nadia.Follow(".bar text=Thuis")
	nadia.Follow("main a[href$='/back']")
	sees(nadia.Person, "#agreed", agreed)
}

// mirror has each of them answer. The answers of the others stay hidden until
// one's own are there.
func mirror(t *testing.T, els, nadia, samir *fingers) {
	t.Helper()
	const side = "Naast elkaar"
	still := same(t, nadia.Person)
	els.mirror("Ja", "Ja", "Soms", "Ja", "Ja")
	els.See(side)
	els.See("Hier komen de antwoorden van anderen.")
	samir.mirror("Ja", "Soms", "Ja", "Liever niet", "Ja")
	els.SeeNo("Hier komen de antwoorden van anderen.") // what was sent came to all
	nadia.SeeNo(side)
	still()
	if strings.Contains(nadia.HTML(), `class="side"`) {
		t.Error("answers of others are in the page of who has not answered")
	}
	nadia.mirror("Ja", "Ja", "Nog niet", "Soms", "Ja")
	nadia.See(side)
	beside(nadia, "Het tempo paste bij mij", "Soms", "Els")
	for _, f := range []*fingers{els, samir} {
		beside(f, "Het tempo paste bij mij", "Nog niet", "Nadia")
	}
	if strings.Contains(strings.Join(browser.Eval[[]string](nadia.Person, answered("Ik kon zelf kiezen")), " "), "Samir") {
		t.Error("who would rather not say stands among the answers")
	}
}

// beside waits until somebody stands under a word, side by side with others.
func beside(f *fingers, question, word, who string) {
	f.Until(answered(question) + fmt.Sprintf(`.some((one) => one.startsWith(%q) && one.includes(%q))`, word+":", who))
}

// answered tells who stands where at a question of the mirror now.
func answered(question string) string {
	return `((question) => {
		const table = [...document.querySelectorAll("table.side")].find((one) => one.caption.textContent === question);
		const words = [...table.querySelectorAll("thead th")].map((one) => one.textContent);
		return [...table.querySelectorAll("tbody tr:last-child td")].map((one, i) => words[i] + ":" + one.textContent);
	})(` + fmt.Sprintf("%q)", question)
}

// changed tells what is different because of what Nadia said.
func changed(t *testing.T, els, nadia *fingers) {
	t.Helper()
	els.Fill("#changed-words", "Ik bel nu eerst.")
	els.Fill("#because", browser.Eval[string](els.Person,
		`[...document.querySelector("#because").options].find((one) => one.text.includes("De post maakt me bang")).text`))
	els.Submit("#changed text=Bewaar")
	els.See("Het staat erbij.")
	sees(nadia.Person, "#changes", "Ik bel nu eerst.")
	nadia.Follow(".bar text=Thuis")
	nadia.See("Omdat jij het zei")
	nadia.See("Ik bel nu eerst.")
}

// help stays in sight until who asked for it says that it came.
func (c company) help(t *testing.T) {
	t.Helper()
	c.els.Go(c.home)
	c.els.See("Nog niet gevonden.")
	still := same(t, c.els)
	c.nadia.Submit("text=Ik kreeg deze hulp")
	c.nadia.See("Fijn dat je hulp kreeg.")
	c.els.SeeNo("Nog niet gevonden.")
	still()
	c.els.Follow("text=We openen samen de post.")
	c.els.See("Gekregen.")
	plan(c.els, c.home, "Nadia")
	c.els.See("Dit komt terug")
	c.els.See("De stapel post") // nobody said that it is talked through
	c.els.SeeNo("Kom je naast me zitten?")
}
