package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"samenspel/journal"
)

var _ journal.Safe = (*DB)(nil)

// MasterRecord gives which master key the database is under.
func (db *DB) MasterRecord(ctx context.Context) (journal.MasterRecord, error) {
	r, err := masterRecord(db.read.QueryRowContext(ctx, masterRecordText))
	if err != nil {
		return journal.MasterRecord{}, fmt.Errorf("read the record of the master key: %w", fault(err))
	}
	return r, nil
}

const masterRecordText = `SELECT installation, current, before, entrusted, entrusted_at FROM master_key`

// masterRecord reads the record, or the zero one when there is none.
func masterRecord(row *sql.Row) (r journal.MasterRecord, err error) {
	var (
		current, before, entrusted []byte
		at                         sql.NullInt64
	)
	err = row.Scan(&r.Installation, &current, &before, &entrusted, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return journal.MasterRecord{}, nil
	}
	copy(r.Current[:], current)
	copy(r.Before[:], before)
	copy(r.Entrusted[:], entrusted)
	if at.Valid {
		r.EntrustedAt = time.Unix(at.Int64, 0).UTC()
	}
	return r, err
}

// SetMasterRecord puts one record in the place of another. When it says that
// no key from before is needed, the WAL, in which pages with values under that
// key still stand, is emptied as well; if somebody is reading, at the latest
// when the database is opened again.
func (db *DB) SetMasterRecord(ctx context.Context, was, is journal.MasterRecord) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stands, err := masterRecord(tx.QueryRowContext(ctx, masterRecordText))
		if err == nil && stands != was {
			err = journal.ErrConflict
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO master_key (one, installation, current, before, entrusted, entrusted_at) VALUES (1, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET installation = excluded.installation, current = excluded.current,
				before = excluded.before, entrusted = excluded.entrusted, entrusted_at = excluded.entrusted_at`,
			is.Installation, is.Current[:], fingerprint(is.Before), fingerprint(is.Entrusted),
			sql.NullInt64{Int64: is.EntrustedAt.Unix(), Valid: !is.EntrustedAt.IsZero()})
		return err
	})
	if err != nil {
		return fmt.Errorf("write the record of the master key: %w", err)
	}
	if was.Before != is.Before && is.Before == (journal.Fingerprint{}) {
		if _, err := db.emptyWAL(ctx); err != nil {
			return err
		}
	}
	return nil
}

// fingerprint is one as it is kept: nothing for none.
func fingerprint(f journal.Fingerprint) []byte {
	if f == (journal.Fingerprint{}) {
		return nil
	}
	return f[:]
}

// HouseSecrets gives the sealed secrets of the house.
func (db *DB) HouseSecrets(ctx context.Context) (map[string][]byte, error) {
	r, err := db.read.QueryContext(ctx, `SELECT name, sealed FROM house_secret`)
	if err != nil {
		return nil, fault(err)
	}
	defer r.Close()
	all := map[string][]byte{}
	for r.Next() {
		var name string
		var sealed []byte
		if err := r.Scan(&name, &sealed); err != nil {
			return nil, fault(err)
		}
		all[name] = sealed
	}
	return all, fault(r.Err())
}

// AddHouseSecret keeps a secret of the house that is not there yet.
func (db *DB) AddHouseSecret(ctx context.Context, name string, sealed []byte) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return moved(tx.ExecContext(ctx, `
			INSERT INTO house_secret (name, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING`, name, sealed))
	})
}

// HowMany counts the values on all shelves.
func (db *DB) HowMany(ctx context.Context) (int64, error) {
	var all int64
	for _, s := range shelves {
		var n int64
		query := `SELECT count(` + s.column + `) FROM ` + s.table
		if err := db.read.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return 0, fmt.Errorf("count what is under the master key: %w", fault(err))
		}
		all += n
	}
	return all, nil
}

// Held gives the next values along the shelves.
func (db *DB) Held(ctx context.Context, after journal.Place, most int) ([]journal.Held, error) {
	var all []journal.Held
	for _, s := range shelves[max(0, slices.IndexFunc(shelves, func(s shelf) bool { return s.name() == after.Shelf })):] {
		if len(all) == most {
			break
		}
		from := after
		if s.name() != after.Shelf {
			from = journal.Place{}
		}
		held, err := db.held(ctx, s, from.Row, most-len(all))
		if err != nil {
			return nil, fmt.Errorf("read what is under the master key: %w", err)
		}
		all = append(all, held...)
	}
	return all, nil
}

// held gives the next values of one shelf.
func (db *DB) held(ctx context.Context, s shelf, after []any, most int) ([]journal.Held, error) {
	behind, args := ``, []any{}
	if after != nil {
		behind = ` AND (` + strings.Join(s.key, ", ") + `) > (` + marks(len(s.key)) + `)`
		args = append(args, after...)
	}
	columns := slices.Concat(s.key, s.also)
	r, err := db.read.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+`, `+s.column+` FROM `+s.table+
		` WHERE `+s.column+` IS NOT NULL`+behind+` ORDER BY `+strings.Join(s.key, ", ")+` LIMIT ?`, append(args, most)...)
	if err != nil {
		return nil, fault(err)
	}
	defer r.Close()
	var all []journal.Held
	for r.Next() {
		var value []byte
		row := make([]any, len(columns))
		to := []any{}
		for i := range row {
			to = append(to, &row[i])
		}
		if err := r.Scan(append(to, &value)...); err != nil {
			return nil, fault(err)
		}
		all = append(all, journal.Held{
			Place: journal.Place{Shelf: s.name(), Row: row[:len(s.key)]}, Value: value, Bound: s.bound(row),
		})
	}
	return all, fault(r.Err())
}

// marks is a list of that many question marks.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Renew puts new values in the place of those that stand as they were read.
func (db *DB) Renew(ctx context.Context, renewals []journal.Renewal) (put int64, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		put = 0
		for _, s := range shelves {
			n, err := s.renew(ctx, tx, renewals)
			if err != nil {
				return err
			}
			put += n
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("put values under the new master key: %w", err)
	}
	return put, nil
}

// renew does those of one shelf.
func (s shelf) renew(ctx context.Context, tx *sql.Tx, renewals []journal.Renewal) (put int64, err error) {
	var update *sql.Stmt
	for _, r := range renewals {
		if r.Place.Shelf != s.name() {
			continue
		}
		if update == nil {
			update, err = tx.PrepareContext(ctx, `UPDATE `+s.table+` SET `+s.column+` = ? WHERE (`+
				strings.Join(s.key, ", ")+`) = (`+marks(len(s.key))+`) AND `+s.column+` = ?`)
			if err != nil {
				return put, err
			}
			defer update.Close()
		}
		done, err := update.ExecContext(ctx, slices.Concat([]any{r.New}, r.Place.Row, []any{r.Value})...)
		if err != nil {
			return put, err
		}
		n, err := done.RowsAffected()
		if err != nil {
			return put, err
		}
		put += n
	}
	return put, nil
}
