package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// Whatever one program was told is kept, each of the others shows from then on.
func TestAProgramShowsWhatAnotherKept(t *testing.T) {
	p := openTogether(t, 3)
	begin(t, p.each[0], "a")
	for n := 10; n < 40; n++ {
		must(t, p.each[n%3], noor, "a", note(n))
		for _, got := range p.texts(t, noor, "a") {
			if diff := cmp.Diff(noteTexts(10, n), got); diff != "" {
				t.Fatalf("after note %d: -want +got\n%s", n, diff)
			}
		}
	}
	for _, w := range p.each {
		same(t, see(t, open(t, p.log(), 0), noor, "a"), see(t, w, noor, "a"))
	}
}

// Also through the doors beside See.
func TestAllDoorsSeeWhatAnotherKept(t *testing.T) {
	p := openTogether(t, 2)
	here, there := p.each[0], p.each[1]
	begin(t, here, "a")
	see(t, there, noor, "a")
	bramAt := samenspel.PartnerID(commandID(5))
	must(t, here, noor, "a", command(5, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Bram")}))
	if seat, err := there.SeatAt(t.Context(), "a", bramAt); err != nil || seat.Name != samenspel.Say("Bram") {
		t.Errorf("SeatAt: %v, %v", seat, err)
	}
	must(t, here, bram, "a", command(6, samenspel.JoinAlliance{Partner: bramAt}))
	if got, err := there.PersonAt(t.Context(), "a", bramAt); err != nil || got != bram {
		t.Errorf("PersonAt: %v, %v", got, err)
	}
	if _, err := there.See(t.Context(), bram, "a", workspace.Look{}); err != nil {
		t.Errorf("See: %v", err)
	}
	if found, err := there.FindInEmergency(t.Context(), noor, samenspel.Say("Bram"), samenspel.Words{}); err != nil || len(found) != 1 {
		t.Errorf("FindInEmergency: %v, %v", found, err)
	}
	must(t, here, bram, "a", command(7, samenspel.LeaveAlliance{Partner: bramAt}))
	if _, err := there.See(t.Context(), bram, "a", workspace.Look{}); !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("who left sees: %v", err)
	}
	if err := there.Do(t.Context(), bram, "a", note(8)); !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("who left writes: %v", err)
	}
	must(t, here, noor, "a", command(9, samenspel.SetRetention{Regime: "soon", Because: samenspel.Say("basis"), Terms: soon}))
	if k, err := there.Keeping(t.Context(), "a"); err != nil || k.Regime != "soon" {
		t.Errorf("Keeping: %+v, %v", k, err)
	}
}

// A no rests on what stands in the log, not on what is in memory.
func TestANoRestsOnWhatAnotherKept(t *testing.T) {
	p := openTogether(t, 2)
	here, there := p.each[0], p.each[1]
	begin(t, here, "a")
	must(t, there, noor, "a", note(10))
	must(t, here, noor, "a", command(11, samenspel.EndAlliance{}))
	if err := there.Do(t.Context(), noor, "a", note(12)); !errors.Is(err, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.ended"}) {
		t.Errorf("after the end: %v", err)
	}
	must(t, here, noor, "a", command(13, samenspel.ReopenAlliance{}))
	must(t, there, noor, "a", note(14))
}

func TestWhoLooksElsewhereIsWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openTogether(t, 3)
		p.follow(t)
		begin(t, p.each[0], "a")
		synctest.Wait()
		watches := make([]*workspace.Watch, 3)
		for i, w := range p.each {
			see(t, w, noor, "a")
			watches[i] = w.Watch("a")
			defer watches[i].Close()
		}
		start := time.Now()
		must(t, p.each[1], noor, "a", note(10))
		synctest.Wait()
		for i, watch := range watches {
			if !signalled(watch) || signalled(watch) {
				t.Errorf("program %d: not one signal", i)
			}
			see(t, p.each[i], noor, "a")
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("it took %v", waited)
		}
		// The pulse behind it wakes nobody twice.
		<-time.After(30 * time.Second)
		synctest.Wait()
		for i, watch := range watches {
			if signalled(watch) {
				t.Errorf("program %d: a signal without a change", i)
			}
		}
	})
}

// When every message is lost it takes a second.
func TestWhoLooksElsewhereIsWokenAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openTogether(t, 2)
		p.loses.Store(true)
		p.follow(t)
		here, there := p.each[0], p.each[1]
		begin(t, here, "a")
		begin(t, here, "b")
		for _, id := range []samenspel.AllianceID{"a", "b"} { // one in memory, one not
			if id == "a" {
				see(t, there, noor, id)
			}
			watch := there.Watch(id)
			<-time.After(2 * time.Second)
			synctest.Wait()
			signalled(watch)
			for n := range 5 {
				must(t, here, noor, id, note(10+n))
				<-time.After(time.Second)
				synctest.Wait()
				if !signalled(watch) {
					t.Errorf("%s: nobody was woken within a second", id)
				}
				if got := notes(t, there, noor, id); len(got) != n+1 {
					t.Errorf("%s: %d notes are seen", id, len(got))
				}
				<-time.After(5 * time.Second)
				synctest.Wait()
				if signalled(watch) {
					t.Errorf("%s: a signal without a change", id)
				}
			}
			watch.Close()
		}
	})
}

