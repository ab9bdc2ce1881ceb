package e2e

import (
	"fmt"
	"testing"

	"samenspel/internal/browser"
)

// TestEveryPage goes along every page in many ways. What goes wrong inside a
// page fails the test by itself.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	b := browser.Start(t)
	w := newWorld(t, b)
	along := func(name string, s browser.Settings, who []string, each look) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w.tour(t, b, s, who, each)
		})
	}
	// Each page is seen by axe-core in four looks: in two of them for each
	// role, in the two others for one of both.
	for _, l := range []struct {
		s   browser.Settings
		who []string
	}{
		{browser.Settings{Width: 390, Language: "nl"}, everybody},
		{browser.Settings{Width: 1280, Language: "en", Dark: true}, everybody},
		{browser.Settings{Width: 390, Language: "en", Dark: true}, []string{"outside", "vrager"}},
		{browser.Settings{Width: 1280, Language: "nl"}, []string{"outside", "professional"}},
	} {
		along(fmt.Sprintf("axe/%s/dark=%v/%d", l.s.Language, l.s.Dark, l.s.Width), l.s, l.who, accessible)
	}
	along("narrow", browser.Settings{Width: 320, Height: 640}, everybody, fits)
	along("forced colours", browser.Settings{ForcedColors: true, MoreContrast: true, LessMotion: true}, everybody, headed)
}

// accessible has axe-core look at a page. What can be opened stands open.
func accessible(t *testing.T, p *browser.Person, page string) {
	open(p)
	for _, v := range p.Axe() {
		t.Errorf("%s: %v", page, v)
	}
}

// fits sees that a page does not scroll sideways, written from left to right
// or from right to left.
func fits(t *testing.T, p *browser.Person, page string) {
	open(p)
	for _, dir := range []string{"ltr", "rtl"} {
		if wide := browser.Eval[string](p, fmt.Sprintf(sideways, dir)); wide != "" {
			t.Errorf("%s, %s: scrolls sideways, by %s", page, dir, wide)
		}
	}
}

// headed sees that a page has its heading in the reader's own colours.
func headed(t *testing.T, p *browser.Person, page string) {
	p.Wait("main :is(h1, h2)")
	if !browser.Eval[bool](p, `matchMedia("(forced-colors: active)").matches`) {
		t.Errorf("%s is not in forced colours", page)
	}
}

// open opens what can be opened on a page.
func open(p *browser.Person) {
	browser.Eval[int](p, `[...document.querySelectorAll("details")].filter((el) => el.open = true).length`)
}

// sideways tells what sticks out at the side of the page, or "".
const sideways = `(() => {
	const page = document.documentElement;
	page.dir = %q;
	if (page.scrollWidth <= innerWidth) return "";
	const out = [...document.querySelectorAll("body *")].find((el) => {
		const box = el.getBoundingClientRect();
		return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
	});
	return out?.outerHTML.slice(0, 200) ?? "something";
})()`
