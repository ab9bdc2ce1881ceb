package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math"
	"time"

	"samenspel"
	"samenspel/accesslog"
)

var _ accesslog.Store = (*DB)(nil)

// AddAccess puts lines behind their chains.
func (db *DB) AddAccess(ctx context.Context, link accesslog.Linker, lines []accesslog.Line) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return db.addAccess(ctx, tx, link, lines)
	})
}

// addAccess puts lines behind their chains, in a transaction that may hold
// more. There is one writer, so where a chain stands cannot change meanwhile.
func (db *DB) addAccess(ctx context.Context, tx *sql.Tx, link accesslog.Linker, lines []accesslog.Line) error {
	var begun []accesslog.Line
	for _, g := range accesslog.Groups(lines) {
		if g.Chain == accesslog.House {
			g.Lines = append(begun, g.Lines...)
		}
		if len(g.Lines) == 0 {
			continue
		}
		head, err := accessHead(ctx, tx.StmtContext(ctx, db.chainInside), g.Chain)
		if err != nil {
			return err
		}
		if head.Seq == 0 && g.Chain != accesslog.House {
			begun = append(begun, accesslog.Beginning(g))
		}
		if err := db.putBehind(ctx, tx, link, head, g); err != nil {
			return fmt.Errorf("add to the access log: %w", err)
		}
	}
	return nil
}

func (db *DB) putBehind(ctx context.Context, tx *sql.Tx, link accesslog.Linker, head accesslog.Head, g accesslog.Group) error {
	head, linked, err := link.Link(g.Chain, head, g.Lines)
	if err != nil {
		return err
	}
	add := tx.StmtContext(ctx, db.addLine)
	for _, l := range linked {
		if _, err := add.ExecContext(ctx, l.Chain, l.Seq, l.Link, l.At.UnixMilli(), l.Kind, l.What, l.Action, l.Outcome,
			l.Person, l.Partner, l.Role, l.Staff, l.Purpose, l.Session, l.Device, l.Point,
			l.Alliance, l.About, l.Told, l.Object, l.Whom, l.Policy); err != nil {
			return err
		}
	}
	_, err = tx.StmtContext(ctx, db.putChain).ExecContext(ctx, head.Chain, head.Seq, head.Link, head.Key, head.MAC)
	return err
}

// DropAccess removes the chain of an alliance.
func (db *DB) DropAccess(ctx context.Context, link accesslog.Linker, id samenspel.AllianceID, gone accesslog.Line) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, query := range []string{`DELETE FROM access_line WHERE chain = ? AND chain <> ''`, `DELETE FROM access_chain WHERE chain = ? AND chain <> ''`} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
		return db.addAccess(ctx, tx, link, []accesslog.Line{gone})
	})
}

func accessHead(ctx context.Context, query *sql.Stmt, chain samenspel.AllianceID) (accesslog.Head, error) {
	h, err := row(ctx, query, scanAccessHead, chain)
	if err != nil {
		return accesslog.Head{}, fmt.Errorf("read where the access log stands: %w", err)
	}
	return h, nil
}

func scanAccessHead(r *sql.Rows) (h accesslog.Head, err error) {
	err = r.Scan(&h.Chain, &h.Seq, &h.Link, &h.Key, &h.MAC)
	return h, err
}

// AccessHead gives where a chain stands.
func (db *DB) AccessHead(ctx context.Context, chain samenspel.AllianceID) (accesslog.Head, error) {
	return accessHead(ctx, db.chain, chain)
}

// AccessHeads gives where each chain stands.
func (db *DB) AccessHeads(ctx context.Context) ([]accesslog.Head, error) {
	heads, err := rows(ctx, db.chains, scanAccessHead)
	if err != nil {
		return nil, fmt.Errorf("read where the access log stands: %w", err)
	}
	return heads, nil
}

// AccessLines gives all lines.
func (db *DB) AccessLines(ctx context.Context) iter.Seq2[accesslog.Line, error] {
	return func(yield func(accesslog.Line, error) bool) {
		for after := int64(0); ; {
			lines, err := rows(ctx, db.lines, scanLine, after, page)
			if err != nil {
				yield(accesslog.Line{}, fmt.Errorf("read the access log: %w", err))
				return
			}
			for _, l := range lines {
				if !yield(l, nil) {
					return
				}
				after = l.N
			}
			if len(lines) < page {
				return
			}
		}
	}
}

// lineColumns are what scanLine reads, in its order.
const lineColumns = `n, chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
	session, device, point, alliance, about, told, object, whom, policy`

func scanLine(r *sql.Rows) (l accesslog.Line, err error) {
	var at int64
	err = r.Scan(&l.N, &l.Chain, &l.Seq, &l.Link, &at, &l.Kind, &l.What, &l.Action, &l.Outcome,
		&l.Person, &l.Partner, &l.Role, &l.Staff, &l.Purpose, &l.Session, &l.Device, &l.Point,
		&l.Alliance, &l.About, &l.Told, &l.Object, &l.Whom, &l.Policy)
	l.At = moment(at)
	return l, err
}

// Told gives what the one at a place is told.
func (db *DB) Told(ctx context.Context, id samenspel.AllianceID, which accesslog.Which) ([]accesslog.Line, error) {
	lines, err := rows(ctx, db.told, func(r *sql.Rows) (l accesslog.Line, err error) {
		var at int64
		err = r.Scan(&l.About, &at, &l.Partner, &l.Kind, &l.What)
		l.At, l.Told = moment(at), true
		return l, err
	}, sql.Named("alliance", id), sql.Named("at", which.At), sql.Named("since", since(which.Since)),
		sql.Named("by", which.By), sql.Named("until", until(which.Until)), sql.Named("looks", which.Looks),
		sql.Named("most", max(0, which.Most)))
	if err != nil {
		return nil, fmt.Errorf("read who has looked: %w", err)
	}
	return lines, nil
}

// since is a moment to begin at: for none, one that never comes.
func since(t time.Time) int64 {
	if t.IsZero() {
		return math.MaxInt64
	}
	return t.UnixMilli()
}

// until is a moment to end at: for none, one that never comes.
func until(t time.Time) int64 { return since(t) }

// Opened gives how many alliances somebody opened.
func (db *DB) Opened(ctx context.Context, who samenspel.PersonID, since time.Time) (int, error) {
	n, err := row(ctx, db.openedBy, func(r *sql.Rows) (n int, err error) {
		err = r.Scan(&n)
		return n, err
	}, who, since.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("count what was opened: %w", err)
	}
	return n, nil
}
