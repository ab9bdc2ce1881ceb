package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"samenspel"
	"samenspel/account"
	"samenspel/account/accounttest"
	"samenspel/journal"
	"samenspel/sqlite"
)

func TestAccounts(t *testing.T) {
	accounttest.Run(t, func(t *testing.T) account.Store {
		return open(t, t.TempDir()).Accounts()
	})
}

func TestCredentials(t *testing.T) {
	accounttest.RunCredentials(t, func(t *testing.T) accounttest.CredentialStore {
		return open(t, t.TempDir()).Accounts()
	})
}

// newDoor makes a door on a database, with a key that lies elsewhere.
func newDoor(t *testing.T, db *sqlite.DB) *account.Door {
	t.Helper()
	master, err := journal.MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	succeed(t, err)
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	return &account.Door{
		Store:       db.Accounts(),
		Sealer:      master,
		Credentials: db.Accounts(),
		Marker:      master,
		Stretcher:   account.NewArgon(),
		Now:         func() time.Time { return noon },
		NewID:       uuid.NewString,
	}
}

func TestAccountsAreThereAfterReopening(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db, err := sqlite.Open(ctx, dir)
	succeed(t, err)
	door := newDoor(t, db)
	noor := account.Person{ID: "noor", MayBegin: true, Name: samenspel.Say("Noor")}
	token, session, err := door.Start(ctx, noor, account.How{By: account.ByLink, Staff: true})
	succeed(t, err)
	key, link, err := door.MakeLink(ctx, account.Link{Purpose: account.Back, Person: "noor"})
	succeed(t, err)
	succeed(t, db.Close())

	door.Store = open(t, dir).Accounts()
	who, err := door.Who(ctx, token)
	succeed(t, err)
	if who != session {
		t.Errorf("session %+v, want %+v", who, session)
	}
	looked, _, err := door.Look(ctx, key)
	succeed(t, err)
	if looked != link {
		t.Errorf("link %+v, want %+v", looked, link)
	}
	person, err := door.Person(ctx, "noor")
	succeed(t, err)
	if person != noor {
		t.Errorf("person %+v, want %+v", person, noor)
	}
}

// onPaper is how the secret of a link is written.
var onPaper = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// TestAccountsHideWhatOpens looks for what opens something, and for names, in
// every file of the database: while it is open, and after it was closed.
func TestAccountsHideWhatOpens(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db, err := sqlite.Open(ctx, dir)
	succeed(t, err)
	door := newDoor(t, db)
	var hidden []string
	for range 20 {
		name := "Canary-" + uuid.NewString()
		used, link, err := door.MakeLink(ctx, account.Link{Purpose: account.Professional})
		succeed(t, err)
		token, _, err := door.Enter(ctx, used, samenspel.Say(name), account.How{By: account.ByLink, Staff: true})
		succeed(t, err)
		unused, _, err := door.MakeLink(ctx, account.Link{Purpose: account.Back, Person: link.Person})
		succeed(t, err)
		hidden = append(hidden, name, token)
		raw, err := base64.RawURLEncoding.DecodeString(token)
		succeed(t, err)
		hidden = append(hidden, string(raw))
		for _, key := range []account.Key{used, unused} {
			raw, err := onPaper.DecodeString(key.Secret)
			succeed(t, err)
			code := sha256.Sum256([]byte(key.Code)) // without the secret
			hidden = append(hidden, key.Secret, string(raw), string(code[:]))
			if key.Code == "" {
				t.Error("no code to look for")
			}
		}
	}
	known, err := door.Store.Staff(ctx)
	succeed(t, err)
	hidden = append(hidden, hiddenBy(t, door, known[0].ID)...)
	person := string(known[0].ID) // lies in plain text: the search does search

	find := func() {
		t.Helper()
		files := filesUnder(t, dir)
		if !bytes.Contains(files, []byte(person)) {
			t.Error("the files do not hold what was kept")
		}
		for _, text := range hidden {
			if bytes.Contains(files, []byte(text)) {
				t.Fatal("what should be hidden lies in a file in plain text")
			}
		}
	}
	find()
	succeed(t, db.Close())
	find()
}

// hiddenBy lets somebody set up a password and try it, and gives what of it lies
// nowhere.
func hiddenBy(t *testing.T, door *account.Door, person samenspel.PersonID) []string {
	t.Helper()
	const name, password = "canary of els", "paard eet graag een kanarie"
	setup, err := door.Propose(t.Context(), person, name, password, "place")
	succeed(t, err)
	code, err := totp.GenerateCode(setup.Secret, door.Now())
	succeed(t, err)
	codes, token, _, err := door.SetUp(t.Context(), person, setup.Step, code, account.How{})
	succeed(t, err)
	step, err := door.FirstStep(t.Context(), name, password)
	succeed(t, err)
	if _, err := door.FirstStep(t.Context(), "canary of nobody", password); err == nil {
		t.Error("nobody signs in")
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(setup.Secret)
	succeed(t, err)
	plain, unkeyed := sha256.Sum256([]byte(password)), sha256.Sum256([]byte(name))
	hidden := append(codes, name, "canary of nobody", password, setup.Secret, setup.Step, token, step, string(secret), string(plain[:]), string(unkeyed[:]))
	for _, code := range codes {
		hash := sha256.Sum256([]byte(code))
		hidden = append(hidden, string(hash[:]))
	}
	return hidden
}

// filesUnder reads all files under a folder, one after another.
func filesUnder(t *testing.T, dir string) []byte {
	t.Helper()
	var all []byte
	succeed(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		all = append(all, content...)
		return err
	}))
	return all
}

func succeed(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
