package account

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// ErrTied answers somebody who would tie an identity that is tied already: to
// another person, or where they have another one of the same organisation.
var ErrTied = errors.New("account: the identity is tied already")

// Identity is who somebody is for their organisation. Only these two tell it:
// an e-mail address or a name is given to others again, and can be chosen.
type Identity struct{ Issuer, Subject string }

// IdentityStore is the part of a [Store] that keeps which identity is whose.
type IdentityStore interface {
	// Spend uses something up, and forgets what was over before at. It gives
	// ErrNoEntry when it was used before.
	Spend(ctx context.Context, it Once, at time.Time) error
	// Tie keeps an identity, starts the session of its person and ends the old
	// one: all or nothing. It gives ErrTied when the identity is another's, or
	// the person has another one of the same issuer, and ErrNoEntry when the
	// old session is not that person's any more. Tying again what is tied
	// keeps the first moment.
	Tie(ctx context.Context, t Tied, old Hash, a Arrival) error
	// TiedBy gives whose identity it is, or ErrNoEntry.
	TiedBy(ctx context.Context, identity Hash) (Tied, error)
	// TiedTo gives the identities of a person, the oldest first.
	TiedTo(ctx context.Context, person samenspel.PersonID) ([]Tied, error)
	// Untie takes the identity of a person at an issuer away, if there is one.
	Untie(ctx context.Context, person samenspel.PersonID, issuer Hash) error
}

// Tied is an identity as the store has it: as marks under a key, by which it is
// found again and from which nobody can tell who it is.
type Tied struct {
	Identity, Issuer Hash
	Person           samenspel.PersonID
	Made             time.Time
}

// stateMark keeps what began a sign-in apart from all else that is used once.
const stateMark = "sign-in of an organisation: "

// The purposes of marks.
const (
	identityPurpose = "organisation identity"
	issuerPurpose   = "organisation issuer"
)

// identityMark is the identity as it is looked up. JSON keeps issuer and subject
// apart.
func (d *Door) identityMark(who Identity) (Hash, error) {
	if who.Issuer == "" || who.Subject == "" {
		return Hash{}, ErrNoEntry
	}
	plain, err := json.Marshal([]string{who.Issuer, who.Subject})
	if err != nil {
		return Hash{}, fmt.Errorf("account: write an identity: %w", err)
	}
	return d.Marker.Mark(identityPurpose, plain), nil
}

func (d *Door) issuerMark(issuer string) Hash { return d.Marker.Mark(issuerPurpose, []byte(issuer)) }

// SpendSignIn uses up what began a sign-in, known by its state, until it would
// have ended by itself. The second time it gives [ErrNoEntry].
func (d *Door) SpendSignIn(ctx context.Context, state string, ends time.Time) error {
	now := d.now()
	if !now.Before(ends) {
		return ErrNoEntry
	}
	return d.Store.Spend(ctx, Once{sha256.Sum256([]byte(stateMark + state)), ends.UTC().Truncate(time.Millisecond)}, now)
}

// Identified gives whose identity it is, or [ErrNoEntry]. It makes nobody known:
// whoever ties is in already.
func (d *Door) Identified(ctx context.Context, who Identity) (samenspel.PersonID, error) {
	mark, err := d.identityMark(who)
	if err != nil {
		return "", err
	}
	tied, err := d.Store.TiedBy(ctx, mark)
	return tied.Person, err
}

// Tie ties an identity to whose session this is, and renews the session: the
// new one is by the organisation, and the old one is over.
func (d *Door) Tie(ctx context.Context, who Identity, old string, how How) (token string, s Session, err error) {
	was, err := d.Still(ctx, old)
	if err != nil {
		return "", Session{}, err
	}
	hash, err := parseToken(old)
	if err != nil {
		return "", Session{}, err
	}
	mark, err := d.identityMark(who)
	if err != nil {
		return "", Session{}, err
	}
	how.Shared = how.Shared || was.Shared
	token, a, err := d.arrival(ctx, Person{ID: was.Person}, how)
	if err != nil {
		return "", Session{}, err
	}
	t := Tied{Identity: mark, Issuer: d.issuerMark(who.Issuer), Person: was.Person, Made: a.Session.Made}
	if err := d.Store.Tie(ctx, t, hash, a); err != nil {
		return "", Session{}, err
	}
	return token, a.Session, nil
}

// TiedSince tells since when somebody can come in by an issuer; ok is false
// when they cannot.
func (d *Door) TiedSince(ctx context.Context, person samenspel.PersonID, issuer string) (since time.Time, ok bool, err error) {
	all, err := d.Store.TiedTo(ctx, person)
	at := d.issuerMark(issuer)
	for _, t := range all {
		if t.Issuer == at {
			return t.Made, true, err
		}
	}
	return time.Time{}, false, err
}

// Untie takes away that somebody can come in by an issuer. It gives
// [ErrLastWay] as [Door.MayDrop] does.
func (d *Door) Untie(ctx context.Context, person samenspel.PersonID, issuer string) error {
	if _, tied, err := d.TiedSince(ctx, person, issuer); err != nil || !tied {
		return err
	}
	if err := d.MayDrop(ctx, person); err != nil {
		return err
	}
	return d.Store.Untie(ctx, person, d.issuerMark(issuer))
}
