package weights_test

import (
	"iter"
	"testing"

	"samenspel/lens"
	"samenspel/lens/gold"
	"samenspel/lens/weights"
)

// talk repeats the invented conversations until there are n utterances, as one
// long dialogue.
func talk(tb testing.TB, n int) []lens.Utterance {
	all, err := gold.Open()
	if err != nil {
		tb.Fatal(err)
	}
	var us []lens.Utterance
	turns := 0
	for len(us) < n {
		for _, c := range all {
			for _, u := range c.Utterances {
				u.Dialogue, u.N, u.Turn, u.Codes = "long", len(us)+1, u.Turn+turns, lens.Codes{}
				us = append(us, u)
			}
			turns += c.Utterances[len(c.Utterances)-1].Turn
		}
	}
	return us[:n]
}

func each(us []lens.Utterance) iter.Seq2[lens.Utterance, error] {
	return func(yield func(lens.Utterance, error) bool) {
		for _, u := range us {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// BenchmarkHour codes an hour of talk: 1,200 utterances.
func BenchmarkHour(b *testing.B) {
	e, err := weights.Engine()
	if err != nil {
		b.Fatal(err)
	}
	us := talk(b, 1200)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range e.Code(each(us)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(us)*b.N)/b.Elapsed().Seconds(), "utterances/s")
}

// BenchmarkEnglish codes the English conversations that training may read, each
// as it is: what bench/wink measures another program on.
func BenchmarkEnglish(b *testing.B) {
	e, err := weights.Engine()
	if err != nil {
		b.Fatal(err)
	}
	all, err := gold.Open()
	if err != nil {
		b.Fatal(err)
	}
	var us []lens.Utterance
	for _, c := range all {
		if c.Language == "en" {
			us = append(us, c.Utterances...)
		}
	}
	for b.Loop() {
		for _, err := range e.Code(each(us)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(us)*b.N)/b.Elapsed().Seconds(), "utterances/s")
}

// BenchmarkStart reads the weights that are in the program.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if err := weights.Reread(); err != nil {
			b.Fatal(err)
		}
	}
}
