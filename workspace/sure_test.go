package workspace_test

import (
	"testing"

	"samenspel"
)

// Who sends again what is there already is told so when it is sure that it is
// kept: the first answer may have failed because it was not.
func TestWhatIsSentAgainIsMadeSureOf(t *testing.T) {
	p := openTogether(t, 2)
	begin(t, p.each[0], "a")
	must(t, p.each[0], noor, "a", note(10))
	if got := p.made.Load(); got != 0 {
		t.Errorf("%d commands were made sure of that were kept just now", got)
	}
	must(t, p.each[1], noor, "a", note(10))
	if got := p.made.Load(); got != 1 {
		t.Errorf("%d commands were made sure of, 1 was sent again", got)
	}
	must(t, p.each[1], noor, "a", command(12, samenspel.EndAlliance{}))
	if got := p.made.Load(); got != 1 {
		t.Errorf("%d commands were made sure of, 1 was sent again", got)
	}
}
