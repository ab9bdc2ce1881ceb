package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"

	"samenspel/lens"
	"samenspel/lens/agree"
)

// lensCompare holds two codings of the same conversation beside each other.
type lensCompare struct {
	A    string `arg:"" type:"path" help:"A coded conversation, in the codebook's JSON Lines."`
	B    string `arg:"" type:"path" help:"The same, coded by somebody else or by the lens."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// comparison is how far two readers agree.
type comparison struct {
	Utterances int                       `json:"utterances"` // in both
	OnlyA      int                       `json:"only_a"`
	OnlyB      int                       `json:"only_b"`
	Fields     map[string]fieldAgreement `json:"fields"`
}

// fieldAgreement is that of one field.
type fieldAgreement struct {
	N      int          `json:"n"` // utterances with a code of both
	Same   int          `json:"same"`
	Kappa  float64      `json:"kappa"`
	Alpha  float64      `json:"alpha"`
	Differ []difference `json:"differ"`
}

// difference is an utterance that two readers see differently. An empty code
// is that of a reader who gave none.
type difference struct {
	Dialogue string    `json:"dialogue"`
	N        int       `json:"n"`
	Speaker  string    `json:"speaker"`
	Text     string    `json:"text"`
	A        lens.Code `json:"a"`
	B        lens.Code `json:"b"`
}

// Run compares.
func (c lensCompare) Run(to console) error {
	a, err := readCoded(c.A)
	if err != nil {
		return err
	}
	b, err := readCoded(c.B)
	if err != nil {
		return err
	}
	result, err := compare(a, b)
	if err != nil {
		return fmt.Errorf("%s and %s: %w", filepath.Base(c.A), filepath.Base(c.B), err)
	}
	if c.JSON {
		return writeJSON(to.out, result)
	}
	return result.print(to.out)
}

// place names an utterance in both files.
type place struct {
	dialogue string
	n        int
}

// compare matches the utterances of two codings by conversation and number.
func compare(a, b []lens.Utterance) (*comparison, error) {
	second := map[place]*lens.Utterance{}
	for i := range b {
		at := place{b[i].Dialogue, b[i].N}
		if second[at] != nil {
			return nil, fmt.Errorf("the second has utterance %d of a conversation twice", at.n)
		}
		second[at] = &b[i]
	}
	result := &comparison{Fields: map[string]fieldAgreement{}}
	var codes [2][lens.NumFields][]lens.Code
	var differ [lens.NumFields][]difference
	for i := range a {
		u := &a[i]
		at := place{u.Dialogue, u.N}
		o := second[at]
		if o == nil {
			result.OnlyA++
			continue
		}
		delete(second, at)
		if u.Text != o.Text || u.Role.Professional() != o.Role.Professional() {
			return nil, fmt.Errorf("utterance %d of a conversation is not the same in both: these are not two codings of one text", u.N)
		}
		result.Utterances++
		for f := range u.Codes {
			codes[0][f], codes[1][f] = append(codes[0][f], u.Codes[f]), append(codes[1][f], o.Codes[f])
			if u.Codes[f] != o.Codes[f] {
				differ[f] = append(differ[f], difference{u.Dialogue, u.N, u.Speaker, u.Text, u.Codes[f], o.Codes[f]})
			}
		}
	}
	result.OnlyB = len(second)
	if result.Utterances == 0 {
		return nil, fmt.Errorf("no utterance is in both: these are not two codings of one conversation")
	}
	for _, f := range lens.Fields() {
		t := agree.Tabulate(codes[0][f], codes[1][f])
		one := fieldAgreement{N: t.N(), Same: t.Same(), Kappa: t.Kappa(), Alpha: agree.Alpha(codes[0][f], codes[1][f]), Differ: differ[f]}
		if one.Differ == nil {
			one.Differ = []difference{}
		}
		result.Fields[f.String()] = one
	}
	return result, nil
}

// print writes the agreement as a table, and then each difference.
func (c *comparison) print(w io.Writer) error {
	p := &printer{w: w}
	p.printf("%d utterances in both, %d only in the first, %d only in the second\n\n", c.Utterances, c.OnlyA, c.OnlyB)
	p.printf("%-10s %6s %6s %7s %7s\n", "field", "n", "same", "kappa", "alpha")
	for _, f := range lens.Fields() {
		one := c.Fields[f.String()]
		p.printf("%-10s %6d %6d %7.3f %7.3f\n", f, one.N, one.Same, one.Kappa, one.Alpha)
	}
	for _, f := range lens.Fields() {
		if len(c.Fields[f.String()].Differ) > 0 {
			p.printf("\n%s\n", f)
		}
		for _, d := range c.Fields[f.String()].Differ {
			p.printf("  %s %d: %s / %s  %s\n", harmless(d.Dialogue), d.N, orNothing(d.A), orNothing(d.B), harmless(d.Text))
		}
	}
	return p.err
}

func orNothing(c lens.Code) string {
	if c == "" {
		return "(none given)"
	}
	return string(c)
}

// harmless takes out of somebody's words what would steer a terminal.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
}
