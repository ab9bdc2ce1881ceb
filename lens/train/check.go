package main

import (
	"fmt"
	"io"
	"slices"

	"samenspel/lens"
	"samenspel/lens/agree"
)

// parts is in how many parts the gold is cut for a check.
const parts = 5

// checkParts trains on four parts and tests on the fifth, each in turn, and
// prints the figures per field, with and without punctuation.
func checkParts(to io.Writer, talks []talk, share int) error {
	var tables [2][lens.NumFields][]*agree.Table[lens.Code]
	for part := range parts {
		w, err := train(talks, func(n int) bool { return n%parts != part && n*37%100 < share })
		if err != nil {
			return err
		}
		e, err := lens.NewEngine(w)
		if err != nil {
			return err
		}
		for n, t := range talks {
			if n%parts != part {
				continue
			}
			for s, strip := range []bool{false, true} {
				for f, table := range follow(e, t.Utterances, strip) {
					tables[s][f] = append(tables[s][f], table)
				}
			}
		}
	}
	for _, f := range lens.Fields() {
		for s, name := range []string{"written", "stripped"} {
			one := agree.NewTable(f.Codes())
			for _, t := range tables[s][f] {
				one.Join(t)
			}
			g := one.Figures()
			in := agree.MacroF1Interval(tables[s][f], 200, 1)
			fmt.Fprintf(to, "%-9s %-8s n=%d F=%.3f [%.3f-%.3f] kappa=%.3f ", f, name, g.N, g.MacroF1, in.Low, in.High, g.Kappa)
			for _, c := range g.Classes {
				fmt.Fprintf(to, " %s=%.2f(%d)", c.Code, c.F1, c.N)
			}
			fmt.Fprintln(to)
		}
	}
	return nil
}

// follow counts how an engine reads a conversation beside its codes.
func follow(e *lens.Engine, us []lens.Utterance, strip bool) (tables [lens.NumFields]*agree.Table[lens.Code]) {
	for f := range tables {
		tables[f] = agree.NewTable(lens.Field(f).Codes())
	}
	shown := slices.Clone(us)
	if strip {
		for i := range shown {
			shown[i].Text = lens.Strip(shown[i].Text)
		}
	}
	i := 0
	all := func(yield func(lens.Utterance, error) bool) {
		for _, u := range shown {
			if !yield(u, nil) {
				return
			}
		}
	}
	for c := range e.CodeAll(all) {
		for f, code := range us[i].Codes {
			if code != "" && c.Codes[f] != "" {
				tables[f].Add(code, c.Codes[f])
			}
		}
		i++
	}
	return tables
}
