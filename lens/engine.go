package lens

import (
	"errors"
	"iter"
	"slices"

	"samenspel/lens/learn"
)

// Weights are what the lens has learnt. They do not change once they are made.
// A head has the name of its field, and the codes of the field as classes.
type Weights struct {
	Version string
	// Text reads the text. Its first heads are all fields but the response; the
	// heads behind those are fields that are read a second time, beside what the
	// first reading found near by, for that helps them.
	Text *learn.Linear
	// Answer reads the end of a partner's turn with what was answered; its head
	// is the response.
	Answer *learn.Linear
	// LookHere says in which fields the lens follows a human reader too little
	// for its codes to be counted: kappa under .4 on conversations that it had
	// not learnt from.
	LookHere [NumFields]bool
}

// Engine codes utterances with trained weights. Many may use one at once.
type Engine struct {
	weights      *Weights
	text, answer []Field // of their heads
}

// NewEngine makes an engine of weights, or says what is wrong with them.
func NewEngine(w *Weights) (*Engine, error) {
	e := &Engine{weights: w}
	for _, part := range []struct {
		linear *learn.Linear
		into   *[]Field
	}{{w.Text, &e.text}, {w.Answer, &e.answer}} {
		for _, h := range part.linear.Heads() {
			f, ok := FieldNamed(h.Name)
			if !ok || !slices.EqualFunc(h.Classes, f.Codes(), func(a string, b Code) bool { return a == string(b) }) {
				return nil, errors.New("weights of the lens: a head does not fit the codebook")
			}
			*part.into = append(*part.into, f)
		}
	}
	if len(e.text) < once || !slices.Equal(e.text[:once], Fields()[:once]) {
		return nil, errors.New("weights of the lens: not every field is read")
	}
	if !slices.Equal(e.answer, []Field{Response}) {
		return nil, errors.New("weights of the lens: nothing reads the answers")
	}
	return e, nil
}

// once is how many fields are read in the text: all but the last, the response.
const once = NumFields - 1

// Version names the weights.
func (e *Engine) Version() string { return e.weights.Version }

// LookHere says in which fields codes are shown as a place to look at and not
// counted.
func (e *Engine) LookHere() [NumFields]bool { return e.weights.LookHere }

// How much is read at once, in utterances: a stretch, and what lies around it.
const (
	stretch = 192
	around  = 32
)

// Code gives utterances their codes as they come, a stretch at a time; however
// long the conversation is, it holds no more than that. Where one dialogue
// follows another, neither sees the other. An error ends it.
func (e *Engine) Code(all iter.Seq2[Utterance, error]) iter.Seq2[Coded, error] {
	return e.run(all, false)
}

// CodeAll is [Engine.Code], but gives a code wherever the codebook could ask
// for one: a valence also where no feeling was found, a response at the end of
// each turn that somebody answers. It is for measuring.
func (e *Engine) CodeAll(all iter.Seq2[Utterance, error]) iter.Seq2[Coded, error] {
	return e.run(all, true)
}

func (e *Engine) run(all iter.Seq2[Utterance, error], everywhere bool) iter.Seq2[Coded, error] {
	return func(yield func(Coded, error) bool) {
		p := newPass(e, everywhere)
		for u, err := range all {
			if err != nil {
				p.flush(yield)
				yield(Coded{}, err)
				return
			}
			if len(p.us) > 0 && u.Dialogue != p.us[0].Dialogue && !p.flush(yield) {
				return
			}
			p.us = append(p.us, u)
			if len(p.us) == p.from+stretch+around && !p.code(p.from+stretch, yield) {
				return
			}
		}
		p.flush(yield)
	}
}

// pass is one reading of a conversation, a stretch at a time. What it keeps is
// used again for the next stretch.
type pass struct {
	e          *Engine
	everywhere bool
	sight      *Sight
	us         []Utterance
	from       int // of us: those before it have been given
	texts      []Features
	read       [][]float32 // what the text says, for each head
	found      []Chances   // by the first reading
	chosen     []Coded     // by the first reading
	f          Features
	sums       []float32
	chances    []float64
	felt       bool // in this turn, up to here
	broken     bool
}

