package accounttest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// CredentialStore is what keeps both: a password comes with a session.
type CredentialStore interface {
	account.Store
	account.CredentialStore
}

// RunCredentials tests a store for ways in of somebody's own, as [Run] does.
func RunCredentials(t *testing.T, open func(t *testing.T) CredentialStore) {
	tests := []struct {
		name string
		test func(t *testing.T, s CredentialStore)
	}{
		{"a password is read as it was kept", credentialKept},
		{"nothing is there that was not kept", noCredential},
		{"a name is of one person", nameTaken},
		{"what sets up a password works once", setUpOnce},
		{"a password is dropped with its codes", credentialDropped},
		{"a step works once, and none before it", stepOnce},
		{"a recovery code works once", recoveryOnce},
		{"new recovery codes end the old", recoveryAnew},
		{"of many who prove together one comes in", proveTogether},
		{"tries close a name", triesClose},
		{"of many who try together five find it open", triesTogether},
		{"coming in forgets the tries", triesForgotten},
		{"tries are swept after a day", triesSwept},
		{"own ways alone is kept", onlyOwnKept},
		{"who came in by another's link is told", backInTold},
		{"a way back ends the other sessions", aloneEnds},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// name makes the mark of a sign-in name.
func name(n byte) account.Hash { return account.Hash{1: n, 30: 7} }

// passwordOf is a password of somebody, under a name.
func passwordOf(person samenspel.PersonID, n byte) account.Credential {
	return account.Credential{
		Person: person, Name: name(n), Salt: []byte("salt"), Hash: account.Hash{2: n}, Cost: account.Cost{Memory: 8, Passes: 2, Lanes: 1},
		Factor: []byte("sealed"), Step: 100, Made: noon, Left: 2,
	}
}

// codes are the marks of the recovery codes in these tests.
var codes = []account.Hash{{5: 1}, {5: 2}}

// once is what works once, and differs for each n.
func once(n byte) account.Once { return account.Once{Mark: key(100 + n), Until: noon.Add(time.Hour)} }

// keep sets up a password in a session of its own.
func keep(t *testing.T, s CredentialStore, c account.Credential, n byte) {
	t.Helper()
	must(t, s.KeepCredential(t.Context(), c, codes, once(n), arrival(c.Person, key(n), noon)))
}

// thereIs checks what is kept of somebody.
func thereIs(t *testing.T, s CredentialStore, want account.Credential) {
	t.Helper()
	got, err := s.Credential(t.Context(), want.Person)
	must(t, err)
	same(t, "the password", want, got)
}

func credentialKept(t *testing.T, s CredentialStore) {
	first, second := passwordOf("noor", 1), passwordOf("amira", 2)
	keep(t, s, first, 1)
	keep(t, s, second, 2)
	thereIs(t, s, first)
	got, err := s.CredentialOf(t.Context(), name(2))
	must(t, err)
	same(t, "the password with a name", second, got)
	for n, person := range map[byte]samenspel.PersonID{1: "noor", 2: "amira"} {
		session, err := s.Session(t.Context(), key(n))
		must(t, err)
		same(t, "the session", arrival(person, key(n), noon).Session, session)
	}

	anew := passwordOf("noor", 3)
	anew.Step = 200
	keep(t, s, anew, 4)
	thereIs(t, s, anew)
	_, err = s.CredentialOf(t.Context(), name(1))
	wantNoEntry(t, "the name from before", err)
}

func noCredential(t *testing.T, s CredentialStore) {
	ctx := t.Context()
	_, err := s.Credential(ctx, "nobody")
	wantNoEntry(t, "Credential", err)
	_, err = s.CredentialOf(ctx, name(1))
	wantNoEntry(t, "CredentialOf", err)
	wantNoEntry(t, "KeepRecovery", s.KeepRecovery(ctx, "nobody", codes))
	must(t, s.DropCredential(ctx, "nobody"))
	must(t, s.ForgiveName(ctx, name(1)))
	wantNoEntry(t, "a step", s.Prove(ctx, account.Proof{Once: once(1), Name: name(1), Step: 101}, arrival("nobody", key(1), noon)))
	wantNoEntry(t, "a code", s.Prove(ctx, account.Proof{Once: once(1), Name: name(1), Recovery: codes[0]}, arrival("nobody", key(1), noon)))
	_, err = s.Person(ctx, "nobody")
	wantNoEntry(t, "the person", err)
}

func nameTaken(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	err := s.KeepCredential(t.Context(), passwordOf("amira", 1), codes, once(2), arrival("amira", key(2), noon))
	if !errors.Is(err, account.ErrTaken) {
		t.Errorf("a name that another has: error %v, want ErrTaken", err)
	}
	_, err = s.Session(t.Context(), key(2))
	wantNoEntry(t, "the session", err)
	keep(t, s, passwordOf("amira", 2), 2) // nothing was spent
	thereIs(t, s, passwordOf("noor", 1))
}

func setUpOnce(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	again := passwordOf("noor", 2)
	wantNoEntry(t, "setting up again", s.KeepCredential(t.Context(), again, codes, once(1), arrival("noor", key(2), noon)))
	thereIs(t, s, passwordOf("noor", 1))
	_, err := s.Session(t.Context(), key(2))
	wantNoEntry(t, "the session", err)
}

func credentialDropped(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	must(t, s.DropCredential(t.Context(), "noor"))
	_, err := s.Credential(t.Context(), "noor")
	wantNoEntry(t, "the password", err)
	wantNoEntry(t, "a recovery code", s.Prove(t.Context(), account.Proof{Once: once(9), Recovery: codes[0]}, arrival("noor", key(9), noon)))
	keep(t, s, passwordOf("amira", 1), 2) // the name is free
}

func stepOnce(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	prove := func(n byte, step int64) error {
		return s.Prove(t.Context(), account.Proof{Once: once(n), Name: name(1), Step: step}, arrival("noor", key(n), noon))
	}
	wantNoEntry(t, "the step that set it up", prove(10, 100))
	must(t, prove(11, 101))
	wantNoEntry(t, "the same step", prove(12, 101))
	wantNoEntry(t, "a step before", prove(13, 100))
	wantNoEntry(t, "the same form", prove(11, 102))
	must(t, prove(14, 102))
	for n, there := range map[byte]bool{10: false, 11: true, 12: false, 13: false, 14: true} {
		_, err := s.Session(t.Context(), key(n))
		if there != (err == nil) {
			t.Errorf("session %d is there: %v, want %v", n, err == nil, there)
		}
	}
}

func recoveryOnce(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	keep(t, s, passwordOf("amira", 2), 2)
	prove := func(n byte, person samenspel.PersonID, code account.Hash) error {
		return s.Prove(t.Context(), account.Proof{Once: once(n), Recovery: code}, arrival(person, key(n), noon))
	}
	must(t, prove(10, "noor", codes[0]))
	wantNoEntry(t, "the same code", prove(11, "noor", codes[0]))
	wantNoEntry(t, "no code", prove(12, "noor", account.Hash{9: 9}))
	must(t, prove(13, "noor", codes[1]))
	left := passwordOf("noor", 1)
	left.Left = 0
	thereIs(t, s, left)
	thereIs(t, s, passwordOf("amira", 2))
}

func recoveryAnew(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	must(t, s.KeepRecovery(t.Context(), "noor", []account.Hash{{8: 1}, {8: 2}, {8: 3}}))
	three := passwordOf("noor", 1)
	three.Left = 3
	thereIs(t, s, three)
	wantNoEntry(t, "a code from before", s.Prove(t.Context(), account.Proof{Once: once(9), Recovery: codes[0]}, arrival("noor", key(9), noon)))
	must(t, s.Prove(t.Context(), account.Proof{Once: once(9), Recovery: account.Hash{8: 2}}, arrival("noor", key(9), noon)))
}

func proveTogether(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	answers := make([]error, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			n := byte(20 + i)
			answers[i] = s.Prove(t.Context(), account.Proof{Once: once(n), Name: name(1), Step: 101}, arrival("noor", key(n), noon))
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
	if in != 1 {
		t.Errorf("%d came in by one step, want one", in)
	}
}

func onlyOwnKept(t *testing.T, s CredentialStore) {
	ctx := t.Context()
	for _, want := range []bool{false, true, true, false} {
		must(t, s.SetOnlyOwn(ctx, "noor", want))
		got, err := s.OnlyOwn(ctx, "noor")
		must(t, err)
		other, err := s.OnlyOwn(ctx, "amira")
		must(t, err)
		if got != want || other {
			t.Errorf("noor: %v, want %v; amira: %v", got, want, other)
		}
	}
}

func backInTold(t *testing.T, s CredentialStore) {
	ctx := t.Context()
	link := func(n byte, at time.Time) account.BackIn {
		must(t, s.AddLink(ctx, key(n), account.Link{ID: string('a' + rune(n)), Purpose: account.Back, Person: "noor", Expires: at.Add(time.Hour)}, nobody))
		in, told := arrival("noor", key(n), at), account.BackIn{Link: string('a' + rune(n)), MadeBy: "els", At: at}
		in.Tell = &told
		must(t, s.Enter(ctx, account.HashedKey{Secret: key(n), Form: key(77)}, in))
		return told
	}
	first, second := link(1, noon), link(2, noon.Add(time.Minute))
	again := arrival("noor", key(3), noon.Add(2*time.Minute))
	again.Tell = &account.BackIn{Link: second.Link, MadeBy: "els", At: noon.Add(2 * time.Minute)}
	must(t, s.Enter(ctx, account.HashedKey{Secret: key(2), Form: key(77)}, again)) // the same form: told once
	told := func(person samenspel.PersonID, want ...account.BackIn) {
		t.Helper()
		got, err := s.BackIns(ctx, person)
		must(t, err)
		same(t, "what is told", want, got)
	}
	told("noor", first, second)
	told("amira")
	must(t, s.KnowBackIns(ctx, "amira", noon.Add(time.Hour)))
	must(t, s.KnowBackIns(ctx, "noor", noon))
	told("noor", second)
	must(t, s.KnowBackIns(ctx, "noor", second.At))
	told("noor")
}

func aloneEnds(t *testing.T, s CredentialStore) {
	ctx := t.Context()
	must(t, s.Start(ctx, arrival("noor", key(1), noon)))
	must(t, s.Start(ctx, arrival("amira", key(2), noon)))
	in := arrival("noor", key(3), noon)
	in.Alone = true
	must(t, s.Start(ctx, in))
	_, err := s.Session(ctx, key(1))
	wantNoEntry(t, "the session from before", err)
	for _, n := range []byte{2, 3} {
		_, err := s.Session(ctx, key(n))
		must(t, err)
	}
}
