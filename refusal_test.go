package samenspel_test

import (
	"errors"
	"go/ast"
	"maps"
	"slices"
	"testing"

	. "samenspel"
)

// tables are all rules of the method.
var tables = [][]line{
	allianceRules, invitingRules, joiningRules, leavingRules, renewingRules, paceRules,
	wordingRules, placingRules, withdrawingRules, confirmingRules, rewordingRules, refusingRules,
	sharingRules, firstSeenRules, rightsRules, namingThemeRules, orderingThemesRules, asideRules,
	namingEmotionRules, answeringEmotionRules, viewRules, noteRules, undoRules, insightRules,
}

// Every refusal that the program can give is given in a line of a table.
func TestEveryRefusalHasARule(t *testing.T) {
	given := map[string]bool{}
	note := func(err error) {
		var refusal *Refusal
		if errors.As(err, &refusal) {
			given[refusal.Key] = true
		}
	}
	for _, table := range tables {
		for _, l := range table {
			_, _, err := l.play()
			note(err)
		}
	}
	for _, p := range parsings {
		_, err := ParseWords(p.in, 12)
		note(err)
	}
	_, err := NewAlliance("alliance").Decide(personOf(noor), Command{})
	note(err)

	keys := refusalKeys(t)
	if len(keys) == 0 {
		t.Fatal("no refusal found in the source")
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !given[key] {
			t.Errorf("no rule gives %s", key)
		}
	}
}

// refusalKeys finds the keys in the source: what invalid and refused are
// called with, and the Key of a Refusal.
func refusalKeys(t *testing.T) map[string]bool {
	keys := map[string]bool{}
	for _, file := range program(t) {
		for n := range ast.Preorder(file) {
			var key ast.Expr
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "invalid" || f.Name == "refused") {
					key = n.Args[0]
				}
			case *ast.KeyValueExpr:
				if f, ok := n.Key.(*ast.Ident); ok && f.Name == "Key" {
					key = n.Value
				}
			}
			if key == nil {
				continue
			}
			if s := constant(key); s != "" {
				keys[s] = true
			} else if _, passedOn := key.(*ast.Ident); !passedOn { // as invalid and refused themselves do
				t.Errorf("a refusal without a constant key")
			}
		}
	}
	return keys
}

func TestRefusals(t *testing.T) {
	err := error(&Refusal{Class: Invalid, Key: "invalid.too_long", Max: 5})
	for _, c := range []struct {
		name   string
		target error
		want   bool
	}{
		{"of one class and key", &Refusal{Class: Invalid, Key: "invalid.too_long"}, true},
		{"of another key", &Refusal{Class: Invalid, Key: "invalid.utf8"}, false},
		{"of another class", &Refusal{Class: Refused, Key: "invalid.too_long"}, false},
		{"something else", errors.New("invalid.too_long"), false},
	} {
		if got := errors.Is(err, c.target); got != c.want {
			t.Errorf("is it %s: %v, want %v", c.name, got, c.want)
		}
	}
	if err.Error() != "invalid.too_long" {
		t.Errorf("Error() = %q", err.Error())
	}
}
