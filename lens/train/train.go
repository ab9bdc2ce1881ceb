package main

import (
	"slices"
	"sync"

	"samenspel/lens"
	"samenspel/lens/learn"
)

// What was found to do well in -check; see docs/lens.md.
const (
	inner   = 4 // parts: what is found in one is found by weights of the others
	atLeast = 4 // examples in which a feature must stand
)

// options say how a head learns.
func options() learn.Options { return learn.Defaults() }

// twice are the fields of which the second reading chooses the code.
var twice = []lens.Field{lens.Layer, lens.Emotion, lens.Act, lens.Friction}

// once are the fields of the first reading.
var once = []lens.Field{lens.Layer, lens.Emotion, lens.Valence, lens.Question, lens.Act, lens.Will, lens.Friction}

// How many features each part keeps: those that speak loudest.
const (
	mostText   = 120_000
	mostAnswer = 40_000
)

// train learns from the talks that use lets through.
func train(talks []talk, use func(talk int) bool) (*lens.Weights, error) {
	l := prepare(talks, use)
	w := &lens.Weights{}
	found := make([]lens.Chances, len(l.list))
	fill := func(f lens.Field, i int, margins []float64) {
		if l.list[i].role.Asks(f) {
			found[i].Put(f, margins)
		}
	}
	heads, of, err := l.part(l.rows, once, fill)
	if err != nil {
		return nil, err
	}
	near, answers := l.around(found)
	again, ofAgain, err := l.part(near, twice, nil)
	if err != nil {
		return nil, err
	}
	if w.Text, err = learn.Join(append(heads, again...), append(of, ofAgain...), mostText); err != nil {
		return nil, err
	}
	if heads, of, err = l.part(answers, []lens.Field{lens.Response}, nil); err != nil {
		return nil, err
	}
	w.Answer, err = learn.Join(heads, of, mostAnswer)
	return w, err
}

// around gives what the second reading and the reading of answers see: the
// text, and what the first reading found.
func (l *lessons) around(found []lens.Chances) (near, answers []learn.Row) {
	near, answers = make([]learn.Row, len(l.rows)), make([]learn.Row, len(l.rows))
	sight := lens.NewSight()
	for i, e := range l.list {
		if e.at == 0 {
			sight.Read(l.us[i])
		}
		here := found[i-e.at : i-e.at+len(l.us[i])]
		f := lens.Features(copied(l.rows[i]))
		sight.Near(e.at, here, &f)
		near[i] = learn.Row(f)
		if e.ends {
			g := lens.Features(copied(near[i]))
			sight.Answer(e.at, here, &g)
			answers[i] = learn.Row(g)
		}
	}
	return near, answers
}

// part learns some fields from rows, and how bold their chances are and where
// to draw the line between codes from rows that were left out. Fill is given
// what was found in each of those.
func (l *lessons) part(rows []learn.Row, fields []lens.Field, fill func(f lens.Field, i int, margins []float64)) ([]learn.Head, []*learn.Weights, error) {
	m := learn.NewMatrix(rows, atLeast)
	heads := make([]learn.Head, len(fields))
	of := make([]*learn.Weights, len(fields))
	var jobs []func() error
	for n, f := range fields {
		jobs = append(jobs, func() (err error) {
			if heads[n], err = l.outside(m, f, fill); err != nil {
				return err
			}
			of[n], err = learn.Train(l.examples(m, f, -1), options())
			return err
		})
	}
	return heads, of, both(jobs)
}

// examples are the rows of a field; those of one part of the conversations are
// left out.
func (l *lessons) examples(m *learn.Matrix, f lens.Field, without int) learn.Examples {
	codes := f.Codes()
	ex := learn.Examples{Matrix: m, Classes: len(codes), Class: make([]int, len(l.list)), Weight: make([]float32, len(l.list))}
	for i, e := range l.list {
		ex.Class[i], ex.Weight[i] = slices.Index(codes, e.codes[f]), e.weight
		if e.part == without || f == lens.Response && !e.ends {
			ex.Class[i] = learn.Skip
		}
	}
	return ex
}

// outside reads each part of the conversations with weights of the others, and
// gives the head that these findings ask for.
func (l *lessons) outside(m *learn.Matrix, f lens.Field, fill func(f lens.Field, i int, margins []float64)) (learn.Head, error) {
	h := learn.Head{Name: f.String()}
	for _, c := range f.Codes() {
		h.Classes = append(h.Classes, string(c))
	}
	margins := make([][]float64, len(l.list))
	for part := range inner {
		w, err := learn.Train(l.examples(m, f, part), options())
		if err != nil {
			return h, err
		}
		for i, e := range l.list {
			if e.part == part {
				margins[i] = w.Margins(i, nil)
				if fill != nil {
					fill(f, i, slices.Clone(margins[i]))
				}
			}
		}
	}
	class := l.examples(m, f, -1).Class
	h.Heat, h.Shift = learn.Heat(margins, class), learn.Shift(margins, class, len(h.Classes))
	return h, nil
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
