package web

import (
	"fmt"
	"testing"
	"time"

	"samenspel"
)

// A shelf holds so much and so long: the oldest goes first, and what was just
// put there stays.
func TestShelf(t *testing.T) {
	var s shelf
	start := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	name := func(i int) samenspel.PersonID { return samenspel.PersonID(fmt.Sprint("person ", i)) }
	for i := range 6 {
		s.put(name(i), make([]byte, mostOnShelf/4), start.Add(time.Duration(i)*time.Minute))
	}
	for i := range 6 {
		if got := s.get(name(i), start.Add(6*time.Minute)) != nil; got != (i >= 2) {
			t.Errorf("%d is there: %v", i, got)
		}
	}
	s.put(name(6), make([]byte, 2*mostOnShelf), start.Add(7*time.Minute))
	if s.get(name(6), start.Add(7*time.Minute)) == nil || len(s.kept) != 1 {
		t.Errorf("%d lie there beside a very large one", len(s.kept)-1)
	}
	if s.get(name(6), start.Add(8*time.Minute+shelfTime)) != nil {
		t.Error("it lies there for too long")
	}
	s.put(name(7), nil, start.Add(2*shelfTime))
	if s.drop(name(7)); len(s.kept) != 0 {
		t.Errorf("%d lie there still", len(s.kept))
	}
}
