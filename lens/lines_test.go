package lens_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel/lens"
)

func readAll(text string) ([]lens.Utterance, error) {
	var all []lens.Utterance
	for u, err := range lens.ReadLines(strings.NewReader(text)) {
		if err != nil {
			return all, err
		}
		all = append(all, u)
	}
	return all, nil
}

// someUtterance draws an utterance that the codebook allows.
func someUtterance(t *rapid.T) lens.Utterance {
	u := lens.Utterance{
		Dialogue: rapid.StringMatching(`[a-z]{2}-\d{2}`).Draw(t, "dialogue"), N: rapid.IntRange(1, 99).Draw(t, "n"),
		Turn: rapid.IntRange(1, 40).Draw(t, "turn"), Speaker: rapid.String().Draw(t, "speaker"),
		Role: rapid.SampledFrom(lens.Roles()).Draw(t, "role"), Text: rapid.String().Draw(t, "text"),
	}
	for _, f := range lens.Fields() {
		if u.Role.Asks(f) && rapid.Bool().Draw(t, f.String()) {
			u.Codes[f] = rapid.SampledFrom(f.Codes()).Draw(t, "code")
		}
	}
	if e := u.Codes[lens.Emotion]; e == "" || e == lens.None {
		u.Codes[lens.Valence] = ""
	}
	return u
}

func TestLinesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(someUtterance), 1, 8).Draw(t, "utterances")
		var b bytes.Buffer
		if err := lens.WriteLines(&b, slices.Values(want)); err != nil {
			t.Fatal(err)
		}
		got, err := readAll(b.String())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("error %v, utterances (-want +got):\n%s", err, diff)
		}
	})
}

func TestLinesThatAreNotTheCodebooks(t *testing.T) {
	good := `{"dialogue":"nl-1","n":1,"turn":1,"speaker":"Noor","role":"professional","text":"Dag.","layer":"none","emotion":"none","act":"other","question":"none"}`
	for line, want := range map[string]string{
		`nonsense`:                         "line 3: is not a line of the codebook's JSON Lines",
		"{\"text\":\"\xff\"}":              "line 3: is not UTF-8",
		`{"role":"boss"}`:                  `line 3: role "boss" is none of [professional vrager bonus colleague]`,
		`{"role":"vrager","act":"push"}`:   "line 3: act does not apply to a vrager",
		`{"role":"vrager","layer":"deep"}`: `line 3: layer "deep" is none of [none behaviour need commitment meaning]`,
		`{"role":"vrager","emotion":"none","valence":"pleasant"}`:       "line 3: valence without an emotion",
		`{"role":"vrager","text":"` + strings.Repeat("a", 1<<20) + `"}`: "line 3: is longer than 1048576 bytes",
	} {
		got, err := readAll("\ufeff" + good + "\n\n" + line)
		var fault *lens.LineError
		if len(got) != 1 || !errors.As(err, &fault) || err.Error() != want {
			t.Errorf("%.40q: %d utterances, error %v, want %s", line, len(got), err, want)
		}
	}
}

func FuzzReadLines(f *testing.F) {
	f.Add(`{"role":"vrager","text":"Ja."}`)
	f.Add("\ufeff\n{}")
	f.Fuzz(func(t *testing.T, text string) {
		var fault *lens.LineError
		if _, err := readAll(text); err != nil && !errors.As(err, &fault) {
			t.Errorf("error %v", err)
		}
	})
}
