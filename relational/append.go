package relational

import (
	"context"
	"database/sql"
	"fmt"

	"samenspel"
	"samenspel/journal"
)

var _ journal.Store = (*Tables)(nil)

// Append writes a batch.
func (t *Tables) Append(ctx context.Context, b journal.Batch) error {
	return t.engine.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := t.advance(ctx, tx, b); err != nil {
			return err
		}
		add := tx.StmtContext(ctx, t.addEntry)
		for _, e := range b.Entries {
			if _, err := add.ExecContext(ctx, b.Alliance, e.Seq, e.Kind, e.Version, e.Command,
				e.At.UnixNano(), e.Holder, e.Structure, e.Words, e.WordsHash, e.Chain); err != nil {
				return fmt.Errorf("add an entry: %w", err)
			}
		}
		for _, k := range b.Keys {
			if _, err := tx.StmtContext(ctx, t.addKey).ExecContext(ctx,
				b.Alliance, k.Use, k.Holder, bit(k.Destroyed), k.Sealed); err != nil {
				return fmt.Errorf("add a key: %w", err)
			}
		}
		for _, m := range b.Members {
			if err := seat(ctx, tx, m); err != nil {
				return fmt.Errorf("write a member: %w", err)
			}
		}
		if err := erase(ctx, tx, b.Alliance, b.Destroyed, b.Emptied); err != nil || len(b.Access) == 0 {
			return err
		}
		return t.addAccess(ctx, tx, b.Link, b.Access)
	})
}

// advance moves the head, or begins the alliance, if it stands where the
// writer thinks.
func (t *Tables) advance(ctx context.Context, tx *sql.Tx, b journal.Batch) error {
	if b.Register != nil {
		if err := register(ctx, tx, *b.Register); err != nil {
			return err
		}
	}
	if b.After > 0 {
		return moved(tx.StmtContext(ctx, t.moveHead).ExecContext(ctx,
			b.Head.Seq, b.Head.Chain, b.Head.MAC, b.Alliance, b.After, b.Behind))
	}
	return moved(tx.ExecContext(ctx, `
		INSERT INTO head (alliance, number, seq, chain, mac) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`,
		b.Alliance, b.Head.Number, b.Head.Seq, b.Head.Chain, b.Head.MAC))
}

// register writes the register if it follows on the one that stands there.
func register(ctx context.Context, tx *sql.Tx, r journal.Register) error {
	if r.Alliances > 1 {
		return moved(tx.ExecContext(ctx, `UPDATE register SET alliances = $1, mac = $2 WHERE alliances = $3`,
			r.Alliances, r.MAC, r.Alliances-1))
	}
	return moved(tx.ExecContext(ctx, `
		INSERT INTO register (one, alliances, mac) VALUES (1, $1, $2) ON CONFLICT DO NOTHING`,
		r.Alliances, r.MAC))
}

// moved gives ErrConflict when no row was changed.
func moved(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err == nil && n == 0 {
		err = journal.ErrConflict
	}
	return err
}

func seat(ctx context.Context, tx *sql.Tx, m journal.Member) error {
	if !m.Here {
		_, err := tx.ExecContext(ctx, `UPDATE member SET here = 0 WHERE alliance = $1 AND partner = $2`,
			m.Alliance, m.Partner)
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO member (alliance, partner, person, here) VALUES ($1, $2, $3, 1)
		ON CONFLICT (alliance, partner) DO UPDATE SET person = excluded.person, here = 1`,
		m.Alliance, m.Partner, m.Person)
	return err
}

// erase marks keys as destroyed and removes the words sealed with them.
func erase(ctx context.Context, tx *sql.Tx, id samenspel.AllianceID, marks []journal.WrappedKey, emptied []int64) error {
	for _, mark := range marks {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO wrapped_key (alliance, used_for, holder, destroyed, sealed) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (alliance, used_for, holder) DO UPDATE SET destroyed = excluded.destroyed, sealed = excluded.sealed`,
			id, mark.Use, mark.Holder, bit(mark.Destroyed), mark.Sealed); err != nil {
			return fmt.Errorf("destroy a key: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE entry SET words = NULL WHERE alliance = $1 AND holder = $2`,
			id, mark.Holder); err != nil {
			return fmt.Errorf("remove words: %w", err)
		}
	}
	for _, seq := range emptied {
		if _, err := tx.ExecContext(ctx, `UPDATE entry SET words = NULL WHERE alliance = $1 AND seq = $2`, id, seq); err != nil {
			return fmt.Errorf("remove words: %w", err)
		}
	}
	return nil
}

// Erase marks keys as destroyed and removes the words sealed with them; then it
// takes out of the files what is left of both. It may be repeated.
func (t *Tables) Erase(ctx context.Context, id samenspel.AllianceID, marks []journal.WrappedKey, emptied []int64) error {
	err := t.engine.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return erase(ctx, tx, id, marks, emptied)
	})
	if err != nil {
		return err
	}
	return t.engine.Scrub(ctx, id)
}
