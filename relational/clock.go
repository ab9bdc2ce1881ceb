package relational

import (
	"context"
	"fmt"
	"time"
)

// LastFact is the query for when the newest fact was written, by the clock of
// who wrote it, in nanoseconds since 1970; NULL when there is none.
const LastFact = `SELECT max(entry.at) FROM head JOIN entry ON entry.alliance = head.alliance AND entry.seq = head.seq`

// LastFact gives when the newest fact was written, by the clock of who wrote it;
// the zero time when there is none.
func (t *Tables) LastFact(ctx context.Context) (last time.Time, err error) {
	var at *int64
	if err := t.read.QueryRowContext(ctx, LastFact).Scan(&at); err != nil {
		return last, fmt.Errorf("read the newest fact: %w", t.fault(err))
	}
	if at != nil {
		last = time.Unix(0, *at).UTC()
	}
	return last, nil
}
