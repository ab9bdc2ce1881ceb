package annomi

import (
	"slices"

	"samenspel/lens/learn"
)

// task is a choice that is learnt and tested.
type task struct {
	name  string
	codes []string
	of    func(r *Row) string // empty where the row is not part of it
	// beside is whether the second reading chooses, which looks at what was
	// found near by. It does not help the form of a question.
	beside bool
}

// tasks are those of the benchmark.
var tasks = []task{
	{"therapist behaviour", []string{"other", "question", "reflection", "therapist_input"}, func(r *Row) string { return r.Behaviour }, true},
	{"client talk", []string{"change", "neutral", "sustain"}, func(r *Row) string { return r.Talk }, true},
	{"question exists", []string{"no", "yes"}, func(r *Row) string { return r.Question }, true},
	{"reflection exists", []string{"no", "yes"}, func(r *Row) string { return r.Reflection }, true},
	{"question open or closed", []string{"closed", "open"}, func(r *Row) string { return r.Kind }, false},
}

// talk is the place of client talk among the tasks: the others are about
// therapists.
const talk = 1

// classes gives the class of each row in a task; [learn.Skip] where it is no
// part of it.
func (t *task) classes(rows []Row) []int {
	class := make([]int, len(rows))
	for i := range rows {
		class[i] = slices.Index(t.codes, t.of(&rows[i]))
		if class[i] < 0 {
			class[i] = learn.Skip
		}
	}
	return class
}
