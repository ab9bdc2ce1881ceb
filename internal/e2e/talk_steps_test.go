package e2e

import (
	"fmt"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// place is the address of the page without what it says was just done.
func place(p *browser.Person) string {
	return browser.Eval[string](p, "location.origin + location.pathname")
}

// company is an alliance that just began: Els, Nadia who asks for help and has
// no account, and Samir.
type company struct {
	els, nadia, samir *browser.Person
	home              string
}

// gather begins an alliance in the demo beside the one that is there. Nadia
// and Samir come in through the door; her screen is as these settings say. What
// Els says, both see.
func gather(t *testing.T, b *browser.Browser, d *program, s browser.Settings) company {
	t.Helper()
	c := company{els: b.Person(t, browser.Settings{}), nadia: b.Person(t, s), samir: b.Person(t, browser.Settings{})}
	c.els.Go(d.lines["professional"])
	c.els.Follow("text=Begin iets nieuws")
	c.els.Fill("#title", "Samen verder")
	c.els.Submit("text=Open deze plek")
	c.home = strings.TrimSuffix(place(c.els), "/ambition")

	to := invite(c.els, c.home, "Nadia", "Wie hulp vraagt")
	if s.NoScript { // nothing takes the secret out of the address there
		c.nadia.Go(at(c.home, "/door"))
		c.nadia.Fill("#secret", to.link)
		c.nadia.Fill("#code", to.code)
		c.nadia.Submit("main form .main")
		c.nadia.Submit("text=Kom binnen")
	} else {
		enter(c.nadia, to, "")
	}
	c.nadia.See("Dag Nadia")
	enter(c.samir, invite(c.nadia, c.home, "Samir", "Familie, vriend of buur"), "")
	c.samir.See("Dag Samir")
	c.els.Go(at(c.home, "people"))
	tick(c.els, "seen_by", "Nadia", "Samir")
	c.els.Submit("form[action$='/first'] text=Bewaar")
	for _, p := range []*browser.Person{c.els, c.nadia} {
		p.Go(c.home)
	}
	return c
}

// tick leaves exactly those with these names ticked in a form. It gives how
// many it had to tap.
func tick(p *browser.Person, field string, names ...string) int {
	others := browser.Eval[[]string](p, fmt.Sprintf(`((names) =>
		[...document.querySelectorAll("main input[name=%s]")].
			filter((el) => el.checked !== names.some((name) => plain(el.labels[0].innerText).includes(name))).
			map((el) => 'label:has([name="' + el.name + '"][value="' + el.value + '"])'))(%s)`, field, quoted(names)))
	for _, label := range others {
		p.Click(label)
	}
	return len(others)
}

// quoted writes texts as JavaScript has them.
func quoted(texts []string) string {
	each := make([]string, len(texts))
	for i, text := range texts {
		each[i] = fmt.Sprintf("%q", text)
	}
	return "[" + strings.Join(each, ", ") + "]"
}

// plan prepares a dialogue with those with these names and gives its address.
func plan(p *browser.Person, home string, with ...string) string {
	p.Go(at(home, "dialogue/plan"))
	tick(p, "with", with...)
	p.Submit("main text=Bewaar")
	p.See("Het gesprek staat klaar.")
	return place(p)
}

// begin begins the dialogue that somebody prepares, and gives the address of
// the table.
func begin(p *browser.Person) string {
	p.Submit("text=Begin het gesprek")
	p.See("Er ligt nog niets op tafel.")
	return place(p)
}

// tableOf is the table of a dialogue.
func tableOf(talk string) string { return strings.Replace(talk, "/dialogue/", "/table/", 1) }

// lay lays words on the table: of who has the word, or of somebody else.
func lay(p *browser.Person, words, saidBy string) {
	p.Fill("#words", words)
	if saidBy != "" {
		p.Click("[data-say] text=Erbij, als je wilt")
		choose(p, "said_by", saidBy)
	}
	p.Submit("[data-say] text=Leg neer")
	p.See("Het ligt op tafel.")
	sees(p, "#card-words", words)
}

// handOver gives the word to somebody. Their letter stands before the words.
func handOver(p *browser.Person, name string) {
	p.Submit("#turn text=" + name[:1] + " Nu jij, " + name)
	p.See(name + " heeft het woord.")
}

// topic puts something to talk about in the dialogue that somebody prepares.
func topic(p *browser.Person, words string, alone bool) {
	p.Fill("#words", words)
	if alone {
		p.Click("label:has([name=alone])")
	}
	p.Submit("#add text=Zet erbij")
	p.See("Het staat erbij.")
	p.See(words)
}

// propose proposes an agreement and gives its address.
func propose(p *browser.Person, home, words, doer string, with ...string) string {
	p.Go(at(home, "agreement"))
	p.Fill("#words", words)
	choose(p, "doer", doer)
	tick(p, "with", with...)
	p.Fill("#day", "2027-03-01")
	p.Submit("text=Stel dit voor")
	p.See("Je voorstel staat er.")
	return linked(p, words)
}

// linked is where the link with these words leads.
func linked(p *browser.Person, words string) string {
	p.See(words)
	return browser.Eval[string](p, fmt.Sprintf(
		`[...document.querySelectorAll("main a")].find((el) => plain(el.innerText).includes(plain(%q))).href`, words))
}

// chafes signals a friction to those with these names, and gives its address.
func chafes(p *browser.Person, home, words string, to ...string) string {
	p.Go(at(home, "friction"))
	p.Fill("#words", words)
	tick(p, "seen_by", to...)
	p.Submit("main text=Het schuurt")
	p.See("Het is gezegd.")
	return linked(p, "Het schuurt bij jou")
}

// putNear puts somebody on one's own map and gives the address of their page.
func putNear(p *browser.Person, home, name, ring string) string {
	p.Go(at(home, "more"))
	p.Follow("text=Om jou heen")
	p.Fill("main #name", name)
	choose(p, "ring", ring)
	p.Submit("main text=Zet erbij")
	p.See("Het staat op je tekening.")
	return linked(p, name)
}

// taken is the story that somebody takes along, as a link with it inside; for
// themselves or to give.
func taken(p *browser.Person, home, forWhom string) string {
	p.Go(at(home, "story"))
	choose(p, "for", forWhom)
	return browser.Eval[string](p, `(async () => {
		const form = document.querySelector("main form[action$='/story']");
		const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
		if (!answer.ok || answer.headers.get("Content-Type") !== "application/zip") throw new Error(answer.status);
		return btoa(Array.from(new Uint8Array(await answer.arrayBuffer()), (c) => String.fromCharCode(c)).join(""));
	})()`)
}

// bring chooses a story that was taken along as the file to bring in, and
// sends it.
func bring(p *browser.Person, story string) {
	browser.Eval[bool](p, fmt.Sprintf(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], "paginas.zip"));
		document.querySelector("#file").files = files.files;
		return true;
	})()`, story))
	p.Submit("main form .main")
}

// send posts a form that is not on the page, with nothing in it, and gives the
// status of the answer.
func send(p *browser.Person, address string) int {
	return browser.Eval[int](p, fmt.Sprintf(`fetch(%q, {
		method: "POST", body: new URLSearchParams({command: crypto.randomUUID(), back: location.pathname}),
	}).then((answer) => answer.status)`, address))
}
