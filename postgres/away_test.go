package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/postgres"
)

// TestEveryReadTellsThatTheDatabaseIsAway: whoever comes while the server is away
// reads that it is, and not that the program has a fault.
func TestEveryReadTellsThatTheDatabaseIsAway(t *testing.T) {
	if server == nil {
		t.Skip(cluster.ErrMissing)
	}
	own, err := cluster.Start(t.Context(), cluster.Quick())
	must(t, err)
	defer func() { must(t, own.Remove()) }()
	db, err := postgres.Open(t.Context(), own.URL("postgres"), postgres.Options{})
	must(t, errors.Join(err, own.Stop()))
	defer db.Close() // from a server that is gone
	accounts, house := db.Accounts(), db.House()
	for name, read := range map[string]func(ctx context.Context) error{
		"a session":           func(ctx context.Context) error { _, err := accounts.Session(ctx, account.Hash{1}); return err },
		"sessions":            func(ctx context.Context) error { _, err := accounts.Sessions(ctx, "noor"); return err },
		"a person":            func(ctx context.Context) error { _, err := accounts.Person(ctx, "noor"); return err },
		"the staff":           func(ctx context.Context) error { _, err := accounts.Staff(ctx); return err },
		"a link":              func(ctx context.Context) error { _, err := accounts.Link(ctx, account.Hash{1}); return err },
		"links":               func(ctx context.Context) error { _, err := accounts.Links(ctx, "a"); return err },
		"a credential":        func(ctx context.Context) error { _, err := accounts.Credential(ctx, "noor"); return err },
		"the one of a name":   func(ctx context.Context) error { _, err := accounts.CredentialOf(ctx, account.Hash{1}); return err },
		"only own ways":       func(ctx context.Context) error { _, err := accounts.OnlyOwn(ctx, "noor"); return err },
		"who came back in":    func(ctx context.Context) error { _, err := accounts.BackIns(ctx, "noor"); return err },
		"whose identity":      func(ctx context.Context) error { _, err := accounts.TiedBy(ctx, account.Hash{1}); return err },
		"identities":          func(ctx context.Context) error { _, err := accounts.TiedTo(ctx, "noor"); return err },
		"passkeys":            func(ctx context.Context) error { _, err := accounts.Passkeys(ctx, "noor"); return err },
		"whose passkey":       func(ctx context.Context) error { _, _, err := accounts.PasskeyOf(ctx, []byte("id")); return err },
		"a handle":            func(ctx context.Context) error { _, err := accounts.Handle(ctx, "noor", []byte("handle")); return err },
		"wordings":            func(ctx context.Context) error { _, err := house.Wordings(ctx, "nl"); return err },
		"terms":               func(ctx context.Context) error { _, err := house.Terms(ctx); return err },
		"the organisation":    func(ctx context.Context) error { _, err := house.Organisation(ctx); return err },
		"emergencies":         func(ctx context.Context) error { _, err := house.Emergencies(ctx, "noor", time.Now()); return err },
		"a head":              func(ctx context.Context) error { _, err := db.Head(ctx, "a"); return err },
		"the register":        func(ctx context.Context) error { _, err := db.Register(ctx); return err },
		"keys":                func(ctx context.Context) error { _, err := db.Keys(ctx, "a"); return err },
		"places":              func(ctx context.Context) error { _, err := db.PlacesOf(ctx, "noor"); return err },
		"alliances":           func(ctx context.Context) error { _, err := db.Alliances(ctx); return err },
		"the access log":      func(ctx context.Context) error { _, err := db.AccessHead(ctx, "a"); return err },
		"the master's place":  func(ctx context.Context) error { _, err := db.MasterRecord(ctx); return err },
		"secrets":             func(ctx context.Context) error { _, err := db.HouseSecrets(ctx); return err },
		"how much is sealed":  func(ctx context.Context) error { _, err := db.HowMany(ctx); return err },
		"what is sealed":      func(ctx context.Context) error { _, err := db.Held(ctx, journal.Place{}, 1); return err },
		"where things stand":  func(ctx context.Context) error { _, err := db.Stand(ctx, []samenspel.AllianceID{"a"}); return err },
		"whether it is alive": db.Alive,
	} {
		if err := read(t.Context()); !errors.Is(err, journal.ErrAway) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBackAtOnce: a server that was away for a moment leaves one connection after
// another behind. Who comes once it is back is not told of each of them.
func TestBackAtOnce(t *testing.T) {
	if server == nil {
		t.Skip(cluster.ErrMissing)
	}
	own, err := cluster.Start(t.Context(), cluster.Quick())
	must(t, err)
	defer func() { must(t, errors.Join(own.Stop(), own.Remove())) }()
	db, err := postgres.Open(t.Context(), own.URL("postgres"), postgres.Options{})
	must(t, err)
	defer db.Close() // before its server
	var all sync.WaitGroup
	for range 64 { // at once, on as many connections as there may be
		all.Go(func() {
			for range 20 {
				if _, err := db.Register(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	must(t, own.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'samenspel'`))
	_, _ = db.Register(t.Context()) // may find out
	for range 16 {
		if _, err := db.Register(t.Context()); err != nil {
			t.Fatalf("the server is back: %v", err)
		}
	}
}
