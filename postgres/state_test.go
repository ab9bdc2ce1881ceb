package postgres_test

import (
	"errors"
	"testing"
	"time"

	"samenspel/postgres"
)

// TestLook: what is said of a database is how it is, and looking changes nothing.
func TestLook(t *testing.T) {
	at := newDatabase(t)
	s, err := postgres.Look(t.Context(), at)
	must(t, err)
	if s.Schema != s.Newest || s.Schema == 0 || !s.Primary || s.Programs != 0 || s.Size == 0 || s.Connections < 1 || s.Most != 200 || s.Server == "" {
		t.Errorf("%+v", s)
	}
	if s.SynchronousCommit != "on" || s.Fsync != "on" || s.FullPageWrites != "on" || s.Checksums != "on" || s.Demanded || s.Synchronous != 0 {
		t.Errorf("%+v", s)
	}
	if off := time.Since(s.Now).Abs(); off > time.Minute || !s.Last.IsZero() {
		t.Errorf("its clock is %v off; the last is of %v", off, s.Last)
	}
	one, two := open(t, at), open(t, at)
	if s, err = postgres.Look(t.Context(), at); err != nil || s.Programs != 2 {
		t.Errorf("two programs: %+v, %v", s, err)
	}
	must(t, errors.Join(one.Close(), two.Close()))

	if _, err := postgres.Look(t.Context(), emptyDatabase(t)); !errors.Is(err, postgres.ErrEmpty) {
		t.Errorf("an empty one: %v", err)
	}
	if _, err := postgres.Look(t.Context(), "not an address"); !errors.Is(err, postgres.ErrAddress) {
		t.Errorf("no address: %v", err)
	}
}
