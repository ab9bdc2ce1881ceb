package journal

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
)

// changesNone are the kinds of event that change nothing in who may see what,
// who sits at the table, or who has a way in: what was said in a world whose
// audience stays as it was. A new kind stands here or leaves a line.
var changesNone = strings.Fields(`
	erasure.answered erasure.asked erasure.dropped basis.set care.agreed care.withdrawn scratch.written scratch.gone
	birth.told authority.told able.told parent.stays authority.ended
	activity.moved activity.turned agreement.answered agreement.fulfilled agreement.renewed agreement.reopened
	agreement.restored agreement.withdrawn around.linked around.moved around.named around.put around.removed
	around.restored around.tied around.untied change.restored change.told change.withdrawn dialogue.begun
	dialogue.cancelled dialogue.ended dialogue.reset dialogue.restored emotion.brought emotion.declined
	emotion.kept_open emotion.met emotion.named emotion.noticed emotion.recognised emotion.reset
	friction.grounded friction.mended friction.reopened friction.restored friction.signalled friction.withdrawn
	help.asked help.given help.needed help.withdrawn layer.set_aside layer.taken_up line.corrected line.struck
	lines.laid mirror.answered mirror.taken_back note.restored note.withdrawn note.written option.considered
	option.restored option.withdrawn pace.set renewal.undone repair.offered repair.restored repair.withdrawn
	scale.entered scale.restored scale.withdrawn speaker.named speakers.confirmed statement.brought
	statement.confirmed statement.placed statement.restored statement.reworded statement.withdrawn story.brought
	theme.brought theme.named theme.restored theme.withdrawn themes.ordered topic.put topic.restored topic.settled
	topic.withdrawn transcript.asked transcript.gone transcript.laid turn.given view.put view.restored
	view.withdrawn wind.set words.laid words.taken_back`)

func TestEveryChangeOfRightsLeavesALine(t *testing.T) {
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, event := range samples {
		line, changes := accessOf(context.Background(), "a", samenspel.Fact{Person: "p", By: "q", Command: "c", At: at, Event: event})
		if changes == slices.Contains(changesNone, event.Kind()) {
			t.Errorf("%s changes rights: %v, and it is in the list of those that change none", event.Kind(), changes)
		}
		if changes && (line.Chain != "a" || line.Person != "p" || line.Partner != "q" || line.What == "" || line.Purpose == "" || !line.At.Equal(at)) {
			t.Errorf("%s leaves %+v", event.Kind(), line)
		}
	}
	for _, kind := range changesNone {
		if samenspel.NewEvent(kind) == nil {
			t.Errorf("%s is no kind", kind)
		}
	}
	alone := &samenspel.StatementWorded{Statement: "s", About: "q"}
	if _, changes := accessOf(context.Background(), "a", samenspel.Fact{Event: alone}); changes {
		t.Error("words for oneself alone give nobody a right")
	}
	overdue, _ := accessOf(context.Background(), "a", samenspel.Fact{By: "q", Event: &samenspel.PartnerLeft{Partner: "q"}})
	if overdue.Purpose != accesslog.ForTheProgram {
		t.Errorf("what the program did is for %q", overdue.Purpose)
	}
}
