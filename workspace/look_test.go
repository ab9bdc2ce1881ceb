package workspace_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/workspace"
)

// lookGate is a real store of looks with a place where a test may stand.
type lookGate struct {
	*accesslog.Log
	before func() error
	writes atomic.Int64
}

func (g *lookGate) Add(ctx context.Context, lines []accesslog.Line) error {
	if slices.ContainsFunc(lines, func(l accesslog.Line) bool { return l.Told }) {
		g.writes.Add(1)
	}
	if g.before != nil {
		if err := g.before(); err != nil {
			return err
		}
	}
	return g.Log.Add(ctx, lines)
}

// looking is a workspace whose looks are kept, with a clock that a test moves.
type looking struct {
	*workspace.Workspace
	looks *lookGate
	later time.Duration
}

func openLooking(t testing.TB) *looking {
	t.Helper()
	dir := eachstore.Folder(t)
	master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	db := eachstore.Opened(t, dir)
	l := &looking{looks: &lookGate{Log: accesslog.New(db, master)}}
	l.Workspace = workspace.New(journal.New(db, master), l.looks, 0)
	l.Now = func() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC).Add(l.later) }
	begin(t, l.Workspace, "a")
	return l
}

var (
	noorAt  = samenspel.PartnerID(commandID(1))
	amiraAt = samenspel.PartnerID(commandID(2))
)

// at looks at the world of one partner.
func at(what string, whose ...samenspel.PartnerID) workspace.Look {
	return workspace.Look{What: what, About: func(*samenspel.Seen) ([]samenspel.PartnerID, error) { return whose, nil }}
}

func (l *looking) look(t testing.TB, who samenspel.PersonID, look workspace.Look) {
	t.Helper()
	if _, err := l.See(t.Context(), who, "a", look); err != nil {
		t.Fatal(err)
	}
}

