package page

import (
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
	for _, m := range p.M.Emotion.Answered(mostRings) {
		u.Felt = append(u.Felt, figure.Felt{At: lens.Along(steps, m.At), Answer: figureAnswers[m.Answer]})
	}
	return figure.Lanes("lanes", u, p.Text.Say)
}

// figureAnswers are the answers to a feeling as a figure takes them.
var figureAnswers = map[lens.Code]figure.Answer{lens.Met: figure.WasMet, lens.Left: figure.WasLeft, lens.Cleared: figure.WasCleared}

// marks are the times above the lanes.
func (p Lens) marks(steps []lens.Step) []figure.Mark {
	if len(steps) == 0 {
		return nil
	}
	if !p.M.Timed {
		return []figure.Mark{{At: 0, Text: p.T("lens.begin")}}
	}
	var list []figure.Mark
	for _, m := range p.M.Minutes(steps, laneMarks) {
		list = append(list, figure.Mark{At: float64(m.Step), Text: p.T("lens.at_minute", "Minute", m.Minute)})
	}
	return list
}

// Course says in words where the road went.
func (p Lens) Course() string { return p.inWords(p.M.Spoken()) }

// inWords says which layers were spoken of: "Vooral gedrag. Ook behoefte."
func (p Lens) inWords(spoken [5]int) string {
	mostly, also := lens.Mostly(spoken)
	if len(mostly) == 0 {
		return p.T("lens.no_layer")
	}
	said := p.T("lens.mostly", "Layers", p.layers(mostly))
	if len(also) > 0 {
		said += " " + p.T("lens.also", "Layers", p.layers(also))
	}
	return said
}

// layers are the names of layers within a sentence.
func (p Lens) layers(list []lens.Code) string {
	var names []string
	for _, c := range list {
		names = append(names, strings.ToLower(p.T("layer."+string(c))))
	}
	return p.Text.List(names)
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
