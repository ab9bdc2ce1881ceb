package static_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samenspel/internal/browser"
	"samenspel/web/static"
)

// house serves one page with the given body, and what its forms and links need.
type house struct {
	url   string
	posts atomic.Int64
	came  chan struct{} // one for each post
	free  func()        // lets /away and /keep answer
}

func newHouse(t *testing.T, body string) *house {
	t.Helper()
	slow := make(chan struct{})
	h := &house{came: make(chan struct{}, 8), free: sync.OnceFunc(func() { close(slow) })}
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		document(w, `<main><h1>Vandaag</h1><p>Tempo: `+r.URL.Query().Get("pace")+`.</p>`+body+`</main>`)
	})
	mux.HandleFunc("GET /before", func(w http.ResponseWriter, _ *http.Request) {
		document(w, `<main><h1>Eerder</h1><a href="/">Verder</a></main>`)
	})
	mux.HandleFunc("GET /away", func(w http.ResponseWriter, _ *http.Request) {
		<-slow
		document(w, `<main><h1>Het weer</h1></main>`)
	})
	mux.HandleFunc("POST /keep", func(w http.ResponseWriter, r *http.Request) {
		h.posts.Add(1)
		h.came <- struct{}{}
		<-slow
		document(w, fmt.Sprintf(`<main><h1>Bewaard</h1><p>%d keer, met %s.</p></main>`, h.posts.Load(), r.FormValue("answer")))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(h.free)
	h.url = server.URL
	return h
}

const exit = `<a class="btn quick-exit" href="/away">Snel weg</a>`

func TestQuickExit(t *testing.T) {
	b := browser.Start(t)
	for name, leave := range map[string]func(p *browser.Person){
		"link":       func(p *browser.Person) { p.Click("text=Snel weg") },
		"keyboard":   func(p *browser.Person) { p.Press("Tab", "Enter") },
		"shift × 3":  func(p *browser.Person) { p.Press("Shift", "Shift", "Shift") },
		"in a field": func(p *browser.Person) { p.Click("input"); p.Press("a", "Shift", "Shift", "Shift") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, exit+`<label>Naam <input></label>`)
			p := b.Person(t, browser.Settings{})
			p.Go(h.url + "/before")
			p.Follow("text=Verder")
			browser.Eval[*bool](p, `addEventListener("pagehide", () => {
				sessionStorage.setItem("left", document.body.hidden + document.title)
			})`)
			leave(p)
			h.free()
			p.See("Het weer")
			if got := browser.Eval[string](p, "sessionStorage.getItem('left')"); got != "true…" {
				t.Errorf("the page that was left: %q", got)
			}
			p.Back()
			p.See("Eerder")
		})
	}

	t.Run("capitals do not leave", func(t *testing.T) {
		h := newHouse(t, exit+`<label>Naam <input></label>`)
		p := b.Person(t, browser.Settings{})
		p.Go(h.url)
		p.Click("input")
		p.Press("Shift+J", "Shift+E", "Shift+P", "Shift", "Shift", "a", "Shift")
		if got := browser.Eval[string](p, "document.querySelector('input').value + document.body.hidden"); got != "JEPafalse" {
			t.Errorf("after typing: %q", got)
		}
	})

	t.Run("without script", func(t *testing.T) {
		h := newHouse(t, exit)
		h.free()
		p := b.Person(t, browser.Settings{NoScript: true})
		p.Go(h.url)
		p.Follow("text=Snel weg")
		p.See("Het weer")
	})
}

func TestAutoForm(t *testing.T) {
	b := browser.Start(t)
	const pace = `<form data-auto><div class="seg">
<label><input type="radio" name="pace" value="rustig" checked>Rustig</label>
<label><input type="radio" name="pace" value="gewoon">Gewoon</label>
<label><input type="radio" name="pace" value="pauze">Pauze</label></div><button class="btn" data-noscript>Zo is het goed</button></form>`

	t.Run("sends itself", func(t *testing.T) {
		h := newHouse(t, pace)
		p := b.Person(t, browser.Settings{})
		p.Go(h.url)
		p.SeeNo("Zo is het goed")
		p.Click("text=Gewoon")
		p.See("Tempo: gewoon.")
		p.Click("text=Rustig") // is checked in this new page: changes nothing
		p.Press("ArrowRight", "ArrowRight")
		p.See("Tempo: pauze.")
	})

	t.Run("has a button without script", func(t *testing.T) {
		h := newHouse(t, pace)
		p := b.Person(t, browser.Settings{NoScript: true})
		p.Go(h.url)
		p.Click("text=Pauze")
		p.Submit("text=Zo is het goed")
		p.See("Tempo: pauze.")
	})
}

func TestForms(t *testing.T) {
	b := browser.Start(t)
	t.Run("goes once", func(t *testing.T) {
		h := newHouse(t, `<form method="post" action="/keep"><label>Woorden <input name="words"></label>`+
			`<button class="btn" name="answer" value="ja">Klopt</button></form>`)
		p := b.Person(t, browser.Settings{})
		p.Go(h.url)
		p.Fill("input", "Eerst Sami")
		p.Press("Enter")
		select {
		case <-h.came:
		case <-time.After(patience):
			t.Fatal("nothing was sent")
		}
		p.Press("Enter", "Enter") // nothing seems to happen, so once more
		h.free()
		p.See("1 keer, met ja.")
	})

	t.Run("takes an invitation from the address", func(t *testing.T) {
		h := newHouse(t, `<form><label>Uitnodiging <input name="invitation" data-from-fragment></label></form>`)
		p := b.Person(t, browser.Settings{})
		p.Go(h.url + "/?pace=rustig#rood%20huis-7")
		if got := browser.Eval[string](p, "document.forms[0].invitation.value"); got != "rood huis-7" {
			t.Errorf("the field holds %q", got)
		}
		if got, want := p.URL(), h.url+"/?pace=rustig"; got != want {
			t.Errorf("the address is %s, want %s", got, want)
		}
	})
}

func TestUndoFades(t *testing.T) {
	p := browser.Start(t).Person(t, browser.Settings{})
	h := newHouse(t, `<button class="btn">Elders</button>
<div class="undo" id="held" role="status" data-fades="1"><p>Je deelde dit met Mieke.</p><button class="btn">Toch niet</button></div>
<div class="undo" id="loose" role="status" data-fades="1"><p>Je deelde dit met Hanan.</p></div>
<div class="undo" id="stays" role="status"><p>Dit blijft staan.</p></div>`)
	p.Go(h.url)
	browser.Eval[*bool](p, "document.querySelector('#held button').focus()")
	p.SeeNo("Je deelde dit met Hanan.")
	p.See("Je deelde dit met Mieke.") // its time came before that of the other
	p.Click("text=Elders")
	p.SeeNo("Je deelde dit met Mieke.")
	p.See("Dit blijft staan.")
}
