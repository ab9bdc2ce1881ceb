package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"samenspel"
)

// Door lets people in and tells who they are. All fields are needed. It holds
// no state of its own: what has ended is ended for the next question.
type Door struct {
	Store       Store
	Credentials CredentialStore
	Sealer      Sealer
	Marker      Marker
	Stretcher   Stretcher
	Now         func() time.Time
	NewID       func() string // for links and newcomers; a UUID, never the same twice
}

// MakeLink makes a link and gives its key, which cannot be had again. The
// caller fills in the purpose and whom or what it is for: the alliance and
// partner for [Partner], a person whom the door knows for [Back], who may want
// none ([ErrOwnOnly]). Where Person
// is empty the link is for a newcomer. The earlier unused links for the same
// place, or for the same person and purpose, are withdrawn.
func (d *Door) MakeLink(ctx context.Context, l Link) (key Key, made Link, err error) {
	if err := l.check(); err != nil {
		return Key{}, Link{}, err
	}
	if l.Purpose == Back {
		switch p, err := d.Store.Person(ctx, l.Person); {
		case err != nil:
			return Key{}, Link{}, err
		case p.Closed:
			return Key{}, Link{}, ErrNoEntry
		}
		if err := d.takesLinks(ctx, l); err != nil {
			return Key{}, Link{}, err
		}
	}
	if l.Person == "" {
		l.Person = samenspel.PersonID(d.NewID())
	}
	return d.addLink(ctx, l, l.replaces())
}

// takesLinks gives [ErrOwnOnly] for a way back that is made at a table, for
// somebody who wants none. The administrator can always let staff in again.
func (d *Door) takesLinks(ctx context.Context, l Link) error {
	if l.Purpose != Back || l.Alliance == "" {
		return nil
	}
	only, err := d.Credentials.OnlyOwn(ctx, l.Person)
	if err == nil && only {
		err = ErrOwnOnly
	}
	return err
}

// FirstAdministrator makes the link for the first administrator and withdraws
// the earlier ones that were not used. It gives ok = false once there is an
// administrator.
func (d *Door) FirstAdministrator(ctx context.Context) (secret string, ok bool, err error) {
	staff, err := d.Store.Staff(ctx)
	if err != nil {
		return "", false, err
	}
	for _, p := range staff {
		if p.Admin && !p.Closed {
			return "", false, nil
		}
	}
	l := Link{Purpose: Administrator, Person: samenspel.PersonID(d.NewID())}
	key, _, err := d.addLink(ctx, l, Unused{Purpose: Administrator})
	return key.Secret, err == nil, err
}

func (d *Door) addLink(ctx context.Context, l Link, replaces Unused) (key Key, made Link, err error) {
	now := d.now()
	if err := d.Store.Sweep(ctx, now.Add(-keepOver)); err != nil {
		return Key{}, Link{}, err
	}
	secret := draw(linkBytes)
	key.Secret = linkForm.EncodeToString(secret)
	l.ID, l.Expires = d.NewID(), now.Add(l.Purpose.limit())
	l.Code, l.Wrong, l.Used, l.UsedBy = Hash{}, 0, time.Time{}, Hash{}
	if l.Purpose.coded() {
		key.Code = newCode()
		l.Code = hashCode(secret, key.Code)
	}
	if err := d.Store.AddLink(ctx, sha256.Sum256(secret), l, replaces); err != nil {
		return Key{}, Link{}, err
	}
	return key, l, nil
}

// Look tells what a key is for and uses nothing up, however often it is asked.
// It gives [ErrCode] where a code is needed and there is none, and
// [ErrNoEntry] for a key that does not open. A wrong code is counted while the
// link is open: when that closes it, closed is true and the link is given.
func (d *Door) Look(ctx context.Context, key Key) (l Link, closed bool, err error) {
	_, l, closed, err = d.look(ctx, key)
	return l, closed, err
}

