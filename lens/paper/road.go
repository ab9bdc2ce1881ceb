package paper

import (
	"strings"

	"samenspel/figure"
	"samenspel/lens"
)

// How many beads lie on the road, on the lanes and in a line of text.
const (
	beadsRound = 44
	beadsLanes = 60
	beadsText  = 58
	parts      = 6 // of the timeline in words
	marks      = 5 // times above the lanes, about
	maxRings   = 45
)

// beads are the steps of a road as a figure takes them.
func beads(steps []lens.Step) []figure.Bead {
	var list []figure.Bead
	for _, s := range steps {
		list = append(list, figure.Bead{Layer: figure.Layer(s.Layer), Open: s.Side == lens.ProfessionalSide})
	}
	return list
}

// Merged reports whether a bead stands for more than one layer in a row.
func (o *outline) Merged() bool { return len(o.Measures.Steps) > beadsLanes }

// whole draws the road of the conversation.
func (o *outline) whole() []byte {
	steps := lens.Shorter(o.Measures.Steps, beadsRound)
	return figure.Whole("whole", beads(steps), o.Say("road.title"), o.Say("road.desc", "Words", o.Course()), o.Say)
}

// lanes draws it from left to right.
func (o *outline) lanes() []byte {
	steps := lens.Shorter(o.Measures.Steps, beadsLanes)
	u := figure.Unrolled{Title: o.Say("lanes.title"), Desc: o.Say("lanes.desc", "Words", o.Course()), Beads: beads(steps), Marks: o.marks(steps)}
	for _, m := range o.Measures.Emotion.Answered(maxRings) {
		u.Felt = append(u.Felt, figure.Felt{At: lens.Along(steps, m.At), Answer: answers[m.Answer]})
	}
	return figure.Lanes("lanes", u, o.Say)
}

// FewRings reports whether some feelings have no ring on the lanes.
func (o *outline) FewRings() bool {
	return len(o.Measures.Emotion.Answered(maxRings)) < o.Measures.Emotion.Answers.All(lens.Response.Codes()...).N
}

// answers are the answers to a feeling as a figure takes them.
var answers = map[lens.Code]figure.Answer{lens.Met: figure.WasMet, lens.Left: figure.WasLeft, lens.Cleared: figure.WasCleared}

// marks are the times above the lanes.
func (o *outline) marks(steps []lens.Step) []figure.Mark {
	if len(steps) == 0 {
		return nil
	}
	if !o.Measures.Timed {
		list := []figure.Mark{{At: 0, Text: o.Say("lanes.begin")}}
		if len(steps) > 1 {
			list = append(list, figure.Mark{At: float64(len(steps) - 1), Text: o.Say("lanes.end")})
		}
		return list
	}
	var list []figure.Mark
	for _, m := range o.Measures.Minutes(steps, marks) {
		list = append(list, figure.Mark{At: float64(m.Step), Text: o.Say("lanes.minute", "N", m.Minute)})
	}
	return list
}

// Course says in words where the road went.
func (o *outline) Course() string { return o.inWords(o.Measures.Spoken()) }

// inWords says in words which layers were spoken of: "Vooral gedrag. Ook
// behoefte."
func (o *outline) inWords(spoken [5]int) string {
	mostly, also := lens.Mostly(spoken)
	switch {
	case len(mostly) == 0:
		return o.Say("road.empty")
	case len(mostly)+len(also) == 1:
		return o.Say("road.only", "Layers", o.called(mostly))
	case len(also) == 0:
		return o.Say("road.mostly", "Layers", o.called(mostly))
	}
	return o.Say("road.mostly", "Layers", o.called(mostly)) + " " + o.Say("road.also", "Layers", o.called(also))
}

// called are the names of layers within a sentence.
func (o *outline) called(list []lens.Code) string {
	var names []string
	for _, c := range list {
		names = append(names, strings.ToLower(o.Say("layer."+string(c))))
	}
	return o.list(names)
}

// InWords is the timeline in words, in a few parts.
func (o *outline) InWords() []string {
	var lines []string
	for _, w := range lens.Fewer(o.Measures.Attention.Windows, parts) {
		said := []string{o.inWords(w.Spoken)}
		for _, f := range []struct {
			n   int
			key string
		}{{w.Met, "feelings.met"}, {w.Left, "feelings.left"}, {w.Clears, "feelings.cleared"}} {
			if f.n > 0 && !o.Measures.LookHere[lens.Response] {
				said = append(said, o.Say(f.key, "N", f.n))
			}
		}
		key, from, to := "lanes.part", w.From, w.To
		if o.Measures.Timed {
			key, from, to = "lanes.part_timed", w.Start.Minute(), w.End.Minute()
		}
		lines = append(lines, o.Say(key, "From", from, "To", to, "Words", strings.Join(said, " ")))
	}
	return lines
}
