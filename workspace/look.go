package workspace

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"samenspel"
	"samenspel/journal"
)

// Look says what a look shows, for the one who is looked at.
type Look struct {
	// What is a stable word for it: "home", "picture". The zero Look shows
	// nothing of anybody else, and leaves no line.
	What string
	// About gives whose worlds are shown. Nil is the place as a whole. Whoever
	// looks at their own world leaves no line. An error is See's own.
	About func(*samenspel.Seen) ([]samenspel.PartnerID, error)
	// Beside gives whose words lie there too: they are told that their words were
	// looked at, and not where. Nil is nobody's.
	Beside func(*samenspel.Seen) []samenspel.PartnerID
	// New says whether what is seen shows anything that was not shown before,
	// where somebody keeps looking. Nil says that it does.
	New func(*samenspel.Seen) bool
}

// Words is the stable word for a look at words of somebody.
const Words = "words"

// ErrNotNoted says, beside what went wrong, that nothing is shown because it
// could not be written down who looked.
var ErrNotNoted = errors.New("workspace: the look could not be noted")

// SameLook is how long a line stands for further looks by one partner at the
// same: long enough to read on without waiting for the disk, and short enough
// to say "about ten past two".
const SameLook = 5 * time.Minute

// See gives what one person may see of an alliance now: all that was stored,
// and nothing that was not. That they looked is durable before they see it;
// when it cannot be noted the error is [ErrNotNoted] with [ErrFull] or
// [ErrStopped]. It gives [samenspel.ErrNotFound] for whoever is not at the
// table, and for a table that does not exist.
func (w *Workspace) See(ctx context.Context, viewer samenspel.PersonID, id samenspel.AllianceID, look Look) (*samenspel.Seen, error) {
	seen, err := w.view(ctx, viewer, id)
	if err != nil {
		return nil, err
	}
	if err := w.note(ctx, seen, look); err != nil {
		return nil, err
	}
	return seen, nil
}

// view makes what somebody sees. Only See may give it away.
func (w *Workspace) view(ctx context.Context, viewer samenspel.PersonID, id samenspel.AllianceID) (*samenspel.Seen, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return nil, err
	}
	defer w.giveBack(t)
	now := w.Now().UTC()
	t.lapse(ctx, now)
	t.looking.RLock()
	defer t.looking.RUnlock()
	seen, err := t.stored.See(viewer)
	switch {
	case err != nil:
		return nil, err
	case t.stored.Barred(viewer, now):
		return nil, samenspel.ErrNotFound
	}
	seen.LeaveOut(now)
	return seen, nil
}

// note writes down who looks, unless a line of a moment ago says so already.
func (w *Workspace) note(ctx context.Context, seen *samenspel.Seen, look Look) error {
	if look.What == "" {
		return nil
	}
	about := []samenspel.PartnerID{""}
	if look.About != nil {
		var err error
		if about, err = look.About(seen); err != nil {
			return err
		}
	}
	if look.New != nil && !look.New(seen) {
		return nil
	}
	now := w.Now().UTC().Truncate(time.Millisecond)
	var lines []samenspel.Looked
	tell := func(whose samenspel.PartnerID, what string) {
		line := samenspel.Looked{By: seen.You, About: whose, What: what, At: now}
		if whose != seen.You && !w.recent.covers(seen.Alliance, line) {
			lines = append(lines, line)
		}
	}
	for _, whose := range about {
		tell(whose, look.What)
	}
	if look.Beside != nil {
		for _, whose := range look.Beside(seen) {
			tell(whose, Words)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if err := w.looks.AddLooks(ctx, seen.Alliance, lines); err != nil {
		return fmt.Errorf("%w: %w", ErrNotNoted, err)
	}
	for _, line := range lines {
		w.recent.keep(seen.Alliance, line)
	}
	return nil
}

// Looked gives who looked at the world of the one who sees, or of the place
// since they came, the newest first. It gives at most so many, not after a
// moment (zero for all), by one partner alone where by is not empty.
func (w *Workspace) Looked(ctx context.Context, seen *samenspel.Seen, by samenspel.PartnerID, until time.Time, most int) ([]samenspel.Looked, error) {
	return w.looks.LooksAt(ctx, seen.Alliance, journal.WhichLooks{At: seen.You, Since: seen.Since, By: by, Until: until, Most: most})
}

// LastLooked gives the newest look of somebody else at the world of the one
// who sees, the place as a whole left out, or nil.
func (w *Workspace) LastLooked(ctx context.Context, seen *samenspel.Seen) (*samenspel.Looked, error) {
	lines, err := w.looks.LooksAt(ctx, seen.Alliance, journal.WhichLooks{At: seen.You, Most: 1})
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	return &lines[0], nil
}

// mostRecent is how many lines of the last minutes are remembered. Forgetting
// one costs a second line, no more.
const mostRecent = 1 << 16

// recent remembers the lines of the last minutes that are on the disk.
type recent struct {
	mu    sync.Mutex
	lines map[lineKey]time.Time
}

type lineKey struct {
	alliance  samenspel.AllianceID
	by, about samenspel.PartnerID
	what      string
}

func keyOf(id samenspel.AllianceID, l samenspel.Looked) lineKey {
	return lineKey{id, l.By, l.About, l.What}
}

// covers reports whether a line that is kept already stands for this one too.
func (r *recent) covers(id samenspel.AllianceID, l samenspel.Looked) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	since, known := r.lines[keyOf(id, l)]
	return known && !l.At.Before(since) && l.At.Sub(since) < SameLook
}

func (r *recent) keep(id samenspel.AllianceID, l samenspel.Looked) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lines) >= mostRecent {
		for key, since := range r.lines {
			if l.At.Sub(since) >= SameLook {
				delete(r.lines, key)
			}
		}
	}
	if r.lines == nil || len(r.lines) >= mostRecent {
		r.lines = map[lineKey]time.Time{}
	}
	r.lines[keyOf(id, l)] = l.At
}
