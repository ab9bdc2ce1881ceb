package accounttest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

func enterOnce(t *testing.T, s account.Store) {
	ctx := t.Context()
	link := partnerLink("one", "a", "p1")
	must(t, s.AddLink(ctx, key(1), link, nobody))
	in := arrival(link.Person, key(2), noon)
	must(t, s.Enter(ctx, by(key(1)), in))

	used, err := s.Link(ctx, key(1))
	must(t, err)
	link.Used = noon
	same(t, "the used link", link, used)
	person, err := s.Person(ctx, link.Person)
	must(t, err)
	same(t, "the person", in.Person, person)
	session, err := s.Session(ctx, key(2))
	must(t, err)
	same(t, "the session", in.Session, session)

	wantNoEntry(t, "entering again", s.Enter(ctx, by(key(1)), arrival(link.Person, key(3), noon)))
	_, err = s.Session(ctx, key(3))
	wantNoEntry(t, "the second session", err)
}

func enterClosed(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.AddLink(ctx, key(1), partnerLink("one", "a", "p1"), nobody))
	end := noon.Add(time.Hour) // of the link
	wantNoEntry(t, "an unknown link", s.Enter(ctx, by(key(2)), arrival("amira", key(3), noon)))
	wantNoEntry(t, "an expired link", s.Enter(ctx, by(key(1)), arrival("amira", key(4), end)))
	for _, token := range []account.Hash{key(3), key(4)} {
		_, err := s.Session(ctx, token)
		wantNoEntry(t, "the session", err)
	}
	_, err := s.Person(ctx, "amira")
	wantNoEntry(t, "the person", err)
	must(t, s.Enter(ctx, by(key(1)), arrival("amira", key(5), end.Add(-time.Millisecond))))
}

func enterTogether(t *testing.T, s account.Store) {
	const many = 8
	must(t, s.AddLink(t.Context(), key(1), partnerLink("one", "a", "p1"), nobody))
	answers := make([]error, many)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i] = s.Enter(t.Context(), by(key(1)), arrival("amira", key(byte(10+i)), noon))
		})
	}
	all.Wait()
	in := 0
	for _, err := range answers {
		switch {
		case err == nil:
			in++
		case !errors.Is(err, account.ErrNoEntry):
			t.Errorf("error %v, want ErrNoEntry", err)
		}
	}
	sessions, err := s.Sessions(t.Context(), "amira")
	must(t, err)
	if in != 1 || len(sessions) != 1 {
		t.Errorf("%d came in, with %d sessions; want one", in, len(sessions))
	}
}

func personKept(t *testing.T, s account.Store) {
	steps := []struct {
		keep, want account.SealedPerson
	}{
		{account.SealedPerson{ID: "noor"},
			account.SealedPerson{ID: "noor"}},
		{account.SealedPerson{ID: "noor", MayBegin: true, Name: []byte("one")},
			account.SealedPerson{ID: "noor", MayBegin: true, Name: []byte("one")}},
		{account.SealedPerson{ID: "noor", Admin: true},
			account.SealedPerson{ID: "noor", Admin: true, MayBegin: true, Name: []byte("one")}},
		{account.SealedPerson{ID: "noor", Officer: true, Name: []byte("two")},
			account.SealedPerson{ID: "noor", Admin: true, Officer: true, MayBegin: true, Name: []byte("two")}},
	}
	for i, step := range steps {
		in := arrival("noor", key(byte(i)), noon)
		in.Person = step.keep
		must(t, s.Start(t.Context(), in))
		got, err := s.Person(t.Context(), "noor")
		must(t, err)
		same(t, "the person", step.want, got)
	}
}

func staffListed(t *testing.T, s account.Store) {
	people := []account.SealedPerson{
		{ID: "d", MayBegin: true, Name: []byte("sealed d")},
		{ID: "a", Admin: true, MayBegin: true},
		{ID: "c", Name: []byte("sealed c")},
		{ID: "b", Admin: true, Name: []byte("sealed b")},
		{ID: "e", Officer: true},
	}
	for i, p := range people {
		in := arrival(p.ID, key(byte(i)), noon)
		in.Person = p
		must(t, s.Start(t.Context(), in))
	}
	got, err := s.Staff(t.Context())
	must(t, err)
	same(t, "staff", []account.SealedPerson{people[1], people[3], people[0], people[4]}, got)
}

