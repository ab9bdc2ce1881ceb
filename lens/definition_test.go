package lens_test

import (
	"testing"

	"samenspel/lens"
)

func TestEveryCodeHasItsOwnDefinition(t *testing.T) {
	for _, f := range lens.Fields() {
		if f.Definition() == "" {
			t.Errorf("%s has no definition", f)
		}
		seen := map[string]lens.Code{}
		for _, c := range f.Codes() {
			said := f.DefinitionOf(c)
			if before, double := seen[said]; said == "" || double {
				t.Errorf("%s %q: definition %q, as %q has", f, c, said, before)
			}
			seen[said] = c
		}
		if said := f.DefinitionOf("nothing of the kind"); said != "" {
			t.Errorf("%s defines a code that it has not: %q", f, said)
		}
	}
}
