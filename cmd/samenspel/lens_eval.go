package main

import (
	"fmt"
	"io"

	"samenspel/lens"
	"samenspel/lens/agree"
	"samenspel/lens/weights"
)

// lensEval codes what was coded by hand afresh, and holds the two beside each
// other.
type lensEval struct {
	Gold  string `arg:"" type:"path" help:"Conversations that were coded by hand, in the codebook's JSON Lines."`
	Strip bool   `help:"First take out capitals and punctuation, as speech recognition leaves them out."`
	JSON  bool   `name:"json" help:"Print JSON."`
}

// evaluation is how well the lens follows codes that were given by hand.
type evaluation struct {
	Conversations int                    `json:"conversations"`
	Utterances    int                    `json:"utterances"`
	Stripped      bool                   `json:"stripped"`
	Fields        map[string]fieldFigure `json:"fields"`
}

// fieldFigure is that of one field. Missing counts what has a code in the gold
// and none of the lens; it is in no other figure.
type fieldFigure struct {
	N        int                    `json:"n"`
	Missing  int                    `json:"missing"`
	MacroF1  float64                `json:"macro_f1"`
	Kappa    float64                `json:"kappa"`
	Accuracy float64                `json:"accuracy"`
	Classes  map[string]classFigure `json:"classes"`
}

type classFigure struct {
	N         int     `json:"n"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Run evaluates.
func (c lensEval) Run(to console) error {
	gold, err := readCoded(c.Gold)
	if err != nil {
		return err
	}
	e, err := weights.Engine()
	if err != nil {
		return err
	}
	result, err := evaluate(everywhere{e}, gold, c.Strip)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(to.out, result)
	}
	return result.print(to.out)
}

// evaluate codes the gold's words afresh; who spoke and the turns are the
// gold's.
func evaluate(e coder, gold []lens.Utterance, strip bool) (*evaluation, error) {
	all := dialogues(gold)
	result := &evaluation{Conversations: len(all), Utterances: len(gold), Stripped: strip, Fields: map[string]fieldFigure{}}
	var tables [lens.NumFields]*agree.Table[lens.Code]
	for f := range tables {
		tables[f] = agree.NewTable(lens.Field(f).Codes())
	}
	var missing [lens.NumFields]int
	for _, one := range all {
		at := 0
		for found, err := range e.Code(bare(one, strip)) {
			if err != nil {
				return nil, err
			}
			for f, code := range one[at].Codes {
				switch {
				case code == "":
				case found.Codes[f] == "":
					missing[f]++
				default:
					tables[f].Add(code, found.Codes[f])
				}
			}
			at++
		}
		if at != len(one) {
			return nil, fmt.Errorf("of %d utterances %d were coded", len(one), at)
		}
	}
	for f, t := range tables {
		result.Fields[lens.Field(f).String()] = figures(t.Figures(), missing[f])
	}
	return result, nil
}

// bare gives utterances without their codes.
func bare(list []lens.Utterance, strip bool) func(func(lens.Utterance, error) bool) {
	return func(yield func(lens.Utterance, error) bool) {
		for _, u := range list {
			u.Codes = lens.Codes{}
			if strip {
				u.Text = lens.Strip(u.Text)
			}
			if !yield(u, nil) {
				return
			}
		}
	}
}

func figures(f agree.Figures, missing int) fieldFigure {
	out := fieldFigure{f.N, missing, f.MacroF1, f.Kappa, f.Accuracy, map[string]classFigure{}}
	for _, c := range f.Classes {
		out.Classes[c.Code] = classFigure{c.N, c.Precision, c.Recall, c.F1}
	}
	return out
}

// print writes the figures as a table for people.
func (e *evaluation) print(w io.Writer) error {
	text := "with punctuation"
	if e.Stripped {
		text = "without punctuation"
	}
	p := &printer{w: w}
	p.printf("%d conversations, %d utterances, %s\n\n", e.Conversations, e.Utterances, text)
	p.printf("%-22s %6s %9s %6s %9s %8s\n", "field", "n", "macro-F1", "kappa", "accuracy", "missing")
	for _, f := range lens.Fields() {
		one := e.Fields[f.String()]
		if one.N+one.Missing == 0 {
			continue
		}
		p.printf("%-22s %6d %9.3f %6.3f %9.3f %8d\n", f, one.N, one.MacroF1, one.Kappa, one.Accuracy, one.Missing)
		for _, code := range f.Codes() {
			if c, ok := one.Classes[string(code)]; ok {
				p.printf("  %-20s %6d %9.3f   precision %.3f, recall %.3f\n", code, c.N, c.F1, c.Precision, c.Recall)
			}
		}
	}
	return p.err
}

// printer prints until something goes wrong.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
