package relational

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel/journal"
)

var _ journal.Safe = (*Tables)(nil)

// MasterRecord gives which master key the database is under.
func (t *Tables) MasterRecord(ctx context.Context) (journal.MasterRecord, error) {
	r, err := masterRecord(t.read.QueryRowContext(ctx, masterRecordText))
	if err != nil {
		return journal.MasterRecord{}, fmt.Errorf("read the record of the master key: %w", t.fault(err))
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
// no key from before is needed, what is left in the files of values under that
// key is taken out as well; if somebody is reading, SQLite does so at the latest
// when the database is opened again.
func (t *Tables) SetMasterRecord(ctx context.Context, was, is journal.MasterRecord) error {
	err := t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stands, err := masterRecord(tx.QueryRowContext(ctx, masterRecordText))
		if err == nil && stands != was {
			err = journal.ErrConflict
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO master_key (one, installation, current, before, entrusted, entrusted_at) VALUES (1, $1, $2, $3, $4, $5)
			ON CONFLICT (one) DO UPDATE SET installation = excluded.installation, current = excluded.current,
				before = excluded.before, entrusted = excluded.entrusted, entrusted_at = excluded.entrusted_at`,
			is.Installation, is.Current[:], fingerprint(is.Before), fingerprint(is.Entrusted),
			sql.NullInt64{Int64: is.EntrustedAt.Unix(), Valid: !is.EntrustedAt.IsZero()})
		return err
	})
	if err != nil {
		return fmt.Errorf("write the record of the master key: %w", err)
	}
	if was.Before != is.Before && is.Before == (journal.Fingerprint{}) {
		if err := t.Scrub(ctx); !errors.Is(err, ErrReading) {
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
func (t *Tables) HouseSecrets(ctx context.Context) (map[string][]byte, error) {
	r, err := t.read.QueryContext(ctx, `SELECT name, sealed FROM house_secret`)
	if err != nil {
		return nil, t.fault(err)
	}
	defer r.Close()
	all := map[string][]byte{}
	for r.Next() {
		var name string
		var sealed []byte
		if err := r.Scan(&name, &sealed); err != nil {
			return nil, t.fault(err)
		}
		all[name] = sealed
	}
	return all, t.fault(r.Err())
}

// AddHouseSecret keeps a secret of the house that is not there yet.
func (t *Tables) AddHouseSecret(ctx context.Context, name string, sealed []byte) error {
	return t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return moved(tx.ExecContext(ctx, `
			INSERT INTO house_secret (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, sealed))
	})
}

// HowMany counts the values on all shelves.
func (t *Tables) HowMany(ctx context.Context) (int64, error) {
	var all int64
	for _, s := range shelves {
		var n int64
		query := `SELECT count(` + s.Column + `) FROM ` + s.Table
		if err := t.read.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return 0, fmt.Errorf("count what is under the master key: %w", t.fault(err))
		}
		all += n
	}
	return all, nil
}

// Held gives the next values along the shelves.
func (t *Tables) Held(ctx context.Context, after journal.Place, most int) ([]journal.Held, error) {
	var all []journal.Held
	for _, s := range shelves[max(0, slices.IndexFunc(shelves, func(s Shelf) bool { return s.name() == after.Shelf })):] {
		if len(all) == most {
			break
		}
		from := after
		if s.name() != after.Shelf {
			from = journal.Place{}
		}
		held, err := t.held(ctx, s, from.Row, most-len(all))
		if err != nil {
			return nil, fmt.Errorf("read what is under the master key: %w", err)
		}
		all = append(all, held...)
	}
	return all, nil
}

// held gives the next values of one shelf.
func (t *Tables) held(ctx context.Context, s Shelf, after []any, most int) ([]journal.Held, error) {
	behind, args := ``, []any{}
	if after != nil {
		behind = ` AND (` + strings.Join(s.Key, ", ") + `) > (` + numbers(1, len(s.Key)) + `)`
		args = append(args, after...)
	}
	columns := slices.Concat(s.Key, s.also)
	r, err := t.read.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+`, `+s.Column+` FROM `+s.Table+
		` WHERE `+s.Column+` IS NOT NULL`+behind+` ORDER BY `+strings.Join(s.Key, ", ")+` LIMIT `+numbers(len(args)+1, 1), append(args, most)...)
	if err != nil {
		return nil, t.fault(err)
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
			return nil, t.fault(err)
		}
		all = append(all, journal.Held{
			Place: journal.Place{Shelf: s.name(), Row: row[:len(s.Key)]}, Value: value, Bound: s.bound(row),
		})
	}
	return all, t.fault(r.Err())
}

// numbers is a list of that many parameters, the first by its number.
func numbers(first, count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(list, ", ")
}

// Renew puts new values in the place of those that stand as they were read.
func (t *Tables) Renew(ctx context.Context, renewals []journal.Renewal) (put int64, err error) {
	err = t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
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
func (s Shelf) renew(ctx context.Context, tx *sql.Tx, renewals []journal.Renewal) (put int64, err error) {
	var update *sql.Stmt
	for _, r := range renewals {
		if r.Place.Shelf != s.name() {
			continue
		}
		if update == nil {
			update, err = tx.PrepareContext(ctx, `UPDATE `+s.Table+` SET `+s.Column+` = $1 WHERE (`+
				strings.Join(s.Key, ", ")+`) = (`+numbers(3, len(s.Key))+`) AND `+s.Column+` = $2`)
			if err != nil {
				return put, err
			}
			defer update.Close()
		}
		done, err := update.ExecContext(ctx, slices.Concat([]any{r.New, r.Value}, r.Place.Row)...)
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
