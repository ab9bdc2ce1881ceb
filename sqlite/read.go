package sqlite

import (
	"context"
	"database/sql"
	"errors"
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
func (db *DB) Entries(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for {
			entries, err := rows(ctx, db.entries, scanEntry, id, after, page)
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

func scanEntry(r *sql.Rows) (e journal.Entry, err error) {
	var at int64
	err = r.Scan(&e.Seq, &e.Kind, &e.Version, &e.Command, &at, &e.Holder,
		&e.Structure, &e.Words, &e.WordsHash, &e.Chain)
	e.At = time.Unix(0, at).UTC()
	return e, err
}

// Head gives where an alliance stands.
func (db *DB) Head(ctx context.Context, id samenspel.AllianceID) (journal.Head, error) {
	var h journal.Head
	err := db.head.QueryRowContext(ctx, id).Scan(&h.Alliance, &h.Number, &h.Seq, &h.Chain, &h.MAC)
	if errors.Is(err, sql.ErrNoRows) {
		return journal.Head{}, nil
	}
	if err != nil {
		return journal.Head{}, fmt.Errorf("read a head: %w", fault(err))
	}
	return h, nil
}

// Register gives how many alliances have begun.
func (db *DB) Register(ctx context.Context) (journal.Register, error) {
	var r journal.Register
	err := db.read.QueryRowContext(ctx, `SELECT alliances, mac FROM register`).Scan(&r.Alliances, &r.MAC)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return journal.Register{}, fmt.Errorf("read the register: %w", fault(err))
	}
	return r, nil
}

// Keys gives the keys of an alliance.
func (db *DB) Keys(ctx context.Context, id samenspel.AllianceID) ([]journal.WrappedKey, error) {
	return rows(ctx, db.keys, func(r *sql.Rows) (k journal.WrappedKey, err error) {
		err = r.Scan(&k.Use, &k.Holder, &k.Destroyed, &k.Sealed)
		return k, err
	}, id)
}

// Members gives the members of an alliance.
func (db *DB) Members(ctx context.Context, id samenspel.AllianceID) ([]journal.Member, error) {
	return rows(ctx, db.members, scanMember, id)
}

// MembersOf gives the places that a person has now.
func (db *DB) MembersOf(ctx context.Context, person samenspel.PersonID) ([]journal.Member, error) {
	return rows(ctx, db.seats, scanMember, person)
}

func scanMember(r *sql.Rows) (m journal.Member, err error) {
	err = r.Scan(&m.Alliance, &m.Partner, &m.Person, &m.Here)
	return m, err
}

// Alliances gives every alliance that is named in any table.
func (db *DB) Alliances(ctx context.Context) ([]samenspel.AllianceID, error) {
	return rows(ctx, db.alliances, func(r *sql.Rows) (id samenspel.AllianceID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

// Check asks SQLite whether its file is whole.
func (db *DB) Check(ctx context.Context) error {
	var verdict string
	if err := db.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("check the file: %w", fault(err))
	}
	if verdict != "ok" {
		return fmt.Errorf("check the file: %w", journal.ErrDamaged)
	}
	return nil
}

// rows reads all rows of a query.
func rows[T any](ctx context.Context, query *sql.Stmt, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	r, err := query.QueryContext(ctx, args...)
	if err != nil {
		return nil, fault(err)
	}
	defer r.Close()
	var all []T
	for r.Next() {
		one, err := scan(r)
		if err != nil {
			return nil, fault(err)
		}
		all = append(all, one)
	}
	return all, fault(r.Err())
}
