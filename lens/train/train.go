package main

import (
	"sync"

	"samenspel/lens"
	"samenspel/lens/learn"
)

// What was found to do well in -check; see docs/lens.md.
const (
	cost    = 0.15
	balance = 0.7
	rounds  = 12
	inner   = 4 // parts for the first reading, whose findings the second learns from
	atLeast = 4 // examples in which a feature must stand
)

// twice are the fields of which the second reading chooses the code.
var twice = []lens.Field{lens.Layer, lens.Emotion, lens.Act, lens.Friction}

// once are the fields of the first reading.
var once = []lens.Field{lens.Layer, lens.Emotion, lens.Valence, lens.Question, lens.Act, lens.Will, lens.Friction}

// example is an utterance that is learnt from: as written or stripped, coded
// by one reader.
type example struct {
	talk  int
	from  int // where its conversation begins in the list
	at    int // in its conversation
	codes [2]lens.Codes
	role  lens.Role
	ends  bool // a turn of a partner that somebody answers
}

// lessons are all examples with what is seen of them.
type lessons struct {
	list []example
	us   [][]lens.Utterance // of each example, its conversation as it was shown
	rows []learn.Row
}

// prepare shows each conversation as it is written and stripped.
func prepare(talks []talk) *lessons {
	l := &lessons{}
	sight := lens.NewSight()
	var f lens.Features
	for n, t := range talks {
		for _, strip := range []bool{false, true} {
			us := append([]lens.Utterance(nil), t.Utterances...)
			if strip {
				for i := range us {
					us[i].Text = lens.Strip(us[i].Text)
				}
			}
			sight.Read(us)
			from := len(l.list)
			for i := range us {
				e := example{talk: n, from: from, at: i, role: us[i].Role, ends: sight.Answered(i)}
				e.codes[0], e.codes[1] = us[i].Codes, us[i].Codes
				if t.second != nil {
					e.codes[1] = t.second[i].Codes
				}
				sight.Text(i, &f)
				l.list = append(l.list, e)
				l.us = append(l.us, us)
				l.rows = append(l.rows, clone(&f))
			}
		}
	}
	return l
}

func clone(f *lens.Features) learn.Row {
	return learn.Row{Index: append([]uint32(nil), f.Index...), Value: append([]float32(nil), f.Value...)}
}

// learnField learns one field from the examples that use lets through. Where
// two readers differ, each code counts half.
func (l *lessons) learnField(m *learn.Matrix, f lens.Field, use func(example) bool) (*learn.Weights, error) {
	codes := f.Codes()
	number := map[lens.Code]int{}
	for k, c := range codes {
		number[c] = k
	}
	class := make([]int, m.Rows())
	for i := range class {
		class[i] = learn.Skip
		if i < len(l.list) && use(l.list[i]) {
			if k, ok := number[l.list[i].codes[0][f]]; ok {
				class[i] = k
			}
		}
	}
	return learn.Train(learn.Examples{Matrix: m, Classes: len(codes), Class: class},
		learn.Options{Cost: cost, Rounds: rounds, Balance: balance, Seed: 1})
}

// both runs jobs, two at a time, each on its own.
func both(jobs []func() error) error {
	errs := make([]error, len(jobs))
	var wait sync.WaitGroup
	free := make(chan struct{}, 2)
	for i, job := range jobs {
		wait.Add(1)
		free <- struct{}{}
		go func() {
			defer func() { <-free; wait.Done() }()
			errs[i] = job()
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// train learns from the talks that use lets through; nil lets all through.
func train(talks []talk, use func(talk int) bool) (*lens.Weights, error) {
	if use == nil {
		use = func(int) bool { return true }
	}
	l := prepare(talks)
	w := &lens.Weights{}
	m := learn.NewMatrix(l.rows, atLeast)
	found := make([]lens.Chances, len(l.list))
	firsts := make([]*learn.Weights, len(once))
	var jobs []func() error
	for n, f := range once {
		jobs = append(jobs, func() error { return l.outside(m, f, use, found) }, func() (err error) {
			firsts[n], err = l.learnField(m, f, func(e example) bool { return use(e.talk) })
			return err
		})
	}
	if err := both(jobs); err != nil {
		return nil, err
	}
	w.First = table(m, once, firsts, mostFirst)
	if err := l.again(w, found, use); err != nil {
		return nil, err
	}
	return w, nil
}

// outside fills in what a first reading finds in each conversation that it did
// not learn from.
func (l *lessons) outside(m *learn.Matrix, f lens.Field, use func(int) bool, found []lens.Chances) error {
	for part := range inner {
		w, err := l.learnField(m, f, func(e example) bool { return use(e.talk) && e.talk%inner != part })
		if err != nil {
			return err
		}
		var margins []float64
		for i, e := range l.list {
			if e.talk%inner == part && use(e.talk) && e.role.Asks(f) {
				margins = w.Margins(i, margins)
				chances(margins, &found[i], f)
			}
		}
	}
	return nil
}

// chances turns log odds into the chances that an engine would give.
func chances(margins []float64, into *lens.Chances, f lens.Field) {
	if len(margins) == 2 {
		p := learn.Chance(margins[1] - margins[0])
		into[f][0], into[f][1] = float32(1-p), float32(p)
		return
	}
	all := 0.0
	for _, m := range margins {
		all += learn.Chance(m)
	}
	for k, m := range margins {
		into[f][k] = float32(learn.Chance(m) / all)
	}
}

// again learns the second reading and the answers, from the text and what the
// first found.
func (l *lessons) again(w *lens.Weights, found []lens.Chances, use func(int) bool) error {
	near := make([]learn.Row, len(l.rows))
	answers := make([]learn.Row, len(l.rows))
	sight := lens.NewSight()
	for i, e := range l.list {
		if !use(e.talk) {
			continue
		}
		if e.at == 0 {
			sight.Read(l.us[i])
		}
		here := found[e.from : e.from+len(l.us[i])]
		f := lens.Features(clone2(l.rows[i]))
		sight.Near(e.at, here, &f)
		near[i] = learn.Row(f)
		if e.ends {
			g := lens.Features(clone2(near[i]))
			sight.Answer(e.at, here, &g)
			answers[i] = learn.Row(g)
		}
	}
	second, answer := learn.NewMatrix(near, atLeast), learn.NewMatrix(answers, atLeast)
	seconds := make([]*learn.Weights, len(twice))
	last := make([]*learn.Weights, 1)
	var jobs []func() error
	for n, f := range twice {
		jobs = append(jobs, func() (err error) {
			seconds[n], err = l.learnField(second, f, func(e example) bool { return use(e.talk) })
			return err
		})
	}
	jobs = append(jobs, func() (err error) {
		last[0], err = l.learnField(answer, lens.Response, func(e example) bool { return use(e.talk) && e.ends })
		return err
	})
	if err := both(jobs); err != nil {
		return err
	}
	w.Second = table(second, twice, seconds, mostSecond)
	w.Answer = table(answer, []lens.Field{lens.Response}, last, mostAnswer)
	return nil
}

func clone2(r learn.Row) learn.Row {
	return learn.Row{Index: append([]uint32(nil), r.Index...), Value: append([]float32(nil), r.Value...)}
}
