package main

import (
	"slices"

	"samenspel/lens"
	"samenspel/lens/learn"
)

// example is an utterance that is learnt from: as written or stripped, with the
// codes of one reader.
type example struct {
	part   int // of the conversations
	at     int // in its conversation
	role   lens.Role
	codes  lens.Codes
	weight float32
	ends   bool // a turn of a partner that somebody answers
}

// lessons are all examples with what is seen of them.
type lessons struct {
	list []example
	us   [][]lens.Utterance // of each example, its conversation as it was shown
	rows []learn.Row
}

// prepare shows each conversation as it is written and stripped. What two
// readers coded stands there for each of them, half as heavy: so what they
// differ on is learnt as what it is, in doubt.
func prepare(talks []talk, use func(int) bool) *lessons {
	l := &lessons{}
	sight := lens.NewSight()
	for n, t := range talks {
		if !use(n) {
			continue
		}
		readings := [][]lens.Utterance{t.Utterances}
		if t.second != nil {
			readings = append(readings, t.second)
		}
		for _, strip := range []bool{false, true} {
			us := slices.Clone(t.Utterances)
			if strip {
				for i := range us {
					us[i].Text = lens.Strip(us[i].Text)
				}
			}
			sight.Read(us)
			for _, reading := range readings {
				l.add(sight, us, reading, n%inner, 1/float32(len(readings)))
			}
		}
	}
	return l
}

// add adds one reading of a conversation.
func (l *lessons) add(sight *lens.Sight, us, reading []lens.Utterance, part int, weight float32) {
	var f lens.Features
	for i := range us {
		sight.Text(i, &f)
		l.list = append(l.list, example{part: part, at: i, role: us[i].Role, codes: reading[i].Codes, weight: weight, ends: sight.Answered(i)})
		l.us = append(l.us, us)
		l.rows = append(l.rows, copied(learn.Row(f)))
	}
}

// copied gives a row that shares nothing with another.
func copied(r learn.Row) learn.Row {
	return learn.Row{Index: slices.Clone(r.Index), Value: slices.Clone(r.Value)}
}
