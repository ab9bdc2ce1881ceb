package e2e

import (
	"testing"

	"samenspel/internal/browser"
)

// TestCutConnection stops the program while somebody looks at a page, and
// starts it again: the page says so, and then catches up by itself.
func TestCutConnection(t *testing.T) {
	dir, b := t.TempDir(), browser.Start(t)
	d := demoIn(t, dir, "127.0.0.1:0")
	nadia, home := seat(t, b, d, "vrager", phone)
	els, _ := seat(t, b, d, "professional", browser.Settings{})
	els.Go(at(home, "tell")) // a page without a stream
	els.Fill("#words", "Ik zit op het bankje.")
	still := same(t, nadia)
	nadia.Allow("net::ERR")
	nadia.Allow("Failed to fetch")
	d.stop()
	nadia.See("Geen verbinding. Wat al bewaard is, blijft bewaard.")

	demoIn(t, dir, addr(home))
	els.Submit("main text=Bewaar")
	els.See("Het is bewaard.")
	nadia.See("Ik zit op het bankje.") // Els shares it with her from the start
	nadia.SeeNo("Geen verbinding.")
	still()
}

// TestSessionEnds ends a session everywhere while its pages are open. A page
// that looks on says so at once; what was typed in a form comes back.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	nadia, home := seat(t, b, d, "vrager", phone)
	typing := nadia.Tab()
	typing.Go(at(home, "tell"))
	typing.Fill("#words", "Een lang verhaal dat niet weg mag.")
	nadia.Front()
	elsewhere, _ := seat(t, b, d, "vrager", browser.Settings{})
	elsewhere.Go(at(home, "/settings"))
	elsewhere.Submit("text=Log overal uit")
	elsewhere.See("Je komt binnen met een link")

	nadia.See("Kom eerst binnen")
	nadia.Expect("401")
	// Her page was hidden for a while. Its stream may be told that she is gone,
	// or may be refused as it comes back: then there is a 401 for that as well.
	nadia.Allow("401")
	typing.Front()
	typing.Submit("main text=Bewaar")
	typing.See("Kom eerst binnen")
	typing.See("Dit schreef je. Kopieer het als je wilt.")
	typing.Expect("401")
	if got := browser.Eval[string](typing, `document.querySelector("#kept").value`); got != "Een lang verhaal dat niet weg mag." {
		t.Errorf("what was typed came back as %q", got)
	}
}
