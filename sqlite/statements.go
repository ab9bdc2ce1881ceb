package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// statements are prepared once, for what is done often.
type statements struct {
	savepoint, undo, release         *sql.Stmt
	addEntry, moveHead, addKey       *sql.Stmt
	alliances, head, entries, keys   *sql.Stmt
	members, seats, places, register *sql.Stmt
	transcripts, kept, decided       *sql.Stmt
	destroyed, scratches, young      *sql.Stmt
	addLine, putChain, chainInside   *sql.Stmt
	chain, chains, lines             *sql.Stmt
	told, openedBy                   *sql.Stmt
}

// statement is one to be prepared: where it goes, and on which connection.
type statement struct {
	to   **sql.Stmt
	on   *sql.DB
	text string
}

func (db *DB) prepare(ctx context.Context) error {
	for _, s := range append(db.accessStatements(), []statement{
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
		{&db.places, db.read, `
			SELECT alliance, partner, person, here FROM member WHERE person = ? ORDER BY alliance, partner`},
	}...) {
		stmt, err := s.on.PrepareContext(ctx, s.text)
		if err != nil {
			return fmt.Errorf("prepare a statement: %w", err)
		}
		*s.to = stmt
	}
	return nil
}

// accessStatements are those of the access log.
func (db *DB) accessStatements() []statement {
	return []statement{
		{&db.addLine, db.writer, `
			INSERT INTO access_line (chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
				session, device, point, alliance, about, told, object, whom, policy)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&db.putChain, db.writer, `
			INSERT INTO access_chain (chain, seq, link, key, mac) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET seq = excluded.seq, link = excluded.link, mac = excluded.mac`},
		{&db.chainInside, db.writer, `SELECT chain, seq, link, key, mac FROM access_chain WHERE chain = ?`},
		{&db.chain, db.read, `SELECT chain, seq, link, key, mac FROM access_chain WHERE chain = ?`},
		{&db.chains, db.read, `SELECT chain, seq, link, key, mac FROM access_chain ORDER BY chain`},
		{&db.lines, db.read, `SELECT ` + lineColumns + ` FROM access_line WHERE n > ? ORDER BY n LIMIT ?`},
		{&db.openedBy, db.read, `
			SELECT count(DISTINCT alliance) FROM access_line INDEXED BY access_person
			WHERE person = ? AND at > ? AND kind = 'read' AND outcome = 'done' AND what <> 'list' AND alliance <> ''`},
		// Two walks along the index from the newest back, each no longer than
		// what is asked for, and then the newest of both.
		{&db.told, db.read, `
			SELECT about, at, partner, kind, what FROM (SELECT DISTINCT about, at, partner, kind, what FROM access_line INDEXED BY access_told
				WHERE told = 1 AND alliance = @alliance AND about = @at AND at <= @until
					AND (partner <> @at OR kind <> 'read') AND (@by = '' OR partner = @by) AND (kind = 'read' AND partner <> @at OR NOT @looks)
				ORDER BY at DESC, partner DESC, kind DESC, what DESC LIMIT @most)
			UNION ALL
			SELECT about, at, partner, kind, what FROM (SELECT DISTINCT about, at, partner, kind, what FROM access_line INDEXED BY access_told
				WHERE told = 1 AND alliance = @alliance AND about = '' AND at <= @until AND at >= @since
					AND (partner <> @at OR kind <> 'read') AND (@by = '' OR partner = @by)
				ORDER BY at DESC, partner DESC, kind DESC, what DESC LIMIT @most)
			ORDER BY at DESC, about DESC, partner DESC, kind DESC, what DESC LIMIT @most`},
	}
}
