package e2e

import (
	"fmt"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// TestWithoutScript goes the whole way from the link to undo in a browser that
// runs no script.
func TestWithoutScript(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, elsHome := seat(t, b, d, "professional", browser.Settings{NoScript: true})
	to := invite(els, elsHome, "Roos", "Familie, vriend of buur")
	roos := b.Person(t, browser.Settings{NoScript: true, Width: 390, Height: 844})
	roos.Go(to.link) // nothing takes the secret out of the address here
	roos.Fill("#secret", to.link)
	roos.Fill("#code", to.code)
	roos.Submit("main form .main")
	roos.Submit("text=Kom binnen")
	roos.See("Dag Roos")
	table := roos.URL()

	tell(els, elsHome, told{words: "Je kookt voor de hele straat.", about: "Roos"})
	roos.Go(table)
	roos.Submit(saying(roos, "Je kookt voor de hele straat.") + " text=Klopt")
	roos.See("Jij zei: klopt.")
	roos.Follow(more(roos, "Je kookt voor de hele straat.") + " text=Zo zeg ik het")
	roos.Fill("#words", "Ik kook graag veel.")
	roos.Submit("text=Bewaar")
	roos.See("Het staat er nu in jouw woorden.")
	els.Go(elsHome)
	els.See("Ik kook graag veel.")

	toggle(roos, "Ik kook graag veel.", "Els")
	els.Go(elsHome)
	els.See("Dag Els")
	els.SeeNo("Ik kook graag veel.")
	roos.Submit("text=Ongedaan maken")
	roos.See("Het is ongedaan gemaakt.")
	els.Go(elsHome)
	els.See("Ik kook graag veel.")

	nadia, home := seat(t, b, d, "vrager", browser.Settings{NoScript: true})
	choose(nadia, "pace", "Pauze")
	nadia.Submit("form[action$='/pace'] text=Bewaar")
	nadia.See("Pauze: we vragen je nu niets.")
	nadia.Go(at(home, "picture"))
	nadia.Fill("#at", "2")
	nadia.Submit("text=Laat zien")
	nadia.See("Terug naar nu")
}

// keys is somebody who has a keyboard and no mouse.
type keys struct {
	*browser.Person
	t *testing.T
}

// to goes on with Tab until the focus is on a link, button, summary or field
// with these words, and sees at each step that the focus is where it shows.
func (k keys) to(text string) {
	k.t.Helper()
	for range 150 {
		k.Press("Tab")
		stop := browser.Eval[struct{ Text, Wrong string }](k.Person, focus)
		if stop.Wrong != "" {
			k.t.Errorf("at %q on the way to %q in %s: %s", stop.Text, text, k.URL(), stop.Wrong)
		}
		if strings.Contains(" "+stop.Text+" ", " "+text+" ") {
			return
		}
	}
	k.t.Fatalf("Tab does not come to %q in %s", text, k.URL())
}

// act presses a key and waits until another page has loaded.
func (k keys) act(key string) {
	k.t.Helper()
	before := browser.Eval[float64](k.Person, "performance.timeOrigin")
	k.Press(key)
	k.Until(fmt.Sprintf("performance.timeOrigin !== %v && document.readyState === 'complete'", before))
}

// focus tells what has the focus, and what is wrong with how it shows: no line
// around it, out of sight, or something else over it.
const focus = `(() => {
	const el = document.activeElement;
	const shown = el.closest("label") ?? el;
	const text = plain(el.labels?.[0]?.innerText ?? el.innerText);
	if (el === document.body) return {Text: "", Wrong: ""}; // round the end of the page
	const line = [el, shown].some((one) => getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
	if (!line) return {Text: text, Wrong: "no line around it"};
	const box = shown.getBoundingClientRect();
	const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
	const top = document.elementFromPoint(x, y);
	const clear = top && (shown.contains(top) || top.contains(shown) || top.closest("label")?.control === el);
	return {Text: text, Wrong: clear ? "" : "something lies over it: " + (top?.outerHTML ?? "the edge").slice(0, 80)};
})()`

// TestByKeyboard tells, answers, words anew, shares and undoes without a mouse.
func TestByKeyboard(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	p, _ := seat(t, b, d, "vrager", phone)
	nadia := keys{p, t}
	nadia.to("Naar de inhoud")
	nadia.Press("Enter")
	nadia.to("Rustig")
	nadia.act("ArrowRight")
	nadia.See("Je tempo is veranderd.")
	nadia.to("Klopt")
	nadia.act("Enter")
	nadia.See("Jij zei: klopt.")
	nadia.to("Ongedaan maken")
	nadia.act(" ")
	nadia.See("Het is ongedaan gemaakt.")

	nadia.to("Vertel")
	nadia.act("Enter")
	nadia.to("Wat werd er gezegd?")
	nadia.Press("J", "a", "!")
	nadia.to("Bewaar")
	nadia.act(" ")
	nadia.See("Het is bewaard.")
	nadia.See("Ja!")
	nadia.to("Verander dit")
	nadia.act("Enter")
	nadia.to("Samir")
	nadia.Press(" ")
	nadia.to("Bewaar")
	nadia.act("Enter")
	nadia.See("Het is veranderd wie dit ziet.")
	nadia.to("Meer doen")
	nadia.Press("Enter")
	nadia.to("Zo zeg ik het")
	nadia.act("Enter")
	nadia.to("Hoe zeg jij het?")
	nadia.Press("!")
	nadia.to("Bewaar")
	nadia.act("Enter")
	nadia.See("Het staat er nu in jouw woorden.")
}
