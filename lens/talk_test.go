package lens_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
	"samenspel/transcript"
)

// turns gives turns, and an error after them when there is one.
func turns(err error, list ...transcript.Turn) iter.Seq2[transcript.Turn, error] {
	return func(yield func(transcript.Turn, error) bool) {
		for _, t := range list {
			if !yield(t, nil) {
				return
			}
		}
		if err != nil {
			yield(transcript.Turn{}, err)
		}
	}
}

func TestTurnsBecomeUtterances(t *testing.T) {
	cast, err := lens.Assign("Mieke=professional,Yara=vrager")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for u, err := range lens.Utterances(turns(nil,
		transcript.Turn{Speaker: "mieke", Parts: []string{"Dag Yara. Hoe", "gaat het?"}, Timed: true, Start: 2 * time.Second, End: 12 * time.Second},
		transcript.Turn{Speaker: "Yara", Parts: []string{"Goed."}},
		transcript.Turn{Speaker: "Hanan", Dialogue: "b", Role: "bonus", Parts: []string{"Ja. Nee.", "Nou."}},
	), cast) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(u.Dialogue, u.N, " ", u.Turn, " ", u.Role, " ", u.Text, " ", u.Start.Round(time.Second/10), "-", u.End.Round(time.Second/10)))
	}
	want := []string{
		"1 1 professional Dag Yara. 2s-6.1s", "2 1 professional Hoe gaat het? 6.1s-12s", "3 2 vrager Goed. 0s-0s",
		"b1 1 bonus Ja. Nee. 0s-0s", "b2 1 bonus Nou. 0s-0s",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("utterances (-want +got):\n%s", diff)
	}
}

func TestUtterancesEndAtAFault(t *testing.T) {
	broken := errors.New("broken")
	for u, err := range lens.Utterances(turns(broken), nil) {
		if !errors.Is(err, broken) {
			t.Errorf("%v, error %v", u, err)
		}
	}
	for _, err := range lens.Utterances(turns(nil, transcript.Turn{Speaker: "Yara", Line: 7, Parts: []string{"Ja."}}), nil) {
		var role *lens.NoRoleError
		if !errors.As(err, &role) || role.Line != 7 || strings.Contains(err.Error(), "Yara") {
			t.Errorf("error %v", err)
		}
	}
}

func TestTongue(t *testing.T) {
	for text, want := range map[string]string{
		"Ja, ik heb er ook naar gekeken, maar het is niet goed.": "nl",
		"I just don't know what to do with it, you see.":         "en",
		"": "nl",
		strings.Repeat("je ne sais pas pourquoi il pleut ", 9):          "",
		strings.Repeat("ik weet het niet en ik heb er geen zin in ", 9): "nl",
	} {
		var tongue lens.Tongue
		tongue.Hear(text)
		if got := tongue.Language(); got != want {
			t.Errorf("%.30q is %q, want %q", text, got, want)
		}
	}
}
