package transcript

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestWhoSpeaks holds who is taken for a speaker in typed text.
func TestWhoSpeaks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       string // speakers of the turns, with | between
	}{
		{"two lines", "Noor: Dag.\nSamir: Dag.", "Noor|Samir"},
		{"small letters", "noor: dag\nsamir: dag\nnoor: hoe is het\nsamir: goed", "noor|samir|noor|samir"},
		{"roles and numbers", "Vrager 1: Dag.\nbegeleider 2: Dag.\nSPEAKER_00: Ja.", "Vrager 1|begeleider 2|SPEAKER_00"},
		{"no space", "Noor:Dag.\nSamir:Dag.", "Noor|Samir"},
		{"small words in names", "de heer Van den Berg: Dag.\nmw. J. de Vries: Dag.\nJan-Willem O’Neill: Ja.", "de heer Van den Berg|mw. J. de Vries|Jan-Willem O’Neill"},
		{"other letters", "سمير: مرحبا\nنور: أهلا\nسمير: نعم", "سمير|نور|سمير"},
		{"once among many", "Noor: Dag.\nSamir: Dag.\nNoor: Ja.\nTom: Mag ik wat zeggen?\nSamir: Ja.", "Noor|Samir|Noor|Tom|Samir"},
		{"a colon in a sentence", "Noor: Dag.\nIk dacht: wat nu?\nSamir: Zij zei: kom.\nMaar: ik ging niet.\nNoor: Ja.", "Noor|Samir|Noor"},
		{"a long beginning", "Noor: Dag.\nWat ik daar toen van dacht was: niets.\nSamir: Dag.", "Noor|Samir"},
		{"a time of day", "Noor: Om 12:30 kom ik.\n12:30 was het niet.\nSamir: Goed.", "Noor|Samir"},
		{"an address of the web", "Noor: Kijk op https://example.org.\nhttps://example.org/a\nSamir: Goed.", "Noor|Samir"},
		{"times in front", "[00:01] Noor: Dag.\n(00:02) Samir: Dag.\n00:03 Noor: Ja.\n00:04 - Samir: Nee.\n[0:05 – 0:06]: Noor: Goed.", "Noor|Samir|Noor|Samir|Noor"},
		{"times behind", "Noor [00:01]: Dag.\nSamir (0:02): Dag.\nNoor 00:00:03: Ja.", "Noor|Samir|Noor"},
		{"names above", "Noor\t00:01\nDag.\n\n00:02 Samir\nDag.\n\nNoor – 00:03\nJa.", "Noor|Samir|Noor"},
		{"names alone with a colon", "Noor:\nDag.\n\nSamir:\nDag.\nHoe is het?\n\nNoor:\nGoed.", "Noor|Samir|Noor"},
		{"square brackets", "[Noor] Dag.\n[Samir] Dag.\n[lacht]\n[Noor] Ja.\n[Samir]: Nee.\n[Samir] Toch.", "Noor|Samir|Noor|Samir"},
		{"dashes", "- Noor: Dag.\n- Samir: Dag.", "Noor|Samir"},
		{"one speaker", "Noor: Dag.\nHoe is het?", "Noor"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, turns, err := all([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			var speakers []string
			for _, turn := range turns {
				speakers = append(speakers, turn.Speaker)
			}
			if got := strings.Join(speakers, "|"); got != c.want {
				t.Errorf("%q speak, want %q: %v", got, c.want, turns)
			}
		})
	}
}

func TestLongTurnsAreCut(t *testing.T) {
	many := strings.Repeat("Noor: Ja.\n", MaxTurnParts+1) + "Samir: " + strings.Repeat("a", MaxTurnBytes+1) + "\nSamir: b\n"
	_, turns, err := all([]byte(many))
	if err != nil {
		t.Fatal(err)
	}
	var parts []int
	for _, turn := range turns {
		parts = append(parts, len(turn.Parts))
	}
	if diff := cmp.Diff([]int{MaxTurnParts, 1, 1, 1}, parts); diff != "" {
		t.Errorf("parts of the turns (-want +got):\n%s", diff)
	}
}