// A session that ended is no fact: nothing moves. Who looks in another program
// is woken by the message, also when it could not be told at first, and when
// hearing was cut off for a while.
func TestEndedSessionsAreToldElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openTogether(t, 2)
		p.follow(t)
		here, there := p.each[0], p.each[1]
		begin(t, here, "a")
		see(t, there, amira, "a")
		watch := there.Watch("a")
		defer watch.Close()
		wakes := func() {
			t.Helper()
			if err := here.Wake(t.Context(), amira); err != nil {
				t.Fatal(err)
			}
		}
		<-time.After(2 * time.Second)
		synctest.Wait()
		signalled(watch)

		wakes()
		synctest.Wait()
		if !signalled(watch) {
			t.Error("not told")
		}
		p.broken.Store(true)
		wakes()
		<-time.After(3 * time.Second)
		synctest.Wait()
		if signalled(watch) {
			t.Error("told over a broken wire")
		}
		p.broken.Store(false)
		<-time.After(time.Second)
		synctest.Wait()
		if !signalled(watch) {
			t.Error("not told within a second after the wire was whole")
		}
		p.loses.Store(true)
		wakes()
		synctest.Wait()
		p.cutOff()
		p.loses.Store(false)
		<-time.After(time.Second)
		synctest.Wait()
		if !signalled(watch) {
			t.Error("not looked again after hearing was cut off")
		}
	})
}

// What goes wrong is said once, until it goes well again.
func TestWhatGoesWrongIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openTogether(t, 1)
		begin(t, p.each[0], "a")
		defer p.each[0].Watch("a").Close()
		var mu sync.Mutex
		said := 0
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			p.each[0].Follow(ctx, func(err error) {
				mu.Lock()
				defer mu.Unlock()
				if said++; !errors.Is(err, errCut) {
					t.Errorf("it says %v", err)
				}
			})
			close(ended)
		}()
		for round := range 3 {
			<-time.After(time.Minute)
			p.broken.Store(true)
			p.cutOff()
			<-time.After(time.Minute)
			p.broken.Store(false)
			<-time.After(time.Minute)
			mu.Lock()
			if want := 2 * (round + 1); said != want { // hearing, and asking
				t.Errorf("round %d: said %d times, want %d", round, said, want)
			}
			mu.Unlock()
		}
		stop()
		<-ended
	})
}

// When the log cannot be asked nothing is shown that may be old, and nothing
// is decided on it.
func TestNothingOldIsShown(t *testing.T) {
	p := openTogether(t, 2)
	begin(t, p.each[0], "a")
	for _, w := range p.each {
		see(t, w, noor, "a")
	}
	p.broken.Store(true)
	for _, w := range p.each {
		if _, err := w.See(t.Context(), noor, "a", workspace.Look{}); !errors.Is(err, errCut) {
			t.Errorf("See: %v", err)
		}
		if err := w.Do(t.Context(), noor, "a", note(10)); !errors.Is(err, errCut) {
			t.Errorf("Do: %v", err)
		}
	}
	p.broken.Store(false)
	must(t, p.each[0], noor, "a", note(10))
	if got := p.texts(t, noor, "a"); len(got[1]) != 1 {
		t.Errorf("afterwards: %v", got)
	}
}

// slow is a wire on which a question waits until it is let through.
type slow struct {
	*end
	let   chan struct{}
	begun chan struct{}
}

func (s slow) Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	s.begun <- struct{}{}
	<-s.let
	return s.end.Stand(ctx, ids)
}

// Many look at once for the price of few questions, and none of them is
// answered by a question from before it came. Alone nothing is asked.
func TestManyLooksShareAQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openTogether(t, 1)
		w := p.each[0]
		for _, id := range []samenspel.AllianceID{"a", "b"} {
			begin(t, w, id)
			see(t, w, noor, id)
		}
		synctest.Wait() // what is told of the beginnings is told by then
		wire := slow{p.join(), make(chan struct{}), make(chan struct{}, 10)}
		w.Others = wire
		var all sync.WaitGroup
		look := func(id samenspel.AllianceID) { all.Go(func() { see(t, w, noor, id) }) }
		look("a")
		<-wire.begun
		before := p.asked.Load()
		for range 20 {
			look("a")
			look("b")
		}
		synctest.Wait()
		wire.let <- struct{}{}
		<-wire.begun // all who came later, and both alliances
		wire.let <- struct{}{}
		all.Wait()
		if got := p.asked.Load() - before; got != 2 {
			t.Errorf("41 looks asked %d times", got)
		}
		before = p.asked.Load()
		alone := open(t, p.log(), 0)
		see(t, alone, noor, "a")
		must(t, alone, noor, "a", note(10))
		if p.asked.Load() != before {
			t.Error("a program that is alone asked")
		}
	})
}

