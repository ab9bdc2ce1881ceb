package learn

import (
	"errors"
	"fmt"
)

// TreeOptions say how trees grow; see [DefaultTrees].
type TreeOptions struct {
	Rounds  int     // trees for each class
	Depth   int     // questions in a row
	Step    float64 // how much of what a tree says is taken
	Least   float64 // how much must be at stake on both sides of a question, up to a fiftieth of all rows
	Rows    float64 // share of the rows that a tree learns from
	Figures float64 // share of the figures that it may ask for
	Balance float64 // 0: each row as heavy; 1: each class as heavy
	Seed    uint64
}

// DefaultTrees are options for a few thousand rows whose codes are in doubt:
// small trees, none of which believes a few rows.
func DefaultTrees() TreeOptions {
	return TreeOptions{Rounds: 60, Depth: 3, Step: 0.08, Least: 120, Rows: 0.7, Figures: 0.3, Balance: 0.7, Seed: 1}
}

// Trees tell classes apart by a few figures of each row: small trees of
// questions, each of which makes good what those before it left (gradient
// boosting).
type Trees struct {
	prior []float64
	step  float64
	cuts  [][]float64
	trees [][]tree // for each class
}

// tree is a list of questions; the first comes first.
type tree []question

// question sends rows whose bin is at most so high to yes, others to no. A
// figure under 0 is an answer.
type question struct {
	figure  int
	most    uint8
	yes, no int
	says    float64
}

// Grow learns from rows of figures; NaN is one that is not known. Rows of class
// Skip are not learnt from.
func Grow(table [][]float64, class []int, classes int, o TreeOptions) (*Trees, error) {
	if classes < 2 || len(table) != len(class) {
		return nil, fmt.Errorf("%d classes for %d rows with %d codes", classes, len(table), len(class))
	}
	g := &grower{o: o, class: class, chance: source(o.Seed)}
	count := make([]float64, classes)
	for i, c := range class {
		if c < Skip || c >= classes {
			return nil, fmt.Errorf("row %d has class %d, must be under %d", i, c, classes)
		}
		if c != Skip {
			g.rows = append(g.rows, i)
			count[c]++
		}
	}
	if len(g.rows) == 0 {
		return nil, errors.New("nothing to learn from")
	}
	g.weigh(count)
	g.o.Least = min(o.Least, g.all/50)
	g.bins = cut(table, g.rows)
	t := &Trees{step: o.Step, cuts: g.bins.cuts, trees: make([][]tree, classes)}
	for c := range count {
		t.prior = append(t.prior, log((g.total[c]+1)/(g.all+float64(classes))))
	}
	g.grow(t)
	return t, nil
}

// Margins gives the log odds of each class for a row of figures.
func (t *Trees) Margins(row []float64, into []float64) []float64 {
	into = append(into[:0], t.prior...)
	for c, trees := range t.trees {
		for _, one := range trees {
			at := 0
			for one[at].figure >= 0 {
				q := &one[at]
				at = q.no
				if place(t.cuts[q.figure], row[q.figure]) <= q.most {
					at = q.yes
				}
			}
			into[c] += float64(t.step * one[at].says)
		}
	}
	return into
}

// grower grows trees.
type grower struct {
	o        TreeOptions
	class    []int
	rows     []int     // that are learnt from
	weight   []float64 // of each class
	total    []float64 // of each class, the weights of its rows
	all      float64
	bins     *bins
	chance   source
	pull     []float64 // of each row, where it wants its margin to go
	stake    []float64 // and how sure that is
	figures  []int     // that may be asked for
	sum, sat [maxBins + 2]float64
}

// weigh makes the rows of rare classes heavier.
func (g *grower) weigh(count []float64) {
	n := float64(len(g.rows))
	for _, c := range count {
		w := 0.0
		if c > 0 {
			w = exp(-float64(g.o.Balance * log(c/n)))
		}
		g.weight = append(g.weight, w)
		g.total = append(g.total, c*w)
		g.all += float64(c * w)
	}
}

