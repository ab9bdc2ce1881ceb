package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/workspace"
)

func TestWhatWasDoneIsSeen(t *testing.T) {
	log := openLog(t)
	w := open(t, log, 0)
	begin(t, w, "a")
	must(t, w, amira, "a", command(4, samenspel.WordStatement{
		Words: samenspel.Say("I sleep badly"), Layer: samenspel.Behaviour, Chosen: true,
	}))
	must(t, w, amira, "a", note(5))

	seen := see(t, w, amira, "a")
	if len(seen.Statements) != 1 || seen.Statements[0].Words.Text() != "I sleep badly" {
		t.Errorf("Amira sees %d statements", len(seen.Statements))
	}
	if at := seen.Statements[0].Said; !at.Equal(w.Now()) {
		t.Errorf("it was said at %v, want the clock's %v", at, w.Now())
	}
	if got := see(t, w, noor, "a"); len(got.Statements) != 0 || len(got.Notes) != 0 {
		t.Errorf("Noor sees %d statements and %d notes that are not for her", len(got.Statements), len(got.Notes))
	}
	// Somebody who comes after a restart sees the same.
	same(t, seen, see(t, open(t, log, 0), amira, "a"))
}

func TestWhoIsNotAtTheTableFindsNothing(t *testing.T) {
	w := open(t, openLog(t), 0)
	begin(t, w, "a")
	for _, c := range []struct {
		viewer samenspel.PersonID
		id     samenspel.AllianceID
	}{{bram, "a"}, {"", "a"}, {noor, "b"}, {bram, "b"}, {noor, ""}} {
		if seen, err := w.See(t.Context(), c.viewer, c.id, workspace.Look{}); seen != nil || !errors.Is(err, samenspel.ErrNotFound) {
			t.Errorf("See(%q, %q) = %v, %v", c.viewer, c.id, seen, err)
		}
		if err := w.Do(t.Context(), c.viewer, c.id, note(9)); !errors.Is(err, samenspel.ErrNotFound) {
			t.Errorf("Do(%q, %q): %v", c.viewer, c.id, err)
		}
	}
}

// counting is a log that counts what is asked of it.
type counting struct {
	*gate
	places, read int
}

func (c *counting) AlliancesOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error) {
	c.places++
	return c.gate.AlliancesOf(ctx, person)
}

