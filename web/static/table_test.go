package static_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"samenspel/internal/browser"
	"samenspel/web/static"
)

// tabletop is a page as the table of a dialogue has it. The people are
// invented.
const tabletop = `<div class="undo"><p>Het ligt op tafel.</p><form action="/did/undo" method="post"><input type="hidden" name="back" value="/"><button class="btn">Ongedaan</button></form></div><main class="at-table"><h1>Aan tafel</h1>
<section class="card-big"><div id="card" data-region><p id="on">Eerst Sami.</p></div><a class="btn" href="/?turned=1" data-turn><span class="ahead">Draai om</span><span class="again">Draai terug</span></a></section>
<form action="/did/say" method="post" data-say><input type="hidden" name="back" value="/"><div class="say sayform"><label>Woorden <textarea name="words" id="words" rows="1"></textarea></label><button class="btn main">Leg neer</button></div>
<p data-first hidden>Er staan nog woorden.</p>
<p data-speaks="y">Yara zegt dit.</p><p data-speaks="m" hidden>Mieke zegt dit.</p>
<label><input type="radio" name="said_by" value="y" checked>Yara</label><label><input type="radio" name="said_by" value="m">Mieke</label></form>
<p data-not-kept hidden>Dit lukte niet.</p>
<section id="turn" data-region data-has="y"><form action="/did/turn" method="post"><input type="hidden" name="back" value="/"><button class="btn" name="partner" value="m">Nu jij, Mieke</button></form></section>
<ul class="balloons" data-balloons>%s</ul>
<form action="/did/end" method="post" data-leaves><button class="btn">Klaar voor nu</button></form>
<form action="/fails" method="post"><button class="btn">Gaat mis</button></form></main>` + live

const hanging = `<li id="b%d" data-x="%d" data-y="50" data-up="0" data-side="0"><form action="/did/press" method="post"><input type="hidden" name="back" value="/"><button><svg viewBox="0 0 56 76"></svg><b>Ballon %[1]d</b></button></form><form action="/did/move" method="post" data-move><input type="hidden" name="back" value="/"><input type="hidden" name="activity" value="a%[1]d"></form></li>`

// newTable serves that page with its script, and tells what forms sent.
func newTable(t *testing.T) (r *room, sent chan string) {
	t.Helper()
	var list strings.Builder
	for i := range 5 {
		fmt.Fprintf(&list, hanging, i, 10+20*i)
	}
	sent = make(chan string, 8)
	r = newRoom(t, fmt.Sprintf(tabletop, list.String())+`<script src="`+static.Path("table.js")+`" defer></script>`)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /did/{what}", func(w http.ResponseWriter, req *http.Request) {
		if err := req.ParseForm(); err != nil {
			t.Error(err)
		}
		sent <- req.PathValue("what") + " " + req.PostForm.Encode()
		http.Redirect(w, req, req.PostForm.Get("back"), http.StatusSeeOther)
	})
	mux.HandleFunc("POST /fails", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	mux.HandleFunc("/", r.serve)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	r.url = server.URL
	return r, sent
}

// serve passes a request on to the room.
func (r *room) serve(w http.ResponseWriter, req *http.Request) {
	switch {
	case strings.HasPrefix(req.URL.Path, static.Prefix):
		static.Handler().ServeHTTP(w, req)
	case req.URL.Path == "/stream":
		r.stream(w, req)
	default:
		document(w, r.page.Load().(string))
	}
}

const regionsOfMieke = `<div id="card" data-region><p id="on">Dan de rest.</p></div><section id="turn" data-region data-has="m"><p>Mieke heeft het woord.</p></section>`

