package relational

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"samenspel"
	"samenspel/account"
)

// Accounts keeps what the door knows: an [account.Store].
type Accounts struct{ t *Tables }

var _ account.Store = Accounts{}

// Accounts gives the part of the database that the door uses.
func (t *Tables) Accounts() Accounts { return Accounts{t} }

// AddLink keeps a link and deletes the unused ones that it replaces.
func (a Accounts) AddLink(ctx context.Context, secret account.Hash, l account.Link, replaces account.Unused) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := withdraw(ctx, tx, replaces); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO link (secret, id, purpose, person, alliance, partner, made_by, expires, code, wrong, used, used_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			secret[:], l.ID, l.Purpose, l.Person, l.Alliance, l.Partner, l.MadeBy, l.Expires.UnixMilli(), blob(l.Code), l.Wrong,
			sql.NullInt64{Int64: l.Used.UnixMilli(), Valid: !l.Used.IsZero()}, blob(l.UsedBy))
		return err
	})
}

// blob is a hash as it is kept: nothing for none.
func blob(h account.Hash) []byte {
	if h == (account.Hash{}) {
		return nil
	}
	return h[:]
}

// linkColumns are what link reads, in its order.
const linkColumns = `id, purpose, person, alliance, partner, made_by, expires, code, wrong, used, used_by`

// link reads a link from a row.
func link(row scanner) (account.Link, error) {
	var (
		l          account.Link
		expires    int64
		used       sql.NullInt64
		code, form []byte
	)
	err := row.Scan(&l.ID, &l.Purpose, &l.Person, &l.Alliance, &l.Partner, &l.MadeBy, &expires, &code, &l.Wrong, &used, &form)
	if err != nil {
		return account.Link{}, err
	}
	l.Expires = moment(expires)
	copy(l.Code[:], code)
	copy(l.UsedBy[:], form)
	if used.Valid {
		l.Used = moment(used.Int64)
	}
	return l, nil
}

// Link gives a link, used and expired ones too.
func (a Accounts) Link(ctx context.Context, secret account.Hash) (account.Link, error) {
	l, err := link(a.t.read.QueryRowContext(ctx, `SELECT `+linkColumns+` FROM link WHERE secret = $1`, secret[:]))
	return l, a.found(err)
}

// Links gives the unused links of an alliance.
func (a Accounts) Links(ctx context.Context, alliance samenspel.AllianceID) ([]account.Link, error) {
	return every(ctx, a.t, link, `
		SELECT `+linkColumns+` FROM link
		WHERE alliance = $1 AND used IS NULL ORDER BY expires, id`, alliance)
}

// Try holds a code against an open link and counts a wrong one.
func (a Accounts) Try(ctx context.Context, secret, code account.Hash, at time.Time) (l account.Link, right bool, err error) {
	err = a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var err error
		l, err = link(tx.QueryRowContext(ctx, `SELECT `+linkColumns+` FROM link WHERE secret = $1`, secret[:]))
		if err != nil {
			return orNoEntry(err)
		}
		open := l.Open(at)
		right = open && l.Code == code
		if right || !open {
			return nil
		}
		l.Wrong++
		_, err = tx.ExecContext(ctx, `UPDATE link SET wrong = $1 WHERE secret = $2`, l.Wrong, secret[:])
		return err
	})
	if err != nil {
		return account.Link{}, false, err
	}
	return l, right, nil
}

// Withdraw deletes unused links.
func (a Accounts) Withdraw(ctx context.Context, links account.Unused) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return withdraw(ctx, tx, links)
	})
}

func withdraw(ctx context.Context, tx *sql.Tx, u account.Unused) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM link
		WHERE used IS NULL AND purpose = $1
			AND ($2 = '' OR alliance = $2)
			AND ($3 = '' OR partner = $3)
			AND ($4 = '' OR person = $4)`, u.Purpose, u.Alliance, u.Partner, u.Person)
	return err
}

// Enter uses a link up, keeps its person and starts their session.
func (a Accounts) Enter(ctx context.Context, key account.HashedKey, in account.Arrival) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err := link(tx.QueryRowContext(ctx, `SELECT `+linkColumns+` FROM link WHERE secret = $1`, key.Secret[:]))
		if err != nil {
			return orNoEntry(err)
		}
		if l.Code != key.Code || !l.OpenTo(key.Form, in.Session.Made) {
			return account.ErrNoEntry
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE link SET used = $1, used_by = $2 WHERE secret = $3 AND used IS NULL`,
			in.Session.Made.UnixMilli(), blob(key.Form), key.Secret[:])
		if err != nil {
			return err
		}
		return arrive(ctx, tx, in)
	})
}

// Start keeps a person and starts their session.
func (a Accounts) Start(ctx context.Context, in account.Arrival) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return arrive(ctx, tx, in)
	})
}

func arrive(ctx context.Context, tx *sql.Tx, in account.Arrival) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO person (id, admin, officer, may_begin, name) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET
			admin = CASE excluded.admin WHEN 1 THEN 1 ELSE person.admin END,
			officer = CASE excluded.officer WHEN 1 THEN 1 ELSE person.officer END,
			may_begin = CASE excluded.may_begin WHEN 1 THEN 1 ELSE person.may_begin END,
			name = coalesce(excluded.name, person.name)`,
		in.Person.ID, bit(in.Person.Admin), bit(in.Person.Officer), bit(in.Person.MayBegin), in.Person.Name)
	if err != nil {
		return err
	}
	var closed bool
	if err := tx.QueryRowContext(ctx, `SELECT closed FROM person WHERE id = $1`, in.Person.ID).Scan(&closed); err != nil || closed {
		return errors.Join(err, account.ErrNoEntry)
	}
	s := in.Session
	if in.Alone {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE person = $1`, s.Person); err != nil {
			return err
		}
	}
	if in.Tell != nil {
		if err := tell(ctx, tx, s.Person, *in.Tell); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO session (token, person, staff, shared, way, device, made, last_used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		in.Token[:], s.Person, bit(s.Staff), bit(s.Shared), s.By, s.Device, s.Made.UnixMilli(), s.LastUsed.UnixMilli())
	return err
}

