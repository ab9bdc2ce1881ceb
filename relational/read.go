package relational

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"samenspel"
	"samenspel/journal"
)

// page is how many entries are read at once. No connection is held while the
// caller goes through them.
const page = 128

// Entries gives the entries after a sequence number.
func (t *Tables) Entries(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for {
			entries, err := rows(ctx, t, t.entries, scanEntry, id, after, page)
			if err != nil {
				yield(journal.Entry{}, fmt.Errorf("read entries: %w", err))
				return
			}
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
				after = e.Seq
			}
			if len(entries) < page {
				return
			}
		}
	}
}

func scanEntry(r scanner) (e journal.Entry, err error) {
	var at int64
	err = r.Scan(&e.Seq, &e.Kind, &e.Version, &e.Command, &at, &e.Holder,
		&e.Structure, &e.Words, &e.WordsHash, &e.Chain)
	e.At = time.Unix(0, at).UTC()
	return e, err
}

// Head gives where an alliance stands.
func (t *Tables) Head(ctx context.Context, id samenspel.AllianceID) (journal.Head, error) {
	h, err := row(ctx, t, t.head, func(r scanner) (h journal.Head, err error) {
		err = r.Scan(&h.Alliance, &h.Number, &h.Seq, &h.Chain, &h.MAC)
		return h, err
	}, id)
	if err != nil {
		return journal.Head{}, fmt.Errorf("read a head: %w", err)
	}
	return h, nil
}

// Register gives how many alliances have begun.
func (t *Tables) Register(ctx context.Context) (journal.Register, error) {
	r, err := row(ctx, t, t.register, func(r scanner) (g journal.Register, err error) {
		err = r.Scan(&g.Alliances, &g.MAC)
		return g, err
	})
	if err != nil {
		return journal.Register{}, fmt.Errorf("read the register: %w", err)
	}
	return r, nil
}

// Keys gives the keys of an alliance.
func (t *Tables) Keys(ctx context.Context, id samenspel.AllianceID) ([]journal.WrappedKey, error) {
	keys, err := rows(ctx, t, t.keys, func(r scanner) (k journal.WrappedKey, err error) {
		err = r.Scan(&k.Use, &k.Holder, &k.Destroyed, &k.Sealed)
		return k, err
	}, id)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	return keys, nil
}

// Members gives the members of an alliance.
func (t *Tables) Members(ctx context.Context, id samenspel.AllianceID) ([]journal.Member, error) {
	return t.readMembers(ctx, t.members, id)
}

// MembersOf gives the places that a person has now.
func (t *Tables) MembersOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error) {
	return t.readMembers(ctx, t.seats, person)
}

// PlacesOf gives the places that a person has, or had.
func (t *Tables) PlacesOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error) {
	return t.readMembers(ctx, t.places, person)
}

func (t *Tables) readMembers(ctx context.Context, query *sql.Stmt, whose any) ([]journal.Member, error) {
	members, err := rows(ctx, t, query, func(r scanner) (m journal.Member, err error) {
		err = r.Scan(&m.Alliance, &m.Partner, &m.Person, &m.Here)
		return m, err
	}, whose)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	return members, nil
}

// Alliances gives every alliance that is named in any table.
func (t *Tables) Alliances(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.alliances)
}

// Transcripts gives the alliances in which words of a transcript are stored.
func (t *Tables) Transcripts(ctx context.Context) ([]samenspel.AllianceID, error) {
	return t.list(ctx, t.transcripts)
}

func (t *Tables) list(ctx context.Context, query *sql.Stmt) ([]samenspel.AllianceID, error) {
	ids, err := rows(ctx, t, query, func(r scanner) (id samenspel.AllianceID, err error) {
		err = r.Scan(&id)
		return id, err
	})
	if err != nil {
		return nil, fmt.Errorf("list alliances: %w", err)
	}
	return ids, nil
}

// row reads the only row of a query, or gives the zero value when there is none.
func row[T any](ctx context.Context, t *Tables, query *sql.Stmt, scan func(scanner) (T, error), args ...any) (one T, err error) {
	all, err := rows(ctx, t, query, scan, args...)
	if len(all) > 0 {
		one = all[0]
	}
	return one, err
}

// rows reads all rows of a prepared query.
func rows[T any](ctx context.Context, t *Tables, query *sql.Stmt, scan func(scanner) (T, error), args ...any) ([]T, error) {
	r, err := query.QueryContext(ctx, args...)
	return gather(ctx, t, r, err, scan)
}

// scanner is a row that is read.
type scanner interface{ Scan(to ...any) error }

// every reads all rows of a query that is asked now and then.
func every[T any](ctx context.Context, t *Tables, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	r, err := t.read.QueryContext(ctx, query, args...)
	return gather(ctx, t, r, err, scan)
}

// gather goes along the rows of an answer.
func gather[T any](ctx context.Context, t *Tables, r *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, t.fault(err)
	}
	defer r.Close()
	var all []T
	for r.Next() {
		one, err := scan(r)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil: // the tables are strict: another type was never written
			return nil, fmt.Errorf("%w: %w", journal.ErrDamaged, err)
		}
		all = append(all, one)
	}
	if err := r.Err(); err != nil {
		return nil, t.fault(err)
	}
	return all, nil
}
