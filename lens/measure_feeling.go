package lens

// maxReply is how many sentences of an answer a moment points at.
const maxReply = 2

// feeling is the turn in hand of a partner, as far as it holds a feeling.
type feeling struct {
	open    Moment // its At is 0 while nothing was felt
	named   bool
	closed  int   // how many there were
	every   int   // of these, which are kept: each one, each second, each fourth …
	waiting []int // moments whose answer has not come, by place in the list
	replied []int // those whose answer is being given
}

// feels counts what a partner felt, wanted and could.
func (g *gauge) feels(u *Utterance) {
	m, f := &g.m, &g.feeling
	f.replied = nil
	g.tally(m.Will, u.Codes[Will])
	if u.Codes[Friction] == Rubs {
		g.count(&m.Friction)
	}
	f.open.End, f.open.Answer = g.n, u.Codes[Response]
	e := u.Codes[Emotion]
	switch e {
	case Named:
		g.count(&m.Emotion.Named)
	case Hinted:
		g.count(&m.Emotion.Hinted)
	default:
		return
	}
	g.tally(m.Emotion.Valence, u.Codes[Valence])
	// The plainest sentence of the turn stands for it.
	if f.open.At == 0 || e == Named && !f.named {
		f.open.At, f.open.Start, f.named = g.n, Clock(u.Start), e == Named
		g.pointed = g.pointed || f.keeps()
	}
}

// closeFeeling ends a turn: what was felt in it waits for its answer.
func (g *gauge) closeFeeling() {
	m, f := &g.m.Emotion, &g.feeling
	done := f.open
	f.open, f.named = Moment{}, false
	if done.At == 0 {
		return
	}
	kept := f.keeps()
	f.closed++
	if kept {
		if len(m.Moments) == MaxMoments {
			m.Moments = f.thin(m.Moments)
		}
		done.Reply = []int{}
		f.waiting = append(f.waiting, len(m.Moments))
		m.Moments = append(m.Moments, done)
	}
	for i := range m.Answers {
		if m.Answers[i].Code == done.Answer {
			m.Answers[i].pointAt(done.At, kept)
		}
	}
	if done.Answer == "" {
		m.Without.pointAt(done.At, kept)
	}
}

// keeps reports whether the moment in hand is one of those that are kept.
func (f *feeling) keeps() bool { return f.closed%max(1, f.every) == 0 }

// thin leaves out each second moment, so that those that are kept come from all
// of the conversation and not from its beginning.
func (f *feeling) thin(list []Moment) []Moment {
	f.every = 2 * max(1, f.every)
	var half []Moment
	for i := 0; i < len(list); i += 2 {
		half = append(half, list[i])
	}
	var waiting []int
	for _, i := range f.waiting {
		if i%2 == 0 {
			waiting = append(waiting, i/2)
		}
	}
	f.waiting = waiting
	return half
}

// pointAt counts something that was said earlier.
func (c *Count) pointAt(n int, kept bool) {
	c.N++
	if kept && len(c.At) < MaxPointed {
		c.At = append(c.At, n)
	}
}

// answer notes what a professional says as the answer to what waits for one.
func (g *gauge) answer(newTurn bool) {
	f := &g.feeling
	if newTurn {
		f.replied, f.waiting = f.waiting, nil
	}
	for _, i := range f.replied {
		if m := &g.m.Emotion.Moments[i]; len(m.Reply) < maxReply {
			m.Reply = append(m.Reply, g.n)
			g.pointed = true
		}
	}
}
