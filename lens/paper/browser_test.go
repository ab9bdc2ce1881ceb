package paper_test

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"samenspel/internal/browser"
	"samenspel/lens/paper"
)

var shots = flag.String("shots", "", "folder for pictures of the pages")

// serve serves reports as pages, each by its name.
func serve(t *testing.T, reports map[string]*paper.Report) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		report := reports[r.URL.Path[1:]]
		if report == nil {
			w.WriteHeader(http.StatusNoContent) // a browser asks for an icon too
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, written(t, report, "html"))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// The page is sound for readers of every kind: on a phone and on a wide
// screen, light and dark, closed and with all its sentences open.
func TestThePageIsSound(t *testing.T) {
	b := browser.Start(t)
	all := reports(t)
	address := serve(t, all)
	for _, s := range []browser.Settings{{Width: 320}, {Width: 390, Dark: true}, {Width: 1280}} {
		t.Run(fmt.Sprint(s.Width, " dark ", s.Dark), func(t *testing.T) {
			p := b.Person(t, s)
			for _, name := range []string{"timed", "english", "nothing"} {
				p.Go(address + "/" + name)
				for _, state := range []string{"closed", "open"} {
					for _, v := range p.Axe() {
						t.Errorf("%s, %s: %s", name, state, v)
					}
					if over := browser.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
						t.Errorf("%s, %s: %d pixels too wide", name, state, over)
					}
					if *shots != "" {
						p.Shot(filepath.Join(*shots, fmt.Sprintf("%s-%d-%s.png", name, s.Width, state)))
					}
					browser.Eval[*bool](p, "document.querySelectorAll('details').forEach((d) => { d.open = true })")
				}
			}
		})
	}
}

// Without a script a count opens its sentences, and a link the part of the
// conversation where a sentence stands.
func TestLinksOpenTheConversation(t *testing.T) {
	b := browser.Start(t)
	p := b.Person(t, browser.Settings{NoScript: true})
	p.Go(serve(t, reports(t)) + "/timed")
	p.Click("[aria-labelledby=questions] summary")
	p.See("Hoe gaat het met de brieven?")
	p.Click("a.btn")
	p.See("Die liggen nog op de kast.")
}
