package lens_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samenspel/lens"
)

// said makes an utterance of a small talk. The people are invented: Mieke is a
// professional, Yara a vrager, Hanan is close to her.
func said(turn int, speaker, text string, codes ...lens.Code) lens.Utterance {
	u := lens.Utterance{Dialogue: "nl-1", Turn: turn, Speaker: speaker, Role: lens.Vrager, Text: text}
	switch speaker {
	case "Mieke":
		u.Role = lens.Professional
	case "Hanan":
		u.Role = lens.Bonus
	}
	u.Codes[lens.Layer], u.Codes[lens.Emotion] = lens.None, lens.None
	for _, c := range codes {
		for _, f := range lens.Fields() {
			if f.Has(c) && c != lens.None && u.Role.Asks(f) {
				u.Codes[f] = c
			}
		}
	}
	return u
}

// talk is a small talk. Advice comes before a need was asked for, one feeling
// is cleared away, one met; nobody answers the last.
func talk() []lens.Utterance {
	list := []lens.Utterance{
		said(1, "Mieke", "Dag Yara.", lens.Other),
		said(2, "Yara", "De brief ligt er al een week.", lens.AtBehaviour),
		said(2, "Yara", "Ik word er zo boos van!", lens.AtBehaviour, lens.Named, lens.Unpleasant),
		said(2, "Yara", "Pff.", lens.Cleared),
		said(3, "Hanan", "Ja.", lens.None),
		said(4, "Mieke", "Dat komt wel goed.", lens.Clear),
		said(4, "Mieke", "Je kunt beter even bellen.", lens.Advise, lens.AtBehaviour),
		said(4, "Mieke", "Heb je het nummer?", lens.Check, lens.AtBehaviour, lens.ClosedQuestion),
		said(5, "Yara", "Laat maar.", lens.Hinted, lens.Unpleasant, lens.Met, lens.Rubs),
		said(6, "Mieke", "Je wilt met rust gelaten worden.", lens.Reflect, lens.AtNeed, lens.Named),
		said(6, "Mieke", "Wat zou je helpen?", lens.Explore, lens.AtNeed, lens.OpenQuestion),
		said(6, "Mieke", "Zeg jij maar of we doorgaan.", lens.Choice),
		said(7, "Yara", "Dat ze me zien als moeder.", lens.AtMeaning, lens.CanNot),
		said(8, "Mieke", "Toch moet je bellen.", lens.Push, lens.AtBehaviour),
		said(9, "Hanan", "Ik ben bang voor haar.", lens.AtCommitment, lens.Named, lens.Unpleasant),
	}
	for i := range list {
		list[i].N = i + 1
		list[i].Start = time.Duration(i) * 30 * time.Second
		list[i].End = list[i].Start + 28*time.Second
	}
	return list
}

