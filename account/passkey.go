package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"samenspel"
)

// MostPasskeys is how many passkeys somebody may have.
const MostPasskeys = 10

// ChallengeLimit is how long a challenge may be answered.
const ChallengeLimit = 5 * time.Minute

// The randomness in what a device signs or gives back, in bytes.
const (
	challengeBytes = 32
	handleBytes    = 32
)

// ErrManyPasskeys answers whoever has as many passkeys as there may be.
var ErrManyPasskeys = errors.New("account: no more passkeys")

// PasskeyID names a passkey among those of its owner. The credential has an id
// of its own, which the device chose.
type PasskeyID string

// Passkey is what somebody comes in with: a pair of keys, of which their
// device keeps the secret one and shows it to nobody.
type Passkey struct {
	ID     PasskeyID
	Person samenspel.PersonID
	Name   samenspel.Words // as its owner calls it, or empty
	PublicHalf
	Made     time.Time
	LastUsed time.Time // zero while unused
	// Distrusted is when its count went back, so that there may be a copy of
	// it. From then on it opens nothing. Zero is trusted.
	Distrusted time.Time
}

// Trusted reports whether the passkey still opens.
func (k Passkey) Trusted() bool { return k.Distrusted.IsZero() }

// PublicHalf is what is kept of the pair: nothing that opens anything.
type PublicHalf struct {
	CredentialID []byte
	PublicKey    []byte // as COSE writes it
	Count        uint32 // of its signatures, as the device says; 0 where it does not count
	Flags        byte   // as the device said them last, with whether it is backed up
	Transports   []string
}

// Use is what a device says with a signature.
type Use struct {
	Count uint32
	Flags byte
	At    time.Time
}

// grows reports whether the count of a use may follow the one before it. Two
// zeros are a device that does not count.
func (u Use) grows(before uint32) bool { return u.Count > before || u.Count == 0 && before == 0 }

// After gives the passkey as it is after a use. When the count did not grow,
// two devices sign with one key, and nobody can tell which is the owner's.
func (k SealedPasskey) After(u Use) (after SealedPasskey, right bool) {
	switch {
	case !k.Distrusted.IsZero():
		return k, false
	case !u.grows(k.Count):
		k.Distrusted = u.At
		return k, false
	}
	k.Count, k.Flags, k.LastUsed = u.Count, u.Flags, u.At
	return k, true
}

// Ceremony is what a challenge is for. The words are stable.
type Ceremony string

// The two things that a device does with a challenge.
const (
	MakePasskey Ceremony = "make"
	ShowPasskey Ceremony = "show"
)

// Challenge is what a device was asked to sign, without the bytes themselves.
type Challenge struct {
	For     Ceremony
	Person  samenspel.PersonID // with MakePasskey: for whom
	Holder  Hash               // of a secret that only the asking browser has
	Expires time.Time
}

// Challenge draws what a device is to sign, once, for one purpose and in the
// browser that holds this secret.
func (d *Door) Challenge(ctx context.Context, what Ceremony, person samenspel.PersonID, holder string) ([]byte, error) {
	challenge, now := draw(challengeBytes), d.now()
	c := Challenge{For: what, Person: person, Holder: holderOf(holder), Expires: now.Add(ChallengeLimit)}
	if err := d.Store.AddChallenge(ctx, sha256.Sum256(challenge), c, now); err != nil {
		return nil, err
	}
	return challenge, nil
}

// Answered uses a challenge up, whatever the answer is worth, and gives
// [ErrNoEntry] for one that was not asked like this or is over.
func (d *Door) Answered(ctx context.Context, challenge []byte, what Ceremony, person samenspel.PersonID, holder string) error {
	c, err := d.Store.TakeChallenge(ctx, sha256.Sum256(challenge))
	if err != nil {
		return err
	}
	if holder == "" || c.Holder != holderOf(holder) || c.For != what || c.Person != person || !d.now().Before(c.Expires) {
		return ErrNoEntry
	}
	return nil
}

// holderOf is all that is kept of the secret of a browser.
func holderOf(secret string) Hash {
	return sha256.Sum256([]byte("samenspel: asked for a passkey\x00" + secret))
}

