package browser

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// strict is as strict as the policy of the program itself.
const strict = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; require-trusted-types-for 'script'"

// site serves small pages under the strict policy. Each tells what it shows.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	serve := func(path, kind string, body func(r *http.Request) string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", strict)
			w.Header().Set("Content-Type", kind)
			_, _ = fmt.Fprint(w, body(r)) // the browser went away
		})
	}
	page := func(path, body string) {
		serve(path, "text/html; charset=utf-8", func(*http.Request) string {
			return `<!doctype html><html lang="nl"><meta name="viewport" content="width=device-width"><title>Proef</title>` +
				`<link rel="stylesheet" href="/style.css"><main><h1>Proef</h1>` + body + `</main></html>`
		})
	}
	page("/calm", `<p>Alles rustig.</p>`)
	page("/inline", `<script>document.title = "nooit"</script><p>Hier.</p>`)
	page("/html", `<p id="out"></p><script src="/html.js"></script>`)
	page("/errors", `<script src="/errors.js"></script>`)
	page("/missing", `<script src="/nowhere.js"></script>`)
	page("/unfair", `<img src="data:,x"><p>Een beeld zonder woorden.</p>`)
	page("/noscript", `<p id="out">zonder script</p><script src="/scripted.js"></script>`)
	page("/covered", `<button id="under">Onder</button><div id="over"></div>`)
	page("/form", `<form action="/form"><label>Naam <input name="name" value="oud"></label>`+
		`<label>Dag <input type="date" name="day"></label>`+
		`<label>Taal <select name="language"><option value="nl">Nederlands</option><option value="ar">Arabisch</option></select></label>`+
		`<label><input type="checkbox" name="yes" value="1"> Klopt</label><button>Bewaar</button></form><a href="/calm">Verder</a>`)
	page("/keys", `<label>Toetsen <input></label><p id="out"></p><script src="/keys.js"></script>`)
	serve("/style.css", "text/css", func(*http.Request) string {
		return `#over { position: fixed; inset: 0 } @media (prefers-color-scheme: dark) { h1 { color: rgb(1, 2, 3) } }`
	})
	script := func(path, body string) {
		serve(path, "text/javascript", func(*http.Request) string { return body })
	}
	script("/html.js", `try { out.innerHTML = "<b>x</b>" } catch { out.textContent = "geweigerd" }`)
	script("/errors.js", `console.error("mis", 3, {a: 1}); setTimeout(() => { throw new Error("ongevangen") })`)
	script("/scripted.js", `out.textContent = "met script"`)
	script("/keys.js", `addEventListener("keydown", (e) => { out.textContent += e.key + (e.shiftKey ? "+ " : " ") })`)
	serve("/who", "text/plain", func(r *http.Request) string {
		name, err := r.Cookie("name")
		if err != nil {
			return "niemand, " + r.Header.Get("Accept-Language")
		}
		return name.Value + ", " + r.Header.Get("Accept-Language")
	})
	mux.HandleFunc("/enter", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "name", Value: r.FormValue("name"), Path: "/", HttpOnly: true})
		http.Redirect(w, r, "/who", http.StatusSeeOther)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestProblems(t *testing.T) {
	b, url := Start(t), site(t)
	for _, c := range []struct {
		path string
		want []string // one part of each problem, in order
	}{
		{"/calm", nil},
		{"/inline", []string{"script-src 'self'"}},
		{"/html", []string{"TrustedHTML"}},
		{"/errors", []string{"console: mis 3 Object", "ongevangen"}},
		{"/missing", []string{"request: 404 " + url + "/nowhere.js", "MIME type"}},
	} {
		p := b.Person(t, Settings{})
		p.Go(url + c.path)
		p.See("Proef")
		p.Until("new Promise((done) => setTimeout(() => done(true)))") // after the page's own
		got := p.Problems()
		if len(got) != len(c.want) {
			t.Errorf("%s: problems %q, want %q", c.path, got, c.want)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i], c.want[i]) {
				t.Errorf("%s: problem %q, want %q", c.path, got[i], c.want[i])
			}
		}
	}
}

func TestExpectedAndAllowed(t *testing.T) {
	b, url := Start(t), site(t)
	p := b.Person(t, Settings{})
	p.Allow("nowhere.js")
	p.Go(url + "/missing")
	p.Go(url + "/errors")
	p.Expect("ongevangen")
	p.Expect("console: mis")
	if got := p.Problems(); len(got) != 0 {
		t.Errorf("left over: %q", got)
	}
}

func TestAxe(t *testing.T) {
	b, url := Start(t), site(t)
	p := b.Person(t, Settings{})
	p.Go(url + "/calm")
	if found := p.Axe(); len(found) != 0 {
		t.Errorf("a calm page breaks %v", found)
	}
	p.Go(url + "/unfair")
	found := p.Axe()
	i := slices.IndexFunc(found, func(v Violation) bool { return v.ID == "image-alt" })
	if i < 0 || !cmp.Equal(found[i].Nodes, []string{"img"}) {
		t.Errorf("an image without words was not found: %v", found)
	}
	p.Expect("img-src")
}

