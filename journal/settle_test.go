package journal_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// masters makes keys, each in a file of its own, and opens them again at will.
func masters(t *testing.T, n int) func(i int) *journal.Master {
	t.Helper()
	dir := t.TempDir()
	file := func(i int) string { return filepath.Join(dir, string(rune('a'+i))) }
	for i := range n {
		if _, err := journal.MakeMaster(file(i)); err != nil {
			t.Fatal(err)
		}
	}
	return func(i int) *journal.Master {
		m, err := journal.OpenMaster(file(i))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
}

func safe(t *testing.T) eachstore.DB {
	t.Helper()
	return eachstore.Opened(t, eachstore.Folder(t))
}

// both is a key that replaces another.
func both(m, before *journal.Master) *journal.Master {
	m.Replaces(before)
	return m
}

// TestSettle goes through what may be given at a start, in each state of the
// data: only the right keys in the right places are taken, and a wrong start
// changes nothing.
func TestSettle(t *testing.T) {
	key := masters(t, 3)
	db := safe(t)
	settle := func(m *journal.Master, want error, changing bool) {
		t.Helper()
		before, err := db.MasterRecord(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.Settle(t.Context(), db, uuid.NewString)
		if !errors.Is(err, want) || got != changing {
			t.Errorf("%v, %v; want %v, %v", got, err, changing, want)
		}
		if after, _ := db.MasterRecord(t.Context()); want != nil && after != before {
			t.Errorf("a wrong start changed the record from %+v to %+v", before, after)
		}
	}
	settle(key(0), nil, false)
	settle(key(0), nil, false)
	settle(key(1), journal.ErrWrongMaster, false)
	settle(both(key(1), key(2)), journal.ErrWrongMaster, false)
	settle(both(key(0), key(1)), nil, false) // all is under the first already

	settle(both(key(1), key(0)), nil, true)
	settle(both(key(1), key(0)), nil, true)
	settle(key(0), journal.ErrUnfinished, false)
	settle(key(1), journal.ErrUnfinished, false)
	settle(key(2), journal.ErrWrongMaster, false)
	settle(both(key(0), key(1)), journal.ErrSwapped, false)
	settle(both(key(1), key(2)), journal.ErrUnfinished, false)
	settle(both(key(2), key(0)), journal.ErrUnfinished, false)
	settle(both(key(2), key(1)), journal.ErrWrongMaster, false)

	m := both(key(1), key(0))
	settle(m, nil, true)
	if _, err := m.Renew(t.Context(), db, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	settle(key(1), nil, false)
	settle(key(0), journal.ErrWrongMaster, false)
	settle(both(key(1), key(0)), nil, false)
}

// TestDataFromBefore upgrades data from before there was a record: its signer
// of stories stays, its own key is taken and another is not.
func TestDataFromBefore(t *testing.T) {
	key := masters(t, 3)
	db := safe(t)
	if err := journal.New(db, key(0)).Append(t.Context(), "a", 0, facts(0, amira...)); err != nil {
		t.Fatal(err)
	}
	was, err := key(0).Signer()
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []*journal.Master{key(1), both(key(0), key(1))} {
		if _, err := wrong.Settle(t.Context(), db, uuid.NewString); !errors.Is(err, journal.ErrWrongMaster) {
			t.Errorf("another key is taken: %v", err)
		}
	}
	if secrets, err := db.HouseSecrets(t.Context()); err != nil || len(secrets) > 0 {
		t.Errorf("a wrong start left %d secrets, %v", len(secrets), err)
	}
	m := both(key(2), key(0)) // the upgrade and a change at once
	if changing, err := m.Settle(t.Context(), db, uuid.NewString); !changing || err != nil {
		t.Errorf("%v, %v", changing, err)
	}
	if _, err := m.Renew(t.Context(), db, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	m = key(2)
	if _, err := m.Settle(t.Context(), db, uuid.NewString); err != nil {
		t.Fatal(err)
	}
	is, err := m.Signer()
	if err != nil || !is.Public().Equal(was.Public()) {
		t.Errorf("the signer of stories is another, %v", err)
	}
}

// TestNewHouse sees that what outlives the key does not follow from it, and
// that marks tell purposes and texts apart.
func TestNewHouse(t *testing.T) {
	key := masters(t, 1)
	var signers [2]*journal.Signer
	marks := map[[32]byte]string{}
	mark := func(m *journal.Master, what, purpose, text string) {
		got := m.Mark(purpose, []byte(text))
		if other := marks[got]; other != "" {
			t.Errorf("%s has the mark of %s", what, other)
		}
		marks[got] = what
	}
	for i := range signers {
		m := key(0)
		if _, err := m.Settle(t.Context(), safe(t), uuid.NewString); err != nil {
			t.Fatal(err)
		}
		var err error
		if signers[i], err = m.Signer(); err != nil {
			t.Fatal(err)
		}
		house := string(rune('0' + i))
		mark(m, "house "+house, "name", "noor")
		mark(m, "other text in "+house, "name", "noo")
		mark(m, "other purpose in "+house, "namen", "oor")
		if first, again := m.Mark("name", []byte("noor")), m.Mark("name", []byte("noor")); first != again {
			t.Error("the same text has two marks")
		}
	}
	if signers[0].Public().Equal(signers[1].Public()) {
		t.Error("two houses with one key sign as one")
	}
}
