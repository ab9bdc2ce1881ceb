package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"samenspel/internal/browser"
	"samenspel/lens"
)

// practiceSite serves a staged world to browsers.
func practiceSite(t *testing.T) string {
	t.Helper()
	w := newWorld(t)
	w.stage()
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	return server.URL
}

// TestReadingByKeyboard: what is chosen by keyboard is kept at once, which
// feeling is asked when there is one, and leaving loses nothing.
func TestReadingByKeyboard(t *testing.T) {
	b := browser.Start(t)
	site := practiceSite(t)
	p := b.Person(t, browser.Settings{Width: 390})
	p.Go(site + "/demo/visitor")
	p.Go(site + "/practice/nl-013")
	const valence = `document.querySelector("[name='2.valence']")`
	if browser.Eval[bool](p, valence+".checkVisibility()") {
		t.Error("which feeling is asked before there is one")
	}
	browser.Eval[string](p, `(document.querySelector("[name='2.layer']").focus(), "")`)
	p.Press("ArrowDown", "ArrowDown", "ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab")
	if !browser.Eval[bool](p, `document.activeElement === `+valence) {
		t.Fatal("the keyboard does not come to which feeling it is")
	}
	p.Press("ArrowDown")
	p.Until(`fetch(location.href).then((r) => r.text()).then((page) => page.split(" selected").length === 4)`)
	p.Reload()
	for name, want := range map[string]lens.Code{"2.layer": lens.AtNeed, "2.emotion": lens.Hinted, "2.valence": lens.Unpleasant} {
		if got := browser.Eval[string](p, `document.querySelector("[name='`+name+`']").value`); got != string(want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, path := range []string{"/practice", "/practice/nl-013", "/practice/nl-013/beside?with=gold"} {
		p.Go(site + path)
		for _, v := range p.Axe() {
			t.Errorf("%s: %s", path, v)
		}
	}
}

// TestReadingWithoutScript: the buttons keep what was chosen.
func TestReadingWithoutScript(t *testing.T) {
	b := browser.Start(t)
	site := practiceSite(t)
	p := b.Person(t, browser.Settings{Width: 320, NoScript: true})
	p.Go(site + "/demo/visitor")
	p.Go(site + "/practice")
	p.Follow("text=Elke zondag een filmpje")
	browser.Eval[string](p, `(document.querySelector("[name='1.act']").focus(), "")`)
	p.Press("ArrowDown", "ArrowDown")
	p.Submit("text=Bewaar en lees verder")
	p.See("Dit kwam ervoor")
	p.Submit("text=Bewaar en leg ernaast")
	p.Follow("text=Een lezer van dit project")
	p.See("0 van 1 zin")
	p.Click("text=Wat de zin doet")
	p.See("Uitleggen")
	p.See("Iets anders")
	p.Follow("text=Lees het stuk")
	if got := browser.Eval[string](p, `document.querySelector("[name='1.act']").value`); got != string(lens.Inform) {
		t.Errorf("kept is %q", got)
	}
	p.Click("text=Jouw lezing: meenemen of wissen")
	p.Submit("text=Wis mijn lezing")
	p.See("Je lezing is gewist.")
	if url := p.URL(); !strings.HasSuffix(url, "/practice?did=reading_gone") {
		t.Errorf("after wiping at %s", url)
	}
}
