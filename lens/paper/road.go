package paper

import (
	"cmp"
	"slices"
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
	for _, m := range o.ringed() {
		u.Felt = append(u.Felt, figure.Felt{At: along(steps, m.At), Answer: answers[m.Answer]})
	}
	return figure.Lanes("lanes", u, o.Say)
}

// ringed are the feelings that have a ring on the lanes, from all of the talk.
func (o *outline) ringed() []lens.Moment {
	var all, some []lens.Moment
	for _, m := range o.Measures.Emotion.Moments {
		if _, answered := answers[m.Answer]; answered {
			all = append(all, m)
		}
	}
	each := (len(all) + maxRings - 1) / maxRings
	for i := 0; i < len(all); i += each {
		some = append(some, all[i])
	}
	return some
}

// FewRings reports whether some feelings have no ring on the lanes.
func (o *outline) FewRings() bool {
	return len(o.ringed()) < o.Measures.Emotion.Answers.All(lens.Response.Codes()...).N
}

// answers are the answers to a feeling as a figure takes them.
var answers = map[lens.Code]figure.Answer{lens.Met: figure.WasMet, lens.Left: figure.WasLeft, lens.Cleared: figure.WasCleared}

// along is where an utterance lies along the steps.
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
	every, next := round(o.Measures.Length.Minute()/marks), 0
	for i, s := range steps {
		if minute := s.Start.Minute(); minute >= next || i == 0 {
			list = append(list, figure.Mark{At: float64(i), Text: o.Say("lanes.minute", "N", minute)})
			next = (minute/every + 1) * every
		}
	}
	return apart(list, float64(len(steps))/10)
}

// apart leaves out marks that would lie on top of the one before.
func apart(list []figure.Mark, room float64) []figure.Mark {
	kept := list[:1]
	for _, m := range list[1:] {
		if m.At-kept[len(kept)-1].At >= room {
			kept = append(kept, m)
		}
	}
	return kept
}

// round gives a number of minutes that is easy to count with.
func round(minutes int) int {
	for _, easy := range []int{1, 2, 5, 10, 15, 20, 30, 60, 120} {
		if minutes <= easy {
			return easy
		}
	}
	return (minutes + 59) / 60 * 60
}

// Course says in words where the road went.
func (o *outline) Course() string {
	var spoken [5]int
	for _, w := range o.Measures.Attention.Windows {
		for i, n := range w.Spoken {
			spoken[i] += n
		}
	}
	return o.inWords(spoken)
}

// inWords says in words which layers were spoken of: "Vooral gedrag. Ook
// behoefte."
func (o *outline) inWords(spoken [5]int) string {
	type reach struct {
		layer lens.Code
		n     int
	}
	all := 0
	var list []reach
	for i, c := range lens.Layer.Codes() {
		if c != lens.None && spoken[i] > 0 {
			list = append(list, reach{c, spoken[i]})
			all += spoken[i]
		}
	}
	if all == 0 {
		return o.Say("road.empty")
	}
	slices.SortStableFunc(list, func(a, b reach) int { return cmp.Compare(b.n, a.n) })
	// Mostly is what together makes up more than half.
	var mostly, also []string
	sum := 0
	for _, r := range list {
		name := strings.ToLower(o.Say("layer." + string(r.layer)))
		if 2*sum <= all {
			mostly = append(mostly, name)
		} else {
			also = append(also, name)
		}
		sum += r.n
	}
	if len(list) == 1 {
		return o.Say("road.only", "Layers", o.list(mostly))
	}
	said := o.Say("road.mostly", "Layers", o.list(mostly))
	if len(also) > 0 {
		said += " " + o.Say("road.also", "Layers", o.list(also))
	}
	return said
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
