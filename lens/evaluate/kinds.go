package main

import (
	"fmt"
	"io"
	"slices"

	"samenspel/lens"
	"samenspel/lens/agree"
	"samenspel/lens/gold"
)

// kinds says how well a few shares tell the good conversations from the
// connecting dialogues: as the lens finds them, and as the gold has them.
func kinds(to io.Writer, e *lens.Engine, locked []gold.Conversation) error {
	var found, coded [2][]lens.Shares
	for _, c := range locked {
		k := slices.Index([]gold.Kind{gold.Good, gold.Connecting}, c.Kind)
		if k < 0 {
			continue
		}
		m, err := lens.Measure(e.Code(bare(c.Utterances, false)), lens.Options{})
		if err != nil {
			return err
		}
		found[k] = append(found[k], m.Shares())
		if m, err = lens.Measure(lens.Given(slices.Values(c.Utterances)), lens.Options{}); err != nil {
			return err
		}
		coded[k] = append(coded[k], m.Shares())
	}
	fmt.Fprintf(to, "\nGood (%d) against connecting (%d), AUC\n\n| share | by the lens | interval | by the gold |\n|---|---|---|---|\n", len(found[0]), len(found[1]))
	for _, s := range []struct {
		name string
		of   func(lens.Shares) float64
	}{
		{"utterances below behaviour", func(s lens.Shares) float64 { return s.Below }},
		{"feelings met", func(s lens.Shares) float64 { return s.Met }},
		{"feelings not cleared away", func(s lens.Shares) float64 { return -s.Cleared }},
		{"room given", func(s lens.Shares) float64 { return s.Room }},
		{"the four together, as a sum", func(s lens.Shares) float64 { return s.Below + s.Met - s.Cleared + s.Room }},
	} {
		in := interval(found, s.of)
		fmt.Fprintf(to, "| %s | %.2f | %.2f – %.2f | %.2f |\n", s.name, auc(found, s.of), in.Low, in.High, auc(coded, s.of))
	}
	return nil
}

func auc(of [2][]lens.Shares, share func(lens.Shares) float64) float64 {
	return agree.AUC(each(of[0], share), each(of[1], share))
}

func each(list []lens.Shares, share func(lens.Shares) float64) []float64 {
	var out []float64
	for _, s := range list {
		out = append(out, share(s))
	}
	return out
}

// interval draws conversations of both kinds anew.
func interval(of [2][]lens.Shares, share func(lens.Shares) float64) agree.Interval {
	n := len(of[0])
	all := append(each(of[0], share), each(of[1], share)...)
	return agree.Bootstrap(len(all), draws, 1, func(drawn []int) float64 {
		var a, b []float64
		for _, d := range drawn {
			if d < n {
				a = append(a, all[d])
			} else {
				b = append(b, all[d])
			}
		}
		return agree.AUC(a, b)
	})
}
