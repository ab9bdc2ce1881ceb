package main

import (
	"context"
	"log/slog"
	"time"
)

// clockOff is how far clocks may stand from each other before that is said.
const clockOff = time.Minute

// timepiece looks whether the clock of this machine can be right. What has reached
// its date goes for good, so nothing goes by a clock that is wrong.
type timepiece struct {
	db  database
	log *slog.Logger
}

// right reports whether nothing speaks against the clock of this machine, and
// says in the log what does.
func (c timepiece) right(ctx context.Context, now time.Time) bool {
	last, err := c.db.LastFact(ctx)
	if err != nil {
		return c.unseen(ctx, err)
	}
	if last.After(now.Add(clockOff)) {
		c.log.Error("the clock of this machine stands before what was written last: set it right; until then nothing goes that has reached its date",
			"clock", now.UTC().Format(time.RFC3339), "last", last.Format(time.RFC3339))
		return false
	}
	server, several := c.db.(interface {
		Clock(context.Context) (time.Time, error)
	})
	if !several {
		return true
	}
	other, err := server.Clock(ctx)
	if err != nil {
		return c.unseen(ctx, err)
	}
	if off := other.Sub(now).Abs(); off > clockOff {
		c.log.Error("the clocks of this machine and of the database server differ: set them right; until then nothing goes that has reached its date",
			"differ", off.Round(time.Second).String())
		return false
	}
	return true
}

// unseen says that it cannot be seen, unless the program stops.
func (c timepiece) unseen(ctx context.Context, err error) bool {
	if ctx.Err() == nil {
		c.log.Error("whether the clock is right cannot be seen", "error", err)
	}
	return false
}
