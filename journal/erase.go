package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"samenspel"
)

// errOwnKey says that somebody wanted the key gone that holds all facts of an
// alliance together.
var errOwnKey = errors.New("the alliance's own key holds its facts together")

// Erase destroys keys of an alliance, and the words that they sealed: those of
// a partner, of a statement with what stands beside it, of the name of a
// theme, or of a transcript.
// Facts stay and their chain holds; the words in them are empty from then on.
// Nobody may append to the alliance meanwhile. It may be repeated.
func (l *Log) Erase(ctx context.Context, id samenspel.AllianceID, holders ...samenspel.PartnerID) error {
	o, err := l.load(ctx, id)
	if err != nil {
		return fmt.Errorf("erase words: %w", err)
	}
	marks, seqs, err := l.erasing(ctx, o.ring, id, holders)
	if err != nil {
		return fmt.Errorf("erase words: %w", err)
	}
	defer l.drop(id)
	if err := l.store.Erase(ctx, id, marks, seqs); err != nil {
		return fmt.Errorf("erase words: %w", err)
	}
	return nil
}

// erasing makes the marks for keys that go, and finds the entries whose words
// go with them and lie under another key.
func (l *Log) erasing(ctx context.Context, r ring, id samenspel.AllianceID, holders []samenspel.PartnerID) (marks []WrappedKey, seqs []int64, err error) {
	for _, h := range holders {
		if h == "" {
			return nil, nil, errOwnKey
		}
		marks = append(marks, l.master.destroyed(id, h))
	}
	if len(marks) == 0 || r.data == nil {
		return marks, nil, nil
	}
	for e, err := range l.store.Entries(ctx, id, 0) {
		if err != nil {
			return nil, nil, err
		}
		if e.Words == nil || slices.Contains(holders, e.Holder) {
			continue
		}
		apart, err := l.sealedFor(r, id, e, holders)
		if err != nil {
			return nil, nil, err
		}
		if apart {
			seqs = append(seqs, e.Seq)
		}
	}
	return marks, seqs, nil
}

// Trace is what an erasure left in the log: for whom wants to see that it was
// done, and that nothing else changed.
type Trace struct {
	Entries int    // that lost their words
	Left    int    // that still have them
	Before  []byte // where the chain stood before the first fact of it
	After   []byte // and with the last
}

// Trace looks for what the destruction of keys left, and where the chain stood
// around the facts that tell of it.
func (l *Log) Trace(ctx context.Context, id samenspel.AllianceID, holders []samenspel.PartnerID, first, last int64) (Trace, error) {
	o, err := l.load(ctx, id)
	if err != nil {
		return Trace{}, fmt.Errorf("trace an erasure: %w", err)
	}
	var t Trace
	for e, err := range l.store.Entries(ctx, id, 0) {
		if err != nil {
			return Trace{}, fmt.Errorf("trace an erasure: %w", err)
		}
		switch e.Seq {
		case first - 1:
			t.Before = e.Chain
		case last:
			t.After = e.Chain
		}
		if e.WordsHash == nil {
			continue
		}
		mine, err := l.sealedFor(o.ring, id, e, holders)
		if err != nil {
			return Trace{}, fmt.Errorf("trace an erasure: %w", err)
		}
		switch {
		case mine && e.Words == nil:
			t.Entries++
		case mine:
			t.Left++
		}
	}
	return t, nil
}

// sealedFor reports whether the words of an entry go with one of these
// holders: they are under its key, or, from before each statement had a key,
// under that of a partner.
func (l *Log) sealedFor(r ring, id samenspel.AllianceID, e Entry, holders []samenspel.PartnerID) (bool, error) {
	if slices.Contains(holders, e.Holder) {
		return true, nil
	}
	if e.Holder == "" || strings.Contains(string(e.Holder), ":") {
		return false, nil
	}
	e.Words, e.WordsHash = nil, nil
	f, damage := r.open(l.codec, id, e)
	if damage != "" {
		return false, Finding{Alliance: id, Seq: e.Seq, Damage: damage}
	}
	s, ok := f.Event.(samenspel.Spoken)
	return ok && slices.Contains(holders, s.Holder()), nil
}
