package relational

import (
	"context"
	"database/sql"

	"samenspel"
	"samenspel/house"
)

// House keeps what the organisation chose: a [house.Store].
type House struct{ t *Tables }

var _ house.Store = House{}

// House gives the part of the database with what the organisation chose.
func (t *Tables) House() House { return House{t} }

// Wordings gives the words for the activities in a language.
func (h House) Wordings(ctx context.Context, language string) (house.Wordings, error) {
	words, err := wordings(h.t.read.QueryContext(ctx, worded, language))
	return words, h.t.fault(err)
}

const worded = `SELECT activity, name, about, origin FROM activity_wording WHERE language = $1`

func wordings(rows *sql.Rows, err error) (house.Wordings, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	words := house.Wordings{}
	for rows.Next() {
		var (
			activity samenspel.Activity
			w        house.Wording
		)
		if err := rows.Scan(&activity, &w.Name, &w.About, &w.Origin); err != nil {
			return nil, err
		}
		words[activity] = w
	}
	return words, rows.Err()
}

// Word keeps the words for the activities in a language.
func (h House) Word(ctx context.Context, language, was string, words house.Wordings) error {
	return h.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		now, err := wordings(tx.QueryContext(ctx, worded, language))
		if err == nil && now.Changed(was, words) {
			err = samenspel.ErrChanged
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM activity_wording WHERE language = $1`, language); err != nil {
			return err
		}
		for activity, w := range words {
			if w == (house.Wording{}) {
				continue
			}
			_, err := tx.ExecContext(ctx, `
				INSERT INTO activity_wording (language, activity, name, about, origin) VALUES ($1, $2, $3, $4, $5)`,
				language, activity, w.Name, w.About, w.Origin)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Terms gives the terms that the organisation added.
func (h House) Terms(ctx context.Context) ([]house.Term, error) {
	return every(ctx, h.t, func(r scanner) (t house.Term, err error) {
		err = r.Scan(&t.Word, &t.Name, &t.Years, &t.Months, &t.Weeks, &t.From, &t.Source)
		return t, err
	}, `SELECT word, name, years, months, weeks, counted, source FROM own_term ORDER BY word`)
}

// AddTerm keeps a term in the place of one with the same word.
func (h House) AddTerm(ctx context.Context, t house.Term) error {
	return h.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO own_term (word, name, years, months, weeks, counted, source) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (word) DO UPDATE SET name = excluded.name, years = excluded.years, months = excluded.months,
				weeks = excluded.weeks, counted = excluded.counted, source = excluded.source`,
			t.Word, t.Name, t.Years, t.Months, t.Weeks, t.From, t.Source)
		return err
	})
}

// DropTerm takes a term away.
func (h House) DropTerm(ctx context.Context, word string) error {
	return h.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM own_term WHERE word = $1`, word)
		return err
	})
}
