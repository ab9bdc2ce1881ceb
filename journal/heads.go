package journal

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"samenspel"
)

// Heads gives where every alliance stands, in the order of beginning.
func (l *Log) Heads(ctx context.Context) ([]Head, error) {
	ids, err := l.store.Alliances(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the heads: %w", err)
	}
	var heads []Head
	for _, id := range ids {
		h, err := l.store.Head(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read the heads: %w", err)
		}
		if h.Seq > 0 {
			heads = append(heads, h)
		}
	}
	slices.SortFunc(heads, func(a, b Head) int { return cmp.Compare(a.Number, b.Number) })
	return heads, nil
}

// Follows reports each alliance that does not stand where heads of an earlier
// moment, kept elsewhere, say that it stood, or further: then the database was
// put back, or is another one. Of the heads it uses the number, the sequence
// number and the beginning of the chain value.
func (l *Log) Follows(ctx context.Context, earlier []Head, report func(Finding)) error {
	heads, err := l.Heads(ctx)
	if err != nil {
		return err
	}
	now := map[int64]Head{}
	for _, h := range heads {
		now[h.Number] = h
	}
	for _, before := range earlier {
		h, there := now[before.Number]
		switch {
		case !there:
			report(Finding{Seq: before.Number, Damage: AllianceMissing})
			continue
		case h.Seq < before.Seq:
			report(Finding{Alliance: h.Alliance, Seq: h.Seq, Damage: HeadEarlier})
			continue
		}
		same, err := l.passed(ctx, h.Alliance, before)
		if err != nil {
			return fmt.Errorf("compare with an earlier head: %w", err)
		}
		if !same {
			report(Finding{Alliance: h.Alliance, Seq: before.Seq, Damage: HeadOther})
		}
	}
	return nil
}

// passed reports whether the chain came by an earlier head.
func (l *Log) passed(ctx context.Context, id samenspel.AllianceID, before Head) (bool, error) {
	for e, err := range l.store.Entries(ctx, id, before.Seq-1) {
		if err != nil {
			return false, err
		}
		return e.Seq == before.Seq && len(before.Chain) > 0 && bytes.HasPrefix(e.Chain, before.Chain), nil
	}
	return false, nil
}
