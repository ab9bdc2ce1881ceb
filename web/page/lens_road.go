package page

import (
	"cmp"
	"slices"
	"strings"

	"samenspel/figure"
	"samenspel/lens"
)

// How many beads lie on the road and on the lanes, and into how many parts the
// timeline is told in words.
const (
	beadsRound = 44
	beadsLanes = 60
	laneParts  = 6
	laneMarks  = 5 // times above the lanes, about
	mostRings  = 45
)

func beadsOf(steps []lens.Step) []figure.Bead {
	var list []figure.Bead
	for _, s := range steps {
		list = append(list, figure.Bead{Layer: figure.Layer(s.Layer), Open: s.Side == lens.ProfessionalSide})
	}
	return list
}

// Merged reports whether a bead stands for a piece of the talk.
func (p Lens) Merged() bool { return len(p.M.Steps) > beadsRound }

// road draws the way of the talk, to lie beside the two shapes.
func (p Lens) road() []byte {
	beads := beadsOf(lens.Shorter(p.M.Steps, beadsRound))
	return figure.Whole("whole", beads, p.T("lens.this"), p.T("lens.road_desc", "Words", p.Course()), p.Text.Say)
}

// lanes draws it from left to right, with the feelings below.
func (p Lens) lanes() []byte {
	steps := lens.Shorter(p.M.Steps, beadsLanes)
	u := figure.Unrolled{Title: p.T("lens.lanes_title"), Desc: p.T("lens.lanes_desc", "Words", p.Course()), Beads: beadsOf(steps), Marks: p.marks(steps)}
	for _, m := range p.ringed() {
		u.Felt = append(u.Felt, figure.Felt{At: along(steps, m.At), Answer: figureAnswers[m.Answer]})
	}
	return figure.Lanes("lanes", u, p.Text.Say)
}

// figureAnswers are the answers to a feeling as a figure takes them.
var figureAnswers = map[lens.Code]figure.Answer{lens.Met: figure.WasMet, lens.Left: figure.WasLeft, lens.Cleared: figure.WasCleared}

// ringed are the feelings that have a ring, from all of the talk.
func (p Lens) ringed() []lens.Moment {
	all := slices.DeleteFunc(slices.Clone(p.M.Emotion.Moments), func(m lens.Moment) bool {
		_, answered := figureAnswers[m.Answer]
		return !answered
	})
	each := (len(all) + mostRings - 1) / mostRings
	var some []lens.Moment
	for i := 0; i < len(all); i += each {
		some = append(some, all[i])
	}
	return some
}

// along is where a sentence lies along the steps.
func along(steps []lens.Step, n int) float64 {
	for i, s := range steps {
		if n < s.From {
			return float64(i) - .5
		}
		if n <= s.To {
			return float64(i)
		}
	}
	return float64(len(steps) - 1)
}

// marks are the times above the lanes.
func (p Lens) marks(steps []lens.Step) []figure.Mark {
	if len(steps) == 0 {
		return nil
	}
	if !p.M.Timed {
		return []figure.Mark{{At: 0, Text: p.T("lens.begin")}}
	}
	var list []figure.Mark
	every, next := easy(p.M.Length.Minute()/laneMarks), 0
	apart := float64(len(steps)) / 10
	for i, s := range steps {
		minute := s.Start.Minute()
		if i > 0 && (minute < next || float64(i)-list[len(list)-1].At < apart) {
			continue
		}
		list = append(list, figure.Mark{At: float64(i), Text: p.T("lens.at_minute", "Minute", minute)})
		next = (minute/every + 1) * every
	}
	return list
}

// easy gives a number of minutes that is easy to count with.
func easy(minutes int) int {
	for _, one := range []int{1, 2, 5, 10, 15, 20, 30, 60} {
		if minutes <= one {
			return one
		}
	}
	return (minutes + 59) / 60 * 60
}

// Course says in words where the road went.
func (p Lens) Course() string {
	var spoken [5]int
	for _, w := range p.M.Attention.Windows {
		for i, n := range w.Spoken {
			spoken[i] += n
		}
	}
	return p.inWords(spoken)
}

// inWords says which layers were spoken of: "Vooral gedrag. Ook behoefte."
// Mostly is what together is more than half.
func (p Lens) inWords(spoken [5]int) string {
	layers := lens.Layer.Codes()
	order, all := []int{}, 0
	for i, c := range layers {
		if c != lens.None && spoken[i] > 0 {
			order = append(order, i)
			all += spoken[i]
		}
	}
	if all == 0 {
		return p.T("lens.no_layer")
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spoken[b], spoken[a]) })
	var mostly, also []string
	sum := 0
	for _, i := range order {
		name := strings.ToLower(p.T("layer." + string(layers[i])))
		if 2*sum <= all {
			mostly = append(mostly, name)
		} else {
			also = append(also, name)
		}
		sum += spoken[i]
	}
	said := p.T("lens.mostly", "Layers", p.Text.List(mostly))
	if len(also) > 0 {
		said += " " + p.T("lens.also", "Layers", p.Text.List(also))
	}
	return said
}

// InWords is the timeline in words, in a few parts.
func (p Lens) InWords() []string {
	var lines []string
	for _, w := range lens.Fewer(p.M.Attention.Windows, laneParts) {
		said := []string{p.inWords(w.Spoken)}
		for _, f := range []struct {
			n   int
			key string
		}{{w.Met, "lens.were_met"}, {w.Left, "lens.were_left"}, {w.Clears, "lens.were_cleared"}} {
			if f.n > 0 && !p.M.LookHere[lens.Response] {
				said = append(said, p.T(f.key, "N", f.n))
			}
		}
		key, from, to := "lens.part", w.From, w.To
		if p.M.Timed {
			key, from, to = "lens.part_timed", w.Start.Minute(), w.End.Minute()
		}
		lines = append(lines, p.T(key, "From", from, "To", to, "Words", strings.Join(said, " ")))
	}
	return lines
}