func TestSkipsOfSpeakers(t *testing.T) {
	one := "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Noor>Dag.\n"
	for _, c := range []struct {
		name, data string
		want       []Skip
	}{
		{"one speaker", one, []Skip{{KeptOne, 1, 3, true}}},
		{"nobody", strings.ReplaceAll(one, "<v Noor>", ""), []Skip{{KeptNobody, 1, 3, true}}},
		{"some without", one + "\n00:02.000 --> 00:03.000\nJa.\n\n00:03.000 --> 00:04.000\n<v Samir>Goed.\n", []Skip{{KeptUnnamed, 1, 6, true}}},
	} {
		r, _, err := all([]byte(c.data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, r.Skips()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTimes(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		line string
		want span
		ok   bool
	}{
		{"00:00:01.500 --> 00:00:02.000", span{true, 1500 * ms, 2000 * ms}, true},
		{"00:01.5-->0:2,25 align:start", span{true, 1500 * ms, 2250 * ms}, true},
		{"100:00:00.000 --> 100:00:01", span{true, 360000000 * ms, 360001000 * ms}, true},
		{"90:00 --> 91:00", span{true, 5400000 * ms, 5460000 * ms}, true},
		{"00:00:60.000 --> 00:01:00.000", span{}, false},
		{"00:60:00.000 --> 01:00:00.000", span{}, false},
		{"00:00:00:01 --> 00:00:00:02", span{}, false},
		{"00:01.000 --> 00:02.000x", span{}, false},
		{"-00:01.000 --> 00:02.000", span{}, false},
		{"99999:00:00 --> 99999:00:01", span{}, false},
		{"1 --> 2", span{}, false},
		{"00:01.000 -> 00:02.000", span{}, false},
	} {
		got, ok := timing(c.line)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q gives %v %t", c.line, got, ok)
		}
	}
}

// TestVoices holds what is left of the marks in a cue.
func TestVoices(t *testing.T) {
	for _, c := range []struct {
		text string
		want []voice
	}{
		{"<v Noor>Dag</v>", []voice{{"Noor", []string{"Dag"}}}},
		{"<v.first.loud Noor &amp; Tom>Dag", []voice{{"Noor & Tom", []string{"Dag"}}}},
		{"<v Noor>Dag</v> ja <v Samir>Nee", []voice{{"Noor", []string{"Dag"}}, {"", []string{" ja "}}, {"Samir", []string{"Nee"}}}},
		{"<c.a><b>x<i>y</i></b></c><00:00:01.000>z<lang nl>w</lang>", []voice{{"", []string{"xyzw"}}}},
		{"2 < 3 &lt;b&gt; > 1 <3", []voice{{"", []string{"2 < 3 <b> > 1 <3"}}}},
		{"a <b", []voice{{"", []string{"a <b"}}}},
		{`{\an8}a {b}`, []voice{{"", []string{"a {b}"}}}},
		{"<vrij>a", []voice{{"", []string{"a"}}}},
	} {
		got := voices(strings.Split(c.text, "\n"))
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(voice{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

// TestEveryKeyIsListed holds that each key of a skip has its place in the
// order.
func TestEveryKeyIsListed(t *testing.T) {
	all := tally{}
	for _, key := range []Key{SkipCue, SkipEmpty, SkipComment, SkipPreamble, SkipHeading, SkipDeleted, SkipBox,
		KeptEncoding, KeptBackwards, KeptOverlap, KeptUnnamed, KeptNobody, KeptOne} {
		all.note(key, 7)
	}
	var got []Key
	for _, s := range all.list() {
		got = append(got, s.Key)
		if s.Count != 1 || s.Line != 7 || s.Kept != strings.HasPrefix(string(s.Key), "transcript.kept_") {
			t.Errorf("%+v", s)
		}
	}
	if len(got) != len(all) || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(all) {
		t.Errorf("listed are %v", got)
	}
}
