package accounttest

import (
	"sync"
	"testing"
	"time"

	"samenspel/account"
)

// tried tries a name and checks whether it was open.
func tried(t *testing.T, s CredentialStore, n byte, at time.Time, open bool) account.Tries {
	t.Helper()
	before, err := s.TryName(t.Context(), name(n), at)
	must(t, err)
	if before.Open(at) != open {
		t.Errorf("name %d at %v is open: %v, want %v", n, at.Format(time.TimeOnly), !open, open)
	}
	return before
}

func triesClose(t *testing.T, s CredentialStore) {
	for range account.MostTries {
		tried(t, s, 1, noon, true)
	}
	until := tried(t, s, 1, noon, false).Until
	same(t, "the end of it", noon.Add(15*time.Minute), until)
	tried(t, s, 2, noon, true) // another name
	tried(t, s, 1, until.Add(-time.Millisecond), false)
	for range account.MostTries {
		tried(t, s, 1, until, true)
	}
	same(t, "the end of the second", until.Add(30*time.Minute), tried(t, s, 1, until, false).Until)
	must(t, s.ForgiveName(t.Context(), name(1)))
	tried(t, s, 1, until, true)
	tried(t, s, 1, until, false)
}

func triesTogether(t *testing.T, s CredentialStore) {
	open := make([]bool, 20)
	var all sync.WaitGroup
	for i := range open {
		all.Go(func() {
			before, err := s.TryName(t.Context(), name(1), noon)
			open[i] = err == nil && before.Open(noon)
		})
	}
	all.Wait()
	count := 0
	for _, one := range open {
		if one {
			count++
		}
	}
	if count != account.MostTries {
		t.Errorf("%d of many found it open, want %d", count, account.MostTries)
	}
}

func triesForgotten(t *testing.T, s CredentialStore) {
	keep(t, s, passwordOf("noor", 1), 1)
	for range account.MostTries - 1 {
		tried(t, s, 1, noon, true)
	}
	proof := account.Proof{Once: once(9), Name: name(1), Step: 101}
	must(t, s.Prove(t.Context(), proof, arrival("noor", key(9), noon)))
	for range account.MostTries {
		tried(t, s, 1, noon, true)
	}
	tried(t, s, 1, noon, false)
}

func triesSwept(t *testing.T, s CredentialStore) {
	for range account.MostTries {
		tried(t, s, 1, noon, true)
	}
	after := noon.Add(account.TriesKept + 15*time.Minute)
	tried(t, s, 2, after, true)
	if before := tried(t, s, 1, after, true); before != (account.Tries{}) {
		t.Errorf("a day later there is still %+v", before)
	}
}
