package accounttest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// RunIdentities tests a store of identities, as [Run] tests the rest.
func RunIdentities(t *testing.T, open func(t *testing.T) account.Store) {
	tests := []struct {
		name string
		test func(t *testing.T, s account.Store)
	}{
		{"an identity is read as it was kept", identityKept},
		{"an identity is of one person, with one at an issuer", identityOnce},
		{"tying renews the session or does nothing", identityRenews},
		{"of many who tie one identity, one does", identityTogether},
		{"an identity is untied", identityUntied},
		{"a start is used up once", startSpent},
		{"of many who use one start, one does", startTogether},
		{"a context that is over ties nothing", identityOver},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// The issuers of these tests.
var home, elsewhere = key(200), key(201)

// identity is one of a person.
func identity(n byte, issuer account.Hash, person samenspel.PersonID) account.Tied {
	return account.Tied{Identity: key(n), Issuer: issuer, Person: person, Made: noon}
}

// ties lets people in and has them tie: the session n is over after.
func ties(t *testing.T, s account.Store, n byte, id account.Tied) error {
	t.Helper()
	must(t, s.Start(t.Context(), arrival(id.Person, key(n), noon)))
	return s.Tie(t.Context(), id, key(n), arrival(id.Person, key(n+100), noon))
}

func wantTied(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, account.ErrTied) {
		t.Errorf("%s: error %v, want ErrTied", what, err)
	}
}

func tiesNothing(t *testing.T, s account.Store, person samenspel.PersonID) {
	t.Helper()
	all, err := s.TiedTo(t.Context(), person)
	must(t, err)
	same(t, "the identities of "+string(person), 0, len(all))
}

func identityKept(t *testing.T, s account.Store) {
	ctx := t.Context()
	want, other := identity(1, home, "noor"), identity(2, elsewhere, "noor")
	other.Made = noon.Add(time.Minute)
	must(t, ties(t, s, 1, want))
	must(t, ties(t, s, 2, other))
	for _, id := range []account.Tied{want, other} {
		got, err := s.TiedBy(ctx, id.Identity)
		must(t, err)
		same(t, "by the identity", id, got)
	}
	_, err := s.TiedBy(ctx, key(3))
	wantNoEntry(t, "an unknown identity", err)
	all, err := s.TiedTo(ctx, "noor")
	must(t, err)
	same(t, "of the person", []account.Tied{want, other}, all)
	tiesNothing(t, s, "amira")
}

func identityOnce(t *testing.T, s account.Store) {
	ctx := t.Context()
	want := identity(1, home, "noor")
	must(t, ties(t, s, 1, want))
	wantTied(t, "another's identity", ties(t, s, 2, identity(1, home, "amira")))
	wantTied(t, "a second one at the same issuer", ties(t, s, 3, identity(2, home, "noor")))
	later := want
	later.Made = noon.Add(time.Hour)
	must(t, ties(t, s, 4, later))
	got, err := s.TiedBy(ctx, want.Identity)
	must(t, err)
	same(t, "the identity after all this", want, got)
	tiesNothing(t, s, "amira")
	_, err = s.TiedBy(ctx, key(2))
	wantNoEntry(t, "the second one", err)
}

func identityRenews(t *testing.T, s account.Store) {
	ctx := t.Context()
	there := func(n byte, want bool) {
		t.Helper()
		_, err := s.Session(ctx, key(n))
		if (err == nil) != want {
			t.Errorf("session %d: error %v, want it there: %t", n, err, want)
		}
	}
	must(t, ties(t, s, 1, identity(1, home, "noor")))
	there(1, false)
	there(101, true)
	wantTied(t, "another's identity", ties(t, s, 2, identity(1, home, "amira")))
	there(2, true)
	there(102, false)
	// A session that ended, and one of somebody else, tie nothing.
	for _, old := range []byte{50, 2} {
		wantNoEntry(t, "no session of their own", s.Tie(ctx, identity(5, elsewhere, "noor"), key(old), arrival("noor", key(60), noon)))
		there(60, false)
	}
	_, err := s.TiedBy(ctx, key(5))
	wantNoEntry(t, "what was not tied", err)
}

// together does something many times at once, and gives how often it was done.
func together(t *testing.T, do func(n byte) error, not error) (done int) {
	t.Helper()
	const many = 8
	answers := make([]error, many)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = do(byte(i)) })
	}
	all.Wait()
	for _, err := range answers {
		switch {
		case err == nil:
			done++
		case !errors.Is(err, not):
			t.Errorf("error %v, want %v", err, not)
		}
	}
	return done
}

func identityTogether(t *testing.T, s account.Store) {
	person := func(n byte) samenspel.PersonID { return samenspel.PersonID("person " + string(rune('a'+n))) }
	done := together(t, func(n byte) error {
		if err := s.Start(t.Context(), arrival(person(n), key(n), noon)); err != nil {
			return err
		}
		return s.Tie(t.Context(), identity(1, home, person(n)), key(n), arrival(person(n), key(100+n), noon))
	}, account.ErrTied)
	if done != 1 {
		t.Errorf("%d people tied one identity", done)
	}
}

func identityUntied(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, ties(t, s, 1, identity(1, home, "noor")))
	must(t, ties(t, s, 2, identity(2, elsewhere, "noor")))
	must(t, ties(t, s, 3, identity(3, home, "amira")))
	for range 2 { // what is not there is no error
		must(t, s.Untie(ctx, "noor", home))
	}
	_, err := s.TiedBy(ctx, key(1))
	wantNoEntry(t, "the untied identity", err)
	for _, n := range []byte{2, 3} {
		_, err := s.TiedBy(ctx, key(n))
		must(t, err)
	}
	must(t, ties(t, s, 4, identity(1, home, "sanne"))) // it is free again
}

func startSpent(t *testing.T, s account.Store) {
	ctx := t.Context()
	ends := noon.Add(10 * time.Minute)
	must(t, s.Spend(ctx, account.Once{Mark: key(1), Until: ends}, noon))
	must(t, s.Spend(ctx, account.Once{Mark: key(2), Until: ends}, noon))
	wantNoEntry(t, "a start that was used", s.Spend(ctx, account.Once{Mark: key(1), Until: ends}, ends))
	late := ends.Add(time.Millisecond)
	must(t, s.Spend(ctx, account.Once{Mark: key(1), Until: ends}, late)) // it was forgotten: its end is the caller's to see
}

func startTogether(t *testing.T, s account.Store) {
	done := together(t, func(byte) error {
		return s.Spend(t.Context(), account.Once{Mark: key(1), Until: noon.Add(time.Minute)}, noon)
	}, account.ErrNoEntry)
	if done != 1 {
		t.Errorf("one start was used %d times", done)
	}
}

func identityOver(t *testing.T, s account.Store) {
	must(t, s.Start(t.Context(), arrival("noor", key(1), noon)))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if s.Spend(over, account.Once{Mark: key(1), Until: noon.Add(time.Minute)}, noon) == nil || s.Tie(over, identity(1, home, "noor"), key(1), arrival("noor", key(2), noon)) == nil {
		t.Error("something was done after the end")
	}
	must(t, s.Spend(t.Context(), account.Once{Mark: key(1), Until: noon.Add(time.Minute)}, noon))
	_, err := s.TiedBy(t.Context(), key(1))
	wantNoEntry(t, "an identity", err)
}