func (c *counting) Facts(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[samenspel.Fact, error] {
	c.read++
	return c.gate.Facts(ctx, id, after)
}

// TestANoCostsTheSame asks for alliances of others, read already or not, and
// for one that is not there: each no takes the same work.
func TestANoCostsTheSame(t *testing.T) {
	log := &counting{gate: &gate{Log: openLog(t)}}
	begin(t, open(t, log, 0), "a")
	w := open(t, log, 0)
	ask := func(id samenspel.AllianceID) [2]int {
		before := [2]int{log.places, log.read}
		if _, err := w.See(t.Context(), bram, id, workspace.Look{}); !errors.Is(err, samenspel.ErrNotFound) {
			t.Fatalf("See(%q): %v", id, err)
		}
		return [2]int{log.places - before[0], log.read - before[1]}
	}
	unknown, cold := ask("nothing"), ask("a")
	see(t, w, noor, "a")
	warm := ask("a")
	if want := [2]int{1, 0}; unknown != want || cold != want || warm != want {
		t.Errorf("unknown %v, of others %v, in memory %v: want %v each", unknown, cold, warm, want)
	}
}

func TestWhereSomebodyHasAPlace(t *testing.T) {
	w := open(t, openLog(t), 0)
	begin(t, w, "a")
	begin(t, w, "b")
	must(t, w, amira, "b", command(4, samenspel.LeaveAlliance{Partner: samenspel.PartnerID(commandID(2))}))
	for person, want := range map[samenspel.PersonID][]samenspel.AllianceID{
		noor: {"a", "b"}, amira: {"a"}, bram: {},
	} {
		got, err := w.AlliancesOf(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s -want +got\n%s", person, diff)
		}
	}
	for _, c := range []struct {
		id      samenspel.AllianceID
		partner samenspel.PartnerID
		want    samenspel.PersonID
	}{
		{"a", samenspel.PartnerID(commandID(1)), noor},
		{"a", samenspel.PartnerID(commandID(2)), amira},
		{"b", samenspel.PartnerID(commandID(2)), ""}, // left
		{"a", "nobody's", ""},
		{"c", samenspel.PartnerID(commandID(1)), ""},
	} {
		got, err := w.PersonAt(t.Context(), c.id, c.partner)
		if got != c.want || (c.want == "") != errors.Is(err, samenspel.ErrNotFound) {
			t.Errorf("PersonAt(%s, %s) = %q, %v; want %q", c.id, c.partner, got, err, c.want)
		}
		if _, err := w.SeatAt(t.Context(), c.id, c.partner); !errors.Is(err, samenspel.ErrNotFound) {
			t.Errorf("SeatAt(%s, %s): %v, want not found", c.id, c.partner, err)
		}
	}
	must(t, w, noor, "a", command(5, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Bram")}))
	seat, err := w.SeatAt(t.Context(), "a", samenspel.PartnerID(commandID(5)))
	if err != nil || seat != (samenspel.Seat{Role: samenspel.Vrager, Name: samenspel.Say("Bram")}) {
		t.Errorf("SeatAt(the place of Bram) = %v, %v", seat, err)
	}
}

// Many write at once, to the same alliance and through two programs' eyes.
func TestManyAtOnceLoseNothing(t *testing.T) {
	log := &gate{Log: openLog(t)}
	w := open(t, log, 0)
	begin(t, w, "a")
	const writers, each = 16, 8
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			who := []samenspel.PersonID{noor, amira}[writer%2]
			for n := range each {
				if err := w.Do(t.Context(), who, "a", note(1000*(writer+1)+n)); err != nil {
					t.Errorf("writer %d: %v", writer, err)
				}
				if _, err := w.See(t.Context(), who, "a", workspace.Look{}); err != nil {
					t.Errorf("writer %d looks: %v", writer, err)
				}
			}
		})
	}
	all.Wait()

	last := map[string]samenspel.CommandID{} // of each writer
	count := 0
	for i, f := range stored(t, log, "a") {
		if f.Seq != int64(i)+1 {
			t.Fatalf("fact %d has number %d", i+1, f.Seq)
		}
		if f.Event.Kind() != "note.written" {
			continue
		}
		count++
		writer := string(f.Command[:len(f.Command)-3])
		if f.Command <= last[writer] {
			t.Errorf("%s came after %s", f.Command, last[writer])
		}
		last[writer] = f.Command
	}
	if count != writers*each || len(last) != writers {
		t.Errorf("%d notes of %d writers are stored, want %d of %d", count, len(last), writers*each, writers)
	}
	if got := len(notes(t, w, noor, "a")) + len(notes(t, w, amira, "a")); got != count {
		t.Errorf("%d notes are seen, %d are stored", got, count)
	}
	same(t, see(t, open(t, log, 0), noor, "a"), see(t, w, noor, "a"))
}

func TestACommandCountsOnce(t *testing.T) {
	w := open(t, openLog(t), 0)
	begin(t, w, "a")
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if err := w.Do(t.Context(), noor, "a", note(7)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff([]string{"note 7"}, notes(t, w, noor, "a")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if err := w.Do(t.Context(), amira, "a", note(7)); !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("somebody else's command: %v", err)
	}
}

// Two programs on one log cannot happen with SQLite, which one program locks.
// With another store they may, and each then follows the other.
func TestTwoWorkspacesFollowEachOther(t *testing.T) {
	log := openLog(t)
	here, there := open(t, log, 0), open(t, log, 0)
	begin(t, here, "a")
	for n := range 6 {
		must(t, []*workspace.Workspace{here, there}[n%2], noor, "a", note(10+n))
	}
	must(t, here, noor, "a", note(16))
	same(t, see(t, open(t, log, 0), noor, "a"), see(t, here, noor, "a"))
	if got := len(notes(t, here, noor, "a")); got != 7 {
		t.Errorf("%d notes, want 7", got)
	}
}

var errElse = errors.New("the disk is on fire")

func TestWhatCannotBeStoredIsNotSeen(t *testing.T) {
	many := slices.Repeat([]error{journal.ErrConflict}, 8)
	for _, c := range []struct {
		name string
		errs []error
		want error
	}{
		{"full", []error{journal.ErrFull}, workspace.ErrFull},
		{"stopped", []error{journal.ErrStopped}, workspace.ErrStopped},
		{"something else", []error{errElse}, errElse},
		{"wrapped", []error{fmt.Errorf("append: %w", journal.ErrFull)}, workspace.ErrFull},
		{"another was first", []error{journal.ErrConflict}, nil},
		{"others were first", many[:7], nil},
		{"others are always first", many, journal.ErrConflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := &gate{Log: openLog(t)}
			w := open(t, log, 0)
			begin(t, w, "a")
			before := see(t, w, noor, "a")
			watch := w.Watch("a")
			defer watch.Close()

			log.before = failing(c.errs...)
			if err := w.Do(t.Context(), noor, "a", note(7)); !errors.Is(err, c.want) {
				t.Fatalf("Do: %v, want %v", err, c.want)
			}
			if c.want != nil {
				same(t, before, see(t, w, noor, "a"))
				if signalled(watch) {
					t.Error("those who look were told of a change that is not there")
				}
			}
			must(t, w, noor, "a", note(7))
			must(t, w, noor, "a", note(8))
			if got := len(notes(t, w, noor, "a")); got != 2 {
				t.Errorf("%d notes after it went well again, want 2", got)
			}
			same(t, see(t, open(t, log, 0), noor, "a"), see(t, w, noor, "a"))
		})
	}
}

