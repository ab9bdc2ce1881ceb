package workspace

import (
	"context"

	"samenspel"
)

// Others are the other programs that use the same log at the same time. They
// tell each other which alliances to look at again, by their ids and nothing
// else, and see for themselves what changed.
type Others interface {
	// Tell wakes who looks at these alliances in the other programs. What they
	// will find is durable by then. An error means that it may not have been
	// told; telling it twice does no harm.
	Tell(ctx context.Context, ids ...samenspel.AllianceID) error
	// Stand gives where alliances stand, in one question: the sequence number
	// of the head, with everything that any program was told is durable before
	// it was asked. One that was destroyed stands one further than its last
	// fact; one that has not begun is not in the answer, or is 0 there.
	Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error)
	// Hear calls heard with what other programs tell, until ctx ends or it can
	// no longer be sure that it hears; then it gives an error. A silence of a
	// few seconds is made sure of by asking. It leaves out what this program
	// told itself. It calls heard without ids when it begins to hear, and
	// whenever something may have been lost: then anything may have changed.
	// Heard comes back at once, and is not called by two at once.
	Hear(ctx context.Context, heard func(ids ...samenspel.AllianceID)) error
}
