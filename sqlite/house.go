package sqlite

import (
	"context"
	"database/sql"

	"samenspel"
	"samenspel/house"
)

// House keeps what the organisation chose: a [house.Store].
type House struct{ db *DB }

var _ house.Store = House{}

// House gives the part of the database with what the organisation chose.
func (db *DB) House() House { return House{db} }

// Wordings gives the words for the activities in a language.
func (h House) Wordings(ctx context.Context, language string) (house.Wordings, error) {
	rows, err := h.db.read.QueryContext(ctx, `
		SELECT activity, name, about, origin FROM activity_wording WHERE language = ?`, language)
	if err != nil {
		return nil, fault(err)
	}
	defer rows.Close()
	words := house.Wordings{}
	for rows.Next() {
		var (
			activity samenspel.Activity
			w        house.Wording
		)
		if err := rows.Scan(&activity, &w.Name, &w.About, &w.Origin); err != nil {
			return nil, fault(err)
		}
		words[activity] = w
	}
	return words, fault(rows.Err())
}

// Word keeps the words for the activities in a language.
func (h House) Word(ctx context.Context, language string, words house.Wordings) error {
	return h.db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM activity_wording WHERE language = ?`, language); err != nil {
			return err
		}
		for activity, w := range words {
			if w == (house.Wording{}) {
				continue
			}
			_, err := tx.ExecContext(ctx, `
				INSERT INTO activity_wording (language, activity, name, about, origin) VALUES (?, ?, ?, ?, ?)`,
				language, activity, w.Name, w.About, w.Origin)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