// grow grows all trees, a round of one for each class at a time.
func (g *grower) grow(t *Trees) {
	classes := len(g.weight)
	margins := make([][]float64, len(g.class))
	chances := make([][]float64, len(g.class))
	for _, i := range g.rows {
		margins[i] = append([]float64(nil), t.prior...)
	}
	g.pull, g.stake = make([]float64, len(g.class)), make([]float64, len(g.class))
	for range g.o.Rounds {
		for _, i := range g.rows {
			chances[i] = Chances(append(chances[i][:0], margins[i]...), 1)
		}
		g.figures = g.some(g.figures[:0], nil, len(g.bins.cuts), g.o.Figures)
		part := g.some(nil, g.rows, len(g.rows), g.o.Rows)
		for c := range classes {
			for _, i := range g.rows {
				is := 0.0
				if g.class[i] == c {
					is = 1
				}
				p, w := chances[i][c], g.weight[g.class[i]]
				g.pull[i] = w * (is - p)
				g.stake[i] = w * p * (1 - p)
			}
			var one tree
			g.ask(&one, part, g.o.Depth)
			t.trees[c] = append(t.trees[c], one)
			for _, i := range g.rows {
				margins[i][c] += float64(g.o.Step * g.answer(one, i))
			}
		}
	}
}

// some draws a share of numbers: of a list, or from 0 to under n.
func (g *grower) some(into, list []int, n int, share float64) []int {
	for k := range n {
		if float64(g.chance.next()>>11)/(1<<53) >= share {
			continue
		}
		if list != nil {
			k = list[k]
		}
		into = append(into, k)
	}
	return into
}

// answer is what a tree says of a row of the table.
func (g *grower) answer(one tree, row int) float64 {
	at := 0
	for one[at].figure >= 0 {
		q := &one[at]
		at = q.no
		if g.bins.of[q.figure][row] <= q.most {
			at = q.yes
		}
	}
	return one[at].says
}

// calm keeps answers small where little is at stake.
const calm = 2

// ask adds the question that helps most to a tree, and those below it.
func (g *grower) ask(one *tree, rows []int, depth int) int {
	here := len(*one)
	*one = append(*one, question{figure: -1})
	pull, stake := 0.0, 0.0
	for _, i := range rows {
		pull += g.pull[i]
		stake += g.stake[i]
	}
	(*one)[here].says = pull / (stake + calm)
	if depth == 0 || stake < 2*g.o.Least {
		return here
	}
	best, gain := question{figure: -1}, 1e-6
	for _, f := range g.figures {
		if most, by := g.split(f, rows, pull, stake); by > gain {
			best, gain = question{figure: f, most: most}, by
		}
	}
	if best.figure < 0 {
		return here
	}
	var yes, no []int
	for _, i := range rows {
		if g.bins.of[best.figure][i] <= best.most {
			yes = append(yes, i)
		} else {
			no = append(no, i)
		}
	}
	best.yes = g.ask(one, yes, depth-1)
	best.no = g.ask(one, no, depth-1)
	(*one)[here] = best
	return here
}

// split finds the bin after which a figure parts rows best, and how much that
// gains.
func (g *grower) split(figure int, rows []int, pull, stake float64) (most uint8, gain float64) {
	n := len(g.bins.cuts[figure]) + 2
	clear(g.sum[:n])
	clear(g.sat[:n])
	of := g.bins.of[figure]
	for _, i := range rows {
		g.sum[of[i]] += g.pull[i]
		g.sat[of[i]] += g.stake[i]
	}
	worth := func(pull, stake float64) float64 { return pull * pull / (stake + calm) }
	whole := worth(pull, stake)
	left, at := 0.0, 0.0
	for k := range n - 1 {
		left += g.sum[k]
		at += g.sat[k]
		if at < g.o.Least || stake-at < g.o.Least {
			continue
		}
		if by := worth(left, at) + worth(pull-left, stake-at) - whole; by > gain {
			most, gain = uint8(k), by
		}
	}
	return most, gain
}
