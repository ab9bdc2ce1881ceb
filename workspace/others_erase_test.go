package workspace_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// remembered reports which of the canaries stand anywhere in the memory of this
// process. They are looked for in pieces, so that looking leaves none.
func remembered(t *testing.T, canaries ...int) (found []int) {
	t.Helper()
	for range 3 { // pools give up what they hold in two
		runtime.GC()
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "memory"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	debug.WriteHeapDump(file.Fd())
	dump, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range canaries {
		if stands(dump, n) {
			found = append(found, n)
		}
	}
	return found
}

// stands reports whether a canary stands in some bytes, without making its text.
func stands(in []byte, n int) bool {
	text := canaryText(n)
	defer clear(text)
	return bytes.Contains(in, text)
}

// canaryText is the text of a canary, which its user clears.
func canaryText(n int) []byte {
	text := []byte("canary-")
	for _, digit := range []int{n / 1000, n / 100 % 10, n / 10 % 10, n % 10} {
		text = append(text, byte('0'+digit))
	}
	return append(text, "-sings"...)
}

// Words that go in one program go from the memory of the others as well: when
// somebody looks there, and also when nobody does.
func TestErasedWordsAreInNoMemory(t *testing.T) {
	var (
		about  = samenspel.PartnerID(commandID(2))
		said   = samenspel.StatementID(commandID(100))
		asked  = samenspel.ErasureID(commandID(105))
		scrawl = samenspel.ScratchID(commandID(106))
	)
	// Each time with words of its own: in the memory of this process lies also
	// what other tests left, in objects that do not use all of their room.
	words := func(t *testing.T, w *workspace.Workspace, base int) {
		must(t, w, amira, "a", command(100, samenspel.WordStatement{Words: canary(base + 1), NewTheme: canary(base + 2), Layer: samenspel.Need, Emotion: canary(base + 3)}))
		must(t, w, noor, "a", command(101, samenspel.WordStatement{Words: canary(base + 4), About: about}))
		must(t, w, amira, "a", command(102, samenspel.WriteNote{Words: canary(base + 5)}))
		must(t, w, amira, "a", command(106, samenspel.WriteScratch{Words: canary(base + 6)}))
		must(t, w, noor, "a", command(planned, samenspel.PlanDialogue{With: []samenspel.PartnerID{about}}))
		must(t, w, noor, "a", command(begun, samenspel.BeginDialogue{Dialogue: talk}))
		must(t, w, noor, "a", command(asks, samenspel.AskTranscript{Dialogue: talk, Until: lastDay}))
		must(t, w, amira, "a", command(says, samenspel.AnswerTranscript{Transcript: reading, Yes: true}))
		must(t, w, amira, "a", command(lays, samenspel.LayTranscript{
			Transcript: reading, Engine: "lens 1",
			Speakers: []samenspel.Speaker{{Label: samenspel.Say("Voice one"), Partner: about}},
			Lines:    []samenspel.Line{{Turn: 1, Text: canary(base + 7)}},
		}))
		must(t, w, noor, "a", command(107, samenspel.WordStatement{Words: canary(base)}))
	}
	for name, c := range map[string]struct {
		goes []int
		end  func(t *testing.T, w *workspace.Workspace)
	}{
		"a statement": {[]int{1, 2, 3}, func(t *testing.T, w *workspace.Workspace) {
			must(t, w, amira, "a", command(110, samenspel.EraseStatement{Statement: said}))
		}},
		"a person": {[]int{1, 2, 3, 4, 5}, func(t *testing.T, w *workspace.Workspace) {
			must(t, w, amira, "a", command(105, samenspel.AskErasure{}))
			must(t, w, noor, "a", command(110, samenspel.AnswerErasure{Erasure: asked, Yes: true}))
		}},
		"a transcript": {[]int{7}, func(t *testing.T, w *workspace.Workspace) {
			must(t, w, noor, "a", command(110, samenspel.AnswerTranscript{Transcript: reading}))
		}},
		"a transcript, by its date": {[]int{7}, func(t *testing.T, w *workspace.Workspace) {
			now := w.Now
			w.Now = func() time.Time { return lastDay }
			defer func() { w.Now = now }()
			if err := w.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}},
		"a scratch": {[]int{6}, func(t *testing.T, w *workspace.Workspace) {
			must(t, w, amira, "a", command(110, samenspel.ThrowScratch{Scratch: scrawl}))
		}},
	} {
		for how, comes := range map[string]func(t *testing.T, p *programs){
			"when somebody looks": func(t *testing.T, p *programs) { see(t, p.each[0], noor, "a") },
			"when it is heard":    func(t *testing.T, p *programs) { p.follow(t); synctest.Wait() },
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					if left := after(t, c.goes, words, c.end, comes); len(left) != 0 {
						t.Errorf("%v are in memory", left)
					}
				})
			})
		}
	}
}

// bases are numbers for canaries that nobody else has.
var bases atomic.Int64