// told gives what somebody is told, as minutes after ten, who, whose and what.
func (l *looking) told(t testing.TB, who samenspel.PersonID) []samenspel.Looked {
	t.Helper()
	lines, err := l.Looked(t.Context(), see(t, l.Workspace, who, "a"), "", time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func (l *looking) line(by, about samenspel.PartnerID, what string, later time.Duration) samenspel.Looked {
	at := l.Now().Add(later - l.later)
	return samenspel.Looked{By: by, About: about, What: what, At: at}
}

func tells(t testing.TB, got []samenspel.Looked, want ...samenspel.Looked) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWhoLooksLeavesALine(t *testing.T) {
	l := openLooking(t)
	l.look(t, noor, at("picture", amiraAt))
	l.look(t, noor, at("picture", noorAt)) // their own
	l.look(t, noor, workspace.Look{})      // nothing of anybody
	l.look(t, noor, at("words"))           // of nobody
	l.later = time.Minute
	l.look(t, amira, workspace.Look{What: "home"})
	tells(t, l.told(t, amira), l.line(noorAt, amiraAt, "picture", 0))
	tells(t, l.told(t, noor), l.line(amiraAt, "", "home", time.Minute))
	l.later = 2 * time.Minute
	l.look(t, noor, at("agreement", noorAt, amiraAt))
	tells(t, l.told(t, amira), l.line(noorAt, amiraAt, "agreement", 2*time.Minute), l.line(noorAt, amiraAt, "picture", 0))
}

// A line stands for what the same partner looks at again within some minutes,
// and for nothing else.
func TestOneLineForSeveralLooks(t *testing.T) {
	l := openLooking(t)
	for _, later := range []time.Duration{0, time.Second, workspace.SameLook - 1, workspace.SameLook, workspace.SameLook + time.Minute} {
		l.later = later
		l.look(t, noor, at("picture", amiraAt))
	}
	want := []samenspel.Looked{l.line(noorAt, amiraAt, "picture", workspace.SameLook), l.line(noorAt, amiraAt, "picture", 0)}
	tells(t, l.told(t, amira), want...)
	if n := l.looks.writes.Load(); n != 2 {
		t.Errorf("%d writes, want 2", n)
	}
	l.look(t, noor, at("layer", amiraAt)) // something else
	if n := l.looks.writes.Load(); n != 3 {
		t.Errorf("%d writes, want 3", n)
	}
	l.later = -time.Hour // the clock was put back: better one line too many
	l.look(t, noor, at("picture", amiraAt))
	if n := l.looks.writes.Load(); n != 4 {
		t.Errorf("%d writes, want 4", n)
	}
}

// Who keeps looking leaves a line when they see something new, and nothing is
// given before it is kept.
func TestWhoKeepsLooking(t *testing.T) {
	l := openLooking(t)
	look := at("picture", amiraAt)
	look.New = func(*samenspel.Seen) bool { return false }
	l.look(t, noor, look)
	tells(t, l.told(t, amira))
	look.New = func(seen *samenspel.Seen) bool { return seen.You == noorAt }
	l.look(t, noor, look)
	tells(t, l.told(t, amira), l.line(noorAt, amiraAt, "picture", 0))
}

func TestALookThatCannotBeNotedShowsNothing(t *testing.T) {
	for _, fault := range []error{workspace.ErrFull, workspace.ErrStopped, errors.New("else")} {
		l := openLooking(t)
		l.looks.before = func() error { return fault }
		for range 2 {
			seen, err := l.See(t.Context(), noor, "a", at("picture", amiraAt))
			if seen != nil || !errors.Is(err, fault) || !errors.Is(err, workspace.ErrNotNoted) {
				t.Errorf("%v: See = %v, %v", fault, seen, err)
			}
		}
		l.look(t, noor, at("picture", noorAt))
		l.looks.before = nil
		l.look(t, noor, at("picture", amiraAt))
		l.looks.before = func() error { return fault }
		l.look(t, noor, at("picture", amiraAt)) // a line stands for it
		tells(t, l.told(t, amira), l.line(noorAt, amiraAt, "picture", 0))
	}
}

// What is not there is not looked at.
func TestWhatIsNotThereLeavesNoLine(t *testing.T) {
	l := openLooking(t)
	missing := workspace.Look{What: "words", About: func(*samenspel.Seen) ([]samenspel.PartnerID, error) { return nil, samenspel.ErrNotFound }}
	if seen, err := l.See(t.Context(), noor, "a", missing); seen != nil || !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("See = %v, %v", seen, err)
	}
	if _, err := l.See(t.Context(), bram, "a", workspace.Look{What: "home"}); !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("See: %v", err)
	}
	if n := l.looks.writes.Load(); n != 0 {
		t.Errorf("%d writes", n)
	}
}

// Whoever comes later is told of what concerns them, and not of who was
// looking around before.
func TestWhoComesLaterHearsWhatIsTheirs(t *testing.T) {
	l := openLooking(t)
	must(t, l.Workspace, noor, "a", command(4, samenspel.InvitePartner{Role: samenspel.BonusPartner, Name: samenspel.Say("Bram")}))
	bramAt := samenspel.PartnerID(commandID(4))
	l.look(t, noor, workspace.Look{What: "home"})
	l.look(t, noor, at("picture", bramAt))
	l.later = time.Hour
	must(t, l.Workspace, bram, "a", command(5, samenspel.JoinAlliance{Partner: bramAt}))
	l.look(t, amira, workspace.Look{What: "home"})
	tells(t, l.told(t, bram), l.line(amiraAt, "", "home", time.Hour), l.line(noorAt, bramAt, "picture", 0))
	last, err := l.LastLooked(t.Context(), see(t, l.Workspace, bram, "a"))
	if err != nil || last == nil {
		t.Fatal(last, err)
	}
	tells(t, []samenspel.Looked{*last}, l.line(noorAt, bramAt, "picture", 0))
	if last, err := l.LastLooked(t.Context(), see(t, l.Workspace, amira, "a")); last != nil || err != nil {
		t.Errorf("nobody looked at Amira: %v, %v", last, err)
	}
}
