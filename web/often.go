package web

import (
	"errors"
	"time"

	"samenspel/accesslog"
	"samenspel/workspace"
)

// Taking everything along is for now and then. Somebody who sits at another's
// screen, or stole a session, does not do it again and again.
const (
	mostTaken   = 3
	takenWithin = 24 * time.Hour
)

// What the lines of the access log say of what is taken along whole.
const (
	ownStory = "story"
	allMine  = "mine"
)

// errOften says that somebody took everything along often enough for a day.
var errOften = errors.New("web: everything was taken along often enough today")

// mayTake refuses who took everything along often enough lately, by the lines
// of the access log: in whatever session that was.
func (v *visit) mayTake() error {
	lines, err := v.Access.Find(v.r.Context(), accesslog.Question{
		Person: v.session.Person, Kind: accesslog.Export, From: v.Now().Add(-takenWithin), Most: 1000,
	})
	if err != nil {
		return err
	}
	count := 0
	for _, l := range lines {
		if l.What == ownStory || l.What == allMine {
			count++
		}
	}
	if count >= mostTaken {
		return errOften
	}
	return nil
}

// seldom is of what can be taken along now and then.
func seldom(of Showing) Showing {
	return func(v *visit) workspace.Look {
		look := of(v)
		look.May = v.mayTake
		return look
	}
}
