package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"samenspel"
	"samenspel/accesslog"
)

// Look says what a look shows, for the one who is looked at.
type Look struct {
	// What is a stable word for it: "home", "picture". The zero Look shows
	// nothing, and leaves no line.
	What string
	// Own says that it shows nothing of anybody else: the line is for who reads
	// the access log, and nobody at the table is told.
	Own bool
	// Kind is what is done with it, where that is more than to look.
	Kind accesslog.Kind
	// Object is the id of what is shown, where there is one.
	Object string
	// About gives whose worlds are shown. Nil is the place as a whole. Of who
	// looks at their own world nobody is told. An error is See's own.
	About func(*samenspel.Seen) ([]samenspel.PartnerID, error)
	// Beside gives whose words lie there too: they are told that their words were
	// looked at, and not where. Nil is nobody's.
	Beside func(*samenspel.Seen) []samenspel.PartnerID
	// May says no before anything is noted or shown, or nothing. Nil is yes.
	May func() error
	// Acts says that somebody does something and is shown nothing yet: See gives
	// no more than who they are at the table.
	Acts bool
	// Mark is how it stood at the last look of somebody who keeps looking, and is
	// set to how it stands now. While it is the same See gives [ErrSame], once it
	// is sure that they may still look. Nil asks for no such thing.
	Mark *Mark
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
// same, in one session.
const SameLook = accesslog.SameAccess

// Accesses keeps who had access; *accesslog.Log is one.
type Accesses interface {
	// Add makes lines durable, all of them or none.
	Add(ctx context.Context, lines []accesslog.Line) error
	// Told gives what the one at a place is told, the newest first.
	Told(ctx context.Context, id samenspel.AllianceID, which accesslog.Which) ([]samenspel.Looked, error)
}

// See gives what one person may see of an alliance now: all that was stored,
// and nothing that was not. That they looked is durable before they see it;
// when it cannot be noted the error is [ErrNotNoted] with [ErrFull] or
// [ErrStopped]. What is their own is shown all the same. It gives [samenspel.ErrNotFound] for whoever is not at the
// table, and for a table that does not exist.
func (w *Workspace) See(ctx context.Context, viewer samenspel.PersonID, id samenspel.AllianceID, look Look) (*samenspel.Seen, error) {
	seen, err := w.view(ctx, viewer, id, look)
	if err != nil {
		return nil, err
	}
	if err := w.note(ctx, viewer, seen, look); err != nil {
		return nil, err
	}
	return seen, nil
}

// view makes what somebody sees. Only See may give it away.
//
// Whoever does not sit there costs the same look into the list of places,
// whether there is such an alliance or not, and no alliance is read for them:
// how long a no takes says nothing.
func (w *Workspace) view(ctx context.Context, viewer samenspel.PersonID, id samenspel.AllianceID, look Look) (*samenspel.Seen, error) {
	held := w.knows(viewer, id)
	if !held {
		if err := w.sits(ctx, viewer, id); err != nil {
			return nil, err
		}
	}
	seen, err := w.viewAt(ctx, viewer, id, look)
	if held && errors.Is(err, samenspel.ErrNotFound) {
		if no := w.sits(ctx, viewer, id); no != nil {
			return nil, no
		}
	}
	return seen, err
}

// knows reports whether an alliance is in memory, so that no list of places has
// to be read for a look. Where the log has to be asked about it all the same,
// only somebody who had a place there, as it is in memory, gets so far.
func (w *Workspace) knows(viewer samenspel.PersonID, id samenspel.AllianceID) bool {
	if w.Others == nil {
		return w.holds(id)
	}
	t := w.held(id)
	if t == nil {
		return false
	}
	defer w.giveBack(t)
	t.looking.RLock()
	defer t.looking.RUnlock()
	return t.stored.RoleOf(viewer) != ""
}

// sits gives ErrNotFound for somebody who has no place at a table, by the list
// of places.
func (w *Workspace) sits(ctx context.Context, person samenspel.PersonID, id samenspel.AllianceID) error {
	places, err := w.AlliancesOf(ctx, person)
	if err == nil && !slices.Contains(places, id) {
		err = samenspel.ErrNotFound
	}
	return err
}

// viewAt makes what somebody sees of an alliance that is read for them.
func (w *Workspace) viewAt(ctx context.Context, viewer samenspel.PersonID, id samenspel.AllianceID, look Look) (*samenspel.Seen, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return nil, err
	}
	defer w.giveBack(t)
	now := w.Now().UTC()
	t.lapse(ctx, now)
	t.looking.RLock()
	defer t.looking.RUnlock()
	if t.stored.Barred(viewer, now) {
		return nil, samenspel.ErrNotFound
	}
	if t.stored.RoleOf(viewer) == "" {
		return fresh(t.stored, viewer, now)
	}
	if look.Acts {
		return t.stored.Sits(viewer)
	}
	if look.Mark == nil {
		return t.sees(viewer, now)
	}
	return t.seesAgain(viewer, now, look.Mark)
}

