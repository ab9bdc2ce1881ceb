// Package accounttest holds the tests that every [account.Store] passes, so
// that the door stands the same on each of them.
package accounttest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/account"
)

// Run tests a store. Each call of open gives a store of its own, empty; open
// also closes it when the test is over.
func Run(t *testing.T, open func(t *testing.T) account.Store) {
	tests := []struct {
		name string
		test func(t *testing.T, s account.Store)
	}{
		{"a link is read as it was kept", linkKept},
		{"nothing is there that was not kept", nothingThere},
		{"a new link replaces the unused ones", linkReplaces},
		{"unused links are withdrawn", linksWithdrawn},
		{"what is refused is not kept", refusedWhole},
		{"the unused links of an alliance are listed", linksListed},
		{"a wrong code is counted, a right one is not", codeTried},
		{"a code is tried at an open link only", codeTriedClosed},
		{"of many wrong codes together five count", codesTogether},
		{"entering uses a link up", enterOnce},
		{"entering asks for the code", enterCoded},
		{"a form that is sent again comes in again", enterAgain},
		{"entering asks for an open link", enterClosed},
		{"of many who enter by one link, one does", enterTogether},
		{"a person keeps rights and name", personKept},
		{"staff are those with rights", staffListed},
		{"rights are given and taken", rightsChanged},
		{"who stopped stays out", closedStaysOut},
		{"one administrator stays", anAdministratorStays},
		{"a session is read as it was kept", sessionKept},
		{"a use of a session only moves forward", sessionRenewed},
		{"sessions end", sessionsEnd},
		{"what is long over is swept", swept},
		{"a context that is over changes nothing", contextOver},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// noon is when these tests begin.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 123_000_000, time.UTC)

// key makes a hash that differs for each n.
func key(n byte) account.Hash { return account.Hash{0: n, 31: ^n} }

// partnerLink is an open link to a place in an alliance.
func partnerLink(id, alliance, partner string) account.Link {
	return account.Link{
		ID: id, Purpose: account.Partner, Person: samenspel.PersonID("person of " + id),
		Alliance: samenspel.AllianceID(alliance), Partner: samenspel.PartnerID(partner),
		MadeBy: "noor", Expires: noon.Add(time.Hour),
	}
}

// code is the hash of the code of a link in these tests.
var code = account.Hash{7: 7}

// coded is an open link that asks for the code.
func coded(id, alliance, partner string) account.Link {
	l := partnerLink(id, alliance, partner)
	l.Code = code
	return l
}

// by is the key to a link without a code, from a form of its own.
func by(secret account.Hash) account.HashedKey { return account.HashedKey{Secret: secret} }

// place names the unused links to a place in an alliance.
func place(alliance, partner string) account.Unused {
	return account.Unused{
		Purpose:  account.Partner,
		Alliance: samenspel.AllianceID(alliance),
		Partner:  samenspel.PartnerID(partner),
	}
}

// nobody replaces no link.
var nobody = account.Unused{Purpose: account.Back, Person: "nobody"}

// arrival is somebody without rights who comes in at a moment.
func arrival(person samenspel.PersonID, token account.Hash, at time.Time) account.Arrival {
	return account.Arrival{
		Person:  account.SealedPerson{ID: person, Name: []byte("sealed")},
		Token:   token,
		Session: account.Session{ID: account.SessionID(token), Person: person, How: account.How{By: account.ByLink}, Made: at, LastUsed: at},
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantNoEntry(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("%s: error %v, want ErrNoEntry", what, err)
	}
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, d)
	}
}

// thereAre checks which of the links 1, 2, 3 … are there.
func thereAre(t *testing.T, s account.Store, want ...bool) {
	t.Helper()
	for i, there := range want {
		_, err := s.Link(t.Context(), key(byte(i+1)))
		switch {
		case there && err != nil:
			t.Errorf("link %d: %v", i+1, err)
		case !there:
			wantNoEntry(t, "a link that should be gone", err)
		}
	}
}

func linkKept(t *testing.T, s account.Store) {
	used := coded("three", "a", "p3")
	used.Used, used.UsedBy, used.Wrong = noon.Add(-time.Minute), account.Hash{1: 1}, 3
	links := []account.Link{
		coded("zero", "a", "p0"),
		partnerLink("one", "a", "p1"),
		{ID: "two", Purpose: account.Administrator, Person: "mira", Expires: noon.Add(-time.Hour)},
		used,
	}
	for i, l := range links {
		must(t, s.AddLink(t.Context(), key(byte(i)), l, nobody))
	}
	for i, want := range links {
		got, err := s.Link(t.Context(), key(byte(i)))
		must(t, err)
		same(t, "link "+want.ID, want, got)
	}
}

func nothingThere(t *testing.T, s account.Store) {
	ctx := t.Context()
	_, err := s.Link(ctx, key(1))
	wantNoEntry(t, "Link", err)
	_, err = s.Person(ctx, "nobody")
	wantNoEntry(t, "Person", err)
	_, err = s.Session(ctx, key(1))
	wantNoEntry(t, "Session", err)
	staff, err := s.Staff(ctx)
	must(t, err)
	sessions, err := s.Sessions(ctx, "nobody")
	must(t, err)
	if len(staff)+len(sessions) != 0 {
		t.Errorf("an empty store has %d staff and %d sessions", len(staff), len(sessions))
	}
	must(t, s.End(ctx, key(1)))
	must(t, s.EndAll(ctx, "nobody"))
	must(t, s.Renew(ctx, key(1), noon))
	_, err = s.Session(ctx, key(1))
	wantNoEntry(t, "Session after Renew", err)
}

func linkReplaces(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.AddLink(ctx, key(1), partnerLink("one", "a", "p1"), place("a", "p1")))
	must(t, s.AddLink(ctx, key(2), partnerLink("two", "a", "p2"), place("a", "p2")))
	must(t, s.AddLink(ctx, key(3), partnerLink("three", "b", "p1"), place("b", "p1")))
	thereAre(t, s, true, true, true)
	must(t, s.AddLink(ctx, key(4), partnerLink("four", "a", "p1"), place("a", "p1")))
	thereAre(t, s, false, true, true, true)

	must(t, s.Enter(ctx, by(key(4)), arrival("amira", key(9), noon)))
	must(t, s.AddLink(ctx, key(5), partnerLink("five", "a", "p1"), place("a", "p1")))
	thereAre(t, s, false, true, true, true, true) // a used link stays
}