// Person gives somebody who was kept before.
func (a Accounts) Person(ctx context.Context, id samenspel.PersonID) (account.SealedPerson, error) {
	p := account.SealedPerson{ID: id}
	err := a.t.person.QueryRowContext(ctx, id).
		Scan(&p.Admin, &p.Officer, &p.MayBegin, &p.Closed, &p.Name)
	if err != nil {
		return account.SealedPerson{}, a.found(err)
	}
	return p, nil
}

// Staff gives the administrators, the privacy officers and those who may begin
// alliances.
func (a Accounts) Staff(ctx context.Context) ([]account.SealedPerson, error) {
	return every(ctx, a.t, func(r scanner) (p account.SealedPerson, err error) {
		err = r.Scan(&p.ID, &p.Admin, &p.Officer, &p.MayBegin, &p.Closed, &p.Name)
		return p, err
	}, `
		SELECT id, admin, officer, may_begin, closed, name FROM person WHERE 1 IN (admin, officer, may_begin, closed) ORDER BY id`)
}

// SetRights changes what somebody may, and ends their sessions and links.
func (a Accounts) SetRights(ctx context.Context, id samenspel.PersonID, r account.Rights) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		before, err := administrators(ctx, tx)
		if err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, `UPDATE person SET admin = $1, officer = $2, may_begin = $3, closed = $4 WHERE id = $5`,
			bit(r.Admin), bit(r.Officer), bit(r.MayBegin), bit(r.Closed), id)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, account.ErrNoEntry)
		}
		left, err := administrators(ctx, tx)
		if err != nil {
			return err
		}
		if before > 0 && left == 0 {
			return account.ErrLastAdministrator
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE person = $1`, id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM link WHERE person = $1 AND used IS NULL`, id)
		return err
	})
}

// administrators counts those who come in.
func administrators(ctx context.Context, tx *sql.Tx) (count int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM person WHERE admin = 1 AND closed = 0`).Scan(&count)
	return count, err
}

// Sessions gives the sessions of somebody, the oldest first.
func (a Accounts) Sessions(ctx context.Context, person samenspel.PersonID) ([]account.Session, error) {
	return every(ctx, a.t, session, `
		SELECT `+sessionColumns+` FROM session WHERE person = $1 ORDER BY made, token`, person)
}

// sessionColumns are what session reads, in its order.
const sessionColumns = `token, person, staff, shared, way, device, made, last_used`

// session reads a session from a row.
func session(row scanner) (account.Session, error) {
	var (
		s              account.Session
		token          []byte
		made, lastUsed int64
	)
	if err := row.Scan(&token, &s.Person, &s.Staff, &s.Shared, &s.By, &s.Device, &made, &lastUsed); err != nil {
		return account.Session{}, err
	}
	s.ID = account.Hash(token).SessionID()
	s.Made, s.LastUsed = moment(made), moment(lastUsed)
	return s, nil
}

// Renew moves the last use of a session forward.
func (a Accounts) Renew(ctx context.Context, token account.Hash, at time.Time) error {
	return a.exec(ctx, `UPDATE session SET last_used = $1 WHERE token = $2 AND last_used < $1`,
		at.UnixMilli(), token[:])
}

// End deletes a session.
func (a Accounts) End(ctx context.Context, token account.Hash) error {
	return a.exec(ctx, `DELETE FROM session WHERE token = $1`, token[:])
}

// EndAll deletes the sessions of somebody.
func (a Accounts) EndAll(ctx context.Context, person samenspel.PersonID) error {
	return a.exec(ctx, `DELETE FROM session WHERE person = $1`, person)
}

// EndOne deletes a session of somebody by its id.
func (a Accounts) EndOne(ctx context.Context, person samenspel.PersonID, id string) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		tokens, err := tokensOf(ctx, tx, person)
		if err != nil {
			return err
		}
		for _, token := range tokens {
			if token.SessionID() != id {
				continue
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE token = $1`, token[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// tokensOf gives what is kept of the tokens of somebody.
func tokensOf(ctx context.Context, tx *sql.Tx, person samenspel.PersonID) ([]account.Hash, error) {
	rows, err := tx.QueryContext(ctx, `SELECT token FROM session WHERE person = $1`, person)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []account.Hash
	for rows.Next() {
		var token []byte
		if err := rows.Scan(&token); err != nil {
			return nil, err
		}
		list = append(list, account.Hash(token))
	}
	return list, rows.Err()
}

// Sweep deletes what was over before a moment.
func (a Accounts) Sweep(ctx context.Context, before time.Time) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM link WHERE expires < $1`, before.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE last_used < $1`, before.UnixMilli())
		return err
	})
}

// exec writes with one statement.
func (a Accounts) exec(ctx context.Context, query string, args ...any) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// moment is a time as it was kept, in Unix milliseconds.
func moment(millis int64) time.Time { return time.UnixMilli(millis).UTC() }

// found is orNoEntry for what is read outside a change.
func (a Accounts) found(err error) error { return a.t.fault(orNoEntry(err)) }

// orNoEntry gives the door's own answer to a row that is not there.
func orNoEntry(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return account.ErrNoEntry
	}
	return err
}
