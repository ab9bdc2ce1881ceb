package workspace_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// held makes every write wait until it is let through with an error or nil.
func held(log *gate) (let chan error) {
	let = make(chan error)
	log.before = func() error { return <-let }
	return let
}

// ended is a context of somebody who went away: their command is on its way,
// and they do not hear what became of it.
func ended(t testing.TB) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestWhatIsOnItsWayIsNotSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &gate{Log: openLog(t)}
		w := open(t, log, 0)
		begin(t, w, "a")
		before := see(t, w, noor, "a")
		watch := w.Watch("a")
		defer watch.Close()

		let := held(log)
		done := make(chan error, 1)
		go func() { done <- w.Do(t.Context(), noor, "a", note(7)) }()
		synctest.Wait()
		same(t, before, see(t, w, noor, "a")) // nobody waits for the disk either
		if signalled(watch) {
			t.Error("those who look were told too early")
		}
		let <- nil
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if got := len(notes(t, w, noor, "a")); got != 1 {
			t.Errorf("%d notes, want 1", got)
		}
		if !signalled(watch) {
			t.Error("those who look were not told")
		}
	})
}

func TestWhatComesMeanwhileIsStoredTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &gate{Log: openLog(t)}
		w := open(t, log, 0)
		begin(t, w, "a")
		let := held(log)
		before := log.writes.Load()
		done := make(chan error, 10)
		for n := range 10 {
			go func() { done <- w.Do(t.Context(), noor, "a", note(10+n)) }()
			synctest.Wait()
		}
		let <- nil
		let <- nil
		for range 10 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if got := log.writes.Load() - before; got != 2 {
			t.Errorf("%d writes for one command and nine behind it, want 2", got)
		}
		want := []string{"note 10", "note 11", "note 12", "note 13", "note 14", "note 15", "note 16", "note 17", "note 18", "note 19"}
		var got []string
		for _, f := range stored(t, log, "a") {
			if e, ok := f.Event.(*samenspel.NoteWritten); ok {
				got = append(got, e.Words.Text())
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

func TestWhoWentAwaySettlesItByRepeating(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &gate{Log: openLog(t)}
		w := open(t, log, 0)
		begin(t, w, "a")
		let := held(log)
		for _, n := range []int{7, 8} {
			if err := w.Do(ended(t), noor, "a", note(n)); !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		let <- nil
		let <- nil
		must(t, w, noor, "a", note(7))
		must(t, w, noor, "a", note(8))
		if got := len(notes(t, w, noor, "a")); got != 2 {
			t.Errorf("%d notes, want 2", got)
		}
	})
}

// A no that rests on something that could not be kept after all was not a no.
func TestANoRestsOnWhatIsStored(t *testing.T) {
	for name, fault := range map[string]error{"full": journal.ErrFull, "conflict": journal.ErrConflict} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := &gate{Log: openLog(t)}
				w := open(t, log, 0)
				begin(t, w, "a")
				asked := samenspel.StatementID(commandID(4))
				must(t, w, noor, "a", command(4, samenspel.WordStatement{
					Words: samenspel.Say("she rests at noon"), About: samenspel.PartnerID(commandID(2)), Kind: samenspel.Guess,
				}))
				let := held(log)
				if err := w.Do(ended(t), noor, "a", note(5)); !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				synctest.Wait()
				confirmed, withdrawn := make(chan error, 1), make(chan error, 1)
				go func() {
					confirmed <- w.Do(t.Context(), amira, "a", command(6, samenspel.ConfirmStatement{Statement: asked}))
				}()
				synctest.Wait()
				go func() {
					withdrawn <- w.Do(t.Context(), noor, "a", command(7, samenspel.WithdrawStatement{Statement: asked}))
				}()
				synctest.Wait()
				let <- nil   // the note
				let <- fault // the confirmation, on which the no would rest
				synctest.Wait()
				if errors.Is(fault, journal.ErrFull) {
					for what, got := range map[string]error{"confirm": <-confirmed, "withdraw": <-withdrawn} {
						if !errors.Is(got, workspace.ErrFull) {
							t.Errorf("%s: %v, want ErrFull", what, got)
						}
					}
					return
				}
				let <- nil // both are decided anew: which is first is open
				first := <-withdrawn
				second := <-confirmed
				if (first == nil) == (second == nil) {
					t.Errorf("withdraw: %v, confirm: %v; want one of them", first, second)
				}
			})
		})
	}
}

func TestOneSignalForManyChanges(t *testing.T) {
	w := open(t, openLog(t), 0)
	begin(t, w, "a")
	begin(t, w, "b")
	here, there := w.Watch("a"), w.Watch("b")
	for n := range 3 {
		must(t, w, noor, "a", note(10+n))
	}
	if !signalled(here) || signalled(here) {
		t.Error("three changes that nobody looked at are one signal")
	}
	must(t, w, noor, "a", note(10)) // taken before
	if err := w.Do(t.Context(), noor, "a", command(20, samenspel.WriteNote{})); err == nil {
		t.Error("an empty note was taken")
	}
	if signalled(here) || signalled(there) {
		t.Error("a signal without a change")
	}
	must(t, w, noor, "a", note(13))
	if !signalled(here) {
		t.Error("no signal for a later change")
	}
	here.Close()
	here.Close()
	must(t, w, noor, "a", note(14))
	if signalled(here) {
		t.Error("a signal after the end")
	}
	if n := w.Watched(); n != 1 {
		t.Errorf("%d alliances are looked at, want 1", n)
	}
	there.Close()
	if n := w.Watched(); n != 0 {
		t.Errorf("%d alliances are looked at, want none", n)
	}
}

func TestWakeReachesThePersonsAlliances(t *testing.T) {
	w := open(t, openLog(t), 0)
	for _, id := range []samenspel.AllianceID{"a", "b", "c"} {
		begin(t, w, id)
	}
	must(t, w, amira, "c", command(4, samenspel.LeaveAlliance{Partner: samenspel.PartnerID(commandID(2))}))
	watches := map[samenspel.AllianceID]*workspace.Watch{}
	for _, id := range []samenspel.AllianceID{"a", "b", "c"} {
		watches[id] = w.Watch(id)
		defer watches[id].Close()
	}
	if err := w.Wake(t.Context(), amira); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[samenspel.AllianceID]bool{"a": true, "b": true, "c": false} {
		if got := signalled(watches[id]); got != want {
			t.Errorf("%s: signalled %v, want %v", id, got, want)
		}
	}
	if err := w.Wake(ended(t), amira); !errors.Is(err, context.Canceled) {
		t.Errorf("Wake: %v", err)
	}
}
