package weights_test

import (
	"errors"
	"iter"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
	"samenspel/lens/gold"
	"samenspel/lens/weights"
)

func engine(tb testing.TB) *lens.Engine {
	tb.Helper()
	e, err := weights.Engine()
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func conversations(tb testing.TB, n int) []gold.Conversation {
	tb.Helper()
	all, err := gold.Open()
	if err != nil {
		tb.Fatal(err)
	}
	return all[:n]
}

func coded(t *testing.T, all iter.Seq2[lens.Coded, error]) []lens.Coded {
	t.Helper()
	var list []lens.Coded
	for c, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c)
	}
	return list
}

// TestCodesAreOfTheCodebook codes conversations and holds the outcome to the
// rules of the codebook.
func TestCodesAreOfTheCodebook(t *testing.T) {
	for _, c := range conversations(t, 12) {
		got := coded(t, engine(t).Code(each(c.Utterances)))
		if len(got) != len(c.Utterances) {
			t.Fatalf("%s: %d utterances became %d", c.ID, len(c.Utterances), len(got))
		}
		felt := false
		for i, u := range got {
			if i == 0 || got[i-1].Turn != u.Turn {
				felt = false
			}
			felt = felt || u.Codes[lens.Emotion] != lens.None
			if why := u.Fault(); why != "" || u.By != lens.ByLens || u.Text != c.Utterances[i].Text {
				t.Errorf("%s, utterance %d: %s, by %s", c.ID, u.N, why, u.By)
			}
			for f, code := range u.Codes {
				if sure := u.Sure[f]; (code == "") != (sure == 0) || sure < 0 || sure > 1 {
					t.Errorf("%s, utterance %d: %s is %q and %v sure", c.ID, u.N, lens.Field(f), code, sure)
				}
			}
			last := i+1 == len(got) || got[i+1].Turn != u.Turn
			answered := !u.Role.Professional() && last && felt && slices.ContainsFunc(got[i+1:], func(o lens.Coded) bool { return o.Role.Professional() })
			if (u.Codes[lens.Response] != "") != answered {
				t.Errorf("%s, utterance %d: response %q, and the codebook asks for one: %v", c.ID, u.N, u.Codes[lens.Response], answered)
			}
		}
	}
}

// TestDialoguesDoNotSeeEachOther codes conversations behind each other and each
// by itself.
func TestDialoguesDoNotSeeEachOther(t *testing.T) {
	var all []lens.Utterance
	var want []lens.Coded
	for _, c := range conversations(t, 8) {
		all = append(all, c.Utterances...)
		want = append(want, coded(t, engine(t).Code(each(c.Utterances)))...)
	}
	if diff := cmp.Diff(want, coded(t, engine(t).Code(each(all)))); diff != "" {
		t.Errorf("codes (-by itself +behind each other):\n%s", diff)
	}
}

// TestStretches codes a long dialogue, which is read a stretch at a time, and a
// piece of it: what lies far away changes nothing.
func TestStretches(t *testing.T) {
	us := talk(t, 900)
	whole := coded(t, engine(t).Code(each(us)))
	piece := coded(t, engine(t).Code(each(us[300:700])))
	for i := 60; i < 340; i++ {
		if diff := cmp.Diff(whole[300+i], piece[i]); diff != "" {
			t.Errorf("utterance %d (-whole +piece):\n%s", 300+i+1, diff)
		}
	}
}

var errBroken = errors.New("broken")

func TestAnErrorEndsIt(t *testing.T) {
	us := talk(t, 500)
	broken := func(yield func(lens.Utterance, error) bool) {
		for i, u := range us {
			if i == 400 {
				yield(lens.Utterance{}, errBroken)
				return
			}
			if !yield(u, nil) {
				return
			}
		}
	}
	n := 0
	var last error
	for _, err := range engine(t).Code(broken) {
		last = err
		n++
	}
	if !errors.Is(last, errBroken) || n != 401 {
		t.Errorf("%d utterances, then %v", n-1, last)
	}
	n = 0
	for range engine(t).Code(each(us)) {
		if n++; n == 10 {
			break
		}
	}
	if n != 10 {
		t.Errorf("it went on to %d", n)
	}
}

// TestMemoryIsFlat codes a talk ten times as long in about the same room.
func TestMemoryIsFlat(t *testing.T) {
	e := engine(t)
	one := talk(t, 2000)
	room := func(rounds int) uint64 {
		long := func(yield func(lens.Utterance, error) bool) {
			for range rounds {
				for _, u := range one {
					if !yield(u, nil) {
						return
					}
				}
			}
		}
		var most uint64
		n := 0
		for _, err := range e.Code(long) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%2000 == 1000 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		return most
	}
	short, long := room(1), room(10)
	if long > short+4<<20 {
		t.Errorf("%d bytes for 2,000 utterances and %d for 20,000", short, long)
	}
}

// FuzzDecode reads what is no file of weights.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("SAMENSPEL LENS 1\n{}\n"))
	f.Add([]byte("SAMENSPEL LENS 1\n{\"Parts\":[5,5]}\nlens-linear-1\n"))
	f.Add(weights.File()[:4096])
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := weights.Decode(data)
		if err == nil {
			_, _ = lens.NewEngine(w)
		}
	})
}

// TestWeightsComeBack writes the weights of the program again.
func TestWeightsComeBack(t *testing.T) {
	w, err := weights.Decode(weights.File())
	if err != nil {
		t.Fatal(err)
	}
	again, err := weights.Encode(w)
	if err != nil || !slices.Equal(again, weights.File()) {
		t.Errorf("%d bytes became %d, error %v", len(weights.File()), len(again), err)
	}
	if len(again) > 5<<20 {
		t.Errorf("the weights are %d bytes, at most 5 MiB", len(again))
	}
}
