package report_test

import (
	"bytes"
	"fmt"
	"testing"

	"samenspel"
	"samenspel/report"
)

// BenchmarkStory takes along, and reads, a story of five thousand statements.
func BenchmarkStory(b *testing.B) {
	w := told(b)
	for i := range 5000 {
		w.do(amira, samenspel.WordStatement{
			Words: say(fmt.Sprint("words that somebody said about how it goes at home ", i)), NewTheme: say(fmt.Sprint("theme ", i%12)),
			Layer: samenspel.Layers[i%4], SeenBy: []samenspel.PartnerID{samenspel.PartnerID(command(1))}, Chosen: true})
	}
	c := choice(w.see(amira), false, "nl")
	packed, err := report.Pack(c, installation(1))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("take along", func(b *testing.B) {
		for b.Loop() {
			if _, err := report.Pack(c, installation(1)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := report.Open(bytes.NewReader(packed), int64(len(packed)), c.Made.AddDate(2, 0, 0)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
