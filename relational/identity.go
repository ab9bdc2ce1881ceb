package relational

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"samenspel"
	"samenspel/account"
)

var _ account.IdentityStore = Accounts{}

// Spend uses something up.
func (a Accounts) Spend(ctx context.Context, it account.Once, at time.Time) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error { return spendOnce(ctx, tx, it, at) })
}

// Tie keeps an identity and puts a new session in the place of the old one.
func (a Accounts) Tie(ctx context.Context, t account.Tied, old account.Hash, in account.Arrival) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		ended, err := tx.ExecContext(ctx, `DELETE FROM session WHERE token = $1 AND person = $2`, old[:], t.Person)
		if err != nil {
			return err
		}
		if count, err := ended.RowsAffected(); err != nil || count == 0 {
			return errors.Join(err, account.ErrNoEntry)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO organisation_identity (identity, issuer, person, made) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING`,
			t.Identity[:], t.Issuer[:], t.Person, t.Made.UnixMilli())
		if err != nil {
			return err
		}
		kept, err := tied(tx.QueryRowContext(ctx, `SELECT `+tiedColumns+` FROM organisation_identity WHERE identity = $1`, t.Identity[:]))
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && kept.Person != t.Person:
			return account.ErrTied
		case err != nil:
			return err
		}
		return arrive(ctx, tx, in)
	})
}

// tiedColumns are what tied reads, in its order.
const tiedColumns = `identity, issuer, person, made`

// tied reads an identity from a row.
func tied(row scanner) (account.Tied, error) {
	var (
		t                account.Tied
		identity, issuer []byte
		made             int64
	)
	if err := row.Scan(&identity, &issuer, &t.Person, &made); err != nil {
		return account.Tied{}, err
	}
	copy(t.Identity[:], identity)
	copy(t.Issuer[:], issuer)
	t.Made = moment(made)
	return t, nil
}

// TiedBy gives whose identity it is.
func (a Accounts) TiedBy(ctx context.Context, identity account.Hash) (account.Tied, error) {
	t, err := tied(a.t.read.QueryRowContext(ctx, `SELECT `+tiedColumns+` FROM organisation_identity WHERE identity = $1`, identity[:]))
	return t, a.found(err)
}

// TiedTo gives the identities of a person, the oldest first.
func (a Accounts) TiedTo(ctx context.Context, person samenspel.PersonID) ([]account.Tied, error) {
	return every(ctx, a.t, tied, `
		SELECT `+tiedColumns+` FROM organisation_identity WHERE person = $1 ORDER BY made, identity`, person)
}

// Untie takes the identity of a person at an issuer away.
func (a Accounts) Untie(ctx context.Context, person samenspel.PersonID, issuer account.Hash) error {
	return a.exec(ctx, `DELETE FROM organisation_identity WHERE person = $1 AND issuer = $2`, person, issuer[:])
}
