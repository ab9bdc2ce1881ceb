package sqlite_test

import (
	"crypto/sha256"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/sqlite"
)

// TestAnEndedSessionIsOverAtOnce: sessions are remembered, and many ask for one
// while it ends in each way that there is. Whoever asks after that finds none.
func TestAnEndedSessionIsOverAtOnce(t *testing.T) {
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), dir)
	must(t, err)
	defer db.Close()
	accounts, now := db.Accounts(), time.Now()
	ends := []func(token account.Hash, who samenspel.PersonID) error{
		func(token account.Hash, _ samenspel.PersonID) error { return accounts.End(t.Context(), token) },
		func(_ account.Hash, who samenspel.PersonID) error { return accounts.EndAll(t.Context(), who) },
		func(token account.Hash, who samenspel.PersonID) error {
			return accounts.EndOne(t.Context(), who, token.SessionID())
		},
		func(_ account.Hash, _ samenspel.PersonID) error {
			return accounts.Sweep(t.Context(), now.Add(time.Hour))
		},
	}
	for n := range 60 {
		token, who := account.Hash(sha256.Sum256([]byte{byte(n)})), samenspel.PersonID("noor")
		must(t, accounts.Start(t.Context(), account.Arrival{
			Person: account.SealedPerson{ID: who}, Token: token,
			Session: account.Session{ID: token.SessionID(), Person: who, Made: now, LastUsed: now},
		}))
		var asking sync.WaitGroup
		var over atomic.Bool
		for range 4 {
			asking.Go(func() {
				for !over.Load() {
					_, _ = accounts.Session(t.Context(), token)
				}
			})
		}
		must(t, ends[n%len(ends)](token, who))
		for range 3 {
			if _, err := accounts.Session(t.Context(), token); !errors.Is(err, account.ErrNoEntry) {
				t.Fatalf("round %d: a session that has ended: %v", n, err)
			}
		}
		over.Store(true)
		asking.Wait()
	}
}
