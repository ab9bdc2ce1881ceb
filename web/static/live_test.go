package static_test

import (
	"net/http"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

const live = `<div data-live="/stream" hidden></div>`

const words = `<section id="words" data-region><h2>Woorden</h2>
<article class="word" id="w1"><q>Eerst Sami.</q><details id="d1"><summary>Meer</summary><p>Gezegd op dinsdag.</p></details>
<button class="btn" id="b1">Klopt</button></article>
<form><label>Zo zeg ik het <input id="own" name="own"></label></form></section>`

const wordsAfter = `<section id="words" data-region><h2>Woorden</h2>
<article class="word" id="w0"><q>Een huis met een open deur.</q></article>
<article class="word" id="w1"><q>Eerst Sami, dan de rest.</q><details id="d1"><summary>Meer</summary><p>Gezegd op woensdag.</p></details>
<button class="btn" id="b1">Klopt</button></article>
<form><label>Zo zeg ik het <input id="own" name="own"></label></form></section>`

// opened returns a page with two regions, and the reader of its stream.
func opened(t *testing.T, b *browser.Browser) (*room, *browser.Person, *connection) {
	t.Helper()
	r := newRoom(t, `<main><h1 id="h">Samen</h1><p><label>Vertel <textarea id="tell"></textarea></label></p>`+words+
		`<section id="pace" data-region><p>Rustig</p></section></main>`+live)
	p := b.Person(t, browser.Settings{Width: 390})
	p.Go(r.url)
	return r, p, r.reader(t)
}

// region is one small region with this text.
func region(text string) string {
	return `<section id="words" data-region><p>` + text + `</p></section>`
}

func TestRegionsAreRenewed(t *testing.T) {
	b := browser.Start(t)
	t.Run("renew what changed and nothing else", func(t *testing.T) {
		_, p, c := opened(t, b)
		browser.Eval[bool](p, "(window.kept = [h, tell, pace, own, b1, d1], true)")
		c.push(t, "1", wordsAfter)
		p.See("Eerst Sami, dan de rest.")
		p.See("Een huis met een open deur.")
		if !browser.Eval[bool](p, "window.kept.every((el) => el.isConnected && el === document.getElementById(el.id))") {
			t.Error("an element that stayed was replaced")
		}
		c.push(t, "2", words, `<section id="pace" data-region><p>Pauze. Er wordt niets gevraagd.</p></section>`)
		p.See("Pauze. Er wordt niets gevraagd.")
		p.SeeNo("Een huis met een open deur.")
	})

	t.Run("a figure", func(t *testing.T) {
		_, p, c := opened(t, b)
		c.push(t, "1", `<section id="pace" data-region><svg class="fig" viewBox="0 0 9 9" role="img" aria-label="Beeld">`+
			`<path class="g own" d="M0 0H9V9Z"/><text x="4" y="4">Yara</text></svg></section>`)
		p.Wait("#pace path")
		if got := browser.Eval[string](p, "document.querySelector('#pace path').namespaceURI"); got != "http://www.w3.org/2000/svg" {
			t.Errorf("the figure is of %q", got)
		}
	})

	t.Run("scripts reach what is new", func(t *testing.T) {
		_, p, c := opened(t, b)
		c.push(t, "1", `<section id="pace" data-region><p id="say">Rustig</p><button class="btn" data-read="say" hidden>Lees voor</button></section>`)
		p.Wait("text=Lees voor")
	})
}

func TestRegionsRefuse(t *testing.T) {
	b := browser.Start(t)
	t.Run("what may not be in a region", func(t *testing.T) {
		for _, bad := range []string{`<script>document.title = "mis"</script>`, `<iframe src="/other"></iframe>`, `<style>p { color: red }</style>`} {
			r, p, c := opened(t, b)
			c.push(t, "1", `<section id="pace" data-region><p>Mis</p>`+bad+`</section>`)
			c = r.reader(t) // it starts anew, after what it refused
			c.push(t, "2", `<section id="words" data-region><p>Verder</p></section>`)
			p.See("Verder")
			p.SeeNo("Mis")
			p.Expect("it may not hold")
		}
	})

	t.Run("regions elsewhere are left out", func(t *testing.T) {
		_, p, c := opened(t, b)
		c.push(t, "1", `<section id="unknown" data-region><p>Onbekend</p></section>`,
			`<section id="h"><p>geen gebied</p></section>`, `<section id="pace" data-region><p>Gewoon</p></section>`)
		p.See("Gewoon")
		if got := p.Text("main"); strings.Contains(got, "Onbekend") || strings.Contains(got, "geen gebied") || !strings.Contains(got, "Samen") {
			t.Errorf("the page says %q", got)
		}
	})
}

func TestReaderIsNotDisturbed(t *testing.T) {
	b := browser.Start(t)
	t.Run("focus, typed text and open details stay", func(t *testing.T) {
		_, p, c := opened(t, b)
		p.Click("#d1 summary")
		p.See("Gezegd op dinsdag.")
		p.Fill("#own", "Mijn eigen woo")
		p.Press("ArrowLeft")
		c.push(t, "1", wordsAfter)
		p.See("Gezegd op woensdag.")
		if got := browser.Eval[string](p, "document.activeElement.id + own.value + own.selectionStart"); got != "ownMijn eigen woo13" {
			t.Errorf("while typing: %q", got)
		}
		p.Press("x")
		if got := browser.Eval[string](p, "own.value"); got != "Mijn eigen woxo" {
			t.Errorf("typing on gives %q", got)
		}
		p.Fill("#tell", "buiten")
		c.push(t, "2", words)
		p.See("Gezegd op dinsdag.")
		if got := browser.Eval[string](p, "document.activeElement.id + tell.value + own.value"); got != "tellbuitenMijn eigen woxo" {
			t.Errorf("outside a region: %q", got)
		}
		browser.Eval[*bool](p, "b1.focus()")
		c.push(t, "3", wordsAfter)
		p.See("Gezegd op woensdag.")
		if got := browser.Eval[string](p, "document.activeElement.id"); got != "b1" {
			t.Errorf("focus went to %q", got)
		}
	})
}

func TestStreamComesBack(t *testing.T) {
	b := browser.Start(t)
	t.Run("comes back with the last id", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("een")+`</main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		if c.lastID != "" {
			t.Errorf("the first reader says %q", c.lastID)
		}
		c.push(t, "41", region("twee"))
		p.See("twee")
		close(c.cut)
		c = r.reader(t)
		if c.lastID != "41" {
			t.Errorf("came back with %q", c.lastID)
		}
		c.push(t, "42", region("drie"))
		p.See("drie")
	})

	t.Run("hidden tab", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("een")+`</main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		c.push(t, "7", region("twee"))
		p.See("twee")
		tab := p.Tab()
		tab.Go(r.url + "/other")
		c.left(t)
		p.Front()
		c = r.reader(t)
		if c.lastID != "7" {
			t.Errorf("came back with %q", c.lastID)
		}
		c.push(t, "8", region("drie"))
		p.See("drie")
	})

	t.Run("back and forward", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("een")+`<a href="/other">Verder</a></main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		p.Follow("text=Verder")
		c.left(t)
		p.Back()
		c = r.reader(t)
		c.push(t, "2", region("weer hier"))
		p.See("weer hier")
	})
}

func TestStreamEnds(t *testing.T) {
	b := browser.Start(t)
	t.Run("gone", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("hier")+`</main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		r.page.Store(`<main><h1>Je bent hier niet meer</h1></main>`)
		c.send(t, "event: gone\ndata:\n\n")
		p.See("Je bent hier niet meer")
		c.left(t)
	})

	t.Run("no longer let in", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("een")+`</main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		p.Allow("401")
		r.page.Store(`<main><h1>Kom binnen</h1></main>`)
		r.refuse.Store(http.StatusUnauthorized)
		close(c.cut)
		p.See("Kom binnen")
	})
}

// TestStreamIsKept: something in between keeps the stream to itself. The page
// finds out, and asks now and then; what is typed stays, and nothing is loaded
// anew.
func TestStreamIsKept(t *testing.T) {
	b := browser.Start(t)
	t.Run("whole", func(t *testing.T) { t.Parallel(); keptStream(t, b, false) })
	t.Run("but for its head", func(t *testing.T) { t.Parallel(); keptStream(t, b, true) })
}

func keptStream(t *testing.T, b *browser.Browser, head bool) {
	t.Helper()
	r := newRoom(t, `<main><p class="cut" role="status">Geen netwerk.</p><label>Zo <input id="own"></label>`+region("een")+`</main>`+live)
	r.held.Store(true)
	r.head.Store(head)
	r.once.Store("id: 7\ndata: " + region("twee") + "\n\n")
	p := b.Person(t, browser.Settings{})
	p.Allow("timeout") // htmx says so of the stream that nothing comes from
	p.Go(r.url)
	p.Fill("#own", "half")
	p.See("twee")
	if last := r.asks(t); last != "" {
		t.Errorf("the first that asks says %q", last)
	}
	for r.asks(t) != "7" { // the question whether it can ask at all came before
	}
	r.once.Store("id: 8\ndata: " + region("drie") + "\n\n")
	p.See("drie")
	p.SeeNo("Geen netwerk.")
	r.once.Store("event: gone\ndata:\n\n")
	if got := browser.Eval[string](p, "document.activeElement.id + own.value"); got != "ownhalf" {
		t.Errorf("while typing: %q", got)
	}
	if n := r.renders.Load(); n != 1 {
		t.Errorf("the page was loaded %d times", n)
	}
	r.page.Store(`<main><h1>Je bent hier niet meer</h1></main>`)
	p.See("Je bent hier niet meer")
}

func TestStreamIsDown(t *testing.T) {
	b := browser.Start(t)
	t.Run("down for a while", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<p class="cut" role="status">Geen netwerk.</p><main>`+region("een")+`</main>`+live)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		p.SeeNo("Geen netwerk.")
		r.refuse.Store(http.StatusServiceUnavailable)
		p.Allow("503")
		close(c.cut)
		p.See("Geen netwerk.")
		r.refuse.Store(0)
		c = r.reader(t)
		p.SeeNo("Geen netwerk.")
		c.push(t, "2", region("er weer"))
		p.See("er weer")
	})

	t.Run("refused from the start", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t, `<main>`+region("een")+`</main>`+live)
		r.refuse.Store(http.StatusForbidden)
		p := b.Person(t, browser.Settings{})
		p.Allow("403")
		p.Go(r.url)
		p.Expect("403")
		r.refuse.Store(0)
		r.reader(t).push(t, "1", region("twee"))
		p.See("twee")
		if n := r.renders.Load(); n != 1 {
			t.Errorf("the page was loaded %d times", n)
		}
	})
}
