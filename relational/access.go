package relational

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
)

var _ accesslog.Store = (*Tables)(nil)

// AddAccess puts lines behind their chains.
func (t *Tables) AddAccess(ctx context.Context, link accesslog.Linker, lines []accesslog.Line) error {
	return t.engine.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return t.addAccess(ctx, tx, link, lines)
	})
}

// addAccess puts lines behind their chains, in a transaction that may hold
// more. Chains are held in one order, the house's last, so that no two wait for
// each other.
func (t *Tables) addAccess(ctx context.Context, tx *sql.Tx, link accesslog.Linker, lines []accesslog.Line) error {
	var begun []accesslog.Line
	for _, g := range inOrder(accesslog.Groups(lines)) {
		if g.Chain == accesslog.House {
			g.Lines = append(begun, g.Lines...)
		}
		if len(g.Lines) == 0 {
			continue
		}
		done, err := t.putBehindKnown(ctx, tx, link, g)
		if err != nil {
			return fmt.Errorf("add to the access log: %w", err)
		}
		if done {
			continue
		}
		head, err := t.holdChain(ctx, tx, g.Chain)
		if err != nil {
			return err
		}
		if head.Seq == 0 && g.Chain != accesslog.House {
			begun = append(begun, accesslog.Beginning(g))
		}
		if err := t.putBehind(ctx, tx, link, head, g); err != nil {
			return fmt.Errorf("add to the access log: %w", err)
		}
	}
	return nil
}

// mostHeads is how many chains it is remembered of where they stand, at about
// 300 bytes each.
const mostHeads = 4096

// putBehindKnown puts lines behind a chain of which it is remembered where it
// stands, and reports whether it still stood there: what is remembered may have
// been given up with its transaction. It is for a database with one writer.
func (t *Tables) putBehindKnown(ctx context.Context, tx *sql.Tx, link accesslog.Linker, g accesslog.Group) (bool, error) {
	was, known := t.heads[g.Chain]
	if !known {
		return false, nil
	}
	head, linked, err := link.Link(g.Chain, was, g.Lines)
	if err != nil {
		return false, err
	}
	err = moved(tx.StmtContext(ctx, t.moveChain).ExecContext(ctx, head.Seq, head.Link, head.MAC, was.Chain, was.Seq, was.Link, was.Key, was.MAC))
	if errors.Is(err, journal.ErrConflict) {
		delete(t.heads, g.Chain)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	t.heads[g.Chain] = head
	return true, t.putLines(ctx, tx, linked)
}

// inOrder sorts the groups of one write; the house's stays last.
func inOrder(groups []accesslog.Group) []accesslog.Group {
	slices.SortStableFunc(groups[:len(groups)-1], func(a, b accesslog.Group) int { return cmp.Compare(a.Chain, b.Chain) })
	return groups
}

// holdChain gives where a chain stands, and sees that it stays there until the
// end of the transaction. Of one that has not begun the name is held.
func (t *Tables) holdChain(ctx context.Context, tx *sql.Tx, chain samenspel.AllianceID) (accesslog.Head, error) {
	inside := tx.StmtContext(ctx, t.chainInside)
	head, err := t.accessHead(ctx, inside, chain)
	if err != nil || head.Seq > 0 {
		return head, err
	}
	if err := t.engine.Hold(ctx, tx, "access "+string(chain)); err != nil {
		return head, err
	}
	return t.accessHead(ctx, inside, chain)
}

func (t *Tables) putBehind(ctx context.Context, tx *sql.Tx, link accesslog.Linker, head accesslog.Head, g accesslog.Group) error {
	head, linked, err := link.Link(g.Chain, head, g.Lines)
	if err != nil {
		return err
	}
	if err := t.putLines(ctx, tx, linked); err != nil {
		return err
	}
	_, err = tx.StmtContext(ctx, t.putChain).ExecContext(ctx, head.Chain, head.Seq, head.Link, head.Key, head.MAC)
	if err == nil && t.dialect.Sole {
		if len(t.heads) >= mostHeads {
			clear(t.heads)
		}
		t.heads[g.Chain] = head
	}
	return err
}

func (t *Tables) putLines(ctx context.Context, tx *sql.Tx, linked []accesslog.Line) error {
	add := tx.StmtContext(ctx, t.addLine)
	for _, l := range linked {
		if _, err := add.ExecContext(ctx, l.Chain, l.Seq, l.Link, l.At.UnixMilli(), l.Kind, l.What, l.Action, l.Outcome,
			l.Person, l.Partner, l.Role, l.Staff, l.Purpose, l.Session, l.Device, l.Point,
			l.Alliance, l.About, bit(l.Told), l.Object, l.Whom, l.Policy); err != nil {
			return err
		}
	}
	return nil
}

// DropAccess removes the chain of an alliance.
func (t *Tables) DropAccess(ctx context.Context, link accesslog.Linker, id samenspel.AllianceID, gone accesslog.Line) error {
	return t.engine.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// Whoever adds to the chain holds its head: that goes first.
		for _, query := range []string{`DELETE FROM access_chain WHERE chain = $1 AND chain <> ''`, `DELETE FROM access_line WHERE chain = $1 AND chain <> ''`} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
		return t.addAccess(ctx, tx, link, []accesslog.Line{gone})
	})
}

