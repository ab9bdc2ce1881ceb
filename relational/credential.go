package relational

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"samenspel"
	"samenspel/account"
)

var _ account.CredentialStore = Accounts{}

// KeepCredential keeps a password with its recovery codes and starts a session.
func (a Accounts) KeepCredential(ctx context.Context, c account.Credential, recovery []account.Hash, spend account.Once, in account.Arrival) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := spendOnce(ctx, tx, spend, in.Session.Made); err != nil {
			return err
		}
		var other bool
		err := tx.QueryRowContext(ctx, `
			SELECT EXISTS (SELECT 1 FROM credential WHERE name = $1 AND person <> $2)`, c.Name[:], c.Person).Scan(&other)
		if err != nil {
			return err
		}
		if other {
			return account.ErrTaken
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM credential WHERE person = $1`, c.Person); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO credential (person, name, salt, hash, memory, passes, lanes, factor, step, made)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			c.Person, c.Name[:], c.Salt, c.Hash[:], c.Cost.Memory, c.Cost.Passes, c.Cost.Lanes, c.Factor, c.Step, c.Made.UnixMilli())
		if err != nil {
			return err
		}
		if err := keepRecovery(ctx, tx, c.Person, recovery); err != nil {
			return err
		}
		return arrive(ctx, tx, in)
	})
}

// spendOnce gives ErrNoEntry for what was spent before.
func spendOnce(ctx context.Context, tx *sql.Tx, spend account.Once, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM spent WHERE until < $1`, at.UnixMilli()); err != nil {
		return err
	}
	return changesOne(tx.ExecContext(ctx, `
		INSERT INTO spent (mark, until) VALUES ($1, $2) ON CONFLICT (mark) DO NOTHING`, spend.Mark[:], spend.Until.UnixMilli()))
}

// changesOne gives ErrNoEntry when a statement changed no row.
func changesOne(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err == nil && n == 0 {
		err = account.ErrNoEntry
	}
	return err
}

func keepRecovery(ctx context.Context, tx *sql.Tx, person samenspel.PersonID, recovery []account.Hash) error {
	for _, mark := range recovery {
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery (person, mark) VALUES ($1, $2)`, person, mark[:]); err != nil {
			return err
		}
	}
	return nil
}

const credentialQuery = `
	SELECT person, name, salt, hash, memory, passes, lanes, factor, step, made,
		(SELECT count(*) FROM recovery WHERE recovery.person = credential.person)
	FROM credential `

// credential reads a password from a row.
func credential(row *sql.Row) (account.Credential, error) {
	var (
		c          account.Credential
		name, hash []byte
		made       int64
	)
	err := row.Scan(&c.Person, &name, &c.Salt, &hash, &c.Cost.Memory, &c.Cost.Passes, &c.Cost.Lanes, &c.Factor, &c.Step, &made, &c.Left)
	if err != nil {
		return account.Credential{}, err
	}
	copy(c.Name[:], name)
	copy(c.Hash[:], hash)
	c.Made = moment(made)
	return c, nil
}

// Credential gives the password of somebody.
func (a Accounts) Credential(ctx context.Context, person samenspel.PersonID) (account.Credential, error) {
	c, err := credential(a.t.read.QueryRowContext(ctx, credentialQuery+`WHERE person = $1`, person))
	return c, a.found(err)
}

// CredentialOf gives the password with a sign-in name.
func (a Accounts) CredentialOf(ctx context.Context, name account.Hash) (account.Credential, error) {
	c, err := credential(a.t.read.QueryRowContext(ctx, credentialQuery+`WHERE name = $1`, name[:]))
	return c, a.found(err)
}

// KeepRecovery puts recovery codes in the place of those that are left.
func (a Accounts) KeepRecovery(ctx context.Context, person samenspel.PersonID, recovery []account.Hash) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var there bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM credential WHERE person = $1)`, person).Scan(&there)
		if err != nil {
			return err
		}
		if !there {
			return account.ErrNoEntry
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM recovery WHERE person = $1`, person); err != nil {
			return err
		}
		return keepRecovery(ctx, tx, person, recovery)
	})
}

// DropCredential deletes a password and its recovery codes.
func (a Accounts) DropCredential(ctx context.Context, person samenspel.PersonID) error {
	return a.exec(ctx, `DELETE FROM credential WHERE person = $1`, person)
}

// Prove spends a proof and starts a session.
func (a Accounts) Prove(ctx context.Context, p account.Proof, in account.Arrival) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := spendOnce(ctx, tx, p.Once, in.Session.Made); err != nil {
			return err
		}
		person := in.Session.Person
		var err error
		if p.Step != 0 {
			err = changesOne(tx.ExecContext(ctx, `UPDATE credential SET step = $1 WHERE person = $2 AND step < $3`, p.Step, person, p.Step))
		} else {
			err = changesOne(tx.ExecContext(ctx, `DELETE FROM recovery WHERE person = $1 AND mark = $2`, person, p.Recovery[:]))
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM tries WHERE name = $1`, p.Name[:]); err != nil {
			return err
		}
		return arrive(ctx, tx, in)
	})
}