func (d *Door) look(ctx context.Context, key Key) (k HashedKey, l Link, closed bool, err error) {
	code, wrong := "", error(ErrNoEntry) // what to answer when the link is not open
	if key.Code == "" {
		wrong = ErrCode
	} else if code, err = parseCode(key.Code); err != nil {
		return HashedKey{}, Link{}, false, err
	}
	secret, err := parseSecret(key.Secret)
	if err != nil {
		return HashedKey{}, Link{}, false, wrong
	}
	k = HashedKey{Secret: sha256.Sum256(secret)}
	if key.Form != "" {
		k.Form = sha256.Sum256([]byte(key.Form))
	}
	l, err = d.Store.Link(ctx, k.Secret)
	switch {
	case errors.Is(err, ErrNoEntry):
		return HashedKey{}, Link{}, false, wrong
	case err != nil:
		return HashedKey{}, Link{}, false, err
	case l.Code == Hash{}:
		if !l.OpenTo(k.Form, d.now()) {
			return HashedKey{}, Link{}, false, wrong
		}
		return k, l, false, nil
	case code == "":
		return HashedKey{}, Link{}, false, ErrCode
	}
	k.Code = hashCode(secret, code)
	if closed, err = d.tryCode(ctx, k, &l); err != nil && !closed {
		l = Link{}
	}
	return k, l, closed, err
}

// tryCode holds a code against a link.
func (d *Door) tryCode(ctx context.Context, k HashedKey, l *Link) (closed bool, err error) {
	now := d.now()
	if !l.Open(now) {
		if l.OpenTo(k.Form, now) && l.Code == k.Code {
			return false, nil
		}
		return false, ErrNoEntry
	}
	after, right, err := d.Store.Try(ctx, k.Secret, k.Code, now)
	if err != nil {
		return false, err
	}
	if *l = after; !right {
		err = ErrNoEntry
	}
	return l.Closed(), err
}

// Withdraw closes the links to a place in an alliance that were not used, and
// the ways back for who sits there that were made in it.
func (d *Door) Withdraw(ctx context.Context, alliance samenspel.AllianceID, partner samenspel.PartnerID) error {
	l := Link{Purpose: Partner, Alliance: alliance, Partner: partner}
	if err := l.check(); err != nil {
		return err
	}
	if err := d.Store.Withdraw(ctx, l.replaces()); err != nil {
		return err
	}
	return d.Store.Withdraw(ctx, Unused{Purpose: Back, Alliance: alliance, Partner: partner})
}

// Links gives for each place in an alliance the last link to it that was not
// used, also when it has expired or was closed since: for those who may make a
// new one.
func (d *Door) Links(ctx context.Context, alliance samenspel.AllianceID) (map[samenspel.PartnerID]Link, error) {
	list, err := d.Store.Links(ctx, alliance)
	if err != nil {
		return nil, err
	}
	last := map[samenspel.PartnerID]Link{}
	for _, l := range list {
		last[l.Partner] = l
	}
	return last, nil
}

// UsedBy tells what a link was for whom this person has used already: who goes
// back to the door is in.
func (d *Door) UsedBy(ctx context.Context, secret string, person samenspel.PersonID) (Link, error) {
	bytes, err := parseSecret(secret)
	if err != nil {
		return Link{}, err
	}
	l, err := d.Store.Link(ctx, sha256.Sum256(bytes))
	if err == nil && (l.Used.IsZero() || l.Person != person) {
		err = ErrNoEntry
	}
	if err != nil {
		return Link{}, err
	}
	return l, nil
}