func (t *Tables) accessHead(ctx context.Context, query *sql.Stmt, chain samenspel.AllianceID) (accesslog.Head, error) {
	h, err := row(ctx, t, query, scanAccessHead, chain)
	if err != nil {
		return accesslog.Head{}, fmt.Errorf("read where the access log stands: %w", err)
	}
	return h, nil
}

func scanAccessHead(r scanner) (h accesslog.Head, err error) {
	err = r.Scan(&h.Chain, &h.Seq, &h.Link, &h.Key, &h.MAC)
	return h, err
}

// AccessHead gives where a chain stands.
func (t *Tables) AccessHead(ctx context.Context, chain samenspel.AllianceID) (accesslog.Head, error) {
	return t.accessHead(ctx, t.chain, chain)
}

// AccessHeads gives where each chain stands.
func (t *Tables) AccessHeads(ctx context.Context) ([]accesslog.Head, error) {
	heads, err := rows(ctx, t, t.chains, scanAccessHead)
	if err != nil {
		return nil, fmt.Errorf("read where the access log stands: %w", err)
	}
	return heads, nil
}

// AccessLines gives all lines.
func (t *Tables) AccessLines(ctx context.Context) iter.Seq2[accesslog.Line, error] {
	return func(yield func(accesslog.Line, error) bool) {
		query, done, err := t.still(ctx, t.lines)
		if err != nil {
			yield(accesslog.Line{}, fmt.Errorf("read the access log: %w", err))
			return
		}
		defer done()
		for after := int64(0); ; {
			lines, err := rows(ctx, t, query, scanLine, after, page)
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

// still gives a query that sees one moment, where lines may become visible in
// another order than that of their numbers.
func (t *Tables) still(ctx context.Context, query *sql.Stmt) (at *sql.Stmt, done func(), err error) {
	tx, err := t.engine.Still(ctx)
	if err != nil || tx == nil {
		return query, func() {}, err
	}
	return tx.StmtContext(ctx, query), func() { tx.Rollback() }, nil // it only read
}

// lineColumns are what scanLine reads, in its order.
const lineColumns = `n, chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
	session, device, point, alliance, about, told, object, whom, policy`

func scanLine(r scanner) (l accesslog.Line, err error) {
	var at int64
	err = r.Scan(&l.N, &l.Chain, &l.Seq, &l.Link, &at, &l.Kind, &l.What, &l.Action, &l.Outcome,
		&l.Person, &l.Partner, &l.Role, &l.Staff, &l.Purpose, &l.Session, &l.Device, &l.Point,
		&l.Alliance, &l.About, &l.Told, &l.Object, &l.Whom, &l.Policy)
	l.At = moment(at)
	return l, err
}

// Told gives what the one at a place is told.
func (t *Tables) Told(ctx context.Context, id samenspel.AllianceID, which accesslog.Which) ([]accesslog.Line, error) {
	lines, err := rows(ctx, t, t.told, func(r scanner) (l accesslog.Line, err error) {
		var at int64
		err = r.Scan(&l.About, &at, &l.Partner, &l.Kind, &l.What)
		l.At, l.Told = moment(at), true
		return l, err
	}, id, which.At, until(which.Until), which.By, bit(which.Looks), max(0, which.Most), since(which.Since))
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
func (t *Tables) Opened(ctx context.Context, who samenspel.PersonID, since time.Time) (int, error) {
	n, err := row(ctx, t, t.openedBy, func(r scanner) (n int, err error) {
		err = r.Scan(&n)
		return n, err
	}, who, since.UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("count what was opened: %w", err)
	}
	return n, nil
}
