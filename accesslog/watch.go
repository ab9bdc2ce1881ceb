package accesslog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"samenspel"
)

var errNotBegun = errors.New("accesslog: the log has not begun")

// The bound on how many alliances somebody opens before a line says so, by
// the project's requirement.
const (
	MostOpened = 30
	OpenedIn   = time.Hour
)

// Many is the word of the line that says that somebody opened very many
// alliances, and of the last line about what was refused too often.
const Many = "many"

// opened remembers which alliances somebody opened in the last hour, so that
// the store is asked only when one is new. It is no truth.
type opened struct {
	mu   sync.Mutex
	last map[samenspel.PersonID]map[samenspel.AllianceID]time.Time
}

// mostWatched bounds how many people are remembered.
const mostWatched = 1 << 12

// isNew reports whether somebody has not opened this alliance in the last hour,
// and remembers that they did now.
func (o *opened) isNew(l Line) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.last == nil || len(o.last) > mostWatched {
		o.last = map[samenspel.PersonID]map[samenspel.AllianceID]time.Time{}
	}
	theirs := o.last[l.Person]
	if theirs == nil || len(theirs) > mostWatched {
		theirs = map[samenspel.AllianceID]time.Time{}
		o.last[l.Person] = theirs
	}
	at, known := theirs[l.Alliance]
	theirs[l.Alliance] = l.At
	return !known || l.At.Sub(at) >= OpenedIn
}

// watch looks whether who opened something has opened very many alliances.
func (l *Log) watch(ctx context.Context, lines []Line) error {
	for _, line := range lines {
		opens := line.Kind == Read && line.Outcome == Done && line.What != InList && line.Alliance != "" && line.Person != ""
		if !opens || !l.opened.isNew(line) {
			continue
		}
		if err := l.alert(ctx, line); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) alert(ctx context.Context, line Line) error {
	since := line.At.Add(-OpenedIn)
	n, err := l.store.Opened(ctx, line.Person, since)
	if err != nil || n <= MostOpened {
		return err
	}
	said, err := l.store.Find(ctx, Question{Person: line.Person, Kind: Alert, From: since, Most: 1})
	if err != nil || len(said) > 0 {
		return err
	}
	return l.Add(ctx, []Line{{
		Kind: Alert, What: Many, Person: line.Person, Role: line.Role, Staff: line.Staff, Purpose: ForTheProgram,
		Session: line.Session, Device: line.Device, Point: line.Point, At: line.At,
	}})
}

// The bounds on lines that somebody can cause without getting anything.
const (
	mostRefused = 30   // by one, within an hour
	mostOfAll   = 2000 // within an hour
)

// flood counts what was refused within the hour, in this program.
type flood struct {
	mu    sync.Mutex
	hour  time.Time
	all   int
	count map[string]int
}

// next counts one more, and says the how manieth it is of one and of all.
func (f *flood) next(whose string, at time.Time) (of, all int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if hour := at.Truncate(time.Hour); !hour.Equal(f.hour) || f.count == nil {
		f.hour, f.all, f.count = hour, 0, map[string]int{}
	}
	f.all++
	f.count[whose]++
	return f.count[whose], f.all
}

// AddRefused writes that something was refused. Of one person, or one place
// from where nobody is known, so many are written within an hour, and then one
// that says that there are more: nobody can fill the disk with it.
func (l *Log) AddRefused(ctx context.Context, line Line) error {
	line.Outcome = Refused
	of, all := l.flood.next(fmt.Sprint(line.Person, " ", line.Point), line.At)
	switch {
	case of > mostRefused, all > mostOfAll:
		return nil
	case of == mostRefused, all == mostOfAll:
		line.What, line.Object, line.Alliance = Many, "", ""
	}
	return l.Add(ctx, []Line{line})
}
