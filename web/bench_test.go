package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"samenspel"
)

// full is a world in which a thousand things were said about the vrager, in
// eight themes and four layers.
func full(b *testing.B) *world {
	b.Helper()
	w := newWorld(b)
	w.stage()
	for n := range 1000 {
		w.wish("a", vrager, fmt.Sprint("event ", n), samenspel.WordStatement{
			Words:    word("I say sentence number", fmt.Sprint(n), "and hope that somebody hears it"),
			NewTheme: word("theme", fmt.Sprint(n%8)), Layer: samenspel.Layers[n%4],
			SeenBy: []samenspel.PartnerID{partner("a", professional)}, Chosen: true,
		})
	}
	return w
}

// BenchmarkPage makes the pages of an alliance of a thousand events, from the
// request to the last byte.
func BenchmarkPage(b *testing.B) {
	w := full(b)
	for name, path := range map[string]string{
		"picture": ownPicture, "picture then": ownPicture + "?at=500", "today": table, "layer": ownPicture + "/need", "people": table + "/people",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				got := httptest.NewRecorder()
				w.handler.ServeHTTP(got, w.request(vrager, http.MethodGet, path, nil))
				if got.Code != http.StatusOK {
					b.Fatal(got.Code)
				}
			}
		})
	}
}

// BenchmarkStoryParts prints parts of the story of a large alliance: the
// first, with the picture, some with words or dialogues, and the last.
func BenchmarkStoryParts(b *testing.B) {
	w := large(b)
	for _, part := range []string{"1", "2", "12", "15", "18", "999"} {
		b.Run(part, func(b *testing.B) {
			for b.Loop() {
				got := httptest.NewRecorder()
				w.handler.ServeHTTP(got, w.request(vrager, http.MethodGet, table+"/story/print?for=me&part="+part, nil))
				if got.Code != http.StatusOK {
					b.Fatal(got.Code)
				}
			}
		})
	}
}

// BenchmarkLive takes a change and makes of it what one reader's open page
// hears, until it has left the site.
func BenchmarkLive(b *testing.B) {
	w := full(b)
	w.Closing = make(chan struct{})
	heard := make(chan struct{}, 1)
	r := w.request(professional, http.MethodGet, ownPicture+"/live", nil)
	go w.handler.ServeHTTP(listener{httptest.NewRecorder(), heard}, r)
	<-heard // here
	<-heard // the page of now
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		share := samenspel.ShareStatement{Statement: statement("a", "event 999")}
		if n%2 == 1 {
			share.SeenBy = []samenspel.PartnerID{partner("a", professional)}
		}
		w.wish("a", vrager, fmt.Sprint("share ", n), share)
		<-heard
	}
}

// listener tells of each message that came.
type listener struct {
	*httptest.ResponseRecorder
	heard chan struct{}
}

func (l listener) Write(b []byte) (int, error) {
	l.heard <- struct{}{}
	return len(b), nil
}
