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
		if e.Words == nil || e.Holder == "" || strings.Contains(string(e.Holder), ":") || slices.Contains(holders, e.Holder) {
			continue
		}
		e.Words, e.WordsHash = nil, nil
		f, damage := r.open(l.codec, id, e)
		if damage != "" {
			return nil, nil, Finding{Alliance: id, Seq: e.Seq, Damage: damage}
		}
		if s, ok := f.Event.(samenspel.Spoken); ok && slices.Contains(holders, s.Holder()) {
			seqs = append(seqs, e.Seq)
		}
	}
	return marks, seqs, nil
}