func sessionKept(t *testing.T, s account.Store) {
	in := arrival("noor", key(1), noon)
	in.Session.How = account.How{By: account.ByPasskey, Staff: true, Shared: true, Device: "phone"}
	in.Session.LastUsed = noon.Add(time.Minute)
	must(t, s.Start(t.Context(), in))
	must(t, s.Start(t.Context(), arrival("noor", key(2), noon.Add(-time.Minute))))
	must(t, s.Start(t.Context(), arrival("amira", key(3), noon)))

	got, err := s.Session(t.Context(), key(1))
	must(t, err)
	same(t, "the session", in.Session, got)
	all, err := s.Sessions(t.Context(), "noor")
	must(t, err)
	same(t, "the sessions of one person", []account.Session{
		arrival("noor", key(2), noon.Add(-time.Minute)).Session,
		in.Session,
	}, all)
}

func sessionRenewed(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.Start(ctx, arrival("noor", key(1), noon)))
	must(t, s.Start(ctx, arrival("noor", key(2), noon)))
	later := noon.Add(time.Minute)
	for _, at := range []time.Time{later, noon} {
		must(t, s.Renew(ctx, key(1), at))
		got, err := s.Session(ctx, key(1))
		must(t, err)
		same(t, "the renewed session", account.Session{ID: account.SessionID(key(1)), Person: "noor", How: account.How{By: account.ByLink}, Made: noon, LastUsed: later}, got)
	}
	other, err := s.Session(ctx, key(2))
	must(t, err)
	same(t, "the other session", account.Session{ID: account.SessionID(key(2)), Person: "noor", How: account.How{By: account.ByLink}, Made: noon, LastUsed: noon}, other)
}

func sessionsEnd(t *testing.T, s account.Store) {
	ctx := t.Context()
	for i, person := range []samenspel.PersonID{"noor", "noor", "noor", "amira"} {
		must(t, s.Start(ctx, arrival(person, key(byte(i)), noon)))
	}
	count := func(person samenspel.PersonID, want int) {
		t.Helper()
		list, err := s.Sessions(ctx, person)
		must(t, err)
		if len(list) != want {
			t.Errorf("%s has %d sessions, want %d", person, len(list), want)
		}
	}
	must(t, s.End(ctx, key(0)))
	_, err := s.Session(ctx, key(0))
	wantNoEntry(t, "the ended session", err)
	must(t, s.Renew(ctx, key(0), noon.Add(time.Hour)))
	count("noor", 2)
	for _, foreign := range []string{account.SessionID(key(3)), account.SessionID(key(9)), "", "1"} {
		must(t, s.EndOne(ctx, "noor", foreign))
	}
	count("noor", 2)
	must(t, s.EndOne(ctx, "noor", account.SessionID(key(1))))
	count("noor", 1)
	_, err = s.Session(ctx, key(1))
	wantNoEntry(t, "the session that was ended by its id", err)
	must(t, s.EndAll(ctx, "noor"))
	count("noor", 0)
	count("amira", 1)
}

func swept(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.Start(ctx, arrival("noor", key(1), noon.Add(-time.Millisecond))))
	must(t, s.Start(ctx, arrival("noor", key(2), noon)))
	over := partnerLink("one", "a", "p1")
	over.Expires = noon.Add(-time.Millisecond)
	must(t, s.AddLink(ctx, key(1), over, nobody))
	over.Expires = noon
	must(t, s.AddLink(ctx, key(2), over, nobody))

	must(t, s.Sweep(ctx, noon))
	thereAre(t, s, false, true)
	_, err := s.Session(ctx, key(1))
	wantNoEntry(t, "the old session", err)
	_, err = s.Session(ctx, key(2))
	must(t, err)
	_, err = s.Person(ctx, "noor")
	must(t, err)
}
