package accesslog

import (
	"sync"
	"time"

	"samenspel"
)

// SameAccess is how long a line stands for further looks by one session at the
// same: long enough to read on without waiting for the disk, and short enough
// to say "about ten past two".
const SameAccess = 5 * time.Minute

// mostRecent is how many lines of the last minutes are remembered. Forgetting
// one costs a second line, no more.
const mostRecent = 1 << 16

// Recent remembers the lines of the last minutes that are on the disk. It is
// no truth: another program that does not know them writes a line more.
type Recent struct {
	mu    sync.Mutex
	lines map[sameKey]time.Time
}

type sameKey struct {
	alliance samenspel.AllianceID
	person   samenspel.PersonID
	about    samenspel.PartnerID
	session  string
	kind     Kind
	what     string
}

func keyOf(l Line) sameKey {
	return sameKey{l.Alliance, l.Person, l.About, l.Session, l.Kind, l.What}
}

// Covers reports whether a line that is kept already stands for this one too.
// Only looks are taken together: of everything else each has a line.
func (r *Recent) Covers(l Line) bool {
	if l.Kind != Read {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	since, known := r.lines[keyOf(l)]
	return known && !l.At.Before(since) && l.At.Sub(since) < SameAccess
}

// Keep remembers a line that is on the disk.
func (r *Recent) Keep(l Line) {
	if l.Kind != Read {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lines) >= mostRecent {
		for key, since := range r.lines {
			if l.At.Sub(since) >= SameAccess {
				delete(r.lines, key)
			}
		}
	}
	if r.lines == nil || len(r.lines) >= mostRecent {
		r.lines = map[sameKey]time.Time{}
	}
	r.lines[keyOf(l)] = l.At
}
