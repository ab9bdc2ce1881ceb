package lens

import (
	"fmt"
	"iter"
)

// Weights are what the lens has learnt. They do not change once they are made.
type Weights struct {
	Version string
	// First reads the text; its heads are all fields but the response.
	First Table
	// Second reads the text again, beside what the first found near by; its
	// heads are those fields for which that helps.
	Second Table
	// Answer reads the end of a partner's turn with what was answered; its head
	// is the response.
	Answer Table
	// LookHere says in which fields the lens follows a human reader too little
	// for its codes to be counted: kappa under .4 on conversations that it had
	// not learnt from.
	LookHere [NumFields]bool
}

// Engine codes utterances with trained weights. Many may use one at once.
type Engine struct {
	weights               *Weights
	first, second, answer *lookup
}

// NewEngine makes an engine of weights, or says what is wrong with them.
func NewEngine(w *Weights) (*Engine, error) {
	e := &Engine{weights: w}
	for _, t := range []struct {
		table *Table
		into  **lookup
	}{{&w.First, &e.first}, {&w.Second, &e.second}, {&w.Answer, &e.answer}} {
		if why := t.table.fault(); why != "" {
			return nil, fmt.Errorf("weights of the lens: %s", why)
		}
		*t.into = newLookup(t.table)
	}
	return e, nil
}

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

// pass is one reading of a conversation, a stretch at a time.
type pass struct {
	e          *Engine
	everywhere bool
	sight      *Sight
	us         []Utterance
	from       int // of us: those before it have been given
	found      []Chances
	sums       []float32 // of the second reading, a row of columns each
	f          Features
	row        []float32
	felt       bool // in this turn, up to here
	broken     bool
}

func newPass(e *Engine, everywhere bool) *pass {
	return &pass{e: e, everywhere: everywhere, sight: NewSight(), row: make([]float32, e.first.columns+e.answer.columns)}
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
	p.first(max(0, p.from-nearBefore-maxTurn), min(len(p.us), to+around))
	for i := p.from; i < to; i++ {
		if !yield(p.give(i), nil) {
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

// first reads a stretch for the first time, and sums its text for the second.
func (p *pass) first(from, to int) {
	n, wide := len(p.us), p.e.second.columns
	if cap(p.found) < n {
		p.found, p.sums = make([]Chances, n, n+around), make([]float32, (n+around)*wide)
	}
	p.found, p.sums = p.found[:n], p.sums[:n*wide]
	clear(p.found)
	clear(p.sums)
	for i := from; i < to; i++ {
		p.sight.Text(i, &p.f)
		row := p.row[:p.e.first.columns]
		clear(row)
		p.e.first.sum(&p.f, row)
		for h := range p.e.first.t.Heads {
			if field := p.e.first.t.Heads[h].Field; p.us[i].Role.Asks(field) {
				p.e.first.chances(h, row, &p.found[i][field])
			}
		}
		p.e.second.sum(&p.f, p.sums[i*wide:(i+1)*wide])
	}
}

// give reads utterance i for the second time and chooses its codes.
func (p *pass) give(i int) Coded {
	u := &p.us[i]
	if i == 0 || p.us[i-1].Turn != u.Turn {
		p.felt = false
	}
	found := p.found[i]
	p.f.reset()
	p.sight.Near(i, p.found, &p.f)
	sums := p.sums[i*p.e.second.columns : (i+1)*p.e.second.columns]
	p.e.second.sum(&p.f, sums)
	for h := range p.e.second.t.Heads {
		if field := p.e.second.t.Heads[h].Field; u.Role.Asks(field) {
			p.e.second.chances(h, sums, &found[field])
		}
	}
	c := Coded{Utterance: *u, By: ByLens}
	c.Codes = Codes{}
	for field := range Field(NumFields) {
		if u.Role.Asks(field) && field != Response {
			c.choose(field, &found[field])
		}
	}
	felt := c.Codes[Emotion] != None
	p.felt = p.felt || felt
	if !felt && !p.everywhere {
		c.Codes[Valence], c.Sure[Valence] = "", 0
	}
	if (p.felt || p.everywhere) && p.sight.Answered(i) {
		p.answer(i, &c)
	}
	return c
}

// answer chooses how the turn that ends here was answered.
func (p *pass) answer(i int, c *Coded) {
	p.sight.Text(i, &p.f)
	p.sight.Near(i, p.found, &p.f)
	if !p.sight.Answer(i, p.found, &p.f) {
		return
	}
	row := p.row[p.e.first.columns:]
	clear(row)
	p.e.answer.sum(&p.f, row)
	var chances [maxCodes]float32
	p.e.answer.chances(0, row, &chances)
	c.choose(Response, &chances)
}

// choose takes the likeliest code of a field.
func (c *Coded) choose(f Field, chances *[maxCodes]float32) {
	best := 0
	codes := f.Codes()
	for k := range codes {
		if chances[k] > chances[best] {
			best = k
		}
	}
	c.Codes[f], c.Sure[f] = codes[best], float64(chances[best])
}
