package web

import (
	"sync"
	"time"

	"samenspel"
)

// What lies on the shelf, and for how long.
const (
	mostOnShelf = 64 << 20 // bytes of all packages together
	shelfTime   = 30 * time.Minute
)

// shelf keeps packages between the look at them and the yes, in memory alone:
// what people said does not come on the disk in plain text. Everybody has one
// place; when it is full the oldest goes.
type shelf struct {
	reading sync.Mutex

	mu   sync.Mutex
	kept map[samenspel.PersonID]onShelf
}

type onShelf struct {
	packed []byte
	until  time.Time
}

func (s *shelf) put(person samenspel.PersonID, packed []byte, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[samenspel.PersonID]onShelf{}
	}
	s.kept[person] = onShelf{packed, now.Add(shelfTime)}
	s.clear(person, now)
}

// clear takes away what is too old, and of the rest the oldest until what was
// just put there fits.
func (s *shelf) clear(last samenspel.PersonID, now time.Time) {
	for {
		total := 0
		oldest := last
		for person, k := range s.kept {
			if k.until.Before(now) {
				delete(s.kept, person)
				continue
			}
			total += len(k.packed)
			if person != last && (oldest == last || k.until.Before(s.kept[oldest].until)) {
				oldest = person
			}
		}
		if total <= mostOnShelf || oldest == last {
			return
		}
		delete(s.kept, oldest)
	}
}

func (s *shelf) get(person samenspel.PersonID, now time.Time) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, there := s.kept[person]; there && !k.until.Before(now) {
		return k.packed
	}
	return nil
}

func (s *shelf) drop(person samenspel.PersonID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, person)
}
