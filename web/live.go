package web

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/web/page"
	"samenspel/workspace"
)

const (
	beat    = 15 * time.Second // how often a quiet stream says that it is there, at least
	patient = 10 * time.Second // how long the other side may take to take or send
)

// stream keeps a page up to date for as long as its reader looks. After each
// change it looks again through the reader's own eyes, and sends the regions
// only when they see something new: that others are busy with what is hidden
// from them does not show, not even in when a message comes. Package static
// describes the messages. A show that gives nil has nothing more to show here.
func (v *visit) stream(show func() page.Page) error { return v.keepShowing(&showing{show: show}) }

// streamSeen is [visit.stream] for a page that shows what is seen, and nothing
// that is read elsewhere. It is made again only when something changed at the
// table, and once for all who look through the same eyes.
func (v *visit) streamSeen(show func() page.Page) error {
	return v.keepShowing(&showing{show: show, mark: &workspace.Mark{}})
}

// showing is a page that is kept up to date.
type showing struct {
	show func() page.Page
	mark *workspace.Mark // how the table stood at the last look; nil where the page shows more than the table
	day  string          // of the last look
}

func (v *visit) keepShowing(s *showing) error {
	watch := v.Workspace.Watch(v.alliance())
	defer watch.Close()
	defer v.open()()
	last := v.r.Header.Get("Last-Event-ID")
	if last == "" {
		last = v.r.URL.Query().Get("after")
	}
	v.w.Header().Set("Content-Type", "text/event-stream")
	v.w.Header().Set("X-Accel-Buffering", "no")
	if v.r.Method == http.MethodHead || v.send(v.hello()) != nil {
		return nil
	}
	// Thousands that came at once, after a restart, do not stay in step.
	ticker := time.NewTicker(beat - rand.N(beat/4))
	defer ticker.Stop()
	for {
		text, digest, err := v.look(s, last)
		switch {
		case errors.Is(err, samenspel.ErrNotFound), errors.Is(err, account.ErrNoEntry):
			_ = v.send("event: gone\ndata:\n\n") // the stream ends either way
			return nil
		case err != nil:
			// The stream has begun, so no page can say it: it ends, and the
			// reader's browser asks again.
			if v.r.Context().Err() == nil {
				v.numbered().Error("live stream failed", "error", err)
			}
			return nil
		case digest != last:
			if v.send(text) != nil {
				return nil
			}
			last = digest
		}
		if v.once() || !v.awaitChange(watch.Changed, ticker.C) {
			v.sayBack(last)
			return nil
		}
	}
}

// look makes the message of now, if the reader may still look. That they
// looked is noted when there is something that they did not see yet.
func (v *visit) look(s *showing, last string) (text, digest string, err error) {
	if _, err := v.Door.Still(v.r.Context(), v.cookie(v.sessionCookie())); err != nil {
		return "", "", err
	}
	defer func() { v.seen = nil }() // thousands may wait at once
	draw := func(seen *samenspel.Seen) {
		v.seen = seen
		defer v.takeTurn()()
		text, digest, err = v.draw(s)
	}
	look := v.shows(v)
	if look.Mark = s.mark; s.mark != nil {
		if today := v.here(v.Now()).Format(time.DateOnly); today != s.day {
			*s.mark, s.day = workspace.Mark{}, today
		}
	}
	look.New = func(seen *samenspel.Seen) bool {
		draw(seen)
		return err == nil && digest != last
	}
	seen, no := v.Workspace.See(v.r.Context(), v.session.Person, v.alliance(), look)
	if errors.Is(no, workspace.ErrSame) {
		return "", last, nil
	}
	if no != nil {
		return "", "", no
	}
	if digest == "" && err == nil { // of their own world, which nobody notes
		draw(seen)
	}
	return text, digest, err
}

// draw makes the message of what is seen now, or finds it made.
func (v *visit) draw(s *showing) (text, digest string, err error) {
	if s.mark == nil {
		return v.drawn(s.show)
	}
	on := v.sheets.of(v.seen, v.sheet())
	on.once.Do(func() {
		on.err = errPanic // until it is known better
		on.text, on.digest, on.err = v.drawn(s.show)
	})
	return on.text, on.digest, on.err
}

// drawn makes a message of a page.
func (v *visit) drawn(show func() page.Page) (text, digest string, err error) {
	p := show()
	if p == nil {
		return "", "", samenspel.ErrNotFound // it is no longer for them
	}
	html, digest, err := page.Regions(p)
	if err != nil {
		return "", "", err
	}
	return message(digest, html), digest, nil
}

// awaitChange waits until there is a reason to look again: a change, or, with
// a sign of life, the time at which the session may have ended. It gives false
// when the stream is to end.
func (v *visit) awaitChange(changed <-chan struct{}, beats <-chan time.Time) bool {
	select {
	case <-changed:
		return true
	case <-beats:
		return v.send(": still here\n\n") == nil
	case <-v.r.Context().Done():
		return false
	case <-v.Closing:
		return false
	}
}

// send writes a message and sees that it leaves.
func (v *visit) send(message string) error {
	to := http.NewResponseController(v.w)
	if err := to.SetWriteDeadline(time.Now().Add(patient)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	_, err := v.w.Write([]byte(message))
	if err == nil {
		err = to.Flush()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		v.Meter.StreamSlow()
	}
	// Over HTTP/2 a deadline ends the stream when it passes, also a quiet one.
	_ = to.SetWriteDeadline(time.Time{}) // supported, or not needed
	return err
}

// message is a server-sent event with regions in it.
func message(id, html string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id: %s\n", id)
	for line := range strings.Lines(html) {
		b.WriteString("data: ")
		b.WriteString(strings.TrimRight(line, "\r\n"))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.String()
}
