package workspace_test

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"samenspel"
	"samenspel/workspace"
)

// TestTheSameEyesShareWhatTheySee: what one person sees is made once, until
// something changes; nobody gets what another sees.
func TestTheSameEyesShareWhatTheySee(t *testing.T) {
	l := openLooking(t)
	first := see(t, l.Workspace, amira, "a")
	if see(t, l.Workspace, amira, "a") != first {
		t.Error("it was made again while nothing changed")
	}
	if other := see(t, l.Workspace, noor, "a"); other == first || other.You != noorAt {
		t.Errorf("noor looks through the eyes of %s", other.You)
	}
	must(t, l.Workspace, amira, "a", command(10, samenspel.WordStatement{Words: samenspel.Say("new"), Chosen: true}))
	if then := see(t, l.Workspace, amira, "a"); then == first || len(then.Statements) != len(first.Statements)+1 {
		t.Error("what was said is not seen")
	}
	runtime.KeepAlive(first)
}

// TestWhoKeepsLookingIsToldThatNothingChanged: and no longer than they may look.
func TestWhoKeepsLookingIsToldThatNothingChanged(t *testing.T) {
	l := openLooking(t)
	mark := workspace.Mark{}
	again := func() error {
		_, err := l.See(t.Context(), amira, "a", workspace.Look{What: "picture", Mark: &mark})
		return err
	}
	wants := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%s: %v, not %v", what, err, want)
		}
	}
	wants("the first look", again(), nil)
	wants("the second", again(), workspace.ErrSame)
	must(t, l.Workspace, noor, "a", command(10, samenspel.WriteNote{Words: samenspel.Say("of noor alone")}))
	wants("after a change", again(), nil)
	wants("after that", again(), workspace.ErrSame)
	l.later = 5 * time.Minute
	wants("after five minutes", again(), nil)
	l.later = 0
	wants("with the clock put back", again(), nil)
	must(t, l.Workspace, amira, "a", command(11, samenspel.LeaveAlliance{Partner: amiraAt}))
	wants("once they left", again(), samenspel.ErrNotFound)
}

// TestWhoActsIsNotShownTheRest: only who they are, and only at their own table.
func TestWhoActsIsNotShownTheRest(t *testing.T) {
	l := openLooking(t)
	must(t, l.Workspace, amira, "a", command(10, samenspel.WordStatement{Words: samenspel.Say("hers"), Chosen: true}))
	acts := workspace.Look{What: "tell", Acts: true}
	seen, err := l.See(t.Context(), amira, "a", acts)
	if err != nil || seen.You != amiraAt || len(seen.Statements) != 0 || len(seen.Partners) != 1 {
		t.Errorf("%+v, %v", seen, err)
	}
	tells(t, l.told(t, noor), l.line(amiraAt, "", "tell", 0))
	if _, err := l.See(t.Context(), "person-nobody", "a", acts); !errors.Is(err, samenspel.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
}