// NewHolder draws a secret for a browser in which nobody is known.
func (d *Door) NewHolder() string {
	secret, _ := newToken()
	return secret
}

// Handle is what the devices of somebody call them by: random, so that it
// tells nothing.
func (d *Door) Handle(ctx context.Context, person samenspel.PersonID) ([]byte, error) {
	return d.Store.Handle(ctx, person, draw(handleBytes))
}

// AddPasskey keeps a new passkey of somebody, under an id of its own. It gives
// [ErrManyPasskeys] when there are enough, and [ErrNoEntry] for a credential
// that is somebody's already.
func (d *Door) AddPasskey(ctx context.Context, person samenspel.PersonID, name samenspel.Words, c PublicHalf) (Passkey, error) {
	k := Passkey{ID: PasskeyID(d.NewID()), Person: person, Name: name, PublicHalf: c, Made: d.now()}
	sealed, err := d.sealName(SealOfPasskey(k.ID), name)
	if err != nil {
		return Passkey{}, err
	}
	err = d.Store.AddPasskey(ctx, SealedPasskey{ID: k.ID, Person: person, Name: sealed, PublicHalf: c, Made: k.Made}, MostPasskeys)
	if err != nil {
		return Passkey{}, err
	}
	return k, nil
}

// SealOfPasskey is the purpose under which the name of a passkey is sealed.
func SealOfPasskey(id PasskeyID) string { return "account passkey name of " + string(id) }

// Passkeys gives the passkeys of somebody, the oldest first.
func (d *Door) Passkeys(ctx context.Context, person samenspel.PersonID) ([]Passkey, error) {
	all, err := d.Store.Passkeys(ctx, person)
	if err != nil {
		return nil, err
	}
	var list []Passkey
	for _, sealed := range all {
		k, err := d.openPasskey(sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, nil
}

// Passkey gives one passkey of somebody, or [ErrNoEntry].
func (d *Door) Passkey(ctx context.Context, person samenspel.PersonID, id PasskeyID) (Passkey, error) {
	list, err := d.Passkeys(ctx, person)
	if err != nil {
		return Passkey{}, err
	}
	for _, k := range list {
		if k.ID == id {
			return k, nil
		}
	}
	return Passkey{}, ErrNoEntry
}

// PasskeyOf gives the passkey with a credential, and what its device calls its
// owner, or [ErrNoEntry].
func (d *Door) PasskeyOf(ctx context.Context, credential []byte) (k Passkey, handle []byte, err error) {
	sealed, handle, err := d.Store.PasskeyOf(ctx, credential)
	if err != nil {
		return Passkey{}, nil, err
	}
	k, err = d.openPasskey(sealed)
	return k, handle, err
}

// UsePasskey counts a use whose signature was right. It gives [ErrNoEntry] when
// the passkey is gone or not to be trusted, and when this use shows that.
func (d *Door) UsePasskey(ctx context.Context, id PasskeyID, u Use) error {
	u.At = d.now()
	right, err := d.Store.UsePasskey(ctx, id, u)
	if err == nil && !right {
		err = ErrNoEntry
	}
	return err
}

// NamePasskey gives a passkey of somebody another name, or none.
func (d *Door) NamePasskey(ctx context.Context, person samenspel.PersonID, id PasskeyID, name samenspel.Words) error {
	sealed, err := d.sealName(SealOfPasskey(id), name)
	if err != nil {
		return err
	}
	return d.Store.NamePasskey(ctx, person, id, sealed)
}

// RemovePasskey takes a passkey of somebody away: it opens nothing any more.
func (d *Door) RemovePasskey(ctx context.Context, person samenspel.PersonID, id PasskeyID) error {
	return d.Store.RemovePasskey(ctx, person, id)
}

func (d *Door) openPasskey(s SealedPasskey) (Passkey, error) {
	name, err := d.openName(SealOfPasskey(s.ID), s.Name)
	return Passkey{
		ID: s.ID, Person: s.Person, Name: name, PublicHalf: s.PublicHalf,
		Made: s.Made, LastUsed: s.LastUsed, Distrusted: s.Distrusted,
	}, err
}
