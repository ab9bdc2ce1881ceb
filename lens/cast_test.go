package lens_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
)

func TestAssign(t *testing.T) {
	for text, want := range map[string]string{
		"Mieke=professional,Yara=vrager":               "Mieke=professional,Yara=vrager",
		" Mieke = Professional , Yara=VRAGER, ":        "Mieke=professional,Yara=vrager",
		"Hanan=naaste,Joris=collega,?=vrager":          "Hanan=bonus,Joris=colleague,?=vrager",
		"a=b=professional":                             "a=b=professional",
		"Bos, Mieke=professional,Yara=vrager":          "Bos, Mieke=professional,Yara=vrager",
		"":                                             "part 1 of the roles has no =; write NAME=role",
		"Mieke":                                        "part 1 of the roles has no =; write NAME=role",
		"Mieke=professional,Yara":                      "part 2 of the roles has no =; write NAME=role",
		"Mieke=professional,Yara=boss":                 "part 2 of the roles has a role that is none of [professional vrager bonus colleague]",
		"=vrager":                                      "part 1 of the roles has no name before the =",
		"Mieke=professional,mieke=vrager":              "part 2 of the roles names somebody a second time",
		strings.Repeat("a", 3) + "=" + "professional,": "aaa=professional",
	} {
		cast, err := lens.Assign(text)
		got := cast.String()
		if err != nil {
			got = err.Error()
			var fault *lens.CastError
			if !errors.As(err, &fault) || cast != nil {
				t.Errorf("%q: %v with %v", text, err, cast)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestWhoHasNoRole(t *testing.T) {
	cast, err := lens.Assign("Mieke=professional,?=vrager")
	if err != nil {
		t.Fatal(err)
	}
	missing := cast.Missing([]string{"MIEKE", "Yara", "", "Hanan", "Yara"})
	if !slices.Equal(missing, []string{"Yara", "Hanan"}) {
		t.Errorf("missing %q", missing)
	}
}

// Whoever asks most for what they say is proposed as the professional, with
// question marks and without.
func TestPropose(t *testing.T) {
	for name, said := range map[string][][2]string{
		"with signs": {{"Yara", "Ik kom voor de brief. Wat moet ik nu? Hij ligt er al een week. Echt waar."},
			{"Mieke", "Wat staat erin? En hoe is dat voor je?"}, {"Hanan", "Ik heb hem ook gezien."}},
		"without": {{"Yara", "ik kom voor de brief"}, {"Mieke", "wat staat er in die brief"}, {"Hanan", "die is van de bank"}},
	} {
		var v lens.Voices
		for _, s := range said {
			v.Hear(s[0], s[1])
		}
		if diff := cmp.Diff("Yara=vrager,Mieke=professional,Hanan=bonus", v.Propose().String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzAssign(f *testing.F) {
	f.Add("Mieke=professional,Yara=vrager,?=bonus")
	f.Add("a,b==vrager,")
	f.Fuzz(func(t *testing.T, text string) {
		cast, err := lens.Assign(text)
		if err != nil {
			return
		}
		again, err := lens.Assign(cast.String())
		if err != nil || again.String() != cast.String() {
			t.Errorf("%q came back as %q, %v", cast.String(), again.String(), err)
		}
	})
}
