package account

import (
	"context"
	"fmt"
	"time"

	"samenspel"
)

// Door lets people in and tells who they are. All fields are needed. It holds
// no state of its own: what has ended is ended for the next question.
type Door struct {
	Store  Store
	Sealer Sealer
	Now    func() time.Time
	NewID  func() string // for links and newcomers; a UUID, never the same twice
}

// MakeLink makes a link and gives its secret, which cannot be had again. The
// caller fills in the purpose and whom or what it is for: the alliance and
// partner for [Partner], a person whom the door knows for [Back]. Where Person
// is empty the link is for a newcomer. The earlier unused links for the same
// place, or for the same person and purpose, are withdrawn.
func (d *Door) MakeLink(ctx context.Context, l Link) (secret string, made Link, err error) {
	if err := l.check(); err != nil {
		return "", Link{}, err
	}
	if l.Purpose == Back {
		if _, err := d.Store.Person(ctx, l.Person); err != nil {
			return "", Link{}, err
		}
	}
	if l.Person == "" {
		l.Person = samenspel.PersonID(d.NewID())
	}
	return d.addLink(ctx, l, l.replaces())
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
		if p.Admin {
			return "", false, nil
		}
	}
	l := Link{Purpose: Administrator, Person: samenspel.PersonID(d.NewID())}
	secret, _, err = d.addLink(ctx, l, Unused{Purpose: Administrator})
	return secret, err == nil, err
}

func (d *Door) addLink(ctx context.Context, l Link, replaces Unused) (string, Link, error) {
	now := d.now()
	if err := d.Store.Sweep(ctx, now.Add(-keepOver)); err != nil {
		return "", Link{}, err
	}
	secret, hash := newSecret(linkBytes)
	l.ID, l.Expires, l.Used = d.NewID(), now.Add(l.Purpose.limit()), time.Time{}
	if err := d.Store.AddLink(ctx, hash, l, replaces); err != nil {
		return "", Link{}, err
	}
	return secret, l, nil
}

// Look tells what a secret is for and uses nothing up, however often it is
// asked. It gives [ErrNoEntry] for a link that does not open.
func (d *Door) Look(ctx context.Context, secret string) (Link, error) {
	_, l, err := d.look(ctx, secret)
	return l, err
}

func (d *Door) look(ctx context.Context, secret string) (Hash, Link, error) {
	hash, err := parse(secret, linkBytes)
	if err != nil {
		return Hash{}, Link{}, err
	}
	l, err := d.Store.Link(ctx, hash)
	if err != nil {
		return Hash{}, Link{}, err
	}
	if !l.open(d.now()) {
		return Hash{}, Link{}, ErrNoEntry
	}
	return hash, l, nil
}

// Withdraw closes the links to a place in an alliance that were not used.
func (d *Door) Withdraw(ctx context.Context, alliance samenspel.AllianceID, partner samenspel.PartnerID) error {
	l := Link{Purpose: Partner, Alliance: alliance, Partner: partner}
	if err := l.check(); err != nil {
		return err
	}
	return d.Store.Withdraw(ctx, l.replaces())
}

// Enter uses a link up, makes its person known with the rights of its purpose
// and the name they choose (empty: the name stays as it was), and starts a
// session as [Door.Start] does: all of it or nothing. Of two who use one link,
// the second gets [ErrNoEntry].
//
// For [Partner], let the link's person join the alliance first: when that is
// done and this is not, the link still opens for the same person.
func (d *Door) Enter(ctx context.Context, secret string, name samenspel.Words, staff bool) (token string, s Session, err error) {
	hash, l, err := d.look(ctx, secret)
	if err != nil {
		return "", Session{}, err
	}
	token, a, err := d.arrival(ctx, Person{
		ID:       l.Person,
		Admin:    l.Purpose == Administrator,
		MayBegin: l.Purpose == Professional,
		Name:     name,
	}, staff)
	if err != nil {
		return "", Session{}, err
	}
	if err := d.Store.Enter(ctx, hash, a); err != nil {
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
	staff, err := d.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	var list []Person
	for _, sealed := range staff {
		if !sealed.MayBegin {
			continue
		}
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

// nameOf is the purpose under which a name is sealed. It holds the person, so
// that a name does not open in somebody else's row.
func nameOf(id samenspel.PersonID) string { return "account name of " + string(id) }

func (d *Door) seal(p Person) (SealedPerson, error) {
	sealed := SealedPerson{ID: p.ID, Admin: p.Admin, MayBegin: p.MayBegin}
	if p.Name.Empty() {
		return sealed, nil
	}
	name, err := d.Sealer.Seal(nameOf(p.ID), []byte(p.Name.Text()))
	if err != nil {
		return SealedPerson{}, fmt.Errorf("account: seal a name: %w", err)
	}
	sealed.Name = name
	return sealed, nil
}

func (d *Door) unseal(sealed SealedPerson) (Person, error) {
	p := Person{ID: sealed.ID, Admin: sealed.Admin, MayBegin: sealed.MayBegin}
	if sealed.Name == nil {
		return p, nil
	}
	name, err := d.Sealer.Open(nameOf(p.ID), sealed.Name)
	if err != nil {
		return Person{}, fmt.Errorf("account: open a name: %w", err)
	}
	p.Name = samenspel.Say(string(name))
	return p, nil
}
