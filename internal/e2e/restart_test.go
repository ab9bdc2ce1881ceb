package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestRestartUnderAForm restarts the program while somebody is in the middle of
// a sentence, further down a live page: the page goes on where it was. Nothing
// that was typed goes, the cursor and the page stay where they are, nothing is
// loaded anew, and what others do comes in again.
func TestRestartUnderAForm(t *testing.T) {
	t.Parallel()
	dir, b := t.TempDir(), browser.Start(t)
	d := demoIn(t, dir, "127.0.0.1:0")
	nadia, home := seat(t, b, d, "vrager", phone)
	els, _ := seat(t, b, d, "professional", browser.Settings{})
	els.Go(at(home, "friction"))
	els.Fill("#words", "Ik hoorde het te laat.")
	tick(els, "seen_by", "Nadia")
	nadia.Go(at(home, "friction"))
	nadia.Fill("#words", "Een half ver")
	nadia.Press("ArrowLeft")
	const here = `JSON.stringify([scrollY, document.activeElement.id, words.value, words.selectionStart])`
	nadia.Until(`(scrollTo({top: 120, behavior: "instant"}), scrollY === 120)`)
	before, still := browser.Eval[string](nadia, here), same(t, nadia)
	els.Allow("net::ERR") // her stream too
	els.Allow("Failed to fetch")
	nadia.Allow("net::ERR")
	nadia.Allow("Failed to fetch")

	d.stop()
	nadia.See("Geen verbinding. Wat al bewaard is, blijft bewaard.")
	demoIn(t, dir, addr(home))
	els.Submit("main text=Het schuurt")
	els.See("Het is gezegd.")
	nadia.See("Het schuurt bij Els")
	nadia.SeeNo("Geen verbinding.")
	still()
	if after := browser.Eval[string](nadia, here); after != before {
		t.Errorf("she was at %s, and is at %s", before, after)
	}
	nadia.Press("h", "a", "a", "l")
	if got := browser.Eval[string](nadia, `words.value`); got != "Een half vehaalr" {
		t.Errorf("typing on gives %q", got)
	}
}