// For whoever has no place nothing is asked and nothing read: how long a no
// takes does not tell whether there is such an alliance.
func TestWhoHasNoPlaceAsksNothing(t *testing.T) {
	p := openTogether(t, 2)
	begin(t, p.each[0], "a")
	see(t, p.each[1], noor, "a")
	must(t, p.each[0], noor, "a", note(10))
	before := p.asked.Load()
	for _, id := range []samenspel.AllianceID{"a", "b"} {
		if _, err := p.each[1].See(t.Context(), bram, id, workspace.Look{}); !errors.Is(err, samenspel.ErrNotFound) {
			t.Errorf("See: %v", err)
		}
	}
	if got := p.asked.Load() - before; got != 0 {
		t.Errorf("it was asked %d times", got)
	}
}

// putBack is a wire over which the log stands earlier than it did.
type putBack struct{ *end }

func (p putBack) Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	all, err := p.end.Stand(ctx, ids)
	for id := range all {
		all[id]--
	}
	return all, err
}

// A log that stands earlier than what was shown is read anew.
func TestALogThatWasPutBackIsReadAnew(t *testing.T) {
	p := openTogether(t, 1)
	log := &counting{gate: &gate{Log: p.log()}}
	w := open(t, log, 0)
	begin(t, w, "a")
	w.Others = putBack{p.join()}
	for n := range 3 {
		before := log.read
		see(t, w, noor, "a")
		if log.read != before+1 {
			t.Errorf("look %d read it %d times", n, log.read-before)
		}
	}
}

// Eight write at one table through three programs: whatever was taken is there
// once, in the order in which each was answered.
func TestManyProgramsAtOneTable(t *testing.T) {
	p := openTogether(t, 3)
	p.follow(t)
	begin(t, p.each[0], "a")
	const writers, each = 8, 25
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			for n := range each {
				id := 1000*(writer+1) + n
				err := errElse
				for tries := 0; err != nil; tries++ {
					if err = p.each[(writer+n+tries)%3].Do(t.Context(), noor, "a", note(id)); err != nil && !errors.Is(err, journal.ErrConflict) {
						t.Errorf("note %d: %v", id, err)
						return
					}
				}
				if got := notes(t, p.each[(writer+n+1)%3], noor, "a"); !slices.Contains(got, fmt.Sprint("note ", id)) {
					t.Errorf("note %d was taken, and another program does not show it", id)
				}
			}
		})
	}
	all.Wait()
	count := map[samenspel.CommandID]int{}
	for i, f := range stored(t, p.log(), "a") {
		if f.Seq != int64(i)+1 {
			t.Fatalf("fact %d has number %d", i+1, f.Seq)
		}
		count[f.Command]++
	}
	for writer := range writers {
		for n := range each {
			if got := count[commandID(1000*(writer+1)+n)]; got != 1 {
				t.Errorf("note %d of writer %d is there %d times", n, writer, got)
			}
		}
	}
	for _, w := range p.each {
		same(t, see(t, open(t, p.log(), 0), noor, "a"), see(t, w, noor, "a"))
	}
	if sum, err := p.log().Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil || sum.Findings != 0 {
		t.Errorf("verify: %+v, %v", sum, err)
	}
}

// One command that comes in at several programs at once counts once.
func TestACommandCountsOnceAmongPrograms(t *testing.T) {
	p := openTogether(t, 3)
	begin(t, p.each[0], "a")
	for n := 10; n < 30; n++ {
		var all sync.WaitGroup
		for i := range 9 {
			all.Go(func() {
				if err := p.each[i%3].Do(t.Context(), noor, "a", note(n)); err != nil {
					t.Errorf("note %d at program %d: %v", n, i%3, err)
				}
			})
		}
		all.Wait()
	}
	for _, got := range p.texts(t, noor, "a") {
		if diff := cmp.Diff(noteTexts(10, 29), got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

// Alliances that begin at once in several programs all begin.
func TestManyProgramsBegin(t *testing.T) {
	p := openTogether(t, 3)
	const each = 8
	var all sync.WaitGroup
	for i, w := range p.each {
		all.Go(func() {
			for n := range each {
				begin(t, w, samenspel.AllianceID(fmt.Sprint("alliance ", i, " ", n)))
			}
		})
	}
	all.Wait()
	for _, w := range p.each {
		if ids, err := w.AlliancesOf(t.Context(), noor); err != nil || len(ids) != 3*each {
			t.Errorf("%d alliances, %v", len(ids), err)
		}
	}
}
