package agree

import "slices"

// Table counts how two readings meet: Count[i][j] utterances have the code
// Codes[i] in the first reading, the gold, and Codes[j] in the second.
type Table[C ~string] struct {
	Codes []C
	Count [][]int
}

// NewTable makes an empty table for the codes.
func NewTable[C ~string](codes []C) *Table[C] {
	t := &Table[C]{Codes: slices.Clone(codes), Count: make([][]int, len(codes))}
	for i := range t.Count {
		t.Count[i] = make([]int, len(codes))
	}
	return t
}

// Tabulate counts two readings of the same utterances. An utterance that one
// of them left empty is not counted. The codes are all that occur, in order.
func Tabulate[C ~string](gold, found []C) *Table[C] {
	var codes []C
	pairs(gold, found, func(a, b C) { codes = append(codes, a, b) })
	slices.Sort(codes)
	t := NewTable(slices.Compact(codes))
	pairs(gold, found, t.Add)
	return t
}

// pairs calls for each utterance that both readings have a code for.
func pairs[C ~string](gold, found []C, each func(a, b C)) {
	for i := range min(len(gold), len(found)) {
		if gold[i] != "" && found[i] != "" {
			each(gold[i], found[i])
		}
	}
}

// Add counts one utterance. A code that the table does not have gets a place.
func (t *Table[C]) Add(gold, found C) {
	i := t.place(gold)
	j := t.place(found)
	t.Count[i][j]++
}

// place gives the row and column of a code.
func (t *Table[C]) place(c C) int {
	if i := slices.Index(t.Codes, c); i >= 0 {
		return i
	}
	t.Codes = append(t.Codes, c)
	for i := range t.Count {
		t.Count[i] = append(t.Count[i], 0)
	}
	t.Count = append(t.Count, make([]int, len(t.Codes)))
	return len(t.Codes) - 1
}

// Join adds the counts of another table.
func (t *Table[C]) Join(other *Table[C]) {
	for i, gold := range other.Codes {
		for j, found := range other.Codes {
			if n := other.Count[i][j]; n > 0 {
				a, b := t.place(gold), t.place(found)
				t.Count[a][b] += n
			}
		}
	}
}

// N counts the utterances.
func (t *Table[C]) N() int {
	n := 0
	for _, row := range t.Count {
		for _, c := range row {
			n += c
		}
	}
	return n
}

// Same counts the utterances with the same code in both readings.
func (t *Table[C]) Same() int {
	n := 0
	for i := range t.Count {
		n += t.Count[i][i]
	}
	return n
}

// margins gives how often each code was given by the first and by the second.
func (t *Table[C]) margins(i int) (gold, found int) {
	for j := range t.Codes {
		gold += t.Count[i][j]
		found += t.Count[j][i]
	}
	return gold, found
}
