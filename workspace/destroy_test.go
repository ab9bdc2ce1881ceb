package workspace_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

// officer has no place at any table.
const officer samenspel.PersonID = "person-officer"

// soon is a term that is over at once.
var soon = samenspel.Terms{Regimes: []samenspel.Regime{{Word: "soon", From: samenspel.FromEnded, Terms: []samenspel.Term{{Days: -1}}}}}

// decided is an alliance of which two people decided that it goes.
func (r *room) decided(t *testing.T, id samenspel.AllianceID) {
	t.Helper()
	begin(t, r.Workspace, id)
	must(t, r.Workspace, amira, id, note(20))
	must(t, r.Workspace, noor, id, command(21, samenspel.SetRetention{Regime: "soon", Because: samenspel.Say("note basis"), Terms: soon}))
	must(t, r.Workspace, noor, id, command(22, samenspel.EndAlliance{}))
	must(t, r.Workspace, noor, id, command(23, samenspel.ProposeDestruction{Terms: soon}))
	must(t, r.Workspace, officer, id, command(24, samenspel.ForOrganisation{As: samenspel.PrivacyOfficer,
		Wish: samenspel.ConfirmDestruction{Proposal: commandID(23), Terms: soon}}))
}

func (r *room) sweeps(t *testing.T, after time.Duration) {
	t.Helper()
	r.time = r.time.Add(after)
	if err := r.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// gone reports whether an alliance answers as one that never was.
func (r *room) gone(t *testing.T, id samenspel.AllianceID) bool {
	t.Helper()
	_, looked := r.See(t.Context(), amira, id, workspace.Look{})
	wished := r.Do(t.Context(), amira, id, note(99))
	_, kept := r.Keeping(t.Context(), id)
	_, at := r.PersonAt(t.Context(), id, samenspel.PartnerID(commandID(2)))
	here := 0
	for _, err := range []error{looked, wished, kept, at} {
		if !errors.Is(err, samenspel.ErrNotFound) {
			here++
		}
	}
	if here != 0 && here != 4 {
		t.Errorf("half gone: %v, %v, %v, %v", looked, wished, kept, at)
	}
	return here == 0
}

func TestASweepDestroysWhatTwoPeopleDecided(t *testing.T) {
	r := newRoom(t)
	r.decided(t, "a")
	begin(t, r.Workspace, "b")
	var withdrawn []samenspel.AllianceID
	r.Withdraw = func(_ context.Context, id samenspel.AllianceID) error {
		withdrawn = append(withdrawn, id)
		return nil
	}
	r.sweeps(t, 7*24*time.Hour-time.Minute)
	if _, err := r.Keeping(t.Context(), "a"); err != nil || len(withdrawn) > 0 {
		t.Fatalf("before the week is over: %v, %v", err, withdrawn)
	}
	watch := r.Watch("a")
	defer watch.Close()
	r.sweeps(t, time.Minute)
	if !signalled(watch) {
		t.Error("those who look were not told to look again")
	}
	if diff := cmp.Diff([]samenspel.AllianceID{"a"}, withdrawn); diff != "" {
		t.Errorf("ways in that were closed: -want +got\n%s", diff)
	}
	r.isGone(t)
	r.reopen(t, nil)
	r.isGone(t)
	r.sweeps(t, time.Hour)
}

// isGone holds that alliance a is gone, and leaves what it should.
func (r *room) isGone(t *testing.T) {
	t.Helper()
	if !r.gone(t, "a") {
		t.Error("a is not gone")
	}
	if _, err := r.See(t.Context(), amira, "b", workspace.Look{}); err != nil {
		t.Errorf("another alliance: %v", err)
	}
	if ids, err := r.AlliancesOf(t.Context(), amira); err != nil || len(ids) != 1 {
		t.Errorf("Amira's places: %v, %v", ids, err)
	}
	for person, want := range map[samenspel.PersonID]int{"": 1, amira: 1, noor: 1, officer: 0, bram: 0} {
		list, err := r.Destroyed(t.Context(), person)
		if err != nil || len(list) != want {
			t.Fatalf("destroyed for %q: %d, %v, want %d", person, len(list), err, want)
		}
		if want == 1 && (list[0].Alliance != "a" || list[0].Keeping.Regime != "soon" || list[0].Keeping.Plan.ConfirmedBy != officer || list[0].Keeping.Plan.Person != noor) {
			t.Errorf("what is left: %+v", list[0])
		}
		if want == 1 && strings.Contains(string(list[0].Record), "note") {
			t.Error("somebody's words are in the record")
		}
	}
	sum, err := r.log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
	if err != nil || sum.Destroyed != 1 {
		t.Errorf("verify: %+v, %v", sum, err)
	}
}

// Whatever breaks off, the alliance is whole or gone, and the next sweep goes
// on.
func TestAnInterruptedDestructionIsFinished(t *testing.T) {
	for _, c := range []struct {
		name         string
		before, done bool // where it breaks off
		withdraw     bool
	}{{"before anything", true, false, false}, {"after the keys were destroyed", false, true, false}, {"while ways in are closed", false, false, true}} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			r.decided(t, "a")
			begin(t, r.Workspace, "b")
			r.time = r.time.Add(8 * 24 * time.Hour)
			r.log.breaks, r.log.breaksAfter = c.before, c.done
			if c.withdraw {
				r.Withdraw = func(context.Context, samenspel.AllianceID) error { return errElse }
			}
			if err := r.Sweep(t.Context()); !errors.Is(err, errElse) {
				t.Fatalf("Sweep: %v", err)
			}
			if got := r.gone(t, "a"); got != c.done {
				t.Errorf("gone: %v", got)
			}
			r.log.breaks, r.log.breaksAfter, r.Withdraw = false, false, nil
			if !c.done { // the note that gone tried ended nothing: after the end nothing is written
				r.fresh()
			}
			r.sweeps(t, time.Hour)
			r.isGone(t)
			r.sweeps(t, time.Hour)
		})
	}
}