// FindInEmergency gives the alliances in which a professional sits and a search
// in an emergency finds somebody by their name. It tells nothing else of them.
func (w *Workspace) FindInEmergency(ctx context.Context, of samenspel.PersonID, name, beside samenspel.Words) ([]samenspel.AllianceID, error) {
	ids, err := w.AlliancesOf(ctx, of)
	if err != nil {
		return nil, err
	}
	var found []samenspel.AllianceID
	for _, id := range ids {
		t, err := w.take(ctx, id)
		if errors.Is(err, samenspel.ErrNotFound) {
			continue // destroyed in this very moment
		}
		if err != nil {
			return nil, err
		}
		t.looking.RLock()
		meets := t.stored.RoleOf(of) == samenspel.Professional && t.stored.Meets(name, beside)
		t.looking.RUnlock()
		w.giveBack(t)
		if meets {
			found = append(found, id)
		}
	}
	return found, nil
}

// InEmergency is the stable word for a look in an emergency.
const InEmergency = "emergency"

// SeeInEmergency gives what somebody without a place sees while their
// emergency access is open, and is [Workspace.See] in all else: the line is on
// the disk before anything is shown.
func (w *Workspace) SeeInEmergency(ctx context.Context, person samenspel.PersonID, id samenspel.AllianceID) (*samenspel.SeenInEmergency, error) {
	t, err := w.take(ctx, id)
	if err != nil {
		return nil, err
	}
	defer w.giveBack(t)
	now := w.Now().UTC()
	t.looking.RLock()
	seen, err := t.stored.SeeInEmergency(person, now)
	t.looking.RUnlock()
	if err != nil {
		return nil, err
	}
	line := accesslog.From(ctx).In(accesslog.Line{
		Chain: id, Alliance: id, Kind: accesslog.Emergency, What: InEmergency, Told: true,
		Person: person, Partner: samenspel.PartnerID(seen.Emergency.ID), At: now.Truncate(time.Millisecond),
	}).Ready()
	if w.recent.Covers(line) {
		return seen, nil
	}
	if err := w.add(ctx, []accesslog.Line{line}, nil); err != nil {
		return nil, err
	}
	return seen, nil
}

// note writes down who looks, unless a line of a moment ago says so already.
func (w *Workspace) note(ctx context.Context, viewer samenspel.PersonID, seen *samenspel.Seen, look Look) error {
	if look.May != nil {
		if err := look.May(); err != nil {
			return err
		}
	}
	if look.What == "" {
		return nil
	}
	about := []samenspel.PartnerID{""}
	if look.Own {
		about[0] = seen.You
	} else if look.About != nil {
		var err error
		if about, err = look.About(seen); err != nil {
			return err
		}
	}
	if look.New != nil && !look.New(seen) {
		return nil
	}
	var told, own []accesslog.Line
	tell := func(whose samenspel.PartnerID, what string) {
		line := w.line(ctx, viewer, seen, look)
		line.About, line.What = whose, what
		line.Told = whose != seen.You || line.Kind != accesslog.Read
		switch {
		case w.recent.Covers(line):
		case line.Told:
			told = append(told, line)
		default:
			own = append(own, line)
		}
	}
	for _, whose := range about {
		tell(whose, look.What)
	}
	if look.Beside != nil {
		for _, whose := range look.Beside(seen) {
			if whose != seen.You {
				tell(whose, Words)
			}
		}
	}
	return w.add(ctx, told, own)
}

// line is what each line of one look says.
func (w *Workspace) line(ctx context.Context, viewer samenspel.PersonID, seen *samenspel.Seen, look Look) accesslog.Line {
	l := accesslog.Line{
		Chain: seen.Alliance, Alliance: seen.Alliance, Kind: look.Kind, Person: viewer, Partner: seen.You,
		Object: look.Object, At: w.Now().UTC().Truncate(time.Millisecond),
	}
	if you := seen.Partner(seen.You); you != nil {
		l.Role = string(you.Role)
	}
	return accesslog.From(ctx).In(l).Ready()
}

// add keeps lines. Without those that others are told of nothing is shown;
// without those of one's own world that world is there all the same.
func (w *Workspace) add(ctx context.Context, told, own []accesslog.Line) error {
	lines := append(told, own...)
	if len(lines) == 0 {
		return nil
	}
	if err := w.looks.Add(ctx, lines); err != nil {
		if len(told) == 0 {
			return nil
		}
		return fmt.Errorf("%w: %w", ErrNotNoted, err)
	}
	for _, line := range lines {
		w.recent.Keep(line)
	}
	return nil
}

// Looked gives who looked at the world of the one who sees, or of the place
// since they came, the newest first. It gives at most so many, not after a
// moment (zero for all), by one partner alone where by is not empty.
func (w *Workspace) Looked(ctx context.Context, seen *samenspel.Seen, by samenspel.PartnerID, until time.Time, most int) ([]samenspel.Looked, error) {
	return w.looks.Told(ctx, seen.Alliance, accesslog.Which{At: seen.You, Since: seen.Since, By: by, Until: until, Most: most})
}

// LastLooked gives the newest look of somebody else at the world of the one
// who sees, the place as a whole left out, or nil.
func (w *Workspace) LastLooked(ctx context.Context, seen *samenspel.Seen) (*samenspel.Looked, error) {
	lines, err := w.looks.Told(ctx, seen.Alliance, accesslog.Which{At: seen.You, Looks: true, Most: 1})
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	return &lines[0], nil
}
