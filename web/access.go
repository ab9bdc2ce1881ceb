package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/workspace"
)

// This file is how a request comes into the access log. What is shown at a
// table goes through [workspace.Workspace.See], what changes rights there
// through the log of the alliance; all else is noted here.

// Note writes a line of the house. Without it, what it tells of does not
// happen: the error is [workspace.ErrNotNoted].
func (s *Site) Note(ctx context.Context, l accesslog.Line) error {
	if l.At.IsZero() {
		l.At = s.Now()
	}
	if err := s.Access.Add(ctx, []accesslog.Line{l}); err != nil {
		return fmt.Errorf("%w: %w", workspace.ErrNotNoted, err)
	}
	return nil
}

// note writes a line of the house about this visit: who, from where, with
// which session. A caller that lets somebody in says who, before the session is
// known. It comes before the act: what cannot be noted is not done.
func (v *visit) note(l accesslog.Line) error {
	from, err := v.origin()
	if err != nil {
		return err
	}
	return v.Note(v.r.Context(), from.In(l))
}

// noteRefused writes that something was refused, or held to be no key. There is
// nothing to hold back when it cannot be written, and too many are not.
func (v *visit) noteRefused(l accesslog.Line) {
	from, err := v.origin()
	if err == nil {
		l.At = v.Now()
		err = v.Access.AddRefused(v.r.Context(), from.In(l))
	}
	if err != nil && v.r.Context().Err() == nil {
		v.numbered().Error("what was refused could not be noted", "error", err)
	}
}

// origin is from where this visit comes.
func (v *visit) origin() (accesslog.Origin, error) {
	host := ""
	if addr := v.address(); addr.IsValid() {
		host = addr.String()
	}
	point, err := v.Access.Point(v.r.Context(), host)
	if err != nil {
		return accesslog.Origin{}, fmt.Errorf("%w: %w", workspace.ErrNotNoted, err)
	}
	o := accesslog.Origin{Point: point, Staff: v.staff}
	if v.known {
		o.Person, o.Device = v.session.Person, v.session.Device
		o.Session = account.SessionID(v.cookie(v.sessionCookie()))
	}
	return o, nil
}

// come says in the context from where this visit comes, for whatever it reads
// or wishes.
func (v *visit) come() error {
	from, err := v.origin()
	if err == nil {
		v.r = v.r.WithContext(accesslog.With(v.r.Context(), from))
	}
	return err
}

// showing is what a route for partners shows. A page that shows nothing of others
// is for the access log alone.
func (v *visit) showing(route Route) workspace.Look {
	look := v.shows(v)
	if look.What == "" && route.Method == http.MethodGet {
		look.What, look.Own = wordOf(route.Path), true
	}
	if look.What != "" {
		look.Object = v.object()
	}
	return look
}

// wordOf is the stable word for a page: the last part of its address that is no
// id.
func wordOf(path string) string {
	word := "start"
	for part := range strings.SplitSeq(path, "/") {
		if part != "" && part != "a" && part != "live" && !strings.HasPrefix(part, "{") {
			word = part
		}
	}
	return word
}

// object is the id of the thing in the address. What nobody could have made is
// no id.
func (v *visit) object() string {
	for _, name := range []string{"statement", "agreement", "friction", "near", "dialogue"} {
		if id := v.r.PathValue(name); id != "" && len(id) <= mostID {
			return id
		}
	}
	return ""
}

// mostID is the longest id that is written down as it was asked for, in bytes.
const mostID = 64

// houseRead notes that a page outside the alliances was shown. Of their own
// account somebody reads also when that cannot be noted; of others' not.
func (v *visit) houseRead(route Route) error {
	if route.Method != http.MethodGet {
		return nil
	}
	l := accesslog.Line{Kind: accesslog.Read, What: wordOf(route.Path), Person: v.session.Person, Session: account.SessionID(v.cookie(v.sessionCookie())),
		At: v.Now().UTC().Truncate(time.Millisecond)}
	if route.For == Officer {
		l.Kind = accesslog.LogRead
	}
	if v.recent.Covers(l) {
		return nil
	}
	if err := v.note(l); err != nil {
		if route.For == Known {
			return nil
		}
		return err
	}
	v.recent.Keep(l)
	return nil
}

// noteFailure writes that something was refused, or went wrong. Who is not known
// gets nothing but the way in, and is noted where they try it.
func (v *visit) noteFailure(route Route, err error) {
	var no *samenspel.Refusal
	l := accesslog.Line{Kind: accesslog.Read, What: wordOf(route.Path), Object: v.object()}
	if id := v.alliance(); len(id) <= mostID {
		l.Alliance = id
	}
	if v.r.Method == http.MethodPost {
		l.Action = accesslog.Execute
	}
	switch {
	case !v.known || route.For == Everybody:
	case errors.As(err, &no) && (no.Class == samenspel.NotFound || no.Class == samenspel.Refused):
		v.noteRefused(l)
	case errors.As(err, &no), errors.Is(err, errForged), errors.Is(err, workspace.ErrNotNoted):
	case failureOf(err).status >= http.StatusInternalServerError:
		l.Outcome = accesslog.Failed
		_ = v.note(l) // the fault is in the program's own log
	}
}

// taken is of a file that leaves the program with what another showing shows.
func taken(of Showing) Showing { return as(accesslog.Export, of) }

// printed is of a page for on paper with what another showing shows.
func printed(of Showing) Showing { return as(accesslog.Print, of) }

func as(kind accesslog.Kind, of Showing) Showing {
	return func(v *visit) workspace.Look {
		look := of(v)
		look.Kind = kind
		return look
	}
}

// story is of one's own story that is taken along: they themselves are told of
// it, so that they see it when somebody else did it in their name.
func story(*visit) workspace.Look { return workspace.Look{What: "story", Own: true} }
