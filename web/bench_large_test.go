package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/web"
)

// large is a world in which 5,000 things were said about the vrager, by
// several people in forty themes, and 200 dialogues were held, with words on
// the table and the mirror in each; with 200 agreements, 50 times that it
// chafed, a map of thirty people, and 50,000 looks over two years.
func large(b *testing.B) *world {
	b.Helper()
	w := newWorld(b)
	w.stage()
	w.wish("a", vrager, "at the ordinary pace", samenspel.SetPace{Pace: samenspel.Ordinary})
	w.talkALot()
	w.agreeALot()
	for n := range 30 {
		w.wish("a", vrager, fmt.Sprint("near ", n), samenspel.PutNear{Name: word("somebody", fmt.Sprint(n)), As: word("as", fmt.Sprint(n)), Ring: n%3 + 1, Tie: samenspel.TieKinds[n%3]})
	}
	w.wish("a", vrager, "map", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{partner("a", professional)}})
	w.lookALot()
	return w
}

// talkALot holds the dialogues; the last is on.
func (w *world) talkALot() {
	w.Helper()
	with := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional)}
	for n := range 5000 {
		by := []string{vrager, vrager, professional, bonus}[n%4]
		name := fmt.Sprint("dialogue ", n-n%25)
		k := talkOf("a", name)
		if n%25 == 0 {
			w.pass(2 * time.Hour)
			w.wish("a", professional, name, samenspel.PlanDialogue{With: with, Where: word("place"), Minutes: 60, At: start})
			w.wish("a", bonus, "topic "+name, samenspel.PutTopic{Dialogue: k, Words: word("topic")})
			w.wish("a", professional, "begin "+name, samenspel.BeginDialogue{Dialogue: k})
		}
		said := samenspel.WordStatement{
			Words: word("I say sentence number", fmt.Sprint(n), "and hope that somebody hears it"), About: partner("a", vrager),
			NewTheme: word("theme", fmt.Sprint(n%40)), Layer: samenspel.Layers[n%4], SeenBy: with[1:], Chosen: true, Dialogue: k,
		}
		if n%50 == 0 {
			said.Emotion = word("afraid")
		}
		w.wish("a", by, fmt.Sprint("event ", n), said)
		if n%25 < 24 || n == 4999 {
			continue
		}
		w.wish("a", professional, "end "+name, samenspel.EndDialogue{Dialogue: k})
		for i, place := range []string{vrager, bonus, professional} {
			answers := [5]samenspel.MirrorWord{samenspel.MirrorWords[(n+i)%3], samenspel.MirrorYes, "", samenspel.MirrorRatherNot, samenspel.MirrorWords[i]}
			w.wish("a", place, "mirror "+place+name, samenspel.AnswerMirror{Dialogue: k, Answers: answers, Line: word("line", place)})
		}
		w.wish("a", professional, "change "+name, samenspel.TellChange{Dialogue: k, Words: word("change"), Because: statement("a", fmt.Sprint("event ", n))})
	}
}

// agreeALot makes agreements and lets it chafe.
func (w *world) agreeALot() {
	w.Helper()
	with := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional)}
	yes := samenspel.AgreementAnswer{Want: samenspel.WantYes, Can: samenspel.AbleWithHelp}
	for n := range 200 {
		name := fmt.Sprint("deal ", n)
		of := agreement("a", name)
		w.wish("a", professional, name, samenspel.ProposeAgreement{
			Words: word("we will do", fmt.Sprint(n)), With: with, Doer: with[n%3], When: samenspel.When{Day: "2027-03-01", Time: "09:30"},
		})
		w.wish("a", bonus, "yes of bonus "+name, samenspel.AnswerAgreement{Agreement: of, Answer: yes, Option: word("or else")})
		if n%4 > 0 {
			w.wish("a", vrager, "yes "+name, samenspel.AnswerAgreement{Agreement: of, Answer: yes, Help: word("help")})
		}
		if n%4 > 1 {
			w.wish("a", []string{vrager, bonus, professional}[n%3], "done "+name, samenspel.FulfilAgreement{Agreement: of})
		}
	}
	for n := range 50 {
		name := fmt.Sprint("sign ", n)
		w.wish("a", vrager, name, samenspel.SignalFriction{Everybody: true, Words: word("it chafes"), Ground: statement("a", fmt.Sprint("event ", n*4))})
		w.wish("a", bonus, "repair "+name, samenspel.OfferRepair{Friction: friction("a", name), Words: word("repair")})
		if n%2 == 0 {
			w.wish("a", vrager, "good "+name, samenspel.MendFriction{Friction: friction("a", name)})
		}
	}
}

