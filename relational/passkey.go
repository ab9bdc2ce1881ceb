package relational

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"samenspel"
	"samenspel/account"
)

// AddChallenge keeps a challenge and deletes those that are over.
func (a Accounts) AddChallenge(ctx context.Context, asked account.Hash, c account.Challenge, at time.Time) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM passkey_challenge WHERE expires <= $1`, at.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO passkey_challenge (asked, purpose, person, holder, expires) VALUES ($1, $2, $3, $4, $5)`,
			asked[:], c.For, c.Person, c.Holder[:], c.Expires.UnixMilli())
		return err
	})
}

// TakeChallenge gives a challenge and deletes it.
func (a Accounts) TakeChallenge(ctx context.Context, asked account.Hash) (c account.Challenge, err error) {
	err = a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var (
			holder  []byte
			expires int64
		)
		err := tx.QueryRowContext(ctx, `
			DELETE FROM passkey_challenge WHERE asked = $1 RETURNING purpose, person, holder, expires`, asked[:]).
			Scan(&c.For, &c.Person, &holder, &expires)
		if err != nil {
			return orNoEntry(err)
		}
		copy(c.Holder[:], holder)
		c.Expires = moment(expires)
		return nil
	})
	if err != nil {
		return account.Challenge{}, err
	}
	return c, nil
}

// Handle gives what the devices of somebody call them by.
func (a Accounts) Handle(ctx context.Context, person samenspel.PersonID, fresh []byte) (handle []byte, err error) {
	find := func(from interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}) error {
		return from.QueryRowContext(ctx, `SELECT handle FROM passkey_owner WHERE person = $1`, person).Scan(&handle)
	}
	if err = find(a.t.read); !errors.Is(err, sql.ErrNoRows) {
		return handle, a.t.fault(err)
	}
	err = a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO passkey_owner (person, handle) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING`, person, fresh)
		if err != nil {
			return err
		}
		return find(tx)
	})
	return handle, err
}

// AddPasskey keeps a passkey.
func (a Accounts) AddPasskey(ctx context.Context, k account.SealedPasskey, most int) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var has, taken, owners int
		err := tx.QueryRowContext(ctx, `
			SELECT (SELECT count(*) FROM passkey WHERE person = $1),
				(SELECT count(*) FROM passkey WHERE credential = $2 OR id = $3),
				(SELECT count(*) FROM passkey_owner WHERE person = $1)`, k.Person, k.CredentialID, k.ID).Scan(&has, &taken, &owners)
		switch {
		case err != nil:
			return err
		case taken > 0 || owners == 0:
			return account.ErrNoEntry
		case has >= most:
			return account.ErrManyPasskeys
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO passkey (id, person, name, credential, public_key, count, flags, transports, made, last_used, distrusted)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			k.ID, k.Person, k.Name, k.CredentialID, k.PublicKey, k.Count, k.Flags, strings.Join(k.Transports, " "),
			k.Made.UnixMilli(), maybe(k.LastUsed), maybe(k.Distrusted))
		return err
	})
}

// maybe is a moment as it is kept: nothing for none.
func maybe(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: !t.IsZero()}
}

// passkeyColumns are what passkey reads, in its order.
const passkeyColumns = `id, person, name, credential, public_key, count, flags, transports, made, last_used, distrusted`

// passkey reads a passkey from a row, and what stands behind it.
func passkey(row scanner, more ...any) (account.SealedPasskey, error) {
	var (
		k              account.SealedPasskey
		transports     string
		made           int64
		used, distrust sql.NullInt64
	)
	err := row.Scan(append([]any{&k.ID, &k.Person, &k.Name, &k.CredentialID, &k.PublicKey, &k.Count, &k.Flags,
		&transports, &made, &used, &distrust}, more...)...)
	if err != nil {
		return account.SealedPasskey{}, err
	}
	if transports != "" {
		k.Transports = strings.Split(transports, " ")
	}
	k.Made = moment(made)
	if used.Valid {
		k.LastUsed = moment(used.Int64)
	}
	if distrust.Valid {
		k.Distrusted = moment(distrust.Int64)
	}
	return k, nil
}

// Passkeys gives the passkeys of somebody, the oldest first.
func (a Accounts) Passkeys(ctx context.Context, person samenspel.PersonID) ([]account.SealedPasskey, error) {
	return every(ctx, a.t, func(r scanner) (account.SealedPasskey, error) { return passkey(r) }, `
		SELECT `+passkeyColumns+` FROM passkey WHERE person = $1 ORDER BY made, id`, person)
}

// PasskeyOf gives the passkey with a credential and the handle of its owner.
func (a Accounts) PasskeyOf(ctx context.Context, credential []byte) (k account.SealedPasskey, handle []byte, err error) {
	k, err = passkey(a.t.read.QueryRowContext(ctx, `
		SELECT `+passkeyColumns+`, handle FROM passkey JOIN passkey_owner USING (person) WHERE credential = $1`, credential), &handle)
	return k, handle, a.found(err)
}

// UsePasskey keeps the passkey as it is after a use.
func (a Accounts) UsePasskey(ctx context.Context, id account.PasskeyID, u account.Use) (right bool, err error) {
	err = a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		k, err := passkey(tx.QueryRowContext(ctx, `SELECT `+passkeyColumns+` FROM passkey WHERE id = $1`, id))
		if err != nil {
			return orNoEntry(err)
		}
		k, right = k.After(u)
		_, err = tx.ExecContext(ctx, `UPDATE passkey SET count = $1, flags = $2, last_used = $3, distrusted = $4 WHERE id = $5`,
			k.Count, k.Flags, maybe(k.LastUsed), maybe(k.Distrusted), id)
		return err
	})
	return right && err == nil, err
}

// NamePasskey gives a passkey of somebody a name.
func (a Accounts) NamePasskey(ctx context.Context, person samenspel.PersonID, id account.PasskeyID, name []byte) error {
	return a.onPasskey(ctx, `UPDATE passkey SET name = $1 WHERE person = $2 AND id = $3`, name, person, id)
}

// RemovePasskey deletes a passkey of somebody.
func (a Accounts) RemovePasskey(ctx context.Context, person samenspel.PersonID, id account.PasskeyID) error {
	return a.onPasskey(ctx, `DELETE FROM passkey WHERE person = $1 AND id = $2`, person, id)
}

// onPasskey writes to a passkey that has to be there.
func (a Accounts) onPasskey(ctx context.Context, query string, args ...any) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err == nil && n == 0 {
			err = account.ErrNoEntry
		}
		return err
	})
}
