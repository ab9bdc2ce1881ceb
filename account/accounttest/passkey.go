package accounttest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// RunPasskeys tests the part of a store that is about passkeys, as Run does
// the rest.
func RunPasskeys(t *testing.T, open func(t *testing.T) account.Store) {
	tests := []struct {
		name string
		test func(t *testing.T, s account.Store)
	}{
		{"a challenge is read as it was kept, once", challengeOnce},
		{"of many who take a challenge, one gets it", challengeTogether},
		{"a new challenge sweeps those that are over", challengeSwept},
		{"what devices call somebody stays the same", handleStays},
		{"a passkey is read as it was kept", passkeyKept},
		{"a passkey needs an owner and a credential of its own", passkeyRefused},
		{"there are no more passkeys than there may be", passkeysCounted},
		{"the count of a passkey only grows", passkeyUsed},
		{"of many uses with one count, one is right", passkeyTogether},
		{"only its owner names and removes a passkey", passkeyOwned},
		{"a failing use leaves the passkey as it was", passkeyUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// asked is a challenge for Amira to make a passkey.
var asked = account.Challenge{
	For: account.MakePasskey, Person: "amira", Holder: account.Hash{5: 5}, Expires: noon.Add(account.ChallengeLimit),
}

func challengeOnce(t *testing.T, s account.Store) {
	ctx := t.Context()
	in := account.Challenge{For: account.ShowPasskey, Holder: account.Hash{6: 6}, Expires: noon.Add(time.Minute)}
	must(t, s.AddChallenge(ctx, key(1), asked, noon))
	must(t, s.AddChallenge(ctx, key(2), in, noon))
	if s.AddChallenge(ctx, key(2), asked, noon) == nil {
		t.Error("one challenge was kept twice")
	}
	for n, want := range map[byte]account.Challenge{1: asked, 2: in} {
		got, err := s.TakeChallenge(ctx, key(n))
		must(t, err)
		same(t, "the challenge", want, got)
		_, err = s.TakeChallenge(ctx, key(n))
		wantNoEntry(t, "a challenge that was taken", err)
	}
	_, err := s.TakeChallenge(ctx, key(3))
	wantNoEntry(t, "a challenge that was never asked", err)
}

func challengeTogether(t *testing.T, s account.Store) {
	must(t, s.AddChallenge(t.Context(), key(1), asked, noon))
	answers := make([]error, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { _, answers[i] = s.TakeChallenge(t.Context(), key(1)) })
	}
	all.Wait()
	got := 0
	for _, err := range answers {
		switch {
		case err == nil:
			got++
		case !errors.Is(err, account.ErrNoEntry):
			t.Errorf("error %v, want ErrNoEntry", err)
		}
	}
	same(t, "how many took it", 1, got)
}

func challengeSwept(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.AddChallenge(ctx, key(1), asked, noon))
	later := asked
	later.Expires = asked.Expires.Add(time.Millisecond)
	must(t, s.AddChallenge(ctx, key(2), later, noon))
	must(t, s.AddChallenge(ctx, key(3), later, asked.Expires))
	_, err := s.TakeChallenge(ctx, key(1))
	wantNoEntry(t, "a challenge that is over", err)
	got, err := s.TakeChallenge(ctx, key(2))
	must(t, err)
	same(t, "a challenge that is not", later, got)
}

func handleStays(t *testing.T, s account.Store) {
	ctx := t.Context()
	for _, step := range []struct{ person, fresh, want string }{
		{"amira", "one", "one"}, {"amira", "two", "one"}, {"noor", "three", "three"}, {"noor", "one", "three"},
	} {
		got, err := s.Handle(ctx, samenspel.PersonID(step.person), []byte(step.fresh))
		must(t, err)
		same(t, "the handle of "+step.person, step.want, string(got))
	}
	if _, err := s.Handle(ctx, "sanne", []byte("one")); err == nil {
		t.Error("two people have one handle")
	}
}

// pass is a passkey of somebody in these tests.
func pass(id, person string) account.SealedPasskey {
	return account.SealedPasskey{
		ID: account.PasskeyID(id), Person: samenspel.PersonID(person), Name: []byte("sealed " + id),
		PublicHalf: account.PublicHalf{
			CredentialID: []byte("credential " + id), PublicKey: []byte("key " + id), Count: 7, Flags: 0x1d,
			Transports: []string{"hybrid", "internal"},
		},
		Made: noon,
	}
}

// owned keeps a passkey of somebody who has a handle.
func owned(t *testing.T, s account.Store, k account.SealedPasskey) {
	t.Helper()
	_, err := s.Handle(t.Context(), k.Person, []byte("handle of "+k.Person))
	must(t, err)
	must(t, s.AddPasskey(t.Context(), k, 10))
}

func passkeyKept(t *testing.T, s account.Store) {
	ctx := t.Context()
	plain := pass("b", "amira")
	plain.Name, plain.Transports, plain.Count, plain.Made = nil, nil, 0, noon.Add(time.Minute)
	gone := pass("a", "amira")
	gone.LastUsed, gone.Distrusted, gone.Count = noon.Add(time.Hour), noon.Add(2*time.Hour), 1<<32-1
	for _, k := range []account.SealedPasskey{plain, gone, pass("c", "noor")} {
		owned(t, s, k)
	}
	list, err := s.Passkeys(ctx, "amira")
	must(t, err)
	same(t, "the passkeys", []account.SealedPasskey{gone, plain}, list)
	k, handle, err := s.PasskeyOf(ctx, gone.CredentialID)
	must(t, err)
	same(t, "the passkey", gone, k)
	same(t, "the handle", "handle of amira", string(handle))
	_, _, err = s.PasskeyOf(ctx, []byte("credential"))
	wantNoEntry(t, "an unknown credential", err)
	list, err = s.Passkeys(ctx, "nobody")
	must(t, err)
	same(t, "the passkeys of nobody", 0, len(list))
}

func passkeyRefused(t *testing.T, s account.Store) {
	ctx := t.Context()
	wantNoEntry(t, "without a handle", s.AddPasskey(ctx, pass("a", "amira"), 10))
	owned(t, s, pass("a", "amira"))
	_, err := s.Handle(ctx, "noor", []byte("n"))
	must(t, err)
	twin := pass("b", "noor")
	twin.CredentialID = pass("a", "").CredentialID
	wantNoEntry(t, "a credential of somebody else", s.AddPasskey(ctx, twin, 10))
	k, _, err := s.PasskeyOf(ctx, twin.CredentialID)
	must(t, err)
	same(t, "the first", pass("a", "amira"), k)
}

func passkeysCounted(t *testing.T, s account.Store) {
	owned(t, s, pass("other", "noor"))
	_, err := s.Handle(t.Context(), "amira", []byte("h"))
	must(t, err)
	answers := make([]error, 6)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = s.AddPasskey(t.Context(), pass(string(rune('a'+i)), "amira"), 3) })
	}
	all.Wait()
	full := 0
	for _, err := range answers {
		if errors.Is(err, account.ErrManyPasskeys) {
			full++
		} else if err != nil {
			t.Error(err)
		}
	}
	list, err := s.Passkeys(t.Context(), "amira")
	must(t, err)
	same(t, "kept and refused", []int{3, 3}, []int{len(list), full})
}

