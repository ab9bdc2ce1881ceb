package relational

import (
	"context"
	"database/sql"
	"fmt"
)

// statements are prepared once, for what is done often.
type statements struct {
	addEntry, moveHead, addKey       *sql.Stmt
	alliances, head, entries, keys   *sql.Stmt
	members, seats, places, register *sql.Stmt
	transcripts, kept, decided       *sql.Stmt
	destroyed, scratches, young      *sql.Stmt
	addLine, putChain, chainInside   *sql.Stmt
	moveChain                        *sql.Stmt
	chain, chains, lines             *sql.Stmt
	told, openedBy                   *sql.Stmt
	session, person                  *sql.Stmt
}

// statement is one to be prepared: where it goes, and on which connection.
type statement struct {
	to   **sql.Stmt
	on   *sql.DB
	text string
}

func (t *Tables) prepare(ctx context.Context) error {
	for _, s := range append(t.accessStatements(), []statement{
		{&t.addEntry, t.write, `
			INSERT INTO entry (alliance, seq, kind, version, command, at, holder, structure, words, words_hash, chain)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`},
		{&t.moveHead, t.write, `UPDATE head SET seq = $1, chain = $2, mac = $3 WHERE alliance = $4 AND seq = $5 AND chain = coalesce($6, chain)`},
		{&t.addKey, t.write, `
			INSERT INTO wrapped_key (alliance, used_for, holder, destroyed, sealed) VALUES ($1, $2, $3, $4, $5)`},
		{&t.alliances, t.read, `
			SELECT alliance FROM head UNION SELECT alliance FROM entry
			UNION SELECT alliance FROM wrapped_key UNION SELECT alliance FROM member ORDER BY 1`},
		{&t.transcripts, t.read, `
			SELECT DISTINCT alliance FROM entry WHERE kind = 'lines.laid' AND words IS NOT NULL ORDER BY alliance`},
		{&t.scratches, t.read, scratched}, {&t.young, t.read, born},
		{&t.kept, t.read, `SELECT DISTINCT alliance FROM entry WHERE kind = 'retention.set' ORDER BY alliance`},
		{&t.decided, t.read, `SELECT DISTINCT alliance FROM entry WHERE kind = 'destruction.confirmed' ORDER BY alliance`},
		{&t.destroyed, t.read, leftOf},
		{&t.session, t.read, `SELECT ` + sessionColumns + ` FROM session WHERE token = $1`},
		{&t.person, t.read, `SELECT admin, officer, may_begin, closed, name FROM person WHERE id = $1`},
		{&t.register, t.read, `SELECT alliances, mac FROM register`},
		{&t.head, t.read, `SELECT alliance, number, seq, chain, mac FROM head WHERE alliance = $1`},
		{&t.entries, t.read, `
			SELECT seq, kind, version, command, at, holder, structure, words, words_hash, chain
			FROM entry WHERE alliance = $1 AND seq > $2 ORDER BY seq LIMIT $3`},
		{&t.keys, t.read, `
			SELECT used_for, holder, destroyed, sealed FROM wrapped_key WHERE alliance = $1 ORDER BY used_for, holder`},
		{&t.members, t.read, `
			SELECT alliance, partner, person, here FROM member WHERE alliance = $1 ORDER BY partner`},
		{&t.seats, t.read, `
			SELECT alliance, partner, person, here FROM member WHERE person = $1 AND here = 1 ORDER BY alliance, partner`},
		{&t.places, t.read, `
			SELECT alliance, partner, person, here FROM member WHERE person = $1 ORDER BY alliance, partner`},
	}...) {
		if t.dialect.Parameters != nil {
			s.text = t.dialect.Parameters(s.text)
		}
		stmt, err := s.on.PrepareContext(ctx, s.text)
		if err != nil {
			return fmt.Errorf("prepare a statement: %w", err)
		}
		*s.to = stmt
	}
	return nil
}

// accessStatements are those of the access log.
func (t *Tables) accessStatements() []statement {
	return []statement{
		{&t.addLine, t.write, `
			INSERT INTO access_line (chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
				session, device, point, alliance, about, told, object, whom, policy)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`},
		{&t.putChain, t.write, `
			INSERT INTO access_chain (chain, seq, link, key, mac) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, link = excluded.link, mac = excluded.mac`},
		{&t.moveChain, t.write, `
			UPDATE access_chain SET seq = $1, link = $2, mac = $3 WHERE chain = $4 AND seq = $5 AND link = $6 AND key = $7 AND mac = $8`},
		{&t.chainInside, t.write, `SELECT chain, seq, link, key, mac FROM access_chain WHERE chain = $1` + t.dialect.Hold},
		{&t.chain, t.read, `SELECT chain, seq, link, key, mac FROM access_chain WHERE chain = $1`},
		{&t.chains, t.read, `SELECT chain, seq, link, key, mac FROM access_chain ORDER BY chain`},
		{&t.lines, t.read, `SELECT ` + lineColumns + ` FROM access_line WHERE n > $1 ORDER BY n LIMIT $2`},
		{&t.openedBy, t.read, `
			SELECT count(DISTINCT alliance) FROM access_line` + t.dialect.Index("access_person") + `
			WHERE person = $1 AND at > $2 AND kind = 'read' AND outcome = 'done' AND what <> 'list' AND alliance <> ''`},
		// Two walks along the index from the newest back, each no longer than
		// what is asked for, and then the newest of both.
		{&t.told, t.read, `
			SELECT about, at, partner, kind, what FROM (SELECT DISTINCT about, at, partner, kind, what FROM access_line` + t.dialect.Index("access_told") + `
				WHERE told = 1 AND alliance = $1 AND about = $2 AND at <= $3
					AND (partner <> $2 OR kind <> 'read') AND ($4 = '' OR partner = $4) AND (kind = 'read' AND partner <> $2 OR $5 = 0)
				ORDER BY at DESC, partner DESC, kind DESC, what DESC LIMIT $6) AS world
			UNION ALL
			SELECT about, at, partner, kind, what FROM (SELECT DISTINCT about, at, partner, kind, what FROM access_line` + t.dialect.Index("access_told") + `
				WHERE told = 1 AND alliance = $1 AND about = '' AND at <= $3 AND at >= $7
					AND (partner <> $2 OR kind <> 'read') AND ($4 = '' OR partner = $4)
				ORDER BY at DESC, partner DESC, kind DESC, what DESC LIMIT $6) AS place
			ORDER BY at DESC, about DESC, partner DESC, kind DESC, what DESC LIMIT $6`},
	}
}
