package account_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"samenspel"
	"samenspel/account"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// The people in these tests are invented.

// entrance is a door on a real store, with a clock that is moved by hand.
type entrance struct {
	*account.Door
	now time.Time
}

func newEntrance(t testing.TB) *entrance {
	t.Helper()
	db := eachstore.Opened(t, eachstore.Folder(t))
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	must(t, err)
	e := &entrance{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	e.Door = &account.Door{
		Store:       db.Accounts(),
		Sealer:      master,
		Credentials: db.Accounts(),
		Marker:      master,
		Stretcher:   account.NewArgon(),
		Now:         func() time.Time { return e.now },
		NewID:       uuid.NewString,
	}
	return e
}

// wait moves the clock.
func (e *entrance) wait(d time.Duration) { e.now = e.now.Add(d) }

// makeLink makes a link and gives its key.
func (e *entrance) makeLink(t testing.TB, l account.Link) account.Key {
	t.Helper()
	key, _, err := e.MakeLink(t.Context(), l)
	must(t, err)
	return key
}

// enter uses a link up and gives the token.
func (e *entrance) enter(t testing.TB, key account.Key, name string) string {
	t.Helper()
	token, _, err := e.Enter(t.Context(), key, samenspel.Say(name), account.How{})
	must(t, err)
	return token
}

// start lets somebody in without a link and gives the token.
func (e *entrance) start(t testing.TB, p account.Person, staff bool) string {
	t.Helper()
	token, _, err := e.Start(t.Context(), p, account.How{Staff: staff})
	must(t, err)
	return token
}

// opens checks whether a key opens.
func (e *entrance) opens(t testing.TB, key account.Key, want bool) {
	t.Helper()
	_, _, err := e.Look(t.Context(), key)
	checkEntry(t, "the link", err, want)
}

// lives checks whether a token is somebody's.
func (e *entrance) lives(t testing.TB, token string, want bool) {
	t.Helper()
	_, err := e.Who(t.Context(), token)
	checkEntry(t, "the session", err, want)
}

// sessionID is the id that belongs to a token.
func sessionID(t testing.TB, token string) string {
	t.Helper()
	bytes, err := base64.RawURLEncoding.DecodeString(token)
	must(t, err)
	return account.Hash(sha256.Sum256(bytes)).SessionID()
}

func checkEntry(t testing.TB, what string, err error, want bool) {
	t.Helper()
	switch {
	case want && err != nil:
		t.Errorf("%s: %v, want entry", what, err)
	case !want && !errors.Is(err, account.ErrNoEntry):
		t.Errorf("%s: error %v, want ErrNoEntry", what, err)
	}
}

// checkRefused checks that a link does not open, whatever it wants to hear.
func checkRefused(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, account.ErrNoEntry) && !errors.Is(err, account.ErrCode) {
		t.Errorf("%s: error %v, want a refusal", what, err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmp.Comparer(func(a, b samenspel.Words) bool { return a == b })); d != "" {
		t.Errorf("differs (-want +got):\n%s", d)
	}
}
