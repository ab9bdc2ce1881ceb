package account

import (
	"context"
	"errors"

	"samenspel"
)

// Start makes a person known and starts a session for them, without a link:
// for somebody who has proved in another way who they are. The session falls
// under the limits of staff when how says so or the person has rights in the
// whole program.
func (d *Door) Start(ctx context.Context, p Person, how How) (token string, s Session, err error) {
	token, a, err := d.arrival(ctx, p, how)
	if err != nil {
		return "", Session{}, err
	}
	if err := d.Store.Start(ctx, a); err != nil {
		return "", Session{}, err
	}
	return token, a.Session, nil
}

// arrival draws a token and makes ready what the store is to keep.
func (d *Door) arrival(ctx context.Context, p Person, how How) (token string, a Arrival, err error) {
	known, err := d.Store.Person(ctx, p.ID)
	if err != nil && !errors.Is(err, ErrNoEntry) {
		return "", Arrival{}, err
	}
	sealed, err := d.seal(p)
	if err != nil {
		return "", Arrival{}, err
	}
	now := d.now()
	if err := d.Store.Sweep(ctx, now.Add(-keepOver)); err != nil {
		return "", Arrival{}, err
	}
	how.Staff = how.Staff || p.Staff() || known.Staff()
	token, hash := newToken()
	return token, Arrival{
		Person:  sealed,
		Token:   hash,
		Session: Session{ID: hash.SessionID(), Person: p.ID, How: how, Made: now, LastUsed: now},
	}, nil
}

// Who tells whose token this is, and counts as a use of the session. It gives
// [ErrNoEntry] for a token that is unknown, expired or ended.
func (d *Door) Who(ctx context.Context, token string) (Session, error) {
	s, err := d.Still(ctx, token)
	if err != nil {
		return Session{}, err
	}
	hash, err := parseToken(token)
	if err != nil {
		return Session{}, err
	}
	now := d.now()
	// When the use cannot be written (a full disk), people can still read
	// until the session ends by the last use that was.
	if now.Sub(s.LastUsed) >= renewAfter && d.Store.Renew(ctx, hash, now) == nil {
		s.LastUsed = now
	}
	return s, nil
}

// Still tells whether a session goes on, without counting as a use of it: for
// a page that stays open while nobody may be there.
func (d *Door) Still(ctx context.Context, token string) (Session, error) {
	hash, err := parseToken(token)
	if err != nil {
		return Session{}, err
	}
	s, err := d.Store.Session(ctx, hash)
	if err == nil && s.over(d.now()) {
		err = ErrNoEntry
	}
	if err != nil {
		return Session{}, err
	}
	return s, nil
}

// End ends one session at once. A token that opens nothing is no error.
func (d *Door) End(ctx context.Context, token string) error {
	hash, err := parseToken(token)
	if err != nil {
		return nil
	}
	return d.Store.End(ctx, hash)
}

// EndOne ends one session of somebody by its id. An id that is none of theirs
// is no error.
func (d *Door) EndOne(ctx context.Context, person samenspel.PersonID, id string) error {
	return d.Store.EndOne(ctx, person, id)
}

// EndAll ends all sessions of somebody at once, on every device.
func (d *Door) EndAll(ctx context.Context, person samenspel.PersonID) error {
	return d.Store.EndAll(ctx, person)
}

// Sessions gives the sessions of somebody that have not ended, the oldest
// first.
func (d *Door) Sessions(ctx context.Context, person samenspel.PersonID) ([]Session, error) {
	all, err := d.Store.Sessions(ctx, person)
	if err != nil {
		return nil, err
	}
	now := d.now()
	var live []Session
	for _, s := range all {
		if !s.over(now) {
			live = append(live, s)
		}
	}
	return live, nil
}
