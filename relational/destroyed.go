package relational

import (
	"context"
	"database/sql"
	"fmt"

	"samenspel"
	"samenspel/journal"
)

// Destroy puts a mark in the place of all keys of an alliance and removes all
// that was sealed with them, and who was there; then it takes out of the files
// what is left of it.
func (t *Tables) Destroy(ctx context.Context, d journal.Destruction) error {
	err := t.engine.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := moved(tx.StmtContext(ctx, t.moveHead).ExecContext(ctx,
			d.Head.Seq, d.Head.Chain, d.Head.MAC, d.Alliance, d.After, d.Behind)); err != nil {
			return err
		}
		for _, table := range []string{"entry", "wrapped_key", "member"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE alliance = $1`, d.Alliance); err != nil {
				return fmt.Errorf("remove what was sealed: %w", err)
			}
		}
		if _, err := tx.StmtContext(ctx, t.addKey).ExecContext(ctx,
			d.Alliance, d.Mark.Use, d.Mark.Holder, bit(d.Mark.Destroyed), d.Mark.Sealed); err != nil {
			return fmt.Errorf("put the mark: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO destroyed (alliance, entries, at, record) VALUES ($1, $2, $3, $4)`,
			d.Alliance, d.Entries, d.At.UnixMilli(), d.Record); err != nil {
			return fmt.Errorf("keep the record: %w", err)
		}
		for _, p := range d.Persons {
			if _, err := tx.ExecContext(ctx, `INSERT INTO destroyed_person (person, alliance) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
				p, d.Alliance); err != nil {
				return fmt.Errorf("keep who may ask: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.engine.Scrub(ctx, d.Alliance)
}

// scratched finds words of a scratch pad.
const scratched = `SELECT DISTINCT alliance FROM entry WHERE kind = 'scratch.written' AND words IS NOT NULL ORDER BY alliance`

// born finds days of birth.
const born = `SELECT DISTINCT alliance FROM entry WHERE kind = 'birth.told' AND words IS NOT NULL ORDER BY alliance`

// leftOf reads what is left of destroyed alliances: of all, or of a person's.
const leftOf = `
	SELECT alliance, number, entries, at, record FROM destroyed JOIN head USING (alliance)
	WHERE $1 = '' OR EXISTS (SELECT 1 FROM destroyed_person p WHERE p.person = $1 AND p.alliance = destroyed.alliance)
	ORDER BY at DESC, alliance`

// Destroyed gives what is left of destroyed alliances.
func (t *Tables) Destroyed(ctx context.Context, person samenspel.PersonID) ([]journal.Destroyed, error) {
	list, err := rows(ctx, t, t.destroyed, func(r scanner) (d journal.Destroyed, err error) {
		var at int64
		err = r.Scan(&d.Alliance, &d.Number, &d.Entries, &at, &d.Record)
		d.At = moment(at)
		return d, err
	}, person)
	if err != nil {
		return nil, fmt.Errorf("read what was destroyed: %w", err)
	}
	return list, nil
}

// Kept gives the alliances of which somebody said how long they are kept.
func (t *Tables) Kept(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.kept)
}

// Scratches gives the alliances in which words of a scratch pad are stored.
func (t *Tables) Scratches(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.scratches)
}

// Young gives the alliances in which a day of birth is stored.
func (t *Tables) Young(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.young)
}

// Decided gives the alliances of which it was decided to destroy them.
func (t *Tables) Decided(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.decided)
}
