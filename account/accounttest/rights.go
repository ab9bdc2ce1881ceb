package accounttest

import (
	"errors"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

func rightsChanged(t *testing.T, s account.Store) {
	ctx := t.Context()
	wantNoEntry(t, "rights of somebody unknown", s.SetRights(ctx, "nobody", account.Rights{MayBegin: true}))
	in := arrival("noor", key(1), noon)
	in.Person.MayBegin = true
	must(t, s.Start(ctx, in))
	must(t, s.Start(ctx, arrival("amira", key(2), noon)))
	back := account.Link{ID: "back", Purpose: account.Back, Person: "noor", MadeBy: "kim", Expires: noon.Add(time.Hour)}
	must(t, s.AddLink(ctx, key(3), back, nobody))

	must(t, s.SetRights(ctx, "noor", account.Rights{Officer: true}))
	got, err := s.Person(ctx, "noor")
	must(t, err)
	same(t, "the person", account.SealedPerson{ID: "noor", Officer: true, Name: []byte("sealed")}, got)
	_, err = s.Session(ctx, key(1))
	wantNoEntry(t, "the session from before", err)
	_, err = s.Link(ctx, key(3))
	wantNoEntry(t, "the link from before", err)
	_, err = s.Session(ctx, key(2))
	must(t, err)
}

func closedStaysOut(t *testing.T, s account.Store) {
	ctx := t.Context()
	in := arrival("noor", key(1), noon)
	in.Person.MayBegin = true
	must(t, s.Start(ctx, in))
	must(t, s.SetRights(ctx, "noor", account.Rights{Closed: true}))
	in.Token = key(2)
	wantNoEntry(t, "coming in again", s.Start(ctx, in))
	must(t, s.AddLink(ctx, key(3), account.Link{ID: "back", Purpose: account.Back, Person: "noor", MadeBy: "kim", Expires: noon.Add(time.Hour)}, nobody))
	wantNoEntry(t, "coming in by a link", s.Enter(ctx, by(key(3)), in))
	staff, err := s.Staff(ctx)
	must(t, err)
	same(t, "staff", []account.SealedPerson{{ID: "noor", Closed: true, Name: []byte("sealed")}}, staff)

	must(t, s.SetRights(ctx, "noor", account.Rights{MayBegin: true}))
	must(t, s.Start(ctx, in))
}

func anAdministratorStays(t *testing.T, s account.Store) {
	ctx := t.Context()
	for i, id := range []samenspel.PersonID{"noor", "kim"} {
		in := arrival(id, key(byte(i)), noon)
		in.Person = account.SealedPerson{ID: id, Admin: true}
		must(t, s.Start(ctx, in))
	}
	must(t, s.SetRights(ctx, "noor", account.Rights{MayBegin: true}))
	for _, r := range []account.Rights{{}, {Admin: true, Closed: true}, {MayBegin: true, Officer: true}} {
		if err := s.SetRights(ctx, "kim", r); !errors.Is(err, account.ErrLastAdministrator) {
			t.Errorf("the last one to %+v: %v", r, err)
		}
	}
	got, err := s.Person(ctx, "kim")
	must(t, err)
	same(t, "the last one", account.SealedPerson{ID: "kim", Admin: true}, got)
	_, err = s.Session(ctx, key(1))
	must(t, err)
}