// after lets words be said and go in one program, and gives which of those are
// in memory once the other has come to know of it.
func after(t *testing.T, goes []int, words func(*testing.T, *workspace.Workspace, int), end func(*testing.T, *workspace.Workspace), comes func(*testing.T, *programs)) []int {
	base := 6000 + int(bases.Add(10))
	var gone []int
	for _, n := range goes {
		gone = append(gone, base+n)
	}
	p := openTogether(t, 2)
	begin(t, p.each[0], "a")
	words(t, p.each[1], base)
	see(t, p.each[0], amira, "a")
	end(t, p.each[1])
	p.each = p.each[:1:1] // the other stops
	p.onlyFirst()
	if got := remembered(t, append(gone, base)...); len(got) != len(gone)+1 {
		t.Fatalf("before: %v, so nothing follows from what comes after", got)
	}
	comes(t, p)
	left := remembered(t, gone...)
	if sees := everyWord(reflect.ValueOf(see(t, p.each[0], noor, "a"))); !strings.Contains(sees, canary(base).Text()) {
		t.Error("what was not erased is not seen")
	}
	runtime.KeepAlive(p)
	return left
}

// What one program destroyed the others do not destroy again: they find it gone.
func TestWhatWasErasedElsewhereIsNotErasedAgain(t *testing.T) {
	p := openTogether(t, 1)
	log := &breaking{Log: p.log(), erase: errElse}
	here, there := workspace.New(log, nil, 0), p.each[0]
	here.Now, here.Others = there.Now, p.join()
	begin(t, there, "a")
	must(t, there, amira, "a", command(100, samenspel.WordStatement{Words: canary(5001), Layer: samenspel.Need}))
	must(t, there, amira, "a", command(101, samenspel.WordStatement{Words: canary(5002), Layer: samenspel.Need}))
	for n, follows := range []func(){
		func() { see(t, here, amira, "a") },
		func() { must(t, here, amira, "a", note(200)) },
	} {
		see(t, here, amira, "a")
		must(t, there, amira, "a", command(110+n, samenspel.EraseStatement{Statement: samenspel.StatementID(commandID(100 + n))}))
		follows()
		if err := here.Sweep(t.Context()); err != nil {
			t.Errorf("a sweep: %v", err)
		}
		must(t, here, amira, "a", note(300+n))
		if err := here.Sweep(t.Context()); err != nil {
			t.Errorf("a sweep after a change: %v", err)
		}
	}
}

// An alliance that was destroyed in one program is as one that never was in the
// others, and who looks there is woken.
func TestADestroyedAllianceIsGoneElsewhere(t *testing.T) {
	for how, follows := range map[string]bool{"when somebody looks": false, "when it is heard": true} {
		t.Run(how, func(t *testing.T) {
			p := openTogether(t, 2)
			here, there := &room{Workspace: p.each[0]}, &room{Workspace: p.each[1]}
			there.decided(t, "a")
			see(t, here.Workspace, amira, "a")
			watch := here.Watch("a")
			defer watch.Close()
			p.later.Store(int64(8 * 24 * time.Hour))
			if err := there.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if follows {
				p.follow(t)
				comes(t, watch, "it was destroyed")
			}
			if !here.gone(t, "a") || !there.gone(t, "a") {
				t.Error("it is not gone")
			}
			if err := errors.Join(here.Sweep(t.Context()), there.Sweep(t.Context())); err != nil {
				t.Errorf("a sweep after it: %v", err)
			}
		})
	}
}

// Two programs sweep at the same moment, as each does after the full hour.
func TestProgramsSweepAtOnce(t *testing.T) {
	p := openTogether(t, 3)
	(&room{Workspace: p.each[0]}).decided(t, "a")
	(&room{Workspace: p.each[1]}).laid(t, "b")
	for _, w := range p.each {
		see(t, w, amira, "a")
		see(t, w, amira, "b")
	}
	p.later.Store(int64(8 * 24 * time.Hour))
	var all sync.WaitGroup
	for i, w := range p.each {
		all.Go(func() {
			if err := w.Sweep(t.Context()); err != nil {
				t.Errorf("program %d: %v", i, err)
			}
		})
	}
	all.Wait()
	gone := 0
	for _, f := range stored(t, p.log(), "b") {
		if _, ok := f.Event.(*samenspel.TranscriptGone); ok {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("the transcript went %d times", gone)
	}
	for i, w := range p.each {
		if !(&room{Workspace: w}).gone(t, "a") {
			t.Errorf("program %d still has it", i)
		}
	}
	if sum, err := p.log().Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil || sum.Destroyed != 1 {
		t.Errorf("verify: %+v, %v", sum, err)
	}
}

// What a program destroyed itself is no more in its memory either.
func TestWhoErasesForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := 6000 + int(bases.Add(10))
		p := openTogether(t, 1)
		w := p.each[0]
		begin(t, w, "a")
		must(t, w, amira, "a", command(100, samenspel.WordStatement{Words: canary(base + 1), NewTheme: canary(base + 2), Emotion: canary(base + 3)}))
		must(t, w, noor, "a", command(101, samenspel.WordStatement{Words: canary(base)}))
		see(t, w, amira, "a")
		if got := remembered(t, base, base+1, base+2, base+3); len(got) != 4 {
			t.Fatalf("before: %v, so nothing follows from what comes after", got)
		}
		must(t, w, amira, "a", command(110, samenspel.EraseStatement{Statement: samenspel.StatementID(commandID(100))}))
		sees := everyWord(reflect.ValueOf(see(t, w, noor, "a")))
		if got := remembered(t, base+1, base+2, base+3); len(got) != 0 {
			t.Errorf("%v are in memory", got)
		}
		if !strings.Contains(sees, canary(base).Text()) {
			t.Error("what was not erased is not seen")
		}
		runtime.KeepAlive(p)
	})
}
