package annomi

import "samenspel/lens/learn"

// reading holds, for each task and each row in each form, log chances of the
// classes.
type reading [][][]float64

// options are those of the first reading.
func options() learn.Options {
	o := learn.Defaults()
	o.Cost, o.Balance, o.Rounds, o.Scale = 0.1, 0.8, 8, 1
	return o
}

// first learns every task from the rows in use and reads all rows.
func (b *bench) first(use func(row int) bool) (reading, error) {
	n := len(b.rows)
	found := make(reading, len(tasks))
	for t := range tasks {
		class := make([]int, len(forms)*n)
		for i := range class {
			class[i] = learn.Skip
			if use(i % n) {
				class[i] = b.class[t][i%n]
			}
		}
		w, err := learn.Train(learn.Examples{Matrix: b.seen, Classes: len(tasks[t].codes), Class: class}, options())
		if err != nil {
			return nil, err
		}
		found[t] = make([][]float64, len(class))
		for i := range class {
			found[t][i] = w.Margins(i, nil)
			learn.Chances(found[t][i], 1)
		}
	}
	return found, nil
}

// apart is in how many parts the rows that are learnt from are cut for what a
// second reading learns from.
const apart = 5

// outside reads rows for a second reading to learn from: each row that is
// learnt from by weights that did not learn from its video, all others by
// weights that learnt from all.
func (b *bench) outside(use func(row int) bool) (reading, error) {
	found, err := b.first(use)
	if err != nil {
		return nil, err
	}
	for part := range apart {
		if err := b.ctx.Err(); err != nil {
			return nil, err
		}
		held := func(row int) bool { return use(row) && b.inner[row] == part }
		found2, err := b.first(func(row int) bool { return use(row) && !held(row) })
		if err != nil {
			return nil, err
		}
		n := len(b.rows)
		for t := range tasks {
			for i := range found[t] {
				if held(i % n) {
					found[t][i] = found2[t][i]
				}
			}
		}
	}
	return found, nil
}