// lookALot fills the table of looks, and lets the time of it pass.
func (w *world) lookALot() {
	w.Helper()
	places := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional), partner("a", colleague)}
	kinds := []string{"picture", "words", "home", "dialogue", "agreement"}
	var lines []accesslog.Line
	for n := range 50_000 {
		l := look(places[n%4], places[(n/4)%4], kinds[n%5], w.Now().Add(time.Duration(n)*20*time.Minute))
		if l.About == l.Partner {
			l.About = ""
		}
		if lines = append(lines, l); len(lines) == 500 {
			if err := w.Access.Add(w.Context(), lines); err != nil {
				w.Fatal(err)
			}
			lines = nil
		}
	}
	w.pass(50_000 * 20 * time.Minute)
	w.renew()
}

// pagesOfMuch are the pages for partners in a large alliance, with things in
// their addresses that hold the most.
func (w *world) pagesOfMuch() []string {
	of := shown("a")
	of.partner, of.statement = string(partner("a", vrager)), id("command", "a", "event 4999")
	of.more["{agreement}"] = string(agreement("a", "deal 199"))
	of.more["{friction}"] = string(friction("a", "sign 49"))
	of.more["{near}"] = string(near("a", "near 3"))
	var paths []string
	for _, route := range w.Routes() {
		if route.Method != http.MethodGet || route.For != web.Partner || strings.HasSuffix(route.Path, "/live") {
			continue
		}
		for _, talk := range []string{"dialogue 4975", "dialogue 4950"} { // the one that is on, and the one before
			of.more["{dialogue}"] = string(talkOf("a", talk))
			path := at(route.Path, of)
			if strings.Contains(path, "/lens/") { // of a transcript: see BenchmarkLens
				continue
			}
			if !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return append(paths, ownPicture+"?at=3000", ownPicture+"/need?page=20", table+"/agreements?page=9", table+"/dialogues?page=9", table+"/story/print?for=me")
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// nameOfPath is a path for in a list: without ids.
func nameOfPath(path string) string {
	if path == table {
		return "/today"
	}
	return anyID.ReplaceAllString(strings.TrimPrefix(path, table), "x")
}

// quantile of durations, in milliseconds.
func quantile(all []time.Duration, part float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return float64(all[int(part*float64(len(all)-1))].Microseconds()) / 1000
}

// BenchmarkLargeAlliance makes every page for partners in a large alliance, as
// the vrager and as the professional.
func BenchmarkLargeAlliance(b *testing.B) {
	w := large(b)
	for _, viewer := range []string{vrager, professional} {
		for _, path := range w.pagesOfMuch() {
			b.Run(viewer+nameOfPath(path), func(b *testing.B) {
				var took []time.Duration
				size := 0
				for b.Loop() {
					w.pass(time.Minute) // most looks are covered by a line, some write one
					begun, got := time.Now(), httptest.NewRecorder()
					w.handler.ServeHTTP(got, w.request(viewer, http.MethodGet, path, nil))
					took = append(took, time.Since(begun))
					if size = got.Body.Len(); got.Code >= 400 && got.Code != http.StatusForbidden {
						b.Fatal(got.Code)
					}
				}
				b.ReportMetric(quantile(took, 0.5), "ms/median")
				b.ReportMetric(quantile(took, 0.9), "ms/p90")
				b.ReportMetric(float64(size)/1024, "KiB")
			})
			w.renew()
		}
	}
}

// BenchmarkLargeLive takes a change in a large alliance, and measures how long
// it takes until the open page of another reader has heard it.
func BenchmarkLargeLive(b *testing.B) {
	w := large(b)
	w.Closing = make(chan struct{})
	k := talkOf("a", "dialogue 4975")
	seen := []samenspel.PartnerID{partner("a", professional), partner("a", bonus)}
	say := func(name string) {
		w.wish("a", vrager, name, samenspel.WordStatement{Words: word(name), NewTheme: word("theme 1"), Layer: samenspel.Need, SeenBy: seen, Chosen: true, Dialogue: k})
	}
	deal := func(name string) {
		w.wish("a", vrager, name, samenspel.ProposeAgreement{Words: word(name), With: seen[:1]})
	}
	for _, c := range []struct {
		path   string
		change func(name string)
	}{{table, say}, {ownPicture, say}, {table + "/table/" + string(k), say}, {table + "/agreements", deal}} {
		b.Run(nameOfPath(c.path)[1:], func(b *testing.B) {
			w.renew()
			heard := make(chan struct{}, 1)
			r := w.request(professional, http.MethodGet, c.path+"/live", nil)
			go w.handler.ServeHTTP(listener{httptest.NewRecorder(), heard}, r)
			<-heard // here
			<-heard // the page of now
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				begun := time.Now()
				c.change(fmt.Sprint("change ", c.path, b.N, n))
				select {
				case <-heard:
				case <-time.After(10 * time.Second):
					b.Fatal("the page heard nothing")
				}
				took = append(took, time.Since(begun))
			}
			b.ReportMetric(quantile(took, 0.5), "ms/median")
			b.ReportMetric(quantile(took, 0.99), "ms/p99")
		})
	}
}
