package main

import (
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
)

// byRule codes by a few rules that anybody can follow by hand: enough to see
// that an evaluation counts what it should.
type byRule struct {
	fault error
	stops int // after so many, when not 0
}

func (b byRule) Code(all iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		n := 0
		for u, err := range all {
			n++
			if b.fault != nil || err != nil {
				yield(lens.Coded{}, errors.Join(b.fault, err))
				return
			}
			if b.stops > 0 && n > b.stops {
				return
			}
			c := lens.Coded{Utterance: u, By: lens.ByLens}
			c.Codes[lens.Layer] = lens.AtBehaviour
			if strings.Contains(u.Text, "rust") {
				c.Codes[lens.Layer] = lens.AtNeed
			}
			if u.Role.Professional() {
				c.Codes[lens.Question] = lens.None
				if strings.HasSuffix(u.Text, "?") {
					c.Codes[lens.Question] = lens.OpenQuestion
				}
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func gold() []lens.Utterance {
	one := func(dialogue string, n int, role lens.Role, text string, layer, question lens.Code) lens.Utterance {
		return lens.Utterance{Dialogue: dialogue, N: n, Turn: n, Speaker: string(role), Role: role, Text: text,
			Codes: lens.Codes{lens.Layer: layer, lens.Question: question}}
	}
	list := []lens.Utterance{
		one("a", 1, lens.Professional, "Hoe gaat het?", lens.AtBehaviour, lens.OpenQuestion),
		one("a", 2, lens.Vrager, "Ik wil rust.", lens.AtNeed, ""),
		one("b", 1, lens.Professional, "Dag.", lens.None, lens.None),
		one("b", 2, lens.Vrager, "Rust?", lens.AtNeed, ""),
	}
	list[3].Codes[lens.Response] = lens.Met
	return list
}

func TestEvaluate(t *testing.T) {
	got, err := evaluate(byRule{}, gold(), false)
	if err != nil {
		t.Fatal(err)
	}
	layer := fieldFigure{N: 4, MacroF1: (0 + 0.5 + 2./3) / 3, Kappa: (0.5 - 0.3125) / (1 - 0.3125), Accuracy: 0.5, Classes: map[string]classFigure{
		"none": {N: 1}, "behaviour": {1, 1. / 3, 1, 0.5}, "need": {2, 1, 0.5, 2. / 3},
	}}
	question := fieldFigure{N: 2, MacroF1: 1, Kappa: 1, Accuracy: 1, Classes: map[string]classFigure{
		"none": {1, 1, 1, 1}, "open": {1, 1, 1, 1},
	}}
	if got.Conversations != 2 || got.Utterances != 4 || got.Stripped || len(got.Fields) != lens.NumFields {
		t.Errorf("%d conversations, %d utterances, %d fields", got.Conversations, got.Utterances, len(got.Fields))
	}
	near := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })
	if diff := cmp.Diff(layer, got.Fields["layer"], near); diff != "" {
		t.Errorf("layer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(question, got.Fields["question"], near); diff != "" {
		t.Errorf("question (-want +got):\n%s", diff)
	}
	if got.Fields["response"].Missing != 1 || got.Fields["response"].N != 0 {
		t.Errorf("response: %+v", got.Fields["response"])
	}
}

// Without punctuation the questions are not seen by their sign, and the words
// have no capitals.
func TestEvaluateStripped(t *testing.T) {
	got, err := evaluate(byRule{}, gold(), true)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Stripped || got.Fields["question"].Accuracy != 0.5 || got.Fields["layer"].Accuracy != 0.75 {
		t.Errorf("question %v, layer %v", got.Fields["question"].Accuracy, got.Fields["layer"].Accuracy)
	}
}

func TestEvaluateGivesFaults(t *testing.T) {
	broken := errors.New("broken")
	if _, err := evaluate(byRule{fault: broken}, gold(), false); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if _, err := evaluate(byRule{stops: 1}, gold(), false); err == nil || err.Error() != "of 2 utterances 1 were coded" {
		t.Errorf("error %v", err)
	}
}

// A file is there whole or as it was before, and nobody else can read it.
func TestPut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.html")
	write := func(text string, err error) error {
		return put(path, nil, func(w io.Writer) error {
			if _, e := w.Write([]byte(text)); e != nil {
				return e
			}
			return err
		})
	}
	if err := write("first", nil); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := write("half", broken); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "first" {
		t.Errorf("the file holds %q, error %v", text, err)
	}
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, error %v", about.Mode(), err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are left, error %v", len(left), err)
	}
}
