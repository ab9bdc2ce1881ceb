package web

import (
	"slices"
	"strings"
	"testing"

	"samenspel/lens"
)

// FuzzReadingOnTheDevice: whatever a device sends, a reading has codes of the
// codebook alone, and is the same when it is kept again.
func FuzzReadingOnTheDevice(f *testing.F) {
	list, err := talks()
	if err != nil {
		f.Fatal(err)
	}
	for i, t := range list {
		f.Add(uint8(i), t.pack(readingOf(t.Utterances)))
	}
	f.Add(uint8(0), "")
	f.Add(uint8(1), strings.Repeat("f", 2000))
	f.Add(uint8(2), "..\xff2..0é")
	f.Fuzz(func(t *testing.T, which uint8, packed string) {
		on := list[int(which)%len(list)]
		r := on.unpack(packed)
		for _, u := range on.coded(r) {
			if fault := u.Fault(); fault != "" {
				t.Errorf("sentence %d: %s", u.N, fault)
			}
		}
		if again := on.unpack(on.pack(r)); !slices.Equal(again, r) {
			t.Errorf("%q became another reading", packed)
		}
	})
}

// FuzzReadingFile: whatever a file holds, it becomes a reading of this talk or
// a no with its line.
func FuzzReadingFile(f *testing.F) {
	list, err := talks()
	if err != nil {
		f.Fatal(err)
	}
	on := list[0]
	var file strings.Builder
	if err := lens.WriteLines(&file, slices.Values(on.Utterances)); err != nil {
		f.Fatal(err)
	}
	for _, one := range []string{"", file.String(), file.String()[:1000], file.String() + file.String(), "{}\n", "null", `{"n":-1}`} {
		f.Add(one)
	}
	f.Fuzz(func(t *testing.T, file string) {
		r, err := on.readFile(strings.NewReader(file))
		if (err == nil) != (r != nil) {
			t.Fatalf("%v and %v", r, err)
		}
		if err != nil {
			if f := failureOf(err); f.status != 422 {
				t.Errorf("%v is said as %+v", err, f)
			}
			return
		}
		for _, u := range on.coded(r) {
			if fault := u.Fault(); fault != "" {
				t.Errorf("sentence %d: %s", u.N, fault)
			}
		}
	})
}

// TestSpansAreWholeTurns: each piece ends where a turn does, and together they
// are the talk.
func TestSpansAreWholeTurns(t *testing.T) {
	list, err := talks()
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range list {
		next := 0
		for _, s := range on.spans() {
			if s.from != next || s.to <= s.from {
				t.Errorf("%s: a piece from %d to %d after %d", on.ID, s.from, s.to, next)
			}
			if s.to < len(on.Utterances) && on.Utterances[s.to-1].Turn == on.Utterances[s.to].Turn {
				t.Errorf("%s: a piece ends within turn %d", on.ID, on.Utterances[s.to].Turn)
			}
			// Whoever codes the answer to a feeling has to see it.
			last := on.Utterances[s.to-1]
			if to := on.answered(s.to); !last.Role.Professional() && on.answer(s.to-1) != 0 && !on.Utterances[to-1].Role.Professional() {
				t.Errorf("%s: after %d no answer is in sight", on.ID, s.to)
			}
			next = s.to
		}
		if next != len(on.Utterances) {
			t.Errorf("%s: the pieces end at %d of %d", on.ID, next, len(on.Utterances))
		}
	}
}
