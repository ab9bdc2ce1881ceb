package journal

import (
	"context"
	"time"

	"samenspel"
)

// Looks keeps who has looked. It stands beside the log and not in it: a look
// changes nothing that others see, and must not make them wait in line.
//
// What is added is durable and whole when the answer is nil, and not there at
// all when it is an error: ErrFull and ErrStopped among them. Package
// lookstest holds the tests that every one passes.
type Looks interface {
	// AddLooks keeps lines of one alliance. A line that is there already stays
	// one line. Times are cut to whole milliseconds.
	AddLooks(ctx context.Context, id samenspel.AllianceID, lines []samenspel.Looked) error
	// LooksAt gives lines of one alliance, the newest first.
	LooksAt(ctx context.Context, id samenspel.AllianceID, which WhichLooks) ([]samenspel.Looked, error)
}

// WhichLooks are looks at one partner's world, by others than they themselves.
type WhichLooks struct {
	At    samenspel.PartnerID // whose world
	Since time.Time           // with those at the place as a whole since then; zero for without
	By    samenspel.PartnerID // of this one alone, or "" for all
	Until time.Time           // not after this moment; zero for all
	Most  int                 // how many at most
}
