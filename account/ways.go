package account

import (
	"context"
	"errors"
	"time"

	"samenspel"
)

// ErrOwnOnly answers who makes a way back for somebody who comes in by a way of
// their own alone.
var ErrOwnOnly = errors.New("account: this person takes no link")

// ownWays count what somebody has to come in by on their own: each kind of way
// has a line here.
var ownWays = []func(*Door, context.Context, samenspel.PersonID) (int, error){
	(*Door).countPasswords, (*Door).countPasskeys,
}

func (d *Door) countPasswords(ctx context.Context, person samenspel.PersonID) (int, error) {
	_, err := d.Credentials.Credential(ctx, person)
	if errors.Is(err, ErrNoEntry) {
		return 0, nil
	}
	return 1, err
}

// countPasskeys leaves out those that are not to be trusted: they open nothing.
func (d *Door) countPasskeys(ctx context.Context, person samenspel.PersonID) (count int, err error) {
	list, err := d.Store.Passkeys(ctx, person)
	for _, k := range list {
		if k.Distrusted.IsZero() {
			count++
		}
	}
	return count, err
}

// OwnWays tells how many ways in somebody has that nobody else made.
func (d *Door) OwnWays(ctx context.Context, person samenspel.PersonID) (int, error) {
	all := 0
	for _, count := range ownWays {
		n, err := count(d, ctx, person)
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// MayDrop gives [ErrLastWay] when somebody may not take a way of their own
// away: it is the last, and they have rights in the whole program, or come in
// by their own ways alone.
func (d *Door) MayDrop(ctx context.Context, person samenspel.PersonID) error {
	ways, err := d.OwnWays(ctx, person)
	if err != nil || ways > 1 {
		return err
	}
	p, err := d.Store.Person(ctx, person)
	if err != nil {
		return err
	}
	only, err := d.Credentials.OnlyOwn(ctx, person)
	if err == nil && (only || p.Staff()) {
		err = ErrLastWay
	}
	return err
}

// SetOnlyOwn keeps whether somebody comes in by their own ways alone, so that
// no partner can make a way back for them. The ways back that are open close.
// Who has no way of their own gets [ErrNoEntry].
func (d *Door) SetOnlyOwn(ctx context.Context, person samenspel.PersonID, only bool) error {
	if !only {
		return d.Credentials.SetOnlyOwn(ctx, person, false)
	}
	ways, err := d.OwnWays(ctx, person)
	if err == nil && ways == 0 {
		err = ErrNoEntry
	}
	if err != nil {
		return err
	}
	if err := d.Credentials.SetOnlyOwn(ctx, person, true); err != nil {
		return err
	}
	return d.Store.Withdraw(ctx, Unused{Purpose: Back, Person: person})
}

// OnlyOwn tells whether somebody comes in by their own ways alone.
func (d *Door) OnlyOwn(ctx context.Context, person samenspel.PersonID) (bool, error) {
	return d.Credentials.OnlyOwn(ctx, person)
}

// BackIns gives the times that somebody with a way of their own came in by a
// link that another made, until they say that they know of them.
func (d *Door) BackIns(ctx context.Context, person samenspel.PersonID) ([]BackIn, error) {
	return d.Credentials.BackIns(ctx, person)
}

// KnowBackIns is when they say so, of those up to a moment.
func (d *Door) KnowBackIns(ctx context.Context, person samenspel.PersonID, until time.Time) error {
	return d.Credentials.KnowBackIns(ctx, person, until)
}

// backIn is what is told to somebody who comes in by a link, or nil.
func (d *Door) backIn(ctx context.Context, l Link) (*BackIn, error) {
	if l.Purpose != Back || l.MadeBy == l.Person {
		return nil, nil
	}
	ways, err := d.OwnWays(ctx, l.Person)
	if err != nil || ways == 0 {
		return nil, err
	}
	return &BackIn{Link: l.ID, MadeBy: l.MadeBy, At: d.now()}, nil
}
