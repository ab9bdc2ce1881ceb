package annomi

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync"

	"samenspel/lens/agree"
	"samenspel/lens/learn"
)

// Parts is in how many parts one file is cut, by video.
const Parts = 10

// What an interval is drawn with.
const (
	draws = 1000
	seed  = 1
)

// Result is how well the lens reads transcripts that it did not learn from.
type Result struct {
	Trained int    `json:"trained"`  // rows that were learnt from
	Tested  int    `json:"tested"`   // rows that were read
	Videos  int    `json:"videos"`   // of the rows that were read
	Parts   int    `json:"parts"`    // 1: trained on one file and tested on another
	LeftOut int    `json:"left_out"` // rows not learnt from because their video is tested
	Tasks   []Task `json:"tasks"`
}

// Task is the result of one task in one form of text. Intervals are over
// videos.
type Task struct {
	Name          string         `json:"task"`
	Form          string         `json:"form"` // punctuated, stripped
	N             int            `json:"n"`
	MacroF1       float64        `json:"macro_f1"`
	Interval      agree.Interval `json:"macro_f1_interval"`
	Kappa         float64        `json:"kappa"`
	KappaInterval agree.Interval `json:"kappa_interval"`
	Accuracy      float64        `json:"accuracy"`
	Classes       []agree.Class  `json:"classes"`
	Folds         []float64      `json:"folds"` // macro-F1 of each part
}

// bench is one run.
type bench struct {
	ctx   context.Context
	rows  []Row
	talks []conversation
	seen  *learn.Matrix
	class [][]int // of each task and row
	inner []int   // in which part of what is learnt from a row would be held out
}

// part is rows that are learnt from and rows that are read.
type part struct {
	learnt func(row int) bool
	read   func(row int) bool
}

// Bench trains and tests on AnnoMI. Without test rows it cuts the rows in ten
// parts by video, and reads each part with what it learnt from the others.
// With them it learns from the first rows, except videos that are in the
// second, and reads those.
func Bench(ctx context.Context, rows, test []Row) (*Result, error) {
	b := &bench{ctx: ctx, rows: slices.Concat(rows, test)}
	b.talks = conversations(b.rows)
	b.seen = look(b.rows, b.talks)
	for t := range tasks {
		b.class = append(b.class, tasks[t].classes(b.rows))
	}
	result := &Result{Parts: 1, Tested: len(test)}
	var parts []part
	if len(test) == 0 {
		of, err := deal(b.rows, Parts)
		if err != nil {
			return nil, err
		}
		result.Parts, result.Tested, result.Trained = Parts, len(rows), len(rows)
		for p := range Parts {
			parts = append(parts, part{func(i int) bool { return of[i] != p }, func(i int) bool { return of[i] == p }})
		}
	} else {
		tested := map[string]bool{}
		for _, r := range test {
			tested[r.Video] = true
		}
		learnt := func(i int) bool { return i < len(rows) && !tested[b.rows[i].Video] }
		for i := range rows {
			if learnt(i) {
				result.Trained++
			}
		}
		result.LeftOut = len(rows) - result.Trained
		parts = []part{{learnt, func(i int) bool { return i >= len(rows) }}}
	}
	if result.Trained == 0 {
		return nil, errors.New("every video of the first file is in the second: nothing to learn from")
	}
	inner, err := deal(b.rows, apart)
	if err != nil {
		return nil, err
	}
	b.inner = inner
	return result, b.run(parts, result)
}

// deal puts each video in one of so many parts, the largest first, each in the
// smallest part so far.
func deal(rows []Row, parts int) ([]int, error) {
	count := map[string]int{}
	for _, r := range rows {
		count[r.Video]++
	}
	if len(count) < parts {
		return nil, errors.New("too few videos to be learnt from and tested by video")
	}
	videos := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	size, of := make([]int, parts), map[string]int{}
	for _, v := range videos {
		p := slices.Index(size, slices.Min(size))
		of[v] = p
		size[p] += count[v]
	}
	dealt := make([]int, len(rows))
	for i, r := range rows {
		dealt[i] = of[r.Video]
	}
	return dealt, nil
}

// run learns and reads every part, as many at once as there are processors.
func (b *bench) run(parts []part, result *Result) error {
	chosen := make([][][]int, len(parts)) // of each part and task, of rows in all forms
	errs := make([]error, len(parts))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for p := range parts {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			chosen[p], errs[p] = b.part(parts[p].learnt)
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	videos := map[string]int{}
	for i, r := range b.rows {
		if _, ok := videos[r.Video]; !ok && slices.ContainsFunc(parts, func(p part) bool { return p.read(i) }) {
			videos[r.Video] = len(videos)
		}
	}
	result.Videos = len(videos)
	for t := range tasks {
		for form := range forms {
			result.Tasks = append(result.Tasks, b.figures(t, form, parts, chosen, videos))
		}
	}
	return nil
}

// part learns from some rows and chooses for all.
func (b *bench) part(learnt func(row int) bool) ([][]int, error) {
	found, err := b.outside(learnt)
	if err != nil {
		return nil, err
	}
	table := b.beside(found)
	chosen := make([][]int, len(tasks))
	for t := range tasks {
		if err := b.ctx.Err(); err != nil {
			return nil, err
		}
		if chosen[t], err = b.second(t, learnt, found, table); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// figures compares what was chosen with what the experts said.
func (b *bench) figures(t, form int, parts []part, chosen [][][]int, videos map[string]int) Task {
	codes := tasks[t].codes
	all := agree.NewTable(codes)
	ofVideo := make([]*agree.Table[string], len(videos))
	for v := range ofVideo {
		ofVideo[v] = agree.NewTable(codes)
	}
	task := Task{Name: tasks[t].name, Form: forms[form]}
	for p := range parts {
		mine := agree.NewTable(codes)
		for i, c := range b.class[t] {
			if c == learn.Skip || !parts[p].read(i) {
				continue
			}
			got := codes[chosen[p][t][form*len(b.rows)+i]]
			mine.Add(codes[c], got)
			ofVideo[videos[b.rows[i].Video]].Add(codes[c], got)
		}
		all.Join(mine)
		task.Folds = append(task.Folds, mine.MacroF1())
	}
	f := all.Figures()
	task.N, task.MacroF1, task.Kappa, task.Accuracy, task.Classes = f.N, f.MacroF1, f.Kappa, f.Accuracy, f.Classes
	task.Interval = agree.MacroF1Interval(ofVideo, draws, seed)
	task.KappaInterval = agree.KappaInterval(ofVideo, draws, seed)
	return task
}
