package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"samenspel"
	"samenspel/lens"
	"samenspel/lens/weights"
)

// BenchmarkLens measures the pages of an hour of talk: 1,200 sentences, read by
// the lens of the program.
func BenchmarkLens(b *testing.B) {
	engine, err := weights.Engine()
	if err != nil {
		b.Fatal(err)
	}
	w := newWorld(b)
	w.stage()
	w.Coder = engine
	w.wish("a", professional, "two", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", vrager)}})
	w.wish("a", professional, "two begin", samenspel.BeginDialogue{Dialogue: talkOf("a", "two")})
	w.wish("a", professional, "asks", samenspel.AskTranscript{Dialogue: talkOf("a", "two"), Until: lastDay})
	w.wish("a", vrager, "says yes", samenspel.AnswerTranscript{Transcript: transcriptOf("a", "asks"), Yes: true})
	at := lensOf("two")
	said := []string{"Hoe gaat het met je vandaag?", "Ik ben moe en bang voor de brieven.", "Dat komt goed.", "Ik wil dat mijn kinderen trots op mij zijn."}
	var text strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&text, "%s: %s\n", []string{"Mieke", "Yara"}[i%2], said[i%len(said)])
	}
	page := w.upload(vrager, at+"/read", text.String(), form("reads")).Body.String()
	lay := form("lays", "heard", fieldIn(page, "heard"), "voice_0", "role:"+string(lens.Professional), "voice_1", "role:"+string(lens.Vrager))
	if got := w.post(vrager, at+"/lay", lay); got.Code != http.StatusSeeOther {
		b.Fatal(got.Code)
	}
	for _, path := range []string{"", "/text", "/line/600", "/who"} {
		b.Run("page"+path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := w.get(vrager, at+path); got.Code != http.StatusOK {
					b.Fatal(got.Code)
				}
			}
		})
	}
}
