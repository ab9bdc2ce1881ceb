package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"samenspel/journal"
)

// Moved says what was brought over.
type Moved struct {
	Tables map[string]int64 // rows
	journal.Summary
}

// Move brings all of a store over into another that is new: the log, the keys,
// and what lets people in. Nobody may write meanwhile. Every table is read back
// and every chain verified before the new store is kept; when anything is not as
// it was, nothing is left of it.
func Move(ctx context.Context, from Snapshot, to Copy, master *journal.Master) (done Moved, err error) {
	defer func() { err = errors.Join(err, to.Close()) }()
	r := restoration{Restoration: Restoration{Master: master}, copy: to, ends: map[Part]End{}}
	done.Tables = map[string]int64{}
	for _, part := range []Part{Data, Keys, Door} {
		end, err := r.bring(ctx, from, part)
		if err != nil {
			return Moved{}, fmt.Errorf("move: %w", err)
		}
		for table, count := range end.Tables {
			done.Tables[table] = count.Rows
		}
	}
	heads, err := from.Heads(ctx)
	if err == nil {
		r.ends[Data] = End{Heads: digest(heads)}
		done.Summary, err = r.check(ctx)
	}
	if err == nil {
		err = to.Keep()
	}
	if err != nil {
		return Moved{}, fmt.Errorf("move: %w", err)
	}
	return done, nil
}

// bring fills the tables of a part, and holds what is there then against what
// they came from, to the byte.
func (r *restoration) bring(ctx context.Context, from Snapshot, part Part) (End, error) {
	tables, err := from.Tables(ctx, part)
	if err != nil {
		return End{}, err
	}
	for _, t := range tables {
		err := r.copy.Fill(ctx, t, func(row func([]any) error) error {
			for values, err := range from.Rows(ctx, t) {
				if err == nil {
					err = row(values)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return End{}, err
		}
	}
	was, err := sumOf(ctx, from, part)
	if err != nil {
		return End{}, err
	}
	is, err := sumOf(ctx, r.copy, part)
	if err != nil {
		return End{}, err
	}
	for table, want := range was.Tables {
		if got := is.Tables[table]; got != want {
			return End{}, damaged("table %s came over with %d rows of %d, or with others", table, got.Rows, want.Rows)
		}
	}
	return is, nil
}

// sumOf says how much of each table of a part is there.
func sumOf(ctx context.Context, of Snapshot, part Part) (End, error) {
	w, err := newWriter(io.Discard, Header{Part: part, Schema: of.Version(), Moment: time.Unix(0, 0)})
	if err == nil {
		err = walk(ctx, of, part, w)
	}
	if err != nil {
		return End{}, err
	}
	return w.finish("")
}
