package lens

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Measure reads a coded conversation and counts what it shows. What it keeps
// does not grow with the length of the conversation, beyond the bounds above.
func Measure(all iter.Seq2[Coded, error], o Options) (*Measures, error) {
	g := newGauge(o)
	for c, err := range all {
		if err != nil {
			return nil, err
		}
		g.take(&c)
	}
	return g.end(), nil
}

// Given makes coded utterances of those that a person coded.
func Given(all iter.Seq[Utterance]) iter.Seq2[Coded, error] {
	return func(yield func(Coded, error) bool) {
		for u := range all {
			c := Coded{Utterance: u, By: ByPerson}
			for f, code := range u.Codes {
				if code != "" {
					c.Sure[f] = 1
				}
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// gauge measures a conversation as it goes by.
type gauge struct {
	m       Measures
	present []string
	checked bool

	n       int // of the utterance in hand
	turn    int // as the conversation numbers it
	speaker string
	pointed bool // something points at the utterance in hand
	partner map[string]*Profile
	order   []*Profile

	needed  bool // a need was explored
	without Stretch
	feeling feeling
	byTime  windows
	byCount windows
	road    road
	pace    pace
}

func newGauge(o Options) *gauge {
	g := &gauge{present: o.Present, checked: o.SpeakersChecked, partner: map[string]*Profile{}}
	g.m = Measures{
		Depth: []Profile{{Side: ProfessionalSide, Layers: tallies(Layer)}, {Side: PartnerSide, Layers: tallies(Layer)}},
		Acts:  tallies(Act), Will: tallies(Will), LookHere: o.LookHere, Look: []string{},
		Attention: Attention{Layers: tallies(Layer)},
		Emotion:   Feelings{Valence: tallies(Valence), Answers: tallies(Response), Moments: []Moment{}},
	}
	for i, act := range attending {
		g.m.Attention.Acts[i] = Tally{Code: act}
	}
	for _, f := range Fields() {
		if o.LookHere[f] {
			g.m.Look = append(g.m.Look, f.String())
		}
	}
	g.byTime.wide, g.byCount.wide = firstMinutes, firstUtterances
	return g
}

// attending are the acts with which a professional pays attention to a layer.
var attending = [3]Code{Explore, Reflect, Check}

// below reports whether a layer lies below behaviour.
func below(c Code) bool { return c == AtNeed || c == AtCommitment || c == AtMeaning }

// layerIndex is the place of a layer in the codebook; what has none counts as
// having no layer.
func layerIndex(c Code) int { return max(0, slices.Index(Layer.Codes(), c)) }

// take measures one utterance.
func (g *gauge) take(c *Coded) {
	g.number(c)
	u := &c.Utterance
	words := len(strings.Fields(u.Text))
	newTurn := g.m.Turns == 0 || u.Turn != g.turn || u.Speaker != g.speaker
	if newTurn {
		g.closeFeeling()
		g.m.Turns++
	}
	g.turn, g.speaker = u.Turn, u.Speaker
	g.m.Utterances++
	g.m.Words += words
	if u.End > 0 {
		g.m.Timed = true
		g.m.Length = max(g.m.Length, Clock(u.End))
	}
	g.depth(u)
	attention := false
	if u.Role.Professional() {
		attention = g.professional(u, newTurn)
	} else {
		g.feels(u)
	}
	g.stretch(u, attention && below(u.Codes[Layer]))
	g.byCount.take(g.n, g.m.Utterances-1, u, attention)
	g.byTime.take(g.n, int(u.Start/1e9), u, attention)
	g.road.take(g.n, u)
	if g.checked {
		g.pace.take(g, u, words, newTurn)
	}
	if g.pointed {
		g.keep(u)
	}
}

// number gives the utterance in hand its number: its own where those go up.
func (g *gauge) number(c *Coded) {
	g.pointed = false
	g.n = max(g.n+1, c.N)
}

// count adds the utterance in hand.
func (g *gauge) count(c *Count) {
	c.N++
	if len(c.At) < MaxPointed {
		c.At = append(c.At, g.n)
		g.pointed = true
	}
}

// tally adds the utterance in hand to the count of a code.
func (g *gauge) tally(t Tallies, code Code) {
	for i := range t {
		if t[i].Code == code {
			g.count(&t[i].Count)
		}
	}
}

// with adds another count, its sentences in order.
func (c Count) with(other Count) Count {
	at := slices.Concat(c.At, other.At)
	slices.Sort(at)
	at = at[:min(len(at), MaxPointed)]
	return Count{c.N + other.N, at}
}

// keep keeps a sentence, cut off where it is long.
func (g *gauge) keep(u *Utterance) {
	g.m.Sentences = append(g.m.Sentences, Sentence{
		N: g.n, Turn: u.Turn, Speaker: u.Speaker, Role: u.Role, Text: cutOff(u.Text), Start: Clock(u.Start),
	})
}

// cutOff gives the beginning of a text that is long.
func cutOff(text string) string {
	if len(text) <= maxSentence {
		return text
	}
	end := maxSentence
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	// A copy, so that the long text does not stay in memory.
	return strings.Clone(text[:end]) + "…"
}

// depth counts the layer, of the side and of the partner who spoke.
func (g *gauge) depth(u *Utterance) {
	layer := cmp.Or(u.Codes[Layer], None)
	if u.Role.Professional() {
		g.tally(g.m.Depth[0].Layers, layer)
		return
	}
	g.tally(g.m.Depth[1].Layers, layer)
	p := g.partner[u.Speaker]
	if p == nil {
		if len(g.order) == MaxSpeakers {
			return
		}
		p = &Profile{Side: PartnerSide, Speaker: u.Speaker, Layers: tallies(Layer)}
		g.partner[u.Speaker] = p
		g.order = append(g.order, p)
	}
	g.tally(p.Layers, layer)
}

// professional counts what a professional did, and reports whether it was
// attention to a layer.
func (g *gauge) professional(u *Utterance, newTurn bool) bool {
	m, layer, act := &g.m, cmp.Or(u.Codes[Layer], None), u.Codes[Act]
	g.answer(newTurn)
	g.tally(m.Acts, act)
	switch u.Codes[Question] {
	case OpenQuestion:
		g.count(&m.Questions.Open)
	case ClosedQuestion:
		g.count(&m.Questions.Closed)
	}
	if e := u.Codes[Emotion]; e == Named || e == Hinted {
		g.count(&m.Emotion.Attended)
	}
	if (act == Advise || act == Push) && !g.needed {
		g.count(&m.Room.Early)
	}
	at := slices.Index(attending[:], act)
	if at < 0 {
		return false
	}
	g.count(&m.Attention.Acts[at].Count)
	g.tally(m.Attention.Layers, layer)
	if below(layer) {
		g.count(&m.Attention.Below)
		if !g.needed {
			g.needed = true
			m.Attention.FirstAt, m.Attention.First = g.n, Clock(u.Start)
		}
	}
	return true
}

// end closes the conversation and gives what was measured.
func (g *gauge) end() *Measures {
	g.closeFeeling()
	g.closeStretch()
	m := &g.m
	for _, p := range g.order {
		m.Depth = append(m.Depth, *p)
	}
	m.Room.Choice, m.Room.Check, m.Room.Help = m.Acts.Of(Choice), m.Acts.Of(Check), m.Acts.Of(Support)
	m.Room.Advise, m.Room.Push = m.Acts.Of(Advise), m.Acts.Of(Push)
	m.Room.Given, m.Room.Taken = m.Acts.All(Choice, Check, Support), m.Acts.All(Advise, Push)
	m.Questions.Reflect = m.Acts.Of(Reflect)
	m.Attention.Windows = g.byCount.list
	if m.Timed {
		m.Attention.Windows = g.byTime.list
	}
	m.Steps = g.road.end()
	if g.checked {
		m.Pace = g.pace.end(g.present)
	}
	return m
}
