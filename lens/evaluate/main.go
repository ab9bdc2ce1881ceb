// Command evaluate says how well the trained lens reads the locked part of the
// gold, which training never sees, as the tables of docs/lens.md:
//
//	go run ./lens/evaluate
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"samenspel/lens"
	"samenspel/lens/agree"
	"samenspel/lens/gold"
	"samenspel/lens/weights"
)

func main() {
	file := flag.String("weights", "", "a file of weights, as go run ./lens/train -o writes; by default those of the program")
	flag.Parse()
	if err := run(os.Stdout, os.DirFS("lens/gold"), *file); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

// engine gives the engine of a file of weights, or that of the program.
func engine(file string) (*lens.Engine, error) {
	if file == "" {
		return weights.Engine()
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	w, err := weights.Decode(data)
	if err != nil {
		return nil, err
	}
	return lens.NewEngine(w)
}

func run(to io.Writer, files fs.FS, file string) error {
	e, err := engine(file)
	if err != nil {
		return err
	}
	locked, err := gold.Read(files, "locked")
	if err != nil {
		return err
	}
	again, err := gold.Read(files, "again")
	if err != nil {
		return err
	}
	for _, strip := range []bool{false, true} {
		if err := fieldTable(to, e, locked, strip); err != nil {
			return err
		}
	}
	if err := codeTable(to, e, locked); err != nil {
		return err
	}
	open, err := gold.Open()
	if err != nil {
		return err
	}
	second, err := gold.Second()
	if err != nil {
		return err
	}
	readers(to, "all that was coded twice", append(open, locked...), append(second, again...))
	readers(to, "the locked part", locked, again)
	return kinds(to, e, locked)
}

// tables are those of each field, one for each conversation.
type tables [lens.NumFields][]*agree.Table[lens.Code]

// follow holds what the engine finds beside the gold.
func follow(e *lens.Engine, all []gold.Conversation, strip bool) (tables, error) {
	var t tables
	for _, c := range all {
		for f := range t {
			t[f] = append(t[f], agree.NewTable(lens.Field(f).Codes()))
		}
		i := 0
		for found, err := range e.CodeAll(bare(c.Utterances, strip)) {
			if err != nil {
				return t, err
			}
			for f, code := range c.Utterances[i].Codes {
				if code != "" && found.Codes[f] != "" {
					t[f][len(t[f])-1].Add(code, found.Codes[f])
				}
			}
			i++
		}
	}
	return t, nil
}

// bare gives utterances without their codes.
func bare(us []lens.Utterance, strip bool) func(func(lens.Utterance, error) bool) {
	return func(yield func(lens.Utterance, error) bool) {
		for _, u := range us {
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

// joined adds up the tables of conversations.
func joined(list []*agree.Table[lens.Code]) *agree.Table[lens.Code] {
	all := agree.NewTable[lens.Code](nil)
	for _, t := range list {
		all.Join(t)
	}
	return all
}

const draws = 1000

func fieldTable(to io.Writer, e *lens.Engine, locked []gold.Conversation, strip bool) error {
	t, err := follow(e, locked, strip)
	if err != nil {
		return err
	}
	form := "as written"
	if strip {
		form = "stripped"
	}
	fmt.Fprintf(to, "\n%d locked conversations, %s\n\n| field | n | macro-F1 | interval | kappa | interval |\n|---|---|---|---|---|---|\n", len(locked), form)
	for _, f := range lens.Fields() {
		all := joined(t[f])
		in, k := agree.MacroF1Interval(t[f], draws, 1), agree.KappaInterval(t[f], draws, 1)
		fmt.Fprintf(to, "| %s | %d | %.3f | %.3f – %.3f | %.3f | %.3f – %.3f |\n", f, all.N(), all.MacroF1(), in.Low, in.High, all.Kappa(), k.Low, k.High)
	}
	return nil
}

func codeTable(to io.Writer, e *lens.Engine, locked []gold.Conversation) error {
	t, err := follow(e, locked, false)
	if err != nil {
		return err
	}
	fmt.Fprint(to, "\n| field | code | n | precision | recall | F1 |\n|---|---|---|---|---|---|\n")
	for _, f := range lens.Fields() {
		for _, c := range joined(t[f]).Figures().Classes {
			fmt.Fprintf(to, "| %s | %s | %d | %.2f | %.2f | %.2f |\n", f, c.Code, c.N, c.Precision, c.Recall, c.F1)
		}
	}
	return nil
}

// readers says how far the two readers of the gold agree.
func readers(to io.Writer, what string, first, second []gold.Conversation) {
	by := map[string][]lens.Utterance{}
	for _, c := range first {
		by[c.ID] = c.Utterances
	}
	var t tables
	for _, c := range second {
		for i, u := range c.Utterances {
			for f, b := range u.Codes {
				if i == 0 {
					t[f] = append(t[f], agree.NewTable(lens.Field(f).Codes()))
				}
				if a := by[c.ID][i].Codes[f]; a != "" && b != "" {
					t[f][len(t[f])-1].Add(a, b)
				}
			}
		}
	}
	fmt.Fprintf(to, "\nTwo readers, %s: %d conversations\n\n| field | n | kappa | interval | macro-F1 |\n|---|---|---|---|---|\n", what, len(second))
	for _, f := range lens.Fields() {
		all := joined(t[f])
		k := agree.KappaInterval(t[f], draws, 1)
		fmt.Fprintf(to, "| %s | %d | %.3f | %.3f – %.3f | %.3f |\n", f, all.N(), all.Kappa(), k.Low, k.High, all.MacroF1())
	}
}