func newPass(e *Engine, everywhere bool) *pass {
	return &pass{e: e, everywhere: everywhere, sight: NewSight()}
}

// flush gives what is left of a dialogue.
func (p *pass) flush(yield func(Coded, error) bool) bool {
	more := p.code(len(p.us), yield)
	p.us, p.from, p.felt = p.us[:0], 0, false
	return more
}

// code gives the utterances up to a place, and keeps what the next stretch
// must see.
func (p *pass) code(to int, yield func(Coded, error) bool) bool {
	if p.broken {
		return false
	}
	p.sight.Read(p.us)
	for len(p.texts) < len(p.us) {
		p.texts, p.read = append(p.texts, Features{}), append(p.read, nil)
		p.found, p.chosen = append(p.found, Chances{}), append(p.chosen, Coded{})
	}
	for i := max(0, p.from-nearBefore-maxTurn); i < min(len(p.us), to+around); i++ {
		p.first(i)
	}
	for i := p.from; i < to; i++ {
		if !yield(p.second(i), nil) {
			p.broken = true
			return false
		}
	}
	keep := max(0, to-around)
	p.us = p.us[:copy(p.us, p.us[keep:])]
	p.from = to - keep
	return true
}

// maxTurn is how far back into a turn the first reading looks again.
const maxTurn = 8

// first reads the text of utterance i.
func (p *pass) first(i int) {
	u := &p.us[i]
	p.found[i] = Chances{}
	p.chosen[i] = Coded{Utterance: *u, By: ByLens}
	p.chosen[i].Codes = Codes{}
	p.sight.Text(i, &p.texts[i])
	p.read[i] = p.e.weights.Text.Sum(p.texts[i].Index, p.texts[i].Value, p.read[i])
	for head, f := range p.e.text[:once] {
		if !u.Role.Asks(f) {
			continue
		}
		p.choose(p.e.weights.Text, head, f, p.read[i], &p.chosen[i])
		p.chances = p.e.weights.Text.Margins(head, p.read[i], p.chances)
		p.found[i].Put(f, p.chances)
	}
}

// choose takes a code of a field from the sums.
func (p *pass) choose(by *learn.Linear, head int, f Field, sums []float32, c *Coded) {
	class, chances := by.Choose(head, sums, p.chances)
	c.Codes[f], c.Sure[f] = f.Codes()[class], chances[class]
	p.chances = chances
}

// second reads utterance i again, with what was found near it.
func (p *pass) second(i int) Coded {
	c := p.chosen[i]
	if i == 0 || p.us[i-1].Turn != c.Turn {
		p.felt = false
	}
	p.f.reset()
	p.sight.Near(i, p.found, &p.f)
	p.sums = p.e.weights.Text.Add(p.f.Index, p.f.Value, append(p.sums[:0], p.read[i]...))
	for n, f := range p.e.text[once:] {
		if c.Role.Asks(f) {
			p.choose(p.e.weights.Text, once+n, f, p.sums, &c)
		}
	}
	felt := c.Codes[Emotion] != None
	p.felt = p.felt || felt
	if !felt && !p.everywhere {
		c.Codes[Valence], c.Sure[Valence] = "", 0
	}
	if (p.felt || p.everywhere) && p.sight.Answered(i) && p.sight.Answer(i, p.found, &p.f) {
		p.f.Index = append(p.f.Index, p.texts[i].Index...)
		p.f.Value = append(p.f.Value, p.texts[i].Value...)
		p.sums = p.e.weights.Answer.Sum(p.f.Index, p.f.Value, p.sums)
		p.choose(p.e.weights.Answer, 0, Response, p.sums, &c)
	}
	return c
}
