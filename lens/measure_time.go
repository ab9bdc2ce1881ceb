package lens

import (
	"cmp"
	"time"
)

// Windows begin this wide. When there are more than maxWindows, each two
// become one: so they need no room that grows with the conversation.
const (
	firstMinutes    = 60 // seconds
	firstUtterances = 5
	maxWindows      = 24
)

// windows are the parts of a conversation, by time or by utterances.
type windows struct {
	wide int
	last int // the place of the last utterance: places do not run backwards
	list []Window
}

// take counts an utterance at a place: a second, or how many came before.
func (w *windows) take(n, place int, u *Utterance, attention bool) {
	place = max(place, w.last)
	w.last = place
	for place/w.wide >= maxWindows {
		w.halve()
	}
	for len(w.list) <= place/w.wide {
		w.list = append(w.list, Window{})
	}
	layer := layerIndex(u.Codes[Layer])
	one := Window{From: n, To: n, Start: Clock(u.Start), End: Clock(u.End)}
	one.Spoken[layer] = 1
	if attention {
		one.Paid[layer] = 1
	}
	switch u.Codes[Response] {
	case Met:
		one.Met = 1
	case Left:
		one.Left = 1
	case Cleared:
		one.Clears = 1
	}
	at := &w.list[place/w.wide]
	*at = at.and(one)
}

// halve makes one window of each two.
func (w *windows) halve() {
	w.wide *= 2
	for i := range w.list {
		if i%2 == 0 {
			w.list[i/2] = w.list[i]
		} else {
			w.list[i/2] = w.list[i/2].and(w.list[i])
		}
	}
	w.list = w.list[:(len(w.list)+1)/2]
}

// and joins a window with a later one.
func (w Window) and(later Window) Window {
	if later.From == 0 {
		return w
	}
	if w.From == 0 {
		return later
	}
	w.To, w.End = later.To, max(w.End, later.End)
	for i := range w.Spoken {
		w.Spoken[i] += later.Spoken[i]
		w.Paid[i] += later.Paid[i]
	}
	w.Met, w.Left, w.Clears = w.Met+later.Met, w.Left+later.Left, w.Clears+later.Clears
	return w
}

// stretch follows how long there was no attention to anything below behaviour.
func (g *gauge) stretch(u *Utterance, paid bool) {
	if paid {
		g.closeStretch()
		return
	}
	s := &g.without
	if s.N == 0 {
		s.From, s.Start = g.n, Clock(u.Start)
	}
	s.N++
	s.To, s.End = g.n, max(s.End, Clock(u.End))
}

// closeStretch ends such a stretch and keeps it when none was longer.
func (g *gauge) closeStretch() {
	if g.without.N > g.m.Attention.Without.N {
		g.m.Attention.Without = g.without
	}
	g.without = Stretch{}
}

// Step is one bead on the road of a conversation: utterances after each other
// of one side that speak of one layer. Of a long conversation it is several of
// these, with the layer of one of them: together the beads show each layer as
// often as it was spoken of.
type Step struct {
	From  int   `json:"from"`
	To    int   `json:"to"`
	N     int   `json:"n"`
	Start Clock `json:"start_s"`
	Layer Code  `json:"layer"`
	Side  Side  `json:"side"`

	spoken [2][5]int // by side and layer
}

// maxSteps bounds the road that is kept.
const maxSteps = 96

// road gathers steps as the conversation goes by.
type road struct {
	steps []Step
	runs  int // in the last step
	most  int // runs in a step
	side  Side
	layer Code
}

// take adds an utterance; one that speaks of no layer is not on the road.
func (r *road) take(n int, u *Utterance) {
	layer, side := cmp.Or(u.Codes[Layer], None), u.Role.Side()
	if layer == None {
		return
	}
	if r.most == 0 {
		r.most = 1
	}
	if len(r.steps) == 0 || side != r.side || layer != r.layer {
		r.runs++
		if len(r.steps) == 0 || r.runs > r.most {
			r.next(n, u.Start)
		}
	}
	r.side, r.layer = side, layer
	last := &r.steps[len(r.steps)-1]
	last.To = n
	last.N++
	last.spoken[sideIndex(side)][layerIndex(layer)]++
}

// next begins a step. A road that is full makes one step of each two.
func (r *road) next(n int, start time.Duration) {
	r.runs = 1
	if len(r.steps) == maxSteps {
		r.steps = joinSteps(r.steps, 2)
		r.most *= 2
	}
	r.steps = append(r.steps, Step{From: n, Start: Clock(start)})
}

func (r *road) end() []Step {
	return settle(append([]Step{}, r.steps...))
}

func sideIndex(s Side) int {
	if s == ProfessionalSide {
		return 0
	}
	return 1
}

// settle gives each step a layer out of those that are in it, so that all along
// the road each layer is shown as often as it was spoken of: what a step leaves
// out, the next ones make good.
func settle(steps []Step) []Step {
	var owed [5]float64
	for i := range steps {
		s, best := &steps[i], 0
		for l := 1; l < len(owed); l++ {
			n := s.spoken[0][l] + s.spoken[1][l]
			owed[l] += part(n, s.N)
			if n > 0 && (best == 0 || owed[l] >= owed[best]) { // of equals the deeper one
				best = l
			}
		}
		owed[best]--
		s.Layer, s.Side = Layer.Codes()[best], PartnerSide
		if s.spoken[0][best] > s.spoken[1][best] {
			s.Side = ProfessionalSide
		}
	}
	return steps
}

// joinSteps makes one step of each so many.
func joinSteps(steps []Step, each int) []Step {
	var joined []Step
	for i, s := range steps {
		if i%each == 0 {
			joined = append(joined, s)
			continue
		}
		last := &joined[len(joined)-1]
		last.To = s.To
		last.N += s.N
		for side := range s.spoken {
			for l, n := range s.spoken[side] {
				last.spoken[side][l] += n
			}
		}
	}
	return joined
}

// Shorter gives a road of at most so many steps, each of several after each
// other where it was longer.
func Shorter(steps []Step, most int) []Step {
	if len(steps) <= most || most < 1 {
		return steps
	}
	return settle(joinSteps(steps, (len(steps)+most-1)/most))
}

// Fewer gives at most so many windows, each of several after each other where
// there were more. Windows in which nobody spoke are left out.
func Fewer(list []Window, most int) []Window {
	var full []Window
	for _, w := range list {
		if w.From > 0 {
			full = append(full, w)
		}
	}
	if len(full) <= most || most < 1 {
		return full
	}
	each := (len(full) + most - 1) / most
	var few []Window
	for i, w := range full {
		if i%each == 0 {
			few = append(few, w)
		} else {
			few[len(few)-1] = few[len(few)-1].and(w)
		}
	}
	return few
}
