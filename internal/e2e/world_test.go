package e2e

import (
	"net/url"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// world has all that a tour along every page needs.
type world struct {
	demo, site, past *program // past has an alliance that was ended
	invitation       way      // that nobody uses up
	session          string   // of the administrator of the site

	planned, on         string    // a dialogue to come, and one at the table
	held, answered      string    // dialogues that are over; the mirror of one was answered
	read                string    // one that the lens read
	agreement           string    // with a day
	frictions           [2]string // of Nadia, and of Els
	near, around, story string    // somebody around Nadia, all of them, and what she takes along
}

func newWorld(t *testing.T, b *browser.Browser) *world {
	t.Helper()
	w := &world{demo: demo(t), past: demo(t), site: serve(t, t.TempDir(), "127.0.0.1:0")}
	els, home := seat(t, b, w.demo, "professional", browser.Settings{})
	nadia, _ := seat(t, b, w.demo, "vrager", browser.Settings{})
	w.invitation = invite(els, home, "Roos", "Familie, vriend of buur")
	w.talk(t, els, nadia, home)
	w.between(els, nadia, home)
	w.administrator(t)

	last, home := seat(t, b, w.past, "professional", browser.Settings{})
	last.Go(at(home, "end"))
	last.Fill("#words", "Wij namen afscheid.")
	last.Submit("text=Ja, sluit af")
	last.See("Wij namen afscheid.")
	return w
}

// talk has them prepare one dialogue, sit down for another, and answer the
// mirror of the first that they ever held.
func (w *world) talk(t *testing.T, els, nadia *browser.Person, home string) {
	t.Helper()
	els.Go(at(home, "dialogues"))
	over := browser.Eval[[]string](els, `[...document.querySelectorAll("#dialogues h2 a")].
		filter((el) => el.innerText.startsWith("Gesprek van")).map((el) => el.href)`)
	if len(over) < 2 {
		t.Fatalf("the demo has %d dialogues that are over", len(over))
	}
	w.held, w.answered = over[0], over[len(over)-1]
	for _, talk := range over {
		els.Go(talk + "/lens")
		if browser.Eval[bool](els, `document.querySelector(".shape.here") !== null`) {
			w.read = talk
		}
	}
	if w.read == "" {
		t.Fatal("the lens read no dialogue of the demo")
	}

	w.planned = plan(els, home, "Nadia")
	topic(els, "Wat ging goed?", false)
	nadia.Go(w.planned)
	topic(nadia, "Mijn zoon", true)
	w.on = plan(els, home, "Nadia")
	table := begin(els)
	lay(els, "Ik kom met je mee.", "Ik")
	els.Submit("#b-understand > form button")
	els.See("hier zijn we")
	nadia.Go(table)
	lay(nadia, "Dan durf ik het.", "Ik")
	for _, p := range []*browser.Person{els, nadia} {
		p.Go(w.answered + "/back")
		choose(p, "mirror_heard", "Soms")
		p.Fill("#mirror-line", "Het was een goed gesprek.")
		p.Submit("text=Klaar voor nu")
		p.See("Naast elkaar")
	}
}

// between has them agree on something, chafe, and draw who is around.
func (w *world) between(els, nadia *browser.Person, home string) {
	w.agreement = propose(els, home, "We gaan samen naar de school.", "Ik", "Nadia")
	nadia.Go(w.agreement)
	choose(nadia, "want", "Ja")
	nadia.Fill("input[name=help]", "Bel me van tevoren.")
	nadia.Submit("#answer text=Bewaar")
	nadia.See("Je antwoord staat erbij.")
	w.frictions[0] = chafes(nadia, home, "Ik werd niet gebeld.", "Els")
	w.frictions[1] = chafes(els, home, "Ik kwam te laat.", "Nadia")
	nadia.Go(w.frictions[1])
	nadia.Fill("#words", "Bel de volgende keer even.")
	nadia.Submit("text=Zet het erbij")

	w.near = putNear(nadia, home, "Buurvrouw Aisha", "erbij")
	w.around = place(nadia)
	tick(nadia, "seen_by", "Els")
	nadia.Submit("#share text=Bewaar")
	nadia.See("Het is veranderd wie dit ziet.")
	w.story = taken(nadia, home, "Om te geven")
}

// administrator lets the administrator of the site in.
func (w *world) administrator(t *testing.T) {
	t.Helper()
	_, secret, _ := strings.Cut(w.site.lines["administrator (works once)"], "#")
	admin := visit(t, w.address("/door"))
	to, err := admin.post(w.address("/enter"), url.Values{"secret": {secret}, "name": {"Ineke"}})
	if err != nil {
		t.Fatal(err)
	}
	admin.ownKey(t, w.address(""), "Ineke")
	site, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range admin.client.Jar.Cookies(site) {
		w.session += c.Name + "=" + c.Value + "; path=/"
	}
}

// address is one of the site without a demo.
func (w *world) address(path string) string { return w.site.lines["samenspel"] + path }