// TryName counts a try at a sign-in name that is open.
func (a Accounts) TryName(ctx context.Context, name account.Hash, at time.Time) (before account.Tries, err error) {
	err = a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// What is over goes, so that names which nobody has do not stay.
		long := at.Add(-account.TriesKept).UnixMilli()
		_, err := tx.ExecContext(ctx, `DELETE FROM tries WHERE since <= $1 AND until <= $2`, long, long)
		if err != nil {
			return err
		}
		if before, err = tries(ctx, tx, name); err != nil {
			return err
		}
		if !before.Open(at) {
			return nil
		}
		return keepTries(ctx, tx, name, before.And(at))
	})
	if err != nil {
		return account.Tries{}, err
	}
	return before, nil
}

// ForgiveName takes a try back.
func (a Accounts) ForgiveName(ctx context.Context, name account.Hash) error {
	return a.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		t, err := tries(ctx, tx, name)
		if err != nil || t == (account.Tries{}) {
			return err
		}
		return keepTries(ctx, tx, name, t.But())
	})
}

// tries are those at a name; none are there for one that nobody tried.
func tries(ctx context.Context, tx *sql.Tx, name account.Hash) (account.Tries, error) {
	var (
		t            account.Tries
		since, until int64
	)
	err := tx.QueryRowContext(ctx, `SELECT wrong, since, closed, until FROM tries WHERE name = $1`, name[:]).
		Scan(&t.Wrong, &since, &t.Closed, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Tries{}, nil
	}
	t.Since = moment(since)
	if until != 0 {
		t.Until = moment(until)
	}
	return t, err
}

func keepTries(ctx context.Context, tx *sql.Tx, name account.Hash, t account.Tries) error {
	until := int64(0)
	if !t.Until.IsZero() {
		until = t.Until.UnixMilli()
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO tries (name, wrong, since, closed, until) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name) DO UPDATE SET wrong = excluded.wrong, since = excluded.since, closed = excluded.closed, until = excluded.until`,
		name[:], t.Wrong, t.Since.UnixMilli(), t.Closed, until)
	return err
}

// SetOnlyOwn keeps whether somebody comes in by their own ways alone.
func (a Accounts) SetOnlyOwn(ctx context.Context, person samenspel.PersonID, only bool) error {
	if only {
		return a.exec(ctx, `INSERT INTO only_own (person) VALUES ($1) ON CONFLICT DO NOTHING`, person)
	}
	return a.exec(ctx, `DELETE FROM only_own WHERE person = $1`, person)
}

// OnlyOwn tells whether they do.
func (a Accounts) OnlyOwn(ctx context.Context, person samenspel.PersonID) (only bool, err error) {
	err = a.t.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM only_own WHERE person = $1)`, person).Scan(&only)
	return only, a.t.fault(err)
}

// tell keeps that somebody came in by another's link.
func tell(ctx context.Context, tx *sql.Tx, person samenspel.PersonID, b account.BackIn) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO back_in (person, link, made_by, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		person, b.Link, b.MadeBy, b.At.UnixMilli())
	return err
}

// BackIns gives the times that somebody came in by another's link.
func (a Accounts) BackIns(ctx context.Context, person samenspel.PersonID) ([]account.BackIn, error) {
	return every(ctx, a.t, func(r scanner) (b account.BackIn, err error) {
		var at int64
		err = r.Scan(&b.Link, &b.MadeBy, &at)
		b.At = moment(at)
		return b, err
	}, `
		SELECT link, made_by, at FROM back_in WHERE person = $1 ORDER BY at, link`, person)
}

// KnowBackIns forgets those up to a moment.
func (a Accounts) KnowBackIns(ctx context.Context, person samenspel.PersonID, until time.Time) error {
	return a.exec(ctx, `DELETE FROM back_in WHERE person = $1 AND at <= $2`, person, until.UnixMilli())
}