func linksWithdrawn(t *testing.T, s account.Store) {
	back := func(id string, person samenspel.PersonID) account.Link {
		return account.Link{ID: id, Purpose: account.Back, Person: person, Expires: noon}
	}
	tests := []struct {
		name  string
		links account.Unused
		left  []bool
	}{
		{"one place", place("a", "p1"), []bool{false, true, true, true, true}},
		{"one person", account.Unused{Purpose: account.Back, Person: "amira"}, []bool{true, true, false, true, true}},
		{"one purpose", account.Unused{Purpose: account.Administrator}, []bool{true, true, true, true, false}},
		{"no such place", place("b", "p1"), []bool{true, true, true, true, true}},
	}
	for _, tt := range tests {
		ctx := t.Context()
		must(t, s.AddLink(ctx, key(1), partnerLink("one", "a", "p1"), account.Unused{Purpose: account.Partner}))
		must(t, s.AddLink(ctx, key(2), partnerLink("two", "a", "p2"), nobody))
		must(t, s.AddLink(ctx, key(3), back("three", "amira"), account.Unused{Purpose: account.Back}))
		must(t, s.AddLink(ctx, key(4), back("four", "sanne"), nobody))
		must(t, s.AddLink(ctx, key(5), account.Link{ID: "five", Purpose: account.Administrator, Person: "mira", Expires: noon},
			account.Unused{Purpose: account.Administrator}))
		must(t, s.Withdraw(ctx, tt.links))
		t.Log(tt.name)
		thereAre(t, s, tt.left...)
	}
}

func refusedWhole(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.AddLink(ctx, key(1), partnerLink("one", "a", "p1"), nobody))
	must(t, s.AddLink(ctx, key(2), partnerLink("two", "a", "p2"), nobody))
	if s.AddLink(ctx, key(2), partnerLink("again", "a", "p1"), place("a", "p1")) == nil {
		t.Error("one secret was taken for two links")
	}
	thereAre(t, s, true, true)

	must(t, s.Start(ctx, arrival("amira", key(7), noon)))
	if s.Enter(ctx, by(key(1)), arrival("sanne", key(7), noon)) == nil {
		t.Error("one token was taken for two sessions")
	}
	l, err := s.Link(ctx, key(1))
	must(t, err)
	same(t, "the link after a failed Enter", partnerLink("one", "a", "p1"), l)
	_, err = s.Person(ctx, "sanne")
	wantNoEntry(t, "the person after a failed Enter", err)
}

func contextOver(t *testing.T, s account.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s.AddLink(ctx, key(1), partnerLink("one", "a", "p1"), nobody) == nil {
		t.Error("AddLink: no error")
	}
	if s.Start(ctx, arrival("amira", key(2), noon)) == nil {
		t.Error("Start: no error")
	}
	if _, err := s.Session(ctx, key(2)); !errors.Is(err, context.Canceled) {
		t.Errorf("Session: error %v, want context.Canceled", err)
	}
	thereAre(t, s, false)
	_, err := s.Session(t.Context(), key(2))
	wantNoEntry(t, "the session", err)
}