func measured(t testing.TB, list []lens.Utterance, o lens.Options) *lens.Measures {
	t.Helper()
	m, err := lens.Measure(lens.Given(slices.Values(list)), o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMeasuresOfASmallTalk(t *testing.T) {
	m := measured(t, talk(), lens.Options{})
	count := func(at ...int) lens.Count { return lens.Count{N: len(at), At: at} }
	for what, c := range map[string]struct{ got, want lens.Count }{
		"partners at behaviour":  {m.Depth[1].Layers.Of(lens.AtBehaviour), count(2, 3)},
		"partners at meaning":    {m.Depth[1].Layers.Of(lens.AtMeaning), count(13)},
		"Yara without layer":     {m.Depth[2].Layers.Of(lens.None), count(4, 9)},
		"Hanan at commitment":    {m.Depth[3].Layers.Of(lens.AtCommitment), count(15)},
		"professionals at need":  {m.Depth[0].Layers.Of(lens.AtNeed), count(10, 11)},
		"attention to need":      {m.Attention.Layers.Of(lens.AtNeed), count(10, 11)},
		"attention to behaviour": {m.Attention.Layers.Of(lens.AtBehaviour), count(8)},
		"attention below":        {m.Attention.Below, count(10, 11)},
		"room":                   {m.Room.Given, count(8, 12)},
		"no room":                {m.Room.Taken, count(7, 14)},
		"advice before a need":   {m.Room.Early, count(7)},
		"open questions":         {m.Questions.Open, count(11)},
		"closed questions":       {m.Questions.Closed, count(8)},
		"given back":             {m.Questions.Reflect, count(10)},
		"met":                    {m.Emotion.Answers.Of(lens.Met), count(9)},
		"left":                   {m.Emotion.Answers.Of(lens.Left), count()},
		"cleared":                {m.Emotion.Answers.Of(lens.Cleared), count(3)},
		"without an answer":      {m.Emotion.Without, count(15)},
		"named":                  {m.Emotion.Named, count(3, 15)},
		"hinted":                 {m.Emotion.Hinted, count(9)},
		"attended":               {m.Emotion.Attended, count(10)},
		"cannot":                 {m.Will.Of(lens.CanNot), count(13)},
		"friction":               {m.Friction, count(9)},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	if m.Utterances != 15 || m.Turns != 9 || m.Pace != nil || !m.Timed || m.Attention.FirstAt != 10 || m.Length.Minute() != 7 {
		t.Errorf("%d utterances, %d turns, pace %v, first below at %d, %d minutes", m.Utterances, m.Turns, m.Pace, m.Attention.FirstAt, m.Length.Minute())
	}
}

func TestMomentsHaveTheirAnswer(t *testing.T) {
	m := measured(t, talk(), lens.Options{})
	minute := func(u int) lens.Clock { return lens.Clock(time.Duration(u-1) * 30 * time.Second) }
	want := []lens.Moment{
		{At: 3, End: 4, Answer: lens.Cleared, Reply: []int{6, 7}, Start: minute(3)},
		{At: 9, End: 9, Answer: lens.Met, Reply: []int{10, 11}, Start: minute(9)},
		{At: 15, End: 15, Reply: []int{}, Start: minute(15)},
	}
	if diff := cmp.Diff(want, m.Emotion.Moments); diff != "" {
		t.Errorf("moments (-want +got):\n%s", diff)
	}
	if s := m.Sentence(3); s == nil || s.Text != "Ik word er zo boos van!" || s.Speaker != "Yara" {
		t.Errorf("sentence 3 is %v", s)
	}
	if s := m.Sentence(99); s != nil {
		t.Errorf("there is a sentence 99: %v", s)
	}
}

func TestTheLongestStretchWithoutAttention(t *testing.T) {
	m := measured(t, talk(), lens.Options{})
	want := lens.Stretch{N: 9, From: 1, To: 9, Start: 0, End: lens.Clock(268 * time.Second)}
	if diff := cmp.Diff(want, m.Attention.Without); diff != "" {
		t.Errorf("stretch (-want +got):\n%s", diff)
	}
	met, left, cleared, spoken, paid := 0, 0, 0, 0, 0
	for _, w := range m.Attention.Windows {
		met, left, cleared = met+w.Met, left+w.Left, cleared+w.Clears
		for l := range w.Spoken {
			spoken += w.Spoken[l]
			paid += w.Paid[l]
		}
	}
	if met != 1 || left != 0 || cleared != 1 || spoken != 15 || paid != 3 {
		t.Errorf("in the windows: met %d, left %d, cleared %d, spoken %d, attention %d", met, left, cleared, spoken, paid)
	}
}

func TestTheRoadGoesByRuns(t *testing.T) {
	m := measured(t, talk(), lens.Options{})
	var got []string
	for _, s := range m.Steps {
		got = append(got, fmt.Sprint(s.From, "-", s.To, " ", s.Layer, " ", s.Side))
	}
	want := []string{"2-3 behaviour partner", "7-8 behaviour professional", "10-11 need professional",
		"13-13 meaning partner", "14-14 behaviour professional", "15-15 commitment partner"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	short := lens.Shorter(m.Steps, 3)
	if len(short) != 3 || short[1].Layer != lens.AtNeed || short[1].N != 3 || short[0].Side != lens.PartnerSide {
		t.Errorf("shorter: %+v", short)
	}
}

// A long road still shows each layer as often as it was spoken of, and the
// feelings that are kept come from all of it.
func TestALongRoadHidesNothing(t *testing.T) {
	var list []lens.Utterance
	for range 500 {
		list = append(list, talk()...)
	}
	for i := range list {
		list[i].N, list[i].Turn = i+1, i/15*9+list[i].Turn
	}
	m := measured(t, list, lens.Options{})
	for _, most := range []int{96, 48, 20} {
		steps := lens.Shorter(m.Steps, most)
		shown := map[lens.Code]int{}
		for _, s := range steps {
			shown[s.Layer]++
		}
		// Of nine utterances on the road five are at behaviour, two at need.
		for layer, of := range map[lens.Code]int{lens.AtBehaviour: 5, lens.AtNeed: 2, lens.AtCommitment: 1, lens.AtMeaning: 1} {
			if want := len(steps) * of / 9; shown[layer] < want-1 || shown[layer] > want+1 {
				t.Errorf("%d of %d steps at %s, want about %d", shown[layer], len(steps), layer, want)
			}
		}
	}
	last := m.Emotion.Moments[len(m.Emotion.Moments)-1]
	if last.At < len(list)*9/10 || m.Sentence(last.At) == nil || len(m.Emotion.Moments) > lens.MaxMoments {
		t.Errorf("%d moments, the last at %d of %d", len(m.Emotion.Moments), last.At, len(list))
	}
	for _, f := range m.Emotion.Moments {
		if f.Answer != "" && (len(f.Reply) == 0 || m.Sentence(f.Reply[0]) == nil) {
			t.Errorf("the answer at %d is lost", f.At)
		}
	}
}

func TestPaceOnlyAfterAPersonChecked(t *testing.T) {
	list := talk()
	list[4].Start -= 10 * time.Second  // Hanan begins before Yara is done
	list[11].Start += 5 * time.Second  // a silence
	list[11].End = list[11].Start      // nothing
	list[12].Start += 10 * time.Second // after that silence another one
	m := measured(t, list, lens.Options{SpeakersChecked: true, Present: []string{"Mieke", "Yara", "Joris"}})
	want := &lens.Pace{
		Speakers: []lens.Spoken{
			{Speaker: "Mieke", Role: lens.Professional, Turns: 4, Words: 35, Longest: 16, At: 10, Time: lens.Clock(7 * 28 * time.Second)},
			{Speaker: "Yara", Role: lens.Vrager, Turns: 3, Words: 22, Longest: 14, At: 2, Time: lens.Clock((4*28 + 18) * time.Second)},
			{Speaker: "Hanan", Role: lens.Bonus, Turns: 2, Words: 6, Longest: 5, At: 15, Time: lens.Clock((28 + 38) * time.Second)},
		},
		NoTurn:     []string{"Joris"},
		Pauses:     lens.Count{N: 2, At: []int{12, 13}},
		Interrupts: lens.Count{N: 1, At: []int{5}},
	}
	if diff := cmp.Diff(want, m.Pace); diff != "" {
		t.Errorf("pace (-want +got):\n%s", diff)
	}
}

func TestShares(t *testing.T) {
	want := lens.Shares{Below: 4. / 15, Met: .5, Cleared: .5, Room: .5}
	if diff := cmp.Diff(want, measured(t, talk(), lens.Options{}).Shares()); diff != "" {
		t.Errorf("shares (-want +got):\n%s", diff)
	}
	if got := measured(t, nil, lens.Options{}).Shares(); got != (lens.Shares{}) {
		t.Errorf("of nothing: %v", got)
	}
}

func TestMeasureGivesTheErrorOfWhatItReads(t *testing.T) {
	broken := errors.New("broken")
	_, err := lens.Measure(func(yield func(lens.Coded, error) bool) { yield(lens.Coded{}, broken) }, lens.Options{})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// Whatever the codes are, the sides add up to the whole, and whatever a count
// points at can be opened.
func TestMeasuresAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(someUtterance), 0, 60).Draw(t, "utterances")
		m, err := lens.Measure(lens.Given(slices.Values(list)), lens.Options{SpeakersChecked: rapid.Bool().Draw(t, "checked")})
		if err != nil {
			t.Fatal(err)
		}
		all := m.Depth[0].Layers.All(lens.Layer.Codes()...).N + m.Depth[1].Layers.All(lens.Layer.Codes()...).N
		if all != len(list) || m.Utterances != len(list) {
			t.Fatalf("%d of %d utterances have a layer", all, len(list))
		}
		counts := []lens.Count{m.Room.Given, m.Room.Taken, m.Room.Early, m.Friction, m.Attention.Below, m.Emotion.Named, m.Emotion.Hinted, m.Emotion.Without}
		for _, p := range m.Depth {
			for _, l := range p.Layers {
				counts = append(counts, l.Count)
			}
		}
		for _, f := range m.Emotion.Moments {
			counts = append(counts, lens.Count{N: 1 + len(f.Reply), At: append([]int{f.At}, f.Reply...)})
		}
		for _, c := range counts {
			if len(c.At) != min(c.N, lens.MaxPointed) || !slices.IsSorted(c.At) {
				t.Fatalf("count %d points at %v", c.N, c.At)
			}
			for _, n := range c.At {
				if m.Sentence(n) == nil {
					t.Fatalf("sentence %d is not kept", n)
				}
			}
		}
	})
}

// What is kept does not grow with the conversation.
func TestALongTalkIsKeptShort(t *testing.T) {
	var list []lens.Utterance
	for turn := range 2000 {
		for _, u := range talk() {
			u.Turn += turn * 9
			u.N, u.Start, u.End = 0, u.Start+time.Duration(turn)*8*time.Minute, u.End+time.Duration(turn)*8*time.Minute
			u.Text = strings.Repeat(u.Text+" ", 200)
			list = append(list, u)
		}
	}
	m := measured(t, list, lens.Options{SpeakersChecked: true})
	if m.Utterances != 30000 || m.Emotion.Answers.Of(lens.Met).N != 2000 {
		t.Errorf("%d utterances, %d met", m.Utterances, m.Emotion.Answers.Of(lens.Met).N)
	}
	if len(m.Sentences) > 1500 || len(m.Steps) > 96 || len(m.Attention.Windows) > 24 || len(m.Emotion.Moments) > lens.MaxMoments {
		t.Errorf("kept: %d sentences, %d steps, %d windows, %d moments",
			len(m.Sentences), len(m.Steps), len(m.Attention.Windows), len(m.Emotion.Moments))
	}
	for _, s := range m.Sentences {
		if len(s.Text) > 410 {
			t.Fatalf("a sentence of %d bytes is kept", len(s.Text))
		}
	}
	spoken := 0
	for _, w := range m.Attention.Windows {
		for _, n := range w.Spoken {
			spoken += n
		}
	}
	steps := 0
	for _, s := range m.Steps {
		steps += s.N
	}
	if spoken != 30000 || steps != 2000*9 {
		t.Errorf("the windows hold %d utterances, the road %d", spoken, steps)
	}
}

func BenchmarkMeasure(b *testing.B) {
	list := talk()
	b.ReportAllocs()
	for b.Loop() {
		measured(b, list, lens.Options{SpeakersChecked: true})
	}
}