// The log says that it failed, and yet it is stored: nobody is told that it
// is not there, and repeating the command settles it.
func TestStoredAfterAll(t *testing.T) {
	log := &gate{Log: openLog(t)}
	w := open(t, log, 0)
	begin(t, w, "a")
	log.after = failing(errElse)
	if err := w.Do(t.Context(), noor, "a", note(7)); !errors.Is(err, errElse) {
		t.Fatal(err)
	}
	for range 2 {
		must(t, w, noor, "a", note(7))
		if diff := cmp.Diff([]string{"note 7"}, notes(t, w, noor, "a")); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}

// unread is a log that cannot be read at first.
type unread struct {
	*gate
	fail func() error
}

func (u unread) Facts(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[samenspel.Fact, error] {
	if err := u.fail(); err != nil {
		return func(yield func(samenspel.Fact, error) bool) { yield(samenspel.Fact{}, err) }
	}
	return u.gate.Facts(ctx, id, after)
}

func TestAfterAFailedReadItIsReadAgain(t *testing.T) {
	log := &gate{Log: openLog(t)}
	begin(t, open(t, log, 0), "a")
	w := open(t, unread{log, failing(errElse, errElse)}, 0)
	if _, err := w.See(t.Context(), noor, "a", workspace.Look{}); !errors.Is(err, errElse) {
		t.Errorf("See: %v", err)
	}
	if err := w.Do(t.Context(), noor, "a", note(7)); !errors.Is(err, errElse) {
		t.Errorf("Do: %v", err)
	}
	if n := w.Loaded(); n != 0 {
		t.Errorf("%d alliances in memory", n)
	}
	must(t, w, noor, "a", note(7))
}

func TestMemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t, openLog(t), 2*workspace.EachAlliance+16)
		ids := []samenspel.AllianceID{"a", "b", "c", "d", "e"}
		for _, id := range ids {
			begin(t, w, id)
		}
		for round := range 3 {
			for _, id := range ids {
				must(t, w, noor, id, note(10+round))
				if got := len(notes(t, w, noor, id)); got != round+1 {
					t.Errorf("round %d: %s has %d notes", round, id, got)
				}
				synctest.Wait() // who answers clears up behind the answer
				if n := w.Loaded(); n != 2 {
					t.Errorf("%d alliances in memory, want 2", n)
				}
			}
		}
	})
}

func TestManyAlliancesAtOnceInLittleMemory(t *testing.T) {
	w := open(t, openLog(t), 1)
	const alliances, writers, each = 4, 8, 6
	table := func(n int) samenspel.AllianceID { return samenspel.AllianceID(fmt.Sprint("alliance-", n%alliances)) }
	for n := range alliances {
		begin(t, w, table(n))
	}
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			for n := range each {
				if err := w.Do(t.Context(), noor, table(writer), note(100*(writer+1)+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for n := range alliances {
		if got, want := len(notes(t, w, noor, table(n))), each*writers/alliances; got != want {
			t.Errorf("%s has %d notes, want %d", table(n), got, want)
		}
	}
}

func TestWhatDoesNotExistTakesNoRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := open(t, openLog(t), 0)
		for n := range 100 {
			id := samenspel.AllianceID(fmt.Sprint("guess-", n))
			if _, err := w.See(t.Context(), noor, id, workspace.Look{}); !errors.Is(err, samenspel.ErrNotFound) {
				t.Fatal(err)
			}
			if err := w.Do(t.Context(), noor, id, note(n)); !errors.Is(err, samenspel.ErrNotFound) {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if n := w.Loaded(); n != 0 {
			t.Errorf("%d alliances in memory", n)
		}
	})
}