// What stops a destruction stops it until the last moment.
func TestWhatHoldsADestruction(t *testing.T) {
	for name, stop := range map[string]func(r *room){
		"a hold": func(r *room) {
			must(t, r.Workspace, noor, "a", command(30, samenspel.PutHold{Why: samenspel.HoldRequest}))
		},
		"it was opened":    func(r *room) { must(t, r.Workspace, amira, "a", command(30, samenspel.ReopenAlliance{})) },
		"it was withdrawn": func(r *room) { must(t, r.Workspace, noor, "a", command(30, samenspel.WithdrawDestruction{})) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			r.decided(t, "a")
			stop(r)
			r.sweeps(t, 30*24*time.Hour)
			if _, err := r.See(t.Context(), amira, "a", workspace.Look{}); err != nil {
				t.Errorf("it went all the same: %v", err)
			}
		})
	}
}

// Many wish and look while it goes: each gets an answer, and after the first
// that finds nothing all find nothing.
func TestDestructionAmongWishes(t *testing.T) {
	r := newRoom(t)
	r.decided(t, "a")
	r.time = r.time.Add(8 * 24 * time.Hour)
	failed := make(chan error, 8)
	for n := range 8 {
		go func() {
			nothing := false
			var bad error
			for i := range 40 {
				_, err := r.See(context.Background(), amira, "a", workspace.Look{})
				if err == nil && i%4 == 0 {
					err = r.Do(context.Background(), amira, "a", command(1000+100*n+i, samenspel.SetFirstSeen{}))
				}
				switch {
				case errors.Is(err, samenspel.ErrNotFound):
					nothing = true
				case err != nil || nothing:
					bad = errors.Join(bad, err, errors.New("it was seen"))
				}
			}
			failed <- bad
		}()
	}
	if err := r.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	for range 8 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	r.sweeps(t, time.Hour)
	if !r.gone(t, "a") {
		t.Error("it is not gone")
	}
}

// TestWhoKeepsWhat is the lists, without a word.
func TestWhoKeepsWhat(t *testing.T) {
	r := newRoom(t)
	r.decided(t, "a")
	begin(t, r.Workspace, "b") // no regime, and Noor is there
	begin(t, r.Workspace, "c")
	must(t, r.Workspace, noor, "c", command(5, samenspel.LeaveAlliance{Partner: samenspel.PartnerID(commandID(1))}))
	ids := func(list []samenspel.Keeping, err error) (ids []samenspel.AllianceID) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range list {
			ids = append(ids, k.Alliance)
		}
		return ids
	}
	if diff := cmp.Diff([]samenspel.AllianceID{"a", "c"}, ids(r.Kept(t.Context(), []samenspel.PersonID{noor}))); diff != "" {
		t.Errorf("the officer's: -want +got\n%s", diff)
	}
	if diff := cmp.Diff([]samenspel.AllianceID{"a", "b"}, ids(r.KeptOf(t.Context(), noor))); diff != "" {
		t.Errorf("Noor's: -want +got\n%s", diff)
	}
	if got := ids(r.KeptOf(t.Context(), amira)); len(got) != 0 {
		t.Errorf("a vrager's: %v", got)
	}
}
