package static_test

import (
	"testing"

	"samenspel/internal/browser"
	"samenspel/web/static"
)

// drawn is a map with one face at the top of the first ring, 1 pixel for each
// unit, and what package page puts beside it. The person is invented.
var drawn = `<div id="map"><svg class="fig around" viewBox="-208 -208 416 416" width="416" height="416">
<circle class="halo" r="196.5"/><circle class="halo" r="147.5"/><circle class="halo" r="98.5"/>
<g class="near" data-near="rosa"><path class="head named" d="M-17-91H17V-57H-17Z"/><text class="letter named" x="0" y="-69">R</text></g></svg></div>
<a href="/away" data-near-page="rosa">Rosa</a><p><span data-drag-hint hidden>Slepen kan ook.</span></p>
`

const moving = `<form method="post" action="/keep" data-move="rosa" hidden><input name="answer" type="hidden" value="vorm">
<input type="hidden" name="ring" value="1"><input type="hidden" name="direction" value="0"></form>`

func TestAFaceIsDragged(t *testing.T) {
	script := `<script src="` + static.Path("around.js") + `" defer></script>`
	b := browser.Start(t)
	open := func(t *testing.T, body string) (*house, *browser.Person) {
		h := newHouse(t, body+script)
		h.free()
		p := b.Person(t, browser.Settings{})
		p.Go(h.url)
		p.Wait("html[data-js]")
		return h, p
	}
	// What the form holds when it is sent, kept for the next page.
	keep := func(p *browser.Person) {
		browser.Eval[*bool](p, `addEventListener("submit", (event) => {
			const {ring, direction} = event.target.elements;
			sessionStorage.setItem("sent", ring.value + " " + direction.value);
		})`)
	}
	for name, c := range map[string]struct {
		right, down float64
		want        string
	}{
		"to the right":          {74, 74, "1 6"},
		"to the left, far away": {-172, 74, "3 18"},
		"off the map":           {0, 300, "3 12"},
		"a ring further":        {0, -49, "2 0"},
	} {
		t.Run(name, func(t *testing.T) {
			h, p := open(t, drawn+moving)
			p.See("Slepen kan ook.")
			scale := browser.Eval[float64](p, "document.querySelector('svg').getScreenCTM().a")
			keep(p)
			p.Drag(".near", c.right*scale, c.down*scale)
			<-h.came
			p.See("Bewaard")
			if got := browser.Eval[string](p, "sessionStorage.getItem('sent')"); got != c.want {
				t.Errorf("dragged to %q, want %q", got, c.want)
			}
		})
	}
	t.Run("a touch opens the page", func(t *testing.T) {
		_, p := open(t, drawn+moving)
		p.Click(".near")
		p.See("Het weer")
	})
	t.Run("the map of another stays as it is", func(t *testing.T) {
		h, p := open(t, drawn)
		p.Drag(".near", 80, 80)
		if moved := browser.Eval[bool](p, "document.querySelector('.near').hasAttribute('transform')"); moved || h.posts.Load() > 0 {
			t.Error("it was moved")
		}
	})
}
