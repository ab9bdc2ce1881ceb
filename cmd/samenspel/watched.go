package main

import (
	"context"
	"errors"
	"time"

	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/journal"
	"samenspel/meter"
)

// store is what the log and the access log are kept in.
type store interface {
	journal.Store
	accesslog.Store
}

// watched is a store of which is counted how it does.
type watched struct {
	store
	meter *meter.Meter
}

// Append counts what it comes to, and how long it takes until it is durable.
func (w watched) Append(ctx context.Context, b journal.Batch) error {
	began := time.Now()
	err := w.store.Append(ctx, b)
	w.meter.Appended(len(b.Entries), outcome(err), time.Since(began))
	return err
}

// AddAccess waits no longer than its context. When a disk does not answer it may
// still be written afterwards: then it says that somebody looked at what they
// were not shown, which harms nobody.
func (w watched) AddAccess(ctx context.Context, link accesslog.Linker, lines []accesslog.Line) error {
	err := within(ctx, func(ctx context.Context) error { return w.store.AddAccess(ctx, link, lines) })
	w.meter.Noted(len(lines), outcome(err))
	return err
}

func outcome(err error) meter.Outcome {
	switch {
	case err == nil:
		return meter.Stored
	case errors.Is(err, journal.ErrConflict):
		return meter.Conflict
	case errors.Is(err, journal.ErrFull):
		return meter.Full
	case errors.Is(err, journal.ErrStopped):
		return meter.Stopped
	case errors.Is(err, journal.ErrAway):
		return meter.Away
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return meter.Slow
	}
	return meter.Failed
}

// within waits for work no longer than a context. The work itself goes on: a
// disk that stalls cannot be told to stop.
func within(ctx context.Context, work func(context.Context) error) error {
	if ctx.Done() == nil {
		return work(ctx)
	}
	ended := make(chan error, 1)
	go func() { ended <- work(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// calmAccounts are accounts that keep nobody waiting for what can be left out.
type calmAccounts struct{ account.Store }

// renewing is how long it may take to write that a session was used.
const renewing = 2 * time.Second

// Renew gives up when the disk does not answer: the session then counts as used
// when it last was, and people can go on reading.
func (a calmAccounts) Renew(ctx context.Context, token account.Hash, at time.Time) error {
	ctx, stop := context.WithTimeout(ctx, renewing)
	defer stop()
	return within(ctx, func(ctx context.Context) error { return a.Store.Renew(ctx, token, at) })
}
