package static_test

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samenspel/internal/browser"
	"samenspel/web/static"
)

var shots = flag.String("shots", "", "also write a picture of each page into this folder")

// pages are the kinds of page that the styles are made for, in testdata. The
// people in them are invented.
var pages = []string{"alliance-home", "picture", "picture-empty", "capture", "door", "table", "lookback", "lens", "more"}

func gallery(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	for _, name := range pages {
		b, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		page, err := template.New(name).Funcs(template.FuncMap{"icon": static.Icon}).Parse(string(b))
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		if err := page.Execute(&body, nil); err != nil {
			t.Fatal(err)
		}
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, _ *http.Request) { document(w, body.String()) })
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestLook(t *testing.T) {
	b, url := browser.Start(t), gallery(t)
	for _, look := range []struct {
		name     string
		settings browser.Settings
		axe      bool
		set      string // attribute of <html>
	}{
		{"320", browser.Settings{Width: 320, Height: 640}, true, ""},
		{"390-dark", browser.Settings{Width: 390, Height: 844, Dark: true}, true, ""},
		{"1280", browser.Settings{}, true, ""},
		{"390", browser.Settings{Width: 390, Height: 844}, false, ""},
		{"1280-dark", browser.Settings{Dark: true}, false, ""},
		{"320-rtl", browser.Settings{Width: 320, Height: 640}, false, "dir=rtl"},
		{"320-larger", browser.Settings{Width: 320, Height: 640}, false, "data-text=larger"},
		{"390-contrast", browser.Settings{Width: 390, MoreContrast: true, LessMotion: true}, true, ""},
		{"390-forced", browser.Settings{Width: 390, ForcedColors: true, Dark: true}, false, ""},
	} {
		t.Run(look.name, func(t *testing.T) {
			t.Parallel()
			p := b.Person(t, look.settings)
			for _, name := range pages {
				p.Go(url + "/" + name)
				if attribute, value, ok := strings.Cut(look.set, "="); ok {
					browser.Eval[*bool](p, fmt.Sprintf("document.documentElement.setAttribute(%q, %q)", attribute, value))
				}
				if look.axe {
					for _, v := range p.Axe() {
						t.Errorf("%s: %s", name, v)
					}
				}
				if wide := browser.Eval[string](p, tooWide); wide != "" {
					t.Errorf("%s scrolls sideways: %s", name, wide)
				}
				if small := browser.Eval[[]string](p, tooSmall); len(small) > 0 {
					t.Errorf("%s has targets below 44 px: %q", name, small)
				}
				if *shots != "" {
					p.Shot(filepath.Join(*shots, name+"-"+look.name+".png"))
				}
			}
		})
	}
}

// tooWide names what makes the page wider than the screen.
const tooWide = `document.documentElement.scrollWidth <= innerWidth ? "" :
	[...document.querySelectorAll("body *")].filter((el) => {
		const box = el.getBoundingClientRect();
		return (box.right > innerWidth + 1 || box.left < -1) && !el.closest(".scroll");
	}).map((el) => el.outerHTML.slice(0, 80)).join(" | ")`

// tooSmall lists what can be pressed and is lower or narrower than 44 px. The
// label is the target of what it holds. A link within a sentence may be as
// high as its line, but has to be 24 px at least, with its padding.
const tooSmall = `[...document.querySelectorAll("a, button, input, select, textarea, summary")].filter((el) => {
		if (!el.checkVisibility() || el.matches(".skip")) return false;
		const box = (el.matches("input") && el.closest("label") || el).getBoundingClientRect();
		const least = el.matches("p a, li > a:not(:only-child)") ? 24 : 44;
		return box.height < least - .5 || box.width < least - .5;
	}).map((el) => el.outerHTML.slice(0, 90) + " " + el.getBoundingClientRect().height)`

func TestFocusIsSeen(t *testing.T) {
	b, url := browser.Start(t), gallery(t)
	for _, width := range []int{390, 1280} {
		p := b.Person(t, browser.Settings{Width: width, Height: 700})
		for _, name := range pages {
			p.Go(url + "/" + name)
			first := ""
			for step := range 200 {
				p.Press("Tab")
				got := browser.Eval[struct{ Element, Fault string }](p, focused)
				if got.Fault != "" {
					t.Errorf("%s at %d: %s: %s", name, width, got.Fault, got.Element)
				}
				if step == 0 {
					first = got.Element
				} else if got.Element == first || got.Element == "" {
					break
				}
			}
		}
	}
}

// focused says what has the focus, and what is wrong with how that looks: no
// outline on it or its label, or something else lies over it.
const focused = `(() => {
	const el = document.activeElement;
	if (el === document.body) return {Element: "", Fault: ""};
	const shown = el.matches("input:is([type=radio], [type=checkbox])") ? el.closest("label") : el;
	const style = getComputedStyle(shown);
	const box = shown.getClientRects()[0];
	const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
	let fault = "";
	if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 3) fault = "no outline";
	else if (!shown.contains(top) && !top?.contains(shown)) fault = "hidden under " + top?.outerHTML.slice(0, 60);
	return {Element: el.outerHTML.slice(0, 120), Fault: fault};
})()`

func TestPrint(t *testing.T) {
	p := browser.Start(t).Person(t, browser.Settings{Width: 720, Print: true})
	p.Go(gallery(t) + "/picture")
	for _, sel := range []string{".top nav", ".bar", ".answers", ".foot", ".skip"} {
		if browser.Eval[bool](p, "document.querySelector('"+sel+"').checkVisibility()") {
			t.Errorf("%s is printed", sel)
		}
	}
	p.See("Een huis is pas een huis als de deur open kan.")
}
