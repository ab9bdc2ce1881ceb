package gold_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
	"samenspel/lens/gold"
)

// folders reads all folders of the gold as they stand beside the program.
func folders(t *testing.T) map[string][]gold.Conversation {
	t.Helper()
	all := map[string][]gold.Conversation{}
	for _, name := range []string{"open", "second", "locked", "again"} {
		list, err := gold.Read(os.DirFS("."), name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = list
	}
	return all
}

func TestThereIsEnough(t *testing.T) {
	all := folders(t)
	count := map[string]int{}
	for _, c := range slices.Concat(all["open"], all["locked"]) {
		count[c.Language]++
		count[string(c.Kind)]++
		if n := len(c.Utterances); n < 40 || n > 70 {
			t.Errorf("%s has %d utterances", c.ID, n)
		}
	}
	twice := len(all["second"]) + len(all["again"])
	for what, least := range map[string]int{"nl": 48, "en": 12, "good": 20, "connecting": 20, "mixed": 20} {
		if count[what] < least {
			t.Errorf("%d conversations are %s, at least %d", count[what], what, least)
		}
	}
	if once := count["nl"] + count["en"]; 2*twice < once {
		t.Errorf("%d of %d conversations are coded twice", twice, once)
	}
	if len(all["again"]) != len(all["locked"]) {
		t.Errorf("%d of %d locked conversations are coded twice", len(all["again"]), len(all["locked"]))
	}
}

// TestTheLockedPartIsLocked looks that nothing that is in the program, for
// training to read, is of the locked part.
func TestTheLockedPartIsLocked(t *testing.T) {
	all := folders(t)
	locked := map[string]bool{}
	for _, c := range all["locked"] {
		locked[c.ID] = true
		for _, u := range c.Utterances {
			if len(strings.Fields(u.Text)) > 10 { // shorter ones are anybody's
				locked[u.Text] = true
			}
		}
	}
	open, err := gold.Open()
	if err != nil {
		t.Fatal(err)
	}
	second, err := gold.Second()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range slices.Concat(open, second) {
		if locked[c.ID] {
			t.Errorf("training reads %s, which is locked", c.ID)
		}
		for _, u := range c.Utterances {
			if locked[u.Text] {
				t.Errorf("%s, utterance %d stands in the locked part too", c.ID, u.N)
			}
		}
	}
}

// TestSecondReadingsAreOfTheSameText holds the two readings together.
func TestSecondReadingsAreOfTheSameText(t *testing.T) {
	all := folders(t)
	for _, pair := range [][2]string{{"open", "second"}, {"locked", "again"}} {
		first := map[string]gold.Conversation{}
		for _, c := range all[pair[0]] {
			first[c.ID] = c
		}
		for _, c := range all[pair[1]] {
			if diff := cmp.Diff(bare(first[c.ID]), bare(c)); diff != "" {
				t.Errorf("%s (-first +second):\n%s", c.ID, diff)
			}
		}
	}
}

func bare(c gold.Conversation) []lens.Utterance {
	us := slices.Clone(c.Utterances)
	for i := range us {
		us[i].Codes = lens.Codes{}
	}
	return us
}

// TestTheCodebookIsKept looks at the rules that go beyond one utterance.
func TestTheCodebookIsKept(t *testing.T) {
	for name, list := range folders(t) {
		for _, c := range list {
			for i, u := range c.Utterances {
				if why := fault(c.Utterances, i); why != "" {
					t.Errorf("%s/%s, utterance %d: %s", name, c.ID, u.N, why)
				}
			}
		}
	}
}

// fault says which code of an utterance is missing or too many.
func fault(us []lens.Utterance, i int) string {
	u := us[i]
	for _, f := range []lens.Field{lens.Layer, lens.Emotion, lens.Question, lens.Act, lens.Will, lens.Friction} {
		if u.Role.Asks(f) && u.Codes[f] == "" {
			return f.String() + " is missing"
		}
	}
	if (u.Codes[lens.Emotion] != lens.None) != (u.Codes[lens.Valence] != "") {
		return "a feeling has a valence, and nothing else has"
	}
	felt := false
	for j := i; j >= 0 && us[j].Turn == u.Turn; j-- {
		felt = felt || us[j].Codes[lens.Emotion] != lens.None
	}
	last := i+1 == len(us) || us[i+1].Turn != u.Turn
	answered := slices.ContainsFunc(us[i+1:], func(o lens.Utterance) bool { return o.Role.Professional() })
	if (!u.Role.Professional() && felt && last && answered) != (u.Codes[lens.Response] != "") {
		return "the response is missing, or stands where nobody asks for one"
	}
	return ""
}