func passkeyUsed(t *testing.T, s account.Store) {
	ctx, at := t.Context(), noon.Add(time.Hour)
	for _, c := range []struct {
		before, count uint32
		right         bool
	}{{0, 0, true}, {0, 1, true}, {7, 8, true}, {7, 1<<32 - 1, true}, {7, 7, false}, {7, 6, false}, {7, 0, false}} {
		k := pass("k", "amira")
		k.Count = c.before
		owned(t, s, k)
		right, err := s.UsePasskey(ctx, k.ID, account.Use{Count: c.count, Flags: 5, At: at})
		must(t, err)
		want := k
		if c.right {
			want.Count, want.Flags, want.LastUsed = c.count, 5, at
		} else {
			want.Distrusted = at
		}
		got, _, err := s.PasskeyOf(ctx, k.CredentialID)
		must(t, err)
		same(t, "the passkey after its use", want, got)
		same(t, "right", c.right, right)
		if !c.right { // and no better count brings the trust back
			again, err := s.UsePasskey(ctx, k.ID, account.Use{Count: 100, At: at.Add(time.Hour)})
			must(t, err)
			same(t, "right afterwards", false, again)
			got, _, err := s.PasskeyOf(ctx, k.CredentialID)
			must(t, err)
			same(t, "the passkey afterwards", want, got)
		}
		must(t, s.RemovePasskey(ctx, "amira", k.ID))
	}
}

func passkeyTogether(t *testing.T, s account.Store) {
	owned(t, s, pass("k", "amira"))
	answers := make([]bool, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			right, err := s.UsePasskey(t.Context(), "k", account.Use{Count: 8, At: noon})
			if err != nil {
				t.Error(err)
			}
			answers[i] = right
		})
	}
	all.Wait()
	got := 0
	for _, right := range answers {
		if right {
			got++
		}
	}
	same(t, "how many were right", 1, got)
	k, _, err := s.PasskeyOf(t.Context(), pass("k", "").CredentialID)
	must(t, err)
	same(t, "not to be trusted since", noon, k.Distrusted)
}

func passkeyOwned(t *testing.T, s account.Store) {
	ctx := t.Context()
	owned(t, s, pass("k", "amira"))
	owned(t, s, pass("n", "noor"))
	wantNoEntry(t, "naming that of another", s.NamePasskey(ctx, "noor", "k", []byte("mine")))
	wantNoEntry(t, "removing that of another", s.RemovePasskey(ctx, "noor", "k"))
	wantNoEntry(t, "naming none", s.NamePasskey(ctx, "amira", "x", []byte("mine")))
	wantNoEntry(t, "removing none", s.RemovePasskey(ctx, "amira", "x"))
	want := pass("k", "amira")
	for _, name := range [][]byte{[]byte("new"), nil} {
		must(t, s.NamePasskey(ctx, "amira", "k", name))
		want.Name = name
		list, err := s.Passkeys(ctx, "amira")
		must(t, err)
		same(t, "the renamed passkey", []account.SealedPasskey{want}, list)
	}
	must(t, s.RemovePasskey(ctx, "amira", "k"))
	wantNoEntry(t, "removing it again", s.RemovePasskey(ctx, "amira", "k"))
	_, _, err := s.PasskeyOf(ctx, want.CredentialID)
	wantNoEntry(t, "the removed passkey", err)
	list, err := s.Passkeys(ctx, "noor")
	must(t, err)
	same(t, "those of another", []account.SealedPasskey{pass("n", "noor")}, list)
}

func passkeyUnknown(t *testing.T, s account.Store) {
	owned(t, s, pass("k", "amira"))
	right, err := s.UsePasskey(t.Context(), "x", account.Use{Count: 9, At: noon})
	wantNoEntry(t, "a use of none", err)
	same(t, "right", false, right)
	k, _, err := s.PasskeyOf(t.Context(), pass("k", "").CredentialID)
	must(t, err)
	same(t, "the other passkey", pass("k", "amira"), k)
}
