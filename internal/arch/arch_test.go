package arch

import (
	"slices"
	"testing"
)

// rule looks at a whole repository and says what is wrong, one line for each
// place.
type rule func(*tree) []string

var rules = map[string]rule{
	"claims":       claims,
	"comments":     comments,
	"dependencies": dependencies,
	"imports":      imports,
	"names":        names,
	"purity":       purity,
	"sizes":        sizes,
	"sleeps":       sleeps,
	"templates":    templates,
	"texts":        texts,
	"words":        words,
}

func TestTheRepositoryKeepsTheRules(t *testing.T) {
	here := repository(t)
	for _, path := range []string{"doc.go", "internal/arch/arch_test.go"} {
		if !slices.ContainsFunc(here.files, func(f file) bool { return f.path == path && f.code != nil }) {
			t.Fatalf("the walk did not come by %s", path)
		}
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			for _, complaint := range rule(here) {
				t.Error(complaint)
			}
		})
	}
}
