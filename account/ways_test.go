package account_test

import (
	"errors"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// backTo is a way back for somebody at a table.
func backTo(person samenspel.PersonID) account.Link {
	return account.Link{Purpose: account.Back, Person: person, Alliance: "a", Partner: "p1", MadeBy: "noor"}
}

func TestOnlyOnesOwn(t *testing.T) {
	e := newEntrance(t)
	ctx := t.Context()
	e.start(t, account.Person{ID: "amira"}, false)
	if err := e.SetOnlyOwn(ctx, "amira", true); !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("without a way of one's own: %v", err)
	}
	e.setUp(t, "amira", "amira amira", elsPassword)
	open := e.makeLink(t, backTo("amira"))
	must(t, e.SetOnlyOwn(ctx, "amira", true))
	_, _, err := e.Look(ctx, open)
	checkRefused(t, "a link from before", err)
	if _, _, err := e.MakeLink(ctx, backTo("amira")); !errors.Is(err, account.ErrOwnOnly) {
		t.Errorf("a new link: %v", err)
	}
	if err := e.DropPassword(ctx, "amira"); !errors.Is(err, account.ErrLastWay) {
		t.Errorf("the last way in: %v", err)
	}
	must(t, e.SetOnlyOwn(ctx, "amira", false))
	late := e.makeLink(t, backTo("amira"))
	must(t, e.Credentials.SetOnlyOwn(ctx, "amira", true)) // while the link was being made
	_, _, err = e.Enter(ctx, late, samenspel.Words{}, account.How{})
	checkEntry(t, "a link that came in between", err, false)

	// The administrator can let staff in again.
	e.els(t)
	must(t, e.SetOnlyOwn(ctx, "els", true))
	byAdministrator := backTo("els")
	byAdministrator.Alliance, byAdministrator.Partner = "", ""
	e.enter(t, e.makeLink(t, byAdministrator), "")
}

func TestTheLastOwnWay(t *testing.T) {
	e := newEntrance(t)
	ctx := t.Context()
	for person, want := range map[account.Person]error{
		{ID: "ad", Admin: true}: account.ErrLastWay, {ID: "of", Officer: true}: account.ErrLastWay,
		{ID: "pro", MayBegin: true}: account.ErrLastWay, {ID: "amira"}: nil,
	} {
		e.start(t, person, false)
		if err := e.DropPassword(ctx, person.ID); !errors.Is(err, account.ErrNoEntry) {
			t.Errorf("%s has none: %v", person.ID, err)
		}
		e.setUp(t, person.ID, "name of "+string(person.ID), elsPassword)
		err := e.DropPassword(ctx, person.ID)
		if !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%s: %v, want %v", person.ID, err, want)
		}
		ways, err := e.OwnWays(ctx, person.ID)
		must(t, err)
		if (ways == 0) != (want == nil) {
			t.Errorf("%s has %d ways after that", person.ID, ways)
		}
	}
}

// TestAWayBack ends where somebody was in before, and is told to who has a way
// of their own.
func TestAWayBack(t *testing.T) {
	e := newEntrance(t)
	ctx := t.Context()
	before := e.start(t, account.Person{ID: "amira"}, false)
	e.enter(t, e.makeLink(t, backTo("amira")), "")
	e.lives(t, before, false)
	told, err := e.BackIns(ctx, "amira")
	must(t, err)
	same(t, 0, len(told)) // a link is all that they have

	_, _, own := e.setUp(t, "amira", "amira amira", elsPassword)
	at := e.now
	after := e.enter(t, e.makeLink(t, backTo("amira")), "")
	e.lives(t, own, false)
	e.lives(t, after, true)
	self := backTo("amira")
	self.MadeBy = "amira"
	e.wait(time.Minute)
	e.enter(t, e.makeLink(t, self), "")
	told, err = e.BackIns(ctx, "amira")
	must(t, err)
	if len(told) != 1 || told[0].MadeBy != "noor" || !told[0].At.Equal(at) {
		t.Errorf("told: %+v", told)
	}
	must(t, e.KnowBackIns(ctx, "amira", at))
	told, err = e.BackIns(ctx, "amira")
	must(t, err)
	same(t, 0, len(told))
}
