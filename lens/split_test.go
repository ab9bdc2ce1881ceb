package lens_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samenspel/lens"
)

func TestSplit(t *testing.T) {
	for said, want := range map[string][]string{
		"":                                   nil,
		"Ja. Dank je.":                       {"Ja.", "Dank je."},
		"Dat is dhr. Bos. Kent u hem?":       {"Dat is dhr. Bos.", "Kent u hem?"},
		"Ik weet het... niet zo goed.":       {"Ik weet het... niet zo goed."},
		"Ik weet het niet… Jij wel?":         {"Ik weet het niet…", "Jij wel?"},
		"Wat?! Nee!":                         {"Wat?!", "Nee!"},
		"Hij zei: \"Ga weg.\" Toen ging ik.": {"Hij zei: \"Ga weg.\"", "Toen ging ik."},
		"[zucht] Het is goed.":               {"[zucht] Het is goed."},
		"Het is goed. [zucht]":               {"Het is goed. [zucht]"},
		"[stilte]":                           {"[stilte]"},
		"Het kost 3.50 euro. Dat is veel.":   {"Het kost 3.50 euro.", "Dat is veel."},
		"De brief is van J. de Vries. Van hiernaast.": {"De brief is van J. de Vries.", "Van hiernaast."},
	} {
		if got := lens.Split(said); !slices.Equal(got, want) {
			t.Errorf("%q is cut into %q, want %q", said, got, want)
		}
	}
}

func TestSplitCutsTalkWithoutStops(t *testing.T) {
	said := strings.Repeat("dan ga ik naar de winkel maar die is dicht en ", 20)
	parts := lens.Split(said)
	if len(parts) < 5 {
		t.Fatalf("a page without a stop is %d utterances", len(parts))
	}
	for _, p := range parts {
		if n := len(strings.Fields(p)); n > 40 {
			t.Errorf("an utterance has %d words", n)
		}
	}
}

func TestSplitLosesNothingButSpaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.StringMatching(`([A-Za-zé ,'"\[\].!?…0-9]{0,40}[.!? ]){0,8}`).Draw(t, "said")
		got := letters(strings.Join(lens.Split(said), ""))
		if want := letters(said); got != want {
			t.Fatalf("%q came out as %q", want, got)
		}
	})
}

// letters gives the letters and digits of a text.
func letters(text string) string { return strings.ReplaceAll(lens.Strip(text), " ", "") }

func FuzzSplit(f *testing.F) {
	f.Add("Ja... [zucht] \"Nee.\" Wat?!")
	f.Add("[[[")
	f.Fuzz(func(t *testing.T, said string) {
		for _, p := range lens.Split(said) {
			if strings.TrimSpace(p) == "" {
				t.Errorf("an empty utterance")
			}
		}
	})
}

func TestStrip(t *testing.T) {
	for said, want := range map[string]string{
		"Ja, dat is zo'n ding. Echt?": "ja dat is zo'n ding echt",
		"[zucht] Éven niet!":          "zucht éven niet",
		"…":                           "",
		"'s Ochtends 8-uur":           "s ochtends 8 uur",
	} {
		if got := lens.Strip(said); got != want {
			t.Errorf("%q is stripped to %q, want %q", said, got, want)
		}
	}
}