func TestNewWordsStay(t *testing.T) {
	b := browser.Start(t)
	t.Run("others lay words and give the word", func(t *testing.T) {
		r, sent := newTable(t)
		p := b.Person(t, browser.Settings{Width: 390})
		p.Go(r.url)
		c := r.reader(t)
		p.See("Yara zegt dit.")
		p.Fill("#words", "Ik wil niet dat hij")
		c.push(t, "1", regionsOfMieke)
		p.See("Dan de rest.")
		if got := browser.Eval[string](p, "document.activeElement.id + words.value"); got != "wordsIk wil niet dat hij" {
			t.Errorf("while typing: %q", got)
		}
		p.See("Yara zegt dit.") // whoever had the word when it was typed
		p.Press("Enter")
		if got, want := <-sent, "say back=%2F&said_by=y&words=Ik+wil+niet+dat+hij"; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	})

	t.Run("the speaker follows the word", func(t *testing.T) {
		r, _ := newTable(t)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		c := r.reader(t)
		c.push(t, "1", regionsOfMieke)
		p.See("Mieke zegt dit.")
		if got := browser.Eval[string](p, "document.querySelector('[name=said_by]:checked').value"); got != "m" {
			t.Errorf("the form says %s", got)
		}
		browser.Eval[*bool](p, "document.querySelector('[name=said_by][value=y]').click()")
		c.push(t, "2", strings.Replace(regionsOfMieke, "Dan", "En", 1))
		p.See("En de rest.")
		p.See("Yara zegt dit.") // somebody chose
	})

	t.Run("other buttons leave them", func(t *testing.T) {
		r, sent := newTable(t)
		p := b.Person(t, browser.Settings{})
		p.Go(r.url)
		r.reader(t)
		p.Fill("#words", "Half een zin")
		p.Click("text=Nu jij, Mieke")
		if got, want := <-sent, "turn back=%2F&partner=m"; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
		p.Click("text=Ongedaan")
		if got, want := <-sent, "undo back=%2F"; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
		p.SeeNo("Het ligt op tafel.")
		p.Allow("503")
		p.Click("text=Gaat mis")
		p.See("Dit lukte niet.")
		p.Click("text=Klaar voor nu")
		p.See("Er staan nog woorden.")
		if got := browser.Eval[string](p, "document.activeElement.id + words.value"); got != "wordsHalf een zin" {
			t.Errorf("after four buttons: %q", got)
		}
	})
}

func TestTheCardTurns(t *testing.T) {
	b := browser.Start(t)
	r, sent := newTable(t)
	p := b.Person(t, browser.Settings{})
	p.Go(r.url)
	c := r.reader(t)
	p.Click("text=Draai om")
	p.See("Draai terug")
	turned := "getComputedStyle(document.querySelector('.card-big')).rotate + location.search"
	p.Until(turned + " === '180deg?turned=1'")
	c.push(t, "1", `<div id="card" data-region><p id="on">Nieuw</p></div>`)
	p.See("Nieuw")
	p.Until(turned + " === '180deg?turned=1'")
	p.Submit("text=Nu jij, Mieke")
	if got, want := <-sent, "turn back=%2F%3Fturned%3D1&partner=m"; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
}

func TestBalloonsFollowTheHand(t *testing.T) {
	b := browser.Start(t)
	r, sent := newTable(t)
	p := b.Person(t, browser.Settings{})
	p.Go(r.url)
	r.reader(t)
	drag := func(which, beside, side int, up float64) string {
		t.Helper()
		browser.Eval[*bool](p, fmt.Sprintf(`(() => {
			const middle = (id) => { const r = document.querySelector(id).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; };
			const [x, y] = middle("#b%[1]d button"), [toX] = middle("#b%[2]d button");
			const at = (type, x, y) => document.querySelector("#b%[1]d button").dispatchEvent(new PointerEvent(type, {bubbles: true, button: 0, clientX: x, clientY: y}));
			at("pointerdown", x, y); at("pointermove", x + 4, y); at("pointermove", toX + %[3]d, y - %[4]g); at("pointerup", toX + %[3]d, y - %[4]g);
			return null;
		})()`, which, beside, side, up))
		return <-sent
	}
	for _, c := range []struct {
		which, beside, side int
		up                  float64
		x, y                string
	}{
		{0, 2, 5, 26, "60", "70"},    // between the third and the fourth, higher
		{4, 0, -5, -1000, "5", "0"},  // before the first, as low as it goes
		{1, 4, 5, 1000, "95", "100"}, // after the last, as high as it goes
		{2, 2, 20, 0, "50", "50"},    // not past another: it hangs where it hung
	} {
		got, err := moved(drag(c.which, c.beside, c.side, c.up))
		if err != nil || got.Get("activity") != fmt.Sprint("a", c.which) || got.Get("x") != c.x || got.Get("y") != c.y {
			t.Errorf("balloon %d beside %d: sent %v, want x %s and y %s", c.which, c.beside, got, c.x, c.y)
		}
		r.reader(t) // of the page that comes back
	}
	// A press that does not move is a press.
	p.Submit("text=Ballon 3")
	if got := <-sent; !strings.HasPrefix(got, "press") {
		t.Errorf("a press sends %s", got)
	}
}

// moved reads what a form for moving sent.
func moved(sent string) (url.Values, error) {
	_, form, _ := strings.Cut(sent, "move ")
	return url.ParseQuery(form)
}
