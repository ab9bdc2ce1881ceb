package relational

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"samenspel"
	"samenspel/house"
)

// Organisation gives who answers for this house.
func (h House) Organisation(ctx context.Context) (house.Organisation, error) {
	var o house.Organisation
	err := h.t.read.QueryRowContext(ctx, `SELECT name, contact, officer, complain FROM organisation`).
		Scan(&o.Name, &o.Contact, &o.Officer, &o.Complain)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return o, h.t.fault(err)
}

// Keep keeps who answers for this house.
func (h House) Keep(ctx context.Context, o house.Organisation) error {
	return h.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO organisation (one, name, contact, officer, complain) VALUES (1, $1, $2, $3, $4)
			ON CONFLICT (one) DO UPDATE SET name = excluded.name, contact = excluded.contact,
				officer = excluded.officer, complain = excluded.complain`,
			o.Name, o.Contact, o.Officer, o.Complain)
		return err
	})
}

// Emergencies gives where somebody looks in an emergency.
func (h House) Emergencies(ctx context.Context, person samenspel.PersonID, at time.Time) ([]house.Emergency, error) {
	return every(ctx, h.t, func(r scanner) (house.Emergency, error) {
		e, until := house.Emergency{Person: person}, int64(0)
		err := r.Scan(&e.Alliance, &until)
		e.Until = moment(until)
		return e, err
	}, `
		SELECT alliance, until FROM emergency WHERE person = $1 AND until > $2 ORDER BY until, alliance`, person, at.UnixMilli())
}

// Open keeps where somebody looks in an emergency.
func (h House) Open(ctx context.Context, e house.Emergency) error {
	return h.t.engine.Write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM emergency WHERE until < $1`, e.Until.Add(-48*time.Hour).UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO emergency (person, alliance, until) VALUES ($1, $2, $3)
			ON CONFLICT (person, alliance) DO UPDATE SET until = excluded.until`, e.Person, e.Alliance, e.Until.UnixMilli())
		return err
	})
}
