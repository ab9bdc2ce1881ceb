package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

// dialogue is a long alliance of four: a thousand facts of speaking,
// answering, sharing and feeling over twenty themes.
func dialogue(b *testing.B) *world {
	b.Helper()
	w := newWorld()
	wish := func(by PartnerID, label string, wish Wish) {
		cmd := Command{ID: id(label), Arrived: arrival(len(w.facts)), Wish: wish}
		if _, err := w.do(personOf(by), cmd); err != nil {
			b.Fatalf("%s: %v", label, err)
		}
	}
	for _, s := range atTable() {
		wish(s.by, s.label, s.wish)
	}
	for i := 0; len(w.facts) < 1000; i++ {
		in := Say(fmt.Sprint("theme ", i%20))
		label := func(what string) string { return fmt.Sprint(what, " ", i) }
		wish(noor, label("quote"), WordStatement{Words: Say(label("quote")), SaidBy: amira, Layer: Layers[i%4], NewTheme: in})
		wish(amira, label("yes"), ConfirmStatement{Statement: statement(label("quote"))})
		wish(amira, label("own"), WordStatement{Words: Say(label("own")), Layer: Layers[i%3], NewTheme: in, Emotion: Say("hope")})
		wish(amira, label("shared"), shares(label("own"), noor, samira))
		wish(noor, label("view"), puts(label("own"), label("view")))
	}
	w.facts = w.facts[:1000]
	return fold(b, w.facts)
}

// large is an alliance of four in which five thousand things were said about
// the vrager, over sixty themes, half of them by the professional.
func large(b *testing.B) *world {
	b.Helper()
	w := newWorld()
	for _, s := range atTable() {
		if _, err := w.do(personOf(s.by), Command{ID: id(s.label), Arrived: arrival(len(w.facts)), Wish: s.wish}); err != nil {
			b.Fatal(err)
		}
	}
	wish := func(by PartnerID, label string, e Event) {
		f := Fact{Seq: w.Seq() + 1, At: arrival(int(w.Seq())), Command: id(label), Person: personOf(by), By: by, Event: e}
		if err := w.Apply(f); err != nil {
			b.Fatal(err)
		}
	}
	for i := range 60 {
		label := fmt.Sprint("theme ", i)
		wish(amira, label, &ThemeNamed{Theme: theme(label), About: amira, Name: Say(label)})
	}
	for i := range 5000 {
		label := fmt.Sprint("said ", i)
		e := &StatementWorded{
			Statement: statement(label), About: amira, SaidBy: amira, How: Quote, Layer: Layers[i%4],
			Theme: theme(fmt.Sprint("theme ", i%60)), Said: now, SeenBy: []PartnerID{noor, samira}, Words: Say(label),
		}
		wish([]PartnerID{amira, noor}[i%2], label, e)
		if i%4 == 1 {
			wish(amira, label+" yes", &StatementConfirmed{Statement: e.Statement})
		}
	}
	return w
}

// BenchmarkLarge is what each look, change and picture costs in a large
// alliance: for the vrager whom everything is about, and for a professional.
func BenchmarkLarge(b *testing.B) {
	w := large(b)
	for name, viewer := range map[string]PartnerID{"vrager": amira, "professional": noor} {
		seen, err := w.See(personOf(viewer))
		if err != nil {
			b.Fatal(err)
		}
		cmd := Command{ID: id("another"), Arrived: now, Wish: WordStatement{Words: Say("w"), About: amira, NewTheme: Say("theme 59")}}
		for what, do := range map[string]func(){
			"see":     func() { _, _ = w.See(personOf(viewer)) },
			"decide":  func() { _, _ = w.Decide(personOf(viewer), cmd) },
			"insight": func() { seen.Insight(amira) },
			"moments": func() { seen.Moments(amira) },
		} {
			b.Run(what+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do()
				}
			})
		}
	}
}

func BenchmarkFold1000(b *testing.B) {
	facts := dialogue(b).facts
	b.ReportAllocs()
	for b.Loop() {
		a := NewAlliance("alliance")
		for _, f := range facts {
			if err := a.Apply(f); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkSee1000(b *testing.B) {
	w := dialogue(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.See(personOf(noor)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecide1000(b *testing.B) {
	w := dialogue(b)
	cmd := Command{ID: id("another"), Arrived: now, Wish: WordStatement{Words: Say("w"), About: amira, NewTheme: Say("theme 19")}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Decide(personOf(noor), cmd); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInsight(b *testing.B) {
	seen, err := dialogue(b).See(personOf(noor))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		seen.Insight(amira)
	}
}

// BenchmarkInsightAt is one step of the slider: the moments, and the picture
// at the middle one.
func BenchmarkInsightAt(b *testing.B) {
	seen, err := dialogue(b).See(personOf(noor))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		moments := seen.Moments(amira)
		seen.InsightAt(amira, moments[len(moments)/2])
	}
}