func TestTwoPersons(t *testing.T) {
	b, url := Start(t), site(t)
	yara, mieke := b.Person(t, Settings{}), b.Person(t, Settings{Language: "en-GB"})
	yara.Go(url + "/enter?name=Yara")
	mieke.Go(url + "/who")
	mieke.See("niemand, en-GB")
	mieke.Go(url + "/enter?name=Mieke")
	yara.Reload()
	yara.See("Yara, nl")
	tab := yara.Tab()
	tab.Go(url + "/who")
	tab.See("Yara, nl")
	if Eval[string](yara, "document.visibilityState") != "hidden" {
		t.Error("the first page is not hidden behind the tab")
	}
	yara.Front()
	yara.Until("document.visibilityState === 'visible'")
}

func TestSettings(t *testing.T) {
	b, url := Start(t), site(t)
	for _, c := range []struct {
		settings Settings
		question string
	}{
		{Settings{Width: 320, Height: 640}, "innerWidth === 320 && innerHeight === 640"},
		{Settings{}, "innerWidth === 1280 && innerHeight === 800 && navigator.language === 'nl'"},
		{Settings{}, "!matchMedia('(prefers-color-scheme: dark), (prefers-reduced-motion), (prefers-contrast: more), (forced-colors: active), print').matches"},
		{Settings{Dark: true}, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'"},
		{Settings{LessMotion: true}, "matchMedia('(prefers-reduced-motion: reduce)').matches"},
		{Settings{MoreContrast: true}, "matchMedia('(prefers-contrast: more)').matches"},
		{Settings{ForcedColors: true}, "matchMedia('(forced-colors: active)').matches"},
		{Settings{Print: true}, "matchMedia('print').matches"},
		{Settings{}, "out.textContent === 'met script'"},
		{Settings{NoScript: true}, "out.textContent === 'zonder script'"},
	} {
		p := b.Person(t, c.settings)
		p.Go(url + "/noscript")
		if !Eval[bool](p, c.question) {
			t.Errorf("%+v: not so: %s", c.settings, c.question)
		}
	}
}

func TestForm(t *testing.T) {
	b, url := Start(t), site(t)
	p := b.Person(t, Settings{Width: 390})
	p.Go(url + "/form")
	p.Fill("[name=name]", "Yara é")
	p.Fill("[name=day]", "2026-11-12")
	p.Fill("[name=language]", "Arabisch")
	p.Click("text=Klopt")
	p.Submit("text=Bewaar")
	if got, want := p.URL(), url+"/form?name=Yara+%C3%A9&day=2026-11-12&language=ar&yes=1"; got != want {
		t.Errorf("sent %s, want %s", got, want)
	}
	p.Fill("[name=name]", "")
	p.Press("Tab", "Shift+Tab")
	if got := Eval[string](p, "document.activeElement.name + document.activeElement.value"); got != "name" {
		t.Errorf("an emptied field: %q", got)
	}
	p.Follow("text=Verder")
	p.See("Alles   rustig.")
	p.SeeNo("Bewaar")
	p.Back()
	p.Wait("form button")
	if got := p.Text("form button"); got != "Bewaar" {
		t.Errorf("text %q", got)
	}
	if !strings.Contains(p.HTML(), `<button>Bewaar</button>`) {
		t.Error("the page has no button")
	}
}

func TestPerson(t *testing.T) {
	b, url := Start(t), site(t)
	t.Run("keys", func(t *testing.T) {
		p := b.Person(t, Settings{})
		p.Go(url + "/keys")
		p.Click("input")
		p.Press("a", "Shift+B", "Shift", "ArrowLeft", "Enter")
		if got := p.Text("#out"); got != "a Shift B+ Shift ArrowLeft Enter" {
			t.Errorf("keys %q", got)
		}
		if got := Eval[string](p, "document.querySelector('input').value"); got != "aB" {
			t.Errorf("typed %q", got)
		}
	})

	t.Run("shot", func(t *testing.T) {
		p := b.Person(t, Settings{Width: 390, Height: 100})
		p.Go(url + "/form")
		path := filepath.Join(t.TempDir(), "form.png")
		p.Shot(path)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		shot, err := png.DecodeConfig(f)
		if err != nil || shot.Width != 390 || shot.Height <= 100 {
			t.Errorf("a picture of %d by %d: %v", shot.Width, shot.Height, err)
		}
	})

	t.Run("covered", func(t *testing.T) {
		p := b.Person(t, Settings{})
		p.Go(url + "/covered")
		if at := Eval[*struct{ X, Y float64 }](p, "target('#under')"); at != nil {
			t.Error("a covered button can be clicked")
		}
	})
}
