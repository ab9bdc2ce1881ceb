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

// Identities ties people to who they are for their organisation, and lets them
// in by it. It makes nobody known: whoever ties is in already. All fields are
// needed.
type Identities struct {
	Door  *Door
	Store IdentityStore
	// Marker gives keyed marks: what is looked up lies nowhere itself.
	Marker interface {
		Mark(purpose string, plain []byte) [32]byte
	}
}

// IdentityStore keeps which identity is whose, as [Store] keeps the rest, and
// which starts are used up. Package accounttest holds the tests that every
// store passes.
type IdentityStore interface {
	// Spend uses a start up. It gives ErrNoEntry when it was used before. What
	// ended before at is forgotten.
	Spend(ctx context.Context, start Hash, at, ends time.Time) error
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

// The purposes of marks.
const (
	identityMark = "organisation identity"
	issuerMark   = "organisation issuer"
)

// mark is the identity as it is looked up. JSON keeps issuer and subject apart.
func (o *Identities) mark(who Identity) (Hash, error) {
	if who.Issuer == "" || who.Subject == "" {
		return Hash{}, ErrNoEntry
	}
	plain, err := json.Marshal([]string{who.Issuer, who.Subject})
	if err != nil {
		return Hash{}, fmt.Errorf("account: write an identity: %w", err)
	}
	return o.Marker.Mark(identityMark, plain), nil
}

func (o *Identities) issuer(issuer string) Hash { return o.Marker.Mark(issuerMark, []byte(issuer)) }

// Spend uses up what began a sign-in, known by its state, until it would have
// ended by itself. The second time it gives [ErrNoEntry].
func (o *Identities) Spend(ctx context.Context, state string, ends time.Time) error {
	now := o.Door.now()
	if !now.Before(ends) {
		return ErrNoEntry
	}
	return o.Store.Spend(ctx, sha256.Sum256([]byte(state)), now, ends.UTC().Truncate(time.Millisecond))
}

// Enter lets in whose identity it is, or gives [ErrNoEntry].
func (o *Identities) Enter(ctx context.Context, who Identity, how func(samenspel.PersonID) (How, error)) (token string, s Session, err error) {
	mark, err := o.mark(who)
	if err != nil {
		return "", Session{}, err
	}
	tied, err := o.Store.TiedBy(ctx, mark)
	if err != nil {
		return "", Session{}, err
	}
	known, err := o.Door.Store.Person(ctx, tied.Person)
	if err != nil {
		return "", Session{}, err
	}
	by, err := how(known.ID)
	if err != nil {
		return "", Session{}, err
	}
	return o.Door.Start(ctx, Person{ID: known.ID}, by)
}

// Tie ties an identity to whose session this is, and renews the session: the
// new one is by the organisation, and the old one is over.
func (o *Identities) Tie(ctx context.Context, who Identity, old string, how How) (token string, s Session, err error) {
	was, err := o.Door.Still(ctx, old)
	if err != nil {
		return "", Session{}, err
	}
	hash, err := parseToken(old)
	if err != nil {
		return "", Session{}, err
	}
	mark, err := o.mark(who)
	if err != nil {
		return "", Session{}, err
	}
	how.Shared = how.Shared || was.Shared
	token, a, err := o.Door.arrival(ctx, Person{ID: was.Person}, how)
	if err != nil {
		return "", Session{}, err
	}
	t := Tied{Identity: mark, Issuer: o.issuer(who.Issuer), Person: was.Person, Made: a.Session.Made}
	if err := o.Store.Tie(ctx, t, hash, a); err != nil {
		return "", Session{}, err
	}
	return token, a.Session, nil
}

// TiedSince tells since when somebody can come in by an issuer; ok is false
// when they cannot.
func (o *Identities) TiedSince(ctx context.Context, person samenspel.PersonID, issuer string) (since time.Time, ok bool, err error) {
	all, err := o.Store.TiedTo(ctx, person)
	at := o.issuer(issuer)
	for _, t := range all {
		if t.Issuer == at {
			return t.Made, true, err
		}
	}
	return time.Time{}, false, err
}

// Untie takes away that somebody can come in by an issuer.
func (o *Identities) Untie(ctx context.Context, person samenspel.PersonID, issuer string) error {
	return o.Store.Untie(ctx, person, o.issuer(issuer))
}
