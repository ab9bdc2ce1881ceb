package workspace

import (
	"errors"
	"sync"
	"time"
	"weak"

	"samenspel"
)

// ErrSame says to somebody who keeps looking that nothing changed since their
// last look.
var ErrSame = errors.New("workspace: nothing changed")

// Mark is how an alliance stood when somebody looked. The zero Mark is of no
// look. It holds nothing in memory.
type Mark struct {
	stored weak.Pointer[samenspel.Alliance]
	seq    int64
	at     time.Time
}

// sameFor is how long a mark stands: what follows from the clock alone, as that
// something was long ago, comes that much later at most.
const sameFor = 5 * time.Minute

// stands reports whether nothing changed at a table since a mark.
func (m Mark) stands(stored *samenspel.Alliance, now time.Time) bool {
	return m.seq > 0 && m.seq == stored.Seq() && m.stored == weak.Make(stored) && !now.Before(m.at) && now.Sub(m.at) < sameFor
}

// views are what each person at a table sees of it.
type views struct {
	mu sync.Mutex
	of map[samenspel.PersonID]*view
}

// view is what one person sees, made once as long as nothing changes. It is
// found again only while somebody has it: it takes no room of its own.
type view struct {
	mu     sync.Mutex
	stored *samenspel.Alliance
	seq    int64
	seen   weak.Pointer[samenspel.Seen]
}

func (v *views) at(person samenspel.PersonID) *view {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.of[person] == nil {
		if v.of == nil {
			v.of = map[samenspel.PersonID]*view{}
		}
		v.of[person] = &view{}
	}
	return v.of[person]
}

// seesAgain gives what somebody sees if that can be anything else than at their
// last look.
func (t *table) seesAgain(viewer samenspel.PersonID, now time.Time, last *Mark) (*samenspel.Seen, error) {
	if last.stands(t.stored, now) {
		return nil, ErrSame
	}
	seen, err := t.sees(viewer, now)
	if *last = (Mark{}); err == nil && !goesByTheClock(seen) {
		*last = Mark{stored: weak.Make(t.stored), seq: t.stored.Seq(), at: now}
	}
	return seen, err
}

// sees gives what somebody at the table sees of what is stored; the caller holds
// looking.
// Whoever gets it shares it with others who look through the same eyes, and
// changes nothing in it. What goes by the clock is made for each look.
func (t *table) sees(viewer samenspel.PersonID, now time.Time) (*samenspel.Seen, error) {
	v := t.views.at(viewer)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.stored == t.stored && v.seq == t.stored.Seq() {
		if seen := v.seen.Value(); seen != nil {
			return seen, nil
		}
	}
	seen, err := fresh(t.stored, viewer, now)
	if err == nil && !goesByTheClock(seen) {
		v.stored, v.seq, v.seen = t.stored, t.stored.Seq(), weak.Make(seen)
	}
	return seen, err
}

func fresh(stored *samenspel.Alliance, viewer samenspel.PersonID, now time.Time) (*samenspel.Seen, error) {
	seen, err := stored.See(viewer)
	if err == nil {
		seen.LeaveOut(now)
	}
	return seen, err
}

// goesByTheClock reports whether something in it ends at a moment by itself.
func goesByTheClock(seen *samenspel.Seen) bool {
	return len(seen.Transcripts)+len(seen.Scratches) > 0
}
