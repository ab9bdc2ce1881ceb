package lens_test

import (
	"hash/fnv"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel/lens"
)

// Invented people.
func talked() []lens.Utterance {
	say := func(turn int, role lens.Role, text string) lens.Utterance {
		return lens.Utterance{Turn: turn, Speaker: string(role), Role: role, Text: text}
	}
	us := []lens.Utterance{
		say(1, lens.Professional, "Goedemorgen, Noor."),
		say(1, lens.Professional, "Hoe gaat het met je?"),
		say(2, lens.Vrager, "Nou... ik ben moe, ik slaap 's nachts niet (zucht)!"),
		say(2, lens.Vrager, "Ik mis mijn zus."),
		say(3, lens.Professional, "Dus je mist je zus."),
		say(4, lens.Vrager, "I don't know -"),
		say(5, lens.Bonus, ""),
	}
	for i := range us {
		us[i].N = i + 1
	}
	return us
}

// seen gives the features of each utterance.
func seen(us []lens.Utterance) []lens.Features {
	s := lens.NewSight()
	s.Read(us)
	all := make([]lens.Features, len(us))
	for i := range us {
		s.Text(i, &all[i])
	}
	return all
}

// Weights are trained on these numbers: where they change, the lens has to be
// trained again, and this number with it.
func TestFeaturesAreThoseOfTheWeights(t *testing.T) {
	h := fnv.New64a()
	for _, f := range seen(talked()) {
		for k := range f.Index {
			v := math.Float32bits(f.Value[k])
			h.Write([]byte{byte(f.Index[k]), byte(f.Index[k] >> 8), byte(f.Index[k] >> 16), byte(f.Index[k] >> 24),
				byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)})
		}
	}
	if got := h.Sum64(); got != 16557859666652103877 {
		t.Errorf("the features have changed: %d", got)
	}
}

// mass is how much of one utterance another has: the share of its features.
func mass(of, in lens.Features) float64 {
	n := 0
	for _, h := range of.Index {
		if slices.Contains(in.Index, h) {
			n++
		}
	}
	return float64(n) / float64(len(of.Index))
}

func TestMarksAreSeenAndNotNeeded(t *testing.T) {
	with, without := talked(), talked()
	for i := range without {
		without[i].Text = lens.Strip(without[i].Text)
	}
	a, b := seen(with), seen(without)
	if cmp.Equal(a[1], b[1]) {
		t.Error("a question mark is not seen")
	}
	for i := range a {
		if share := mass(b[i], a[i]); share < 0.8 {
			t.Errorf("utterance %d: only %.2f of what is seen without marks is seen with them", i, share)
		}
	}
}

func TestWhatStandsAroundIsSeen(t *testing.T) {
	before := seen(talked())
	for _, c := range []struct {
		changed, seenBy int
		want            bool
	}{
		{1, 2, true}, {3, 4, true}, {4, 3, true}, {2, 3, true}, {3, 2, true}, // the turn before, the next, the same turn
		{2, 5, false}, // far away, and not the last of the turn
	} {
		us := talked()
		us[c.changed].Text += " Waarom de appels?"
		if changed := !cmp.Equal(before[c.seenBy], seen(us)[c.seenBy]); changed != c.want {
			t.Errorf("a change in %d is seen by %d: %v", c.changed, c.seenBy, changed)
		}
	}
	us := talked()
	us[4].Role = lens.Colleague
	if !cmp.Equal(before[4], seen(us)[4]) {
		t.Error("a colleague is not read as a professional")
	}
	us[4].Role = lens.Bonus
	if cmp.Equal(before[4], seen(us)[4]) {
		t.Error("the role is not seen")
	}
}

func TestFeaturesOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		us := talked()
		us[2].Text = rapid.String().Draw(t, "text")
		for i, f := range seen(us) {
			if len(f.Index) != len(f.Value) || len(f.Index) == 0 {
				t.Fatalf("utterance %d: %d features, %d values", i, len(f.Index), len(f.Value))
			}
			for _, v := range f.Value {
				if !(v > 0 && v < 100) {
					t.Fatalf("utterance %d: value %v", i, v)
				}
			}
		}
		if once := lens.Strip(us[2].Text); lens.Strip(once) != once {
			t.Fatalf("stripped twice: %q", once)
		}
	})
}

func TestFeaturesAllocateNothing(t *testing.T) {
	s, us := lens.NewSight(), talked()
	var f lens.Features
	all := func() {
		s.Read(us)
		for i := range us {
			s.Text(i, &f)
		}
	}
	all()
	if n := testing.AllocsPerRun(50, all); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkFeatures(b *testing.B) {
	s, us := lens.NewSight(), talked()
	var f lens.Features
	for b.Loop() {
		s.Read(us)
		for i := range us {
			s.Text(i, &f)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(us)), "ns/utterance")
}