// Enter uses a link up, makes its person known with the rights of its purpose
// and the name they choose (empty: the name stays as it was), and starts a
// session as [Door.Start] does: all of it or nothing. Of two who use one link,
// the second gets [ErrNoEntry]; the same form may be sent again. By a way back
// the other sessions of this person end: a lost device is out, and so is
// whoever came in before in their place.
//
// For [Partner], let the link's person join the alliance first: when that is
// done and this is not, the link still opens for the same person.
func (d *Door) Enter(ctx context.Context, key Key, name samenspel.Words, how How) (token string, s Session, err error) {
	k, l, _, err := d.look(ctx, key)
	if err != nil {
		return "", Session{}, err
	}
	if err := d.takesLinks(ctx, l); errors.Is(err, ErrOwnOnly) {
		return "", Session{}, ErrNoEntry // chosen after the link was made
	} else if err != nil {
		return "", Session{}, err
	}
	token, a, err := d.arrival(ctx, Person{
		ID:       l.Person,
		Admin:    l.Purpose == Administrator,
		Officer:  l.Purpose == Officer,
		MayBegin: l.Purpose == Professional,
		Name:     name,
	}, how)
	if err != nil {
		return "", Session{}, err
	}
	a.Alone = l.Purpose == Back
	if a.Tell, err = d.backIn(ctx, l); err != nil {
		return "", Session{}, err
	}
	if err := d.Store.Enter(ctx, k, a); err != nil {
		return "", Session{}, err
	}
	return token, a.Session, nil
}

// Person gives somebody whom the door knows, or [ErrNoEntry].
func (d *Door) Person(ctx context.Context, id samenspel.PersonID) (Person, error) {
	p, err := d.Store.Person(ctx, id)
	if err != nil {
		return Person{}, err
	}
	return d.unseal(p)
}

// Professionals gives everybody who may begin alliances, in the order of
// their ids.
func (d *Door) Professionals(ctx context.Context) ([]Person, error) {
	staff, err := d.Staff(ctx)
	return slices.DeleteFunc(staff, func(p Person) bool { return !p.MayBegin }), err
}

// SetRights changes what somebody may in the whole program, and ends all their
// sessions. It gives [ErrNoEntry] and [ErrLastAdministrator].
func (d *Door) SetRights(ctx context.Context, id samenspel.PersonID, r Rights) error {
	return d.Store.SetRights(ctx, id, r)
}

// Staff gives everybody who has rights in the whole program, those who stopped
// among them, in the order of their ids.
func (d *Door) Staff(ctx context.Context) ([]Person, error) {
	staff, err := d.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	var list []Person
	for _, sealed := range staff {
		p, err := d.unseal(sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// now is the moment as the store keeps it.
func (d *Door) now() time.Time { return d.Now().UTC().Truncate(time.Millisecond) }

// SealOfName is the purpose under which a name is sealed. It holds the person,
// so that a name does not open in somebody else's row.
func SealOfName(id samenspel.PersonID) string { return "account name of " + string(id) }

func (d *Door) seal(p Person) (SealedPerson, error) {
	name, err := d.sealName(SealOfName(p.ID), p.Name)
	return SealedPerson{ID: p.ID, Admin: p.Admin, Officer: p.Officer, MayBegin: p.MayBegin, Name: name}, err
}

func (d *Door) unseal(sealed SealedPerson) (Person, error) {
	name, err := d.openName(SealOfName(sealed.ID), sealed.Name)
	return Person{ID: sealed.ID, Admin: sealed.Admin, Officer: sealed.Officer, MayBegin: sealed.MayBegin, Closed: sealed.Closed, Name: name}, err
}

// sealName closes a name under its purpose; nil is no name.
func (d *Door) sealName(purpose string, name samenspel.Words) ([]byte, error) {
	if name.Empty() {
		return nil, nil
	}
	sealed, err := d.Sealer.Seal(purpose, []byte(name.Text()))
	if err != nil {
		return nil, fmt.Errorf("account: seal a name: %w", err)
	}
	return sealed, nil
}

// openName opens what sealName closed.
func (d *Door) openName(purpose string, sealed []byte) (samenspel.Words, error) {
	if sealed == nil {
		return samenspel.Words{}, nil
	}
	name, err := d.Sealer.Open(purpose, sealed)
	if err != nil {
		return samenspel.Words{}, fmt.Errorf("account: open a name: %w", err)
	}
	return samenspel.Say(string(name)), nil
}
