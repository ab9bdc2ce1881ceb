package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samenspel"
	"samenspel/web"
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

// large is a world in which 5,000 things were said about the vrager, by
// several people in forty themes, and 200 dialogues were held, with words on
// the table in each.
func large(b *testing.B) *world {
	b.Helper()
	w := newWorld(b)
	w.stage()
	with := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional)}
	dialogue := ""
	for n := range 5000 {
		by := []string{vrager, vrager, professional, bonus}[n%4]
		if n%25 == 0 {
			dialogue = fmt.Sprint("dialogue ", n)
			id := samenspel.DialogueID(id("command", "a", dialogue))
			w.wish("a", professional, dialogue, samenspel.PlanDialogue{With: with, Where: word("place"), Minutes: 60, At: start})
			w.wish("a", professional, "begin "+dialogue, samenspel.BeginDialogue{Dialogue: id})
			w.wish("a", bonus, "topic "+dialogue, samenspel.PutTopic{Dialogue: id, Words: word("topic")})
			if n < 4975 {
				w.wish("a", professional, "end "+dialogue, samenspel.EndDialogue{Dialogue: id})
			}
		}
		said := samenspel.WordStatement{
			Words: word("I say sentence number", fmt.Sprint(n), "and hope that somebody hears it"), About: partner("a", vrager),
			NewTheme: word("theme", fmt.Sprint(n%40)), Layer: samenspel.Layers[n%4],
			SeenBy: with[1:], Chosen: true, Dialogue: samenspel.DialogueID(id("command", "a", dialogue)),
		}
		if n%50 == 0 {
			said.Emotion = word("afraid")
		}
		w.wish("a", by, fmt.Sprint("event ", n), said)
	}
	return w
}

// BenchmarkLargeAlliance makes every page for partners in a large alliance.
func BenchmarkLargeAlliance(b *testing.B) {
	w := large(b)
	for _, route := range w.Routes() {
		if route.Method != http.MethodGet || route.For != web.Partner || strings.HasSuffix(route.Path, "/live") {
			continue
		}
		of := shown("a")
		of.partner = string(partner("a", vrager))
		path := at(route.Path, of)
		b.Run(strings.TrimPrefix(route.Path, "/a/{alliance}"), func(b *testing.B) {
			for b.Loop() {
				got := httptest.NewRecorder()
				w.handler.ServeHTTP(got, w.request(vrager, http.MethodGet, path, nil))
				if got.Code != http.StatusOK && got.Code != http.StatusSeeOther && got.Code != http.StatusForbidden {
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
