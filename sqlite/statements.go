package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// statements are prepared once, for what is done often.
type statements struct {
	savepoint, undo, release       *sql.Stmt
	addEntry, moveHead, addKey     *sql.Stmt
	alliances, head, entries, keys *sql.Stmt
	members, seats, register       *sql.Stmt
	transcripts, kept, decided     *sql.Stmt
	destroyed, scratches, young    *sql.Stmt
	addLook, looks                 *sql.Stmt
}

func (db *DB) prepare(ctx context.Context) error {
	for _, s := range []struct {
		to   **sql.Stmt
		on   *sql.DB
		text string
	}{
		{&db.savepoint, db.writer, `SAVEPOINT change`},
		{&db.undo, db.writer, `ROLLBACK TO change`},
		{&db.release, db.writer, `RELEASE change`},
		{&db.addEntry, db.writer, `
			INSERT INTO entry (alliance, seq, kind, version, command, at, holder, structure, words, words_hash, chain)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&db.moveHead, db.writer, `UPDATE head SET seq = ?, chain = ?, mac = ? WHERE alliance = ? AND seq = ?`},
		{&db.addKey, db.writer, `
			INSERT INTO wrapped_key (alliance, used_for, holder, destroyed, sealed) VALUES (?, ?, ?, ?, ?)`},
		{&db.alliances, db.read, `
			SELECT alliance FROM head UNION SELECT alliance FROM entry
			UNION SELECT alliance FROM wrapped_key UNION SELECT alliance FROM member ORDER BY 1`},
		{&db.transcripts, db.read, `
			SELECT DISTINCT alliance FROM entry WHERE kind = 'lines.laid' AND words IS NOT NULL ORDER BY alliance`},
		{&db.scratches, db.read, scratched}, {&db.young, db.read, born},
		{&db.kept, db.read, `SELECT DISTINCT alliance FROM entry WHERE kind = 'retention.set' ORDER BY alliance`},
		{&db.decided, db.read, `SELECT DISTINCT alliance FROM entry WHERE kind = 'destruction.confirmed' ORDER BY alliance`},
		{&db.destroyed, db.read, leftOf},
		{&db.register, db.read, `SELECT alliances, mac FROM register`},
		{&db.head, db.read, `SELECT alliance, number, seq, chain, mac FROM head WHERE alliance = ?`},
		{&db.entries, db.read, `
			SELECT seq, kind, version, command, at, holder, structure, words, words_hash, chain
			FROM entry WHERE alliance = ? AND seq > ? ORDER BY seq LIMIT ?`},
		{&db.keys, db.read, `
			SELECT used_for, holder, destroyed, sealed FROM wrapped_key WHERE alliance = ? ORDER BY used_for, holder`},
		{&db.members, db.read, `
			SELECT alliance, partner, person, here FROM member WHERE alliance = ? ORDER BY partner`},
		{&db.seats, db.read, `
			SELECT alliance, partner, person, here FROM member WHERE person = ? AND here = 1 ORDER BY alliance, partner`},
		{&db.addLook, db.writer, `
			INSERT INTO look (alliance, about, at, viewer, what) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`},
		// Two walks along the key from the newest back, each no longer than
		// what is asked for, and then the newest of both.
		{&db.looks, db.read, `
			SELECT about, at, viewer, what FROM (SELECT about, at, viewer, what FROM look
				WHERE alliance = @alliance AND about = @at AND at <= @until
					AND viewer <> @at AND (@by = '' OR viewer = @by)
				ORDER BY at DESC, viewer DESC, what DESC LIMIT @most)
			UNION ALL
			SELECT about, at, viewer, what FROM (SELECT about, at, viewer, what FROM look
				WHERE alliance = @alliance AND about = '' AND at <= @until AND at >= @since
					AND viewer <> @at AND (@by = '' OR viewer = @by)
				ORDER BY at DESC, viewer DESC, what DESC LIMIT @most)
			ORDER BY at DESC, about DESC, viewer DESC, what DESC LIMIT @most`},
	} {
		stmt, err := s.on.PrepareContext(ctx, s.text)
		if err != nil {
			return fmt.Errorf("prepare a statement: %w", err)
		}
		*s.to = stmt
	}
	return nil
}
