package transcript

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// line is one thing that somebody says in a made conversation.
type line struct {
	who        string
	text       string
	start, end time.Duration
}

// talk makes a conversation in which two to four people speak, each twice at
// least.
func talk(t *rapid.T) []line {
	people := []string{"Noor", "Samir", "mevrouw Bakker", "Spreker 3"}[:rapid.IntRange(2, 4).Draw(t, "people")]
	word := rapid.SampledFrom([]string{"ja", "Nee.", "hoe", "gaat", "het?", "één", "(stil)", "12:30", "“kom”", "&", "a<b", "NOTE", "😀", "maar:"})
	var all []line
	at := time.Duration(0)
	say := func(who string) {
		words := rapid.SliceOfN(word, 0, 12).Draw(t, "words")
		at += time.Duration(rapid.IntRange(0, 5000).Draw(t, "pause")) * time.Millisecond
		start := at
		at += time.Duration(rapid.IntRange(1, 9000).Draw(t, "long")) * time.Millisecond
		all = append(all, line{who, strings.Join(append([]string{"Zo"}, words...), " "), start, at})
	}
	for range 2 {
		for _, who := range people {
			say(who)
		}
	}
	for range rapid.IntRange(0, 20).Draw(t, "more") {
		say(rapid.SampledFrom(people).Draw(t, "who"))
	}
	return all
}

// want makes the turns that a reader has to give. The lines of the file are
// not compared.
func want(all []line) []Turn {
	var turns []Turn
	for _, l := range all {
		if n := len(turns); n > 0 && turns[n-1].Speaker == l.who {
			turns[n-1].Parts = append(turns[n-1].Parts, l.text)
			turns[n-1].End = l.end
			continue
		}
		turns = append(turns, Turn{Speaker: l.who, Parts: []string{l.text}, Timed: true, Start: l.start, End: l.end})
	}
	return turns
}

func stamp(d time.Duration, point string) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3600000, ms/60000%60, ms/1000%60, point, ms%1000)
}

// writers write a conversation in each form.
var writers = []struct {
	format Format
	untime bool // it knows no times
	points bool // it knows only when something begins
	write  func([]line) string
}{
	{WebVTT, false, false, func(all []line) string {
		s := "WEBVTT\n"
		for _, l := range all {
			s += fmt.Sprintf("\n%s --> %s\n<v %s>%s</v>\n", stamp(l.start, "."), stamp(l.end, "."), l.who, html.EscapeString(l.text))
		}
		return s
	}},
	{WebVTT, false, false, func(all []line) string {
		s := "WEBVTT\n"
		for _, l := range all {
			s += fmt.Sprintf("\n%s --> %s line:0\n%s: %s\n", stamp(l.start, "."), stamp(l.end, "."), l.who, html.EscapeString(l.text))
		}
		return s
	}},
	{SRT, false, false, func(all []line) string {
		s := ""
		for i, l := range all {
			s += fmt.Sprintf("%d\r\n%s --> %s\r\n%s: %s\r\n\r\n", i+1, stamp(l.start, ","), stamp(l.end, ","), l.who, html.EscapeString(l.text))
		}
		return s
	}},
	{Text, true, false, func(all []line) string {
		s := ""
		for _, l := range all {
			s += fmt.Sprintf("%s: %s\n", l.who, l.text)
		}
		return s
	}},
	{Text, false, true, func(all []line) string {
		s := ""
		for _, l := range all {
			s += fmt.Sprintf("[%s] %s: %s\n", stamp(l.start, "."), l.who, l.text)
		}
		return s
	}},
	{Text, false, true, func(all []line) string {
		s := ""
		for _, l := range all {
			s += fmt.Sprintf("%s  %s\n%s\n\n", l.who, stamp(l.start, "."), l.text)
		}
		return s
	}},
	{WhisperX, false, false, func(all []line) string {
		var segments []map[string]any
		for _, l := range all {
			segments = append(segments, map[string]any{"speaker": l.who, "text": " " + l.text, "start": l.start.Seconds(), "end": l.end.Seconds(),
				"words": []any{map[string]any{"word": "Zo", "score": 0.5}}})
		}
		b, err := json.MarshalIndent(map[string]any{"language": "nl", "segments": segments, "word_segments": []any{}}, "", " ")
		if err != nil {
			panic(err)
		}
		return string(b)
	}},
	{JSONL, true, false, func(all []line) string {
		s, turn := "", 0
		for i, l := range all {
			if i == 0 || all[i-1].who != l.who {
				turn++
			}
			b, err := json.Marshal(map[string]any{"speaker": l.who, "text": l.text, "turn": turn, "n": i + 1})
			if err != nil {
				panic(err)
			}
			s += string(b) + "\n"
		}
		return s
	}},
}

// TestThereAndBack writes a made conversation in each form and reads it again.
func TestThereAndBack(t *testing.T) {
	for i, w := range writers {
		t.Run(fmt.Sprintf("%d %s", i, w.format), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				said := talk(t)
				for i := range said {
					switch {
					case w.untime:
						said[i].start, said[i].end = 0, 0
					case w.points:
						said[i].end = said[i].start
					}
				}
				wanted := want(said)
				for i := range wanted {
					wanted[i].Timed = !w.untime
				}
				r, got, err := all([]byte(w.write(said)))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(wanted, got, cmpopts.IgnoreFields(Turn{}, "Line")); diff != "" || r.Format != w.format {
					t.Fatalf("%s; turns (-want +got):\n%s", r.Format, diff)
				}
				if skips := r.Skips(); len(skips) > 0 {
					t.Fatalf("left out: %v", skips)
				}
				again := turnsOf(t, r)
				if diff := cmp.Diff(got, again); diff != "" {
					t.Fatalf("read again (-first +second):\n%s", diff)
				}
			})
		})
	}
}

func turnsOf(t *rapid.T, r *Recording) []Turn {
	var turns []Turn
	for turn, err := range r.Turns() {
		if err != nil {
			t.Fatal(err)
		}
		turns = append(turns, turn)
	}
	return turns
}
